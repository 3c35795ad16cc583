"""Told before any solve: proofs that nothing fits, and hints of what will be tight."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import pytest

from layouts.plan import Level
from solvers.placement.explain import explain
from solvers.placement.prepare import prepare
from solvers.placement.problem import Pinned, PlacementProblem, Pose
from solvers.placement.upfront import Reason, impossible, tight
from solvers.placement.wish import Wish
from tests.builders_placement import QUICK, a_problem, bank, box, door, room, small_centre, small_placement, straight_hall

SEATED = bank("A", 2, seats=8, bays=1)


def wall_across(gap: tuple[int, int] | None = None) -> PlacementProblem:
    """The straight hall with a solid wall from side to side, with a gap or without."""
    a, b = gap or (12_000, 12_000)
    rings = [box(0, 7000, a, 7300), *([box(b, 7000, 12_000, 7300)] if b < 12_000 else [])]
    return a_problem(SEATED, level=straight_hall(obstacles=tuple(rings)))


def code_and_values(reasons: tuple[Reason, ...]) -> dict[str, dict[str, str | int | float]]:
    return dict(reasons)


def test_nothing_is_told_against_a_sound_question() -> None:
    assert impossible(small_centre()) == ()


def test_a_floor_in_pieces_is_told() -> None:
    told = code_and_values(impossible(wall_across()))
    assert told["placement.floor_in_pieces"]["pieces"] == 2


def test_a_way_narrower_than_the_narrowest_aisle_is_told_with_its_width() -> None:
    told = code_and_values(impossible(wall_across((5400, 6600))))
    assert told["placement.way_too_narrow"]["width_mm"] == pytest.approx(1200, abs=10)
    assert told["placement.way_too_narrow"]["least_width_mm"] == 1800


def test_where_the_widest_way_is_narrowest_is_told() -> None:
    told = code_and_values(impossible(wall_across((5400, 6600))))["placement.way_too_narrow"]
    assert (told["x_m"], told["y_m"]) == (pytest.approx(6.0, abs=0.1), pytest.approx(7.1, abs=0.2))


def test_a_way_too_narrow_over_a_length_is_told_at_its_middle() -> None:
    corridor = straight_hall(obstacles=(box(0, 5000, 5400, 9000), box(6600, 5000, 12_000, 9000)))
    told = code_and_values(impossible(a_problem(SEATED, level=corridor)))["placement.way_too_narrow"]
    assert (told["x_m"], told["y_m"]) == (pytest.approx(6.0, abs=0.1), pytest.approx(7.0, abs=0.2))


def test_doors_narrower_than_the_aisle_are_told_there() -> None:
    """A lobby as narrow as its door: no wider disc comes in at all."""
    lobby = straight_hall(obstacles=(box(0, 0, 5400, 2000), box(6600, 0, 12_000, 2000)))
    told = code_and_values(impossible(a_problem(SEATED, level=lobby)))["placement.way_too_narrow"]
    assert told["y_m"] <= 2.0


def test_a_way_as_wide_as_the_aisle_is_not_told() -> None:
    assert impossible(wall_across((5000, 6900))) == ()


def with_staff_door(p: tuple[int, int], q: tuple[int, int]) -> PlacementProblem:
    level = straight_hall(staff_doors=())
    return a_problem(SEATED, level=replace(level, doors=(*level.doors, door("staff", "staff", p, q))))


def test_a_staff_door_in_the_middle_of_the_hall_is_on_no_wall() -> None:
    told = code_and_values(impossible(with_staff_door((4000, 7000), (5000, 7000))))
    assert told["placement.staff_door_off_wall"]["away_mm"] == 4500


def test_a_staff_door_between_two_public_doors_is_on_no_arc() -> None:
    problem = with_staff_door((7500, 0), (8300, 0))
    crowded = replace(problem.level, doors=(*problem.level.doors, door("in2", "entrance", (8600, 0), (10_000, 0))))
    told = code_and_values(impossible(replace(problem, level=crowded)))
    assert told["placement.staff_door_on_no_arc"]["offered_m"] == pytest.approx(1.7, abs=0.1)


def test_a_second_staff_door_that_serves_is_enough() -> None:
    problem = with_staff_door((4000, 7000), (5000, 7000))
    better = replace(problem.level, doors=(*problem.level.doors, door("good", "staff", (0, 2400), (0, 1400))))
    assert impossible(replace(problem, level=better)) == ()


def test_counters_without_any_staff_door_are_told() -> None:
    told = code_and_values(impossible(a_problem(SEATED, level=straight_hall(staff_doors=()))))
    assert told["placement.no_staff_door"] == {"level": "0"}


def pinned_at(element: str, u_dm: int) -> Pinned:
    pose = Pose(
        element=element, baseline="w0", axis="x", u_dm=u_dm, back_dm=0, sign=1, length_dm=30, setback_dm=0, variant="room20",
        room_depth_dm=20,
    )  # fmt: skip
    return Pinned(element=element, pose=pose)


def test_pins_on_the_same_ground_are_told_with_the_ground_they_share() -> None:
    problem = a_problem(room("a"), room("b"))
    told = code_and_values(impossible(replace(problem, pins=(pinned_at("a", 0), pinned_at("b", 20)))))
    assert told["placement.pins_overlap"] == {"one": "a", "other": "b", "area_m2": 2.0}
    assert impossible(replace(problem, pins=(pinned_at("a", 0), pinned_at("b", 30)))) == ()


def test_the_pins_of_a_layout_that_was_found_do_not_overlap() -> None:
    problem, placement = small_placement()
    pins = tuple(Pinned(element=p.element, pose=p) for p in placement.poses)
    assert impossible(replace(problem, pins=pins)) == ()


def test_one_staff_door_for_many_counters_is_a_hint() -> None:
    banks = [bank(f"b{k}", 4) for k in range(3)]
    told = code_and_values(tight(a_problem(*banks)))
    assert told["placement.one_side_only"]["door"] == "staff-left"
    assert tight(a_problem(*banks, level=straight_hall(staff_doors=("left", "right")))) == ()


def test_two_staff_doors_on_one_side_open_no_wall_more_than_one() -> None:
    """The second door lies in the same stretch of wall between the entrance and the exit: what it offers is there already."""
    level = straight_hall()
    level = replace(level, doors=(*level.doors, door("staff-more", "staff", (0, 9000), (0, 8000))))
    banks = [bank(f"b{k}", 4) for k in range(3)]
    alone, both = (code_and_values(tight(a_problem(*banks, level=each))) for each in (straight_hall(), level))
    assert both["placement.one_side_only"] == alone["placement.one_side_only"] | {"door": "staff-left, staff-more"}

    def why(level: Level) -> dict[str, dict[str, str | int | float]]:
        asked = a_problem(*(bank(name, 5) for name in "ABCD"), level=level)
        return code_and_values(explain(asked, prepare(asked), QUICK, None, proven=True, lacking=("A",)).reasons)

    assert why(level)["placement.frontage"] == why(straight_hall())["placement.frontage"], "no wall is counted twice"
    assert "placement.one_staff_door" not in why(level), "said already, with its lengths"


def test_a_shallow_hall_is_a_hint() -> None:
    told = code_and_values(tight(a_problem(SEATED, level=straight_hall(7000, 30_000, way_x=5500))))
    assert told["placement.too_shallow"]["offered_m"] == 7.0


def wanting(near_m: float, apart_m: float) -> PlacementProblem:
    """Toilets and the bank are wanted near one another and apart."""
    near = Wish(id="close by", kind="near", module="A", other="toilets", within_m=near_m)
    apart = Wish(id="not there", kind="apart", module="toilets", other="A", within_m=apart_m)
    return replace(a_problem(SEATED, room("toilets", 20.0)), wishes=(near, apart))


def test_wishes_that_want_two_modules_nearer_than_apart_are_told() -> None:
    (told,) = impossible(wanting(1.0, 8.0))
    values = {"wishes": "close by, not there", "module": "A", "other": "toilets", "near_m": 1.0, "apart_m": 8.0}
    assert told == ("placement.clash_of_two", values)
    assert code_and_values(impossible(wanting(0.05, 0.0)))["placement.clash_of_two"]["apart_m"] == 0.1  # must not touch


def test_a_wish_for_more_distance_than_the_floor_has_is_told() -> None:
    (told,) = impossible(wanting(99.0, 90.0))
    xs, ys = zip(*wanting(0, 0).level.outline)
    assert told[0] == "placement.clash_of_floor" and told[1]["wishes"] == "not there" and told[1]["apart_m"] == 90.0
    assert told[1]["floor_m"] == pytest.approx(hypot(max(xs) - min(xs), max(ys) - min(ys)) / 1000, abs=0.05)
    assert impossible(wanting(99.0, float(told[1]["floor_m"]) - 0.1)) == ()


def test_wishes_that_leave_a_distance_for_both_are_not_told() -> None:
    assert impossible(wanting(8.0, 1.0)) == () and impossible(wanting(2.0, 2.0)) == ()
    lone = wanting(1.0, 8.0)
    assert impossible(replace(lone, wishes=lone.wishes[1:])) == ()
