"""One tiny project known by heart, in memory and as a folder."""

from __future__ import annotations

from pathlib import Path

from layouts.plan import Door, FloorPlan, Level
from planner.folder import write_folder
from planner.project import Project, Site
from solvers.services import Arrivals, Bank, DayType, Service, ServiceTime, Step
from solvers.staff import StaffMember

TOML = """\
id = "tiny"
format_version = 1

[site]
name = "مركز صغير"
ministry = "Justice"

[[banks]]
id = "notary"
name = "Notary"
kind = "counter"

[[services]]
id = "deed"
name = "Deed"

[[services.journey]]
bank = "notary"
skill = "filing"
time = { mean_min = 6 }

[[day_types]]
id = "weekday"
name = "Weekday"
open_min = 480
close_min = 570
weekdays = ["sun", "mon"]
"""
DEMAND = """\
day_type,start,service,persons
weekday,08:00,deed,4
weekday,08:30,deed,6.5
weekday,09:00,deed,2
"""
STAFF = """\
id,name,skills,contract_hours_per_week,availability,leave,requests,cost_per_hour
s1,زينب,filing;cashier,35,sun 08:00-15:00;mon 08:00-12:00,2026-12-01;2026-12-03..2026-12-05,2026-12-07 off 3,4.5
s2,Ali,filing,20,,,,
"""


def a_plan() -> FloorPlan:
    """A hall of 12 m x 8 m with a door."""
    door = Door(id="d1", use="entrance_exit", p=(1000, 0), q=(2000, 0), clear_mm=1000)
    outline = ((0, 0), (12_000, 0), (12_000, 8_000), (0, 8_000))
    return FloorPlan(levels=(Level(id="l0", name="Ground", elevation_mm=0, outline=outline, doors=(door,)),))


def a_project(**changed: object) -> Project:
    """One service at one bank, ninety minutes a day, two members of staff."""
    step = Step(bank="notary", skill="filing", time=ServiceTime(mean_min=6.0))
    fields: dict[str, object] = {
        "id": "tiny",
        "site": Site(name="Small centre", ministry="Justice"),
        "plan": a_plan(),
        "banks": (Bank(id="notary", name="Notary", kind="counter"),),
        "services": (Service(id="deed", name="Deed", journey=(step,)),),
        "day_types": (DayType(id="weekday", name="Weekday", open_min=480, close_min=570, weekdays=("sun", "mon")),),
        "arrivals": tuple(
            Arrivals(day_type="weekday", service="deed", start_min=start, persons=persons)
            for start, persons in ((480, 4.0), (510, 6.5), (540, 2.0))
        ),
        "staff": (
            StaffMember(id="s1", name="Zaynab", skills=("filing", "cashier"), contract_hours_per_week=35.0),
            StaffMember(id="s2", name="Ali", skills=("filing",), contract_hours_per_week=20.0),
        ),
    }
    return Project(**(fields | changed))  # type: ignore[arg-type]


def a_folder(parent: Path, *, toml: str = TOML, demand: str = DEMAND, staff: str = STAFF, plan: bool = True) -> Path:
    """The tiny project as files, each replaceable by a broken one."""
    folder = parent / "مشروع a"
    write_folder(a_project(staff=(), plan=a_plan() if plan else None), folder)
    (folder / "project.toml").write_bytes(toml.encode())
    (folder / "demand.csv").write_bytes(demand.encode())
    (folder / "staff.csv").write_bytes(staff.encode())
    return folder
