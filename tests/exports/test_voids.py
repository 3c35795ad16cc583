"""Floor that a layout closes off is told as what it can serve for, walled, and has a door where it is more than a duct."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from exports.drawing import BlockRef, Circle, Fill, Text, turned
from exports.floor_drawing import draw_floor
from exports.floor_void_doors import Closed, closed_off
from exports.floor_voids import use_of
from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import Polygon, Ring, Window
from tests.exports.sample_layout import item, sample_layout, sample_plan


def box(x0: int, y0: int, x1: int, y1: int) -> Ring:
    return (x0, y0), (x1, y0), (x1, y1), (x0, y1)


def void(width: int, depth: int) -> Item:
    ring = box(20_000, 9000, 20_000 + width, 9000 + depth)
    return replace(item("V001", "void", (20_000, 9000), 0.0, width, depth), polygon=ring)


def beside(*items: Item, public: Ring = box(14_000, 7000, 20_000, 14_000)) -> LevelLayout:
    """The items on a level whose public floor ends where the voids here begin."""
    return replace(sample_layout().levels[0], items=items, public=(Polygon(outer=public),), staff=())


def the_one(level: LevelLayout) -> Closed:
    return next(one for one in closed_off(level) if one.item.id == "V001")


@pytest.mark.parametrize(("width", "use"), [(400, "duct"), (800, "cupboard"), (1400, "store")])
def test_what_is_closed_off_serves_by_its_width_within_its_wall(width: int, use: str) -> None:
    assert use_of(the_one(beside(void(width, 3000)))) == use


def test_a_wedge_is_as_wide_as_the_circle_in_it() -> None:
    wedge = replace(void(1500, 1500), polygon=((20_000, 9000), (21_500, 9000), (20_000, 12_000)))
    assert use_of(the_one(beside(wedge))) == "cupboard"


def test_what_nobody_can_get_into_is_a_duct_however_wide_it_is() -> None:
    one = the_one(beside(void(1400, 3000), public=box(14_000, 7000, 18_000, 14_000)))
    assert (one.door, use_of(one)) == (None, "duct")


def test_its_open_side_is_walled_and_its_door_slides_in_that_wall_where_nothing_stands_before_it() -> None:
    shelf = item("S001", "seat", (19_500, 10_500), 0.0, 600, 1200)
    alone, crowded = the_one(beside(void(1400, 3000))), the_one(beside(void(1400, 3000), shelf))
    assert alone.walls.bounds == (20_000, 9000, 20_100, 12_000) and round(alone.walls.area) == 100 * (3000 - 800)
    assert alone.door is not None and crowded.door is not None
    assert sorted((alone.door.p[1], alone.door.q[1])) == [10_100, 10_900], "in the middle"
    low, high = sorted((crowded.door.p[1], crowded.door.q[1]))
    before = shapely.box(19_100, low, 20_000, high)
    assert before.intersection(shapely.Polygon(shelf.polygon)).area < 1


@pytest.mark.parametrize(
    ("kind", "width", "use"),
    [
        ("nursing_room", 800, "cupboard"), ("nursing_room", 1400, "duct"), ("prayer_room_men", 1400, "duct"),
        ("server_room", 1400, "duct"), ("staff_room", 1400, "store"),
    ],
)  # fmt: skip
def test_a_store_is_entered_through_no_room_but_the_staff_s_a_cupboard_through_any(kind: str, width: int, use: str) -> None:
    room = replace(
        item("r", kind, (17_000, 10_500), 90.0, 3000, 4000), polygon=box(17_000, 8500, 20_000, 12_500),
        insert_mm=(17_000, 10_500), rotation_deg=270.0, solid=True,
    )  # fmt: skip
    one = the_one(beside(room, void(width, 3000), public=box(14_000, 7000, 17_000, 14_000)))
    assert use_of(one) == use
    assert (one.door is not None) == (use != "duct") and (one.door is None or one.door.leads_from == "r")


def test_behind_a_room_it_is_entered_out_of_that_room_whose_wall_is_cut() -> None:
    """Between a prayer room and a wall: no floor of the hall touches it."""
    room = replace(
        item("prayer", "prayer_room_men", (17_000, 10_500), 90.0, 3000, 3000),
        polygon=box(17_000, 9000, 20_000, 12_000), insert_mm=(17_000, 10_500), rotation_deg=270.0, solid=True,
    )  # fmt: skip
    level = beside(room, void(800, 3000), public=box(14_000, 7000, 17_000, 14_000))
    one = the_one(level)
    assert one.door is not None and one.door.leads_from == "prayer" and use_of(one) == "cupboard"
    shown = draw_floor(sample_plan(), Layout(levels=(level,)))
    walls = [shapely.Polygon(s.outer, s.holes) for s in shown.shapes if isinstance(s, Fill) and s.layer == "A-WALL-PATT-N"]
    assert shapely.union_all(walls).intersection(one.door.opening()).area < 1
    (symbol,) = [s for s in shown.shapes if isinstance(s, BlockRef) and s.kind == "void_door"]
    assert symbol.layer == "A-DOOR-N" and symbol.at[0] == 19_950


@pytest.mark.parametrize(("width", "use"), [(800, "plants"), (1100, "plants"), (1400, "store")])
def test_before_a_window_stands_nothing_that_takes_its_light_but_a_store(width: int, use: str) -> None:
    at_its_end = Window(id="w", p=(20_000, 12_000), q=(20_000 + width, 12_000))
    elsewhere = Window(id="w", p=(24_000, 12_000), q=(25_000, 12_000))
    (one,) = closed_off(beside(void(width, 3000)), [at_its_end])
    assert use_of(one) == use
    assert one.walls.is_empty == one.planted
    (other,) = closed_off(beside(void(width, 3000)), [elsewhere])
    assert not other.planted


def test_plants_are_no_room_and_have_no_door() -> None:
    plan = sample_plan()
    lit = replace(plan.levels[0], windows=(Window(id="w", p=(20_000, 12_000), q=(20_800, 12_000)),))
    shown = draw_floor(replace(plan, levels=(lit,)), Layout(levels=(beside(void(800, 3000)),)))
    assert not [s for s in shown.shapes if isinstance(s, Text) and s.kind == "void"]
    assert not [s for s in shown.shapes if isinstance(s, BlockRef) and s.kind == "void_door"]
    (bed,) = [s for s in shown.shapes if isinstance(s, BlockRef) and s.kind == "void"]
    plants = [s for s in next(b for b in shown.blocks if b.name == bed.block).shapes if isinstance(s, Circle)]
    ground = shapely.Polygon(void(800, 3000).polygon)
    assert len(plants) >= 8
    assert all(ground.covers(shapely.Point(turned(p.centre, bed.at, bed.rotation_deg)).buffer(p.radius)) for p in plants)


@pytest.mark.parametrize(("width", "name"), [(400, None), (800, "Cupboard"), (1400, "Store")])
def test_cupboards_and_stores_are_named_with_their_area_in_plan_and_schedules(width: int, name: str | None) -> None:
    shown = draw_floor(sample_plan(), Layout(levels=(beside(void(width, 3000)),)))
    names = [s for s in shown.shapes if isinstance(s, Text) and s.kind == "void"]
    assert [s.lines[0] for s in names] == ([name] if name else [])
    assert all(s.lines[1] == f"{(width - 100) * 3000 / 1e6:.1f} m²" for s in names), "within its wall"
    rows = [t.lines[0] for panel in shown.schedules for t in panel.shapes if isinstance(t, Text)]
    assert rows.count(name) == (2 if name else 0), "as a room and by its door"
    assert ("slides" in rows) == (name is not None)
