"""Reads an example folder without the product's own strict reader: plain tomllib and csv, for tests of the solvers."""

from __future__ import annotations

import csv
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from planner.project import Costs, Growth, Planning, Project, RoomWish, Site
from solvers.capacity import CapacityQuestion
from solvers.services import (
    Appointments,
    Arrivals,
    Bank,
    DayType,
    Service,
    ServiceStandard,
    ServiceTime,
    Step,
    VisitorClass,
)
from solvers.staff import Availability, DayRequest, LabourRules, StaffMember

EXAMPLES = Path(__file__).parent.parent / "examples"


def read_example(name: str) -> Project:
    data = tomllib.loads((EXAMPLES / name / "project.toml").read_text("utf-8"))
    known = {
        "format_version", "id", "site", "planning", "growth", "labour", "costs", "day_types", "visitor_classes",
        "standards", "banks", "services", "appointments", "rooms", "processes", "seasons",
    }  # fmt: skip
    assert set(data) <= known, set(data) - known
    return Project(
        id=data["id"],
        site=Site(**{**data["site"], "closed_dates": tuple(data["site"]["closed_dates"])}),
        plan=None,
        banks=tuple(Bank(**each) for each in data["banks"]),
        services=tuple(_service(each) for each in data["services"]),
        day_types=tuple(DayType(**{**each, "weekdays": tuple(each["weekdays"])}) for each in data["day_types"]),
        arrivals=_arrivals(EXAMPLES / name / "demand.csv"),
        visitor_classes=tuple(VisitorClass(**each) for each in data["visitor_classes"]),
        appointments=tuple(Appointments(**each) for each in data["appointments"]),
        standards=tuple(ServiceStandard(**each) for each in data["standards"]),
        growth=Growth(**data["growth"]),
        rooms=tuple(RoomWish(**each) for each in data["rooms"]),
        staff=_staff(EXAMPLES / name / "staff.csv"),
        labour=LabourRules(**data["labour"]),
        costs=Costs(**data["costs"]),
        planning=Planning(**data["planning"]),
        format_version=data["format_version"],
    )


def question_of(project: Project) -> CapacityQuestion:
    return CapacityQuestion(
        banks=project.banks,
        services=project.services,
        day_types=project.day_types,
        arrivals=project.arrivals,
        visitor_classes=project.visitor_classes,
        appointments=project.appointments,
        standards=project.standards,
        growth_factor=(1.0 + project.growth.per_year) ** project.growth.years,
        interval_min=project.planning.interval_min,
        design_day_type=project.planning.design_day_type,
        seat_percentile=project.planning.seat_percentile,
        seated_share=project.planning.seated_share,
        shrinkage=project.planning.shrinkage,
    )


def _service(each: dict[str, Any]) -> Service:
    journey = tuple(Step(**{**step, "time": ServiceTime(**step["time"])}) for step in each["journey"])
    return Service(**{**each, "journey": journey})


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _arrivals(path: Path) -> tuple[Arrivals, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Arrivals(
                day_type=row["day_type"],
                service=row["service"],
                start_min=_minutes(row["start"]),
                persons=float(row["persons"]),
            )
            for row in csv.DictReader(file)
        )


def _staff(path: Path) -> tuple[StaffMember, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_person(row) for row in csv.DictReader(file))


def _person(row: dict[str, str]) -> StaffMember:
    return StaffMember(
        id=row["id"],
        name=row["name"],
        skills=tuple(row["skills"].split(";")),
        contract_hours_per_week=float(row["contract_hours_per_week"]),
        availability=tuple(_availability(each) for each in row["availability"].split(";") if each),
        leave=tuple(day for each in row["leave"].split(";") if each for day in _days(each)),
        requests=tuple(_request(each) for each in row["requests"].split(";") if each),
        cost_per_hour=float(row["cost_per_hour"]),
    )


def _days(text: str) -> tuple[str, ...]:
    first, _, last = text.partition("..")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return tuple((start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1))


def _availability(text: str) -> Availability:
    weekday, hours = text.split(" ")
    start, end = hours.split("-")
    return Availability(weekday=weekday, from_min=_minutes(start), to_min=_minutes(end))


def _request(text: str) -> DayRequest:
    day, wish, weight = text.split(" ")
    return DayRequest(date=day, wish=wish, weight=int(weight))
