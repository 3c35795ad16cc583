"""The only toilets stand near entrance and exit too, where that can be."""

from __future__ import annotations

from dataclasses import replace

from solvers.effort import Effort
from solvers.placement.prepare import prepare
from solvers.placement.problem import Pinned
from solvers.placement.solve import solve
from solvers.placement.toilet_places import near_both_ends
from tests.builders_placement import RULES, a_problem, bank, flow, room, straight_hall
from tests.solvers.placement.handmade import inside, mode

HALL = straight_hall(12_000, 40_000)


def asked(most_mm: int, **rest):
    rules = replace(RULES, toilet_distance_mm=most_mm)
    toilets = room("wc", kind="toilets")
    return a_problem(bank("A", 2), toilets, flows=(flow("A"),), level=HALL, rules=rules, **rest)


def places(problem) -> set[int]:
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
    assert solve(pinned, Effort(seconds=3, seed=1)).layout is not None


def test_where_nothing_fits_so_the_toilets_may_stand_farther_off() -> None:
    """Banks pinned in the middle of both long walls leave the toilets the ends alone."""
    problem = replace(
        asked(21_000), programme=replace(asked(21_000).programme, banks=(bank("A", 4), bank("B", 4)), flows=(flow("A", "B"),))
    )
    question = prepare(problem).questions[0]
    pins = []
    for e, sign in (("A", 1), ("B", -1)):
        found = next(m for m in question.modes[e] if m.axis == "y" and m.sign == sign and any(r.lo <= 165 <= r.hi for r in m.runs))
        pins.append(Pinned(element=e, pose=found.pose(165)))
    pinned = replace(problem, pins=tuple(pins))
    placed = solve(pinned, Effort(seconds=4, seed=1))
    assert placed.layout is not None
    assert not any(lane.by_doors for lane in prepare(replace(pinned, toilets_by_doors=False)).questions)
