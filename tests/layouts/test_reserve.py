"""Floor that nothing uses is named: what is large enough, up to slanted walls, off ways and doors and things."""

from __future__ import annotations

from dataclasses import replace

import shapely

from layouts.geometry import polygon_shape, ring_shape, to_polygons, union
from layouts.layout import ClearZone, Item, LevelLayout, Route
from layouts.plan import Door, Level, Polygon
from layouts.reserve import LEAST_M2, KeptFor, kept_for_phases, on_whole_mm, reserves
from layouts.screening import PARTS, SCREEN
from tests.layouts.halls import box
from tests.layouts.test_screening import screened

SLANTED = ((0, 0), (20_000, 0), (24_000, 12_000), (0, 12_000))
DOOR = Door(id="in", use="entrance", p=(9_000, 0), q=(11_000, 0), clear_mm=1900)
HALL = Level(id="0", name="", elevation_mm=0, outline=SLANTED, doors=(DOOR,))
ACROSS = Route(
    from_id="in", to_id="c", visitors_per_day=1, centreline=((10_000, 0), (10_000, 10_000)), length_mm=10_000,
    clear_width_mm=1500, narrowest=(10_000, 5_000),
)  # fmt: skip


def layout(*items: Item, routes: tuple[Route, ...] = (ACROSS,), staff: tuple[Polygon, ...] = ()) -> LevelLayout:
    return LevelLayout(level="0", items=items, public=(), routes=routes, staff=staff)


def thing(kind: str, ring: tuple[tuple[int, int], ...]) -> Item:
    return Item(id=kind, kind=kind, bank=None, polygon=ring, insert_mm=ring[0], rotation_deg=0)


def test_both_sides_of_a_way_are_kept_and_reach_the_slanted_wall() -> None:
    right, left = reserves(HALL, layout())
    assert (right.id, left.id) == ("R1", "R2") and right.area_m2 > left.area_m2
    assert ring_shape(left.polygon).bounds[0] == 0.0
    slanted = shapely.LineString([(20_000, 0), (24_000, 12_000)])
    assert ring_shape(right.polygon).exterior.intersection(slanted.buffer(50)).length > 9_000
    way = shapely.LineString(ACROSS.centreline).buffer(740)
    assert not any(ring_shape(r.polygon).intersects(way) for r in (left, right))


def test_nothing_that_is_used_is_kept_for_later() -> None:
    staff = (Polygon(outer=box(0, 6_000, 9_000, 12_000)),)
    items = (thing("toilets", box(12_000, 0, 16_000, 6_000)), thing("seat", box(3_000, 3_000, 3_500, 3_500)))
    found = reserves(HALL, layout(*items, staff=staff))
    toilets, seat = (ring_shape(i.polygon) for i in items)
    used = shapely.union_all([toilets, seat.buffer(1_150), ring_shape(staff[0].outer)])
    assert found and all(ring_shape(r.polygon).intersection(used).area < 1e4 for r in found)
    assert all(r.area_m2 >= LEAST_M2 for r in found)
    assert sum(r.area_m2 for r in found) < sum(r.area_m2 for r in reserves(HALL, layout()))


def test_where_people_stand_in_line_nothing_is_kept_for_later() -> None:
    line = ring_shape(box(14_000, 5_000, 17_000, 5_900))
    assert any(ring_shape(r.polygon).intersects(line) for r in reserves(HALL, layout()))
    found = reserves(HALL, layout(), queued=line)
    assert found and all(ring_shape(r.polygon).distance(line) > 500 for r in found)
    assert reserves(HALL, layout(), queued=shapely.Polygon()) == reserves(HALL, layout())


def test_a_floor_that_is_full_keeps_nothing() -> None:
    full = layout(thing("archive", SLANTED))
    assert reserves(HALL, full) == ()
    assert reserves(replace(HALL, outline=box(0, 0, 3_000, 3_000)), layout(routes=())) == ()


def test_an_outline_does_not_cross_itself_where_its_corners_come_to_whole_millimetres() -> None:
    narrow = shapely.Polygon([(0, 0), (10_000, 0), (10_000, 6_000), (4_000, 0.4), (0, 5_000)])  # 0.4 mm wide in the middle
    rounded = shapely.Polygon([(round(x), round(y)) for x, y in narrow.exterior.coords])
    kept = on_whole_mm(narrow)
    assert narrow.is_valid and not rounded.is_valid
    assert kept.is_valid and kept.bounds == (4_000, 0, 10_000, 6_000), "the larger of the two pieces"


def test_floor_of_what_opens_later_is_kept_under_its_bank_s_name() -> None:
    before = ClearZone(use="customer", polygon=box(0, 800, 1_500, 2_000))
    counter = replace(thing("counter", box(0, 0, 1_500, 800)), bank="deeds", clear_zones=(before,))
    seat = replace(thing("seat", box(0, 5_000, 600, 5_600)), bank="deeds", seats=1)
    later = (replace(counter, id="c2", phase=2), replace(seat, id="s2", phase=2), replace(seat, id="s3", phase=1))
    first, second = kept_for_phases(layout(counter, seat, *later))
    assert first == KeptFor(phase=1, bank="deeds", positions=0, seats=1, area_m2=0.4)
    assert second == KeptFor(phase=2, bank="deeds", positions=1, seats=1, area_m2=3.4)
    assert kept_for_phases(layout(counter, seat)) == ()


def test_nothing_is_kept_for_growth_before_the_gates_of_security() -> None:
    level, gated = screened()
    open_hall = replace(gated, items=tuple(i for i in gated.items if i.kind not in PARTS))
    solids = union(ring_shape(i.polygon) for i in gated.items if i.solid)
    gated = replace(gated, public=to_polygons(polygon_shape(gated.public[0]).difference(solids)))

    def before_them(layout: LevelLayout) -> float:
        entrance = shapely.box(0, 0, 6000, 8400)
        return sum(ring_shape(r.polygon).intersection(entrance).area for r in reserves(level, layout)) / 1e6

    assert before_them(open_hall) > 10 and before_them(gated) == 0
    assert any(ring_shape(r.polygon).bounds[0] > 6000 for r in reserves(level, gated))
    round_it = replace(gated, items=tuple(i for i in gated.items if i.kind != SCREEN), public=open_hall.public)
    assert before_them(round_it) > 10, "who walks round them is served anywhere"
