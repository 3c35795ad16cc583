"""Several centres lived through on the same days: differences with their intervals, ties told, stress, precision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from solvers.effort import Cancel, Report
from solvers.simulation import estimates
from solvers.simulation.estimates import CONFIDENCE, Estimate
from solvers.simulation.problem import SimulationProblem
from solvers.simulation.run import SimulatedDays, added, simulate
from solvers.simulation.tables import S_CAME, S_DONE, S_LATE, S_LEFT, S_UNSERVED, S_WAIT, Floats

STRESS = (0.9, 1.0, 1.1, 1.2)
ROUND_DAYS = 200
"""Days added between two looks at the precision, whatever the number of workers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioFigures:
    """One centre: mean wait of a whole visit, and the share of visitors late nowhere; beside the first centre's.

    `wait_more_min` and `within_more` are differences on the same days; a tie where the interval holds 0. Waits are of those
    served: `not_served` is the share who left or were never called, and a wait means little where it is large.
    """

    name: str
    visitors_per_day: float
    wait_mean_min: Estimate
    p_within: Estimate
    wait_more_min: Estimate
    within_more: Estimate
    not_served: Estimate

    @property
    def is_tie(self) -> bool:
        return self.wait_more_min.low <= 0.0 <= self.wait_more_min.high


def compare_scenarios(
    problems: Mapping[str, SimulationProblem],
    *,
    days: int,
    seed: int = 1,
    demand_factors: Mapping[str, float] | None = None,
    workers: int = 0,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> tuple[ScenarioFigures, ...]:
    """Each named centre on the same seeded days; the first is what the others are held against.

    A cancel leaves the scenarios finished by then.
    """
    factors = demand_factors or {}
    runs: dict[str, SimulatedDays] = {}
    for name, problem in problems.items():
        run = simulate(
            problem,
            days=days,
            seed=seed,
            demand_factor=factors.get(name, 1.0),
            workers=workers,
            report=report,
            cancel=cancel,
        )
        if run.cancelled:
            break
        runs[name] = run
    first = next(iter(runs.values()), None)
    return tuple(_figures(name, run, first or run) for name, run in runs.items())


def stress(
    problem: SimulationProblem,
    *,
    days: int,
    seed: int = 1,
    factors: Sequence[float] = STRESS,
    workers: int = 0,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> tuple[ScenarioFigures, ...]:
    """The same positions under less and more demand, the planned demand first."""
    ordered = (1.0, *(factor for factor in factors if factor != 1.0))
    names = {f"{factor:g}": factor for factor in ordered}
    return compare_scenarios(
        dict.fromkeys(names, problem),
        days=days,
        seed=seed,
        demand_factors=names,
        workers=workers,
        report=report,
        cancel=cancel,
    )


def simulate_until(
    problem: SimulationProblem,
    *,
    wait_half_min: float,
    within_half: float,
    most_days: int,
    seed: int = 1,
    workers: int = 0,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> SimulatedDays:
    """Days added in rounds until mean wait and share in time are known to the halves asked for, or `most_days`."""
    whole: SimulatedDays | None = None
    while whole is None or (whole.days < most_days and not whole.cancelled and not _known(whole, wait_half_min, within_half)):
        done = whole.days if whole else 0
        part = simulate(
            problem,
            days=min(ROUND_DAYS, most_days - done),
            seed=seed,
            first_day=done,
            workers=workers,
            report=report,
            cancel=cancel,
        )
        whole = part if whole is None else joined(whole, part)
    return whole


def joined(a: SimulatedDays, b: SimulatedDays) -> SimulatedDays:
    """Two stretches of days of one problem and seed as one."""
    return SimulatedDays(
        problem=a.problem,
        tables=a.tables,
        seed=a.seed,
        days=a.days + b.days,
        tally=added([a.tally, b.tally]),
        seconds=a.seconds + b.seconds,
        cancelled=b.cancelled,
    )


def _known(run: SimulatedDays, wait_half_min: float, within_half: float) -> bool:
    wait, within = _sums(run)
    return estimates.ratio(*wait).half <= wait_half_min and estimates.ratio(*within).half <= within_half


def _sums(run: SimulatedDays) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """(wait, served) and (in time, came) by day over all services."""
    by_day = run.tally.services.sum(axis=1)
    return (by_day[:, S_WAIT], by_day[:, S_DONE]), (by_day[:, S_CAME] - by_day[:, S_LATE], by_day[:, S_CAME])


def _figures(name: str, run: SimulatedDays, first: SimulatedDays) -> ScenarioFigures:
    (wait, within), (first_wait, first_within) = _sums(run), _sums(first)
    by_day = run.tally.services.sum(axis=1)
    return ScenarioFigures(
        name=name,
        visitors_per_day=float(within[1].mean()),
        wait_mean_min=estimates.ratio(*wait),
        p_within=estimates.share(*within),
        wait_more_min=paired(wait, first_wait),
        within_more=paired(within, first_within),
        not_served=estimates.share(by_day[:, S_LEFT] + by_day[:, S_UNSERVED], by_day[:, S_CAME]),
    )


def paired(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> Estimate:
    """The difference of two ratios on the same days, from the difference of their days' residuals."""
    (y, x), (v, u) = one, other
    n = y.size
    if not (x.sum() and u.sum()) or n < 2:
        return Estimate(value=0.0, half=float("inf"))
    r, s = y.sum() / x.sum(), v.sum() / u.sum()
    residuals = (y - r * x) / x.mean() - (v - s * u) / u.mean()
    half = float(stdtrit(n - 1, 0.5 + CONFIDENCE / 2.0)) * float(np.std(residuals, ddof=1)) / sqrt(n)
    return Estimate(value=float(r - s), half=half)
