"""The simulation's part of the chain: a project's design day, planned and then lived through."""

from __future__ import annotations

from typing import Any

from exports.simulation_json import simulation_to_json
from planner.project import Project
from solvers.capacity import CapacityQuestion, plan_capacity
from solvers.effort import Cancel, Report
from solvers.service_checks import check_skills
from solvers.simulation.centre import centre_problem
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate


def capacity_question(project: Project) -> CapacityQuestion:
    """What capacity and simulation depend on, taken from the project."""
    planning = project.planning
    return CapacityQuestion(
        banks=project.banks,
        services=project.services,
        day_types=project.day_types,
        arrivals=project.arrivals,
        visitor_classes=project.visitor_classes,
        appointments=project.appointments,
        standards=project.standards,
        growth_factor=(1.0 + project.growth.per_year) ** project.growth.years,
        interval_min=planning.interval_min,
        design_day_type=planning.design_day_type,
        seat_percentile=planning.seat_percentile,
        seated_share=planning.seated_share,
        shrinkage=planning.shrinkage,
    )


def simulate_days(
    project: Project,
    *,
    days: int,
    seed: int,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> dict[str, Any]:
    """The design day under the positions that capacity plans for it."""
    check_skills(project.banks, project.services, project.staff)
    question = capacity_question(project)
    problem = centre_problem(question, plan_capacity(question))
    run = simulate(problem, days=days, seed=seed, report=report, cancel=cancel)
    return simulation_to_json(summarise(run), problem.day_type)
