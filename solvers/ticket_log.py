"""What a ticket system's log says of demand: who came when, how long service took and how it is spread, who waited.

One ticket is one visit to one service. Minutes after midnight, dates as ISO text. Times are those of the log's own clock.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from solvers.services import Arrivals, DayType, ServiceTime

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEAST_FOR_A_FIT = 20
"""Fewer service times than this say nothing of their distribution: lognormal, as planned by default."""
STEADY_CV = 0.05
"""Below this times are as good as constant."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedTicket:
    """`called_min` None: left before being called. `ended_min` None: not logged. `row` is where it stands in the file."""

    date: str
    service: str
    arrived_min: float
    called_min: float | None = None
    ended_min: float | None = None
    counter: str = ""
    bank: str = ""
    row: int = 0

    @property
    def wait_min(self) -> float | None:
        return None if self.called_min is None else self.called_min - self.arrived_min

    @property
    def service_min(self) -> float | None:
        if self.called_min is None or self.ended_min is None:
            return None
        return self.ended_min - self.called_min


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFit:
    """Service times: mean with its 95 % interval's half, cv, the law nearest to them and its Kolmogorov distance."""

    count: int
    mean_min: float
    half_min: float
    cv: float
    p90_min: float
    distribution: str
    distance: float

    def as_service_time(self, source: str) -> ServiceTime:
        return ServiceTime(
            mean_min=round(self.mean_min, 3), cv=round(self.cv, 3), distribution=self.distribution, source=source
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedService:
    """One service over the log's days. `by_interval`: (start, mean persons a day); waits are of those called."""

    service: str
    tickets: int
    per_day: float
    left_share: float
    time: TimeFit | None
    wait_mean_min: float | None
    wait_p50_min: float | None
    wait_p90_min: float | None
    by_weekday: Mapping[str, float]
    by_interval: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSummary:
    """The whole log. `counters_at_once`: the most that were serving at one moment."""

    tickets: int
    dates: tuple[str, ...]
    weekdays: Mapping[str, int]
    counters: int
    counters_at_once: int
    services: tuple[LoggedService, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedArrivals:
    """Rows for the project; what of the log they hold; kinds of day and services that no date of the log tells of."""

    rows: tuple[Arrivals, ...]
    used: int
    early_or_late: int
    on_closed_days: int
    days: Mapping[str, int]


def weekday_of(date: str) -> str:
    return WEEKDAYS[datetime.date.fromisoformat(date).weekday()]


def summarise_log(tickets: Sequence[LoggedTicket], *, interval_min: int) -> LogSummary:
    """Means are per day of the log: a date on which a service had no ticket counts as 0, a date without any does not."""
    dates = tuple(sorted({each.date for each in tickets}))
    weekdays = Counter(map(weekday_of, dates))
    by_service: dict[str, list[LoggedTicket]] = defaultdict(list)
    for each in tickets:
        by_service[each.service].append(each)
    return LogSummary(
        tickets=len(tickets),
        dates=dates,
        weekdays={day: weekdays[day] for day in WEEKDAYS if weekdays[day]},
        counters=len({each.counter for each in tickets if each.counter}),
        counters_at_once=most_at_once(tickets),
        services=tuple(
            _service(name, group, len(dates), weekdays, interval_min) for name, group in sorted(by_service.items())
        ),
    )


def fit_service_time(minutes: Sequence[float]) -> TimeFit | None:
    """Mean, cv, and of lognormal, gamma and exponential with these two the one at the least Kolmogorov distance.

    Times of 0 (called, nobody came) are left out. The half is that of Student's t; none below two times.
    """
    from scipy import stats

    times = np.array([each for each in minutes if each > 0.0])
    if times.size < 2:
        return None
    mean, sd = float(times.mean()), float(times.std(ddof=1))
    name, distance = nearest_law(times, mean, sd / mean)
    half = float(stats.t.ppf(0.975, times.size - 1)) * sd / sqrt(times.size)
    return TimeFit(
        count=int(times.size), mean_min=mean, half_min=half, cv=sd / mean, p90_min=float(np.quantile(times, 0.9)),
        distribution=name, distance=distance,
    )  # fmt: skip


def nearest_law(times: Floats, mean: float, cv: float) -> tuple[str, float]:
    """The law whose cumulated chance lies nearest to the times': sup |F_n - F| (Kolmogorov 1933)."""
    from scipy import stats

    if cv < STEADY_CV:
        return "deterministic", 0.0
    sigma = sqrt(log(1.0 + cv**2))
    laws = {
        "lognormal": stats.lognorm(s=sigma, scale=mean * np.exp(-(sigma**2) / 2.0)),
        "gamma": stats.gamma(a=1.0 / cv**2, scale=mean * cv**2),
        "exponential": stats.expon(scale=mean),
    }
    distances = {name: float(stats.kstest(times, law.cdf).statistic) for name, law in laws.items()}
    name = min(distances, key=lambda each: distances[each]) if times.size >= LEAST_FOR_A_FIT else "lognormal"
    return name, distances[name]


def arrivals_from_log(
    tickets: Sequence[LoggedTicket],
    days: Sequence[DayType],
    *,
    interval_min: int,
    factors: Mapping[str, float],
    closed: Iterable[str] = (),
) -> LoggedArrivals:
    """Mean persons per interval for every kind of day and service of `factors` that the log knows.

    `factors[service]` turns visits seen into those the project's demand starts from (completion / share that shows up):
    repeat visits and no-shows come on top there. Who came before opening or after closing is counted at the edge.
    Tickets name services by the project's ids.
    """
    shut = set(closed)
    kinds = {weekday: day for day in days for weekday in day.weekdays}
    dates: dict[str, set[str]] = defaultdict(set)
    seen: Counter[tuple[str, str, int]] = Counter()
    outside = unused = 0
    for ticket in tickets:
        kind = kinds.get(weekday_of(ticket.date))
        if kind is None or ticket.date in shut or ticket.service not in factors:
            unused += 1
            continue
        dates[kind.id].add(ticket.date)
        last = kind.close_min - interval_min
        at = min(max(ticket.arrived_min, kind.open_min), last)
        outside += not kind.open_min <= ticket.arrived_min < kind.close_min
        seen[kind.id, ticket.service, kind.open_min + int((at - kind.open_min) // interval_min) * interval_min] += 1
    services = [name for name in factors if any(key[1] == name for key in seen)]
    rows = tuple(
        Arrivals(
            day_type=day.id,
            service=service,
            start_min=start,
            persons=round(seen[day.id, service, start] / len(dates[day.id]) * factors[service], 4),
        )
        for day in days
        if dates[day.id]
        for start in range(day.open_min, day.close_min, interval_min)
        for service in services
    )
    return LoggedArrivals(
        rows=rows, used=sum(seen.values()), early_or_late=outside, on_closed_days=unused,
        days={day.id: len(dates[day.id]) for day in days},
    )  # fmt: skip


def with_logged(before: Sequence[Arrivals], logged: Sequence[Arrivals]) -> tuple[Arrivals, ...]:
    """The project's arrivals with those of the log in place of the same kinds of day and services; by day, time, service."""
    new = {(row.day_type, row.service) for row in logged}
    days = list(dict.fromkeys(row.day_type for row in (*before, *logged)))
    services = list(dict.fromkeys(row.service for row in (*before, *logged)))
    rows = (*(row for row in before if (row.day_type, row.service) not in new), *logged)
    return tuple(sorted(rows, key=lambda row: (days.index(row.day_type), row.start_min, services.index(row.service))))


def most_at_once(tickets: Sequence[LoggedTicket]) -> int:
    """The most tickets in service at one moment: at least so many counters were at work."""
    most = 0
    by_date: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for each in tickets:
        if each.called_min is not None and each.ended_min is not None:
            by_date[each.date] += [(each.called_min, 1), (each.ended_min, -1)]
    for steps in by_date.values():
        now = 0
        for _, change in sorted(steps):  # who ends at a minute ends before the next is called
            now += change
            most = max(most, now)
    return most


def _service(
    name: str, tickets: Sequence[LoggedTicket], days: int, weekdays: Mapping[str, int], interval_min: int
) -> LoggedService:
    waits = [each.wait_min for each in tickets if each.wait_min is not None]
    on = Counter(weekday_of(each.date) for each in tickets)
    starts = Counter(int(each.arrived_min // interval_min) * interval_min for each in tickets)
    return LoggedService(
        service=name,
        tickets=len(tickets),
        per_day=len(tickets) / days,
        left_share=1.0 - len(waits) / len(tickets),
        time=fit_service_time([each.service_min for each in tickets if each.service_min is not None]),
        wait_mean_min=float(np.mean(waits)) if waits else None,
        wait_p50_min=float(np.quantile(waits, 0.5)) if waits else None,
        wait_p90_min=float(np.quantile(waits, 0.9)) if waits else None,
        by_weekday={day: on[day] / count for day, count in weekdays.items()},
        by_interval=tuple((start, count / days) for start, count in sorted(starts.items())),
    )
