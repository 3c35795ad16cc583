"""Perimeter coordinates, staff arcs, rasters and projections against shapely and against what a small hall must give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry import box as rectangle

from layouts.plan import Column, Level
from solvers.placement.baselines import (
    JAMB,
    clear_of_spine,
    door_span,
    outline_point,
    perimeter,
    sigma_of,
    staff_arcs,
    walls_of,
)
from solvers.placement.check_places import on_spine, perimeter_interval, staff_perimeter
from solvers.placement.problem import SpineLine
from solvers.placement.projection import project
from solvers.placement.raster import floor_polygon, rasterise
from solvers.placement.spines import spine_boxes
from tests.builders_placement import box, door, l_hall, straight_hall

SLANTED = Level(
    id="0", name="", elevation_mm=0, outline=((0, 0), (12_000, 0), (12_000, 9000), (0, 14_000)),
    doors=(door("in", "entrance", (3000, 0), (4800, 0)),),
)  # fmt: skip


# -- perimeter --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [straight_hall(), l_hall(), SLANTED], ids=["straight", "L", "slanted"])
def test_perimeter_coordinates_are_distances_along_the_outline(level: Level) -> None:
    walls, ring = walls_of(level), LineString([*level.outline, level.outline[0]])
    assert perimeter(walls) == pytest.approx(ring.length / 100)
    for share in np.linspace(0.01, 0.99, 23):
        point = ring.interpolate(share, normalized=True)
        assert sigma_of(walls, point.x, point.y) == pytest.approx(share * ring.length / 100, abs=1e-6)


@pytest.mark.parametrize("level", [straight_hall(), l_hall(), SLANTED], ids=["straight", "L", "slanted"])
def test_the_floor_lies_where_a_wall_says_it_does(level: Level) -> None:
    floor = Polygon(level.outline)
    for wall in walls_of(level):
        low, high = wall.span()
        u = (low + high) / 2
        inside, outside = wall.at(u) + wall.sign() * 5, wall.at(u) - wall.sign() * 5
        points = [(u, v) if wall.dominant() == "x" else (v, u) for v in (inside, outside)]
        assert [floor.contains(Point(x * 100, y * 100)) for x, y in points] == [True, False]


BESIDE_THE_WALL = straight_hall(obstacles=(box(0, 6000, 1500, 8000),))
FREE_STANDING = straight_hall(obstacles=(box(4000, 6000, 5500, 8000),))


def test_the_staff_perimeter_runs_round_an_obstacle_against_the_wall() -> None:
    walls = walls_of(BESIDE_THE_WALL)
    assert len(walls) == 8 and perimeter(walls) == 520 + 2 * 15
    face = next(w for w in walls if w.ax == w.bx == 15)  # its face carries modules like any wall
    assert (face.axis(), face.sign(), face.span()) == ("y", 1, (60, 80))
    (arc,) = staff_arcs(BESIDE_THE_WALL, walls)
    assert arc.high - arc.low == pytest.approx(242 + 2 * 15)  # between exit and entrance, round the obstacle


def test_an_obstacle_that_stands_free_is_no_wall() -> None:
    assert len(walls_of(FREE_STANDING)) == 4 and perimeter(walls_of(FREE_STANDING)) == 520


@pytest.mark.parametrize("level", [BESIDE_THE_WALL, FREE_STANDING, l_hall(), SLANTED])
def test_the_check_measures_along_the_same_perimeter(level: Level) -> None:
    walls, ring = walls_of(level), staff_perimeter(level)
    assert [(w.ax * 100, w.ay * 100) for w in walls] == list(ring)
    for wall in walls:
        middle = ((wall.ax + wall.bx) * 50, (wall.ay + wall.by) * 50)
        low, high = perimeter_interval(level, (wall.ax * 100, wall.ay * 100), middle)
        assert (low, high) == pytest.approx((wall.sigma0, (wall.sigma0 + wall.sigma1) / 2))


def test_only_slanted_walls_have_no_axis() -> None:
    assert [w.axis() for w in walls_of(SLANTED)] == ["x", "y", None, "y"]


def test_a_door_across_the_start_of_the_outline_wraps() -> None:
    hall = straight_hall()
    cornered = Level(id="0", name="", elevation_mm=0, outline=hall.outline, doors=(door("d", "staff", (0, 600), (400, 0)),))
    span = door_span(walls_of(cornered), cornered.doors[0])
    assert (span.low, span.high) == (514, 524)


def test_an_arc_reaches_from_public_door_to_public_door_round_the_staff_door() -> None:
    hall = straight_hall()  # perimeter 520: the way out ends at 311, the way in begins at 51
    (arc,) = staff_arcs(hall, walls_of(hall))
    assert (arc.low, arc.high) == pytest.approx((329, 520 + 51))
    assert arc.low < arc.door_low < arc.door_high < arc.high


def test_two_staff_doors_on_one_side_share_their_arc_and_two_sides_have_their_own() -> None:
    hall = straight_hall(staff_doors=("left", "right"))
    left, right = staff_arcs(hall, walls_of(hall))
    assert right.high <= left.low  # the way out parts them


def test_an_arc_ends_where_its_corridor_would_meet_the_spine() -> None:
    hall = straight_hall()
    walls = walls_of(hall)
    hugging = SpineLine(id="s", points=((20, 9), (20, 131)), width_dm=18)  # 1.1 m off the left wall
    (arc,) = clear_of_spine(staff_arcs(hall, walls), walls, spine_boxes(hugging), 12)
    assert (arc.low, arc.high) == (arc.door_low, arc.door_high)
    far = SpineLine(id="s", points=((60, 9), (60, 131)), width_dm=18)
    (arc,) = clear_of_spine(staff_arcs(hall, walls), walls, spine_boxes(far), 12)
    assert arc.high == pytest.approx(571, abs=2)  # up to the way in: its floor is the spine's from x = 51


# -- raster -----------------------------------------------------------------------------------------------------------

corner = st.integers(-30, 30)


@settings(max_examples=60, deadline=None)
@given(
    corner, corner, corner, corner, st.integers(-5, 125), st.integers(-5, 145), st.integers(1, 40), st.integers(1, 40),
    st.integers(0, 11_000), st.integers(0, 13_000), st.integers(50, 700),
)  # fmt: skip
def test_boxes_on_the_raster_are_inside_when_shapely_says_so(a, b, c, d, x, y, w, h, cx, cy, size) -> None:
    """Corners of the hall move by up to 3 m; boxes whose edge runs within 2 mm of the outline may go either way."""
    outline = ((0, 0), (12_000 + 100 * a, 100 * b), (12_000 + 100 * c, 14_000), (100 * d, 14_000 - 100 * b))
    column = Column(id="c", outline=box(cx, cy, cx + size, cy + size))
    level = Level(id="0", name="", elevation_mm=0, outline=outline, columns=(column,))
    raster, floor = rasterise(level), floor_polygon(level)
    asked = rectangle(x * 100, y * 100, (x + w) * 100, (y + h) * 100)
    if raster.all_inside(x, y, w, h):
        assert asked.difference(floor.buffer(2)).area < 1
    elif floor.buffer(-2).contains(asked):
        raise AssertionError("the raster refuses floor that is inside")
    cells = raster.columns_in(x, y, w, h)
    touched = Polygon(column.outline).intersection(asked).area
    if floor.contains(Polygon(column.outline)):
        assert (cells > 0) == (touched > 1)


def test_obstacles_and_holes_are_no_floor() -> None:
    level = straight_hall(obstacles=(box(5000, 5000, 6000, 6000),))
    raster = rasterise(level)
    assert not raster.all_inside(45, 45, 10, 10)
    assert raster.all_inside(40, 40, 10, 10)


def test_what_lies_outside_the_raster_is_not_inside() -> None:
    raster = rasterise(straight_hall())
    assert not raster.all_inside(-10, 0, 20, 20)
    assert not raster.all_inside(0, 0, 0, 10)


# -- projection -------------------------------------------------------------------------------------------------------

BENT = SpineLine(id="s", points=((20, 0), (20, 60), (90, 60), (90, 10)), width_dm=18)


@pytest.mark.parametrize(
    ("point", "place"),
    [((10, 30), (30, 10, 1)), ((25, 30), (30, 5, 0)), ((50, 70), (90, 10, 1)), ((50, 55), (90, 5, 0)),
     ((95, 20), (170, 5, 1)), ((20, -7), (0, 7, 0))],
)  # fmt: skip
def test_a_point_beside_the_spine_has_its_coordinate_distance_and_side(point, place) -> None:
    t, lat, side = project(BENT, np.array([point[0]]), np.array([point[1]]))
    assert (t[0], lat[0], side[0]) == place


@settings(max_examples=100, deadline=None)
@given(st.integers(-40, 140), st.integers(-40, 140))
def test_the_check_projects_as_the_model_does(x: int, y: int) -> None:
    t, lat, side = project(BENT, np.array([x]), np.array([y]))
    assert on_spine(BENT, (x, y)) == (t[0], lat[0], side[0])


@settings(max_examples=60, deadline=None)
@given(st.integers(-40, 140), st.integers(-40, 140))
def test_projected_distance_lies_between_the_straight_and_the_walked_one(x: int, y: int) -> None:
    _, lat, _ = project(BENT, np.array([x]), np.array([y]))
    straight = LineString(BENT.points).distance(Point(x, y))
    assert straight - 1e-9 <= lat[0] <= straight * 2**0.5 + 1e-9


def test_an_arc_holds_room_on_both_sides_of_its_door_but_none_that_a_spine_takes() -> None:
    level = straight_hall()
    walls = walls_of(level)
    (arc,), (bare,) = staff_arcs(level, walls), staff_arcs(level, walls, 0)
    assert (arc.door_low, arc.door_high) == (bare.door_low - JAMB, bare.door_high + JAMB)
    x, y, _, _ = outline_point(walls, bare.door_high + 1)
    (cut,) = clear_of_spine((arc,), walls, [(round(x) - 5, round(y) - 5, 10, 10)], 12)
    assert cut.door_low == arc.door_low
    assert cut.door_high < arc.door_high
