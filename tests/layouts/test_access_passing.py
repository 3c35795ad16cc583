"""Passing places, pinches and turns, in corridors whose answers are known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import LineString
from shapely.geometry import Polygon as Shape

from layouts.access_passing import (
    dead_ends_leave_room_to_turn,
    pinch_is_forgiven,
    pinches,
    turns_round_narrow_things_are_wide,
    wheelchairs_can_pass,
)
from layouts.access_question import AccessQuestion
from layouts.access_routes import everything_public_is_reached, routes_are_wide_enough
from layouts.findings import Finding
from layouts.layout import Item
from layouts.programme import Flow, Programme
from layouts.standards import profile
from tests.layouts.centre import RULES
from tests.layouts.halls import a_corridor, block, box, kiosk


def a_question(width: int, length: int, *items: Item, stops: tuple[str, ...] = ("k",), of: str = "ada-2010") -> AccessQuestion:
    level, layout = a_corridor(width=width, length=length, items=items)
    flows = (Flow(service="s", visitors_per_day=1, stops=stops),)
    return AccessQuestion(
        level=level,
        layout=layout,
        programme=Programme(banks=(), rooms=(), islands=(), flows=flows, rules=RULES),
        profile=profile(of),
    )


def statuses(found: tuple[Finding, ...]) -> set[str]:
    return {f.status for f in found}


def at_the_end(length: int, width: int) -> Item:
    return kiosk("k", length - 2000, width - 100, size=100)


def test_a_wide_corridor_is_a_passing_place_all_along() -> None:
    found = wheelchairs_can_pass(a_question(2000, 90_000, at_the_end(90_000, 2000)))
    assert statuses(found) == {"pass"}
    assert found[0].measured == pytest.approx(0, abs=0.1)


def test_ninety_metres_of_narrow_corridor_need_a_place_to_pass() -> None:
    (found, *_) = wheelchairs_can_pass(a_question(1400, 90_000, at_the_end(90_000, 1400)))
    assert found.status == "fail"
    assert found.measured == pytest.approx(89.8, abs=2)
    assert found.witness[0].kind == "route"


def test_fifty_metres_do_not() -> None:
    assert statuses(wheelchairs_can_pass(a_question(1400, 50_000, at_the_end(50_000, 1400)))) == {"pass"}


def with_a_neck(width: int, long: int) -> AccessQuestion:
    """A corridor of 2 m that narrows to `width` over `long` mm."""
    walls = (
        block("a", box(10_000, 0, 10_000 + long, 1000 - width // 2)),
        block("b", box(10_000, 1000 + width // 2, 10_000 + long, 2000)),
    )
    return a_question(2000, 20_000, at_the_end(20_000, 2000), *walls)


@pytest.mark.parametrize(("width", "long", "status"), [(860, 500, "pass"), (860, 900, "fail"), (780, 500, "fail")])
def test_a_short_pinch_is_forgiven_a_long_or_tight_one_is_not(width: int, long: int, status: str) -> None:
    question = with_a_neck(width, long)
    assert statuses(everything_public_is_reached(question)) == {status}
    assert statuses(routes_are_wide_enough(question)) == {status}


def test_where_the_profile_forgives_none_a_pinch_fails() -> None:
    question = replace(with_a_neck(860, 500), profile=profile("un-escwa"))
    assert statuses(everything_public_is_reached(question)) == {"fail"}


def test_a_pinch_is_as_long_as_it_is_narrow() -> None:
    neck = Shape(box(0, 0, 20_000, 2000)).difference(Shape(box(10_000, 0, 10_500, 570)))
    neck = neck.difference(Shape(box(10_000, 1430, 10_500, 2000)))
    ((start, end, least),) = pinches(LineString([(0, 1000), (20_000, 1000)]), neck, 915)
    assert least == pytest.approx(860, abs=2)
    assert end - start == pytest.approx(500, abs=40)
    assert start == pytest.approx(10_000, abs=20)


def test_pinches_that_stand_close_are_not_forgiven() -> None:
    near = ((0.0, 400.0, 850.0), (1000.0, 1400.0, 850.0))
    far = ((0.0, 400.0, 850.0), (1700.0, 2100.0, 850.0))
    assert not pinch_is_forgiven(near, width=815, length=610, apart=1220)
    assert pinch_is_forgiven(far, width=815, length=610, apart=1220)


def round_a_wall(gap: int, thick: int = 100) -> AccessQuestion:
    """Two machines on either side of a wall whose end leaves `gap` to the corridor's end."""
    south, north = kiosk("k", 8000, 200, 180, 100), kiosk("m", 8000, 5800, 0, 100)
    wall = block("w", box(2000, 3000 - thick // 2, 15_000 - gap, 3000 + thick // 2))
    shut, end = block("shut", box(1900, 3000, 2000, 6000)), block("end", box(15_000, 0, 15_100, 6000))
    return a_question(6000, 20_000, south, north, wall, shut, end, stops=("k", "m"))


def test_a_turn_back_round_a_thin_wall_needs_more_width() -> None:
    assert "fail" in statuses(turns_round_narrow_things_are_wide(round_a_wall(1000)))
    assert statuses(turns_round_narrow_things_are_wide(round_a_wall(1500))) <= {"pass"}


def test_a_turn_round_something_thick_is_none() -> None:
    assert statuses(turns_round_narrow_things_are_wide(round_a_wall(1000, thick=1800))) == {"not_applicable"}


def test_a_straight_way_turns_round_nothing() -> None:
    found = turns_round_narrow_things_are_wide(a_question(2000, 20_000, at_the_end(20_000, 2000)))
    assert statuses(found) == {"not_applicable"}


def in_an_alley(deep: int, width: int = 1510) -> AccessQuestion:
    """A hall of 6 m with a blind alley in its upper corner, so many mm deep; a machine at its end faces its mouth."""
    low = 6000 - width
    walls = (block("a", box(13_900 - deep, low - 500, 14_100, low)), block("b", box(14_000, low, 14_100, 6000)))
    return a_question(6000, 20_000, kiosk("k", 13_900, 6000 - width // 2, 270, size=100), *walls, of="iraq-default")


@pytest.mark.parametrize(("deep", "width", "status"), [(5900, 1510, "fail"), (2000, 1510, "pass"), (5900, 1600, "pass")])
def test_out_of_a_blind_alley_too_narrow_to_turn_in_one_backs_a_little_way_at_most(deep: int, width: int, status: str) -> None:
    (found,) = dead_ends_leave_room_to_turn(in_an_alley(deep, width))
    assert (found.status, found.unit, found.where) == (status, "m", ("k",))
    stands, mouth = 750, 650  # before the machine's front; a circle before the alley reaches so far into its mouth
    assert found.measured == pytest.approx(0.0 if width > 1525 else (deep - stands - mouth) / 1000, abs=0.05)


def test_where_no_profile_speaks_of_dead_ends_they_are_told_as_not_checked() -> None:
    question = replace(in_an_alley(2000), profile=profile("uk-adm"))
    assert statuses(dead_ends_leave_room_to_turn(question)) == {"not_checked"}
