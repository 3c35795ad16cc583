"""Where a centre stands among others: its floor per visit, per member of staff, per window, beside what sources say."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.area_standards import Band, bands_of
from layouts.findings import Finding
from layouts.programme import Programme, RoomRequirement
from solvers.areas import schedule_of_areas
from solvers.capacity import BEHIND_THE_SCENES, CapacityPlan

SMALL, LARGE = 200.0, 800.0
"""Visits a day at which a centre stops being small, and begins to be large (default)."""
TYPICAL_VISITS = {"small": 120.0, "medium": 450.0, "large": 1500.0}
"""Visits a day of the three sizes that are held side by side (default)."""
JUDGED = {"floor_per_daily_visit": 0, "hall_per_window": 0}
"""Measures whose value should not lie under the top of this band, the first of its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMeasure:
    """One measure of one centre. `stands`: below, the band's name, between, or above the bands; `near` names the bands."""

    measure: str
    value: float
    unit: str
    stands: str
    near: tuple[str, ...]
    bands: tuple[Band, ...]


def area_measures(capacity: CapacityPlan, programme: Programme, floor_m2: float) -> tuple[AreaMeasure, ...]:
    """Measures of the floor on the design day; those that cannot be formed (no staff, no seats) are left out."""
    visits = capacity.visitors_per_day[capacity.design_day_type]
    hall_banks = [b for b in capacity.banks if b.bank.staffed and b.bank.kind not in BEHIND_THE_SCENES]
    windows = sum(b.positions for b in hall_banks)
    on_duty = max((sum(n) for n in zip(*(b.day.open for b in capacity.banks if b.bank.staffed))), default=0)
    seats = sum(bank.seats for bank in programme.banks)
    schedule = schedule_of_areas(programme)
    offices = sum(b.positions for b in capacity.banks if b.bank.kind == "back_office")
    office_m2 = sum(_office_m2(r) for r in programme.rooms)
    figures = {
        "floor_per_daily_visit": (floor_m2, visits),
        "floor_per_staff": (floor_m2, on_duty),
        "visits_per_staff_day": (visits, on_duty),
        "hall_per_window": (floor_m2 - _closed_to_public_m2(programme), windows),
        "seats_per_window": (seats, windows),
        "back_office_per_person": (office_m2, offices),
        "gross_to_net": (schedule.gross_m2, schedule.net_m2),
    }
    return tuple(placed(name, over / under) for name, (over, under) in figures.items() if under > 0 and over > 0)


def placed(measure: str, value: float) -> AreaMeasure:
    """The value among the measure's bands."""
    found = bands_of(measure)
    inside = [band for band in found if band.low <= value <= band.high]
    under = [band for band in found if band.high < value]
    over = [band for band in found if band.low > value]
    near: tuple[str, ...]
    if inside:
        stands, near = inside[0].name, (inside[0].name,)
    elif under and over:
        stands, near = "between", (under[-1].name, over[0].name)
    elif over:
        stands, near = "below", (over[0].name,)
    else:
        stands, near = "above", (under[-1].name,)
    return AreaMeasure(measure=measure, value=value, unit=found[0].unit, stands=stands, near=near, bands=found)


def check_measures(measures: tuple[AreaMeasure, ...]) -> tuple[Finding, ...]:
    """Findings on floor per visit (crowded centres elsewhere end at 0.6 m2) and hall per window."""
    codes = {"floor_per_daily_visit": "areas.floor_per_visit", "hall_per_window": "areas.hall_per_window"}
    found = []
    for each in measures:
        if each.measure not in codes:
            continue
        band = each.bands[JUDGED[each.measure]]
        found.append(
            Finding(
                code=codes[each.measure],
                status="fail" if each.value < band.high else "pass",
                severity="warning",
                certainty=band.certainty,
                profile="",
                clause=band.clause,
                measured=round(each.value, 3),
                required=band.high,
                unit=each.unit,
                values={"source": band.source, "band": band.name},
            )
        )
    return tuple(found)


def size_of(visits_per_day: float) -> str:
    """small, medium or large."""
    return "small" if visits_per_day < SMALL else "medium" if visits_per_day < LARGE else "large"


def _office_m2(room: RoomRequirement) -> float:
    """A back office's area, of a staff suite that of its offices."""
    if room.kind == "staff_suite" and room.shares:
        return room.area_m2 * room.shares[0] / sum(room.shares)
    return room.area_m2 if room.kind == "back_office" else 0.0


def _closed_to_public_m2(programme: Programme) -> float:
    """Staff rooms, and the desk and staff zone behind every counter."""
    rules = programme.rules
    rooms = sum(room.area_m2 for room in programme.rooms if room.side == "staff")
    plain = sum(b.positions - b.accessible_positions for b in programme.banks) * rules.counter_width_mm
    accessible = sum(b.accessible_positions for b in programme.banks) * rules.accessible_counter_width_mm
    return rooms + (plain + accessible) * (rules.staff_zone_mm + rules.desk_depth_mm) / 1e6
