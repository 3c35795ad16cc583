"""The schedule of areas and where the centre stands among others, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from exports.layout_json import finding_to_json
from layouts.findings import Finding
from layouts.programme import Programme
from solvers.area_measures import AreaMeasure, placed, size_of
from solvers.areas import schedule_of_areas
from solvers.capacity import CapacityPlan

Json = dict[str, Any]


def areas_to_json(
    programme: Programme, floor_m2: float | None, measures: Sequence[AreaMeasure], findings: Sequence[Finding]
) -> Json:
    """{lines: [{id, label, kind, number, net_m2}], net_m2, with_circulation_m2, gross_m2, floor_m2 | null, measures:
    [{measure, value, unit, stands, near: [], bands: [{name, low, high, unit, clause, source, certainty}]}], findings: []}.

    Measures are of the floor there is; without a plan, of the gross area that the programme asks for.
    """
    schedule = schedule_of_areas(programme)
    rounded = {name: round(value, 2) for name, value in asdict(schedule).items() if isinstance(value, float)}
    return {
        "lines": [asdict(line) | {"net_m2": round(line.net_m2, 2)} for line in schedule.lines],
        **rounded,
        "floor_m2": None if floor_m2 is None else round(floor_m2, 2),
        "measures": [
            asdict(each) | {"value": round(each.value, 3), "near": list(each.near), "bands": [asdict(b) for b in each.bands]}
            for each in measures
        ],
        "findings": [finding_to_json(each) for each in findings],
    }


def size_to_json(name: str, capacity: CapacityPlan, programme: Programme) -> Json:
    """{size, visits_per_day, positions, staff_at_peak, seats, people_inside_peak, net_m2, with_circulation_m2, gross_m2,
    gross_per_daily_visit_m2, stands}: what the same services need at another number of visitors."""
    schedule = schedule_of_areas(programme)
    visits = capacity.visitors_per_day[capacity.design_day_type]
    staffed = [bank.day.open for bank in capacity.banks if bank.bank.staffed]
    per_visit = schedule.gross_m2 / visits
    return {
        "size": name or size_of(visits),
        "visits_per_day": round(visits, 1),
        "positions": sum(bank.positions for bank in capacity.banks),
        "staff_at_peak": max(map(sum, zip(*staffed)), default=0),
        "seats": sum(bank.seats for bank in programme.banks),
        "people_inside_peak": capacity.occupancy.peak,
        "net_m2": round(schedule.net_m2, 1),
        "with_circulation_m2": round(schedule.with_circulation_m2, 1),
        "gross_m2": round(schedule.gross_m2, 1),
        "gross_per_daily_visit_m2": round(per_visit, 3),
        "stands": placed("floor_per_daily_visit", per_visit).stands,
    }
