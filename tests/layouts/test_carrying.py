"""Equal rows are found wherever they stand; how they are looked for tells nothing."""

from __future__ import annotations

import numpy as np
import pytest

from layouts.carrying import rows, same


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
