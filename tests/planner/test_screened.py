"""Gates and screens follow their table when it is moved by hand, in the same step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from shapely.geometry import Polygon

from layouts.access_screening import nobody_walks_round_screening
from layouts.geometry import polygon_shape, ring_shape, to_polygons, union
from layouts.layout import Item, Layout, LevelLayout
from layouts.plan import FloorPlan
from layouts.screening import BYPASS, GATES, PARTS, TABLE
from planner.editing import apply, read_command
from planner.project import Accepted, Project
from tests.layouts.test_screening import a_hall, asked, screened
from tests.planner.builders import a_project


@pytest.fixture
def project() -> Project:
    """A hall whose table stands in its screening."""
    level, layout = screened()
    solids = union(ring_shape(i.polygon) for i in layout.items if i.solid)
    layout = replace(layout, public=to_polygons(polygon_shape(layout.public[0]).difference(solids)))
    return replace(
        a_project(plan=FloorPlan(levels=(level,))), accepted=Accepted(candidate="c", layout=Layout(levels=(layout,)))
    )


def done(project: Project, op: str, **values: Any) -> Project:
    return apply(project, read_command({"op": op, "level": "0", **values}))


def placed(project: Project) -> LevelLayout:
    assert project.accepted is not None
    return project.accepted.layout.levels[0]


def parts(project: Project) -> list[Item]:
    return [i for i in placed(project).items if i.kind in PARTS]


def bypass(project: Project) -> Item:
    (found,) = (i for i in parts(project) if i.kind == BYPASS)
    return found


def is_clean(project: Project) -> bool:
    assert project.plan is not None
    found = asked(nobody_walks_round_screening, (project.plan.levels[0], placed(project)))
    return found["walked_round"].status == "pass"


def test_gates_and_screens_stand_where_the_moved_table_asks_for_them(project: Project) -> None:
    moved = done(project, "move", keys=("item:security-01",), dx_mm=700, dy_mm=0)
    (x, y), (was_x, was_y) = bypass(moved).insert_mm, bypass(project).insert_mm
    assert (x, y) == (was_x + 700, was_y) and is_clean(moved)
    assert bypass(moved).polygon != bypass(project).polygon
    solids = union(ring_shape(i.polygon) for i in placed(moved).items if i.solid)
    public = union(polygon_shape(p) for p in placed(moved).public)
    assert public.intersection(solids).area < 100


def test_moved_back_the_gates_stand_where_they_stood(project: Project) -> None:
    there = done(project, "move", keys=("item:security-01",), dx_mm=700, dy_mm=0)
    back = done(there, "move", keys=("item:security-01",), dx_mm=-700, dy_mm=0)
    gates = [{(i.id, i.polygon) for i in parts(each) if i.kind in GATES} for each in (back, project)]
    assert gates[0] == gates[1] and is_clean(back)
    screens = [sum(Polygon(i.polygon).area for i in parts(each) if i.kind not in GATES) for each in (back, project)]
    assert screens[0] == pytest.approx(screens[1], abs=1000)


def test_they_go_where_no_line_is_clean_and_the_finding_tells(project: Project) -> None:
    moved = done(project, "move", keys=("item:security-01",), dx_mm=13_000, dy_mm=0)  # behind the seats
    assert parts(moved) == [] and not is_clean(moved)
    back = done(moved, "move", keys=("item:security-01",), dx_mm=-13_000, dy_mm=0)
    assert is_clean(back)


def test_they_go_with_the_table(project: Project) -> None:
    gone = done(project, "delete", keys=("item:security-01",))
    assert not any(i.kind in (*PARTS, TABLE) for i in placed(gone).items)


def test_a_copy_of_the_table_elsewhere_is_no_lane(project: Project) -> None:
    copied = done(project, "duplicate", keys=("item:security-01",), dx_mm=10_000, dy_mm=2000)
    assert len([i for i in placed(copied).items if i.kind == TABLE]) == 2
    assert [i.kind for i in parts(copied)].count("security_arch") == 1 and is_clean(copied)


def test_a_copy_beside_it_is_a_second_lane(project: Project) -> None:
    copied = done(project, "duplicate", keys=("item:security-01",), dx_mm=3000, dy_mm=0)
    assert [i.kind for i in parts(copied)].count("security_arch") == 2


def test_other_edits_leave_them_as_they_are(project: Project) -> None:
    moved = done(project, "move", keys=("item:desk",), dx_mm=0, dy_mm=100)
    assert parts(moved) == parts(project)
    alone = replace(project, accepted=Accepted(candidate="c", layout=Layout(levels=(a_hall()[1],))))
    assert parts(done(alone, "move", keys=("item:desk",), dx_mm=0, dy_mm=100)) == []
