"""Buildings made of their storeys' layouts: the cheapest ones that differ in kind, and a Pareto set of the whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.placement.alternatives import Alternative, Kind
from solvers.placement.pareto import MOST, Point, better_or_equal
from solvers.placement.problem import Weights
from solvers.placement.storeys import building_points, buildings, spread, together
from tests.builders_placement import a_problem, bank, flow, small_placement

_, PLACEMENT = small_placement()
BUSY = a_problem(bank("A", 2), flows=(flow("A", visitors=90),)).programme
QUIET = a_problem(bank("B", 1), flows=(flow("B", visitors=30),)).programme
SEATS = [sum(b.seats for b in p.banks) for p in (BUSY, QUIET)]
FIGURES = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))


def a_layout(name: str, cost: float) -> Alternative:
    """One of a kind of its own."""
    placement = replace(PLACEMENT, record=replace(PLACEMENT.record, objective=cost))
    kind = Kind(spine=(), sides=(), order=(name,))
    return Alternative(placement=placement, kind=kind, differs_in=(), condition=name, weights=Weights())


def a_point(name: str, linearity: float, comfort: float | None, walls: float) -> Point:
    return Point(alternative=a_layout(name, 1.0), linearity=linearity, comfort=comfort, new_walls_m=walls)


GROUND = (a_layout("g1", 100.0), a_layout("g2", 130.0), a_layout("g3", 170.0))
ABOVE = (a_layout("u1", 50.0), a_layout("u2", 60.0))


def test_buildings_take_the_next_kind_of_one_storey_the_cheapest_first() -> None:
    told = [[a.condition for a in b.storeys] for b in buildings((GROUND, ABOVE), 4)]
    assert told == [["g1", "u1"], ["g1", "u2"], ["g2", "u1"], ["g3", "u1"]]
    costs = [sum(a.placement.record.objective or 0 for a in b.storeys) for b in buildings((GROUND, ABOVE), 4)]
    assert all(a <= b for a, b in pairwise(costs))


def test_any_two_buildings_differ_in_kind_and_it_is_told_where_and_in_what() -> None:
    found = buildings((GROUND, ABOVE), 9)
    assert len(found) == 4, "there are no more kinds on these storeys"
    for one, other in permutations(found, 2):
        assert [a.kind for a in one.storeys] != [a.kind for a in other.storeys]
    assert [b.differs_on for b in found] == [(), (1,), (0,), (0,)]
    assert [b.differs_in for b in found] == [(), ("order",), ("order",), ("order",)]


def test_linearity_is_meaned_over_persons_comfort_over_seats_and_walls_add_up() -> None:
    one = together((a_point("g", 80.0, 60.0, 10.5), a_point("u", 60.0, 90.0, 4.0)), (90, 30), (30, 10))
    assert one.figures() == (75.0, 67.5, 14.5)
    without_seats = together((a_point("g", 80.0, 60.0, 1.0), a_point("u", 60.0, None, 0.0)), (90, 30), (30, 0))
    assert without_seats.comfort == 60.0


@given(st.lists(FIGURES, min_size=1, max_size=4), st.lists(FIGURES, min_size=1, max_size=4))
def test_no_building_of_any_storeys_beats_one_of_the_set(low: list[tuple[int, ...]], high: list[tuple[int, ...]]) -> None:
    storeys = [[a_point(f"{k}/{n}", *f) for n, f in enumerate(each)] for k, each in enumerate((low, high))]
    kept = building_points(storeys, (BUSY, QUIET))
    assert 1 <= len(kept) <= MOST
    for any_storeys in product(*storeys):
        one = together(any_storeys, (90, 30), SEATS).figures()
        for point in kept:
            assert one == point.figures() or not better_or_equal(one, point.figures())


def test_of_many_points_the_best_in_each_figure_stay() -> None:
    many = [together((a_point(str(n), 50.0 + n, 90.0 - n, float(n % 7)),), (1,), (1,)) for n in range(30)]
    few = spread(many, MOST)
    assert len(few) == MOST
    assert max(p.linearity for p in few) == 79.0
    assert max(p.comfort or 0 for p in few) == 90.0
    assert min(p.new_walls_m for p in few) == 0.0


@pytest.mark.parametrize("count", [1, 2])
def test_one_storey_alone_is_its_own_building(count: int) -> None:
    found = buildings((GROUND,), count)
    assert [b.storeys for b in found] == [(one,) for one in GROUND[:count]]
