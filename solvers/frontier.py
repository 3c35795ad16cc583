"""One plan in a line of a table: positions, seats, hours on post a week, and the wait they leave."""

from __future__ import annotations

from dataclasses import dataclass

from solvers.capacity import CapacityPlan, CapacityQuestion
from solvers.costs import staff_hours_per_week


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFigures:
    """One plan in a line of a table. `wait_p90_min` is the longest of all services; hours are on post, per week."""

    name: str
    visitors_per_day: float
    positions: int
    seats: int
    staff_hours_per_week: float
    p_within: float
    wait_p90_min: float
    peak_people: int
    overloaded: int


def figures_of(name: str, question: CapacityQuestion, plan: CapacityPlan) -> PlanFigures:
    """The plan in a line: the worst served service sets `p_within` and `wait_p90_min`, `overloaded` counts failed findings."""
    days = {day.id: len(day.weekdays) for day in question.day_types}
    return PlanFigures(
        name=name,
        visitors_per_day=plan.visitors_per_day[plan.design_day_type],
        positions=sum(each.positions for each in plan.banks),
        seats=sum(each.seats for each in plan.banks),
        staff_hours_per_week=staff_hours_per_week(plan.cover, days),
        p_within=min((each.p_within for each in plan.services), default=1.0),
        wait_p90_min=max((each.wait_p90_min for each in plan.services), default=0.0),
        peak_people=plan.occupancy.peak,
        overloaded=sum(finding.status == "fail" for finding in plan.findings),
    )
