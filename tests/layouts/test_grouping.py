"""Groups carried over a change are those that are found from nothing."""

from __future__ import annotations

import random

import pytest
import shapely

from layouts.geometry import groups_of
from layouts.grouping import grouped


def boxes(rng: random.Random, count: int) -> list[shapely.Polygon]:
    return [shapely.box(x, y, x + 2, y + 2) for x, y in ((rng.uniform(0, 20), rng.uniform(0, 20)) for _ in range(count))]


@pytest.mark.parametrize(("by_bounds", "within"), [(False, 0.0), (True, 0.0), (False, 0.7)])
def test_groups_after_a_change_are_those_found_from_nothing(by_bounds: bool, within: float) -> None:
    rng = random.Random(5)
    shapes = [*boxes(rng, 30), shapely.box(-1, -1, 25, 25).boundary.buffer(0.2)]  # a ring round all: its bounds meet everything
    groups = grouped(shapes, by_bounds=by_bounds, within_mm=within)
    for _ in range(60):
        shapes = rng.sample(shapes, len(shapes) - 3) + boxes(rng, rng.choice((2, 3, 4)))
        groups = grouped(shapes, groups, by_bounds=by_bounds, within_mm=within)
        assert [list(g) for g in groups.found] == groups_of(shapes, by_bounds=by_bounds, within_mm=within)


@pytest.mark.parametrize(("by_bounds", "within"), [(False, 0.0), (True, 0.0), (False, 0.7)])
def test_groups_after_things_moved_where_they_stand_in_the_list_are_those_found_from_nothing(by_bounds: bool, within: float) -> None:  # fmt: skip # noqa: E501
    rng = random.Random(6)
    shapes = boxes(rng, 30)
    groups = grouped(shapes, by_bounds=by_bounds, within_mm=within)
    for _ in range(60):
        for k in rng.sample(range(30), rng.choice((1, 2, 5))):
            shapes[k] = boxes(rng, 1)[0]
        groups = grouped(tuple(shapes), groups, by_bounds=by_bounds, within_mm=within)
        assert [list(g) for g in groups.found] == groups_of(shapes, by_bounds=by_bounds, within_mm=within)
        assert groups.of() == {id(shapes[k]): n for n, group in enumerate(groups.found) for k in group}


def test_things_whose_bounds_meet_and_that_do_not_touch_stand_apart() -> None:
    frame = shapely.box(0, 0, 10, 10).difference(shapely.box(1, 1, 9, 9))
    assert grouped([frame, shapely.box(4, 4, 5, 5)]).found == ((0,), (1,))
    assert grouped([frame, shapely.box(4, 4, 5, 5)], by_bounds=True).found == ((0, 1),)


def test_things_that_stand_near_one_another_are_one_group_from_one_to_the_next() -> None:
    row = [shapely.box(x, 0, x + 1, 1) for x in (0.0, 1.5, 3.0, 5.0)]
    assert grouped(row).found == ((0,), (1,), (2,), (3,))
    assert grouped(row, within_mm=0.5).found == ((0, 1, 2), (3,))


def test_nothing_has_no_groups() -> None:
    assert grouped([]).found == ()
