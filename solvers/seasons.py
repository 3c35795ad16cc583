"""The year: seasons with other demand or hours, closed days, and what each date brings.

Periods are ISO dates `2027-02-08..2027-03-09` (Ramadan moves: the project gives its dates) or yearly `01-15..02-28`, which
may run over New Year (`12-20..01-06`). Where seasons overlap their factors multiply and the first with hours sets them.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum

from layouts.findings import BadInput
from solvers.services import Arrivals, DayType, Season
from solvers.ticket_log import weekday_of
from solvers.times import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DateDemand:
    """One date: its kind of day ("" where closed), seasons, why it is closed, persons who come.

    `carried` of them wanted to come on a closed day before. Open from `open_min` to `close_min`, both 0 where closed: the
    first season of the date with hours sets them.
    """

    date: str
    weekday: str
    day_type: str
    seasons: tuple[str, ...]
    closed: str
    persons: float
    carried: float
    open_min: int = 0
    close_min: int = 0


def is_in(season: Season, date: str) -> bool:
    """Whether `date` lies in one of the season's periods, both ends counted."""
    for period in season.periods:
        first, last = ends_of(period)
        day = date if len(first) == 10 else date[5:]
        if (first <= day <= last) if first <= last else (day >= first or day <= last):
            return True
    return False


def ends_of(period: str) -> tuple[str, str]:
    """First and last day of a period; BadInput where it is none."""
    first, _, last = period.partition("..")
    last = last or first
    if len(first) != len(last) or not (_is_day(first) and _is_day(last)) or (len(first) == 10 and last < first):
        raise BadInput("seasons.not_a_period", place="seasons.periods", given=period[:40])
    return first, last


def under_season(
    arrivals: Sequence[Arrivals], days: Sequence[DayType], season: Season, interval_min: int
) -> tuple[tuple[Arrivals, ...], tuple[DayType, ...]]:
    """Demand and hours as they are in the season: persons x factor, the profile stretched into the season's hours."""
    hours = season.close_min > 0
    new_days = tuple(replace(d, open_min=season.open_min, close_min=season.close_min) if hours else d for d in days)
    rows: list[Arrivals] = []
    for before, after in zip(days, new_days):
        if (after.close_min - after.open_min) % interval_min:
            raise BadInput(
                "seasons.hours_not_whole_intervals", place=f"seasons[id={season.id}]", interval_min=interval_min
            )
        by_service: dict[str, list[Arrivals]] = defaultdict(list)
        for row in arrivals:
            if row.day_type == before.id:
                by_service[row.service].append(row)
        for service, group in by_service.items():
            factor = season.factor if not season.services or service in season.services else 1.0
            group = sorted(group, key=lambda row: row.start_min)
            persons = [row.persons * factor for row in group]
            if hours:
                persons = stretched(persons, (after.close_min - after.open_min) // interval_min)
            rows += [
                Arrivals(day_type=after.id, service=service, start_min=after.open_min + n * interval_min, persons=each)
                for n, each in enumerate(persons)
            ]
    return tuple(rows), new_days


def stretched(persons: Sequence[float], count: int) -> list[float]:
    """The same persons over `count` intervals: the cumulated curve is read at new places, straight in between."""
    sums = [0.0]
    for each in persons:
        sums.append(sums[-1] + each)

    def until(at: float) -> float:
        whole = min(int(at), len(persons) - 1)
        return sums[whole] + (at - whole) * persons[whole]

    edges = [until(n * len(persons) / count) for n in range(count + 1)]
    return [b - a for a, b in pairwise(edges)]


def demand_of_dates(
    arrivals: Sequence[Arrivals],
    days: Sequence[DayType],
    seasons: Sequence[Season],
    closed: Mapping[str, str],
    *,
    first: str,
    count: int,
    factor: float = 1.0,
    carry_over_share: float = 0.0,
) -> tuple[DateDemand, ...]:
    """`count` dates from `first` on. Of those whom a closed working day turns away, a share comes on the next open one."""
    kinds = {weekday: day for day in days for weekday in day.weekdays}
    start = datetime.date.fromisoformat(first)
    found: list[DateDemand] = []
    waiting = 0.0
    for n in range(count):
        date = (start + datetime.timedelta(days=n)).isoformat()
        kind = kinds.get(weekday_of(date))
        on = [season for season in seasons if is_in(season, date)]
        wanted = _persons(arrivals, kind, on) * factor if kind else 0.0
        if kind is None or date in closed:
            waiting += wanted * carry_over_share
            persons = carried = 0.0
        else:
            persons, carried, waiting = wanted + waiting, waiting, 0.0
        opens, closes = hours_on(kind, on) if kind and date not in closed else (0, 0)
        found.append(
            DateDemand(
                date=date,
                weekday=weekday_of(date),
                day_type=kind.id if kind and date not in closed else "",
                seasons=tuple(season.id for season in on),
                closed=(closed[date] or "-") if date in closed and kind else "",
                persons=persons,
                carried=carried,
                open_min=opens,
                close_min=closes,
            )
        )
    return tuple(found)


def hours_on(kind: DayType, on: Sequence[Season]) -> tuple[int, int]:
    """Opening and closing of a kind of day in these seasons."""
    season = next((each for each in on if each.close_min > 0), None)
    return (season.open_min, season.close_min) if season else (kind.open_min, kind.close_min)


def _persons(arrivals: Sequence[Arrivals], kind: DayType, on: Sequence[Season]) -> float:
    rows = [row for row in arrivals if row.day_type == kind.id]
    return fsum(row.persons * _factor(row.service, on) for row in rows)


def _factor(service: str, on: Sequence[Season]) -> float:
    factor = 1.0
    for season in on:
        if not season.services or service in season.services:
            factor *= season.factor
    return factor


def _is_day(text: str) -> bool:
    """Whether it is a day as 2027-02-08, or 02-08 of any year."""
    try:
        day_of(text if len(text) == 10 else f"2028-{text}")  # a leap year knows every day
    except ValueError:
        return False
    return True
