"""What a ticket board's snapshots say: who came, how long a service takes. People waiting, open counters, last ticket.

Between two snapshots: arrivals = served + change of the line, served = step of the ticket number. Counters may also serve
other lines, so that the service time found is per counter shown, other work included.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt

from layouts.findings import BadInput

BUSY_LINE = 1
"""A line at least this long at both ends of a step: every open counter was surely at work."""


LEAST_OF_A_DAY = 10
"""Days on which fewer visitors tell the pace say nothing of how days differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One look at the board. `ticket` is the number last called, 0 before the first."""

    at_min: float
    waiting: int
    open: int
    ticket: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedDay:
    """A line's day on a grid of intervals: persons who came, counters open (rounded mean), served."""

    open_min: float
    interval_min: float
    persons: tuple[float, ...]
    open: tuple[int, ...]
    served: int


def check_snapshots(snapshots: Sequence[Snapshot], place: str) -> None:
    """Refuse clocks that do not go forward, and negative numbers."""
    for number, (a, b) in enumerate(itertools.pairwise(snapshots)):
        if b.at_min <= a.at_min:
            raise BadInput("snapshots.clock_jumps", place=f"{place}[{number + 1}]", at=b.at_min, before=a.at_min)
    for number, each in enumerate(snapshots):
        if min(each.waiting, each.open, each.ticket) < 0:
            raise BadInput("snapshots.negative", place=f"{place}[{number}]")


def observed_day(snapshots: Sequence[Snapshot], *, interval_min: float, place: str = "snapshots") -> ObservedDay:
    """Arrivals by interval; a step's arrivals are spread evenly over its time. Negative steps are people who left: 0."""
    check_snapshots(snapshots, place)
    start = snapshots[0].at_min // interval_min * interval_min
    count = int((snapshots[-1].at_min - start) // interval_min) + 1
    persons, minutes, counters = [0.0] * count, [0.0] * count, [0.0] * count
    served = 0
    for a, b in itertools.pairwise(snapshots):
        called = max(0, b.ticket - a.ticket)
        served += called
        came = max(0, called + b.waiting - a.waiting)
        for i in range(count):
            low, high = start + i * interval_min, start + (i + 1) * interval_min
            part = max(0.0, min(b.at_min, high) - max(a.at_min, low))
            persons[i] += came * part / (b.at_min - a.at_min)
            minutes[i] += part
            counters[i] += part * a.open
    persons[0] += snapshots[0].waiting
    return ObservedDay(
        open_min=start,
        interval_min=interval_min,
        persons=tuple(persons),
        open=tuple(round(c / m) if m > 0.0 else 0 for c, m in zip(counters, minutes)),
        served=served,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedOtherDays:
    """What other days say of a line's pace: counter-minutes per visitor, and how much that differs from day to day beyond
    chance (`day_sd`, of its logarithm), the doubt about its own mean included."""

    mean_min: float
    day_sd: float

    def factors(self, count: int) -> tuple[float, ...]:
        """`count` equally likely multiples of the mean, whose own mean is 1."""
        from scipy.stats import norm

        raw = [exp(self.day_sd * float(norm.ppf((k + 0.5) / count))) for k in range(count)]
        return tuple(each * count / fsum(raw) for each in raw)


def served_other_days(days: Sequence[Sequence[Snapshot]], *, cv: float = 1.0) -> ServedOtherDays | None:
    """Pace and its spread between days (method of moments): var(log pace) less cv^2 / visitors, the chance of a finite day.

    None where no day had people waiting all the time. With one day only nothing is known of the spread: 0.
    """
    mean = service_min(days)
    if mean is None:
        return None
    paces = [(log(pace), served) for day in days for pace, served in [_pace(day)] if served >= LEAST_OF_A_DAY]
    if len(paces) < 2:
        return ServedOtherDays(mean_min=mean, day_sd=0.0)
    middle = fsum(pace for pace, _ in paces) / len(paces)
    spread = fsum((pace - middle) ** 2 for pace, _ in paces) / (len(paces) - 1)
    chance = fsum(cv**2 / served for _, served in paces) / len(paces)
    between = max(0.0, spread - chance)
    return ServedOtherDays(mean_min=mean, day_sd=sqrt(between * (1.0 + 1.0 / len(paces))))


def _pace(day: Sequence[Snapshot]) -> tuple[float, int]:
    """Counter-minutes per visitor of one day, and how many visitors tell it."""
    steps = [(a, b) for a, b in itertools.pairwise(day) if min(a.waiting, b.waiting) >= BUSY_LINE and a.open > 0]
    served = sum(max(0, b.ticket - a.ticket) for a, b in steps)
    return (fsum(a.open * (b.at_min - a.at_min) for a, b in steps) / served if served else 1.0), served


def service_min(days: Sequence[Sequence[Snapshot]]) -> float | None:
    """Counter-minutes per visitor over the steps in which people waited all the time; None where there are none."""
    steps = [
        (a.open * (b.at_min - a.at_min), max(0, b.ticket - a.ticket))
        for day in days
        for a, b in itertools.pairwise(day)
        if min(a.waiting, b.waiting) >= BUSY_LINE and a.open > 0
    ]
    served = sum(count for _, count in steps)
    return fsum(minutes for minutes, _ in steps) / served if served else None
