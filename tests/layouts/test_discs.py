"""The largest disc on a floor: known answers, and no other size than halving from nothing to the largest finds."""

from __future__ import annotations

import random

import pytest
import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from layouts.discs import LARGEST_DISC_MM, SIZES, widest_disc

HALL = shapely.box(0, 0, 6000, 5000)


def halved(floor: BaseGeometry, within: BaseGeometry) -> float | None:
    """The largest of the sizes told apart that fits, by halving alone."""
    low, high = 0, SIZES
    while high - low > 1:
        tried = (low + high) // 2
        fits = floor.buffer(-LARGEST_DISC_MM * tried / SIZES / 2, quad_segs=16).intersects(within)
        low, high = (tried, high) if fits else (low, tried)
    return LARGEST_DISC_MM * low / SIZES if low else None


@pytest.mark.parametrize(
    ("floor", "within", "diameter_mm"),
    [
        (HALL, HALL, LARGEST_DISC_MM),
        (shapely.box(0, 0, 6000, 1500), shapely.box(0, 0, 6000, 1500), 1500),
        (shapely.box(0, 0, 6000, 1500), shapely.box(0, 0, 6000, 400), 800),  # its middle stays near the wall
        (HALL.difference(shapely.box(2000, 0, 6000, 5000)), shapely.box(0, 0, 500, 500), 1000),
    ],
)
def test_a_disc_is_as_wide_as_the_floor_lets_it_be(floor: BaseGeometry, within: BaseGeometry, diameter_mm: float) -> None:
    found = widest_disc(floor, within)
    assert found is not None
    assert found[0] == pytest.approx(diameter_mm, abs=1)
    assert within.buffer(1e-6).covers(shapely.Point(found[1]))


def test_no_disc_fits_where_there_is_no_floor() -> None:
    assert widest_disc(shapely.Polygon(), HALL) is None
    assert widest_disc(HALL, shapely.box(7000, 0, 8000, 1000)) is None


def test_a_floor_that_comes_to_a_line_here_and_there_is_looked_at_as_any() -> None:
    with_line = shapely.GeometryCollection([shapely.box(0, 0, 1200, 4000), shapely.LineString([(1200, 0), (3000, 0)])])
    found = widest_disc(with_line, shapely.box(0, 0, 3000, 3000))
    assert found is not None and found[0] == pytest.approx(1200, abs=1)


@pytest.mark.parametrize("seed", range(40))
def test_guessing_first_finds_what_halving_finds(seed: int) -> None:
    rng = random.Random(seed)
    floor: BaseGeometry = HALL
    for _ in range(rng.randint(0, 9)):
        x, y = rng.randint(-500, 5800), rng.randint(-500, 4800)
        thing = shapely.box(x, y, x + rng.randint(50, 1800), y + rng.randint(50, 900))
        floor = floor.difference(shapely.affinity.rotate(thing, rng.choice([0, 0, 30, 45])))
    x, y = rng.randint(-200, 5000), rng.randint(-200, 4000)
    place = shapely.box(x, y, x + rng.randint(300, 1800), y + rng.randint(300, 1500))
    within = shapely.affinity.rotate(place, rng.choice([0, 20]))
    found = widest_disc(floor, within)
    assert (None if found is None else found[0]) == halved(floor, within)
