"""What people move by hand stays moved: in the package, and where pins hold it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from exports.layout_json import layout_from_json
from layouts.findings import BadInput
from layouts.layout import Layout
from planner.chain.asked import ask
from planner.chain.hand_moves import moved_poses
from planner.chain.placement_question import poses_of
from planner.chain.settled import accepted_answer
from planner.folder import write_folder
from planner.project import BY_HAND, Accepted, Project
from planner.source import PLACEMENT, FolderSource, ProjectSource
from solvers.effort import Cancel, Effort
from tests.planner.small_centre import a_small_centre

JSON = dict[str, object]


@cache
def placed() -> JSON:
    from planner.chain import place_layout

    return place_layout(a_small_centre(), Effort(seconds=4.0), lambda _: None, Cancel(), None)


def found() -> Layout:
    return layout_from_json(placed()["layout"])[1]


def shifted(layout: Layout, module: str, dx_mm: int, only: int | None = None) -> Layout:
    """The module's items (or just its first `only`) moved to the right."""
    level, count = layout.levels[0], 0
    items = []
    for item in level.items:
        if (item.bank or item.id) == module and (only is None or count < only):
            count += 1
            x, y = item.insert_mm
            ring = tuple((px + dx_mm, py) for px, py in item.polygon)
            item = replace(item, insert_mm=(x + dx_mm, y), polygon=ring)
        items.append(item)
    return Layout(levels=(replace(level, items=tuple(items)), *layout.levels[1:]))


def a_source(folder: Path, accepted: Accepted) -> ProjectSource:
    project: Project = a_small_centre()
    write_folder(replace(project, accepted=accepted), folder)
    source = FolderSource(folder)
    source.answers.put(str(placed()["candidate"]), PLACEMENT, placed())
    return source


def a_bank() -> str:
    return ask(a_small_centre()).programme.banks[0].id


def test_an_accepted_layout_changed_by_hand_is_handed_over_without_any_bound(tmp_path: Path) -> None:
    changed = shifted(found(), a_bank(), 100)
    source = a_source(tmp_path, Accepted(candidate=str(placed()["candidate"]), layout=changed))
    answer = accepted_answer(source, ask(source.project))
    assert answer is not None
    judged, told = answer
    assert [i.insert_mm for i in judged.layout.levels[0].items] == [i.insert_mm for i in changed.levels[0].items]
    assert told["solution"]["status"] == "by_hand"
    assert told["solution"]["bound"] is None and told["solution"]["gap"] is None
    assert told["findings"]


def test_an_accepted_layout_as_it_was_found_keeps_its_bound(tmp_path: Path) -> None:
    source = a_source(tmp_path, Accepted(candidate=str(placed()["candidate"]), layout=found()))
    answer = accepted_answer(source, ask(source.project))
    assert answer is not None and answer[1]["solution"]["bound"] is not None


def test_a_layout_drawn_by_hand_alone_is_judged_as_it_stands(tmp_path: Path) -> None:
    source = a_source(tmp_path, Accepted(candidate=BY_HAND, layout=found()))
    answer = accepted_answer(source, ask(source.project))
    assert answer is not None and answer[1]["solution"]["status"] == "by_hand"


def test_a_pinned_bank_is_kept_where_it_was_dragged() -> None:
    poses, bank = poses_of(placed()), a_bank()
    moved = moved_poses(poses, found(), shifted(found(), bank, 300), [bank], "x")[bank]
    before = poses[bank]
    assert (moved.u_dm - before.u_dm, moved.back_dm - before.back_dm) in ((3, 0), (0, 3))
    assert {k: v for k, v in moved_poses(poses, found(), found(), [bank], "x").items()} == poses


def test_a_pinned_bank_that_was_taken_apart_is_refused_by_name() -> None:
    bank = a_bank()
    with pytest.raises(BadInput) as error:
        moved_poses(poses_of(placed()), found(), shifted(found(), bank, 300, only=1), [bank], "x")
    assert error.value.code == "pin.changed_by_hand" and error.value.values["given"] == bank
