"""Rules that the drawn floor as a whole keeps or breaks: ways out of the building first, and the ways that visitors walk.

The model knows none of them: a dead end is made by many modules together and undone by one more. So they are asked of every
layout that is drawn, like the check of its floors, and a layout that breaks one is laid aside while one is sought that keeps
them. Bounds leave them out: what no layout costs less than, none that keeps more rules does. Doors, their number and widths
are the building's, and no layout mends them: they stay findings alone, as does what the programme asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from shapely.geometry import Polygon

from layouts.access_counters import clear_floor_is_free, turning_circles_fit
from layouts.access_passing import dead_ends_leave_room_to_turn, turns_round_narrow_things_are_wide, wheelchairs_can_pass
from layouts.access_question import AccessQuestion, AccessRule
from layouts.access_routes import everything_public_is_reached, routes_are_wide_enough
from layouts.access_screening import SCREENING_RULES
from layouts.access_seating import seat_rows_have_a_gangway, wheelchair_bays_are_free, wheelchair_bays_are_reached
from layouts.access_toilets import accessible_toilet_is_near
from layouts.egress import (
    EgressQuestion,
    EgressRule,
    common_paths_are_short,
    dead_ends_are_short,
    every_seat_can_leave,
    travel_is_short,
)
from layouts.findings import Finding
from layouts.ground import Ground
from layouts.layout import LevelLayout
from layouts.plan import Level
from solvers.placement.detail import Drawn
from solvers.placement.pockets import pockets_at
from solvers.placement.problem import PlacementProblem

EGRESS_KEPT: tuple[EgressRule, ...] = (dead_ends_are_short, common_paths_are_short, travel_is_short, every_seat_can_leave)
ACCESS_KEPT: tuple[AccessRule, ...] = (
    everything_public_is_reached,
    routes_are_wide_enough,
    wheelchairs_can_pass,
    turns_round_narrow_things_are_wide,
    dead_ends_leave_room_to_turn,
    clear_floor_is_free,
    turning_circles_fit,
    wheelchair_bays_are_free,
    wheelchair_bays_are_reached,
    seat_rows_have_a_gangway,
    accessible_toilet_is_near,
    *SCREENING_RULES,
)
AT_FIRST = frozenset({"access.screening_walked_round"})  # the first layout that counts is not waited for because of these alone
CLOSED_TRIED = 3  # pockets at the end of one way
CLOSED_MOST = 2  # one after the other
OF_EGRESS = "egress."
WAYS_OUT = ("egress.dead_end", "egress.common_path", "egress.travel_distance")
GAINED = 0.1  # of what is measured: a pocket that shortens a way by less is left open


def kept_to(problem: PlacementProblem, level: Level, drawn: Drawn) -> Drawn:
    """What is drawn, with what it breaks. A pocket at the end of a way out that is too long is closed off where that mends it:
    only the floors are drawn again for that, and what was measured far from the pocket holds still."""
    if drawn.faults or drawn.closing is None or (problem.egress is None and problem.access is None):
        return drawn
    ground = Ground(level=level, layout=drawn.layout.levels[0])
    drawn = replace(drawn, broken=broken_on(problem, ground))
    closed: tuple[Polygon, ...] = ()
    for _ in range(CLOSED_MOST):
        way = next((f.witness[0].points for f in drawn.broken if f.code in WAYS_OUT and f.witness), None)
        if way is None or drawn.closing is None:
            break
        placed, clear = drawn.layout.levels[0], problem.programme.rules.clear_width_mm
        for pocket in islice(pockets_at(level, placed, drawn.floors.public, way, clear), CLOSED_TRIED):
            tried = drawn.closing((*closed, pocket))
            if tried.faults:
                continue
            changed = ground.after(tried.layout.levels[0])
            tried = replace(tried, broken=broken_on(problem, changed))
            if _gains(drawn.broken, tried.broken):
                drawn, closed, ground = tried, (*closed, pocket), changed
                break
        else:
            break
    return drawn


def _gains(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> bool:
    """Is less of egress broken now, or by less? Of access nothing is told while egress is broken: what is told of it once that
    is mended was broken all the while, and says nothing against the pocket."""
    was, now = ([f for f in each if f.code.startswith(OF_EGRESS)] for each in (before, after))
    if {f.code for f in now} - {f.code for f in was}:
        return False
    return not now or (len(now), _excess(now)) < (len(was), _excess(was) - GAINED)


def _excess(broken: Iterable[Finding]) -> float:
    return sum(abs((f.measured or 0.0) - (f.required or 0.0)) for f in broken if f.code in WAYS_OUT)


def broken_rules(problem: PlacementProblem, level: Level, layout: LevelLayout) -> tuple[Finding, ...]:
    """What the layout breaks of the rules that it is asked to keep; of access only where it keeps all those of egress."""
    return broken_on(problem, Ground(level=level, layout=layout))


def broken_on(problem: PlacementProblem, ground: Ground) -> tuple[Finding, ...]:
    """The same on ground that is known already."""
    level, layout = ground.level, ground.layout
    found: list[Finding] = []
    if problem.egress is not None:
        egress = EgressQuestion(
            level=level, layout=layout, programme=problem.programme, profile=problem.egress, access_profile=problem.access,
            ground=ground,
        )  # fmt: skip
        found = [f for rule in EGRESS_KEPT for f in rule(egress) if f.status == "fail"]
    if not found and problem.access is not None:
        access = AccessQuestion(
            level=level, layout=layout, programme=problem.programme, profile=problem.access, ground=ground
        )
        found = [f for rule in ACCESS_KEPT for f in rule(access) if f.status == "fail"]
    return tuple(found)
