"""Somebody waits in every wheelchair bay: ways lead past it, nobody turns in it, no door and no counter counts on its floor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from shapely.geometry import LineString, Polygon

from layouts.access_counters import clear_floor_is_free, everything_has_clear_floor, turning_circles_fit
from layouts.access_doors import doors_leave_room_to_manoeuvre
from layouts.access_question import AccessQuestion, AccessRule
from layouts.access_routes import everything_public_is_reached, main_aisle_is_wide_enough, routes_are_wide_enough
from layouts.access_seating import seat_rows_have_a_gangway, wheelchair_bays_are_free, wheelchair_bays_are_reached
from layouts.egress import EgressQuestion, every_seat_can_leave
from layouts.layout import Item, LevelLayout, Route
from layouts.live import live_check, shifted
from layouts.plan import Level
from layouts.programme import Flow, Programme
from layouts.routes import find_routes
from layouts.standards import profile
from layouts.walkable import public_floor, walked_floor
from tests.layouts.centre import a_centre, bay, seats
from tests.layouts.halls import a_corridor, block, box, door, kiosk

Centre = tuple[Level, LevelLayout, Programme]
FLOW = Flow(service="s", visitors_per_day=100, stops=("k",))


def with_more(*items: Item) -> Centre:
    level, layout, programme = a_centre()
    return level, replace(layout, items=(*layout.items, *items)), programme


def refused(rule: AccessRule, centre: Centre) -> set[str]:
    level, layout, programme = centre
    question = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile("iraq-default"))
    return {f.where[0] for f in rule(question) if f.status == "fail"}


def routes_past(*bays: Item, width: int = 4000, clear: int = 1500) -> tuple[Route, ...]:
    level, layout = a_corridor(width=width, items=(kiosk("k", 15_000, width - 600), *bays))
    return find_routes(level, layout, (FLOW,), clear_width_mm=clear)


def test_a_route_leads_past_a_bay_and_keeps_its_width_while_somebody_waits_there() -> None:
    parked = bay("b", 8000, 500)
    first, *_ = routes_past(parked)
    band = LineString(first.centreline).buffer(1500 / 2 - 5)
    assert band.intersection(Polygon(parked.polygon)).area < 1
    assert first.clear_width_mm == pytest.approx(2100, abs=10)
    assert first.length_mm > routes_past()[0].length_mm


def test_a_route_told_past_a_bay_is_as_wide_as_what_is_left_beside_it() -> None:
    """The corridor is 4 m, the bay takes its lowest 1.4 m: 2.6 m are left, to 10 mm."""
    first, *_ = routes_past(bay("b", 8000, 0))
    assert first.clear_width_mm == pytest.approx(2600, abs=10)
    assert 7990 <= first.narrowest[0] <= 8910


def test_no_route_leads_where_a_bay_leaves_too_little() -> None:
    assert routes_past(bay("b", 8000, 1300)) == ()
    assert len(routes_past(bay("b", 8000, 1300), clear=1200)) == 2


def test_bays_are_public_floor_and_no_floor_to_walk_on() -> None:
    level, layout = a_corridor(items=(bay("b", 8000, 300),))
    gone = public_floor(level, layout).difference(walked_floor(level, layout))
    assert gone.equals(Polygon(box(8000, 300, 8900, 1700)))


def across(x: int, low: int, high: int) -> tuple[Item, ...]:
    """Bays one above the other, so that they close the floor from below to above at x."""
    return tuple(replace(bay(f"x{x}-{y}", x, y), bank=None) for y in range(low, high - 1399, 1400))


OVER_BAYS: dict[AccessRule, tuple[Callable[[], Centre], str]] = {
    turning_circles_fit: (lambda: with_more(bay("x", 9100, 9400), bay("y", 10_000, 9400), bay("z", 10_900, 9400)), "n3"),
    clear_floor_is_free: (lambda: with_more(bay("x", 8000, 10_000)), "n2"),
    everything_has_clear_floor: (lambda: with_more(bay("x", 15_500, 2600)), "wc"),
    everything_public_is_reached: (
        lambda: with_more(*across(13_800, 0, 4200), block("lid", box(13_800, 4200, 18_600, 4300)), *across(18_000, 0, 4200)),
        "wc",
    ),
    routes_are_wide_enough: (lambda: with_more(*across(4950, 0, 7000), *across(4950, 8400, 12_600)), "reception>bank"),
    main_aisle_is_wide_enough: (lambda: with_more(bay("x", 6000, 7700)), "spine"),
    wheelchair_bays_are_free: (lambda: with_more(bay("x", 11_500, 3200)), "b1"),
}  # fmt: skip


@pytest.mark.parametrize("rule", OVER_BAYS, ids=lambda r: r.__name__)
def test_what_needs_a_bay_empty_is_refused(rule: AccessRule) -> None:
    centre, where = OVER_BAYS[rule]
    assert where not in refused(rule, a_centre())
    assert where in refused(rule, centre())


def test_room_to_manoeuvre_at_a_door_does_not_lie_over_a_bay() -> None:
    inwards = tuple(
        door("in", "entrance", (0, 7200), (0, 8800), swing="in") if d.id == "in" else d for d in a_centre()[0].doors
    )
    level, layout, programme = with_more(bay("x", 500, 7300))
    assert "in" not in refused(doors_leave_room_to_manoeuvre, (replace(level, doors=inwards), a_centre()[1], programme))
    assert "in" in refused(doors_leave_room_to_manoeuvre, (replace(level, doors=inwards), layout, programme))


def test_nobody_gets_out_of_a_row_over_a_bay() -> None:
    found = {}
    for aside in (0, 3000):
        level, layout, programme = with_more(bay("x", 5600, 4600 + aside))
        egress, access = profile("ibc-2021"), profile("iraq-default")
        question = EgressQuestion(level=level, layout=layout, programme=programme, profile=egress, access_profile=access)
        found[aside] = {f.where[0] for f in every_seat_can_leave(question) if f.status == "fail"}
    assert found == {0: {"s1-0", "s1-1"}, 3000: set()}


def test_a_row_s_gangway_does_not_lie_over_a_bay() -> None:
    """A row between walls, open at its right end alone, where a bay stands or does not."""
    found = {}
    walls = (block("w", box(4700, 1900, 9400, 2000)), block("n", box(4700, 2560, 9400, 2600)),
             block("e", box(4700, 1900, 4990, 2600)))  # fmt: skip
    for parked in ((), (bay("x", 9450, 1600),)):
        level, layout, programme = a_centre()
        kept = tuple(i for i in layout.items if i.kind not in ("seat", "wheelchair_bay"))
        shut = replace(layout, items=(*kept, *seats("l", 5000, 2005, 8, 1), *walls, *parked))
        found[len(parked)] = len(refused(seat_rows_have_a_gangway, (level, shut, programme)))
    assert found == {0: 0, 1: 1}


def test_a_bay_that_is_come_to_over_another_one_is_not_reached() -> None:
    walls = (block("l", box(12_900, 1000, 13_000, 3800)), block("r", box(13_900, 1000, 14_000, 3800)),
             block("s", box(13_000, 900, 14_000, 1000)))  # fmt: skip
    behind = bay("x", 13_000, 1000)
    assert "x" in refused(wheelchair_bays_are_reached, with_more(*walls, behind, bay("y", 13_000, 2400)))
    assert not refused(wheelchair_bays_are_reached, with_more(*walls, replace(behind, polygon=box(13_000, 2400, 13_900, 3800))))


def test_a_bay_that_lies_open_at_its_corner_alone_is_not_reached() -> None:
    """Walls stand all round it but for its corner: a way touches that, and nobody comes in."""
    lid, right = block("t", box(12_800, 4610, 13_700, 4700)), block("r", box(13_910, 3000, 13_950, 4400))
    walls = (block("l", box(12_900, 3000, 13_000, 4700)), block("s", box(12_900, 2900, 14_000, 3000)))
    assert "x" in refused(wheelchair_bays_are_reached, with_more(bay("x", 13_000, 3200), lid, right, *walls))
    assert not refused(wheelchair_bays_are_reached, with_more(bay("x", 13_000, 3200), right, *walls))


def test_a_check_after_a_bay_was_moved_is_the_check_from_nothing() -> None:
    level, layout, programme = with_more(bay("x", 12_300, 6300))
    access, egress = profile("iraq-default"), profile("ibc-2021")
    live = live_check(level, layout, programme, access=access, egress=egress)
    for dx, dy in ((-600, 800), (0, 1500), (-5000, 4000)):
        live = live.moved(shifted(live.item("x"), dx_mm=dx, dy_mm=dy))
        fresh = live_check(level, live.layout, programme, access=access, egress=egress)
        assert (live.findings, live.routes) == (fresh.findings, fresh.routes)
