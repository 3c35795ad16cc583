"""What a module that stands excludes of another one's places: told for all at once, it is what each place by itself says."""

from __future__ import annotations

import pytest

from solvers.placement.taken import Spots
from tests.solvers.placement.test_quick import NAMES
from tests.solvers.placement.test_quick_kernel import searched

ALONE = ("seats and bays", "seats across the spine")  # one module in a hall


def share_floor(one: Spots, k: int, other: Spots, j: int) -> bool:
    """Do boxes of two places overlap, or are they in the same room that stands?"""
    mine = [box[:, k] for box in (one.whole, one.across) if box is not None]
    theirs = [box[:, j] for box in (other.whole, other.across) if box is not None]
    meet = (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a in mine for b in theirs if b[2] > 0)
    return any(meet) or (other.space[j] >= 0 and one.space[k] == other.space[j])


def bars(one: Spots, k: int, other: Spots, j: int) -> bool:
    """Does the staff corridor that one place asks for lie under the public floor of the other, on any arc?"""
    return any(
        last[k] >= start[j] or first[k] < end[j]
        for last, first, start, end in zip(one.last, one.first, other.start, other.end)
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ALONE])
def test_a_place_is_excluded_by_what_stands_on_its_floor_or_bars_a_corridor_and_by_nothing_else(name: str) -> None:
    exclusions = searched(name).exclusions
    seen = set()
    for e, one in exclusions.spots.items():
        for f, other in exclusions.spots.items():
            j = len(other.alone) // 2
            if e == f or exclusions.also(e, f, j) is not None:
                continue
            told = exclusions.by(e, f, j)
            for k in range(0, len(one.alone), max(1, len(one.alone) // 40)):
                excluded = share_floor(one, k, other, j) or bars(one, k, other, j) or bars(other, j, one, k)
                assert bool(told[k]) == excluded, (e, k, f, j)
                seen.add(excluded)
    assert seen == {False, True}
