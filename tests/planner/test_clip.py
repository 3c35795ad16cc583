"""Copying and cutting: the parts themselves are kept, so that they can be put down when nothing of them stands any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from layouts.findings import BadInput
from planner.editing.clip import Clip, for_another_project, put_down, take
from planner.project import Project
from planner.ui.editor.clipboard import Clipboard
from tests.planner.builders import a_project
from tests.planner.test_editing import a_hall, done, level


@pytest.fixture
def project() -> Project:
    return done(a_project(plan=a_hall()), "add_item", kind="counter", at=(2_000, 6_000))


def items(project: Project, at: int = 0) -> dict[str, tuple[int, int]]:
    assert project.accepted is not None
    return {i.id: i.insert_mm for i in project.accepted.layout.levels[at].items}


def test_what_was_cut_is_put_down_where_it_stood_with_its_own_id(project: Project) -> None:
    clip = take(project, "l0", ["item:counter-1", "column:col"])
    cut = done(project, "delete", keys=["item:counter-1", "column:col"])
    again = put_down(cut, "l0", clip, 0, 0)
    assert items(again) == items(project)
    assert level(again).columns == level(project).columns


def test_what_was_copied_is_put_down_beside_it_as_often_as_wanted(project: Project) -> None:
    clip = take(project, "l0", ["item:counter-1"])
    twice = put_down(put_down(project, "l0", clip, 2_000, 0), "l0", clip, 4_000, 0)
    assert items(twice) == {"counter-1": (2_000, 6_000), "counter-2": (4_000, 6_000), "counter-3": (6_000, 6_000)}


def test_a_wall_takes_its_door_along(project: Project) -> None:
    clip = take(project, "l0", ["wall:mid"])
    cut = done(project, "delete", keys=["wall:mid"])
    assert [d.id for d in level(cut).doors] == ["in"]
    again = put_down(cut, "l0", clip, 1_000, 0)
    inner = next(d for d in level(again).doors if d.id == "inner")
    assert inner.p == (9_000, 3_000) and inner.wall == "mid"


def test_on_another_storey_ids_stay_single_in_the_whole_layout(project: Project) -> None:
    assert project.plan is not None
    above = replace(project.plan.levels[0], id="l1", elevation_mm=4_000)
    two = replace(project, plan=replace(project.plan, levels=(*project.plan.levels, above)))
    made = put_down(two, "l1", take(two, "l0", ["item:counter-1"]), 0, 0)
    assert items(made, 0) == {"counter-1": (2_000, 6_000)} and items(made, 1) == {"counter-2": (2_000, 6_000)}


def test_nothing_to_put_down_and_parts_that_do_not_stand_are_told(project: Project) -> None:
    with pytest.raises(BadInput, match=r"edit\.nothing_to_paste"):
        put_down(project, "l0", Clip(), 0, 0)
    with pytest.raises(BadInput, match=r"edit\.unknown_part"):
        take(project, "l0", ["item:nobody"])


def test_in_another_project_parts_stand_without_what_only_their_own_knows(project: Project) -> None:
    assert project.accepted is not None
    (placed,) = project.accepted.layout.levels
    of_a_bank = replace(placed, items=(replace(placed.items[0], bank="cashier", services=("pass",), space="hall"),))
    there = replace(project, accepted=replace(project.accepted, layout=replace(project.accepted.layout, levels=(of_a_bank,))))
    clip = take(there, "l0", ["item:counter-1", "wall:mid"])
    made = put_down(a_project(plan=a_hall()), "l0", for_another_project(clip), 1_000, 0)
    assert made.accepted is not None
    (item,) = made.accepted.layout.levels[0].items
    assert (item.insert_mm, item.bank, item.services, item.space) == ((3_000, 6_000), None, (), None)
    assert len(level(made).walls) == len(level(project).walls) + 1


def test_the_clipboard_is_of_the_program_and_knows_whose_parts_it_keeps(project: Project, tmp_path: Path) -> None:
    board = Clipboard()
    assert board.for_project(tmp_path / "a") == Clip()
    clip = take(project, "l0", ["item:counter-1"])
    board.keep(tmp_path / "a", clip)
    assert board.for_project(tmp_path / "a") == clip
    assert board.for_project(tmp_path / "b") == for_another_project(clip)
