"""How long walks round corners are, by hand: straight lines, and arcs of half the clear width round what sticks out."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from layouts.layout import Item, LevelLayout
from layouts.plan import Column, Door, Level, Point, Ring
from layouts.programme import Flow
from layouts.routes import find_routes
from tests.layouts.halls import box
from tests.layouts.test_routes_known import middle_of, turned

CLEAR = 800
LEFT, RIGHT = 1, -1
Corner = tuple[Point, int]


def taut(start: Point, corners: tuple[Corner, ...], end: Point) -> float:
    """The length of the walk from start to end round these corners, each told with the side of the walk on which it stays."""
    radius, stations = CLEAR / 2, [(start, 0), *corners, (end, 0)]
    length, ways = 0.0, []
    for (p, side), (q, other) in pairwise(stations):
        apart, off = math.dist(p, q), radius * (side - other)
        length += math.sqrt(apart**2 - off**2)
        ways.append(math.atan2(q[1] - p[1], q[0] - p[0]) + math.asin(off / apart))
    turns = [side * (after - before) for (_, side), (before, after) in zip(corners, pairwise(ways))]
    assert min(turns) >= 0, "the walk leaves a corner out"
    return length + radius * sum(turns)


def walked(outline: Ring, way_in: tuple[Point, Point], end: Point, columns: tuple[Ring, ...], degrees: float) -> int:
    """The length of the walk from the door to where visitors stand before a thing at `end`."""
    x, speck = end[0], (end[0], end[1] + CLEAR // 2)
    p, q = turned(way_in, degrees)
    level = Level(
        id="0", name="", elevation_mm=0, outline=turned(outline, degrees),
        doors=(Door(id="in", use="entrance_exit", p=p, q=q, clear_mm=round(math.dist(p, q)), swing="out"),),
        columns=tuple(Column(id=f"c{k}", outline=turned(ring, degrees)) for k, ring in enumerate(columns)),
    )  # fmt: skip
    (at,) = turned((speck,), degrees)
    thing = Item(
        id="k", kind="self_service_kiosk", polygon=turned(box(x - 1, speck[1] - 1, x + 1, speck[1] + 1), degrees),
        insert_mm=at, rotation_deg=degrees, solid=False,
    )  # fmt: skip
    layout = LevelLayout(level="0", items=(thing,), public=(), staff=())
    flow = Flow(service="s", visitors_per_day=1, stops=("k",))
    return next(r.length_mm for r in find_routes(level, layout, (flow,), clear_width_mm=CLEAR) if r.from_id == "in")


@pytest.mark.parametrize("degrees", [0.0, 30.0, 45.0])
@pytest.mark.parametrize(("first", "second"), [(900, 900), (1200, 2000), (2000, 1100)])
def test_a_walk_round_one_corner_is_as_long_as_by_hand(first: int, second: int, degrees: float) -> None:
    outline = ((0, 0), (9000, 0), (9000, 9000), (9000 - second, 9000), (9000 - second, first), (0, first))
    end = (9000 - second // 2, 7000)
    known = taut((0, first // 2), (((9000 - second, first), LEFT),), end)
    assert walked(outline, middle_of(first, 0), end, (), degrees) == pytest.approx(known, rel=0.005)


@pytest.mark.parametrize("degrees", [0.0, 30.0, 45.0])
@pytest.mark.parametrize(("first", "middle", "last"), [(900, 900, 900), (2000, 1000, 1500), (1100, 1900, 900)])
def test_a_walk_round_two_corners_is_as_long_as_by_hand(first: int, middle: int, last: int, degrees: float) -> None:
    x, rise = 6000, 7000
    top, far = rise + last, 14_000
    outline = ((0, 0), (x + middle, 0), (x + middle, rise), (far, rise), (far, top), (x, top), (x, first), (0, first))
    end = (13_000, rise + last // 2)
    known = taut((0, first // 2), (((x, first), LEFT), ((x + middle, rise), RIGHT)), end)
    assert walked(outline, middle_of(first, 0), end, (), degrees) == pytest.approx(known, rel=0.005)


@pytest.mark.parametrize("degrees", [0.0, 30.0, 45.0])
@pytest.mark.parametrize(("side", "low"), [(300, 1500), (700, 1300), (450, 1600)])
def test_a_walk_past_a_pillar_is_as_long_as_by_hand(side: int, low: int, degrees: float) -> None:
    """The pillar stands nearer to the upper wall: the walk passes below it."""
    pillar = box(5000, low, 5000 + side, low + side)
    known = taut((0, 1500), (((5000, low), LEFT), ((5000 + side, low), LEFT)), (11_000, 1500))
    found = walked(box(0, 0, 14_000, 3000), middle_of(3000, 0), (11_000, 1500), (pillar,), degrees)
    assert found == pytest.approx(known, rel=0.005)
