"""The layout goes into JSON and comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from exports.layout_json import finding_from_json, finding_to_json, layout_from_json, layout_to_json
from layouts.access import check_access
from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import FloorPlan, Frame, Obstacle, Wall
from layouts.routes import find_routes
from layouts.standards import profile
from tests.layouts.centre import a_centre
from tests.layouts.halls import box


def a_plan() -> tuple[FloorPlan, Layout]:
    level, layout, programme = a_centre()
    routes = find_routes(level, layout, programme.flows, clear_width_mm=1500)
    level = replace(
        level, name="0", obstacles=(Obstacle(id="o", kind="stair", outline=box(17_000, 13_000, 19_000, 15_000)),)
    )
    level = replace(level, columns=tuple(replace(c, id=f"column-{k}") for k, c in enumerate(level.columns, 1)))
    frame = Frame(source_unit="m", scale_to_mm=1000.0, origin_mm=(120, -40), rotation_deg=12.5)
    return FloorPlan(levels=(level,), frame=frame), Layout(levels=(replace(layout, routes=routes),))


def test_plan_and_layout_come_back_the_same() -> None:
    plan, layout = a_plan()
    text = json.dumps(layout_to_json(plan, layout))
    assert layout_from_json(json.loads(text)) == (plan, layout)


def test_a_block_of_rooms_comes_back_divided_as_it_was() -> None:
    plan, layout = a_plan()
    floor = layout.levels[0]
    block = replace(floor.items[0], id="suite", kind="staff_suite", shares=(31.0, 13.5))
    layout = Layout(levels=(replace(floor, items=(*floor.items, block)),))
    text = json.dumps(layout_to_json(plan, layout))
    assert layout_from_json(json.loads(text)) == (plan, layout)


def test_every_ring_is_counter_clockwise() -> None:
    plan, layout = a_plan()
    level = replace(plan.levels[0], outline=tuple(reversed(plan.levels[0].outline)))
    ring = layout_to_json(replace(plan, levels=(level,)), layout)["levels"][0]["floor"]["outline"]
    assert sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(ring, ring[1:] + ring[:1])) > 0


def test_a_wall_inside_the_hall_is_told_as_a_solid() -> None:
    plan, layout = a_plan()
    wall = Wall(id="w", a=(13_000, 0), b=(13_000, 3000), thickness_mm=200)
    told = layout_to_json(replace(plan, levels=(replace(plan.levels[0], walls=(wall,)),)), layout)
    kinds = [o["kind"] for o in told["levels"][0]["floor"]["obstacles"]]
    assert kinds == ["stair", "wall"]


def test_findings_come_back_the_same() -> None:
    level, layout, programme = a_centre()
    found = check_access(level, layout, programme, profile("iraq-default"))
    assert tuple(finding_from_json(json.loads(json.dumps(finding_to_json(f)))) for f in found) == found


def test_a_finding_names_where_its_figure_was_read_and_one_stored_before_that_is_read_too() -> None:
    level, layout, programme = a_centre()
    found = check_access(level, layout, programme, profile("ada-2010"))
    told = [finding_to_json(f) for f in found if f.status == "pass" and f.certainty == "read"]
    assert told and all(one["source"] for one in told)
    del told[0]["source"]
    assert finding_from_json(told[0]).source == ""


def test_an_area_may_be_told_as_its_ring_alone() -> None:
    plan, layout = a_plan()
    told = layout_to_json(plan, layout)
    told["levels"][0]["staff"] = [area["outer"] for area in told["levels"][0]["staff"]]
    assert layout_from_json(told) == (plan, layout)


def test_a_missing_field_is_named_by_its_path() -> None:
    told = layout_to_json(*a_plan())
    del told["levels"][0]["items"][2]["polygon"]
    with pytest.raises(BadInput) as refused:
        layout_from_json(told)
    assert (refused.value.code, refused.value.place) == ("layout_json.missing_field", "$.levels[0].items[2].polygon")


def test_a_number_that_is_none_is_refused() -> None:
    told = layout_to_json(*a_plan())
    told["levels"][0]["items"][0]["insert_mm"] = ["4", 2]
    with pytest.raises(BadInput) as refused:
        layout_from_json(told)
    assert refused.value.code == "layout_json.not_a_number"
