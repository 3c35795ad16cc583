"""Egress rules: every one allows a sound hall and refuses one thing made wrong in it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from shapely.geometry import Polygon as Shape

from exports.words import sentence_for
from layouts import egress
from layouts.egress import EGRESS_RULES, EgressQuestion, EgressRule, check_egress, egress_max_m
from layouts.standards import profile, profile_ids
from layouts.travel import farthest_walk
from tests.layouts.centre import a_centre, seats, with_door
from tests.layouts.halls import area, box, door


def a_question(*, crowd: bool = True) -> EgressQuestion:
    """The small centre; with a crowd its load passes 50, so that two exits are required."""
    level, layout, programme = a_centre()
    if crowd:
        layout = replace(layout, items=(*layout.items, *seats("more", 5500, 400, 10, 2)))
    return EgressQuestion(
        level=level,
        layout=layout,
        programme=programme,
        profile=profile("ibc-2021"),
        access_profile=profile("iraq-default"),
    )


def with_level(q: EgressQuestion, **changes: object) -> EgressQuestion:
    return replace(q, level=replace(q.level, **changes))  # type: ignore[arg-type]


def one_door(q: EgressQuestion) -> EgressQuestion:
    return with_level(q, doors=tuple(d for d in q.level.doors if d.id != "out"))


def exit_beside_entrance(q: EgressQuestion) -> EgressQuestion:
    return with_level(q, doors=with_door(q.level, door("out", "exit", (0, 10_000), (0, 11_600))))


def far_away(q: EgressQuestion) -> EgressQuestion:
    return with_level(q, outline=box(0, 0, 90_000, 16_000), doors=with_door(q.level, q.level.doors[0]))


def tiny_exits(q: EgressQuestion) -> EgressQuestion:
    doors = (replace(q.level.doors[0], clear_mm=100), replace(q.level.doors[1], clear_mm=100))
    return with_level(q, doors=doors)


def leaf_in(q: EgressQuestion) -> EgressQuestion:
    return with_level(q, doors=with_door(q.level, replace(q.level.doors[1], swing="in")))


def tight_rows(q: EgressQuestion) -> EgressQuestion:
    moved = seats("tight", 5500, 4500, 3, 1)
    return replace(q, layout=replace(q.layout, items=(*q.layout.items, *moved)))


def a_long_arm(q: EgressQuestion) -> EgressQuestion:
    """An arm of 30 m, 2 m wide, goes off the hall to the south."""
    outline = ((0, 0), (9000, 0), (9000, -30_000), (11_000, -30_000), (11_000, 0), (20_000, 0), (20_000, 16_000), (0, 16_000))
    return with_level(
        replace(q, layout=replace(q.layout, public=(*q.layout.public, area(9000, -30_000, 11_000, 0)))), outline=outline
    )


BREAKERS: dict[EgressRule, Callable[[EgressQuestion], EgressQuestion]] = {
    egress.enough_exits: one_door,
    egress.exits_are_remote: exit_beside_entrance,
    egress.travel_is_short: lambda q: far_away(one_door(q)),
    egress.common_paths_are_short: a_long_arm,
    egress.dead_ends_are_short: a_long_arm,
    egress.exits_are_wide_enough_together: tiny_exits,
    egress.egress_doors_are_wide_enough: tiny_exits,
    egress.egress_doors_swing_out: leaf_in,
    egress.every_seat_can_leave: tight_rows,
}


def test_every_rule_is_tested_in_both_ways() -> None:
    assert set(BREAKERS) == set(EGRESS_RULES)


@pytest.mark.parametrize("rule", EGRESS_RULES, ids=lambda r: r.__name__)
def test_a_sound_hall_is_allowed(rule: EgressRule) -> None:
    assert {f.status for f in rule(a_question())} == {"pass"}


@pytest.mark.parametrize("rule", EGRESS_RULES, ids=lambda r: r.__name__)
def test_one_thing_made_wrong_is_refused(rule: EgressRule) -> None:
    assert "fail" in {f.status for f in rule(BREAKERS[rule](a_question()))}


def test_exits_by_load_follow_the_table() -> None:
    ibc = profile("ibc-2021")
    assert [egress.exits_required(ibc, n) for n in (49, 50, 500, 501, 1000, 1001)] == [1, 2, 2, 3, 3, 4]


def test_load_counts_seats_staff_and_the_gross_floor() -> None:
    load = egress.occupant_load(a_question(crowd=False))
    assert (load.seats, load.bays, load.staff, load.standing) == (20, 1, 4, 0)
    assert load.others == math.ceil((20 * 16 - 0.16) / 13.9)
    assert load.persons == 20 + 1 + 4 + load.others


def test_what_is_counted_adds_up_to_the_load_and_is_told_with_it() -> None:
    (found,) = egress.enough_exits(a_question(crowd=True))
    values = found.values
    assert values["load"] == sum(values[k] for k in ("seats", "bays", "staff", "standing", "others"))
    assert f"for {values['load']} persons" in sentence_for(found)


def test_the_farthest_walk_over_an_empty_hall_is_the_straight_line_to_its_far_corner() -> None:
    travel = farthest_walk(Shape(box(0, 0, 20_000, 10_000)), [(0.0, 5000.0)])
    assert travel is not None
    assert travel.length_mm == pytest.approx(math.dist((0, 5000), (20_000, 0)), rel=0.02)


def test_the_farthest_walk_goes_round_a_wall() -> None:
    hall = Shape(box(0, 0, 20_000, 10_000)).difference(Shape(box(10_000, 0, 10_200, 9000)))
    travel = farthest_walk(hall, [(0.0, 0.0)])
    assert travel is not None
    round_the_wall = math.dist((0, 0), (10_000, 9000)) + 200 + math.dist((10_200, 9000), (20_000, 0))
    assert travel.length_mm == pytest.approx(round_the_wall, rel=0.02)


def test_floor_without_a_way_out_is_told() -> None:
    hall = Shape(box(0, 0, 20_000, 10_000)).difference(Shape(box(10_000, 0, 10_200, 10_000)))
    travel = farthest_walk(hall, [(0.0, 5000.0)])
    assert travel is not None
    assert travel.cut_off_mm2 == pytest.approx(9.8 * 10 * 1e6, rel=0.03)


def test_the_figure_for_the_measures_is_the_one_checked() -> None:
    question = a_question()
    (first, second) = egress.travel_is_short(question)
    assert first.measured == pytest.approx(egress_max_m(question), abs=1e-3)
    assert (first.required, second.required, second.profile) == (61, 45, "iraq-default")


def test_what_a_plan_does_not_show_is_not_checked() -> None:
    found = check_egress(a_question())
    assert {f.code for f in found if f.status == "not_checked"} == set(egress.OUT_OF_SIGHT)


def test_every_profile_can_be_read_and_says_how_sure_it_is() -> None:
    for profile_id in profile_ids():
        for rule in profile(profile_id).rules.values():
            assert rule.certainty in ("read", "from_memory", "default")
            assert rule.clause and rule.source and rule.unit
    assert {"ada-2010", "ibc-2021", "iraq-default", "uk-adm", "un-escwa"} <= set(profile_ids())
