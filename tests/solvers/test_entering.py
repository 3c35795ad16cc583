"""Doors by their shares: whole persons, journeys apart where they lead to another floor."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from solvers.entering import DoorShare, LevelDoors, dealt, walks_on
from tests.builders_placement import flow

TWO = (DoorShare(door="north", share=0.75), DoorShare(door="south", share=0.25))
LIFT = (DoorShare(door="lift", share=1.0),)


def told(flows, own, doors):
    return [(f.stops, f.enters, f.leaves, f.visitors_per_day) for f in walks_on(flows, set(own), doors)]


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 1.0), min_size=1, max_size=5))
def test_nobody_is_lost_or_halved(persons: int, shares: list[float]) -> None:
    found = dealt(persons, shares)
    assert sum(found) == persons
    assert all(abs(n - persons * share / sum(shares)) < 1 + 1e-6 for n, share in zip(found, shares))


def test_each_entrance_has_its_share_of_every_journey() -> None:
    doors = LevelDoors(entrances=TWO)
    assert told((flow("A", "B", visitors=101),), "AB", doors) == [
        (("A", "B"), "north", "", 76), (("A", "B"), "south", "", 25),
    ]  # fmt: skip


def test_an_only_entrance_needs_no_name() -> None:
    assert told((flow("A", "X", "B"),), "AB", LevelDoors(entrances=TWO[:1])) == [(("A", "B"), "", "", 100)]


def test_on_the_ground_floor_the_others_are_a_stop_at_the_lift() -> None:
    ground = LevelDoors(entrances=TWO, upwards=LIFT)
    assert told((flow("A", "X", "Y", "B", visitors=8),), "AB", ground) == [
        (("A", "lift", "B"), "north", "", 6), (("A", "lift", "B"), "south", "", 2),
    ]  # fmt: skip
    assert told((flow("X"), flow("A", "X")), "AB", LevelDoors(upwards=LIFT)) == [
        (("lift",), "", "", 100), (("A", "lift"), "", "", 100),
    ]  # fmt: skip


def test_of_several_lifts_each_has_its_share() -> None:
    ground = LevelDoors(upwards=(DoorShare(door="l1", share=2.0), DoorShare(door="l2", share=1.0)))
    assert told((flow("X", visitors=9),), "A", ground) == [(("l1",), "", "", 6), (("l2",), "", "", 3)]


def test_upstairs_all_come_and_go_by_the_same_lift() -> None:
    upper = LevelDoors(upwards=(DoorShare(door="l1", share=1.0), DoorShare(door="l2", share=1.0)), from_outside=False)
    assert told((flow("A", "X", "B", visitors=9),), "X", upper) == [(("X",), "l1", "l1", 5), (("X",), "l2", "l2", 4)]


def test_without_lifts_in_the_plan_a_level_has_its_stops_in_order() -> None:
    assert told((flow("A", "X", "B"),), "AB", LevelDoors(from_outside=False)) == [(("A", "B"), "", "", 100)]
