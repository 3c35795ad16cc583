"""Pages are painted anew only where what they show has changed."""

from __future__ import annotations

from dataclasses import replace

from planner.ui.shown import DRAWN, Notes, all_but
from tests.planner.small_centre import a_small_centre


def test_a_step_in_the_plan_is_none_of_a_page_that_shows_none_of_it() -> None:
    project = a_small_centre()
    assert project.plan is not None
    moved = replace(project, plan=replace(project.plan, levels=()))
    renamed = replace(project, site=replace(project.site, name="Another"))
    assert all_but(project, *DRAWN) == all_but(moved, *DRAWN) != all_but(renamed, *DRAWN)
    assert all_but(project) != all_but(moved)


def test_sentences_that_stand_already_are_left_alone() -> None:
    notes = Notes()
    notes.say(["no layout", "no roster"])
    first = notes.view().objects
    notes.say(["no layout", "no roster"])
    assert len(first) == 2 and all(now is before for now, before in zip(notes.view().objects, first, strict=True))
    notes.say(["no roster"])
    assert [each.object for each in notes.view().objects] == ["no roster"]
    notes.say([])
    assert notes.view().objects == []
