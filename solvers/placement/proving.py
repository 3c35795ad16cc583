"""Better layouts and proofs in turns: shares of the best objective are proved unreachable, spine by spine."""

from __future__ import annotations

from solvers import cpsat
from solvers.placement.bounding import zone_more
from solvers.placement.first import QUICK_SHARE, search_quickly
from solvers.placement.lanes import Lane
from solvers.placement.model import build
from solvers.placement.race import PROMISED, Race
from solvers.placement.slices import search, take

SEARCH_SHARE = 0.1  # of the effort for one search with all setbacks on the best spine; what is left goes to proofs
PUSHED, PUSH_SHARE = 3, 0.08  # spines on which the quick search goes on, and of the effort for each
BEHIND = 0.03  # of the best's cost by which it may be behind on a spine for that
NEAR = 0.96  # share of the best objective from which on the whole model closes the rest sooner
PROOF_SHARE = 0.4  # of the effort for one round of proofs
PROOF_LEVELS = (PROMISED, 0.95, 0.97, 0.985, 1.0)  # shares of the best objective that are proved unreachable, in turn


def improve(race: Race) -> None:
    """In turns: better layouts by both searches, and proofs, spine by spine, that little is left to gain.

    While the bound is far below, the quick search on the spines where it found most gains more than all else; once the
    bound is near, the whole model closes what is left.
    """
    level = 0
    while not race.cancel and race.time_to_search() > 0.5 and not race.is_proven():
        search_longer(race)
        search(race, SEARCH_SHARE)
        zone_more(race)
        _prove(race, PROOF_LEVELS[level], PROOF_SHARE)
        while level + 1 < len(PROOF_LEVELS) and race.proven(PROOF_LEVELS[level]):
            level += 1
        for lane in race.by_promise():
            if race.best is not None and lane.bound < race.best.objective:
                search_quickly(race, lane, QUICK_SHARE)


def search_longer(race: Race) -> None:
    """The quick search goes on where it found most, unless the bound is near."""
    if not race.proven(NEAR):
        for lane in most_found(race):
            search_quickly(race, lane, PUSH_SHARE)


def most_found(race: Race) -> list[Lane]:
    """The spines on which the quick search came lowest, of those that may hold something better and are not settled."""
    lanes = [lane for lane in race.by_promise() if race.may_be_better(lane) and lane.quick_cost < float("inf")]
    lanes = [lane for lane in lanes if lane.quick is None or not lane.quick.settled()]
    most = (1 + BEHIND) * min((lane.quick_cost for lane in lanes), default=0.0)
    return sorted((n for n in lanes if n.quick_cost <= most), key=lambda lane: (lane.quick_cost, lane.index))[:PUSHED]


def _prove(race: Race, level: float, share: float) -> None:
    """Ask every spine for a layout that costs less than `level` of the best: none is a proof, one is a gain."""
    tried: set[tuple[int, float]] = set()
    end = race.clock.now() + min(share * race.effort.seconds, race.time_to_search())
    while race.best is not None and not race.cancel and end - race.clock.now() > 0.3:
        below = level * race.best.objective
        lanes = [n for n in race.lanes if not n.closed and n.bound < below - 1e-6 and (n.index, below) not in tried]
        if not lanes:
            return
        lane = min(lanes, key=lambda n: (n.bound, n.index))
        tried.add((lane.index, below))
        left = end - race.clock.now()
        _probe(race, lane, below, left / min(len(lanes), 2))  # the lowest decides: half for it, then the next


def _probe(race: Race, lane: Lane, below: float, seconds: float) -> None:
    """The whole model of one spine on all workers: a portfolio with the full linear relaxation proves soonest."""
    built = build(lane.question, race.rules, race.weights, cuts=tuple(lane.cuts), below=below)
    outcome = cpsat.run(built.model, seconds=seconds, effort=race.effort, cancel=race.cancel, linear=True)
    race.clock.grant(seconds)
    race.raise_bound(lane, outcome, below)
    if outcome.values is not None:
        take(race, lane, built, outcome)
    race.tell("proof")
