"""Rings keep their corners, and only those."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon

from layouts.readers.solids import clean_ring

SQUARE = [(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0)]


def test_points_on_straight_edges_go() -> None:
    ring = [(0.0, 0.0), (400.0, 0.3), (700.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0), (0.0, 10.0)]
    assert clean_ring(ring) == SQUARE


@pytest.mark.parametrize(("corner", "start"), list(product(range(4), range(5))))
def test_a_corner_of_two_points_keeps_one_wherever_the_ring_starts(corner: int, start: int) -> None:
    x, y = SQUARE[corner]
    doubled = [*SQUARE[: corner + 1], (x + 0.4, y + 0.4), *SQUARE[corner + 1 :]]
    ring = clean_ring(doubled[start:] + doubled[:start])
    assert len(ring) == 4
    assert abs(Polygon(ring).area - 1_000_000) < 1000


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1), st.floats(-0.3, 0.3)), max_size=12), st.integers(0, 15))
def test_noise_along_the_edges_never_costs_a_corner(noise: list[tuple[int, float, float]], start: int) -> None:
    ring = []
    for edge in range(4):
        (ax, ay), (bx, by) = SQUARE[edge], SQUARE[(edge + 1) % 4]
        ring.append((ax, ay))
        ring += [
            (ax + (bx - ax) * s + d * (by != ay), ay + (by - ay) * s + d * (bx != ax))
            for e, s, d in sorted(noise)
            if e == edge
        ]
    turn = start % len(ring)
    assert abs(Polygon(clean_ring(ring[turn:] + ring[:turn])).area - 1_000_000) < 5000
