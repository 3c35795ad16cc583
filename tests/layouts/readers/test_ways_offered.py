"""Where a drawing names no way in, doors are offered to be looked over, each as the option that takes it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from layouts.geometry import door_middle
from layouts.plan import Door, FloorPlan, Frame, Level, Polygon, Space, Wall
from layouts.readers.framing import to_source
from layouts.readers.imported import Doubt
from layouts.readers.opening_edits import edited
from layouts.readers.ways_offered import few_exits, ways_offered
from layouts.soundness import door_faults
from planner.recipe_options import opening_from

HALL = ((0, 0), (20_000, 0), (20_000, 12_000), (0, 12_000))


def a_door(name: str, x: int, y: int, width: int, use: str = "internal") -> Door:
    return Door(id=name, use=use, p=(x, y), q=(x + width, y), clear_mm=width)


def plan(*doors: Door, frame: Frame | None = None) -> FloorPlan:
    room = Space(id="r", name="", kind="", outline=Polygon(outer=HALL))
    level = Level(id="l", name="", elevation_mm=0, outline=HALL, doors=doors, spaces=(room,))
    return FloorPlan(levels=(level,), frame=frame or Frame())


def test_the_widest_outer_door_is_offered_as_entrance_and_one_far_from_it_as_exit() -> None:
    doors = a_door("wide", 2000, 0, 1800), a_door("beside", 5000, 0, 1500), a_door("far", 12_000, 12_000, 1200)
    offered = ways_offered(plan(*doors, a_door("inside", 6000, 6000, 2500), a_door("gate", 15_000, 0, 4500)))
    assert [(w.use, w.door) for w in offered] == [("entrance", "wide"), ("exit", "far"), ("staff", "beside"), ("staff", "")]


def test_one_outer_door_is_way_in_and_out_and_the_staff_s_is_new() -> None:
    offered = ways_offered(plan(a_door("only", 2000, 0, 1800)))
    assert [(w.use, w.door) for w in offered] == [("entrance_exit", "only"), ("staff", "")]
    assert math.dist(offered[1].at, offered[0].at) > 6000


def test_a_floor_without_outer_doors_is_offered_new_ones_on_its_edge() -> None:
    offered = ways_offered(plan())
    assert [(w.use, w.door) for w in offered] == [("entrance_exit", ""), ("staff", "")]
    assert all(min(w.at[0], w.at[1], 20_000 - w.at[0], 12_000 - w.at[1]) == 0 for w in offered)


def test_doors_that_are_named_leave_nothing_to_offer() -> None:
    named = a_door("in", 2000, 0, 1800, "entrance_exit"), a_door("back", 12_000, 12_000, 1200, "staff")
    assert ways_offered(plan(*named)) == ()


@pytest.mark.parametrize("frame", [Frame(), Frame(source_unit="in", scale_to_mm=25.4, origin_mm=(4000, -700), rotation_deg=30)])
def test_the_option_names_the_door_in_drawing_units(frame: Frame) -> None:
    only = a_door("only", 2000, 0, 1800)
    told = [opening_from(w.option()) for w in ways_offered(plan(only, frame=frame))]
    assert (told[0].action, told[0].use) == ("change", "entrance_exit")
    assert math.dist(told[0].at, to_source(frame)(door_middle(only))) < 0.01
    assert (told[1].action, told[1].use, told[1].width_mm) == ("add", "staff", 1000)


def test_without_a_level_nothing_is_offered() -> None:
    assert ways_offered(replace(plan(), levels=())) == ()


def three_rooms() -> tuple[Space, ...]:
    """A hall of 10 m, a lobby of 4 m with a door of its own, and a store of 6 m without one into either."""
    rooms = (("hall", 0, 10_000), ("lobby", 10_100, 14_000), ("store", 14_100, 20_000))
    return tuple(
        Space(id=id, name="", kind="", outline=Polygon(outer=((a, 0), (b, 0), (b, 12_000), (a, 12_000)))) for id, a, b in rooms
    )


def offered_to_staff(*doors: Door) -> list[tuple[str, int]]:
    entrance = Door(id="in", use="entrance_exit", p=(0, 5000), q=(0, 7000), clear_mm=2000)
    level = replace(plan(entrance, *doors).levels[0], spaces=three_rooms())
    return [(w.door or "new", w.at[0]) for w in ways_offered(replace(plan(), levels=(level,)))]


def test_a_door_into_a_room_without_a_way_to_the_hall_is_not_offered_to_the_staff() -> None:
    ((door, x),) = offered_to_staff(a_door("store-door", 16_000, 0, 1200))
    assert door == "new" and x <= 10_000  # where the hall itself lies at the floor's edge


def test_a_door_into_a_lobby_that_leads_to_the_hall_is_offered_to_the_staff() -> None:
    inner = Door(id="between", use="internal", p=(10_050, 4000), q=(10_050, 5000), clear_mm=950)
    assert offered_to_staff(a_door("lobby-door", 11_500, 0, 1200), inner) == [("lobby-door", 12_100)]


def test_a_door_on_the_hall_itself_goes_before_one_into_a_lobby() -> None:
    inner = Door(id="between", use="internal", p=(10_050, 4000), q=(10_050, 5000), clear_mm=950)
    assert offered_to_staff(a_door("lobby-door", 11_500, 0, 1200), inner, a_door("back", 7000, 0, 1000)) == [("back", 7500)]


def test_visitors_who_cross_the_hall_leave_a_side_for_a_second_staff_door() -> None:
    doors = a_door("in", 9000, 0, 1800, "entrance"), a_door("out", 9000, 12_000, 1800, "exit")
    offered = ways_offered(plan(*doors))
    assert [w.use for w in offered] == ["staff", "staff"]
    assert {w.at[0] < 10_000 for w in offered} == {True, False}
    assert all(w.serves_mm > 25_000 for w in offered)


def test_walls_and_doors_without_a_length_are_no_error() -> None:
    point = (10_050, 6000)
    wall = Wall(id="w", a=point, b=point, thickness_mm=100)
    dot = Door(id="dot", use="internal", p=point, q=point, clear_mm=900)
    level = replace(plan(a_door("only", 2000, 0, 1800)).levels[0], spaces=three_rooms())
    broken = replace(level, walls=(wall,), doors=(*level.doors, dot))
    assert ways_offered(replace(plan(), levels=(broken,))) == ways_offered(replace(plan(), levels=(level,)))


def large(*doors: Door) -> FloorPlan:
    """700 m², which about 76 persons fill: two exits."""
    ring = ((0, 0), (35_000, 0), (35_000, 20_000), (0, 20_000))
    level = Level(id="l", name="Ground", elevation_mm=0, outline=ring, doors=doors)
    return FloorPlan(levels=(level,))


def test_a_floor_for_many_is_offered_further_doors_outdoors_as_exits() -> None:
    named = a_door("in", 2000, 0, 1800, "entrance_exit")
    offered = ways_offered(large(named, a_door("near", 5000, 0, 1500), a_door("far", 30_000, 20_000, 1200)))
    assert [(w.use, w.door) for w in offered if w.use != "staff"] == [("exit", "far")]
    assert few_exits(large(named, a_door("far", 30_000, 20_000, 1200))) == ()


def test_where_the_drawing_has_one_door_outdoors_that_is_told_and_the_second_exit_is_a_new_one_far_from_it() -> None:
    plan = large(a_door("only", 2000, 0, 1800))
    exits = [w for w in ways_offered(plan) if w.use == "exit"]
    assert [w.door for w in exits] == [""]
    assert math.dist(exits[0].at, (2900, 0)) > math.hypot(35_000, 20_000) / 2
    assert [(f.name, f.doors, f.persons, f.exits) for f in few_exits(plan)] == [("Ground", 1, 76, 2)]


def test_exits_that_all_stand_near_each_other_are_joined_by_one_far_from_them() -> None:
    near = a_door("in", 2000, 0, 1800, "entrance"), a_door("out", 12_000, 0, 1200, "exit")
    offered = ways_offered(large(*near, a_door("back", 33_000, 20_000, 1200)))
    assert [(w.use, w.door) for w in offered if w.use != "staff"] == [("exit", "back")]
    assert [(w.use, w.door) for w in ways_offered(large(*near)) if w.use != "staff"] == [("exit", "")]


def test_exits_far_enough_apart_are_joined_by_none() -> None:
    far = a_door("in", 2000, 0, 1800, "entrance"), a_door("out", 30_000, 20_000, 1200, "exit")
    offered = ways_offered(large(*far, a_door("back", 2000, 20_000, 1200)))
    assert "exit" not in [w.use for w in offered]


def test_a_small_floor_with_a_way_in_and_no_other_door_outdoors_is_left_by_the_way_in() -> None:
    offered = ways_offered(plan(a_door("in", 2000, 0, 1800, "entrance")))
    assert [(w.use, w.door) for w in offered] == [("entrance_exit", "in"), ("staff", "")]


def with_rooms(level: Level, *rooms: tuple[str, str, tuple[int, int, int, int]]) -> FloorPlan:
    def ring(box: tuple[int, int, int, int]) -> tuple[tuple[int, int], ...]:
        left, low, right, high = box
        return (left, low), (right, low), (right, high), (left, high)

    spaces = tuple(Space(id=id, name=name, kind="", outline=Polygon(outer=ring(box))) for id, name, box in rooms)
    return FloorPlan(levels=(replace(level, spaces=spaces),))


def a_house() -> FloorPlan:
    """A porch of 3 x 2 m at the corner, an entry behind it, a large room with a wide door to the garden."""
    walls = (
        Wall(id="front", a=(0, 2150), b=(3150, 2150), thickness_mm=300),
        Wall(id="side", a=(3150, 0), b=(3150, 2150), thickness_mm=300),
        Wall(id="between", a=(3150, 2150), b=(3150, 12_000), thickness_mm=300),
    )
    doors = (
        Door(id="porch", use="internal", p=(500, 0), q=(2500, 0), clear_mm=2000),
        Door(id="front-door", use="internal", p=(1000, 2150), q=(2000, 2150), clear_mm=900),
        Door(id="garden", use="internal", p=(10_000, 12_000), q=(12_500, 12_000), clear_mm=2400),
    )
    level = Level(id="l", name="", elevation_mm=0, outline=HALL, walls=walls, doors=doors)
    rooms = ("porch", "COVERED PORCH", (0, 0, 3000, 2000)), ("entry", "ENTRY", (0, 2300, 3000, 12_000))
    return with_rooms(level, *rooms, ("living", "LIVING", (3300, 0, 20_000, 12_000)))


def test_the_door_of_the_entry_behind_a_porch_goes_before_a_wider_one_to_the_garden() -> None:
    assert [(w.use, w.door) for w in ways_offered(a_house())][:2] == [("entrance", "front-door"), ("exit", "garden")]


def test_a_porch_is_outdoors_once_people_come_in_from_it() -> None:
    level, doubts = a_house().levels[0], list[Doubt]()
    way = ways_offered(a_house())[0]
    edit = opening_from(way.option())
    made = edited(level, edit, lambda q: (round(q[0]), round(q[1])), doubts)
    assert doubts == [] and list(door_faults(made)) == []
    assert set(made.outline) == {(3300, 0), (20_000, 0), (20_000, 12_000), (0, 12_000), (0, 2300), (3300, 2300)}
    assert {d.id: (d.use, d.p[1]) for d in made.doors} == {"front-door": ("entrance", 2300), "garden": ("internal", 12_000)}
    assert made.spaces == level.spaces


def two_storeys(*upper: Door, rooms: tuple[tuple[str, str, tuple[int, int, int, int]], ...] = ()) -> FloorPlan:
    above = replace(with_rooms(plan(*upper).levels[0], *rooms).levels[0], id="l-1", name="First floor", elevation_mm=4000)
    ground = plan(a_door("in", 2000, 0, 1800, "entrance_exit"), a_door("back", 12_000, 12_000, 1200, "staff")).levels[0]
    return FloorPlan(levels=(ground, above))


def test_every_storey_has_an_offer_of_its_own_by_its_name() -> None:
    offered = ways_offered(two_storeys(a_door("gallery", 2000, 0, 1800)))
    assert [(w.level, w.use, w.door) for w in offered] == [("l-1", "entrance_exit", "gallery"), ("l-1", "staff", "")]
    told = opening_from(offered[0].option())
    assert (told.action, told.use, told.storey) == ("change", "entrance_exit", "First floor")


def test_upstairs_lifts_and_stairs_are_the_ways_in_and_only_a_staff_door_is_offered() -> None:
    stair = Door(id="s", use="internal", p=(16_950, 5000), q=(16_950, 6500), clear_mm=1500)
    rooms = ("hall", "OPEN", (0, 0, 16_900, 12_000)), ("stairs", "STAIRS", (17_000, 0, 20_000, 12_000))
    assert {w.use for w in ways_offered(two_storeys(stair, rooms=rooms))} == {"staff"}


def test_a_storey_drawn_elsewhere_is_told_in_its_own_drawing_s_units() -> None:
    frame = Frame(origin_mm=(30_000, 0))
    here, there = (ways_offered(two_storeys(a_door("g", 2000, 0, 1800)), frames)[0] for frames in ({}, {"l-1": frame}))
    assert (here.in_drawing, there.in_drawing) == ((2900.0, 0.0), (32_900.0, 0.0))
