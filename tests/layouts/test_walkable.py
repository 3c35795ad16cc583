"""Free floor and clear widths."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from layouts.geometry import to_polygons
from layouts.layout import Item
from layouts.plan import Obstacle, Wall
from layouts.walkable import (
    component_at,
    door_apron,
    erode,
    level_floor,
    public_floor,
)
from tests.layouts.centre import a_centre
from tests.layouts.halls import a_column, a_corridor, block, box, door


def test_free_floor_is_what_nothing_stands_on() -> None:
    level, layout = a_corridor(width=4000, length=10_000, items=(block("b", box(1000, 0, 2000, 1000)),))
    level = replace(
        level,
        holes=(box(4000, 1000, 5000, 2000),),
        columns=(a_column("c", 7000, 2000, 400),),
        obstacles=(Obstacle(id="o", kind="stair", outline=box(9000, 0, 10_000, 500)),),
    )
    assert public_floor(level, layout).area == pytest.approx(40e6 - 1e6 - 1e6 - 0.16e6 - 0.5e6)


def test_a_wall_in_the_hall_is_solid_and_its_door_is_open() -> None:
    level, _ = a_corridor(width=4000, length=10_000)
    walls = (
        Wall(id="inner", a=(5000, 0), b=(5000, 4000), thickness_mm=200),
        Wall(id="envelope", a=(0, -150), b=(10_000, -150), thickness_mm=300),
    )
    opened = replace(level, walls=walls, doors=(*level.doors, door("d", "internal", (5000, 1000), (5000, 2000))))
    assert level_floor(opened).area == pytest.approx(40e6 - 200 * 3000)


def test_a_staff_gate_is_closed_to_the_public() -> None:
    level, layout, _ = a_centre()
    gate = Item(
        id="g",
        kind="staff_gate",
        polygon=box(11_050, 12_500, 11_150, 13_500),
        insert_mm=(11_100, 12_500),
        rotation_deg=0,
        solid=False,
    )
    without = replace(layout, items=tuple(i for i in layout.items if i.id != "p2"))
    gated = replace(without, items=(*without.items, gate), staff=layout.staff)
    at_gate = shapely.Point(11_100, 13_000)
    assert not public_floor(level, gated).covers(at_gate)


def test_a_corridor_of_exactly_the_clear_width_is_open_and_one_a_little_narrower_is_not() -> None:
    for width, open_ in ((1500, True), (1499, True), (1490, False)):
        level, layout = a_corridor(width=width)
        assert (not erode(public_floor(level, layout), 1500).is_empty) is open_


def test_a_turned_door_opens_outward() -> None:
    slanted = replace(a_corridor()[0], outline=((0, 0), (8000, 6000), (2000, 14_000), (-6000, 8000)))
    entrance = door("in", "entrance", (3200, 2400), (4800, 3600))
    apron = door_apron(slanted, entrance, 1500)
    hall = level_floor(slanted)
    assert apron.intersection(hall).area < 4000
    assert apron.area == pytest.approx(2020 * 1600, rel=0.01)
    assert component_at(erode(hall.union(apron), 1500), (4000, 3000)).contains(hall.buffer(-760).representative_point())


def test_shapes_become_counter_clockwise_rings_of_whole_millimetres() -> None:
    ring_with_hole = shapely.Point(0, 0).buffer(1000.4, quad_segs=2).difference(shapely.box(-300, -300, 300, 300))
    (polygon,) = to_polygons(ring_with_hole)
    for ring in (polygon.outer, *polygon.holes):
        assert sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(ring, ring[1:] + ring[:1])) > 0
    assert polygon.outer[0] != polygon.outer[-1]
    assert len(polygon.holes) == 1
