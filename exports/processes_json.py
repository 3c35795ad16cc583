"""Processes before and after re-engineering, side by side, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from math import fsum
from typing import Any

from solvers.capacity import CapacityPlan
from solvers.costs import staff_hours_per_week
from solvers.processes import ProcessFigures
from solvers.services import DayType

Json = dict[str, Any]
COMPARED = ("steps", "documents", "visits_per_case", "contact_min", "clerk_min", "visits_per_day", "clerk_hours_per_day")


def processes_to_json(
    pairs: Sequence[tuple[ProcessFigures, ProcessFigures]],
    plans: tuple[CapacityPlan, CapacityPlan],
    days: tuple[Sequence[DayType], Sequence[DayType]],
) -> Json:
    """{services: [{id, name, as_is: F, to_be: F, saved: {steps: n, …}}], totals: {as_is: T, to_be: T, saved: T},
    capacity: {as_is: C, to_be: C, saved: C}}.

    F = {steps, documents, visits_per_case, first_visit_completion, contact_min, clerk_min (per case, repeats in),
    cases_per_day, visits_per_day, clerk_hours_per_day}; T = {visits_per_day, clerk_hours_per_day} of these services;
    C = {visits_per_day, positions, staffed_positions, seats, staff_hours_per_week, people_inside_peak, wait_mean_min} of the
    whole centre on its design day, growth in. saved = as is - to be.
    """
    services = [
        {"id": a.service, "name": a.name, "as_is": _figures(a), "to_be": _figures(b), "saved": _saved(_figures(a), _figures(b))}
        for a, b in pairs
    ]
    totals = [{k: round(fsum(getattr(pair[n], k) for pair in pairs), 3) for k in COMPARED[-2:]} for n in (0, 1)]
    capacities = [_capacity(plan, kinds) for plan, kinds in zip(plans, days)]
    return {
        "services": services,
        "totals": _both(totals),
        "capacity": _both(capacities),
    }


def _both(rows: Sequence[Json]) -> Json:
    return {"as_is": rows[0], "to_be": rows[1], "saved": {k: round(rows[0][k] - rows[1][k], 3) for k in rows[0]}}


def _figures(each: ProcessFigures) -> Json:
    told = {k: round(v, 3) if isinstance(v, float) else v for k, v in asdict(each).items()}
    return {k: v for k, v in told.items() if k not in ("service", "name", "variant")}


def _saved(before: Json, after: Json) -> Json:
    return {k: round(before[k] - after[k], 4) for k in COMPARED}


def _capacity(plan: CapacityPlan, days: Sequence[DayType]) -> Json:
    visits = fsum(each.visitors_per_day for each in plan.services)
    waited = fsum(each.wait_mean_min * each.visitors_per_day for each in plan.services)
    return {
        "visits_per_day": round(visits, 4),
        "positions": sum(each.positions for each in plan.banks),
        "staffed_positions": sum(each.positions for each in plan.banks if each.bank.staffed),
        "seats": sum(each.seats for each in plan.banks),
        "staff_hours_per_week": round(staff_hours_per_week(plan.cover, {d.id: len(d.weekdays) for d in days}), 1),
        "people_inside_peak": plan.occupancy.peak,
        "wait_mean_min": round(waited / visits, 3) if visits > 0 else 0.0,
    }
