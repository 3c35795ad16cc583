"""Slices of the whole model: solve one spine for a while, draw what was found, cut off what fails the check."""

from __future__ import annotations

from solvers import cpsat
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.lanes import Best, Lane
from solvers.placement.model import Built, add_hint, at_any_cost, build, read_back
from solvers.placement.prepare import simpler
from solvers.placement.problem import Pose
from solvers.placement.race import CLOSE_ENOUGH, Race
from solvers.placement.repair import cuts_for

FIRST_SHARE = 0.15  # of the effort for CP-SAT on a spine where the quick search found nothing
MAX_CUT_ROUNDS = 6
LEAST_SECONDS = 0.6  # for a short slice, whatever the effort


def any_layout(race: Race, hint: tuple[Pose, ...]) -> None:
    """The hard case, where the quick search found nothing: CP-SAT looks for a layout without setbacks, whatever it costs."""
    for lane in race.by_promise():
        if race.best is None:
            _slice(race, lane, min(FIRST_SHARE * race.effort.seconds, race.clock.left()), setbacks=False, hint=hint)


def search_each(race: Race, share: float) -> None:
    """One short slice with all setbacks on every spine until one holds a layout: where little can stand, it tells at once."""
    for lane in race.by_promise():
        if race.best is None and race.clock.left() > 0:
            _slice(race, lane, min(max(LEAST_SECONDS, share * race.effort.seconds), race.clock.left()), setbacks=True, hint=())


def search(race: Race, share: float) -> None:
    """One slice with all setbacks on the spine that promises most."""
    lanes = [lane for lane in race.lanes if not lane.closed]
    if race.best is not None:
        lanes = [lane for lane in lanes if lane.bound < (1 - CLOSE_ENOUGH) * race.best.objective]
    if not lanes or race.cancel or race.time_to_search() < 0.3:
        return
    own = race.best.lane if race.best is not None else -1
    lane = min(lanes, key=lambda n: (n.slices, n.index != own, n.bound, n.index))
    lane.slices += 1
    _slice(race, lane, min(race.time_to_search(), share * race.effort.seconds), setbacks=True, hint=())


def _slice(race: Race, lane: Lane, seconds: float, *, setbacks: bool, hint: tuple[Pose, ...]) -> None:
    """Solve one spine for a while; cut off and re-solve while the drawn layout fails its check."""
    question = lane.question if setbacks else simpler(lane.question)
    end = race.clock.now() + seconds
    for _ in range(MAX_CUT_ROUNDS):
        left = end - race.clock.now()
        if left < 0.2 or race.cancel:
            return
        below = race.best.objective if race.best is not None and race.best.lane != lane.index else None
        built = build(question, race.rules, race.weights, cuts=tuple(lane.cuts), below=below)
        if not setbacks and below is None:
            built = at_any_cost(built)
        poses, arcs = lane.last if lane.last[0] else (hint, ())
        if poses:
            add_hint(built, poses, arcs)
        told = race.told_of if built.model.has_objective() else None
        outcome = cpsat.run(built.model, seconds=left, effort=race.effort, cancel=race.cancel, on_solution=told)
        race.clock.grant(left)
        if setbacks:
            race.raise_bound(lane, outcome, below)
        if outcome.values is None or take(race, lane, built, outcome):
            return


def take(race: Race, lane: Lane, built: Built, outcome: cpsat.Outcome) -> bool:
    """Draw and check the solutions of a run, best first: keep the first that is right, cut off those that are not.

    False when the best of them was refused, so that another run may find what the cuts leave.
    """
    assert outcome.values is not None
    best_was_right = True
    for values in (outcome.values, *(values for _, values in outcome.earlier)):
        poses, arcs = read_back(built, values)
        terms = terms_of_poses(built.question, poses, arcs, race.weights)  # a model's own goal may be less (zone_places.py)
        if race.best is not None and sum(terms.values()) >= race.best.objective - 1e-6:
            continue
        if best_was_right:
            lane.last = (poses, arcs)
        drawn = race.drawn(lane, poses, arcs)
        one = Best(sum(terms.values()), poses, arcs, lane.index, terms, drawn)
        if race.accepts(drawn):
            race.keep(one)
            return best_was_right
        if not drawn.faults:
            race.lay_aside(one)
        if best_was_right:
            cuts = cuts_for(lane.problem, lane.ready, lane.spine, poses, drawn)
            lane.cuts.extend(cuts)
            lane.aside.extend([] if drawn.faults else cuts)
        race.rejected += bool(drawn.faults)
        best_was_right = False
    return best_was_right
