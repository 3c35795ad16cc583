"""Capacity under other demands, side by side: today, the year planned for, and a day with a fifth more visitors. Pure.

The lines stand on the formulas, also where the plan itself is refined by simulation: three searches would take minutes, and
one refined line among formulas would show the search's saving as the scenario's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from exports.capacity_json import capacity_to_json
from planner.chain.asked import capacity_of, capacity_question, floor_m2, solved_capacity
from planner.project import Project
from solvers.costs import CostTable, draw_up_costs

MORE = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioLine:
    """One scenario's sums, by the formulas named in `staffing`. `capital` and `staff_per_year` are None where the project
    names no rates."""

    id: str
    factor: float
    visitors_per_day: float
    positions: int
    seats: int
    peak_people: int
    staff_hours_per_week: float
    capital: float | None
    staff_per_year: float | None
    currency: str
    staffing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityStudy:
    """The plan for the year planned for, and the scenarios beside it."""

    capacity: dict[str, Any]
    scenarios: tuple[ScenarioLine, ...]


def study_capacity(project: Project, stop: Callable[[], bool] = lambda: False) -> CapacityStudy:
    """Capacity once for each scenario; `stop` leaves the later scenarios out."""
    first = capacity_of(project)
    question = replace(capacity_question(project), opened=())
    lines: list[ScenarioLine] = []
    for name, factor in factors(project):
        if lines and stop():
            break
        same = name == "planned" and first.staffing == question.staffing
        plan = first if same else solved_capacity(replace(question, growth_factor=factor))
        table = draw_up_costs(plan, project.costs, project.day_types, floor_m2=_floor(project))
        lines.append(_line(name, factor, capacity_to_json(plan), table, project))
    return CapacityStudy(capacity=capacity_to_json(first), scenarios=tuple(lines))


def factors(project: Project) -> tuple[tuple[str, float], ...]:
    """Scenario and how many times today's demand: today, planned for = (1 + growth)^years, and a fifth more than that."""
    planned = (1.0 + project.growth.per_year) ** project.growth.years
    return ("today", 1.0), ("planned", planned), ("more", planned * MORE)


def _floor(project: Project) -> float:
    return floor_m2(project.plan.levels[0]) if project.plan is not None and project.plan.levels else 0.0


def _line(name: str, factor: float, capacity: dict[str, Any], costs: CostTable, project: Project) -> ScenarioLine:
    rates = project.costs
    totals = capacity["totals"]
    return ScenarioLine(
        id=name,
        factor=factor,
        visitors_per_day=totals["visitors_per_day"],
        positions=totals["positions"],
        seats=totals["seats"],
        peak_people=capacity["occupancy"]["peak"],
        staff_hours_per_week=costs.staff_hours_per_week,
        capital=costs.capital if rates.counter_each or rates.seat_each or rates.fit_out_per_m2 else None,
        staff_per_year=costs.staff_per_year if rates.staff_per_hour else None,
        currency=rates.currency,
        staffing=capacity["staffing"],
    )
