"""Laws of editing: whatever is asked, the answer is a sound project that reads back as written, or a told refusal."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.words import sentence_for_input
from layouts.findings import BadInput
from layouts.geometry import polygon_shape
from layouts.plan import FloorPlan
from layouts.soundness import plan_faults
from planner.editing import apply, read_command
from planner.project import Project
from planner.reading import plain, read_typed
from planner.storage import create_document
from tests.planner.builders import a_project
from tests.planner.test_editing import a_hall, done

KEYS = [
    "wall:w0", "wall:w1", "wall:mid", "door:in", "door:inner", "window:win", "column:col", "obstacle:planter", "space:hall",
    "item:counter-1", "item:counter-2", "item:seat-1",
]  # fmt: skip
lengths = st.integers(-4_000, 4_000)
places = st.tuples(st.integers(-1_000, 13_000), st.integers(-1_000, 9_000)).map(list)
some = st.lists(st.sampled_from(KEYS), min_size=1, max_size=4, unique=True)
one = st.sampled_from(KEYS)


def start() -> Project:
    project = a_project(plan=a_hall())
    for kind, at in (("counter", (2_000, 6_000)), ("counter", (4_000, 6_000)), ("seat", (5_000, 2_000))):
        project = done(project, "add_item", kind=kind, at=at)
    return project


START = start()


def an_edit(op: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"op": st.just(op), "level": st.just("l0"), **values})


edits = st.one_of(
    an_edit("move", keys=some, dx_mm=lengths, dy_mm=lengths, alone=st.booleans()),
    an_edit("rotate", keys=some, degrees=st.sampled_from([15.0, 90.0, -33.3])),
    an_edit("delete", keys=some),
    an_edit("duplicate", keys=some, dx_mm=lengths, dy_mm=lengths),
    an_edit("array", keys=some, columns=st.integers(1, 3), rows=st.integers(1, 2), gap_x_mm=lengths, gap_y_mm=lengths),
    an_edit("align", keys=some, to=st.sampled_from(["left", "right", "top", "bottom", "middle", "centre"])),
    an_edit("distribute", keys=some, axis=st.sampled_from("xy")),
    an_edit("add_walls", points=st.lists(places, min_size=2, max_size=4), closed=st.booleans()),
    an_edit("set_wall", key=one, a=places, b=places),
    an_edit("set_length", key=one, length_mm=st.integers(-5, 20_000)),
    an_edit("set_angle", key=one, degrees=st.floats(-360, 360)),
    an_edit("set_size", key=one, width_mm=st.integers(-5, 4_000), depth_mm=st.integers(-5, 4_000)),
    an_edit("set_place", key=one, x_mm=lengths, y_mm=lengths),
    an_edit("move_corner", key=st.sampled_from(["outline:", "space:hall", "column:col"]), index=st.integers(0, 4), to=places),
    an_edit("insert_corner", key=st.just("outline:"), index=st.integers(0, 3), to=places),
    an_edit("remove_corner", key=st.just("outline:"), index=st.integers(0, 3)),
    an_edit("add_door", near=places, use=st.sampled_from(["exit", "internal"]), width_mm=st.integers(100, 9_000)),
    an_edit("add_window", near=places, width_mm=st.integers(100, 9_000)),
    an_edit("place_opening", key=one, near=places),
    an_edit("add_column", outline=st.lists(places, max_size=4)),
    an_edit("add_item", kind=st.sampled_from(["counter_accessible", "toilets", "staff_gate"]), at=places),
    an_edit("set_pinned", keys=some, pinned=st.booleans()),
)  # fmt: skip
MISSING = {"plan.no_entrance", "plan.no_exit"}


def tried(project: Project, edit: dict[str, Any]) -> Project:
    """The edited project, or the same one where the edit was refused in words that can be said."""
    try:
        return apply(project, read_command(edit))
    except BadInput as refusal:
        assert sentence_for_input(refusal)
        return project


@settings(max_examples=120, deadline=None)
@given(st.lists(edits, min_size=1, max_size=4))
def test_an_edit_gives_a_sound_project_that_reads_back_or_says_why_not(asked: list[dict[str, Any]]) -> None:
    project = START
    for edit in asked:
        project = tried(project, edit)
    assert project.plan is not None
    assert {f.code for f in plan_faults(project.plan)} <= MISSING
    assert read_typed(json.loads(json.dumps(plain(project))), Project) == project


@settings(max_examples=120, deadline=None)
@given(st.lists(edits, min_size=1, max_size=3))
def test_no_id_is_given_twice_and_public_and_staff_floor_stay_apart(asked: list[dict[str, Any]]) -> None:
    project = START
    for edit in asked:
        project = tried(project, edit)
    assert project.accepted is not None
    placed = project.accepted.layout.levels[0]
    ids = [i.id for i in placed.items]
    assert len(ids) == len(set(ids))
    for public in placed.public:
        for staff in placed.staff:
            assert polygon_shape(public).intersection(polygon_shape(staff)).area < 20_000


@settings(max_examples=25, deadline=None)
@given(st.lists(edits, min_size=1, max_size=4))
def test_undoing_every_step_gives_back_the_project_and_redoing_the_result(asked: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        document = create_document(Path(folder) / "p.centreline", START)
        states = [START]
        for edit in asked:
            made = tried(states[-1], edit)
            if made != states[-1]:
                document.save(made, str(edit["op"]))
                states.append(made)
        assert [document.project_at(n) for n in range(1, len(states) + 1)] == states
        for state in reversed(states[:-1]):
            assert document.undo() == state
        for state in states[1:]:
            assert document.redo() == state
        document.close()


@settings(max_examples=60, deadline=None)
@given(some, lengths, lengths)
def test_moving_items_and_columns_there_and_back_changes_nothing(keys: list[str], dx: int, dy: int) -> None:
    free = [k for k in keys if k.startswith(("item:", "obstacle:"))] or ["item:seat-1"]
    there = done(START, "move", keys=free, dx_mm=dx, dy_mm=dy)
    back = done(there, "move", keys=free, dx_mm=-dx, dy_mm=-dy)
    assert back.plan == START.plan
    assert back.accepted and START.accepted
    assert back.accepted.layout.levels[0].items == START.accepted.layout.levels[0].items


def test_an_edit_of_one_level_leaves_the_others_the_same_objects() -> None:
    assert START.plan is not None
    upper = replace(START.plan.levels[0], id="l1")
    two = replace(START, plan=FloorPlan(levels=(*START.plan.levels, upper)))
    moved = done(two, "move", keys=["column:col"], dx_mm=100, dy_mm=0)
    assert moved.plan is not None
    assert moved.plan.levels[1] is upper
    assert moved.banks is two.banks
