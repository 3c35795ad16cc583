"""Windows by type: marked on the plan, told in a schedule with the point of the compass to which they look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.drawing import Text
from exports.floor_drawing import draw_floor
from exports.floor_windows import window_panels, window_types
from layouts.plan import FloorPlan, Level, Polygon, Space, Window
from tests.layouts.halls import box

HALL = Level(
    id="0", name="Hall", elevation_mm=0, outline=box(0, 0, 20_000, 10_000),
    windows=(
        Window(id="a", p=(1000, 0), q=(3000, 0)), Window(id="b", p=(9000, 0), q=(7000, 0)),
        Window(id="c", p=(0, 2000), q=(0, 3000)),
        Window(id="d", p=(4000, 10_000), q=(5203, 10_000)), Window(id="e", p=(20_000, 2000), q=(20_000, 3200)),
    ),
)  # fmt: skip


def told(level: Level, north_deg: float = 90.0) -> dict[str, tuple[str, int]]:
    return {w.id: (t.looks, t.wide_mm) for t in window_types(level, north_deg) for w in t.windows}


def test_a_window_looks_away_from_the_hall_whichever_way_it_was_drawn() -> None:
    assert told(HALL) == {
        "a": ("south", 2000), "b": ("south", 2000), "c": ("west", 1000), "d": ("north", 1200), "e": ("east", 1200)
    }  # fmt: skip


def test_the_compass_turns_with_the_north_of_the_plan() -> None:
    assert told(HALL, 0.0)["e"][0] == "north" and told(HALL, 45.0)["e"][0] == "north_east"


def test_a_window_of_a_room_beside_the_hall_looks_away_from_that_room() -> None:
    room = Space(id="r", name="Stair", kind="", outline=Polygon(outer=box(-4000, 0, -200, 10_000)))
    level = replace(HALL, spaces=(room,), windows=(Window(id="w", p=(-2000, 0), q=(-1000, 0)),))
    assert told(level) == {"w": ("south", 1000)}


def test_every_window_bears_the_mark_of_its_row_in_the_schedule() -> None:
    drawing = draw_floor(FloorPlan(levels=(HALL,)), None)
    marks = {s.id: s.lines[0] for s in drawing.shapes if isinstance(s, Text) and s.kind == "window_mark"}
    assert marks["a"] == marks["b"] and len(set(marks.values())) == 4 and set(marks) == set("abcde")
    (panel,) = [p for p in drawing.schedules if p.name.startswith("windows")]
    words = {line for s in panel.shapes if isinstance(s, Text) for line in s.lines}
    assert words >= {*marks.values(), "south", "2000"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_plan_without_windows_has_no_schedule_of_them(language: str) -> None:
    assert window_panels(window_types(replace(HALL, windows=()), 90.0), language) == ()
