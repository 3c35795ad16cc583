"""What the editor says of rules: overlaps told, issues with their place, the same answer for a move as for a fresh look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.layout import Layout
from planner.project import Accepted, Project
from tests.planner.test_editing import a_hall, done

pytest.importorskip("panel")
from planner.ui.editor.rules import Rules
from tests.planner.builders import a_project


@pytest.fixture
def project() -> Project:
    made = a_project(plan=a_hall())
    made = done(made, "delete", keys=["wall:mid", "column:col", "obstacle:planter"])
    made = done(made, "add_item", kind="counter", at=[4_000, 5_000])
    return done(made, "add_item", kind="children_corner", at=[9_000, 3_000])


def test_bodies_that_stand_on_each_other_are_told_with_their_place(project: Project) -> None:
    rules = Rules()
    assert not any("stands on" in i.text for i in rules.now(project, "l0").issues)
    onto = done(project, "add_item", kind="ticket_kiosk", at=[4_200, 5_100])
    told = [i for i in rules.now(onto, "l0").issues if "stands on" in i.text]
    assert [set(i.ids) for i in told] == [{"item:counter-1", "item:ticket_kiosk-1"}]
    assert told[0].at is not None


def test_a_body_in_a_wall_or_outside_is_told(project: Project) -> None:
    out = done(project, "move", keys=["item:counter-1"], dx_mm=0, dy_mm=2_600)
    assert any("leaves the free floor" in i.text for i in Rules().now(out, "l0").issues)


def test_a_preview_says_what_the_finished_move_says(project: Project) -> None:
    rules = Rules()
    rules.now(project, "l0")
    moved = done(project, "move", keys=["item:children_corner-1"], dx_mm=-4_000, dy_mm=1_000)
    preview = rules.preview(moved, "l0")
    assert preview is not None
    fresh = Rules().now(moved, "l0")
    assert {(i.text, i.at) for i in preview.issues} == {(i.text, i.at) for i in fresh.issues}
    after = rules.now(moved, "l0")
    assert {(i.text, i.at) for i in after.issues} == {(i.text, i.at) for i in fresh.issues}


def test_let_go_where_it_was_last_looked_at_nothing_is_checked_again(project: Project, monkeypatch) -> None:
    rules = Rules()
    rules.now(project, "l0")
    moved = done(project, "move", keys=["item:children_corner-1"], dx_mm=-4_000, dy_mm=1_000)
    farther = done(project, "move", keys=["item:children_corner-1"], dx_mm=-3_000, dy_mm=1_000)
    rules.preview(moved, "l0")
    with monkeypatch.context() as patch:
        patch.setattr("planner.ui.editor.rules._moved", lambda *_: pytest.fail("this is known"))
        after = rules.now(moved, "l0")
    assert {(i.text, i.at) for i in after.issues} == {(i.text, i.at) for i in Rules().now(moved, "l0").issues}
    rules.preview(farther, "l0")
    elsewhere = rules.now(project, "l0")
    assert {(i.text, i.at) for i in elsewhere.issues} == {(i.text, i.at) for i in Rules().now(project, "l0").issues}


def test_a_moved_wall_is_judged_under_the_hand_unless_a_look_at_the_building_takes_long(project: Project, monkeypatch) -> None:
    rules = Rules()
    rules.now(project, "l0")
    moved = done(project, "add_column", outline=[[4_600, 5_000], [5_000, 5_000], [5_000, 5_400], [4_600, 5_400]])
    after = {i.text for i in Rules().now(moved, "l0").issues}
    assert any("leaves the free floor" in text for text in after)
    preview = rules.preview(moved, "l0")
    assert preview is not None and {i.text for i in preview.issues} == after
    monkeypatch.setattr("planner.ui.editor.rules.QUICK_S", 0.0)
    assert rules.preview(moved, "l0") is None
    assert {i.text for i in rules.now(moved, "l0").issues} == after


def test_without_a_layout_there_is_nothing_to_judge() -> None:
    rules = Rules()
    bare = a_project(plan=a_hall())
    assert rules.now(bare, "l0").issues == ()
    assert rules.preview(bare, "l0") is None
    assert rules.whole(replace(bare, accepted=Accepted(candidate="0" * 64, layout=Layout(levels=()))), "l0") is None


def test_the_change_of_the_score_is_against_the_first_one(project: Project) -> None:
    rules = Rules()
    first = rules.whole(project, "l0")
    assert first is not None
    assert first.change in (0, None)


def test_the_score_is_the_one_that_reports_measure() -> None:
    from layouts.flow import measure_flow
    from layouts.live import live_check, shifted
    from layouts.standards import profile
    from planner.ui.editor.rules import _score
    from tests.layouts.centre import a_centre

    level, layout, programme = a_centre()
    live = live_check(level, layout, programme, access=profile("iraq-default"))
    for check in (live, live.moved(shifted(layout.items[0], dx_mm=200))):
        assert _score(check) == measure_flow(level, check.layout, programme).linearity_index


def test_what_is_wrong_inside_a_room_is_told_where_it_stands_and_follows_it(project: Project) -> None:
    """The same findings as `centreline check` tells of rooms, those that are new among them."""
    with_room = done(project, "add_item", kind="toilets", at=[9_000, 5_500])
    rules = Rules()
    base = with_room.accepted
    assert base is not None
    (level,) = base.layout.levels
    ring = ((8_000, 5_000), (10_600, 5_000), (10_600, 7_400), (8_000, 7_400))
    room = replace(level.items[-1], polygon=ring, insert_mm=(9_300, 5_000))
    there = replace(with_room, accepted=replace(base, layout=Layout(levels=(replace(level, items=(*level.items[:-1], room)),))))
    issues = [i for i in rules.now(there, "l0").issues if i.ids == (f"item:{room.id}",)]
    told = [i for i in issues if "from within its room" in i.text]
    assert len(told) == 1 and told[0].at is not None and 8_000 < told[0].at[0] < 10_600
    moved = done(there, "move", keys=[f"item:{room.id}"], dx_mm=-1_000, dy_mm=0)
    preview = rules.preview(moved, "l0")
    assert preview is not None
    (same,) = [i for i in preview.issues if i.ids == told[0].ids and i.text == told[0].text]
    assert same.at is not None and same.at[0] == told[0].at[0] - 1_000
