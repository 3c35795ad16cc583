"""Arrivals per service and interval of one kind of day: what the centre must serve, after growth and repeat visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum, isfinite

from layouts.findings import BadInput
from solvers.demand_bookings import persons_who_come
from solvers.services import Appointments, Arrivals, DayType, Service
from solvers.times import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Persons per interval by service (services without arrivals on this kind of day are left out).

    `wanted` is the same before anyone is booked elsewhere or stays away.
    """

    day_type: str
    interval_min: int
    starts_min: tuple[int, ...]
    persons: Mapping[str, tuple[float, ...]]
    wanted: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def persons_per_day(self, service: str) -> float:
        return fsum(self.persons.get(service, ()))


def interval_starts_min(day: DayType, interval_min: int) -> tuple[int, ...]:
    """Starts of the day's intervals. The day must be a whole number of intervals."""
    place = f"day_types[id={day.id}]"
    if not 0 <= day.open_min < day.close_min <= 24 * 60:
        raise BadInput("demand.opening_hours", place=place, open=clock(day.open_min), close=clock(day.close_min))
    if interval_min <= 0 or (day.close_min - day.open_min) % interval_min:
        raise BadInput("demand.hours_not_whole_intervals", place=place, interval_min=interval_min)
    return tuple(range(day.open_min, day.close_min, interval_min))


def estimate_demand(
    arrivals: tuple[Arrivals, ...],
    day: DayType,
    services: tuple[Service, ...],
    *,
    interval_min: int,
    growth_factor: float = 1.0,
    appointments: tuple[Appointments, ...] = (),
) -> Demand:
    """Persons who come = arrivals x growth / completion x (1 - booked share x no-show share), bookings at their slots.

    Completion below 1: a visitor who could not finish comes again, in the mean 1/completion visits each.
    """
    starts = interval_starts_min(day, interval_min)
    table = _read_table(arrivals, day, services, starts, interval_min)
    wanted = {
        service.id: tuple(table[service.id][start] * growth_factor / service.completion for start in starts)
        for service in services
        if service.id in table
    }
    persons = {}
    for service, row in wanted.items():
        _check_show_up(service, appointments)
        persons[service] = persons_who_come(row, starts, interval_min, [a for a in appointments if a.service == service])
    return Demand(day_type=day.id, interval_min=interval_min, starts_min=starts, persons=persons, wanted=wanted)


def check_arrivals(arrivals: tuple[Arrivals, ...], days: tuple[DayType, ...], services: tuple[Service, ...]) -> None:
    """Refuse arrivals of unknown days or services, services that nobody comes for and days on which nobody comes."""
    known_days, known_services = {day.id for day in days}, {service.id for service in services}
    for row in arrivals:
        if row.day_type not in known_days:
            raise BadInput("demand.unknown_day_type", place=_place(row), day_type=row.day_type)
        if row.service not in known_services:
            raise BadInput("demand.unknown_service", place=_place(row), service=row.service)
    for service in services:
        if not any(row.service == service.id for row in arrivals):
            raise BadInput("demand.service_without_arrivals", place=f"services[id={service.id}]", service=service.id)
    for day in days:
        if not any(row.day_type == day.id for row in arrivals):
            raise BadInput("demand.day_without_arrivals", place=f"day_types[id={day.id}]", day_type=day.id)


def _read_table(
    arrivals: tuple[Arrivals, ...],
    day: DayType,
    services: tuple[Service, ...],
    starts: tuple[int, ...],
    interval_min: int,
) -> dict[str, dict[int, float]]:
    table: dict[str, dict[int, float]] = {}
    grid = set(starts)
    for row in arrivals:
        if row.day_type != day.id:
            continue
        if not isfinite(row.persons):
            raise BadInput("demand.not_a_number", place=_place(row), persons=str(row.persons))
        if row.persons < 0:
            raise BadInput("demand.negative", place=_place(row), persons=row.persons)
        if row.start_min not in grid:
            hours = f"{clock(day.open_min)}-{clock(day.close_min)}"
            raise BadInput("demand.not_an_interval", place=_place(row), hours=hours, step_min=interval_min)
        if row.start_min in table.setdefault(row.service, {}):
            raise BadInput("demand.twice", place=_place(row))
        table[row.service][row.start_min] = row.persons
    for service in services:
        for start in starts:
            if service.id in table and start not in table[service.id]:
                raise BadInput("demand.gap", place=_where(day.id, service.id, start), service=service.id, start=clock(start))
    return table


def _check_show_up(service: str, appointments: tuple[Appointments, ...]) -> None:
    share = 1.0
    for each in appointments:
        if not (0.0 <= each.booked_share <= 1.0 and 0.0 <= each.no_show_share <= 1.0):
            raise BadInput("demand.appointment_share_out_of_range", place=f"appointments[service={each.service}]")
        if each.service == service:
            share -= each.booked_share * each.no_show_share
    if share < 0.0:
        raise BadInput("demand.appointments_above_one", place=f"appointments[service={service}]")


def _place(row: Arrivals) -> str:
    return _where(row.day_type, row.service, row.start_min)


def _where(day_type: str, service: str, start_min: int) -> str:
    return f"arrivals[day_type={day_type}, service={service}, start={clock(start_min)}]"
