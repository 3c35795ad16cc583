"""From totals of a day to arrivals per interval: the shape of a day, laid over any opening hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from solvers.seasons import stretched
from solvers.services import Arrivals, DayType

TEXTBOOK_DAY = (22.0, 35.0, 40.0, 31.0, 35.0, 43.0, 29.0, 22.0)
"""Arrivals by the hour of an eight-hour day at a driver-licence office (S62 of layouts/sources): peak to mean 1.34."""


def profile_shares(profile: Sequence[float], intervals: int) -> tuple[float, ...]:
    """The profile stretched over `intervals`, adding up to 1."""
    total = fsum(profile)
    return tuple(each / total for each in stretched(list(profile), intervals))


def profile_of(arrivals: Sequence[Arrivals], day_type: str, service: str) -> tuple[float, ...]:
    """The service's own shape of this kind of day, else that of all services; empty where nobody comes at all."""
    rows = sorted((row for row in arrivals if row.day_type == day_type), key=lambda row: row.start_min)
    for chosen in ([row for row in rows if row.service == service], rows):
        sums: dict[int, float] = {}
        for row in chosen:
            sums[row.start_min] = sums.get(row.start_min, 0.0) + row.persons
        if fsum(sums.values()) > 0.0:
            return tuple(sums.values())
    return ()


def arrivals_from_totals(
    totals: Mapping[tuple[str, str], float],
    days: Sequence[DayType],
    profiles: Mapping[tuple[str, str], Sequence[float]],
    interval_min: int,
) -> tuple[Arrivals, ...]:
    """Rows for each (day type, service) of `totals`: persons of the day x the share of the interval."""
    rows: list[Arrivals] = []
    for day in days:
        count = (day.close_min - day.open_min) // interval_min
        for (kind, service), persons in totals.items():
            if kind != day.id:
                continue
            shares = profile_shares(profiles.get((kind, service)) or TEXTBOOK_DAY, count)
            starts = range(day.open_min, day.close_min, interval_min)
            rows += [
                Arrivals(day_type=kind, service=service, start_min=start, persons=round(persons * share, 4))
                for start, share in zip(starts, shares)
            ]
    return tuple(rows)
