"""Curved walls are furnished along facets: few, straight, on the floor, near the wall, off doors."""

from __future__ import annotations

from itertools import pairwise
from math import atan2, cos, dist, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LinearRing, Point, Polygon

from layouts.facets import DEEPEST_MM, faceted
from layouts.plan import Door, Ring


def arc_hall(rise: int, *, chords: int = 32, width: int = 30_000, height: int = 16_000) -> Ring:
    """A hall whose head is an arc that rises by `rise` in the middle (falls into the floor where that is negative)."""
    half = width / 2
    radius = (half * half + rise * rise) / (2 * rise)
    reach = atan2(half, abs(radius - rise)) if abs(rise) <= half else pi - atan2(half, abs(radius - rise))
    turns = [reach - 2 * reach * k / chords for k in range(chords + 1)]
    head = [(round(half + abs(radius) * sin(a)), round(height + rise - radius + radius * cos(a))) for a in turns]
    return ((0, 0), (width, 0), *head)


def sides(ring: Ring) -> list[float]:
    return [dist(a, b) for a, b in pairwise((*ring, ring[0]))]


@pytest.mark.parametrize("rise", [5000, 2500, -2500, -4500])
def test_a_curve_of_short_chords_becomes_a_few_long_facets_on_the_floor(rise: int) -> None:
    ring = arc_hall(rise)
    found = faceted(ring, ())
    assert len(found) < 12
    assert max(sides(found)[2:-1]) > 6000, "a bank of counters fits along one"
    assert Polygon(ring).buffer(2).covers(Polygon(found))
    line = LinearRing(found)
    assert max(line.distance(Point(p)) for p in ring) <= DEEPEST_MM + 2


def test_both_halves_of_a_curve_get_facets_alike() -> None:
    for rise in (5000, -4500):
        found = faceted(arc_hall(rise), ())
        mirrored = {(30_000 - x, y) for x, y in found}
        assert all(min(dist(p, q) for q in mirrored) <= 2 for p in found)


def test_corners_chamfers_and_straight_walls_stay_as_they_are() -> None:
    square = ((0, 0), (9000, 0), (9000, 9000), (0, 9000))
    octagon = tuple((round(2600 * cos(k * pi / 4)), round(2600 * sin(k * pi / 4))) for k in range(8))
    chamfered = ((4000, 0), (26_000, 0), (30_000, 4000), (30_000, 22_000), (0, 22_000), (0, 4000))
    for ring in (square, octagon, chamfered):
        assert faceted(ring, ()) == ring


def test_a_door_keeps_the_chord_that_it_is_in() -> None:
    ring = arc_hall(5000)
    a, b = ring[15], ring[16]
    p, q = (round(a[0] + 0.1 * (b[0] - a[0])), round(a[1] + 0.1 * (b[1] - a[1]))), b
    found = faceted(ring, (Door(id="d", use="exit", p=p, q=q, clear_mm=900),))
    assert a in found and b in found
    assert found.index(b) == found.index(a) + 1


def test_a_round_hall_is_set_up_along_a_polygon() -> None:
    ring = tuple((round(9000 * cos(k * pi / 32)), round(9000 * sin(k * pi / 32))) for k in range(64))
    found = faceted(ring, ())
    assert 5 <= len(found) <= 10
    assert Polygon(ring).covers(Polygon(found).buffer(-1))


def test_a_curve_that_swings_both_ways_is_followed_on_each_part() -> None:
    head = [(30_000 - 1000 * k, round(15_000 + 2500 * sin(2 * pi * k / 30))) for k in range(31)]
    ring = ((0, 0), (30_000, 0), *head)
    found = faceted(ring, ())
    assert len(found) < 16
    assert Polygon(ring).buffer(2).covers(Polygon(found))


@given(st.integers(-6000, 6000).filter(lambda r: abs(r) > 300), st.integers(6, 60), st.integers(8000, 40_000))
def test_facets_always_lie_on_the_floor_and_near_the_wall(rise: int, chords: int, width: int) -> None:
    rise = max(-width // 3, min(width // 3, rise))
    ring = arc_hall(rise, chords=chords, width=width)
    found = faceted(ring, ())
    assert Polygon(found).is_valid
    assert Polygon(ring).buffer(2, join_style="mitre").covers(Polygon(found))
    line = LinearRing(found)
    assert max(line.distance(Point(p)) for p in ring) <= DEEPEST_MM + 2
    assert len(found) <= len(ring)
