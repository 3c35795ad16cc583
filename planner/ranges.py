"""Which values make sense on their own: one table of ranges and word lists, one walk over the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any
from zoneinfo import ZoneInfo

from layouts.catalogue import fittings
from layouts.findings import BadInput
from layouts.programme import Nearness
from layouts.readers.imported import PARTS, OpeningEdit
from layouts.standards import access_profiles, egress_profiles
from planner.project import Costs, DrawingSource, Entrance, Growth, Planning, Project, RoomWish, Site, UnderlaySource
from planner.reading import Fault, shown
from solvers.processes import VARIANTS
from solvers.scenarios import Scenario
from solvers.seasons import ends_of
from solvers.services import (
    Appointments,
    Arrivals,
    Bank,
    DayType,
    JointVisit,
    Process,
    Season,
    Service,
    ServiceStandard,
    ServiceTime,
    Step,
    Visit,
    VisitorClass,
)
from solvers.staff import Availability, DayRequest, LabourRules, StaffMember
from solvers.times import day_of

DAY_MIN = 24 * 60
WEEK_MIN = 7 * DAY_MIN
PERSONS = 1_000_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WISHES = ("off", "early", "late", "on")
RATINGS = ("A", "E", "I", "O", "U", "X")
DISTRIBUTIONS = ("lognormal", "gamma", "exponential", "deterministic")
WAITING = ("seats", "standing", "none")
# Letters of any script, digits and a few signs; nothing that separates lists in our tables.
ID = re.compile(r"\w(?:[\w .:/@+-]{0,78}\w)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From `low` to `high`, both allowed unless `above` (then more than `low`)."""

    low: float
    high: float
    above: bool = False

    def faults(self, value: float, path: str) -> Iterator[Fault]:
        if not (self.low < value if self.above else self.low <= value) or value > self.high:
            code = "document.not_above" if self.above else "document.out_of_range"
            yield Fault(code=code, path=path, values={"given": value, "low": self.low, "high": self.high})


@dataclass(frozen=True, slots=True)
class ZeroOr:
    """0, which leaves it to others, or within a range."""

    range: Range

    def faults(self, value: float, path: str) -> Iterator[Fault]:
        if value:
            yield from self.range.faults(value, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """One word of a list."""

    words: tuple[str, ...]

    def faults(self, value: str, path: str) -> Iterator[Fault]:
        if value not in self.words:
            yield Fault(code="document.not_one_of", path=path, values={"given": shown(value), "known": ", ".join(self.words)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Id:
    """A name for machines: short, on one line, without `;`; `optional` allows none."""

    optional: bool = False

    def faults(self, value: str, path: str) -> Iterator[Fault]:
        if not (self.optional and value == "") and not ID.fullmatch(value):
            yield Fault(code="document.not_an_id", path=path, values={"given": shown(value)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A day of the calendar as 2026-12-01; `optional` allows none."""

    optional: bool = False

    def faults(self, value: str, path: str) -> Iterator[Fault]:
        if not (self.optional and value == "") and not is_date(value):
            yield Fault(code="document.not_a_date", path=path, values={"given": shown(value)})


class Period:
    """Days of every year (01-15..02-28) or dates (2027-02-08..2027-03-09)."""

    def faults(self, value: str, path: str) -> Iterator[Fault]:
        try:
            ends_of(value)
        except BadInput:
            yield Fault(code="document.not_a_period", path=path, values={"given": shown(value)})


class Zone:
    """A time zone such as Asia/Baghdad."""

    def faults(self, value: str, path: str) -> Iterator[Fault]:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            yield Fault(code="document.not_a_zone", path=path, values={"given": shown(value)})


def is_date(text: str) -> bool:
    """True for a day that exists, written 2026-12-01."""
    try:
        day_of(text)
    except ValueError:
        return False
    return True


SHARE = Range(low=0, high=1)
SOME_SHARE = Range(low=0, high=1, above=True)
AMOUNT = Range(low=0, high=1e12)
CLOCK = Range(low=0, high=DAY_MIN)


def _ranges() -> Mapping[type, Mapping[str, Any]]:
    """Class and field -> what its value, or every value of its list, must be."""
    catalogue = OneOf(words=tuple(fittings()))
    return {
        Project: {"id": Id()},
        Site: {
            "time_zone": Zone(),
            "closed_dates": Date(),
            "latitude_deg": Range(low=-90, high=90),
            "longitude_deg": Range(low=-180, high=180),
        },
        RoomWish: {
            "id": Id(),
            "kind": catalogue,
            "area_m2": Range(low=0, high=100_000),
            "count": Range(low=1, high=1000),
        },
        Entrance: {"share": Range(low=0, high=1e9, above=True)},
        Growth: {"per_year": Range(low=-0.5, high=1), "years": Range(low=0, high=50)},
        Costs: {
            "fit_out_per_m2": AMOUNT,
            "counter_each": AMOUNT,
            "seat_each": AMOUNT,
            "staff_per_hour": AMOUNT,
            "contingency_share": SHARE,
            "kiosk_each": AMOUNT,
            "furniture_per_position": AMOUNT,
            "it_per_position": AMOUNT,
            "it_fixed": AMOUNT,
            "generator": AMOUNT,
            "rent_per_m2_year": AMOUNT,
            "energy_per_m2_year": AMOUNT,
            "maintenance_share": SHARE,
            "consumables_per_visit": AMOUNT,
            "life_years": Range(low=0, high=100, above=True),
            "re_engineering": AMOUNT,
        },
        DrawingSource: {
            "turn_deg": Range(low=-360, high=360),
            "unit": OneOf(words=("", "mm", "cm", "m", "in", "ft")),
            "confirmed": OneOf(words=PARTS),
            "storeys": OneOf(words=("", "all")),
            "page": Range(low=0, high=10_000),
        },
        OpeningEdit: {
            "action": OneOf(words=("add", "remove", "change")),
            "use": OneOf(words=("", "entrance", "exit", "entrance_exit", "staff", "internal")),
            "swing": OneOf(words=("", "in", "out", "slide", "none")),
            "width_mm": Range(low=0, high=20_000),
        },
        UnderlaySource: {
            "id": Id(),
            "width_px": Range(low=1, high=1e6),
            "height_px": Range(low=1, high=1e6),
            "mm_per_px": Range(low=0, high=1e6, above=True),
            "page": Range(low=0, high=10_000),
            "rotation_deg": Range(low=-360, high=360),
            "opacity": SHARE,
        },
        Scenario: {
            "id": Id(),
            "demand_factor": Range(low=0, high=100, above=True),
            "service_time_factor": Range(low=0, high=100, above=True),
            "first_visit_completion": SHARE,
            "process": OneOf(words=("", "as_is", "to_be")),
        },
        Planning: {
            "access_profile": OneOf(words=access_profiles()),
            "egress_profile": OneOf(words=egress_profiles()),
            "seat_percentile": Range(low=0.5, high=0.9999),
            "seated_share": SHARE,
            "shrinkage": Range(low=0, high=0.9),
            "interval_min": OneOf(words=(5, 10, 15, 20, 30, 60)),  # type: ignore[arg-type]
            "roster_start": Date(optional=True),
            "roster_weeks": Range(low=1, high=53),
            "process": OneOf(words=("", *VARIANTS)),
            "carry_over_share": SHARE,
            "staffing": OneOf(words=("formula", "transient", "refined")),
            "standard_holds": OneOf(words=("day", "interval")),
            "main_aisle_mm": ZeroOr(Range(low=900, high=12_000)),
            "staff_zone_mm": ZeroOr(Range(low=1200, high=6000)),
        },
        ServiceTime: {
            "mean_min": Range(low=0, high=DAY_MIN, above=True),
            "cv": Range(low=0, high=10),
            "distribution": OneOf(words=DISTRIBUTIONS),
        },
        Step: {"probability": SOME_SHARE, "skill": Id(optional=True)},
        Service: {"id": Id(), "completion": SOME_SHARE},
        Bank: {
            "id": Id(),
            "kind": catalogue,
            "waiting": OneOf(words=WAITING),
            "most_positions": Range(low=0, high=1000),
            "most_in_a_row": Range(low=0, high=100),
        },
        VisitorClass: {
            "id": Id(),
            "share": SHARE,
            "priority": Range(low=0, high=100),
            "companions": Range(low=0, high=20),
            "wheelchair_share": SHARE,
        },
        ServiceStandard: {
            "share_within": SOME_SHARE,
            "within_min": Range(low=0, high=DAY_MIN),
            "max_utilisation": SOME_SHARE,
        },
        Arrivals: {"start_min": CLOCK, "persons": Range(low=0, high=PERSONS)},
        Appointments: {
            "booked_share": SHARE,
            "no_show_share": Range(low=0, high=0.99),
            "slot_min": Range(low=0, high=DAY_MIN),
            "from_min": CLOCK,
            "to_min": CLOCK,
            "early_min": Range(low=-240, high=240),
            "punctuality_min": Range(low=0, high=240),
        },
        JointVisit: {"services": Id(), "share": SOME_SHARE, "once": Id()},
        Season: {
            "id": Id(),
            "periods": Period(),
            "factor": Range(low=0, high=100, above=True),
            "services": Id(),
            "open_min": CLOCK,
            "close_min": CLOCK,
        },
        Process: {
            "service": Id(),
            "variant": OneOf(words=VARIANTS),
            "documents": Range(low=0, high=1000),
            "completion": SHARE,
        },
        Visit: {"documents": Range(low=0, high=1000), "share": SOME_SHARE},
        DayType: {"id": Id(), "open_min": CLOCK, "close_min": CLOCK, "weekdays": OneOf(words=WEEKDAYS)},
        Nearness: {"rating": OneOf(words=RATINGS)},
        DayRequest: {"date": Date(), "wish": OneOf(words=WISHES), "weight": Range(low=1, high=5)},
        Availability: {"weekday": OneOf(words=WEEKDAYS), "from_min": CLOCK, "to_min": CLOCK},
        StaffMember: {
            "id": Id(),
            "skills": Id(),
            "contract_hours_per_week": Range(low=0, high=168),
            "leave": Date(),
            "cost_per_hour": AMOUNT,
        },
        LabourRules: {
            "min_shift_min": Range(low=0, high=DAY_MIN, above=True),
            "max_shift_min": Range(low=0, high=DAY_MIN, above=True),
            "max_hours_per_week": Range(low=0, high=168, above=True),
            "max_days_per_week": Range(low=1, high=7),
            "max_consecutive_days": Range(low=1, high=31),
            "min_rest_min": Range(low=0, high=WEEK_MIN),
            "break_min": Range(low=0, high=DAY_MIN),
            "break_after_min": Range(low=0, high=DAY_MIN),
            "break_window_from_min": Range(low=0, high=DAY_MIN),
            "break_window_to_min": Range(low=0, high=DAY_MIN),
            "start_step_min": OneOf(words=(5, 10, 15, 20, 30, 60)),  # type: ignore[arg-type]
        },
    }


RANGES = _ranges()
UNWALKED = ("plan", "accepted", "layout")  # geometry: judged by the layouts' own checks


def range_faults(value: object, path: str = "") -> Iterator[Fault]:
    """Every value out of its range, in the document's order."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from range_faults(item, f"{path}[{index}]")
    elif is_dataclass(value):
        wanted = RANGES.get(type(value), {})
        for field in fields(value):
            if field.name in UNWALKED:
                continue
            inner = getattr(value, field.name)
            below = f"{path}.{field.name}" if path else field.name
            yield from _field_faults(wanted.get(field.name), inner, below)
            yield from range_faults(inner, below)


def _field_faults(wanted: Any, value: Any, path: str) -> Iterator[Fault]:
    if wanted is None or value is None:  # nothing was said: no value to be out of range
        return
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from wanted.faults(item, f"{path}[{index}]")
    else:
        yield from wanted.faults(value, path)
