"""A small centre that is planned in seconds: a hall of 20 x 15 m, three banks, five members of staff, five short days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from layouts.plan import Door, FloorPlan, Level
from planner.folder import write_folder
from planner.project import Planning, Project, RoomWish, Site
from solvers.services import Arrivals, Bank, DayType, Service, ServiceTime, Step
from solvers.staff import DayRequest, LabourRules, StaffMember

NAMES = ("Zaynab Exampleton", "Karwan Testzade", "Layla Sampleson", "Omar Placeholdi", "Shilan Mustermann")
LEAVE, REQUEST = "2026-12-08", "2026-12-09"
QUICK = ["--seconds", "5"]


def a_hall(width: int = 20_000, depth: int = 15_000) -> FloorPlan:
    """Entrance in the west, exit in the east, staff door in the north wall."""
    middle = depth // 2
    doors = (
        Door(id="in", use="entrance", p=(0, middle - 900), q=(0, middle + 900), clear_mm=1800),
        Door(id="out", use="exit", p=(width, middle - 900), q=(width, middle + 900), clear_mm=1800, swing="out"),
        Door(id="staff", use="staff", p=(1500, depth), q=(2500, depth), clear_mm=950),
    )
    outline = ((0, 0), (width, 0), (width, depth), (0, depth))
    return FloorPlan(levels=(Level(id="L0", name="Ground", elevation_mm=0, outline=outline, doors=doors),))


def step(bank: str, minutes: float) -> Step:
    return Step(bank=bank, skill=bank, time=ServiceTime(mean_min=minutes, source="a guess"))


def a_small_centre(**changed: object) -> Project:
    """Two services: a deed (registration, then cashier) and an enquiry at the reception."""
    day = DayType(id="weekday", name="Weekday", open_min=480, close_min=720, weekdays=("sun", "mon", "tue", "wed", "thu"))
    people = tuple(
        StaffMember(id=f"s{n}", name=name, skills=("reception", "registration", "cashier"), contract_hours_per_week=20.0)
        for n, name in enumerate(NAMES, start=1)
    )
    people = (
        replace(people[0], leave=(LEAVE,)),
        replace(people[1], requests=(DayRequest(date=REQUEST, wish="off", weight=5),)),
        *people[2:],
    )
    fields: dict[str, object] = {
        "id": "small",
        "site": Site(name="Small centre", ministry="Justice"),
        "plan": a_hall(),
        "banks": (
            Bank(id="reception", name="Reception", kind="reception", waiting="standing"),
            Bank(id="registration", name="Registration", kind="counter"),
            Bank(id="cashier", name="Cashier", kind="cashier"),
        ),
        "services": (
            Service(id="deed", name="Deed", journey=(step("registration", 8.0), step("cashier", 3.0))),
            Service(id="enquiry", name="Enquiry", journey=(step("reception", 2.0),)),
        ),
        "day_types": (day,),
        "arrivals": tuple(
            Arrivals(day_type="weekday", service=service, start_min=start, persons=persons)
            for service, persons in (("deed", 4.0), ("enquiry", 3.0))
            for start in range(480, 720, 30)
        ),
        "rooms": (RoomWish(id="toilets", name="Toilets", kind="toilets", area_m2=12.0),),
        "staff": people,
        "labour": LabourRules(min_shift_min=120, max_shift_min=240, source="a test"),
        "planning": Planning(roster_start="2026-12-06", roster_weeks=1),
    }
    return Project(**(fields | changed))  # type: ignore[arg-type]


def a_small_folder(parent: Path, **changed: object) -> Path:
    """The same as a folder."""
    folder = parent / "small"
    write_folder(a_small_centre(**changed), folder)
    return folder


def a_busy_centre() -> dict[str, object]:
    """Changes that make placing it take a while: a larger hall, five banks, many rooms."""
    banks = tuple(Bank(id=f"bank{n}", name=f"Bank {n}", kind="counter") for n in range(8))
    services = tuple(
        Service(id=f"service{n}", name=f"Service {n}", journey=(step(f"bank{n}", 8.0), step(f"bank{(n + 2) % 5}", 4.0)))
        for n in range(5)
    )
    kinds = ("toilets", "prayer_room_men", "prayer_room_women", "nursing_room", "archive", "staff_room", "server_room")
    start = range(480, 720, 30)
    skilled = tuple(replace(p, skills=tuple(b.id for b in banks)) for p in a_small_centre().staff)
    return {
        "plan": a_hall(30_000, 20_000),
        "banks": banks,
        "services": services,
        "staff": skilled,
        "rooms": tuple(RoomWish(id=kind, name=kind, kind=kind) for kind in kinds),
        "arrivals": tuple(
            Arrivals(day_type="weekday", service=s.id, start_min=m, persons=3.0) for s in services for m in start
        ),
    }
