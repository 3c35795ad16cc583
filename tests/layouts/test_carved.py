"""Floors made of pieces are the floors that working on the whole gives."""

from __future__ import annotations

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from layouts.carved import Body, Recall, bodies_of, carved, grown, grown_bodies
from layouts.geometry import union

HALL = shapely.box(0, 0, 12_000, 9_000)
BOXES = st.lists(
    st.tuples(st.integers(-4, 46), st.integers(-4, 34), st.integers(1, 10), st.integers(1, 10)), min_size=1, max_size=14
)


def things(boxes: list[tuple[int, int, int, int]]) -> dict[tuple[object, ...], BaseGeometry]:
    return {b: shapely.box(x * 250, y * 250, (x + w) * 250, (y + h) * 250) for b in boxes for x, y, w, h in [b]}


def apart_mm2(one: BaseGeometry, other: BaseGeometry) -> float:
    assert one.is_valid
    return float(one.symmetric_difference(other).area)


@settings(max_examples=60, deadline=None)
@given(BOXES, st.sampled_from([300.0, 599.0, 750.0]))
def test_a_floor_eroded_piece_by_piece_is_the_floor_eroded_whole(boxes: list[tuple[int, int, int, int]], by_mm: float) -> None:
    recall = Recall()
    bodies, base = bodies_of(things(boxes), recall), Body(HALL)
    floor = carved(base, bodies, recall)
    whole = HALL.difference(union(things(boxes).values()))
    assert apart_mm2(floor, whole) < 1.0
    eroded = carved(Body(HALL.buffer(-by_mm, quad_segs=8)), grown_bodies(bodies, by_mm, 8, recall), recall)
    missing = apart_mm2(eroded, whole.buffer(-by_mm, quad_segs=8))
    assert missing < 5.0 * whole.length, "arcs are drawn as chords: never more than a few millimetres along an edge"
    assert apart_mm2(grown(floor, 40.0, recall), floor.buffer(40.0, join_style="mitre")) < 1.0


@settings(max_examples=40, deadline=None)
@given(BOXES, st.integers(0, 13), st.integers(-3, 3))
def test_what_was_kept_of_the_floor_before_changes_nothing(boxes: list[tuple[int, int, int, int]], which: int, by: int) -> None:
    """To the last digit: the pieces are the same whether they were made for this floor or for the one before."""
    recall = Recall()
    grown_bodies(bodies_of(things(boxes), recall), 599.0, 8, recall)
    x, y, w, h = boxes[which % len(boxes)]
    moved = [*boxes[: which % len(boxes)], (x + by, y, w, h), *boxes[which % len(boxes) + 1 :]]
    found = []
    for memory in (recall.after(), Recall()):
        bodies = grown_bodies(bodies_of(things(moved), memory), 599.0, 8, memory)
        found.append(carved(Body(HALL.buffer(-599.0, quad_segs=8)), bodies, memory))
    assert found[0].wkb == found[1].wkb
