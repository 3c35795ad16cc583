"""Several doors beside one spine: who comes by which begins there; what zones promise of it holds for all their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from layouts.programme import Flow
from solvers.placement.problem import SpineLine
from solvers.placement.ways_in import Beside, beside, least_back, least_sideways, spine_doors, through, walked
from tests.builders_placement import hall_of_many_ways

LEVEL = hall_of_many_ways()
SPINE = SpineLine(id="s", points=((60, 0), (60, 140)), width_dm=18)
ELEMENTS = frozenset("AB")


def by(enters: str = "", leaves: str = "", *, visitors: int = 10) -> Flow:
    return Flow(service="s", visitors_per_day=visitors, stops=("A", "B"), enters=enters, leaves=leaves)


def test_flows_that_name_no_door_or_the_spines_own_walk_its_whole_way() -> None:
    for one in (by(), by("in", "out"), by("nowhere")):
        found = walked((one,), ELEMENTS, LEVEL, SPINE)
        assert (found.legs, found.first, found.last, found.doors) == ({("A", "B"): 10}, {"A": 10}, {"B": 10}, {})


def test_another_entrance_and_a_lift_are_stops_where_they_lie() -> None:
    found = walked((by("side", "lift"), by("in", "lift", visitors=5)), ELEMENTS, LEVEL, SPINE)
    assert found.legs == {("door:side", "A"): 10, ("A", "B"): 15, ("B", "door:lift"): 15}
    assert found.first == {"A": 5} and found.last == {}
    assert found.doors == {"door:side": Beside(105, 60, 0), "door:lift": Beside(35, 60, 0)}
    assert spine_doors(LEVEL, SPINE) == ("in", "out")
    assert beside(SPINE, (2000, 5000)) == Beside(50, 40, 1)


def test_who_goes_up_in_between_walks_to_the_lift_and_back() -> None:
    up = Flow(service="s", visitors_per_day=10, stops=("A", "lift", "B"))
    found = walked((up, Flow(service="t", visitors_per_day=5, stops=("lift",))), ELEMENTS, LEVEL, SPINE)
    assert found.legs == {
        ("A", "door:lift"): 10, ("door:lift", "B"): 10, ("door:<", "door:lift"): 5, ("door:lift", "door:>"): 5,
    }  # fmt: skip
    assert (found.first, found.last) == ({"A": 10}, {"B": 10})
    assert found.visits()["A"] == found.visits()["B"] == 10
    assert found.doors == {"door:lift": Beside(35, 60, 0), "door:<": Beside(0, 0, 0), "door:>": Beside(140, 0, 0)}
    legs = [(e, f, n) for (e, f), n in found.legs.items()]
    assert through(140, legs, found.last, found.doors) == 15 * 140, "to the lift and on from it: the whole way"


def test_the_way_through_is_from_door_to_door() -> None:
    found = walked((by("side"), by("in"), by("in", "lift")), ELEMENTS, LEVEL, SPINE)
    legs = [(e, f, n) for (e, f), n in found.legs.items()]
    # from 10.5 m to the end at 14 m, the whole way, and as far as the lift at 3.5 m
    assert through(140, legs, found.last, found.doors) == 10 * (35 + 140 + 35)


@given(st.integers(0, 140), st.integers(0, 40), st.integers(0, 140), st.integers(-70, 70), st.integers(0, 40), st.booleans())
def test_no_place_of_a_stretch_is_nearer_to_a_door_than_the_stretch(
    t: int, longer: int, at: int, y: int, wider: int, comes: bool
) -> None:
    door = Beside(at, 60, 0)
    for here in (t, t + longer // 2, t + longer):
        against = max(0, at - here) if comes else max(0, here - at)
        assert least_back((t, t + longer), door, comes=comes) <= against
    for here in (y, y + wider // 2, y + wider):
        assert least_sideways((y, y + wider), door) <= abs(here - door.y())
