"""The plan held against what came after the opening: arrivals and service times, each difference with its interval.

A figure deviates where its difference is beyond chance after all comparisons of its family are counted: Benjamini and
Hochberg 1995, false discoveries at most 5 %. Waits depend on the whole day: `simulation/tickets.py` holds them against
simulated days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt

import numpy as np

from layouts.findings import Finding
from solvers.demand import Demand
from solvers.ticket_log import LoggedTicket
from solvers.times import clock

FALSE_SHARE = 0.05
CONFIDENCE = 0.95
LEAST_DAYS_FOR_SPREAD = 3
"""With fewer days than this the spread between days is taken to be Poisson's."""

ARRIVALS, BY_INTERVAL, SERVICE_MIN = "arrivals", "arrivals_by_interval", "service_min"
CODES = {
    ARRIVALS: "planned.arrivals",
    BY_INTERVAL: "planned.arrivals_by_interval",
    SERVICE_MIN: "planned.service_min",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFigure:
    """One figure of one service: planned, and actual with its 95 % interval over `count` days (or service times).

    `start_min` is -1 for figures of whole days. `chance`: of a difference as great or greater if the plan were true.
    """

    figure: str
    service: str
    day_type: str
    start_min: int
    planned: float
    actual: float
    low: float
    high: float
    count: int
    chance: float
    deviates: bool = False


def hold_arrivals(
    demands: Mapping[str, Demand], tickets: Sequence[LoggedTicket], kinds: Mapping[str, str]
) -> tuple[HeldFigure, ...]:
    """Persons a day and persons per interval of every service, by kind of day; `kinds` gives each date its kind.

    Variance of a day's count: Poisson's (the mean) or that between the days, whichever is greater.
    """
    held: list[HeldFigure] = []
    for day_type, demand in demands.items():
        dates = sorted(date for date, kind in kinds.items() if kind == day_type)
        if not dates:
            continue
        mine = [each for each in tickets if kinds.get(each.date) == day_type]
        by_day = Counter((each.service, each.date) for each in mine)
        by_slot = Counter((each.service, each.date, _slot(each.arrived_min, demand)) for each in mine)
        for service, persons in demand.persons.items():
            day = [float(by_day[service, date]) for date in dates]
            held.append(_counts(ARRIVALS, service, day_type, -1, fsum(persons), day))
            for n, start in enumerate(demand.starts_min):
                slot = [float(by_slot[service, date, start]) for date in dates]
                held.append(_counts(BY_INTERVAL, service, day_type, start, persons[n], slot))
    return (*judged([h for h in held if h.figure == ARRIVALS]), *judged([h for h in held if h.figure == BY_INTERVAL]))


def hold_service_times(planned_min: Mapping[str, float], tickets: Sequence[LoggedTicket]) -> tuple[HeldFigure, ...]:
    """Mean service times of each service: sum over count, its interval from the days' residuals where there are enough."""
    held = []
    for service, planned in planned_min.items():
        by_date: dict[str, list[float]] = defaultdict(list)
        for each in tickets:
            if each.service == service and each.service_min is not None and each.service_min > 0.0:
                by_date[each.date].append(each.service_min)
        times = [minutes for day in by_date.values() for minutes in day]
        if len(times) > 1:
            held.append(_times(service, planned, times, list(by_date.values())))
    return judged(held)


def judged(held: Sequence[HeldFigure], false_share: float = FALSE_SHARE) -> tuple[HeldFigure, ...]:
    """Which deviate: those up to the last of the ordered chances p(k) with p(k) <= k/m x the share of false discoveries."""
    order = sorted(range(len(held)), key=lambda n: held[n].chance)
    last = max((k for k, n in enumerate(order, 1) if held[n].chance <= k / len(order) * false_share), default=0)
    found = set(order[:last])
    return tuple(replace(each, deviates=n in found) for n, each in enumerate(held))


def deviations(held: Sequence[HeldFigure], names: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """What deviates, as findings a planner reads; `names` are what people call services and kinds of day."""
    called = names or {}
    return tuple(
        Finding(
            code=CODES[each.figure],
            status="fail",
            severity="warning",
            certainty="read",
            profile="",
            measured=round(each.actual, 3),
            required=round(each.planned, 3),
            unit="min" if each.figure == SERVICE_MIN else "persons",
            where=(each.service,),
            values={
                "service": called.get(each.service, each.service),
                "day_type": called.get(each.day_type, each.day_type) or "-",
                "start": clock(each.start_min) if each.start_min >= 0 else "-",
                "low": round(each.low, 3), "high": round(each.high, 3), "count": each.count,
            },
        )
        for each in held
        if each.deviates
    )  # fmt: skip


def _slot(minutes: float, demand: Demand) -> int:
    """The interval of an arrival; before opening counts as the first, after closing as the last."""
    first, last = demand.starts_min[0], demand.starts_min[-1]
    return int(min(max((minutes - first) // demand.interval_min * demand.interval_min + first, first), last))


def _counts(figure: str, service: str, day_type: str, start: int, planned: float, counts: Sequence[float]) -> HeldFigure:
    from scipy import stats

    n, mean = len(counts), fsum(counts) / len(counts)
    spread = float(np.var(counts, ddof=1)) if n >= LEAST_DAYS_FOR_SPREAD else 0.0
    # The interval stands on what was seen; the verdict on what the plan promises, so that 0 seen of 12 planned is told.
    steady = spread <= mean
    law = stats.norm() if steady else stats.t(n - 1)
    half = float(law.ppf(0.5 + CONFIDENCE / 2)) * sqrt(max(spread, mean) / n)
    if steady or spread <= planned:
        total = round(fsum(counts))
        chance = min(1.0, 2 * float(min(stats.poisson.cdf(total, n * planned), stats.poisson.sf(total - 1, n * planned))))
    else:
        chance = 2 * float(stats.t.sf(abs(mean - planned) / sqrt(max(spread, planned) / n), n - 1))
    return HeldFigure(
        figure=figure, service=service, day_type=day_type, start_min=start, planned=planned, actual=mean,
        low=max(0.0, mean - half), high=mean + half, count=n, chance=chance,
    )  # fmt: skip


def _times(service: str, planned: float, times: Sequence[float], days: Sequence[Sequence[float]]) -> HeldFigure:
    from scipy import stats

    mean = fsum(times) / len(times)
    single = sqrt(float(np.var(times, ddof=1)) / len(times))
    residuals = [fsum(day) - mean * len(day) for day in days]
    by_day = sqrt(fsum(r * r for r in residuals) * len(days) / (len(days) - 1)) / len(times) if len(days) > 4 else 0.0
    error, freedom = (by_day, len(days) - 1) if by_day > single else (single, len(times) - 1)
    half = float(stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)) * error
    chance = 2 * float(stats.t.sf(abs(mean - planned) / error, freedom)) if error > 0 else float(mean == planned)
    return HeldFigure(
        figure=SERVICE_MIN, service=service, day_type="", start_min=-1, planned=planned, actual=mean,
        low=mean - half, high=mean + half, count=len(times), chance=chance,
    )  # fmt: skip
