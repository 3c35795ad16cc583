"""Where no layout is found at once: a spine is asked for any layout at whatever cost, so that one without any is left alone.

Without costs the solver has one thing to do: it tells in tenths of a second what it does not tell in a minute beside them.
"""

from __future__ import annotations

from solvers import cpsat
from solvers.placement.lanes import Lane
from solvers.placement.model import at_any_cost, build
from solvers.placement.race import Race
from solvers.placement.slices import take

SHARE = 0.05  # of the effort for one question
LEAST_SECONDS = 0.6  # whatever the effort


def refute_all(race: Race) -> None:
    """Every spine that was not asked yet, until a layout is there. After the effort it goes on only as long as all so far
    hold none: then nothing less is proven than that none fits."""
    for lane in race.by_promise():
        told = all(other.closed or not other.asked for other in race.lanes)
        if race.best is None and (race.clock.left() > 0 or (told and not lane.is_large())):
            refute(race, lane)
    race.tell("bounds")


def refute(race: Race, lane: Lane) -> None:
    """Is there any layout along this spine? First without the rules on areas, which tells most; of few modules with them.

    A layout that is found so is drawn and kept, whatever it costs.
    """
    if lane.asked or lane.closed or race.cancel:
        return
    lane.asked = True
    for relaxed in (True, False):
        if lane.closed or race.cancel or (lane.is_large() and not relaxed):
            return
        seconds = max(LEAST_SECONDS, min(SHARE * race.effort.seconds, race.clock.left()))
        built = at_any_cost(build(lane.question, race.rules, race.weights, relaxed=relaxed))
        outcome = cpsat.run(built.model, seconds=seconds, effort=race.effort, cancel=race.cancel, light=True)
        race.clock.grant(seconds)
        if outcome.status == "infeasible":
            lane.bound, lane.closed = float("inf"), True
        elif outcome.values is not None and not relaxed:
            take(race, lane, built, outcome)
