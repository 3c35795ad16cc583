"""Where the race is run: the level itself, or every hall that a building with rooms offers, each prepared with its spines.

Which rooms make the hall is chosen like a typology: each hall is a level of its own, its spines are lanes beside all others,
and the bounds tell which is worth the work. The price of the walls that go is part of each lane's objective and bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from layouts.hall import as_planned
from layouts.layout import Hall
from layouts.standing import has_rooms
from solvers.placement.baselines import staff_arcs, walls_of
from solvers.placement.halls import halls_for
from solvers.placement.lanes import ROOMY
from solvers.placement.prepare import Prepared, frontage, prepare, widths_of
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


@dataclass(frozen=True, slots=True)
class Offer:
    """A level that may be raced on and is not prepared yet, which takes a second or two of a hall of many rooms."""

    typology: Typology
    problem: PlacementProblem

    def room_along(self) -> float:
        """How many times as long its staff arcs are as what must stand along them."""
        walls = walls_of(self.problem.level)
        need, offered = frontage(self.problem, walls, staff_arcs(self.problem.level, walls))
        return offered / need if need else float("inf")

    def prepared(self, width_dm: int) -> Site:
        """With its spines, for aisles up to this width."""
        ready = prepare(self.problem, width_dm) if self.problem.hall is None else _widest(self.problem, width_dm)
        return Site(self.typology, self.problem, ready)


def offers_of(problem: PlacementProblem) -> tuple[Offer, ...]:
    """The level as it is; of a building with rooms, its halls instead, those with least wall to take away first. None where
    no hall can be made."""
    if problem.hall is not None or not has_rooms(problem.level):
        return (Offer(PERIMETER, problem),)
    halls = halls_for(problem)
    spines = problem.max_spines if len(halls) == 1 else min(problem.max_spines, HALL_SPINES)
    made = (replace(in_hall(problem, hall), max_spines=spines) for hall in halls)
    return tuple(Offer(Typology(f"hall-{number}"), each) for number, each in enumerate(made, start=1))


def sites_of(problem: PlacementProblem, width_dm: int) -> tuple[Site, ...]:
    """All of them prepared."""
    return tuple(offer.prepared(width_dm) for offer in offers_of(problem))


def soonest_of(
    problem: PlacementProblem, width_dm: int, stop: Callable[[], bool]
) -> tuple[tuple[Site, ...], tuple[Offer, ...]]:
    """Those prepared up to the first that has a place for every module, and those that wait: halls with room along their walls
    first, where a layout is found soonest. Once it stops no more than one is prepared."""
    offers = offers_of(problem)
    if len(offers) > 1:
        offers = tuple(sorted(offers, key=lambda offer: offer.room_along() < ROOMY))
    sites: list[Site] = []
    for offer in offers:
        sites.append(offer.prepared(width_dm))
        if stop() or any(all(question.modes.values()) for question in sites[-1].ready.questions):
            break
    return tuple(sites), offers[len(sites) :]


def _widest(problem: PlacementProblem, most_dm: int) -> Prepared:
    """The hall prepared for the widest aisle, up to `most_dm`, beside which every module has a place: halls differ in depth."""
    ready = prepare(problem, most_dm)
    for width in widths_of(problem) if ready.arcs else ():  # where staff reach no wall no width helps
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
