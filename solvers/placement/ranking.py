"""The last choice: of all right layouts that cost hardly more than the best, the one whose real walks are straightest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from layouts.plan import Level
from solvers.placement.detail import Drawn
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.keeping import AT_FIRST
from solvers.placement.lanes import Best
from solvers.placement.quick import Found
from solvers.placement.race import Race
from solvers.placement.rank import NEARLY, straightest

RANKED = 24
KEPT_PROMISE = 0.97  # a bound this near, as a share of the best objective, is not given away


def rank(race: Race) -> None:
    """Of all right layouts within NEARLY of the best, take the one whose real walks are straightest.

    Where the best is proven, only its equals are looked at: a proven optimum is not given away. Layouts are drawn one by one,
    the cheapest first, so that time which runs out leaves those that were drawn walked too.
    """
    if race.best is None or race.cancel:
        return
    first = AT_FIRST.intersection(f.code for f in race.best.drawn.broken)  # one that keeps these is worth what it costs more
    most = race.best.objective * (1 + (1e-9 if race.is_proven() and not first else NEARLY))
    if race.proven(KEPT_PROMISE) and not first:  # a gap as small as this is not given away either
        most = min(most, race.bound() / KEPT_PROMISE)
    go_on = (lambda: True) if race.effort.reproducible else (lambda: race.clock.left() > 0)
    near: list[Best] = []

    def walked() -> Iterator[tuple[float, Drawn, Level]]:
        for best in islice(_by_cost(race, most, go_on), RANKED):
            near.append(best)
            yield best.objective, best.drawn, race.lanes[best.lane].problem.level

    chosen = straightest(walked(), race.problem.programme, go_on)
    if chosen is not None:
        race.best = near[chosen]


def _by_cost(race: Race, most: float, go_on: Callable[[], bool]) -> Iterator[Best]:
    """The right layouts that cost no more than `most`, the cheapest first: those kept, and those that the quick search has
    beside its best, which are drawn as they are asked for, while there is time."""
    kept = {best.poses: best for best in race.kept}
    found: list[tuple[float, int, Best | Found]] = [(best.objective, best.lane, best) for best in kept.values()]
    for lane in race.lanes:
        if lane.quick is not None:
            found.extend((each.cost, lane.index, each) for each in lane.quick.choices())
    for cost, k, one in sorted(found, key=lambda each: each[:2]):
        if cost > most:
            return
        if isinstance(one, Best):
            yield one
        elif one.poses not in kept and go_on():
            lane = race.lanes[k]
            terms = terms_of_poses(lane.question, one.poses, one.arcs, race.weights)
            drawn = race.drawn(lane, one.poses, one.arcs)
            if race.accepts(drawn) and sum(terms.values()) <= most:
                yield Best(sum(terms.values()), one.poses, one.arcs, lane.index, terms, drawn)
