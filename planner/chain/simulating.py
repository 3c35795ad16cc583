"""The simulation's part of the chain: a project's design day, planned and then lived through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exports.simulation_json import planned_to_json, scenarios_to_json, simulation_to_json
from layouts.findings import BadInput
from layouts.layout import Layout
from planner.chain.asked import capacity_of, capacity_question
from planner.chain.buying import buying_of, under_process, usual_scenarios
from planner.chain.floors import upward_doors
from planner.chain.rostering import stored_roster
from planner.project import Project
from planner.reading import plain_short
from solvers.capacity import BEHIND_THE_SCENES, CapacityPlan, plan_capacity
from solvers.effort import Cancel, Report
from solvers.frontier import figures_of
from solvers.rostering.roster import Duty
from solvers.scenarios import BASE, changed_question, lived_through
from solvers.simulation.centre import SimulationWishes, centre_problem
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate
from solvers.simulation.scenarios import compare_scenarios, stress
from solvers.simulation.walking import calls_from_seats, walks_between_banks

PACKAGE_DAYS = 200


def simulate_days(
    project: Project,
    *,
    days: int,
    seed: int,
    layout: Layout | None = None,
    roster: Any = None,
    stressed: bool = False,
    compared: bool = False,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> dict[str, Any]:
    """The design day, walked on `layout` where there is one, served by the people of `roster` (a stored answer) where they
    were rostered for today's question, else by the positions that capacity plans.

    `stressed` adds a table of the same positions under 90 to 120 % of the demand, `compared` one of the project's scenarios.
    """
    question = capacity_question(project)
    plan = capacity_of(project)
    wishes = walked(project, layout) if layout else SimulationWishes()
    there = people_there(project, plan, roster) if roster else NOBODY_ROSTERED
    problem = centre_problem(question, plan, duties=there.duties, wishes=wishes)
    run = simulate(problem, days=days, seed=seed, report=report, cancel=cancel)
    answer = simulation_to_json(summarise(run), problem.day_type)
    answer["walking"] = {
        "measured": layout is not None,
        "call_min": {bank: round(minutes, 3) for bank, minutes in wishes.call_min.items()},
    }
    answer["staffing"] = plan.staffing
    answer["roster_in_force"] = there.told
    if stressed and not cancel:
        answer["stress"] = scenarios_to_json(stress(problem, days=days, seed=seed, report=report, cancel=cancel))
    if compared and not cancel:
        answer["scenarios"] = scenario_table(project, days=days, seed=seed, wishes=wishes, report=report, cancel=cancel)
    return answer


def lived_answers(project: Project, layout: Layout, roster: Any, report: Report, cancel: Cancel) -> dict[str, Any]:
    """What a package tells of simulated days, scenarios and money; the same twice, so that no clock stands in it."""
    answer = simulate_days(
        project, days=PACKAGE_DAYS, seed=1, layout=layout, roster=roster, compared=True, report=report, cancel=cancel
    )
    told = {key: value for key, value in answer.items() if key not in ("seconds", "scenarios")}
    found = {"simulation": told, "scenarios": answer.get("scenarios", [])}
    return found if cancel else found | {"buying": buying_of(project, report, cancel)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleThere:
    """The duties of one date, None where the plan's positions serve instead, and what is told of them."""

    duties: tuple[Duty, ...] | None
    told: dict[str, Any] | None


NOBODY_ROSTERED = PeopleThere(duties=None, told=None)


def people_there(project: Project, plan: CapacityPlan, answer: Any) -> PeopleThere:
    """The first date of the roster that is a design day. A roster of another question is named and left alone."""
    name = str((answer.get("solution") or {}).get("question_digest", "")) if isinstance(answer, dict) else ""
    try:
        rostered = stored_roster(project, plan, answer, file=project.id)
    except BadInput as error:
        return PeopleThere(duties=None, told={"roster": name, "used": False, "reason": error.code})
    dates = [day.date for day in rostered.problem.days if day.day_type == plan.design_day_type]
    duties = [duty for duty in rostered.roster.assignments if dates and duty.date == dates[0]]
    if not duties:
        return PeopleThere(duties=None, told={"roster": name, "used": False, "reason": "roster.no_such_day"})
    told = {"roster": name, "used": True, "date": dates[0], "day_type": plan.design_day_type, "people": len(duties)}
    return PeopleThere(duties=tuple(duties), told=told)


def scenario_table(
    project: Project,
    *,
    days: int,
    seed: int,
    wishes: SimulationWishes,
    report: Report | None = None,
    cancel: Cancel | None = None,
) -> list[dict[str, Any]]:
    """The project's scenarios, else the usual ones, on the same days; the first is what the others are held against.

    Each lives through its demand on the plan's positions (with those it closes or adds); `planned` is what it would need,
    by formula for all of them, so that a refined plan's own saving is not taken for a scenario's.
    """
    named = project.scenarios or usual_scenarios(project)
    scenarios = named if named[0].id == BASE.id else (BASE, *named)
    plan = capacity_of(project)
    problems, planned = {}, {}
    for scenario in scenarios:
        question = capacity_question(under_process(project, scenario))
        problems[scenario.id] = centre_problem(*lived_through(question, plan, scenario), wishes=wishes)
        anew = changed_question(question, scenario)
        planned[scenario.id] = figures_of(scenario.id, anew, plan_capacity(anew))
    figures = compare_scenarios(problems, days=days, seed=seed, report=report, cancel=cancel)
    by_id = {scenario.id: scenario for scenario in scenarios}
    return [
        row | {"changes": plain_short(by_id[row["name"]]), "planned": planned_to_json(planned[row["name"]])}
        for row in scenarios_to_json(figures)
    ]


def walked(project: Project, layout: Layout) -> SimulationWishes:
    """Walking times as the layout has them: where visitors sit, the clerk waits for them to come."""
    hall = [bank.id for bank in project.banks if bank.kind not in BEHIND_THE_SCENES]
    seated = [bank.id for bank in project.banks if bank.id in hall and bank.waiting == "seats"]
    walks = walks_between_banks(layout, hall, upwards=upward_doors(project))
    return SimulationWishes(walk_min=walks, call_min=calls_from_seats(layout, seated))
