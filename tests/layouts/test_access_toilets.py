"""Toilets that stand in the building or were set down by hand count as accessible where their size lets them be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.access_counters import everything_has_clear_floor
from layouts.access_question import AccessQuestion
from layouts.access_toilets import accessible_toilet_is_near, accessible_toilet_is_there, accessible_toilets
from layouts.compartments import front_doors
from layouts.layout import ClearZone, Item
from layouts.plan import Polygon, Space
from layouts.standards import profile
from planner.editing.fittings import new_item, resized
from tests.layouts.centre import a_centre
from tests.layouts.halls import block, box, door


def question(*items: Item, spaces: tuple[Space, ...] = (), clear: int = 950) -> AccessQuestion:
    """The centre without its accessible toilet; rooms that stand lie beyond its right wall, each with a door from the hall."""
    level, layout, programme = a_centre()
    right = max(x for x, _ in level.outline)
    doors = tuple(
        door(f"to-{s.id}", "internal", (right, s.outline.outer[0][1] + 300), (right, s.outline.outer[0][1] + 300 + clear))
        for s in spaces
    )
    level = replace(level, spaces=spaces, doors=(*level.doors, *doors))
    kept = tuple(i for i in layout.items if i.id != "wc")
    return AccessQuestion(
        level=level, layout=replace(layout, items=(*kept, *items)), programme=programme, profile=profile("iraq-default")
    )


def standing(name: str, width: int, depth: int, kind: str = "") -> Space:
    level, _, _ = a_centre()
    right = max(x for x, _ in level.outline)
    ring = box(right + 100, 2000, right + 100 + width, 2000 + depth)
    return Space(id="s", name=name, kind=kind, outline=Polygon(outer=ring))


def told(q: AccessQuestion) -> dict[str, tuple[str, float | None]]:
    return {f.code.removeprefix("access."): (f.status, f.measured) for f in accessible_toilet_is_there(q)}


def test_a_large_toilet_that_stands_counts_and_is_said_to_be_counted_by_size() -> None:
    found = told(question(spaces=(standing("WC", 2200, 2400),)))
    assert found == {"toilet_count": ("pass", 1.0), "toilet_by_size": ("not_checked", None)}


def test_the_way_to_it_is_measured_to_its_door() -> None:
    (finding,) = accessible_toilet_is_near(question(spaces=(standing("WC", 2200, 2400),)))
    assert (finding.status, finding.values["toilet"]) == ("pass", "to-s")
    assert finding.measured is not None and finding.measured > 5


@pytest.mark.parametrize(
    ("width", "depth", "clear", "missing"),
    [
        (1400, 2400, 950, {"short": 1400.0, "turning": 1400.0}),
        (2000, 2000, 950, {"long": 2000.0}),
        (2200, 2400, 800, {"door": 800.0}),
    ],
)
def test_where_none_counts_it_is_told_what_one_that_stands_misses(
    width: int, depth: int, clear: int, missing: dict[str, float]
) -> None:
    found = told(question(spaces=(standing("Toilet", width, depth),), clear=clear))
    assert found.pop("toilet_count") == ("fail", 0.0)
    assert found == {f"standing_toilet_{part}": ("fail", value) for part, value in missing.items()}


def test_a_kitchen_is_no_toilet_and_a_taken_room_counts_once() -> None:
    assert told(question(spaces=(standing("Kitchen", 3000, 3000),))) == {"toilet_count": ("fail", 0.0)}
    room = standing("WC", 2200, 2400)
    item = Item(
        id="wc", kind="toilets", polygon=room.outline.outer, insert_mm=room.outline.outer[0], rotation_deg=0.0,
        accessible=True, space="s",
    )  # fmt: skip
    assert told(question(item, spaces=(room,))) == {"toilet_count": ("pass", 1.0)}


def test_toilets_set_down_by_hand_count_by_their_rooms_or_their_size() -> None:
    block_of_three = new_item("wcs", "toilets", (15_000, 5000), 0.0)
    assert not block_of_three.accessible
    assert accessible_toilets(question(block_of_three)) == [block_of_three]
    small = replace(block_of_three, polygon=box(14_200, 5000, 15_800, 6500))
    assert accessible_toilets(question(small)) == []


def test_floor_is_kept_free_before_a_room_s_door_and_not_before_its_middle() -> None:
    level, layout, programme = a_centre()
    room = replace(
        next(i for i in layout.items if i.id == "wc"), kind="nursing_room", polygon=box(12_000, 0, 18_000, 3000),
        insert_mm=(15_000, 3000), rotation_deg=180.0,
    )  # fmt: skip
    (x,) = front_doors(room)
    assert x < -2000  # near the left end as one looks from within the room's own axes

    def depth(thing: Item) -> str:
        items = (*(i for i in layout.items if i.id != "wc"), room, thing)
        q = AccessQuestion(
            level=level, layout=replace(layout, items=items), programme=programme, profile=profile("iraq-default")
        )
        return next((f.status for f in everything_has_clear_floor(q) if f.where == ("wc",) and f.status == "fail"), "pass")

    at_door = round(15_000 - x)  # the room's axes are turned half round
    assert depth(block("b", box(at_door - 300, 3500, at_door + 300, 3600))) == "fail"
    assert depth(block("b", box(14_700, 3500, 15_300, 3600))) == "pass"


def test_a_room_made_wider_keeps_the_floor_before_its_door_free() -> None:
    room = Item(
        id="n", kind="nursing_room", polygon=box(-1500, 0, 1500, 3000), insert_mm=(0, 0), rotation_deg=0.0,
        clear_zones=(ClearZone(use="front", polygon=box(-750, -1500, 750, 0)),),
    )  # fmt: skip
    wider = resized(room, 5000, 3000)
    ((x,), (zone,)) = front_doors(wider), wider.clear_zones
    assert x < -1500 and zone.polygon == box(-2500, -1500, -1000, 0)
