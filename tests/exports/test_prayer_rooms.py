"""Men's and women's prayer rooms as one block: two rooms with a door and a place to wash each, usable in every form offered."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from exports.blocks_divided import inside
from exports.drawing import BlockRef, Circle, Line, Polyline, Text, turned
from exports.floor_doors import numbered_doors
from exports.floor_drawing import draw_floor
from exports.floor_prayer import draw_prayer
from exports.floor_room_list import room_rows
from exports.floor_rooms import new_rooms
from exports.room_shells import floor_of, rooms_of
from exports.room_tags import room_tags
from exports.solids_fittings import fitting_solids
from layouts.access_rooms import check_rooms
from layouts.catalogue import fitting
from layouts.layout import Item, Layout
from layouts.plan import Level
from layouts.programme import RoomRequirement
from layouts.standards import profile
from solvers.placement.furnish import room_item
from solvers.placement.modules import room_insides
from solvers.placement.problem import Pose
from solvers.programme import layout_rules
from solvers.room_sizes import Users, forms_mm, room_m2
from tests.exports.sample_layout import sample_layout, sample_plan
from tests.layouts.halls import box

RULES = profile("iraq-default")
STOREY = Level(id="0", name="", elevation_mm=0, outline=box(0, 0, 20_000, 20_000))
KIND, NAMES = "prayer_rooms", ["Prayer room (men)", "Prayer room (women)"]


def block(width: int = 5500, depth: int = 3600, turn: int = 0) -> Item:
    ring = tuple((round(x), round(y)) for x, y in (turned(p, (width / 2, 0), turn) for p in
                 ((-width / 2, 0), (width / 2, 0), (width / 2, depth), (-width / 2, depth))))  # fmt: skip
    return Item(id="p", kind=KIND, bank="p", polygon=ring, insert_mm=(width // 2, 0), rotation_deg=turn, label="Prayer rooms")


def asked(hall: int) -> RoomRequirement:
    users = Users(hall=hall, on_duty=10, back_office=2)
    area, least = room_m2(KIND, users), fitting(KIND).min_width_mm
    return RoomRequirement(id="p", label="p", kind=KIND, area_m2=area, min_width_mm=least, side="public",
                           shares=(1.0, 1.0), depths_mm=forms_mm(KIND, area, least))  # fmt: skip


@pytest.mark.parametrize("hall", [20, 100, 150, 300, 400, 800])
def test_in_every_form_both_rooms_have_the_area_of_a_room_alone_and_pass_their_check(hall: int) -> None:
    alone = room_m2("prayer_room_men", Users(hall=hall, on_duty=10, back_office=2))
    forms = room_insides(asked(hall), layout_rules(RULES))
    assert forms
    for form in forms:
        assert form.body is not None
        item = block(100 * form.length, 100 * form.body[1])
        men, women = (floor_of(r, item) for r in rooms_of(item))
        assert min(men.area, women.area) / 1e6 >= 0.998 * alone - 0.06
        found = check_rooms(new_rooms(item), RULES)
        assert not [(f.code, f.where, f.measured) for f in found if f.status == "fail"], item.polygon


def test_each_has_a_door_of_its_own_at_an_outer_end_and_they_share_the_wall_where_people_wash() -> None:
    item = block()
    men, women = rooms_of(item)
    doors = numbered_doors(STOREY, [item], frozenset(), "en")
    assert [d.leads for d in doors] == NAMES
    assert doors[1].at[0] - doors[0].at[0] > 4000
    for room in (men, women):
        (trough,) = [s for s in inside(room) if isinstance(s, Polyline) and {p[1] for p in s.points} == {100.0, 1000.0}]
        assert min(abs(x) for x, _ in trough.points) <= 60  # at the wall between
        assert len([s for s in inside(room) if isinstance(s, Circle)]) == 3  # two taps and a stool
    assert floor_of(men, item).distance(floor_of(women, item)) == pytest.approx(100)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("axis", ["x", "y"])
def test_visitors_have_free_floor_before_either_door(axis: str, sign: int) -> None:
    rules, room = layout_rules(RULES), asked(150)
    form = room_insides(room, rules)[-1]
    assert form.body is not None
    pose = Pose(element="p", baseline="w", u_dm=20, length_dm=form.length, back_dm=100, sign=sign, axis=axis, setback_dm=0,
                room_depth_dm=form.body[1], variant=form.variant)  # fmt: skip
    item = room_item(room, pose, rules)
    fronts = [shapely.Polygon(z.polygon) for z in item.clear_zones]
    doors = [shapely.Point(d.at) for d in numbered_doors(STOREY, [item], frozenset(), "en")]
    assert len(fronts) == len(doors) == 2
    assert all(any(f.distance(d) < 1 and f.boundary.distance(d) < 1 for f in fronts) for d in doors)
    assert not fronts[0].intersection(fronts[1]).area


def test_each_has_its_own_name_row_in_the_schedule_and_arrow() -> None:
    item = block()
    assert [r[0] for r in room_rows([item], "en")] == NAMES
    assert [s.lines[0] for s in room_tags(item, "en")[0] if isinstance(s, Text)] == NAMES
    arrows = [s for s in draw_prayer([item], (0.0, 39.8262), 90.0) if isinstance(s, Line)]
    floors = [floor_of(r, item) for r in rooms_of(item)]
    assert all(f.covers(shapely.Point(a.a)) and f.covers(shapely.Point(a.b)) for a, f in zip(arrows, floors, strict=True))


@pytest.mark.parametrize(("turn", "lying"), [(0, (650, 1200)), (90, (1200, 650))])
def test_mats_of_both_lie_towards_prayer(turn: int, lying: tuple[int, int]) -> None:
    bare = sample_layout().levels[0]
    layout = Layout(levels=(replace(bare, items=(block(turn=turn),), routes=()),))
    drawing = draw_floor(replace(sample_plan(), north_deg=90.0), layout, place=(0.0, 39.8262))
    (room,) = [s for s in drawing.shapes if isinstance(s, BlockRef) and s.kind == KIND]
    mats = [shapely.Polygon(s.points).bounds for s in drawing.block(room.block).shapes if isinstance(s, Polyline)]
    sizes = [(round(b[2] - b[0]), round(b[3] - b[1])) for b in mats]
    assert sizes.count(lying) >= 4 and lying[::-1] not in sizes
    assert {x > 0 for b in mats for x in (b[0] + b[2],)} == {True, False}


def test_mats_lie_flat_in_three_dimensions_and_a_wall_stands_between() -> None:
    item = block()
    solids = list(fitting_solids(item, STOREY))
    assert min(s.high_mm for s in solids if s.part == "fittings") == 10
    between = shapely.Point(2750, 1800)
    assert any(s.part == "walls" and s.ground.covers(between) for s in solids)


def test_two_rooms_of_their_own_and_a_block_made_too_small_remain_rooms() -> None:
    assert rooms_of(block(4800, 3600)) == () and new_rooms(block(4800, 3600))
    for kind in ("prayer_room_men", "prayer_room_women"):
        (alone,) = new_rooms(replace(block(2800, 3600), kind=kind))
        assert alone.public and len(alone.doors) == 1
