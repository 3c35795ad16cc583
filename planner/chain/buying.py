"""What waits cost: the frontier, kiosks against counters, and the payback of new processes, from the project's own rates."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from exports.simulation_json import frontier_to_json
from layouts.findings import BadInput
from planner.chain.asked import capacity_of, capacity_question, floor_m2
from planner.project import Project
from solvers.buying import budget_frontier, kiosks_against_counters, payback_of
from solvers.capacity import CapacityQuestion
from solvers.costs import draw_up_costs
from solvers.effort import Cancel, Report
from solvers.processes import AS_IS, TO_BE
from solvers.scenarios import BASE, Scenario, changed_question, default_scenarios

RE_ENGINEERED = "re_engineered"
DAYS = 200
Json = dict[str, Any]


def buying_of(project: Project, report: Report | None = None, cancel: Cancel | None = None) -> Json:
    """Costs, frontier, kiosks and payback as plain data. Without a plan there is no floor, and the lines on it are missing."""
    area = floor_m2(project.plan.levels[0]) if project.plan else 0.0
    question, rates = capacity_question(project), project.costs
    scenario, before = re_engineered(project), done_before(project)
    points = budget_frontier(question, rates, floor_m2=area, days=DAYS, report=report, cancel=cancel)
    costs = draw_up_costs(capacity_of(project), rates, project.day_types, floor_m2=area)
    after = question_under(project, scenario)
    payback = payback_of(question_under(project, before), after, rates, floor_m2=area, one_off=rates.re_engineering)
    return {
        "floor_m2": round(area, 1),
        "costs": asdict(costs) | {"source": rates.source, "sources": dict(rates.sources)},
        "frontier": frontier_to_json(points),
        "kiosks_against_counters": [asdict(each) for each in kiosks_against_counters(question, rates, floor_m2=area)],
        "payback": asdict(payback) | {"scenario": scenario.id, "against": before.id, "source": scenario.source},
    }


def re_engineered(project: Project) -> Scenario:
    """The project's scenario of that name, or with the new process, else the usual one."""
    for each in project.scenarios:
        if each.id == RE_ENGINEERED or each.process == TO_BE:
            return each
    return next(each for each in usual_scenarios(project) if each.id == RE_ENGINEERED)


def done_before(project: Project) -> Scenario:
    """What re-engineering is held against: services as they are done today where the project describes them, else the plan."""
    if any(each.variant == AS_IS for each in project.processes):
        return Scenario(id=AS_IS, process=AS_IS)
    return BASE


def usual_scenarios(project: Project) -> tuple[Scenario, ...]:
    """The scenarios of a project that names none; re-engineered by its own processes where it describes any."""
    ways = {each.variant for each in project.processes}
    return default_scenarios(project.growth.per_year, TO_BE if ways else "", AS_IS if AS_IS in ways else "")


def under_process(project: Project, scenario: Scenario) -> Project:
    """The project planned under the scenario's process; BadInput where it describes none."""
    if not scenario.process:
        return project
    if not project.processes:
        place = f"scenarios[id={scenario.id}].process"
        raise BadInput("scenarios.no_process", file=project.id, place=place, process=scenario.process)
    return replace(project, planning=replace(project.planning, process=scenario.process))


def question_under(project: Project, scenario: Scenario) -> CapacityQuestion:
    """What the project asks under a scenario."""
    return changed_question(capacity_question(under_process(project, scenario)), scenario)
