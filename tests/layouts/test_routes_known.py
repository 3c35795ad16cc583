"""Corridors made at random with a known narrowest place: straight, L, Z, pillars and doors, turned by any angle."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layouts.layout import Item, LevelLayout
from layouts.plan import Column, Door, Level, Point, Ring
from layouts.programme import Flow
from layouts.routes import find_routes
from tests.layouts.halls import box

CLEAR = 900
WIDTHS = st.integers(1000, 6000)
ANGLES = st.sampled_from([0.0, 17.0, 45.0, 90.0, 123.4])


def turned(ring: Ring, degrees: float) -> Ring:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return tuple((round(x * c - y * s), round(x * s + y * c)) for x, y in ring)


def measured(
    outline: Ring, way_in: tuple[Point, Point], way_out: tuple[Point, Point], things: tuple[Ring, ...], degrees: float
) -> tuple[int, int]:
    """Length and clear width of the walk from the door in to a stop before the door out."""
    (ax, ay), (bx, by) = way_out
    stop = (round((ax + bx) / 2), round((ay + by) / 2))

    def opening(id: str, use: str, ends: tuple[Point, Point]) -> Door:
        p, q = turned(ends, degrees)
        return Door(id=id, use=use, p=p, q=q, clear_mm=round(math.dist(p, q)), swing="out")

    level = Level(
        id="0", name="", elevation_mm=0, outline=turned(outline, degrees),
        doors=(opening("in", "entrance", way_in), opening("out", "exit", way_out)),
        columns=tuple(Column(id=f"c{k}", outline=turned(ring, degrees)) for k, ring in enumerate(things)),
    )  # fmt: skip
    (at,) = turned((stop,), degrees)
    speck = Item(
        id="k", kind="self_service_kiosk", polygon=turned(box(stop[0] - 1, stop[1] - 1, stop[0] + 1, stop[1] + 1), degrees),
        insert_mm=at, rotation_deg=0, solid=False,
    )  # fmt: skip
    layout = LevelLayout(level="0", items=(speck,), public=(), staff=())
    flow = Flow(service="s", visitors_per_day=1, stops=("k",))
    routes = find_routes(level, layout, (flow,), clear_width_mm=CLEAR)
    return routes[0].length_mm, routes[0].clear_width_mm


def middle_of(width: int, x: int) -> tuple[Point, Point]:
    half = min(width, 1000) // 2
    return (x, width // 2 - half), (x, width // 2 + half)


@settings(max_examples=12, deadline=None)
@given(width=WIDTHS, length=st.integers(8000, 25_000), degrees=ANGLES)
def test_a_straight_corridor(width: int, length: int, degrees: float) -> None:
    outline = box(0, 0, length, width)
    walked, clear = measured(outline, middle_of(width, 0), middle_of(width, length), (), degrees)
    assert clear == pytest.approx(width, abs=10)
    assert walked == pytest.approx(length, rel=0.005, abs=CLEAR / 2 + 60)


@settings(max_examples=12, deadline=None)
@given(
    width=st.integers(6200, 7000), gap=st.integers(950, 6000), at=st.floats(0.1, 0.9), thick=st.integers(80, 900),
    degrees=ANGLES,
)  # fmt: skip
def test_a_door_in_a_wall_across(width: int, gap: int, at: float, thick: int, degrees: float) -> None:
    low = round((width - gap) * at)
    walls = (box(6000, -50, 6000 + thick, low), box(6000, low + gap, 6000 + thick, width + 50))
    _, clear = measured(box(0, 0, 14_000, width), middle_of(width, 0), middle_of(width, 14_000), walls, degrees)
    assert clear == pytest.approx(gap, abs=10)


@settings(max_examples=12, deadline=None)
@given(before=WIDTHS, after=WIDTHS, degrees=ANGLES)
def test_an_l_corridor(before: int, after: int, degrees: float) -> None:
    """Its two legs are as wide as they are, and the corner is wider than either."""
    long = 9000
    outline = ((0, 0), (long, 0), (long, long), (long - after, long), (long - after, before), (0, before))
    half = min(after, 1000) // 2
    way_out = (long - after // 2 - half, long), (long - after // 2 + half, long)
    _, clear = measured(outline, middle_of(before, 0), way_out, (), degrees)
    assert clear == pytest.approx(min(before, after), abs=10)


@settings(max_examples=12, deadline=None)
@given(first=WIDTHS, middle=WIDTHS, last=WIDTHS, degrees=ANGLES)
def test_a_z_corridor(first: int, middle: int, last: int, degrees: float) -> None:
    rise, x = 7000, 6000
    top = rise + last
    outline = (
        (0, 0), (x + middle, 0), (x + middle, rise), (14_000, rise), (14_000, top), (x, top), (x, first), (0, first),
    )  # fmt: skip
    half = min(last, 1000) // 2
    way_out = (14_000, rise + last // 2 - half), (14_000, rise + last // 2 + half)
    _, clear = measured(outline, middle_of(first, 0), way_out, (), degrees)
    assert clear == pytest.approx(min(first, middle, last), abs=10)


@settings(max_examples=12, deadline=None)
@given(side=st.integers(200, 700), gap=st.integers(950, 1500), aside=st.integers(0, 600), degrees=ANGLES)
def test_two_pillars_that_leave_one_way(side: int, gap: int, aside: int, degrees: float) -> None:
    """The way past the pillars' outer sides is too narrow; between them it is as wide as from corner to corner."""
    width = 2 * side + gap + 2 * 400
    low, high = box(6000, 400, 6000 + side, 400 + side), box(6000 + aside, 400 + side + gap, 6000 + aside + side, width - 400)
    _, clear = measured(box(0, 0, 14_000, width), middle_of(width, 0), middle_of(width, 14_000), (low, high), degrees)
    known = gap if aside <= side else math.hypot(gap, aside - side)
    assert clear == pytest.approx(known, abs=10)


@settings(max_examples=20, deadline=None)
@given(
    width=st.integers(2000, 6000), side=st.integers(200, 700), off=st.integers(0, 400), x=st.integers(2500, 17_000),
    bend=st.integers(0, 900), degrees=ANGLES,
)  # fmt: skip
@example(width=5100, side=300, off=0, x=6480, bend=0, degrees=0.0)  # halfway between two looks straight across the walk
def test_a_pillar_beside_a_wall(width: int, side: int, off: int, x: int, bend: int, degrees: float) -> None:
    """Between it and the other wall is all the way there is: the gap behind it lets nobody through."""
    pillar = box(x, off, x + side, off + side)
    way_in, way_out = middle_of(width, 0), tuple((a, min(width - 200, b + bend)) for a, b in middle_of(width, 20_000))
    _, clear = measured(box(0, 0, 20_000, width), way_in, way_out, (pillar,), degrees)  # type: ignore[arg-type]
    assert clear == pytest.approx(width - off - side, abs=10)


@settings(max_examples=12, deadline=None)
@given(gap=st.integers(4100, 6000), aside=st.integers(-2500, 2500), x=st.integers(3000, 15_000), degrees=ANGLES)
def test_two_small_pillars_far_apart(gap: int, aside: int, x: int, degrees: float) -> None:
    """From corner to corner where one stands aside of the other."""
    side, width = 300, gap + 2 * 300
    things = (box(x, 0, x + side, side), box(x + aside, width - side, x + aside + side, width))
    _, clear = measured(box(0, 0, 20_000, width), middle_of(width, 0), middle_of(width, 20_000), things, degrees)
    across = math.hypot(gap, max(0, abs(aside) - side))
    assert clear == pytest.approx(min(across, gap + side), abs=10)
