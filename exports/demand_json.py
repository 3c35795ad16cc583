"""Demand as plain data: what a log says, what a project asks for, and how the year runs. Shapes stand with each function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import fsum
from typing import Any

from solvers.demand import Demand
from solvers.demand_bookings import walk_in_share
from solvers.seasons import DateDemand
from solvers.services import Appointments, Service, ServiceTime
from solvers.ticket_log import LoggedService, LogSummary, TimeFit
from solvers.times import clock

Json = dict[str, Any]


def time_to_json(time: ServiceTime) -> Json:
    """{mean_min, cv, distribution, source}"""
    return asdict(time)


def logged_to_json(summary: LogSummary, names: Mapping[str, str] | None = None) -> Json:
    """{tickets, dates: {first, last, count}, weekdays: {sun: n}, counters, counters_at_once, services: [{id, name_in_file,
    tickets, per_day, left_share, time: {count, mean_min, half_min, cv, p90_min, distribution, distance} | null,
    wait_mean_min, wait_p50_min, wait_p90_min, by_weekday: {sun: persons}, by_interval: [[start_min, persons]]}]}"""
    return {
        "tickets": summary.tickets,
        "dates": {"first": summary.dates[0], "last": summary.dates[-1], "count": len(summary.dates)},
        "weekdays": dict(summary.weekdays),
        "counters": summary.counters,
        "counters_at_once": summary.counters_at_once,
        "services": [_logged_service(each, (names or {}).get(each.service, each.service)) for each in summary.services],
    }


def demand_to_json(demand: Demand, services: Sequence[Service], appointments: Sequence[Appointments], name: str) -> Json:
    """{id, name, interval_min, starts_min, persons_per_day, services: [{id, name, per_day, persons: [], walk_in_per_day,
    booked_per_day}]}: one kind of day, growth, repeats, no-shows, season and joint visits in."""
    rows: list[Json] = []
    for service in services:
        if service.id not in demand.persons:
            continue
        persons = demand.persons[service.id]
        share = walk_in_share([a for a in appointments if a.service == service.id])
        walk_in = fsum(demand.wanted[service.id]) * share
        rows.append(
            {
                "id": service.id,
                "name": service.name,
                "per_day": round(fsum(persons), 3),
                "persons": [round(each, 4) for each in persons],
                "walk_in_per_day": round(walk_in, 3),
                "booked_per_day": round(fsum(persons) - walk_in, 3),
            }
        )
    return {
        "id": demand.day_type,
        "name": name,
        "interval_min": demand.interval_min,
        "starts_min": list(demand.starts_min),
        "persons_per_day": round(fsum(row["per_day"] for row in rows), 2),
        "services": rows,
    }


def year_to_json(year: int, dates: Sequence[DateDemand], estimated: Sequence[str] = ()) -> Json:
    """{year, open_days, persons, mean_day, months: [{month, open_days, open_hours, persons}],
    closed: [{date, name, estimated}], seasons: {id: days}, hours: [{open, close, days, persons, first, last}],
    busiest: [{date, weekday, day_type, seasons, persons, carried, open, close}]}"""
    opened = [each for each in dates if each.day_type]
    months = sorted({each.date[:7] for each in dates})
    seasons = sorted({name for each in dates for name in each.seasons})
    busiest = sorted(opened, key=lambda each: (-each.persons, each.date))[:5]
    return {
        "year": year,
        "open_days": len(opened),
        "persons": round(fsum(each.persons for each in opened), 1),
        "mean_day": round(fsum(each.persons for each in opened) / len(opened), 2) if opened else None,
        "months": [
            {
                "month": month,
                "open_days": sum(each.date.startswith(month) for each in opened),
                "open_hours": round(sum(d.close_min - d.open_min for d in opened if d.date.startswith(month)) / 60, 1),
                "persons": round(fsum(each.persons for each in opened if each.date.startswith(month)), 1),
            }
            for month in months
        ],
        "closed": [
            {"date": each.date, "name": each.closed.strip("-"), "estimated": each.date in estimated}
            for each in dates
            if each.closed
        ],
        "seasons": {name: sum(name in each.seasons for each in dates) for name in seasons},
        "hours": _hours(opened),
        "busiest": [
            {
                "date": each.date, "weekday": each.weekday, "day_type": each.day_type, "seasons": list(each.seasons),
                "persons": round(each.persons, 1), "carried": round(each.carried, 1),
                "open": clock(each.open_min), "close": clock(each.close_min),
            }
            for each in busiest
        ],
    }  # fmt: skip


def _hours(opened: Sequence[DateDemand]) -> list[Json]:
    """The opening hours of the year, the commonest first, with the dates they run over."""
    rows = []
    for opens, closes in sorted({(each.open_min, each.close_min) for each in opened}):
        dates = [each for each in opened if (each.open_min, each.close_min) == (opens, closes)]
        persons = round(fsum(each.persons for each in dates), 1)
        told = {"open": clock(opens), "close": clock(closes), "days": len(dates), "persons": persons}
        rows.append(told | {"first": dates[0].date, "last": dates[-1].date})
    return sorted(rows, key=lambda row: -int(str(row["days"])))


def _logged_service(each: LoggedService, name: str) -> Json:
    return {
        "id": each.service,
        "name_in_file": name,
        "tickets": each.tickets,
        "per_day": round(each.per_day, 3),
        "left_share": round(each.left_share, 4),
        "time": _fit(each.time),
        "wait_mean_min": _rounded(each.wait_mean_min),
        "wait_p50_min": _rounded(each.wait_p50_min),
        "wait_p90_min": _rounded(each.wait_p90_min),
        "by_weekday": {day: round(persons, 3) for day, persons in each.by_weekday.items()},
        "by_interval": [[start, round(persons, 4)] for start, persons in each.by_interval],
    }


def _fit(fit: TimeFit | None) -> Json | None:
    return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(fit).items()} if fit else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
