"""The check that follows the hand says what the whole check says, and tells what a move brought about."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.access import check_access
from layouts.egress import EgressQuestion, check_egress
from layouts.geometry import polygon_shape, ring_shape, to_polygons, union
from layouts.ground import Ground
from layouts.layout import Item, LevelLayout
from layouts.live import LiveCheck, live_check, shifted
from layouts.programme import Programme
from layouts.routes import find_routes
from layouts.standards import profile
from tests.layouts.centre import RULES, a_centre, a_large_centre
from tests.layouts.halls import block, box
from tests.layouts.test_screening import FLOWS, screened

ACCESS, EGRESS = profile("iraq-default"), profile("ibc-2021")


def a_check(*, large: bool = False) -> LiveCheck:
    level, layout, programme = a_large_centre() if large else a_centre()
    return live_check(level, layout, programme, access=ACCESS, egress=EGRESS)


def anew(live: LiveCheck) -> LiveCheck:
    """The whole check of the same layout, nothing carried over."""
    return live_check(live.level, live.layout, live.programme, access=live.access, egress=live.egress)


def test_it_finds_what_the_checks_of_access_and_egress_find() -> None:
    live = a_check()
    egress = EgressQuestion(
        level=live.level, layout=live.layout, programme=live.programme, profile=EGRESS, access_profile=ACCESS
    )
    assert live.findings == (
        *check_access(live.level, live.layout, live.programme, ACCESS),
        *check_egress(egress),
    )
    clear = live.programme.rules.clear_width_mm
    assert live.routes == find_routes(live.level, live.layout, live.programme.flows, clear_width_mm=clear)


MOVES = st.tuples(
    st.integers(0, 10_000), st.integers(-60, 60).map(lambda n: n * 100), st.integers(-60, 60).map(lambda n: n * 100),
    st.sampled_from([0.0, 0.0, 90.0, 33.0]),
)  # fmt: skip


def moved_one(items: tuple[Item, ...], move: tuple[int, int, int, float]) -> Item:
    which, dx, dy, turn = move
    return shifted(items[which % len(items)], dx_mm=dx, dy_mm=dy, turn_deg=turn)


@settings(max_examples=25, deadline=None)
@given(st.lists(MOVES, min_size=1, max_size=4))
def test_any_moves_one_after_the_other_give_what_a_new_check_gives(moves: list[tuple[int, int, int, float]]) -> None:
    live = a_check()
    for move in moves:
        live = live.moved(moved_one(live.layout.items, move))
    fresh = anew(live)
    assert live.findings == fresh.findings
    assert live.routes == fresh.routes


HALL = screened()


@settings(max_examples=12, deadline=None)
@given(st.lists(MOVES, min_size=1, max_size=4))
def test_moves_beside_screening_and_of_its_gates_and_screens_give_what_a_new_check_gives(moves: list[tuple[int, int, int, float]]) -> None:  # fmt: skip # noqa: E501
    programme = Programme(banks=(), rooms=(), islands=(), flows=FLOWS, rules=RULES)
    live = live_check(*HALL, programme, access=ACCESS, egress=EGRESS)
    for move in moves:
        live = live.moved(moved_one(live.layout.items, move))
    assert live.findings == anew(live).findings


@settings(max_examples=4, deadline=None)
@given(MOVES)
def test_a_move_in_a_large_hall_gives_what_a_new_check_gives(move: tuple[int, int, int, float]) -> None:
    live = a_check(large=True)
    after = live.moved(moved_one(live.layout.items, move))
    fresh = anew(after)
    assert after.findings == fresh.findings
    assert after.routes == fresh.routes


CUTS = st.tuples(st.integers(0, 40), st.integers(0, 30), st.integers(2, 12), st.booleans())


def with_staff_floor(layout: LevelLayout, cut: tuple[int, int, int, bool]) -> LevelLayout:
    """The layout with a square of its floor given to the staff, or taken from them."""
    x, y, side, given = cut
    square = ring_shape(box(500 * x, 500 * y, 250 * side, 250 * side))
    staff = union(polygon_shape(p) for p in layout.staff)
    staff = staff.union(square) if given else staff.difference(square)
    public = union(polygon_shape(p) for p in layout.public).difference(staff)
    return replace(layout, staff=to_polygons(staff), public=to_polygons(public))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(MOVES, CUTS), min_size=1, max_size=3))
def test_other_areas_of_staff_give_what_a_new_check_gives(steps: list[tuple[Any, Any]]) -> None:
    live = a_check()
    for move, cut in steps:
        item = moved_one(live.layout.items, move)
        items = tuple(item if i.id == item.id else i for i in live.layout.items)
        live = live.of(with_staff_floor(replace(live.layout, items=items), cut))
    fresh = anew(live)
    assert live.findings == fresh.findings
    assert live.routes == fresh.routes


WAYS_OUT = ("egress.travel_distance", "egress.common_path", "egress.dead_end")


@settings(max_examples=10, deadline=None)
@given(st.lists(MOVES, min_size=1, max_size=3))
def test_while_dragging_only_the_ways_out_wait(moves: list[tuple[int, int, int, float]]) -> None:
    live = a_check()
    for move in moves:
        live = live.moved(moved_one(live.layout.items, move), dragging=True)
    fresh = anew(live)
    assert [f for f in live.findings if f.code not in WAYS_OUT] == [f for f in fresh.findings if f.code not in WAYS_OUT]
    assert {f.status for f in live.findings if f.code in WAYS_OUT} == {"not_checked"}
    assert live.moved().findings == fresh.findings, "let go, all of it is checked"


def test_a_thing_added_and_taken_away_again_leaves_the_check_as_it_was() -> None:
    live = a_check()
    wall = block("wall", box(5000, 6000, 5100, 12_000))
    blocked = live.moved(wall)
    assert blocked.findings != live.findings
    assert blocked.moved(taken=("wall",)).findings == live.findings


def test_moves_one_after_the_other_leave_no_ground_behind() -> None:
    """Each check knew the one before, which knew the one before it: some megabytes more with every move of the hand. And what
    is let go goes at once, without a collector that looks through all there is."""

    def grounds() -> int:
        return sum(isinstance(thing, Ground) for thing in gc.get_objects())

    live = a_check()
    gc.collect()
    before = grounds()
    gc.disable()
    try:
        for k in range(5):
            live = live.moved(shifted(live.layout.items[k], dx_mm=100))
        after = grounds()
    finally:
        gc.enable()
    assert after == before
    assert live.findings == anew(live).findings


def test_a_thing_put_into_the_only_entrance_is_told_and_taken_back() -> None:
    """Nothing is reached any more: there is no floor to walk on, at any width."""
    live = a_check()
    shut = live.moved(block("lid", box(10, 6900, 400, 9100)))
    assert [f.status for f in shut.findings if f.code == "access.reached"].count("fail") > 3
    assert shut.findings == anew(shut).findings
    assert shut.moved(taken=("lid",)).findings == live.findings


def test_a_wall_through_the_staff_floor_is_told_and_taken_back() -> None:
    """Desks are known to be reached from before; the wall keeps staff from them though none of the desks moved."""
    live = a_check().moved(shifted(a_check().item("s0-0"), dx_mm=-100))
    shut = live.moved(block("wall", box(5000, 12_100, 5100, 16_000)))
    again = shut.moved(shifted(shut.item("s0-1"), dy_mm=-100))
    for check in (live, shut, again):
        assert check.findings == anew(check).findings
    assert [[f.status for f in c.findings if f.code == "access.staff_reached"].count("fail") for c in (live, again)] == [0, 3]
    assert again.moved(taken=("wall",)).moved(live.item("s0-1")).findings == live.findings


def test_the_news_of_a_move_are_the_failures_it_brought() -> None:
    live = a_check()
    column = block("crate", box(6700, 11_000, 7000, 11_300))
    blocked = live.moved(column)
    news = blocked.news(live)
    assert {f.code for f in news.failing} >= {"access.clear_floor_free"}
    assert news.mended == ()
    assert live.news(blocked).mended == news.failing


def test_a_thing_shifted_takes_its_zones_and_its_insert_along() -> None:
    counter = a_check().item("n1")
    there = shifted(counter, dx_mm=100, dy_mm=-200, turn_deg=90)
    assert there.insert_mm == (counter.insert_mm[0] + 100, counter.insert_mm[1] - 200)
    assert there.rotation_deg == 90.0
    assert [z.use for z in there.clear_zones] == [z.use for z in counter.clear_zones]
    back = shifted(shifted(there, turn_deg=-90), dx_mm=-100, dy_mm=200)
    assert back == replace(counter, rotation_deg=0.0)


def test_an_item_that_is_not_there_cannot_be_found() -> None:
    with pytest.raises(KeyError):
        a_check().item("nobody")


def test_a_blocked_way_is_shown_with_its_line_and_the_gap_in_it() -> None:
    """Two walls leave 800 mm between them on the way from the entrance to everything else."""
    live = a_check()
    blocked = live.moved(block("low", box(1500, 0, 1600, 7600)), block("high", box(1500, 8400, 1600, 12_000)))
    missed = [f for f in blocked.news(live).failing if f.code == "access.reached" and f.where == ("n1",)]
    assert [f.values["gap_mm"] for f in missed] == [800]
    route, across = missed[0].witness
    assert (route.kind, across.kind) == ("route", "across")
    assert route.points[0][0] == pytest.approx(0, abs=60)
    assert sorted(y for _, y in across.points) == [7600, 8400]
    assert missed[0].clause
    widths = {f.where: f for f in blocked.findings if f.code == "access.route_clear_width"}
    assert widths[("in>reception",)].measured == 800
    assert widths[("in>reception",)].witness[1].kind == "across"


def test_the_circle_at_an_accessible_counter_is_shown() -> None:
    live = a_check()
    crate = block("crate", box(9000, 10_700, 9500, 11_400))
    other = block("other", box(10_600, 10_700, 11_000, 11_400))
    (finding,) = (f for f in live.moved(crate, other).findings if f.code == "access.turning_circle" and f.status == "fail")
    (circle,) = finding.witness
    assert circle.kind == "circle"
    assert circle.diameter_mm == pytest.approx(finding.measured, abs=1)


def test_the_floor_that_is_taken_is_shown() -> None:
    live = a_check()
    after = live.moved(block("crate", box(6700, 11_000, 7000, 11_300)))
    (finding,) = (f for f in after.findings if f.code == "access.clear_floor_free" and f.status == "fail")
    (area,) = finding.witness
    assert area.kind == "area"
    assert set(area.points) == set(box(6700, 11_000, 7000, 11_300))
