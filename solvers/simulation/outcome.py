"""What simulated days say: waits, lines, people inside and use of servers, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.simulation import estimates
from solvers.simulation.estimates import Estimate
from solvers.simulation.run import SimulatedDays
from solvers.simulation.tables import (
    BALKED,
    BUSY_OPEN,
    C_CALLED,
    C_CAME,
    C_LATE,
    C_WAIT,
    CALLED,
    D_CAME,
    D_INSIDE_AT_CLOSE,
    D_LAST_EXIT,
    D_UNSERVED,
    DEAD,
    LATE,
    LEFT,
    LEFT_WAIT,
    P_BOTH,
    P_CALLED,
    P_CALLED_SQUARE,
    P_LATE,
    P_LATE_SQUARE,
    S_CAME,
    S_DONE,
    S_LATE,
    S_LEFT,
    S_TIME,
    S_UNSERVED,
    S_WAIT,
    UNSERVED,
    WAIT,
    Floats,
    Ints,
)

QUANTILES = (0.5, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodOutcome:
    """One interval of a bank: visitors who joined its line then, a day, and the share called in time."""

    start_min: float
    visits_per_day: float
    p_within: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedBankOutcome:
    """The promise (`share_within` within `within_min`) and how it is kept; waits are of those called.

    Who left, balked or was never served counts as late in `p_within`. `waiting` are the people in line (with companions)
    not exceeded with each share of QUANTILES at the day's worst moment. `utilisation` is busy time over time on duty while
    open; None where servers share several banks. `patience_min` = waits of all / number who left: the mean of an
    exponential patience.
    """

    id: str
    within_min: float
    share_within: float
    visits_per_day: float
    p_within: Estimate
    wait_mean_min: Estimate
    wait_p50_min: Estimate
    wait_p90_min: Estimate
    abandoned: Estimate
    unserved_per_day: float
    utilisation: Estimate | None
    dead_min_per_day: float
    patience_min: float | None
    waiting: tuple[int, ...]
    periods: tuple[PeriodOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankShare:
    """How a bank keeps its promise and how busy it is; the same figures as in SimulatedBankOutcome."""

    id: str
    p_within: Estimate
    utilisation: Estimate | None
    periods: tuple[PeriodOutcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedServiceOutcome:
    """Waits are totals over the visit of those served to the end; `p_within`: late at no bank, and did not leave."""

    id: str
    visitors_per_day: Estimate
    p_within: Estimate
    wait_mean_min: Estimate
    wait_p90_min: Estimate
    time_mean_min: Estimate
    abandoned: Estimate
    unserved: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedClassOutcome:
    """Mean wait at one bank visit, and the share of visitors late nowhere."""

    id: str
    visitors_per_day: float
    wait_mean_min: Estimate
    p_within: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleInside:
    """People in the public rooms (with companions) at each sample: mean and the QUANTILES."""

    at_min: tuple[float, ...]
    mean: tuple[float, ...]
    quantiles: tuple[tuple[int, ...], ...]

    @property
    def peak(self) -> tuple[int, ...]:
        """For each of QUANTILES its greatest value over the day."""
        return tuple(max(row[k] for row in self.quantiles) for k in range(len(QUANTILES)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationOutcome:
    """The whole answer."""

    days: int
    seed: int
    seconds: float
    cancelled: bool
    visitors_per_day: Estimate
    banks: tuple[SimulatedBankOutcome, ...]
    services: tuple[SimulatedServiceOutcome, ...]
    classes: tuple[SimulatedClassOutcome, ...]
    inside: PeopleInside
    last_exit_min: Estimate
    inside_at_close: Estimate
    unserved_per_day: Estimate

    def bank(self, bank_id: str) -> SimulatedBankOutcome:
        return next(each for each in self.banks if each.id == bank_id)


def summarise(run: SimulatedDays) -> SimulationOutcome:
    """Sums of days as estimates."""
    days = run.tally.days
    return SimulationOutcome(
        days=run.days,
        seed=run.seed,
        seconds=run.seconds,
        cancelled=run.cancelled,
        visitors_per_day=estimates.mean(days[:, D_CAME]),
        banks=tuple(_bank(run, number) for number in range(len(run.problem.banks))),
        services=tuple(_service(run, number) for number in range(len(run.problem.services))),
        classes=tuple(_class(run, number) for number in range(len(run.problem.classes))),
        inside=_inside(run),
        last_exit_min=estimates.mean(days[:, D_LAST_EXIT]),
        inside_at_close=estimates.mean(days[:, D_INSIDE_AT_CLOSE]),
        unserved_per_day=estimates.mean(days[:, D_UNSERVED]),
    )


def bank_shares(run: SimulatedDays) -> tuple[BankShare, ...]:
    """The little that a search looks at many times."""
    return tuple(
        BankShare(
            id=bank.id,
            p_within=within(run.tally.banks[:, number, LATE], _came(run.tally.banks[:, number])),
            utilisation=_utilisation(run, number),
            periods=_periods(run, number),
        )
        for number, bank in enumerate(run.problem.banks)
    )


def _came(rows: Floats) -> Floats:
    """Everybody who wanted to be served, by day."""
    return np.asarray(rows[:, CALLED] + rows[:, LEFT] + rows[:, BALKED] + rows[:, UNSERVED])


def people_quantile(counts: Ints, share: float) -> int:
    """Least number of people not exceeded with `share`."""
    sums = np.cumsum(counts)
    return int(np.searchsorted(sums, share * sums[-1] - 1e-9)) if sums[-1] else 0


def waiting_quantile(run: SimulatedDays, bank: int, share: float) -> int:
    """The quantile of people in line at the moment of the day at which it is greatest."""
    return max((people_quantile(row, share) for row in run.tally.people[:, bank]), default=0)


def _bank(run: SimulatedDays, number: int) -> SimulatedBankOutcome:
    rows = run.tally.banks[:, number]
    called, left = rows[:, CALLED], rows[:, LEFT] + rows[:, BALKED]
    came = _came(rows)
    waits = run.tally.bank_waits[:, number]
    days = max(1, run.days)
    return SimulatedBankOutcome(
        id=run.problem.banks[number].id,
        within_min=run.problem.banks[number].within_min,
        share_within=run.problem.banks[number].share_within,
        visits_per_day=float(came.sum()) / days,
        p_within=within(rows[:, LATE], came),
        wait_mean_min=estimates.ratio(rows[:, WAIT], called),
        wait_p50_min=estimates.percentile(waits, 0.5),
        wait_p90_min=estimates.percentile(waits, 0.9),
        abandoned=estimates.share(left, came),
        unserved_per_day=float(rows[:, UNSERVED].sum()) / days,
        utilisation=_utilisation(run, number),
        dead_min_per_day=float(rows[:, DEAD].sum()) / days,
        patience_min=_patience(rows),
        waiting=tuple(waiting_quantile(run, number, share) for share in QUANTILES),
        periods=_periods(run, number),
    )


def within(late: Floats, came: Floats) -> Estimate:
    """The share not late."""
    return estimates.rest_of(estimates.share(late, came))


def _patience(rows: Floats) -> float | None:
    left = float(rows[:, LEFT].sum())
    return float(rows[:, WAIT].sum() + rows[:, LEFT_WAIT].sum()) / left if left else None


def _utilisation(run: SimulatedDays, bank: int) -> Estimate | None:
    """Busy minutes over minutes on duty, both between opening and closing."""
    problem = run.problem
    duty = 0.0
    for server in problem.servers:
        for span in server.spans:
            at = {problem.lines[line].bank for line in span.lines}
            if bank in at:
                if len(at) > 1:
                    return None
                duty += max(0.0, min(span.end_min, problem.close_min) - max(span.start_min, problem.open_min))
    busy = estimates.mean(run.tally.banks[:, bank, BUSY_OPEN])
    return Estimate(value=busy.value / duty, half=busy.half / duty) if duty else None


def _periods(run: SimulatedDays, bank: int) -> tuple[PeriodOutcome, ...]:
    problem, found = run.problem, []
    for i, row in enumerate(run.tally.periods[bank]):
        x, y, xx, xy, yy = (float(row[k]) for k in (P_CALLED, P_LATE, P_CALLED_SQUARE, P_BOTH, P_LATE_SQUARE))
        late = estimates.within_bounds(estimates.ratio_of_sums(run.days, x, y, xx, xy, yy), x)
        found.append(
            PeriodOutcome(
                start_min=problem.open_min + i * problem.interval_min,
                visits_per_day=x / max(1, run.days),
                p_within=estimates.rest_of(late),
            )
        )
    return tuple(found)


def _service(run: SimulatedDays, number: int) -> SimulatedServiceOutcome:
    rows = run.tally.services[:, number]
    ended = rows[:, S_DONE] + rows[:, S_LEFT] + rows[:, S_UNSERVED]
    return SimulatedServiceOutcome(
        id=run.problem.services[number],
        visitors_per_day=estimates.mean(rows[:, S_CAME]),
        p_within=within(rows[:, S_LATE], ended),
        wait_mean_min=estimates.ratio(rows[:, S_WAIT], rows[:, S_DONE]),
        wait_p90_min=estimates.percentile(run.tally.service_waits[:, number], 0.9),
        time_mean_min=estimates.ratio(rows[:, S_TIME], rows[:, S_DONE]),
        abandoned=estimates.share(rows[:, S_LEFT], rows[:, S_CAME]),
        unserved=estimates.share(rows[:, S_UNSERVED], rows[:, S_CAME]),
    )


def _class(run: SimulatedDays, number: int) -> SimulatedClassOutcome:
    rows = run.tally.classes[:, number]
    return SimulatedClassOutcome(
        id=run.problem.classes[number].id,
        visitors_per_day=float(rows[:, C_CAME].sum()) / max(1, run.days),
        wait_mean_min=estimates.ratio(rows[:, C_WAIT], rows[:, C_CALLED]),
        p_within=within(rows[:, C_LATE], rows[:, C_CAME]),
    )


def _inside(run: SimulatedDays) -> PeopleInside:
    counts = run.tally.people[:, -1]
    numbers = np.arange(counts.shape[1])
    return PeopleInside(
        at_min=tuple(run.problem.open_min + i * run.problem.sample_min for i in range(len(counts))),
        mean=tuple(float(row @ numbers) / max(1, int(row.sum())) for row in counts),
        quantiles=tuple(tuple(people_quantile(row, share) for share in QUANTILES) for row in counts),
    )
