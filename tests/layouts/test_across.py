"""Lines straight across walks: those that looking at every edge of the floor finds."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import numpy as np
import pytest
import shapely
import shapely.affinity

from layouts.gaps import find_gaps
from layouts.narrowest import STEP_MM, _across, narrowest
from tests.layouts.halls import box
from tests.layouts.test_routes_known import turned

HALL = shapely.box(0, 0, 14_000, 9000)


def expected(floor: shapely.Polygon, walk: shapely.LineString, below: float) -> list[float]:
    """The lengths of the lines across one walk."""
    rings = [floor.exterior, *floor.interiors]
    sides = [shapely.LineString(side) for ring in rings for side in pairwise(ring.coords)]
    count, found = max(1, int(walk.length // STEP_MM)), []
    for k in range(count):
        along = (k + 0.5) / count * walk.length
        place, on = walk.interpolate(along), walk.interpolate(along + 1.0)
        near = shapely.shortest_line(min(sides, key=place.distance), place).coords[0]
        reach = math.dist(near, (place.x, place.y))
        u, v = (place.x - near[0]) / reach, (place.y - near[1]) / reach
        if abs(u * (on.x - place.x) + v * (on.y - place.y)) >= 0.5:
            continue
        ray = shapely.LineString([place, (place.x + 30_000 * u, place.y + 30_000 * v)])
        beyond = min(ray.intersection(s).distance(place) for s in sides if ray.intersects(s))
        if reach + beyond < below:
            found.append(reach + beyond)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_lines_across_walks_are_those_that_looking_at_every_edge_finds(seed: int) -> None:
    rng = random.Random(seed)
    blocks = [shapely.box(x, y, x + 800, y + 600) for x in range(1000, 13_000, 2500) for y in range(1000, 8000, 2500)]
    turned = [shapely.affinity.rotate(b, rng.uniform(0, 90)) for b in blocks]
    floor = HALL.difference(shapely.union_all(turned))
    ways = [((300, y), (13_700, y + rng.uniform(-200, 200)), (13_750, y + 300)) for y in (500, 2800, 5300, 8200)]
    walks = [w for w in map(shapely.LineString, ways) if floor.covers(w)]
    assert len(walks) > 2
    below = [rng.choice((1500.0, 2500.0, math.inf)) for _ in walks]
    found = _across(find_gaps(floor), walks, np.asarray(below))
    for k, walk in enumerate(walks):
        assert found.lengths[found.walk == k].tolist() == pytest.approx(expected(floor, walk, below[k]), abs=0.01)


@pytest.mark.parametrize("low", [880, 986, 1126, 1203])
def test_a_line_that_runs_along_the_face_of_a_wall_goes_as_far_as_its_corner(low: int) -> None:
    """From the door's one corner straight across the walk it runs into the face of the wall opposite, along it: where that was
    met was told by rounding alone, and doors were measured up to 150 mm too narrow."""
    hall, below, above = box(0, 0, 14_000, 3403), box(6000, -50, 6285, low), box(6000, low + 1900, 6285, 3453)
    floor, *walls = (shapely.Polygon(turned(ring, 45.0)) for ring in (hall, below, above))
    found = narrowest(find_gaps(floor.difference(shapely.union_all(walls))), turned(((0, 1701), (12_000, 1701)), 45.0))
    assert found is not None and found[0] == pytest.approx(1900, abs=3)
