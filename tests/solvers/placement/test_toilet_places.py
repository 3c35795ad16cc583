"""The only toilets stand near entrance and exit too, where that can be."""

from __future__ import annotations

from dataclasses import replace

from solvers.effort import Effort
from solvers.placement.model import same_mode
from solvers.placement.prepare import prepare
from solvers.placement.problem import Pinned, PlacementProblem
from solvers.placement.solve import solve
from solvers.placement.toilet_places import near_both_ends
from tests.builders_placement import RULES, a_problem, bank, flow, room, straight_hall
from tests.solvers.placement.handmade import inside, mode

HALL = straight_hall(14_000, 40_000, way_x=7_000, staff_doors=("left", "right"))


def asked(most_mm: int) -> PlacementProblem:
    rules = replace(RULES, toilet_distance_mm=most_mm)
    toilets = room("wc", kind="toilets")
    return a_problem(bank("A", 2), toilets, flows=(flow("A"),), level=HALL, rules=rules, spines=1)


def places(problem: PlacementProblem) -> set[int]:
    """Where the toilets may stand along the spine."""
    question = prepare(problem).questions[0]
    return {run.ta * u + run.tb for m in question.modes["wc"] for run in m.runs for u in (run.lo, run.hi)}


def test_toilets_far_from_a_door_are_left_out() -> None:
    length = prepare(asked(26_000)).spines[0].length_dm()
    assert all(length - 260 <= t <= 260 for t in places(asked(26_000)))
    assert min(places(replace(asked(26_000), toilets_by_doors=False))) < length - 260


def test_where_no_place_is_near_both_doors_all_are_left() -> None:
    assert places(asked(10_000)) == places(replace(asked(10_000), toilets_by_doors=False))


def test_runs_are_cut_to_the_decimetre() -> None:
    (near,) = near_both_ends((mode("wc", inside(), lo=0, hi=140),), 140, 110)
    lat = near.runs[0].lb
    assert (near.runs[0].lo, near.runs[0].hi) == (140 + lat - 110, 110 - lat)


def test_toilets_that_are_pinned_far_from_a_door_stay_there() -> None:
    problem = replace(asked(26_000), toilets_by_doors=False)
    question = prepare(problem).questions[0]
    far = next(m for m in question.modes["wc"] if m.runs[0].ta == 1 and m.runs[0].tb + m.runs[0].lo < 60)
    pinned = replace(asked(26_000), pins=(Pinned(element="wc", pose=far.pose(far.runs[0].lo)),))
    assert solve(pinned, Effort(seconds=20, seed=1)).layout is not None


def test_where_nothing_fits_so_the_toilets_may_stand_farther_off() -> None:
    """Banks pinned in the middle of both long walls leave the toilets the ends alone."""
    problem = replace(
        asked(25_000), programme=replace(asked(25_000).programme, banks=(bank("A", 4), bank("B", 4)), flows=(flow("A", "B"),))
    )
    question = prepare(problem).questions[0]
    assert question.by_doors
    pins = []
    for e, sign in (("A", 1), ("B", -1)):
        found = next(m for m in question.modes[e] if m.axis == "y" and m.sign == sign)
        pins.append(Pinned(element=e, pose=found.pose(170)))
    pinned = replace(problem, pins=tuple(pins))
    placed = solve(pinned, Effort(seconds=20, seed=1))
    assert placed.layout is not None
    (toilets,) = (p for p in placed.poses if p.element == "wc")
    assert not any(same_mode(m, toilets) and r.lo <= toilets.u_dm <= r.hi for m in question.modes["wc"] for r in m.runs)
