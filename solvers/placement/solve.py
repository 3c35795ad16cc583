"""The race: every candidate spine is bounded, the promising ones are solved in slices, what fails the check is cut off.

solve(problem, effort) -> Placement.  The bound reported holds for the freedom reported: all candidate spines, all setbacks.
"""

from __future__ import annotations

from dataclasses import replace

from solvers.effort import Cancel, Effort, Report
from solvers.placement.answering import answer, nothing
from solvers.placement.clock import Clock
from solvers.placement.prepare import TOILETS, Prepared, widths_of
from solvers.placement.problem import Pinned, Placement, PlacementProblem, Pose
from solvers.placement.race import Race
from solvers.placement.sites import Offer, Site, soonest_of
from solvers.placement.typologies import PERIMETER, Typology, as_built
from solvers.placement.warm import compile_first
from solvers.placement.widths import race_widths


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
    explained: bool = True,
) -> Placement:
    """Place the programme on the level. Never raises for a programme that does not fit: `missing` says what and why.

    `prepared`: search these spines alone, on the level as `typology` builds it. `explained`: take time to say why nothing fits.
    """
    toilets = {r.id for r in problem.programme.rooms if r.kind in TOILETS}
    if any(pin.element in toilets for pin in problem.pins):
        problem = replace(problem, toilets_by_doors=False)  # who pins them knows where they are
    compile_first(report)
    clock = Clock(effort)
    widths = widths_of(problem)

    def begin(asked: PlacementProblem, width: int) -> Race | None:
        if prepared is not None:  # what is given, and no more
            sites: tuple[Site, ...] = (Site(typology, as_built(asked, typology.blocks), prepared),)
            waiting: tuple[Offer, ...] = ()
        else:
            sites, waiting = soonest_of(asked, width, lambda: bool(cancel) or clock.left() <= 0)
            if width != widths[-1] and not any(s.width_dm == width for site in sites for s in site.ready.spines):
                return None  # halls are prepared for narrower aisles too: those have their turn
        race = Race(asked, effort, sites, clock, report, cancel, digest, build_walls=prepared is None)
        race.waiting = [(offer, width) for offer in waiting]
        race.placed = lambda: answer(race)
        return race

    race, status = race_widths(problem, widths if prepared is None else widths[:1], begin, hint)
    return answer(race) if race.best is not None else nothing(race, status, explained=explained)


def with_pins(problem: PlacementProblem, placement: Placement, elements: tuple[str, ...]) -> PlacementProblem:
    """The same problem with some modules pinned where an earlier answer has them."""
    poses = {p.element: p for p in placement.poses}
    return replace(problem, pins=tuple(Pinned(element=e, pose=poses[e]) for e in elements))
