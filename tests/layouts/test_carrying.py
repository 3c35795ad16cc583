"""Equal rows are found wherever they stand, and lines that come into a changed place are forgotten, no others."""

from __future__ import annotations

import numpy as np
import pytest

from layouts.carrying import meets, rows, same
from layouts.sight_kernel import carry_marks


@pytest.mark.parametrize("seed", range(5))
def test_equal_rows_are_those_that_a_dictionary_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = (np.round(rng.uniform(-3, 3, (200, 4))) * 250.0 for _ in range(2))  # a raster: many are equal
    other[::7] += 0.1
    known = {row.tobytes(): k for k, row in enumerate(one)}
    expected = [(known[row.tobytes()], k) for k, row in enumerate(other) if row.tobytes() in known]
    assert len(expected) > 5
    here, there = same(rows(one), rows(other))
    assert list(zip(here.tolist(), there.tolist())) == expected


def test_no_rows_have_no_equals() -> None:
    none, some = np.zeros((0, 2)), np.zeros((3, 2))
    for one, other in ((none, some), (some, none), (none, none)):
        here, there = same(rows(one), rows(other))
        assert len(here) == len(there) == 0


def test_lines_that_come_into_a_box_are_forgotten_and_no_others() -> None:
    """On a grid, so that lines run along the sides of boxes and through their corners."""
    rng = np.random.default_rng(1)
    points, ends = (rng.integers(0, 20, (n, 2)).astype(np.float64) for n in (30, 50))
    boxes = [(3.0, 4.0, 6.0, 5.0), (12.0, 12.0, 12.0, 17.0)]
    marks = rng.integers(-1, 2, (30, 50)).astype(np.int8)
    expected = marks.copy()
    for p, point in enumerate(points):
        a = np.broadcast_to(point, ends.shape)
        expected[p, np.any([meets(a, ends, box) for box in boxes], axis=0)] = -1
    assert 100 < (expected != marks).sum() < 1000
    point, end = rng.permutation(30), rng.permutation(50)
    point[3], end[7] = -1, -1  # new ones, of which nothing is known
    carried = np.empty_like(marks)
    carry_marks(marks, point, end, points[point], ends[end], np.asarray(boxes), carried)
    expected = expected[np.ix_(point, end)]
    expected[3], expected[:, 7] = -1, -1
    assert carried.tolist() == expected.tolist()
