"""Staff floor ends on one line towards the hall: no partition jogs by less than its thickness."""

from __future__ import annotations

import pytest
from shapely.geometry import Polygon, box

from solvers.placement.barriers import barriers_between
from solvers.placement.evened import evened
from solvers.placement.floor_parts import shapes_of

HALL = box(0, 0, 10_000, 5000)
LOW, HIGH = box(0, 5000, 4000, 9000), box(4000, 5000, 10_000, 9000)


def stepped(high: float, *, first: bool = False) -> Polygon:
    """Staff floor over the hall; its edge stands out by so much over one part of its length."""
    out = box(0, 5000 - high, 4000, 5000) if first else box(4000, 5000 - high, 10_000, 5000)
    return LOW.union(HIGH).union(out)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("high", [1, 22, 78, 99])
def test_a_step_smaller_than_a_partition_is_drawn_back_to_one_line(high: int, first: bool) -> None:
    before = stepped(high, first=first)
    public, staff = evened(HALL.difference(before), before, ())
    assert staff.symmetric_difference(LOW.union(HIGH)).area < 1
    assert public.symmetric_difference(HALL).area < 1, "and what it leaves is the hall's"
    fronts = [b for b in shapes_of(barriers_between(public, staff)) if b.bounds[1] < 5200]
    assert {b.bounds[1] for b in fronts} == {5000}


def test_a_step_as_deep_as_a_partition_stays() -> None:
    before = stepped(100)
    assert evened(HALL.difference(before), before, ())[1].equals(before)


def test_floor_that_staff_need_behind_a_counter_stays_theirs() -> None:
    before = stepped(78)
    behind = ((5000, 4930), (7000, 4930), (7000, 7000), (5000, 7000))
    assert evened(HALL.difference(before), before, [behind])[1].equals(before)


def test_a_step_in_the_building_s_own_wall_stays() -> None:
    before = stepped(78)
    elsewhere = box(0, 20_000, 10_000, 25_000)
    assert evened(elsewhere, before, ())[1].equals(before)


def test_a_slot_of_staff_floor_is_no_step() -> None:
    before = LOW.union(HIGH).union(box(4000, 4950, 4600, 5000))
    assert evened(HALL.difference(before), before, ())[1].equals(LOW.union(HIGH)), "its two steps are both drawn back"
