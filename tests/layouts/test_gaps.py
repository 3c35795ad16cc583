"""Gaps found anew only where something moved are those of looking everywhere."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layouts.gaps import Gaps, find_gaps
from layouts.geometry import line_shape, ring_shape, union
from layouts.narrowest import narrowest_of
from tests.layouts.halls import box

HALL = ring_shape(box(0, 0, 16_000, 12_000))
PLACES = st.tuples(st.integers(0, 30), st.integers(0, 22)).map(lambda p: (500 * p[0], 500 * p[1]))


def things(corners: list[tuple[int, int]]) -> list[tuple[tuple[int, int], ...]]:
    return [box(x, y, x + 900, y + 700) for x, y in corners]


def floor_round(rings: list[tuple[tuple[int, int], ...]]) -> Gaps:
    return find_gaps(HALL.difference(union(map(ring_shape, rings))))


ALONG = tuple(((100.0, float(y)), (15_900.0, float(y + rise))) for y in range(300, 11_900, 800) for rise in (0, 150))


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACES, min_size=2, max_size=8, unique=True), st.integers(0, 7), PLACES)
@example([(0, 0), (0, 500), (500, 0), (500, 6000), (0, 2000), (500, 7500)], 4, (0, 0))  # a walk that begins on a gap's line
def test_a_thing_moved_leaves_the_gaps_that_looking_everywhere_finds(
    corners: list[tuple[int, int]], which: int, to: tuple[int, int]
) -> None:
    stood = things(corners)
    stands = [*stood]
    stands[which % len(stood)] = things([to])[0]
    moved = (stood[which % len(stood)], stands[which % len(stood)])
    changed = [(float(a), float(b), float(c), float(d)) for ring in moved for a, b, c, d in [(*ring[0], *ring[2])]]
    whole, before = floor_round(stands), floor_round(stood)
    narrowest_of(before, ALONG)
    quick = find_gaps(whole.floor, earlier=before, changed=changed)
    for name in ("a", "b", "a_edge", "b_edge", "lengths"):
        assert np.array_equal(getattr(quick, name), getattr(whole, name))
    free = [line for line in ALONG if whole.floor.covers(line_shape(line))]
    assert narrowest_of(quick, free) == narrowest_of(whole, free)
