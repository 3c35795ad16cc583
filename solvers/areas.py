"""The schedule of areas: what the programme takes, line by line, against the floor there is."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from layouts.findings import Finding
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules, Programme

CIRCULATION_SHARE = 0.30
"""On net; 25-35 % by any cost-planning guide (from memory)."""
STRUCTURE_SHARE = 0.175
"""Plant and walls on net and circulation; 15-20 % by any cost-planning guide (from memory)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """One line: `net_m2` is floor that nothing else can use."""

    id: str
    label: str
    kind: str
    number: int
    net_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleOfAreas:
    """All lines, their sum, the sum with circulation as a planner would allow for it, and gross with plant and walls."""

    lines: tuple[AreaLine, ...]
    net_m2: float
    with_circulation_m2: float
    gross_m2: float


def schedule_of_areas(programme: Programme) -> ScheduleOfAreas:
    """Net areas of every module. Approach aisles, gangways and fronts may be shared: they are circulation, not net."""
    lines = (
        *(_bank_line(bank, programme.rules) for bank in programme.banks),
        *(_island_line(island) for island in programme.islands),
        *(AreaLine(id=r.id, label=r.label, kind=r.kind, number=1, net_m2=r.area_m2) for r in programme.rooms),
    )
    net = fsum(line.net_m2 for line in lines)
    moved = net * (1.0 + CIRCULATION_SHARE)
    gross = moved * (1.0 + STRUCTURE_SHARE)
    return ScheduleOfAreas(lines=lines, net_m2=net, with_circulation_m2=moved, gross_m2=gross)


def check_area(programme: Programme, floor_m2: float) -> Finding:
    """Fails where even the net areas exceed the floor: no layout can exist. Warns where circulation would not fit."""
    schedule = schedule_of_areas(programme)
    too_large = schedule.net_m2 > floor_m2
    tight = schedule.with_circulation_m2 > floor_m2
    return Finding(
        code="programme.larger_than_floor" if too_large or not tight else "programme.tight_on_floor",
        status="fail" if too_large or tight else "pass",
        severity="error" if too_large or not tight else "warning",
        certainty="default",
        profile=programme.rules.profile,
        measured=round(schedule.net_m2, 1),
        required=round(floor_m2, 1),
        unit="m2",
        values={"with_circulation_m2": round(schedule.with_circulation_m2, 1), "modules": len(schedule.lines)},
    )


def _bank_line(bank: BankRequirement, rules: LayoutRules) -> AreaLine:
    """Desk line x (staff zone + desk + customer zone), seats at their pitch, wheelchair bays."""
    plain = bank.positions - bank.accessible_positions
    length = plain * rules.counter_width_mm + bank.accessible_positions * rules.accessible_counter_width_mm
    counters = length * (rules.staff_zone_mm + rules.desk_depth_mm + rules.customer_zone_mm)
    seats = bank.seats * rules.seat_width_mm * rules.row_pitch_mm
    bays = bank.wheelchair_bays * rules.wheelchair_bay_mm[0] * rules.wheelchair_bay_mm[1]
    return AreaLine(id=bank.id, label=bank.label, kind=bank.kind, number=bank.positions, net_m2=(counters + seats + bays) / 1e6)


def _island_line(island: IslandRequirement) -> AreaLine:
    return AreaLine(
        id=island.id,
        label=island.label,
        kind=island.kind,
        number=island.positions,
        net_m2=island.width_mm * island.depth_mm / 1e6,
    )
