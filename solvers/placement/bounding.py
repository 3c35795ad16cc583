"""Bounds from relaxations: trees of hubs' boxes or of zones, where the bound is lowest."""

from __future__ import annotations

from dataclasses import dataclass

from solvers import cpsat
from solvers.effort import Cancel
from solvers.placement.goals import PERSON_METRES
from solvers.placement.hubs import HubTree
from solvers.placement.lanes import Lane
from solvers.placement.model import Built
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.slices import take
from solvers.placement.zone_places import with_places
from solvers.placement.zone_tree import Leaf, ZoneTree
from solvers.placement.zoning import zoned

BOUNDS_SHARE, MORE_SHARE = 0.5, 0.12  # of the effort for trees where all is done in turn: at first, and each further time
TURN_SECONDS = 0.2  # of reproducible work for one step of a tree
ASKED_DM = 20  # longest zone that the whole model is asked with
ASK_SHARE = 0.035  # of the effort for the whole model's first question to a leaf, twice that each further time
AHEAD = 0.015  # share of the best objective by which a leaf may leave the next lowest behind: no more is wanted of it


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the whole model, what came of it, and the seconds that it was given."""

    built: Built
    outcome: cpsat.Outcome
    seconds: float


def zone_all(race: Race) -> None:
    """Bounds by trees, always where the bound is lowest: those spines alone decide what the answer can promise."""
    raise_lowest(race, BOUNDS_SHARE)


def zone_more(race: Race) -> None:
    """The same, for a moment."""
    raise_lowest(race, MORE_SHARE)


def raise_lowest(race: Race, share: float) -> None:
    """For a share of the effort, turn by turn, on the spine with the lowest bound."""
    clock = race.clock
    end = clock.now() + min(share * race.effort.seconds, race.time_to_search())
    while race.best is not None and not race.cancel and end - clock.now() > 0.3:
        below = (1 - CLOSE_ENOUGH) * race.best.objective
        lanes = [lane for lane in race.by_promise() if lane.bound < below]
        if not lanes:
            return
        if lanes[0].by_hubs():
            by_hubs(race, lanes[0], end - clock.now(), race.cancel)
            clock.grant(TURN_SECONDS)
        else:
            asked = by_zones(race, lanes[0], end - clock.now(), race.cancel)
            clock.grant(asked.seconds if asked is not None else TURN_SECONDS)
            if asked is not None and asked.outcome.values is not None:
                take(race, lanes[0], asked.built, asked.outcome)
        race.tell("bounds")


def by_hubs(race: Race, lane: Lane, seconds: float, cancel: Cancel | None) -> None:
    """One more step of the tree of hubs' boxes."""
    if lane.hubs is None:
        lane.hubs = HubTree(lane.question, lane.problem, race.weights)
    lane.hubs.step(float("inf") if race.effort.reproducible else seconds, cancel)
    raise_to(lane, lane.hubs.bound)


def by_zones(race: Race, lane: Lane, seconds: float, cancel: Cancel | None) -> Asked | None:
    """One more turn of the tree of zones; what the whole model answered, if it was asked. None too where others work on all
    that is left of it."""
    below, ever = race.best.objective if race.best is not None else float("inf"), race.effort.reproducible
    tree = lane.tree or ZoneTree(lane.question, race.weights, race.rules)
    lane.tree = tree = lane.tree or tree  # another thread's, where that was sooner
    leaf, asked = tree.take(), None
    if leaf is None:
        return None
    try:
        if leaf.stuck:
            asked = ask(race, lane, tree, leaf, min(seconds, ASK_SHARE * 2**leaf.asked * race.effort.seconds), cancel)
        else:
            tree.turn(leaf, float("inf") if ever else seconds, below, cancel)
    finally:
        tree.give_back(leaf)
    raise_to(lane, min(tree.bound(), below))
    return asked


def raise_to(lane: Lane, bound: float) -> None:
    """What a tree told. The lane's own bound may be higher and no relaxation's: whole models leave out layouts laid aside."""
    lane.bound, lane.relaxation = max(lane.bound, bound), max(lane.relaxation, bound)


def ask(race: Race, lane: Lane, tree: ZoneTree, leaf: Leaf, seconds: float, cancel: Cancel | None) -> Asked:
    """Is there a layout in a leaf's zones that costs less than the best? The whole model, with these zones alone.

    At first what zones cost is minimised, whose bound rises sooner; where that is known, what layouts cost.
    """
    assert race.best is not None
    question, below = tree.question_of(leaf), race.best.objective
    cuts, zones = tuple(lane.cuts), zoned(question, race.weights, longest=ASKED_DM)
    built = with_places(zones, question, race.rules, race.weights, cuts=cuts, least=leaf.bound, below=below)
    if leaf.zones_told_all:
        built.model.minimize(sum(built.terms.values()))
    enough = max(tree.next_bound(), leaf.bound) + AHEAD * below

    def rises(bound: float) -> bool:
        return bound / PERSON_METRES > enough

    outcome = cpsat.run(
        built.model, seconds=seconds, effort=race.effort, cancel=cancel, workers=1, linear=True, light=True, upwards=True,
        on_bound=rises,
    )  # fmt: skip
    leaf.zones_told_all = leaf.zones_told_all or outcome.status == "optimal"
    tree.told(leaf, min(outcome.bound / PERSON_METRES, below), below, closed=outcome.status == "infeasible")
    return Asked(built, outcome, seconds)
