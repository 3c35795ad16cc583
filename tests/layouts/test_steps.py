"""The ways over a raster are the shortest ones, and each goes on step by step as long as it is told to be."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from layouts.geometry import ring_shape, union
from layouts.raster_kernel import open_steps
from layouts.steps import STEPS, Steps, Trees, trees_of, walk_steps
from tests.layouts.halls import box

BLOCKS = st.lists(st.tuples(*(st.integers(0, 90).map(lambda n: 100 * n),) * 2, st.integers(2, 30)), min_size=1, max_size=8)
EXITS = [(0.0, 5000.0), (6000.0, 0.0), (12_000.0, 9000.0)]


def a_raster(blocks: list[tuple[int, int, int]]) -> Steps:
    taken = union(ring_shape(box(x, y, x + 100 * side, y + 100 * side)) for x, y, side in blocks)
    return walk_steps(ring_shape(box(0, 0, 12_000, 10_000)).difference(taken), (0.0, 0.0, 12_000.0, 10_000.0), 250)


def by_the_book(steps: Steps, trees: Trees) -> np.ndarray:
    """The lengths that Dijkstra's method finds on the whole graph."""
    wide, edges = steps.free.shape[1], []
    for at in np.flatnonzero(steps.free).tolist():
        for bit, (dx, dy) in enumerate(STEPS):
            if steps.open.ravel()[at] >> bit & 1:
                edges.append((at, at + dy * wide + dx, math.hypot(dx, dy) * 250))
    for k, end in enumerate(EXITS):
        for cell, place in enumerate(trees.places[: trees.cells].tolist()):
            if steps.free.ravel()[cell] and math.dist(place, end) <= 1000:
                edges.append((cell, trees.cells + k, max(math.dist(place, end), 1e-9)))
    one, other, long = zip(*edges)
    size = len(trees.places)
    ends = trees.cells + np.arange(len(EXITS))
    return dijkstra(coo_array((long, (one, other)), shape=(size, size)).tocsr(), directed=False, indices=ends)[:, : trees.cells]


@settings(max_examples=25, deadline=None)
@given(BLOCKS)
def test_no_way_to_an_exit_is_shorter(blocks: list[tuple[int, int, int]]) -> None:
    steps = a_raster(blocks)
    trees = trees_of(steps, EXITS)
    assert trees is not None
    assert np.allclose(trees.lengths, by_the_book(steps, trees), rtol=0, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(BLOCKS, st.integers(0, 10_000))
def test_each_way_is_as_long_as_told(blocks: list[tuple[int, int, int]], which: int) -> None:
    trees = trees_of(a_raster(blocks), EXITS)
    assert trees is not None
    cell = which % trees.cells
    for end, onward in enumerate(trees.next):
        if math.isfinite(trees.lengths[end, cell]):
            way = [cell]
            while onward[way[-1]] >= 0:
                way.append(int(onward[way[-1]]))
            assert way[-1] == trees.cells + end
            assert np.hypot(*np.diff(trees.places[way], axis=0).T).sum() == pytest.approx(trees.lengths[end, cell])
        else:
            assert onward[cell] < 0


@settings(max_examples=60, deadline=None)
@given(BLOCKS, st.lists(BLOCKS, min_size=1, max_size=4))
def test_ways_mended_after_a_change_are_those_looked_for_anew(
    blocks: list[tuple[int, int, int]], changes: list[list[tuple[int, int, int]]]
) -> None:
    """Blocks come and go, one state after the other; lengths, next places and nearest exits are the same to the last bit."""
    kept = trees_of(a_raster(blocks), EXITS)
    for some in changes:
        steps = a_raster([*blocks[: len(some) % 3], *some])
        mended, anew = trees_of(steps, EXITS, earlier=kept), trees_of(steps, EXITS)
        assert (mended is None) == (anew is None)
        if mended is not None and anew is not None:
            assert all(np.array_equal(getattr(mended, name), getattr(anew, name)) for name in ("found", "next", "nearest"))
        kept = mended


def test_a_raster_of_a_large_floor_takes_no_room_for_steps_that_no_edge_is_near() -> None:
    floor, bounds = ring_shape(box(0, 0, 100_000, 75_000)), (0.0, 0.0, 100_000.0, 75_000.0)
    walk_steps(floor, bounds, 250)
    tracemalloc.start()
    steps = walk_steps(floor, bounds, 250)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100 * steps.free.size


@settings(max_examples=10, deadline=None)
@given(BLOCKS)
def test_steps_in_doubt_that_find_no_room_are_counted(blocks: list[tuple[int, int, int]]) -> None:
    steps = a_raster(blocks)
    free = np.ascontiguousarray(steps.free)
    edged, found = ~free, np.empty(free.shape, dtype=np.uint8)
    room = np.full(free.size * len(STEPS), -1)
    count = open_steps(free, edged, np.ones_like(free), np.asarray(STEPS), found, room)
    few = np.full(count // 2, -1)
    assert open_steps(free, edged, np.ones_like(free), np.asarray(STEPS), found, few) == count
    assert np.array_equal(few, room[: len(few)])
    assert len(np.unique(room[:count])) == count and (room[:count] >= 0).all() and (room[count:] == -1).all()
