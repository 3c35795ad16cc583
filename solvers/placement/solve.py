"""The race: every candidate spine is bounded, the promising ones are solved in slices, what fails the check is cut off.

solve(problem, effort) -> Placement.  The bound reported holds for the freedom reported: all candidate spines, all setbacks.
"""

from __future__ import annotations

from dataclasses import replace

from solvers.effort import Cancel, Effort, Report, Status
from solvers.placement.answering import answer, nothing
from solvers.placement.beside import Bounder, search_and_bound
from solvers.placement.bounding import bound_all
from solvers.placement.clock import Clock
from solvers.placement.first import HINT_SECONDS, first_layouts, search_again
from solvers.placement.prepare import TOILETS, Prepared, widths_of
from solvers.placement.problem import Pinned, Placement, PlacementProblem, Pose
from solvers.placement.proving import improve
from solvers.placement.race import Race
from solvers.placement.ranking import rank
from solvers.placement.sites import Site, sites_of
from solvers.placement.slices import any_layout
from solvers.placement.typologies import PERIMETER, Typology, as_built
from solvers.placement.warm import compile_first


def solve(
    problem: PlacementProblem,
    effort: Effort,
    *,
    digest: str = "",
    hint: tuple[Pose, ...] = (),
    report: Report | None = None,
    cancel: Cancel | None = None,
    prepared: Prepared | None = None,
    typology: Typology = PERIMETER,
) -> Placement:
    """Place the programme on the level. Never raises for a programme that does not fit: `missing` says what and why.

    `prepared`: search these spines alone, on the level as `typology` builds it.
    """
    toilets = {r.id for r in problem.programme.rooms if r.kind in TOILETS}
    if any(pin.element in toilets for pin in problem.pins):
        problem = replace(problem, toilets_by_doors=False)  # who pins them knows where they are
    compile_first(report)
    clock = Clock(effort)
    if prepared is not None:
        site = Site(typology, as_built(problem, typology.blocks), prepared)
        given = Race(problem, effort, (site,), clock, report, cancel, digest, build_walls=False)  # what is given, and no more
        ended = _run(given, hint)
        return answer(given) if given.best is not None else nothing(given, ended)
    race: Race | None = None
    status: Status = "infeasible"
    for width in widths_of(problem):
        sites = sites_of(problem, width)
        if race is not None and not any(site.ready.spines for site in sites):
            continue
        race = Race(problem, effort, sites, clock, report, cancel, digest)
        status = _run(race, hint)
        if status == "infeasible" and race.best is None and any(lane.question.by_doors for lane in race.lanes):
            problem = replace(problem, toilets_by_doors=False)
            race = Race(problem, effort, sites_of(problem, width), clock, report, cancel, digest)
            status = _run(race, hint)
        if race.best is not None or status != "infeasible" or clock.left() <= 0:
            break  # a narrower spine is tried only where a wider one is proven impossible
    assert race is not None  # a programme has at least one width
    return answer(race) if race.best is not None else nothing(race, status)


def _run(race: Race, hint: tuple[Pose, ...]) -> Status:
    """All stages; how it ended where no layout was found ("infeasible" is proven)."""
    race.placed = lambda: answer(race)
    while race.all_closed() and race.to_build:
        race.build_walls()
    if race.all_closed():
        return "infeasible"
    bounder = Bounder(race, wait=HINT_SECONDS if hint else 0.0)
    race.when_first = bounder.start
    try:
        first_layouts(race, hint)
        if race.best is None:
            bound_all(race)
        if not race.all_closed():
            search_again(race)
            any_layout(race, hint)
            search_and_bound(race, bounder)
    finally:
        bounder.end()
    if not race.all_closed():
        improve(race)
        rank(race)
    if race.cancel:
        return "cancelled"
    return "infeasible" if all(lane.bound == float("inf") for lane in race.lanes) else "unknown"


def with_pins(problem: PlacementProblem, placement: Placement, elements: tuple[str, ...]) -> PlacementProblem:
    """The same problem with some modules pinned where an earlier answer has them."""
    poses = {p.element: p for p in placement.poses}
    return replace(problem, pins=tuple(Pinned(element=e, pose=poses[e]) for e in elements))
