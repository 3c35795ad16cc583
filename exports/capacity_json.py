"""The capacity plan as the JSON that `centreline capacity` prints and a package keeps."""

from __future__ import annotations

from math import isfinite
from typing import Any

from exports.simulation_json import estimate
from solvers.capacity import BankCapacity, CapacityPlan
from solvers.outcomes import ServiceOutcome
from solvers.simulation.refine import RefinedWeek
from solvers.simulation.tight import Tight
from solvers.times import clock


def capacity_to_json(plan: CapacityPlan, standard_holds: str = "interval") -> dict[str, Any]:
    """Plain values only; shares in 0..1, times in minutes, lists run over `intervals`.

    `standard` says what the promise is kept over (formulas keep it in every interval) and who counts as late.
    """
    return {
        "day_type": plan.design_day_type,
        "interval_min": plan.interval_min,
        "staffing": plan.staffing,
        "standard": {"holds_over": standard_holds, "late": ["waits_longer", "leaves", "turned_away", "never_called"]},
        "intervals": [
            {"start": clock(start), "start_min": start, "end_min": start + plan.interval_min} for start in plan.starts_min
        ],
        "banks": [_bank(each) for each in plan.banks],
        "services": [_service(each) for each in plan.services],
        "classes": [
            {"id": each.id, "name": each.name, "priority": each.priority, "wait_mean_min": _round(each.wait_mean_min)}
            for each in plan.classes
        ],
        "visitors_per_day": {day: _round(persons) for day, persons in plan.visitors_per_day.items()},
        "totals": {
            "positions": sum(each.positions for each in plan.banks),
            "staffed_positions": sum(each.positions for each in plan.banks if each.bank.staffed),
            "seats": sum(each.seats for each in plan.banks),
            "wheelchair_bays": sum(each.wheelchair_bays for each in plan.banks),
            "visitors_per_day": _round(sum(each.visitors_per_day for each in plan.services)),
        },
        "occupancy": {
            "companions_per_visitor": _round(plan.companions),
            "people_mean": [_round(each) for each in plan.occupancy.people_mean],
            "people_quantile": list(plan.occupancy.people_quantile),
            "peak": plan.occupancy.peak,
        },
        "cover": [
            {
                "day_type": need.day_type,
                "skill": need.skill,
                "start_min": need.start_min,
                "length_min": need.length_min,
                "needed": need.needed,
            }
            for need in plan.cover
        ],
        "findings": [
            {
                "code": each.code,
                "status": each.status,
                "severity": each.severity,
                "measured": each.measured,
                "required": each.required,
                "unit": each.unit,
                "where": list(each.where),
                "values": dict(each.values),
            }
            for each in plan.findings
        ],
    }


def refined_to_json(week: RefinedWeek) -> dict[str, Any]:
    """What the search changed, and how each bank keeps its promise on days that the search never saw.

    `tight` says why a bank has no less: within_2_percent of its promise, or one_less_misses it (`one_less` is the best share
    any interval leaves with one position fewer), one_less_too_busy, one_position, misses, spare; null where not tried.
    """
    return {
        "definition": week.definition,
        "cancelled": week.cancelled,
        "days": [
            {
                "day_type": day,
                "hours_by_formula": _round(refined.hours_before),
                "hours": _round(refined.hours_after),
                "rounds": refined.rounds,
                "simulated_days": refined.judged.days,
                "misses": list(refined.misses),
                "banks": [
                    {
                        "id": bank.id,
                        "open": list(refined.opened[bank.id]),
                        "share_within": bank.share_within,
                        "within_min": bank.within_min,
                        "p_within": estimate(bank.p_within),
                        "wait_p90_min": estimate(bank.wait_p90_min),
                        "utilisation": estimate(bank.utilisation),
                        "tight": next((_tight(each) for each in refined.tight if each.bank == bank.id), None),
                    }
                    for bank in refined.judged.banks
                ],
            }
            for day, refined in week.days
        ],
    }


def _tight(each: Tight) -> dict[str, Any]:
    return {"because": each.because, "over": _round(each.over), "one_less": estimate(each.one_less)}


def _bank(each: BankCapacity) -> dict[str, Any]:
    return {
        "id": each.bank.id,
        "name": each.bank.name,
        "kind": each.bank.kind,
        "services": list(each.services),
        "positions": each.positions,
        "accessible_positions": each.accessible_positions,
        "open": list(each.day.open),
        "needed": list(each.day.needed),
        "staff_by_skill": {skill: list(row) for skill, row in each.day.staff_by_skill.items()} if each.bank.staffed else {},
        "seats": each.seats,
        "wheelchair_bays": each.wheelchair_bays,
        "visits_per_day": _round(each.visits_per_day),
        "load_erlang": [_round(load) for load in each.day.load.load],
        "utilisation": [_round(use) for use in each.day.utilisation],
        "p_within": [_round(share) for share in each.day.within],
        "backlog": [_round(persons) for persons in each.day.backlog],
        "standards": [
            {
                "share_within": standard.share_within,
                "within_min": standard.within_min,
                "max_utilisation": standard.max_utilisation,
            }
            for standard in each.standards
        ],
    }


def _service(each: ServiceOutcome) -> dict[str, Any]:
    return {
        "id": each.id,
        "name": each.name,
        "visitors_per_day": _round(each.visitors_per_day),
        "p_within": _round(each.p_within),
        "worst_bank": each.worst_bank,
        "wait_mean_min": _round(each.wait_mean_min),
        "wait_p90_min": _round(each.wait_p90_min),
        "time_mean_min": _round(each.time_mean_min),
        "steps": [
            {
                "bank": step.bank,
                "p_within": _round(step.p_within),
                "wait_mean_min": _round(step.wait_mean_min),
                "wait_p90_min": _round(step.wait_p90_min),
            }
            for step in each.steps
        ],
    }


def _round(value: float) -> float | None:
    """Four decimals; what has no finite value is null, since JSON knows no infinity."""
    return round(value, 4) if isfinite(value) else None
