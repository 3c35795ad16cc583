"""Where the race is run: the level itself, or every hall that a building with rooms offers, each prepared with its spines.

Which rooms make the hall is chosen like a typology: each hall is a level of its own, its spines are lanes beside all others,
and the bounds tell which is worth the work. The price of the walls that go is part of each lane's objective and bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from layouts.hall import as_planned
from layouts.layout import Hall
from solvers.placement.halls import halls_for, has_rooms
from solvers.placement.prepare import Prepared, prepare, widths_of
from solvers.placement.problem import PlacementProblem
from solvers.placement.typologies import PERIMETER, Typology
from solvers.placement.zoning import least_at_a_glance

HALL_SPINES = 3  # raced for each of several halls


@dataclass(frozen=True, slots=True)
class Site:
    """A level to race on: how it came to be, the question on it, and what was prepared."""

    typology: Typology
    problem: PlacementProblem
    ready: Prepared


def sites_of(problem: PlacementProblem, width_dm: int) -> tuple[Site, ...]:
    """The level as it is; of a building with rooms, its halls instead. None where no hall can be made."""
    if problem.hall is not None or not has_rooms(problem.level):
        return (Site(PERIMETER, problem, prepare(problem, width_dm)),)
    halls = halls_for(problem)
    found = []
    for number, hall in enumerate(halls, start=1):
        spines = problem.max_spines if len(halls) == 1 else min(problem.max_spines, HALL_SPINES)
        made = replace(in_hall(problem, hall), max_spines=spines)
        found.append(Site(Typology(f"hall-{number}"), made, _widest(made, width_dm)))
    return tuple(found)


def _widest(problem: PlacementProblem, most_dm: int) -> Prepared:
    """The hall prepared for the widest aisle, up to `most_dm`, beside which every module has a place: halls differ in depth."""
    ready = prepare(problem, most_dm)
    for width in widths_of(problem):
        if width < most_dm and not any(all(question.modes.values()) for question in ready.questions):
            ready = prepare(problem, width)
    return ready


def in_hall(problem: PlacementProblem, hall: Hall | None) -> PlacementProblem:
    """The question on the level as it is planned with a hall."""
    return problem if hall is None else replace(problem, level=as_planned(problem.level, hall), hall=hall)


def on_one_hall(problem: PlacementProblem) -> PlacementProblem:
    """The question on the hall that promises most, for searches that stay on one; an empty hall is its own."""
    if problem.hall is not None or not has_rooms(problem.level):
        return problem
    best: tuple[float, PlacementProblem] | None = None
    for width in widths_of(problem):
        for site in sites_of(problem, width):
            for question in site.ready.questions:
                if all(question.modes.values()):
                    least = least_at_a_glance(question, problem.weights)
                    best = (least, site.problem) if best is None or least < best[0] else best
        if best is not None:
            break
    return problem if best is None else replace(best[1], max_spines=problem.max_spines)
