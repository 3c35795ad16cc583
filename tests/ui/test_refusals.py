"""Why not there? What a drag is told: the aisle, doors, staff, wishes, with the figure; nothing that was so before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.layout import LevelLayout
from layouts.live import shifted
from planner.ui.editor.issues import Issue
from planner.ui.editor.refusals import Refusals
from solvers.placement.wish import Wish
from tests.planner.builders import a_project
from tests.solvers.placement.test_why_not import the_centre, towards


def told(module: str, dx: int, dy: int, wishes: tuple[Wish, ...] = (), before: LevelLayout | None = None) -> list[Issue]:
    problem, layout = the_centre()
    before = before or layout
    there = moved(before, module, dx, dy)
    project = replace(a_project(), wishes=wishes)
    return list(Refusals("en").of(project, problem.level, problem.programme, before, there))


def moved(layout: LevelLayout, module: str, dx: int, dy: int) -> LevelLayout:
    items = (shifted(i, dx_mm=dx, dy_mm=dy) if (i.bank or i.id) == module else i for i in layout.items)
    return replace(layout, items=tuple(items))


def test_the_aisle_is_told_with_the_millimetres_and_the_floor_that_is_taken() -> None:
    _, layout = the_centre()
    assert layout.spine is not None
    (x0, y0), (x1, y1) = layout.spine.centreline[0], layout.spine.centreline[-1]
    found = told("kiosk", *towards("kiosk", (x0 + x1) // 2, (y0 + y1) // 2))
    issue = next(i for i in found if "main aisle" in i.text and "mm into" in i.text)
    assert issue.short.endswith(" mm") and issue.rings and issue.at is not None
    assert issue.ids == tuple(f"item:{i.id}" for i in layout.items if (i.bank or i.id) == "kiosk")


def test_a_wish_is_told_with_what_was_measured_and_asked() -> None:
    wish = Wish(id="w", kind="near_entrance", module="kiosk", within_m=6.0)
    found = told("kiosk", *towards("kiosk", 9000, 13_000), wishes=(wish,))
    assert any("at most 6 m from an entrance" in i.text for i in found)
    assert not any("wish w:" in i.text for i in found)


def test_what_was_so_before_is_not_told_again_unless_it_is_worse() -> None:
    _, layout = the_centre()
    dx, dy = towards("kiosk", 9000, 1000)
    before_door = moved(layout, "kiosk", dx, dy)
    assert any("before the door" in i.text for i in told("kiosk", dx, dy))
    assert not any("before the door" in i.text for i in told("kiosk", 0, 100, before=before_door))
    assert any("before the door" in i.text for i in told("kiosk", 0, -200, before=before_door))


@pytest.mark.parametrize("module", ["A", "kiosk"])
def test_a_module_that_hardly_moves_is_told_nothing(module: str) -> None:
    assert told(module, 0, 0) == []
