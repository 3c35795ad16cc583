"""One simulated day of a project, visitor by visitor, on the layout in force and with the people rostered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from layouts.layout import Layout
from planner.chain.asked import capacity_of, capacity_question
from planner.chain.simulating import NOBODY_ROSTERED, people_there, walked
from planner.project import Project
from solvers.simulation.centre import SimulationWishes, centre_problem
from solvers.simulation.problem import SimulationProblem
from solvers.simulation.trace import TracedVisitor, trace_day


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedDay:
    """Day `day` of the run that `simulate_days` makes with the same seed, layout and roster."""

    problem: SimulationProblem
    visitors: tuple[TracedVisitor, ...]
    seed: int
    day: int


def traced_day(project: Project, *, seed: int, day: int = 0, layout: Layout | None = None, roster: Any = None) -> TracedDay:
    """The question is put together as `simulate_days` does, so that both live through the same days."""
    plan = capacity_of(project)
    wishes = walked(project, layout) if layout else SimulationWishes()
    there = people_there(project, plan, roster) if roster else NOBODY_ROSTERED
    problem = centre_problem(capacity_question(project), plan, duties=there.duties, wishes=wishes)
    return TracedDay(problem=problem, visitors=trace_day(problem, seed=seed, day=day), seed=seed, day=day)
