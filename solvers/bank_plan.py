"""Positions of one bank through one kind of day, interval by interval, and what visitors then wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, exp, floor

from solvers.bank_load import BankLoad
from solvers.queueing import mgc, mmc
from solvers.queueing.sizing import EXACT_BELOW_CV, least_positions, share_within, waiting_quantile
from solvers.queueing.station import Station
from solvers.services import ServiceStandard

BACKLOG_NONE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The wait in one interval: none with chance 1 - `chance`, else `at_least_min` plus an exponential time.

    `mean_more_min` is the mean of that time. In a line that grows or melts (backlog) all wait, evenly spread over
    `spread_min` from `at_least_min` on.
    """

    chance: float = 0.0
    mean_more_min: float = 0.0
    at_least_min: float = 0.0
    spread_min: float = 0.0

    @property
    def mean_min(self) -> float:
        return self.chance * (self.at_least_min + self.spread_min / 2.0 + self.mean_more_min)

    def share_longer(self, minutes: float) -> float:
        """P(wait > t)."""
        over = minutes - self.at_least_min
        if over < 0.0:
            return self.chance
        if self.mean_more_min > 0.0:
            return self.chance * exp(-over / self.mean_more_min)
        return self.chance * max(0.0, 1.0 - over / self.spread_min) if self.spread_min > 0.0 else 0.0


NO_WAIT = Wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class BankDay:
    """A bank on one kind of day; tuples run over the intervals.

    `needed` keeps the standard; `open` is `needed` or the bank's limit. `backlog` is the line left over at the end of
    each interval where rho >= 1 (persons, fluid). `waiting` is the quantile of the number in line.
    """

    load: BankLoad
    needed: tuple[int, ...]
    open: tuple[int, ...]
    staff_by_skill: Mapping[str, tuple[int, ...]]
    utilisation: tuple[float, ...]
    within: tuple[float, ...]
    waits: tuple[Wait, ...]
    waiting: tuple[int, ...]
    backlog: tuple[float, ...]
    staffing: str = "stationary"

    @property
    def peak_open(self) -> int:
        return max(self.open)


def plan_bank_day(
    load: BankLoad,
    standards: tuple[ServiceStandard, ...],
    *,
    interval_min: int,
    seat_percentile: float,
    limit: int | None = None,
    given: tuple[int, ...] | None = None,
) -> BankDay:
    """Least positions per interval by stationary Erlang C, at least one while the day has visitors for the bank; or what
    those `given` make of the day."""
    used = any(visits > 0 for visits in load.visits)
    needed = given or tuple(
        max(1, least_positions(visits / interval_min, mean, standards, cv)) if visits > 0 else int(used)
        for visits, mean, cv in zip(load.visits, load.mean_min, load.cv)
    )
    opened = needed if limit is None else tuple(min(each, limit) for each in needed)
    backlog = backlog_persons(load, opened, interval_min)
    within_min = standards[0].within_min
    rows = [_interval(load, i, c, backlog, interval_min, within_min, seat_percentile) for i, c in enumerate(opened)]
    return BankDay(
        load=load,
        needed=needed,
        open=opened,
        staff_by_skill=split_by_skill(load, opened),
        utilisation=tuple(row[0] for row in rows),
        within=tuple(row[1] for row in rows),
        waits=tuple(row[2] for row in rows),
        waiting=tuple(row[3] for row in rows),
        backlog=backlog,
    )


def backlog_persons(load: BankLoad, opened: tuple[int, ...], interval_min: int) -> tuple[float, ...]:
    """Line at the end of each interval as a fluid: B' = max(0, B + visits - c x interval / mean)."""
    left, backlog = 0.0, []
    for visits, mean, c in zip(load.visits, means_served(load), opened):
        left = max(0.0, left + visits - c * interval_min / mean)
        backlog.append(left)
    return tuple(backlog)


def means_served(load: BankLoad) -> tuple[float, ...]:
    """The mean service time of each interval; where nobody comes, who is left is served at the mean before."""
    means: list[float] = []
    first = next((mean for mean in load.mean_min if mean > 0), 1.0)
    for mean in load.mean_min:
        means.append(mean or (means[-1] if means else first))
    return tuple(means)


def _interval(
    load: BankLoad,
    i: int,
    positions: int,
    backlog: tuple[float, ...],
    interval_min: int,
    within_min: float,
    seat_percentile: float,
) -> tuple[float, float, Wait, int]:
    """Utilisation, share within the standard's minutes, wait and line of interval `i`."""
    before, after = backlog[i - 1] if i else 0.0, backlog[i]
    if load.visits[i] == 0.0 and before <= BACKLOG_NONE:
        return 0.0, 1.0, NO_WAIT, 0
    if positions == 0:
        return 0.0, 0.0, Wait(chance=1.0, at_least_min=interval_min), ceil(after - BACKLOG_NONE)
    station = Station(
        arrivals_per_min=load.visits[i] / interval_min,
        mean_service_min=means_served(load)[i],
        positions=positions,
        cv=load.cv[i],
    )
    if max(before, after) > BACKLOG_NONE or not station.is_stable:
        wait = _fluid_wait(before, after, station)
        busy = (before + load.visits[i] - after) * station.mean_service_min / (positions * interval_min)
        line = ceil(max(before, after) - BACKLOG_NONE)
        return min(1.0, busy), 1.0 - wait.share_longer(within_min), wait, line
    share = share_within(station, within_min)
    return station.utilisation, share, wait_of(station), waiting_quantile(station, seat_percentile)


def _fluid_wait(before: float, after: float, station: Station) -> Wait:
    """Who finds a line of B waits B x mean / c, as the line goes from `before` to `after`."""
    minutes = station.mean_service_min / station.positions
    return Wait(chance=1.0, at_least_min=min(before, after) * minutes, spread_min=abs(after - before) * minutes)


def wait_of(station: Station) -> Wait:
    """The stationary wait, with the same tail that sized the bank."""
    chance = mmc.chance_of_waiting(station)
    mean = mmc.mean_wait_min(station) if station.cv <= EXACT_BELOW_CV else mgc.mean_wait_min(station)
    return Wait(chance=chance, mean_more_min=mean / chance if chance > 0 else 0.0)


def split_by_skill(load: BankLoad, opened: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    """Open positions shared among the bank's skills by their load, largest remainder, ties by the skill's name."""
    shares = [_largest_remainder({s: row[i] for s, row in load.load_by_skill.items()}, c) for i, c in enumerate(opened)]
    return {skill: tuple(share[skill] for share in shares) for skill in load.load_by_skill}


def _largest_remainder(loads: dict[str, float], positions: int) -> dict[str, int]:
    total = sum(loads[skill] for skill in sorted(loads))
    if not loads:
        return {}
    exact = {s: positions * (loads[s] / total if total > 0 else 1.0 / len(loads)) for s in sorted(loads)}
    shares = {s: floor(exact[s]) for s in exact}
    left = positions - sum(shares.values())
    for skill in sorted(exact, key=lambda s: (shares[s] - exact[s], s))[:left]:
        shares[skill] += 1
    return shares
