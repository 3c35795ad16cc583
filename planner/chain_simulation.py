"""The simulation's part of the chain: a project's design day, planned and then lived through."""

from __future__ import annotations

from typing import Any

from exports.simulation_json import scenarios_to_json, simulation_to_json
from layouts.layout import Layout
from planner.chain.asked import capacity_question
from planner.project import Project
from solvers.capacity import BEHIND_THE_SCENES, plan_capacity
from solvers.effort import Cancel, Report
from solvers.service_checks import check_skills
from solvers.simulation.centre import SimulationWishes, centre_problem
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate
from solvers.simulation.scenarios import stress
from solvers.simulation.walking import calls_from_seats, walks_between_banks


def simulate_days(
    project: Project,
    *,
    days: int,
    seed: int,
    layout: Layout | None = None,
    stressed: bool = False,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> dict[str, Any]:
    """The design day under the positions that capacity plans for it, walked on `layout` where there is one.

    `stressed` adds a table of the same positions under 90 to 120 % of the demand.
    """
    check_skills(project.banks, project.services, project.staff)
    question = capacity_question(project)
    wishes = walked(project, layout) if layout else SimulationWishes()
    problem = centre_problem(question, plan_capacity(question), wishes=wishes)
    run = simulate(problem, days=days, seed=seed, report=report, cancel=cancel)
    answer = simulation_to_json(summarise(run), problem.day_type)
    answer["walking"] = {
        "measured": layout is not None,
        "call_min": {bank: round(minutes, 3) for bank, minutes in wishes.call_min.items()},
    }
    if stressed and not cancel:
        answer["stress"] = scenarios_to_json(stress(problem, days=days, seed=seed))
    return answer


def walked(project: Project, layout: Layout) -> SimulationWishes:
    """Walking times as the layout has them: where visitors sit, the clerk waits for them to come."""
    hall = [bank.id for bank in project.banks if bank.kind not in BEHIND_THE_SCENES]
    seated = [bank.id for bank in project.banks if bank.id in hall and bank.waiting == "seats"]
    return SimulationWishes(walk_min=walks_between_banks(layout, hall), call_min=calls_from_seats(layout, seated))
