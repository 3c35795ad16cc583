"""Acute corners of the floor that nobody needs are closed straight across; all other floor stays."""

import pytest
from shapely.geometry import GeometryCollection, LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from layouts.layout import ClearZone, Item
from layouts.plan import Door, Level
from solvers.placement.tips import tips_of

WEDGE = Polygon([(0, 0), (8000, 0), (8000, 6000), (2400, 12_000), (2000, 12_000), (2000, 6000), (0, 6000)])
NOTHING = Polygon()


def a_level(*doors: Door) -> Level:
    outline = tuple((int(x), int(y)) for x, y in WEDGE.exterior.coords[:-1])
    return Level(id="l", name="", elevation_mm=0, outline=outline, doors=doors)


def a_counter(y: int) -> Item:
    """At the slanted side's foot, its visitors' floor up to `y`."""
    front = ClearZone(use="customer", polygon=((5000, 3000), (7000, 3000), (7000, y), (5000, y)))
    return Item(
        id="c", kind="counter", polygon=((7000, 3000), (7800, 3000), (7800, 5000), (7000, 5000)), insert_mm=(7000, 4000),
        rotation_deg=90.0, clear_zones=(front,),
    )  # fmt: skip


def closed(floor: BaseGeometry, *things: Item, level: Level | None = None, aisle: Polygon = NOTHING) -> list[Polygon]:
    return list(tips_of(level or a_level(), floor, things, 1500, aisle))


def test_an_acute_corner_is_closed_as_far_as_nobody_has_business_there() -> None:
    (found,) = closed(WEDGE.difference(box(7000, 3000, 7800, 5000)), a_counter(5000))
    assert found.bounds == (2000, 6000, 8000, 12_000), "in line with the hall's own corner, and no wall longer than six metres"


def test_a_wall_stands_beyond_the_floor_that_somebody_needs() -> None:
    things = a_counter(7000)
    found = closed(WEDGE.difference(box(7000, 3000, 7800, 5000)), things)
    needed = Polygon(things.clear_zones[0].polygon)
    assert all(part.intersection(needed).area < 1 for part in found)


@pytest.mark.parametrize("by", [0, 1000])
def test_square_and_hardly_slanted_corners_are_floor_of_the_hall(by: int) -> None:
    assert closed(Polygon([(0, 0), (9000, 0), (9000 - by, 9000), (by, 9000)])) == []


def test_no_corner_is_closed_at_a_door_nor_across_the_main_aisle() -> None:
    assert closed(WEDGE)
    exit_there = Door(id="e", use="exit", p=(2000, 10_000), q=(2000, 11_000), clear_mm=950)
    staff_s = Door(id="s", use="staff", p=(2000, 10_000), q=(2000, 11_000), clear_mm=950)
    assert closed(WEDGE, level=a_level(exit_there)) == [] and closed(WEDGE, level=a_level(staff_s)) == []
    assert closed(WEDGE, aisle=box(2000, 5000, 3500, 12_000)) == []


def test_floor_that_comes_with_a_line_is_closed_as_it_is_without() -> None:
    """What is left of floor after it is cut may hang on to a line; Dahuk grown for three years stopped the whole search."""
    with_line = GeometryCollection([WEDGE, LineString([(0, 0), (-1000, 0)])])
    assert closed(with_line) == closed(WEDGE)
