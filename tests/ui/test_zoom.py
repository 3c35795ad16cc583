"""Where a finding is."""

from __future__ import annotations

from dataclasses import replace

from planner.ui.zoom import ROOM_MM, box_of_finding, level_of_finding
from tests.planner.small_centre import a_hall


def test_what_shows_a_finding_says_where_it_is() -> None:
    finding = {"where": ["375,375"], "witness": [{"kind": "route", "points": [[100, 200], [900, 400]], "diameter_mm": None}]}
    assert box_of_finding(a_hall(), None, finding) == (100 - ROOM_MM, 200 - ROOM_MM, 900 + ROOM_MM, 400 + ROOM_MM)


def test_without_that_the_things_it_names_do_and_else_nothing() -> None:
    door = a_hall().levels[0].doors[0]
    box = box_of_finding(a_hall(), None, {"where": [door.id]})
    assert box is not None and box[0] == min(door.p[0], door.q[0]) - ROOM_MM
    assert box_of_finding(a_hall(), None, {"where": ["nobody"], "witness": []}) is None


def test_the_storey_of_a_finding_is_that_of_what_it_names() -> None:
    plan = a_hall()
    below = plan.levels[0]
    above = replace(below, id="upper", doors=tuple(replace(door, id=f"up-{door.id}") for door in below.doors))
    both = replace(plan, levels=(below, above))
    assert level_of_finding(both, None, {"where": [f"up-{below.doors[0].id}"]}) == "upper"
    assert level_of_finding(both, None, {"where": [below.doors[0].id]}) == below.id
    assert level_of_finding(both, None, {"where": ["nobody"]}) is None
