"""Straight pieces as arrays, and drawings that stand apart: quick ways give what the plain ways give."""

from __future__ import annotations

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.readers.marks import Stroke, pieces
from layouts.readers.several import APART_MM, _groups

PLACES = st.tuples(st.integers(0, 30), st.integers(0, 30))


def test_pieces_are_the_pairs_of_neighbouring_points() -> None:
    lines = [((0.0, 0.0), (1.0, 0.0), (1.0, 2.0)), ((5.0, 5.0),), (), ((7.0, 7.0), (8.0, 9.0)), ((0.0, 0.0),) * 9]
    strokes = [Stroke(kind="LINE", layer="0", points=points) for points in lines]
    assert pieces(strokes, 8).tolist() == [[0, 0, 1, 0], [1, 0, 1, 2], [7, 7, 8, 9]]
    assert pieces([], 8).shape == (0, 4)


@given(st.lists(PLACES, min_size=1, max_size=25))
@settings(max_examples=40, deadline=None)
def test_groups_are_those_of_every_pair_that_stands_near(places: list[tuple[int, int]]) -> None:
    parts = [shapely.box(1300 * x, 1300 * y, 1300 * x + 200, 1300 * y + 200) for x, y in places]
    plain: list[set[int]] = []
    for i, part in enumerate(parts):
        near = [group for group in plain if any(part.distance(parts[k]) <= APART_MM for k in group)]
        plain = [group for group in plain if group not in near] + [{i}.union(*near)]
    assert [set(group) for group in _groups(parts)] == sorted(plain, key=min)
