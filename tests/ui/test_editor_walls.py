"""Walls and doors in a real browser: drawn by hand, by typed lengths and by keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.planner.builders import a_project
from tests.planner.test_editing import a_hall
from tests.ui.editor_hand import Hand


def test_walls_are_drawn_by_typing_lengths_and_angles(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    walls = len(hand.level.walls)
    hand.keys("w")
    hand.click(1_500, 1_500)
    hand.page.mouse.move(*hand.at(3_000, 1_600))
    hand.page.keyboard.type("3.25")
    hand.keys("Tab")
    hand.page.keyboard.type("0")
    hand.keys("Enter")
    hand.page.mouse.move(*hand.at(4_700, 3_000))
    hand.page.keyboard.type("1,5")
    hand.keys("Tab")
    hand.page.keyboard.type("90")
    hand.keys("Enter", "Enter")
    hand.settled(1)
    first, second = hand.level.walls[walls:]
    assert (first.b[0] - first.a[0], first.b[1] - first.a[1]) == (3_250, 0)
    assert second.a == first.b
    assert (second.b[0] - second.a[0], second.b[1] - second.a[1]) == (0, 1_500)
    assert len(hand.bench.asked) == 1


def test_walls_and_doors_are_drawn_by_keys_alone(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    walls, doors = len(hand.level.walls), len(hand.level.doors)
    hand.page.locator(".ed-stage").focus()
    hand.keys("w", "1", "Tab", "2", "Enter")
    hand.until(lambda: hand.ed("ed.tool.points") == [[1_000, 2_000]])
    hand.keys("2", "Tab", "0", "Enter", "ArrowUp")
    step = hand.ed("ed.gridStep()")
    hand.keys("Enter", "Enter")
    hand.settled(1)
    first, second = hand.level.walls[walls:]
    assert (first.a, first.b) == ((1_000, 2_000), (3_000, 2_000))
    assert (second.a, second.b) == ((3_000, 2_000), (3_000, 2_000 + step))
    hand.keys("d", "ArrowLeft", "Enter")
    hand.settled(2)
    assert len(hand.level.doors) == doors + 1


def test_a_wall_whose_end_was_not_set_leaves_nothing_when_it_is_given_up(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("w")
    hand.click(1_500, 1_500)
    hand.page.mouse.move(*hand.at(3_500, 1_500))
    hand.keys("Escape")
    hand.until(lambda: hand.ed("ed.tool.points.length") == 0)
    assert hand.bench.asked == []
    hand.keys("Escape")
    hand.until(lambda: hand.ed("ed.tool.id") == "select")


@pytest.mark.parametrize("leaves", ["Escape", "v"])
def test_walls_that_were_set_stand_when_their_chain_is_left(open_editor: Callable[..., Hand], leaves: str) -> None:
    hand = open_editor()
    walls = len(hand.level.walls)
    hand.keys("w")
    for place in ((1_500, 1_500), (3_500, 1_500), (3_500, 3_000)):
        hand.click(*place)
    hand.page.mouse.move(*hand.at(6_000, 3_000))
    hand.keys(leaves)
    hand.settled(1)
    assert [(w.a, w.b) for w in hand.level.walls[walls:]] == [
        ((1_500, 1_500), (3_500, 1_500)), ((3_500, 1_500), (3_500, 3_000)),
    ]  # fmt: skip
    assert hand.ed("ed.tool.id") == ("wall" if leaves == "Escape" else "select")


def test_the_last_point_is_taken_back_by_backspace_and_by_undo_before_any_step_is(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("w")
    for n, place in enumerate(((1_500, 1_500), (3_500, 1_500), (3_500, 3_000), (5_000, 3_000))):
        hand.click(*place)
        hand.until(lambda n=n: hand.ed("ed.tool.points.length") == n + 1)
    hand.keys("Backspace")
    hand.until(lambda: hand.ed("ed.tool.points.length") == 3)
    hand.keys("Control+z")
    hand.until(lambda: hand.ed("ed.tool.points") == [[1_500, 1_500], [3_500, 1_500]])
    hand.keys("Control+z", "Control+z")
    hand.until(lambda: hand.ed("ed.tool.points.length") == 0)
    assert hand.bench.asked == []


def test_the_corners_of_an_area_given_up_come_back_by_undo(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("z")
    corners = [[1_500, 1_500], [3_500, 1_500], [3_500, 3_000]]
    for n, place in enumerate(corners):
        hand.click(*place)
        hand.until(lambda n=n: hand.ed("ed.tool.points.length") == n + 1)
    hand.keys("Escape")
    hand.until(lambda: hand.ed("ed.tool.points.length") == 0)
    assert hand.bench.asked == []
    hand.keys("Control+z")
    hand.until(lambda: hand.ed("ed.tool.points") == corners)
    hand.keys("Enter")
    hand.settled(1)


def test_a_chain_goes_on_after_a_pointer_was_taken_away(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("w")
    hand.click(1_500, 1_500)
    hand.click(3_500, 1_500)
    hand.until(lambda: hand.ed("ed.tool.points.length") == 2)
    hand.ed("(ed.interrupted(), 0)")
    assert hand.ed("ed.tool.points.length") == 2
    assert hand.bench.asked == []


def test_an_empty_plan_gets_its_outline_from_a_closed_chain_of_walls(open_editor: Callable[..., Hand]) -> None:
    from dataclasses import replace

    bare = replace(a_hall().levels[0], outline=(), walls=(), doors=(), windows=(), columns=(), obstacles=(), spaces=())
    hand = open_editor(a_project(plan=replace(a_hall(), levels=(bare,))))
    hand.keys("w")
    for corner in ((1_000, 1_000), (9_000, 1_000), (9_000, 7_000), (1_000, 7_000), (1_000, 1_000)):
        hand.click(*corner)
    hand.settled(1)
    assert len(hand.level.walls) == 4
    assert len(hand.level.outline) == 4


def test_a_door_slides_along_its_wall(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.drag((2_000, 0), (6_000, 600))
    hand.settled(1)
    door = next(d for d in hand.level.doors if d.id == "in")
    assert door.p[1] == door.q[1] == 0
    assert abs((door.p[0] + door.q[0]) / 2 - 6_000) < 60
    hand.keys("f")
    hand.settled(2)
    assert next(d for d in hand.level.doors if d.id == "in").hinge == "q"


def test_a_door_is_set_with_a_typed_width(open_editor: Callable[..., Hand]) -> None:
    hand = open_editor()
    hand.keys("d")
    hand.page.mouse.move(*hand.at(8_000, 6_000))
    hand.page.keyboard.type("0.9")
    hand.keys("Enter")
    hand.click(8_000, 6_000)
    hand.settled(1)
    made = hand.level.doors[-1]
    assert (made.use, made.wall, abs(made.p[1] - made.q[1])) == ("internal", "mid", 900)
