"""Comfort, cost and integrity by name, each on a hall small enough to be measured by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.layout import Hall, Item, LevelLayout, RemovedWall, Route, Spine
from layouts.plan import Level, Polygon, Window
from layouts.programme import Flow
from layouts.project_goals import (
    aisle_surplus_mm,
    cash_apart_m,
    daylight_share,
    floor_per_seat_m2,
    measure_goals,
    new_walls_m,
    seats_and_desks,
    seats_see_display_share,
    side_changes_per_visit,
    staff_floor_per_position_m2,
)
from layouts.views import floor_in_sight
from tests.builders_placement import bank, box, programme, room

LEVEL = Level(
    id="0", name="", elevation_mm=0, outline=box(0, 0, 20_000, 10_000), windows=(Window(id="w", p=(2000, 0), q=(6000, 0)),)
)


def _item(id: str, kind: str, x: int, y: int, w: int = 1000, d: int = 1000, **more: object) -> Item:
    fields: dict[str, object] = {"bank": None, "insert_mm": (x + w // 2, y), "rotation_deg": 0.0} | more
    return Item(id=id, kind=kind, polygon=box(x, y, x + w, y + d), **fields)  # type: ignore[arg-type]


def _layout(*items: Item, **more: object) -> LevelLayout:
    fields: dict[str, object] = {"public": (Polygon(outer=LEVEL.outline),), "staff": ()} | more
    return LevelLayout(level="0", items=items, **fields)  # type: ignore[arg-type]


def _route(width: int, persons: int) -> Route:
    line = ((0, 0), (1000, 0))
    return Route(
        from_id="a", to_id="b", visitors_per_day=persons, centreline=line, length_mm=1000, clear_width_mm=width,
        narrowest=(0, 0),
    )  # fmt: skip


def test_floor_per_seat_is_free_public_floor_over_seats_and_bays() -> None:
    bay = _item("b", "wheelchair_bay", 5000, 0, solid=False)
    layout = _layout(_item("s1", "seat", 0, 0), _item("s2", "seat", 2000, 0), bay)
    assert floor_per_seat_m2(layout) == pytest.approx((200 - 2) / 3, abs=0.01)
    assert floor_per_seat_m2(_layout()) is None


def test_aisle_surplus_is_what_routes_have_beyond_the_required_width_by_persons_and_capped() -> None:
    layout = _layout(routes=(_route(1800, 100), _route(2500, 300)))
    assert aisle_surplus_mm(layout, 1500) == pytest.approx((300 * 100 + 1000 * 300) / 400)
    assert aisle_surplus_mm(_layout(routes=(_route(9000, 1),)), 1500) == 1500
    assert aisle_surplus_mm(_layout(), 1500) is None


def test_daylight_reaches_seats_near_a_window_with_nothing_high_between() -> None:
    near, far = _item("near", "seat", 3000, 4000, bank="A"), _item("far", "seat", 3000, 8000, bank="A")
    assert daylight_share(LEVEL, _layout(near, far)) == 0.5
    screen = _item("p", "partition", 0, 2000, 9000, 100)
    assert daylight_share(LEVEL, _layout(near, far, screen)) == 0.0
    assert daylight_share(replace(LEVEL, windows=()), _layout(near)) is None


def test_seats_see_their_desk_and_lie_on_its_side_of_the_aisle() -> None:
    desk = _item("A-1", "counter", 3000, 8000, bank="A")
    here, across = _item("s1", "seat", 3000, 5500, bank="A"), _item("s2", "seat", 3000, 1000, bank="A")
    layout = _layout(desk, here, across, spine=Spine(centreline=((0, 3000), (20_000, 3000)), width_mm=2000))
    assert seats_and_desks(LEVEL, layout, programme(bank("A"))) == (1.0, 0.5)
    hidden = _layout(desk, here, across, _item("p", "partition", 0, 4000, 9000, 100))
    assert seats_and_desks(LEVEL, hidden, programme(bank("A")))[0] == 0.5


def test_floor_and_seats_see_what_no_partition_hides() -> None:
    """The screen runs across the whole hall at y = 5 m: the desk is seen from beyond it only, the display from this side."""
    desk, seat = _item("w", "reception", 9000, 8000, bank="w"), _item("s", "seat", 3000, 1000, bank="A")
    display = _item("D-A-1", "call_display", 9000, 4000, 1000, 100, solid=False)
    screen = _item("p", "partition", 0, 5000, 20_000, 100)
    _, welcome, shown = floor_in_sight(LEVEL, _layout(desk, seat, display, screen))
    assert welcome == pytest.approx(shown, abs=0.12) and 0.3 < welcome < 0.6
    assert seats_see_display_share(LEVEL, _layout(desk, seat, display, screen), programme(bank("A"))) == 1.0
    beyond = _item("s", "seat", 3000, 7000, bank="A")
    assert seats_see_display_share(LEVEL, _layout(display, screen, beyond), programme(bank("A"))) == 0.0
    assert floor_in_sight(LEVEL, _layout(seat)) == (None, None, None)


def test_sides_change_where_consecutive_stops_lie_across_the_aisle() -> None:
    asked = programme(bank("A"), bank("B"), bank("C"), flows=(
        Flow(service="s", visitors_per_day=30, stops=("A", "B", "C")), Flow(service="t", visitors_per_day=10, stops=("A", "C")),
    ))  # fmt: skip
    stands = [_item("A-1", "counter", 1000, 8000, bank="A"), _item("C-1", "counter", 9000, 8000, bank="C")]
    across = _item("B-1", "counter", 5000, 500, bank="B")
    layout = _layout(*stands, across, spine=Spine(centreline=((0, 4000), (20_000, 4000)), width_mm=2000))
    assert side_changes_per_visit(layout, asked) == pytest.approx(2 * 30 / 40)
    assert side_changes_per_visit(replace(layout, spine=None), asked) is None


def test_the_staff_s_side_is_compact_by_its_floor_for_each_position() -> None:
    asked = programme(bank("A", 3), bank("B", 1))
    layout = _layout(staff=(Polygon(outer=box(0, 0, 10_000, 3000)),))
    assert staff_floor_per_position_m2(layout, asked) == 7.5
    assert staff_floor_per_position_m2(layout, programme()) is None


def test_new_walls_are_partitions_and_sides_off_the_building_s_own_but_not_those_that_stand() -> None:
    rooms = programme(room("r"), room("old"))
    built = _item("r", "archive", 0, 0, 3000, 2000, bank="r")
    stands = _item("old", "archive", 30_000, 0, 3000, 2000, bank="old", space="x")
    layout = _layout(built, stands, _item("p", "partition", 5000, 5000, 4000, 100))
    assert new_walls_m(LEVEL, layout, rooms) == pytest.approx(3 + 2 + 4, abs=0.2)


def test_cash_stands_apart_from_the_counters_that_decide() -> None:
    layout = _layout(_item("A", "counter", 0, 0), _item("C", "cashier", 3500, 0), _item("D", "cashier_accessible", 9000, 0))
    assert cash_apart_m(layout) == 2.5
    assert cash_apart_m(_layout(_item("A", "counter", 0, 0))) is None


def test_all_goals_are_told_by_name() -> None:
    removed = RemovedWall(wall="w", polygon=box(0, 0, 100, 4000), length_mm=4000)
    kept = _item("old", "archive", 30_000, 0, bank="old", space="x")
    layout = _layout(kept, hall=Hall(spaces=("a", "b"), removed=(removed,)))
    told = measure_goals(LEVEL, layout, programme(room("old"))).told()
    assert told["removed_walls_m"] == 4.0 and told["rooms_kept"] == 1 and told["new_walls_m"] == 0.0
    assert told["floor_per_seat_m2"] is None and told["cash_apart_m"] is None
