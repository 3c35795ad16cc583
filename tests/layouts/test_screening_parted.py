"""Whether a line parts the doors from what is served is told from its surroundings as it is from the whole floor."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from layouts.geometry import union
from layouts.screening import SLIP_MM, unscreened
from layouts.screening_parted import parting

DOORS = ((0.0, 5000.0),)


def a_floor(chance: random.Random) -> BaseGeometry:
    """A hall of 20 x 10 m with things on it, some of which touch."""
    things = [box(x, y, x + chance.randint(200, 3000), y + chance.randint(200, 3000)) for x, y in places(chance, 12)]
    return box(0, 0, 20_000, 10_000).difference(union(things))


def places(chance: random.Random, count: int) -> list[tuple[int, int]]:
    return [(chance.randrange(1000, 18_000, 250), chance.randrange(0, 9500, 250)) for _ in range(count)]


def screens(chance: random.Random) -> list[BaseGeometry]:
    """Screens one after the other, mostly right across the hall, sometimes from one thing to another."""
    corners = sorted([*places(chance, chance.randint(1, 3))], key=lambda p: p[1])
    if chance.random() < 0.7:
        corners = [(corners[0][0], 0), *corners, (corners[-1][0], 10_000)]
    return [LineString(ends).buffer(50, cap_style="square") for ends in pairwise(corners) if ends[0] != ends[1]]


@pytest.mark.parametrize("seed", range(150))
def test_what_is_told_of_a_line_is_what_the_whole_floor_tells(seed: int) -> None:
    chance = random.Random(seed)
    floor, line = a_floor(chance).buffer(-SLIP_MM / 2), screens(chance)
    served = [box(x, y, x + 300, y + 300) for x, y in places(chance, chance.randint(1, 12))]
    rest = floor.difference(union(s.buffer(SLIP_MM / 2, join_style="mitre") for s in line))
    whole = unscreened(rest, (), DOORS).intersects(union(s.intersection(floor) for s in served))
    assert parting(floor, DOORS, served).parts_them(line) is not bool(whole)


def test_both_answers_are_given() -> None:
    floor, served = box(0, 0, 20_000, 10_000), [box(15_000, 5000, 15_300, 5300)]
    across = box(5000, 0, 5100, 10_000)
    asked = parting(floor, DOORS, served)
    assert asked.parts_them([across]) and not asked.parts_them([box(5000, 0, 5100, 9000)])
    assert asked.parts_them([box(5000, 0, 5100, 6000), box(5000, 6000, 5100, 10_000)])


def test_a_place_in_a_hole_of_the_floor_is_come_to_by_nobody() -> None:
    floor = Polygon(shapely.box(0, 0, 20_000, 10_000).exterior, [box(9000, 4000, 11_000, 6000).exterior])
    assert parting(floor, DOORS, [box(9500, 4500, 9800, 4800)]).parts_them([])
    assert not parting(floor, DOORS, [box(8900, 4500, 9800, 4800)]).parts_them([])
