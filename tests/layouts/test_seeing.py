"""Lines are seen along where the exact geometry says that they lie in the area, also where they touch its corners."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.geometry import ring_shape, union
from layouts.seeing import outlook
from layouts.travel import LOOK, _taut
from tests.layouts.halls import box

PLACES = st.tuples(*(st.integers(0, 24),) * 2)
BLOCKS = st.lists(st.tuples(PLACES, st.integers(1, 8), st.integers(1, 8)), max_size=6)


@settings(max_examples=60, deadline=None)
@given(BLOCKS, st.lists(st.tuples(PLACES, PLACES), min_size=1, max_size=20), st.sampled_from([0.0, 0.5, 300.0]))
def test_what_is_seen_lies_in_the_area(blocks: list[Any], lines: list[Any], grown: float) -> None:
    """On a coarse grid, so that lines run along edges and through corners."""
    taken = union(ring_shape(box(500 * x, 500 * y, 500 * (x + w), 500 * (y + d))) for (x, y), w, d in blocks)
    area = ring_shape(box(0, 0, 12_000, 12_000)).difference(taken).buffer(grown, join_style="mitre")
    a, b = (500.0 * np.asarray([line[k] for line in lines], dtype=np.float64) for k in (0, 1))
    assert outlook(area).seen(a, b).tolist() == shapely.covers(area, shapely.linestrings(np.stack([a, b], axis=1))).tolist()


def test_nothing_is_seen_where_there_is_no_floor() -> None:
    a = np.asarray([[0.0, 0.0]])
    assert not outlook(shapely.Polygon()).seen(a, a + 1000).any()


@settings(max_examples=40, deadline=None)
@given(BLOCKS, st.lists(PLACES, min_size=2, max_size=40))
def test_a_walk_is_pulled_taut_in_compiled_code_as_it_is_step_by_step(blocks: list[Any], walk: list[Any]) -> None:
    """Off the grid, so that rounding decides of few lines; where it might, nothing is told."""
    taken = union(ring_shape(box(500 * x, 500 * y, 500 * (x + w), 500 * (y + d))) for (x, y), w, d in blocks)
    area, points = outlook(ring_shape(box(0, 0, 12_000, 12_000)).difference(taken)), 500.0 * np.asarray(walk) + (217.0, 133.0)
    taut = area.taut(points, LOOK)
    if taut is not None:
        assert taut.tolist() == _taut(area, points).tolist()


def test_a_walk_round_a_block_is_pulled_to_its_corners() -> None:
    area = outlook(ring_shape(box(0, 0, 9000, 9000)).difference(ring_shape(box(3000, 0, 5000, 6000))))
    beside = [(2900.0, 500.0 * k) for k in range(1, 13)]
    walk = np.asarray([(500.0, 400.0), *beside, (2950.0, 6100.0), (5100.0, 6050.0), (8000.0, 300.0)])
    taut = area.taut(walk, LOOK)
    assert taut is not None
    assert taut.tolist() == [[500.0, 400.0], [2950.0, 6100.0], [5100.0, 6050.0], [8000.0, 300.0]]
