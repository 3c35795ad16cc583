"""The checker refuses a placement tampered with on its floor: solids, zones, partitions, and what can be reached."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely.geometry import Polygon as Shape

from layouts.geometry import parts
from layouts.layout import Item
from layouts.plan import Polygon
from tests.builders_placement import box
from tests.solvers.placement.tampered import Answer, a_block, codes, item_of, moved_item, with_item, with_items, with_level


def test_two_solids_on_one_floor_are_refused(sound: Answer) -> None:
    assert "solids_disjoint" in codes(moved_item(sound, "B-01", dx=3))
    other = item_of(sound, "A-s001").polygon
    assert "solids_disjoint" in codes(with_item(sound, "kiosk-01", polygon=other))


def test_a_seat_on_a_wheelchair_bay_is_refused(sound: Answer) -> None:
    (x0, y0), *_ = item_of(sound, "A-w01").polygon
    assert "solids_disjoint" in codes(with_item(sound, "A-s001", polygon=box(x0, y0, x0 + 550, y0 + 550)))


def test_a_thing_outside_the_floor_is_refused(sound: Answer) -> None:
    assert "solids_on_floor" in codes(moved_item(sound, "prayer", dx=50))


def test_a_thing_on_a_column_or_an_obstacle_is_refused(sound: Answer) -> None:
    assert "solids_on_floor" in codes(with_item(sound, "A-s001", polygon=box(3200, 12_100, 3750, 12_650)))
    problem, placement = sound
    (x0, y0), *_ = item_of(sound, "A-s001").polygon
    column = replace(problem.level.columns[0], id="new", outline=box(x0, y0, x0 + 100, y0 + 100))
    assert "solids_on_floor" in codes((replace(problem, level=replace(problem.level, columns=(column,))), placement))


def test_a_thing_on_the_spine_is_refused(sound: Answer) -> None:
    x = sound[1].layout.levels[0].spine.centreline[0][0]
    half = sound[1].layout.levels[0].spine.width_mm // 2
    assert "spine_free" in codes(with_item(sound, "kiosk-01", polygon=box(x + half - 10, 8000, x + half + 700, 9000)))
    assert "spine_free" not in codes(with_item(sound, "kiosk-01", polygon=box(x + half, 8000, x + half + 700, 9000)))


def test_a_spine_over_a_column_or_away_from_its_door_is_refused(sound: Answer) -> None:
    problem, placement = sound
    x, y = placement.layout.levels[0].spine.centreline[0]
    column = replace(problem.level.columns[0], outline=box(x, y + 5000, x + 200, y + 5200))
    assert "spine_free" in codes((replace(problem, level=replace(problem.level, columns=(column,))), placement))
    (px, py), *rest = placement.spine.points
    shorter = replace(placement.spine, points=((px, py + 8), *rest))
    assert "spine_free" in codes((problem, replace(placement, spine=shorter)))


@pytest.mark.parametrize(("id", "use"), [("A-01", "customer"), ("kiosk-01", "front"), ("prayer", "front")])
def test_a_solid_in_a_clear_zone_is_refused(sound: Answer, id: str, use: str) -> None:
    x0, y0 = next(z.polygon for z in item_of(sound, id).clear_zones if z.use == use)[0]
    assert "zones_free" in codes(a_block(sound, box(x0 + 100, y0 + 100, x0 + 150, y0 + 150)))


@pytest.mark.parametrize(("id", "use"), [("A-01", "customer"), ("kiosk-01", "front"), ("prayer", "front")])
def test_a_wheelchair_bay_in_a_clear_zone_is_refused(sound: Answer, id: str, use: str) -> None:
    x0, y0 = next(z.polygon for z in item_of(sound, id).clear_zones if z.use == use)[0]
    assert "zones_free" in codes(with_item(sound, "A-w01", polygon=box(x0 + 100, y0 + 100, x0 + 1000, y0 + 1500)))


def test_a_wheelchair_bay_on_the_spine_is_refused(sound: Answer) -> None:
    x = sound[1].layout.levels[0].spine.centreline[0][0]
    half = sound[1].layout.levels[0].spine.width_mm // 2
    assert "spine_free" in codes(with_item(sound, "A-w01", polygon=box(x + half - 10, 8000, x + half + 890, 9400)))


def test_what_is_reached_over_wheelchair_bays_alone_is_refused(sound: Answer) -> None:
    """Bays stand on the whole way across the floor before a room's door."""
    zone = Shape(next(z.polygon for z in item_of(sound, "prayer").clear_zones if z.use == "front"))
    public = shapely.union_all([Shape(a.outer, a.holes) for a in sound[1].layout.levels[0].public])
    assert "public_reached" not in codes(sound)
    ring = zone.buffer(1200, join_style="mitre").difference(zone.buffer(300, join_style="mitre")).intersection(public)
    rings = [tuple((round(x), round(y)) for x, y in p.exterior.coords[:-1]) for p in parts(ring)]
    bays = [replace(item_of(sound, "A-w01"), id=f"more-{n}", polygon=ring) for n, ring in enumerate(rings)]
    assert bays and "public_reached" in codes(with_items(sound, lambda item: item, *bays))


def test_a_turning_circle_that_does_not_fit_is_refused(sound: Answer) -> None:
    item = next(i for i in sound[1].layout.levels[0].items if i.bank == "A" and i.accessible and i.clear_zones)
    x0, y0 = next(z.polygon for z in item.clear_zones if z.use == "turning")[0]
    only = with_item(sound, item.id, clear_zones=tuple(z for z in item.clear_zones if z.use == "turning"))
    in_circle, in_corner = box(x0 + 700, y0 + 700, x0 + 800, y0 + 800), box(x0, y0, x0 + 100, y0 + 100)
    assert "zones_free" in codes(a_block(only, in_circle))
    assert "zones_free" not in codes(a_block(only, in_corner))


def test_a_zone_on_the_other_side_s_floor_is_refused(sound: Answer) -> None:
    level, zones = sound[1].layout.levels[0], item_of(sound, "A-01").clear_zones
    customer, staff = (next(Polygon(outer=z.polygon) for z in zones if z.use == use) for use in ("customer", "staff"))
    assert "zones_on_their_floor" in codes(with_level(sound, staff=(*level.staff, customer)))
    assert "zones_on_their_floor" in codes(with_level(sound, public=(*level.public, staff)))


def test_floor_that_is_both_staff_and_public_is_refused(sound: Answer) -> None:
    public = sound[1].layout.levels[0].public
    assert "floors_disjoint" in codes(with_level(sound, staff=(Polygon(outer=box(9000, 9000, 9200, 9200)),)))
    outside = (*public, Polygon(outer=box(-500, 0, 0, 500)))
    assert "floors_disjoint" in codes(with_level(sound, public=outside))


def test_staff_and_public_floor_without_a_partition_between_are_refused(sound: Answer) -> None:
    hall, strip = Polygon(outer=box(2000, 3000, 11_000, 4000)), Polygon(outer=box(0, 3000, 2000, 4000))
    assert "floors_parted" in codes(with_level(sound, public=(hall,), staff=(strip,)))
    apart = Polygon(outer=box(0, 3000, 1900, 4000))
    bare = with_items(sound, lambda i: i if i.id == "prayer" else None)
    between = Item(id="P", kind="partition", polygon=box(1900, 2850, 2000, 4150), insert_mm=(1900, 2850), rotation_deg=0)
    parted = with_items(bare, lambda i: i, between)
    assert "floors_parted" in codes(with_level(bare, public=(hall,), staff=(apart,)))
    assert "floors_parted" not in codes(with_level(parted, public=(hall,), staff=(apart,)))


def test_partitions_taken_away_are_missed(sound: Answer) -> None:
    assert [i for i in sound[1].layout.levels[0].items if i.kind == "partition"]
    assert "floors_parted" in codes(with_items(sound, lambda i: None if i.kind == "partition" else i))
    assert "floors_parted" in codes(with_items(sound, lambda i: None if i.kind == "staff_gate" else i))


def test_floor_under_a_solid_is_refused(sound: Answer) -> None:
    under = Polygon(outer=item_of(sound, "prayer").polygon)
    bare = with_items(sound, lambda i: i if i.id == "prayer" else None)
    assert "floors_parted" in codes(with_level(bare, public=(under,), staff=()))


def test_a_front_behind_a_gap_narrower_than_the_route_is_refused(sound: Answer) -> None:
    public = Polygon(outer=box(7700, 0, 14_000, 16_000))  # nothing left of x = 7700 is the public's any more
    assert "public_reached" in codes(with_level(sound, public=(public,)))
    narrow = (Polygon(outer=box(8300, 0, 9700, 16_000)),)  # 1.4 m where 1.5 m is the route
    assert "public_reached" in codes(with_level(sound, public=narrow))


def test_desks_and_rooms_that_staff_cannot_walk_to_are_refused(sound: Answer) -> None:
    assert "staff_reached" in codes(with_level(sound, staff=()))
    strip = (Polygon(outer=box(0, 0, 800, 16_000)),)  # 0.8 m where staff need 0.9 m
    assert "staff_reached" in codes(with_level(sound, staff=strip))
