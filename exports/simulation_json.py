"""Simulated days as the JSON that `centreline simulate` prints and a package keeps."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

from solvers.buying import FrontierPoint
from solvers.frontier import PlanFigures
from solvers.simulation.estimates import CONFIDENCE, Estimate
from solvers.simulation.outcome import (
    QUANTILES,
    PeriodOutcome,
    SimulatedBankOutcome,
    SimulatedServiceOutcome,
    SimulationOutcome,
)
from solvers.simulation.scenarios import ScenarioFigures
from solvers.times import clock


def simulation_to_json(outcome: SimulationOutcome, day_type: str) -> dict[str, Any]:
    """Plain values only; shares in 0..1, times in minutes, estimates as {value, low, high}."""
    return {
        "day_type": day_type,
        "days": outcome.days,
        "seed": outcome.seed,
        "seconds": _round(outcome.seconds),
        "cancelled": outcome.cancelled,
        "confidence": CONFIDENCE,
        "visitors_per_day": estimate(outcome.visitors_per_day),
        "services": [_service(each) for each in outcome.services],
        "banks": [_bank(each) for each in outcome.banks],
        "classes": [
            {
                "id": each.id,
                "visitors_per_day": _round(each.visitors_per_day),
                "wait_mean_min": estimate(each.wait_mean_min),
                "p_within": estimate(each.p_within),
            }
            for each in outcome.classes
        ],
        "occupancy": {
            "quantiles": list(QUANTILES),
            "peak": list(outcome.inside.peak),
            "samples": [
                {"at": clock(round(at)), "mean": _round(mean), "people": list(row)}
                for at, mean, row in zip(outcome.inside.at_min, outcome.inside.mean, outcome.inside.quantiles)
            ],
        },
        "closing": {
            "inside_at_close": estimate(outcome.inside_at_close),
            "last_exit_min": estimate(outcome.last_exit_min),
            "unserved_per_day": estimate(outcome.unserved_per_day),
        },
    }


def scenarios_to_json(rows: Sequence[ScenarioFigures]) -> list[dict[str, Any]]:
    """Scenarios side by side; what is `more` is held against the first, `tie` where the days cannot tell them apart."""
    return [
        {
            "name": each.name,
            "visitors_per_day": _round(each.visitors_per_day),
            "wait_mean_min": estimate(each.wait_mean_min),
            "p_within": estimate(each.p_within),
            "wait_more_min": estimate(each.wait_more_min),
            "within_more": estimate(each.within_more),
            "tie": each.is_tie,
            "not_served": estimate(each.not_served),
        }
        for each in rows
    ]


def frontier_to_json(points: Sequence[FrontierPoint]) -> list[dict[str, Any]]:
    """Promises from the strictest on: staff hours, money a year, waits by formula and simulated, the price of a minute."""
    return [
        {
            "within_min": each.within_min,
            "staff_hours_per_week": _round(each.planned.staff_hours_per_week),
            "positions": each.planned.positions,
            "cost_per_year": _round(each.cost_per_year),
            "wait_p90_min": _round(each.planned.wait_p90_min),
            "simulated_p90_min": estimate(each.simulated_p90_min),
            "simulated_p_within": _round(each.simulated_p_within),
            "hours_per_minute": None if each.hours_per_minute is None else _round(each.hours_per_minute),
            "money_per_minute": None if each.money_per_minute is None else _round(each.money_per_minute),
        }
        for each in points
    ]


def planned_to_json(each: PlanFigures) -> dict[str, Any]:
    """What a centre planned for a scenario would need, by formula."""
    return {
        "visitors_per_day": _round(each.visitors_per_day),
        "positions": each.positions,
        "seats": each.seats,
        "staff_hours_per_week": _round(each.staff_hours_per_week),
        "p_within": _round(each.p_within),
        "wait_p90_min": _round(each.wait_p90_min),
        "peak_people": each.peak_people,
    }


def estimate(each: Estimate | None) -> dict[str, float | None] | None:
    """The value with its interval; an end that cannot be told is null."""
    if each is None:
        return None
    return {"value": _round(each.value), "low": _round(each.low), "high": _round(each.high)}


def _service(each: SimulatedServiceOutcome) -> dict[str, Any]:
    return {
        "id": each.id,
        "visitors_per_day": estimate(each.visitors_per_day),
        "p_within": estimate(each.p_within),
        "wait_mean_min": estimate(each.wait_mean_min),
        "wait_p90_min": estimate(each.wait_p90_min),
        "time_mean_min": estimate(each.time_mean_min),
        "abandoned": estimate(each.abandoned),
        "unserved": estimate(each.unserved),
    }


def _bank(each: SimulatedBankOutcome) -> dict[str, Any]:
    return {
        "id": each.id,
        "standard": {"within_min": each.within_min, "share_within": each.share_within},
        "visits_per_day": _round(each.visits_per_day),
        "p_within": estimate(each.p_within),
        "wait_mean_min": estimate(each.wait_mean_min),
        "wait_p50_min": estimate(each.wait_p50_min),
        "wait_p90_min": estimate(each.wait_p90_min),
        "utilisation": estimate(each.utilisation),
        "abandoned": estimate(each.abandoned),
        "unserved_per_day": _round(each.unserved_per_day),
        "dead_min_per_day": _round(each.dead_min_per_day),
        "waiting": list(each.waiting),
        "intervals": [_period(period) for period in each.periods],
    }


def _period(each: PeriodOutcome) -> dict[str, Any]:
    return {
        "start": clock(round(each.start_min)),
        "visits": _round(each.visits_per_day),
        "p_within": estimate(each.p_within) if each.visits_per_day else None,
    }


def _round(value: float) -> float | None:
    return round(value, 4) if isfinite(value) else None
