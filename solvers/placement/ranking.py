"""The last choice: of all right layouts that cost hardly more than the best, the one whose real walks are straightest."""

from __future__ import annotations

from solvers.placement.evaluate import terms_of_poses
from solvers.placement.lanes import Best
from solvers.placement.race import PROMISED, Race
from solvers.placement.rank import NEARLY, straightest

RANKED = 12


def rank(race: Race) -> None:
    """Of all right layouts within NEARLY of the best, take the one whose real walks are straightest.

    Where the best is proven, only its equals are looked at: a proven optimum is not given away.
    """
    if race.best is None or race.cancel:
        return
    most = race.best.objective * (1 + (1e-9 if race.is_proven() else NEARLY))
    if race.proven(PROMISED):  # the first promise of quality is not given away either
        most = min(most, race.bound() / PROMISED)
    near = [best for best in race.kept if best.objective <= most]
    near.extend(_more(race, most, {best.poses for best in near}))
    near = sorted(near, key=lambda best: best.objective)[:RANKED]
    programme = race.problem.programme
    go_on = (lambda: True) if race.effort.reproducible else (lambda: race.clock.left() > 0)
    levels = [race.lanes[b.lane].problem.level for b in near]
    chosen = straightest([(b.objective, b.drawn, level) for b, level in zip(near, levels)], programme, go_on)
    if chosen is not None:
        race.best = near[chosen]


def _more(race: Race, most: float, seen: set[object]) -> list[Best]:
    """Layouts that the quick search kept beside its best: drawn now, the right ones of them."""
    found: list[Best] = []
    for lane in race.lanes:
        for each in lane.quick.run(seconds=0, rounds=0, stop=lambda: True) if lane.quick is not None else ():
            if each.poses in seen or each.cost > most or race.clock.left() <= 0:
                continue
            seen.add(each.poses)
            drawn = race.drawn(lane, each.poses, each.arcs)
            terms = terms_of_poses(lane.question, each.poses, each.arcs, race.weights)
            if not drawn.faults and sum(terms.values()) <= most:
                found.append(Best(sum(terms.values()), each.poses, each.arcs, lane.index, terms, drawn))
    return found
