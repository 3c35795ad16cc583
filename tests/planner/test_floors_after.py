"""After a move only the floor about it is worked on, and the result is that of working on all of it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.geometry import polygon_shape, union
from layouts.layout import Item, Layout, LevelLayout
from layouts.live import shifted
from layouts.plan import FloorPlan, Level, Polygon
from planner.editing import floors
from planner.editing.fittings import new_item
from planner.editing.floors import floors_after
from planner.editing.scene import difference, scene_of
from planner.project import Accepted, Project
from planner.reading import plain
from planner.storage_patch import apply_patch, patch
from tests.planner.builders import a_project

OUTLINE = ((0, 0), (20_000, 0), (20_000, 12_000), (0, 12_000))
LEVEL = Level(id="l0", name="", elevation_mm=0, outline=OUTLINE)


@cache
def a_furnished_hall() -> LevelLayout:
    """Four counters before the staff's strip, and rows of seats."""
    things: list[Item] = [new_item(f"c{n}", "counter", (5_000 + 2_000 * n, 9_000), 0.0) for n in range(4)]
    things += [new_item(f"s{n}", "seat", (3_000 + n % 8 * 1_500, 2_000 + n // 8 * 1_400), 0.0) for n in range(24)]
    strip = Polygon(outer=((3_000, 9_500), (14_000, 9_500), (14_000, 12_000), (3_000, 12_000)))
    empty = LevelLayout(level="l0", items=(), public=(Polygon(outer=OUTLINE),), staff=(strip,))
    found = floors_after(LEVEL, empty, replace(empty, items=tuple(things)))
    assert found is not None
    return found


MOVES = st.lists(
    st.tuples(st.integers(0, 27), st.integers(-60, 60).map(lambda n: 100 * n), st.integers(-60, 60).map(lambda n: 100 * n)),
    min_size=1, max_size=4,
)  # fmt: skip


def moved(layout: LevelLayout, move: tuple[int, int, int]) -> LevelLayout:
    which, dx, dy = move
    items = tuple(shifted(i, dx_mm=dx, dy_mm=dy) if n == which else i for n, i in enumerate(layout.items))
    found = floors_after(LEVEL, layout, replace(layout, items=items))
    assert found is not None
    return found


@settings(max_examples=40, deadline=None)
@given(MOVES)
def test_what_is_far_from_a_move_need_not_be_looked_at(moves: list[tuple[int, int, int]]) -> None:
    near = whole = a_furnished_hall()
    for move in moves:
        near = moved(near, move)
        with pytest.MonkeyPatch.context() as everywhere:
            everywhere.setattr(floors, "_box", lambda _: (-1e9, -1e9, 1e9, 1e9))
            whole = moved(whole, move)
    for one, other in ((near.public, whole.public), (near.staff, whole.staff)):
        assert union(map(polygon_shape, one)).symmetric_difference(union(map(polygon_shape, other))).area < 10.0
        assert sum(polygon_shape(p).area for p in one) == pytest.approx(union(map(polygon_shape, one)).area, abs=10.0)


def written(layout: LevelLayout) -> Any:
    """As it stands in the file."""
    return json.loads(json.dumps(plain(layout)))


def on(layout: LevelLayout) -> Project:
    plan = FloorPlan(levels=(LEVEL,))
    return a_project(plan=plan, accepted=Accepted(candidate="0" * 64, layout=Layout(levels=(layout,))))


@settings(max_examples=20, deadline=None)
@given(MOVES)
def test_a_move_is_kept_and_told_by_the_holes_that_changed(moves: list[tuple[int, int, int]]) -> None:
    before = a_furnished_hall()
    for move in moves[:-1]:
        before = moved(before, move)
    after = moved(before, moves[-1])
    kept = apply_patch(written(before), json.loads(json.dumps(patch(before, after))))
    assert kept == written(after)
    shown = scene_of(on(before), "l0")
    now = scene_of(on(after), "l0", shown)
    told = difference(shown, now).get("ground", {})
    for area in told.keys() & {"public", "staff"}:
        known = [hole for polygon in shown.ground[area] for hole in polygon["h"]]
        merged = [{"r": p["r"], "h": [known[h] if isinstance(h, int) else h for h in p["h"]]} for p in told[area]]
        assert merged == now.ground[area]


def test_a_seat_moved_among_many_is_a_small_step() -> None:
    before = a_furnished_hall()
    after = moved(before, (12, 0, 200))
    (public,) = [o for o in patch(before, after) if o[1][0] == "public"]
    assert public[0] == "=" and public[1][:3] == ["public", 0, "holes"] and len(public[2]) < 10
