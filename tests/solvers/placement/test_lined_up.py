"""Rows of neighbouring banks that stand set back against one another lie in line where the floor allows."""

from __future__ import annotations

from dataclasses import replace

from layouts.layout import Item
from solvers.placement.furnish import bank_items
from solvers.placement.lined_up import lined_up
from solvers.placement.problem import Pose, SpineLine
from tests.builders_placement import RULES, bank, box, straight_hall

HALL = straight_hall(18_000, 16_000, way_x=14_000)
SPINE = SpineLine(id="s", points=((140, 0), (140, 160)), width_dm=18)
A, B = bank("A", 3, seats=10), bank("B", 3, seats=8)


def pose(element: str, y_dm: int, setback: int) -> Pose:
    return Pose(
        element=element, baseline="w3", axis="y", u_dm=y_dm, back_dm=0, sign=1, length_dm=50, setback_dm=setback,
        variant="attached", rows=2,
    )  # fmt: skip


POSES = (pose("A", 30, 0), pose("B", 80, 12))


def furnished(*more: Item) -> list[Item]:
    found = [bank_items(b, p, RULES, HALL, accessible_first=True, way=None) for b, p in zip((A, B), POSES)]
    return [*(item for items in found for item in items or ()), *more]


def rows(items: list[Item], bank: str) -> set[int]:
    return {i.polygon[0][0] % RULES.row_pitch_mm for i in items if i.bank == bank and i.kind == "seat"}


def test_rows_three_hundred_apart_are_brought_in_line() -> None:
    items = furnished()
    assert rows(items, "A") != rows(items, "B")
    moved = lined_up(HALL, POSES, items, RULES, SPINE)
    now = [moved.get(i.id, i) for i in items]
    assert rows(now, "A") == rows(now, "B")
    assert {i.bank for i in moved.values()} == {"A"}, "300 mm are less than the 600 that B would move"


def test_seats_move_away_from_the_counters_and_by_less_than_a_row() -> None:
    items = {i.id: i for i in furnished()}
    moved = lined_up(HALL, POSES, list(items.values()), RULES, SPINE)
    assert moved
    assert all(0 < m.polygon[0][0] - items[name].polygon[0][0] < RULES.row_pitch_mm for name, m in moved.items())


def test_where_something_stands_behind_the_rows_the_other_bank_moves_or_none() -> None:
    def wall(name: str, y0: int, y1: int) -> Item:
        ring = box(7900, y0, 8000, y1)  # rows of A end at 6800 mm, those of B at 8000
        return Item(id=name, kind="partition", polygon=ring, insert_mm=ring[0], rotation_deg=0.0)

    right_behind = replace(wall("a", 3000, 8000), polygon=box(7405, 3000, 7500, 8000))
    items = furnished(right_behind)
    ends = max(p[0] for i in items if i.bank == "A" and i.kind == "seat" for p in i.polygon)
    assert ends <= 7405
    assert "A" not in {i.bank for i in lined_up(HALL, POSES, items, RULES, SPINE).values()}


def test_rows_already_in_line_stay() -> None:
    poses = (pose("A", 30, 0), pose("B", 80, 0))
    found = [bank_items(b, p, RULES, HALL, accessible_first=True, way=None) for b, p in zip((A, B), poses)]
    assert lined_up(HALL, poses, [i for items in found for i in items or ()], RULES, SPINE) == {}
