"""Why a tiny hall holds no layout, told by the name of what stands in the way."""

from __future__ import annotations

from dataclasses import replace

from solvers.effort import Cancel
from solvers.placement.explain import explain
from solvers.placement.prepare import prepare
from solvers.placement.problem import PlacementProblem
from solvers.placement.solve import solve
from solvers.placement.wish import Wish
from tests.builders_placement import QUICK, a_problem, bank, straight_hall
from tests.solvers.placement.problems import faults


def reasons(problem: PlacementProblem) -> dict[str, dict[str, object]]:
    placement = solve(problem, QUICK)
    assert placement.layout is None and placement.record.status == "infeasible"
    assert faults(problem, placement) == []
    return dict(placement.missing.reasons)


def test_a_missing_staff_door_is_named() -> None:
    assert "placement.no_staff_door" in reasons(a_problem(bank("A"), level=straight_hall(staff_doors=())))


def test_a_programme_larger_than_the_floor_is_named_with_both_areas() -> None:
    told = reasons(a_problem(*(bank(name, 6) for name in "ABCDE")))["placement.larger_than_floor"]
    assert told["need_m2"] > told["floor_m2"] == 168.0


def test_a_module_that_fits_nowhere_is_named() -> None:
    problem = a_problem(bank("A", 12), bank("B"))
    assert reasons(problem)["placement.fits_nowhere"] == {"modules": "A"}
    assert solve(problem, QUICK).missing.elements == ("A",)


def test_modules_that_fit_nowhere_are_named_in_one_sentence() -> None:
    problem = a_problem(bank("A", 12), bank("B"), bank("C", 13))
    told = [values for code, values in solve(problem, QUICK).missing.reasons if code == "placement.fits_nowhere"]
    assert told == [{"modules": "A, C"}]


def test_what_a_wish_keeps_off_every_wall_lacks_no_room_there() -> None:
    """A bank kept off everywhere: to make it smaller would help nobody. One too long for any wall is still told."""
    everywhere = Wish(
        id="off", kind="keep_out", module="B", area=((-1000, -1000), (40_000, -1000), (40_000, 40_000), (-1000, 40_000))
    )
    problem = replace(a_problem(bank("A", 12), bank("B")), wishes=(everywhere,))
    found = explain(problem, prepare(problem), QUICK, None, proven=True, lacking=("A", "B"))
    assert dict(found.reasons)["placement.fits_nowhere"] == {"modules": "A"} and set(found.elements) == {"A", "B"}


def test_modules_that_fit_nowhere_are_not_told_again_as_left_out() -> None:
    problem = a_problem(bank("A", 12), bank("B"))
    told = [code for code, _ in explain(problem, prepare(problem), QUICK, None, proven=True, lacking=("A",)).reasons]
    assert "placement.fits_nowhere" in told and "placement.left_out" not in told


def test_of_many_modules_those_that_cover_most_are_named_and_the_others_counted() -> None:
    """Without a staff door no counter fits anywhere: eight banks are not told in a row."""
    names = "ABCDEFGH"
    problem = a_problem(*(bank(name, 3 if name in "GH" else 2) for name in names), level=straight_hall(staff_doors=()))
    found = explain(problem, prepare(problem), QUICK, None, proven=True, lacking=tuple(names))
    assert dict(found.reasons)["placement.fits_nowhere_many"] == {"modules": "G, H, A, B, C, D", "more": 2}
    assert set(found.elements) == set(names), "all are told to whoever asks for them"


def test_too_little_wall_for_the_counters_is_named_with_both_lengths() -> None:
    told = reasons(a_problem(*(bank(name, 5) for name in "ABCD")))["placement.frontage"]
    assert told["need_m"] == 4 * 8.2 and told["offered_m"] < told["need_m"]


def test_what_leaves_out_more_than_half_for_want_of_time_names_no_culprit() -> None:
    problem, most = a_problem(*(bank(name, 5) for name in "ABCD")), ("A", "B", "C")
    told = {
        proven: {code for code, _ in explain(problem, prepare(problem), QUICK, None, proven=proven, lacking=most).reasons}
        for proven in (True, False)
    }
    assert "placement.left_out" in told[True] and "placement.left_out" not in told[False]


def test_what_leaves_out_everything_names_no_culprit() -> None:
    problem, stopped = a_problem(*(bank(name, 5) for name in "ABCD")), Cancel()
    stopped.set()  # nothing fuller is looked for
    told = {
        lacking: explain(problem, prepare(problem), QUICK, stopped, proven=True, lacking=tuple(lacking))
        for lacking in ("ABCD", "A")
    }
    assert set(told["ABCD"].elements) == set("ABCD")
    assert {lacking: "placement.left_out" in dict(each.reasons) for lacking, each in told.items()} == {"ABCD": False, "A": True}


def test_what_the_fullest_layout_leaves_out_is_named() -> None:
    told = reasons(a_problem(*(bank(name, 5) for name in "ABCD")))["placement.left_out"]
    assert set(told["modules"].split(", ")) < set("ABCD")


def test_a_hall_too_narrow_for_any_spine_is_named() -> None:
    told = reasons(a_problem(level=straight_hall(1700, way_x=850)))
    assert told == {"placement.no_spine": {"least_width_mm": 1800}}
