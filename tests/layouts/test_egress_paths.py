"""Common paths and dead ends in floors whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry

from layouts.egress_paths import Common, common_paths
from layouts.geometry import union
from layouts.steps import trees_of, walk_steps
from tests.layouts.halls import box


def found(floor: BaseGeometry, *exits: tuple[float, float]) -> Common:
    left, low, right, high = floor.bounds
    trees = trees_of(walk_steps(floor, (left, low, right, high), 250), list(exits))
    assert trees is not None
    common = common_paths(trees)
    assert common is not None
    return common


def test_with_one_exit_the_whole_way_is_common() -> None:
    common = found(Shape(box(0, 0, 20_000, 4000)), (0.0, 2000.0))
    assert common.path_m == pytest.approx(20.0, rel=0.04)


def test_between_two_exits_there_is_a_choice_at_once() -> None:
    common = found(Shape(box(0, 0, 20_000, 4000)), (0.0, 2000.0), (20_000.0, 2000.0))
    assert common.path_m < 1.5
    assert common.dead_end_m < 1.5


@pytest.mark.parametrize("deep", [6000, 9000])
def test_an_alcove_off_a_hall_is_a_common_path_and_a_dead_end_up_to_where_the_ways_part(deep: int) -> None:
    """Two metres wide: its mouth's corners are seen at 45 degrees to one another from 2.0 to 2.4 m before the mouth."""
    floor = Shape(box(0, 0, 20_000, 4000)).union(Shape(box(9000, 4000, 11_000, 4000 + deep)))
    common = found(floor, (0.0, 2000.0), (20_000.0, 2000.0))
    assert (deep - 3200) / 1000 <= common.path_m <= (deep - 1500) / 1000
    assert common.dead_end_m == pytest.approx(common.path_m, abs=0.3)
    assert common.path[0][1] > 4000 + deep - 500


def test_a_wide_bay_is_no_dead_end() -> None:
    floor = Shape(box(0, 0, 20_000, 4000)).union(Shape(box(7000, 4000, 13_000, 8000)))
    common = found(floor, (0.0, 2000.0), (20_000.0, 2000.0))
    assert common.dead_end_m < 2.0


BLOCKS = st.lists(st.tuples(*(st.integers(0, 36).map(lambda n: 250 * n),) * 2), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(BLOCKS, st.tuples(*(st.integers(0, 90).map(lambda n: 100 * n),) * 2), st.integers(1, 20))
def test_the_raster_after_a_move_is_the_raster_of_the_new_floor(
    blocks: list[tuple[int, int]], to: tuple[int, int], side: int
) -> None:
    hall, bounds = Shape(box(0, 0, 12_000, 10_000)), (0.0, 0.0, 12_000.0, 10_000.0)

    def floor(places: list[tuple[int, int]]) -> BaseGeometry:
        return hall.difference(union(Shape(box(x, y, x + 100 * side, y + 100 * side)) for x, y in places))

    changed = [(float(x), float(y), float(x + 100 * side), float(y + 100 * side)) for x, y in (blocks[0], to)]
    after = floor([to, *blocks[1:]])
    quick = walk_steps(after, bounds, 250, earlier=walk_steps(floor(blocks), bounds, 250), changed=changed)
    whole = walk_steps(after, bounds, 250)
    assert np.array_equal(quick.free, whole.free)
    assert np.array_equal(quick.open, whole.open)
    assert np.array_equal(quick.reach, whole.reach)


def test_no_floor_and_no_exit_have_no_common_path() -> None:
    steps = walk_steps(Shape(box(0, 0, 4000, 4000)), (0.0, 0.0, 4000.0, 4000.0), 250)
    assert trees_of(steps, []) is None
