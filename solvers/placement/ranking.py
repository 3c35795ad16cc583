"""The last choice: of all right layouts that cost hardly more than the best, the one whose real walks are straightest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from solvers.placement.detail import Drawn
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.keeping import AT_FIRST
from solvers.placement.lanes import Best, Lane
from solvers.placement.problem import Pose
from solvers.placement.quick import Found
from solvers.placement.race import RANK_SHARE, Race
from solvers.placement.rank import NEARLY, Merit, merit_of

RANKED = 60  # walked with furniture and floors alone
FURNISHED_SHARE = 0.7 * RANK_SHARE  # of the effort is left for others when those that were drawn already have been walked
JUDGED_SHARE = 0.35 * RANK_SHARE  # and for what takes three times as long as furniture: screening and the rules about ways
KEPT_PROMISE = 0.97  # a bound this near, as a share of the best objective, is not given away


@dataclass(frozen=True, slots=True)
class Plain:
    """A layout that is furnished and walked, not screened or judged yet: how it would rank if it were right as it is."""

    merit: Merit
    found: Found
    lane: Lane
    drawn: Drawn


def rank(race: Race) -> None:
    """Of all right layouts within NEARLY of the best, take the one whose real walks are straightest.

    Where the best is proven, only its equals are looked at: a proven optimum is not given away. Screening and rules about ways
    take three times as long as furniture, and change an index by half a point, nearly the same in all: so layouts are furnished
    and walked first, as many as there is time for, and judged in the order of what they promise until none promises more.
    """
    if race.best is None or race.cancel:
        return
    first = AT_FIRST.intersection(f.code for f in race.best.drawn.broken)  # one that keeps these is worth what it costs more
    most = race.best.objective * (1 + (1e-9 if race.is_proven() and not first else NEARLY))
    if race.proven(KEPT_PROMISE) and not first:  # a gap as small as this is not given away either
        most = min(most, race.bound() / KEPT_PROMISE)
    least = race.best.objective

    def merit(objective: float, drawn: Drawn, lane: Lane) -> Merit:
        return merit_of(objective, least, drawn, lane.problem.level, race.problem.programme)

    chosen = merit(race.best.objective, race.best.drawn, race.lanes[race.best.lane]), race.best
    known = {best.poses: best for best in race.kept if best.objective <= most}
    for best in sorted(known.values(), key=lambda each: each.objective):
        if best is not race.best and _in_time(race, FURNISHED_SHARE):
            chosen = min(chosen, (merit(best.objective, best.drawn, race.lanes[best.lane]), best), key=_first)
    for one in sorted(_furnished(race, most, merit, {*known, race.best.poses}), key=lambda each: each.merit):
        if one.merit >= chosen[0] or not _in_time(race, 0.0):
            break
        terms = terms_of_poses(one.lane.question, one.found.poses, one.found.arcs, race.weights)
        objective, drawn = sum(terms.values()), race.judged(one.lane, one.found.poses, one.drawn)
        if race.accepts(drawn) and objective <= most:
            best = Best(objective, one.found.poses, one.found.arcs, one.lane.index, terms, drawn)
            chosen = min(chosen, (merit(objective, drawn, one.lane), best), key=_first)
    race.best = chosen[1]


def _first(each: tuple[Merit, Best]) -> Merit:
    return each[0]


def _in_time(race: Race, share: float) -> bool:
    """Is more than a share of the effort left?"""
    return race.effort.reproducible or race.clock.left() > share * race.effort.seconds


def _furnished(
    race: Race, most: float, merit: Callable[[float, Drawn, Lane], Merit], known: set[tuple[Pose, ...]]
) -> Iterator[Plain]:
    """What the quick search has beside its best that costs no more than `most`, furnished and walked, the cheapest first, while
    there is time; without those known and what is wrong already."""
    found = [(each.cost, lane.index, each) for lane in race.lanes if lane.quick is not None for each in lane.quick.choices()]
    for cost, k, one in sorted(found, key=lambda each: each[:2])[:RANKED]:
        if cost > most or not _in_time(race, JUDGED_SHARE):
            return
        if one.poses in known:
            continue
        lane = race.lanes[k]
        drawn = race.furnished(lane, one.poses, one.arcs)
        if not drawn.faults:
            yield Plain(merit(cost, drawn, lane), one, lane, drawn)
