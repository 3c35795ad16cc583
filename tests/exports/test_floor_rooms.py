"""Rooms that the layout sets up, with their furniture as drawn: usable in every usual size, and told where they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from exports.blocks_divided import inside
from exports.blocks_rooms import ground_of_toilets, prayer_room, toilets, toilets_in
from exports.drawing import Arc, Circle, Polyline
from exports.floor_doors import numbered_doors
from exports.floor_room_list import room_rows
from exports.floor_rooms import Rooms, new_rooms
from exports.room_shells import floor_of, inside_of, room_doors, room_shell, rooms_of
from layouts.access_rooms import check_rooms
from layouts.catalogue import fitting
from layouts.compartment import PULLED_MM
from layouts.compartments import compartments
from layouts.layout import Item
from layouts.plan import Level
from layouts.programme import RoomRequirement
from layouts.standards import access_profiles, profile
from solvers.placement.modules import room_insides
from solvers.programme import layout_rules
from solvers.room_sizes import LEAST_DEPTH_MM, Users, depths_mm, forms_mm, room_m2
from tests.layouts.halls import box

RULES = profile("iraq-default")
STOREY = Level(id="0", name="", elevation_mm=0, outline=box(0, 0, 20_000, 20_000))
USUAL = (
    ("toilets", 4100, 6000), ("toilets", 4400, 5800), ("toilets", 4500, 6000), ("toilets", 6100, 3900), ("toilets", 6000, 4000),
    ("toilets", 11600, 3900), ("toilets", 5000, 3600), ("interview_room", 3000, 3600),
    ("interview_room", 3600, 3000), ("interview_room", 3000, 4000), ("prayer_room_men", 2800, 3600),
    ("prayer_room_women", 4200, 2400), ("nursing_room", 2600, 2700), ("nursing_room", 2900, 2400), ("archive", 4800, 6000),
    ("back_office", 6000, 5000), ("back_office", 4000, 6000), ("staff_room", 5000, 4000), ("server_room", 3000, 3000),
    ("ups_room", 3000, 3000), ("toilet_accessible", 2200, 2500), ("women_family_seating", 5000, 5000),
)  # fmt: skip


def room(kind: str, width: int, depth: int, turn: int = 0) -> Item:
    rings = {0: box(0, 0, width, depth), 90: box(-depth, 0, 0, width)}
    front = {0: (width // 2, 0), 90: (0, width // 2)}
    return Item(id="r", kind=kind, bank="r", polygon=rings[turn], insert_mm=front[turn], rotation_deg=turn)


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize(("kind", "width", "depth"), USUAL)
def test_a_room_of_usual_size_is_entered_turned_in_and_used(kind: str, width: int, depth: int, turn: int) -> None:
    found = new_rooms(room(kind, width, depth, turn))
    assert found and all(r.pieces for r in found)
    assert not [(f.code, f.measured, f.values) for f in check_rooms(found, RULES) if f.status == "fail"]
    assert all(shapely.Polygon(r.item.polygon).buffer(1).covers(r.taken()) for r in found)


def test_a_room_too_small_for_its_furniture_is_told() -> None:
    told = Rooms(storey=STOREY).findings([room("toilets", 2600, 2400)], RULES)
    assert {f.code for f in told if f.status == "fail"} >= {"access.room_door_manoeuvring", "access.room_turning_circle"}
    assert all(f.where == ("r",) for f in told if f.status == "fail")


def test_what_is_no_room_of_its_own_is_not_looked_into() -> None:
    seat = Item(id="s", kind="seat", bank=None, polygon=box(0, 0, 500, 500), insert_mm=(250, 0), rotation_deg=0)
    assert {f.status for f in Rooms(storey=STOREY).findings([seat], RULES)} == set()


def test_an_item_that_is_the_same_is_furnished_once() -> None:
    rooms, item = Rooms(storey=STOREY), room("nursing_room", 2600, 2700)
    first, known = rooms.findings([item], RULES), rooms.known["r"]
    assert first and rooms.findings([item], RULES) == first
    assert rooms.known["r"] is known and known[0] is item


@pytest.mark.parametrize(("width", "depth"), [(2400, 4000), (2600, 2600), (4100, 6000), (6000, 4000), (3600, 3400)])
def test_doors_of_cubicles_meet_no_basin(width: int, depth: int) -> None:
    row = toilets_in(width, depth)
    bodies = [shapely.box(*b) for b in ground_of_toilets(width, depth)[1:]]
    front = row.floor[3] - row.deep
    for start in row.starts if not row.inward else ():
        swing = shapely.Point(start + row.step - 120, front).buffer(row.leaf)
        assert not any(b.intersection(swing).area > 1 for b in bodies)
    assert all(not a.intersects(b) or a.touches(b) for k, a in enumerate(bodies) for b in bodies[:k] if b.area > 1e5)


@pytest.mark.parametrize("kind", ["toilets", "toilet_accessible", "nursing_room", "prayer_room_men", "interview_room"])
@pytest.mark.parametrize("hall", [20, 150, 400])
def test_every_form_in_which_a_room_is_offered_passes_its_own_check(kind: str, hall: int) -> None:
    area, least = room_m2(kind, Users(hall=hall, on_duty=6, back_office=3)), fitting(kind).min_width_mm
    depths = forms_mm(kind, area, least)
    asked = RoomRequirement(id=kind, label=kind, kind=kind, area_m2=area, min_width_mm=least, side="public", depths_mm=depths)
    for form in room_insides(asked, layout_rules(RULES)):
        wide, deep = 100 * form.length, 100 * form.body[1]
        found = check_rooms(new_rooms(room(kind, wide, deep)), RULES)
        assert [(f.code, f.measured) for f in found if f.status == "fail"] == [], (wide, deep)


@pytest.mark.parametrize("access", access_profiles())
@pytest.mark.parametrize("kind", ["toilets", "toilet_accessible", "nursing_room", "prayer_rooms", "interview_room"])
def test_rooms_for_the_public_keep_whichever_profile_is_planned_by(kind: str, access: str) -> None:
    areas = {room_m2(kind, Users(hall=hall, on_duty=6, back_office=3)) for hall in (20, 150, 400)}
    areas |= {fitting(kind).area_m2 + more for more in (0, 1, 3)}
    for area in sorted(areas):
        least = fitting(kind).min_width_mm
        asked = RoomRequirement(id=kind, label=kind, kind=kind, area_m2=area, min_width_mm=least, side="public",
                                depths_mm=forms_mm(kind, area, least))  # fmt: skip
        for form in room_insides(asked, layout_rules(profile(access))):
            wide, deep = 100 * form.length, 100 * form.body[1]
            found = check_rooms(new_rooms(room(kind, wide, deep)), profile(access))
            assert [(f.code, f.where, f.measured) for f in found if f.status == "fail"] == [], (wide, deep)


@pytest.mark.parametrize(("width", "depth"), [(4400, 5800), (6100, 3900), (5000, 3600)])
def test_the_circle_drawn_in_an_accessible_toilet_is_every_profile_s_and_lies_on_free_floor(width: int, depth: int) -> None:
    item = room("toilets", width, depth)
    drawn = [s for r in rooms_of(item) for s in inside(r)] or list(toilets(width, depth))
    circle = next(s for s in drawn if isinstance(s, Arc) and s.end_deg - s.start_deg == 180)
    assert 2 * circle.radius >= max(profile(name).value("turning_circle_mm") for name in access_profiles())
    x, y = circle.centre[0] + width / 2, circle.centre[1]
    free = [r.free() for r in new_rooms(item)]
    assert any(f.buffer(1).covers(shapely.Point(x, y).buffer(circle.radius)) for f in free)


@pytest.mark.parametrize("kind", ["archive", "staff_room", "back_office", "staff_suite", "back_of_house"])
def test_doors_of_the_staff_s_rooms_can_be_opened_from_a_wheelchair(kind: str) -> None:
    for more in (0, 2, 5, 8, 12, 20):
        area, least = fitting(kind).area_m2 + more, fitting(kind).min_width_mm
        asked = RoomRequirement(id=kind, label=kind, kind=kind, area_m2=area, min_width_mm=least, side="staff",
                                depths_mm=forms_mm(kind, area, least))  # fmt: skip
        for form in room_insides(asked, layout_rules(RULES)):
            assert form.body is not None
            wide, deep = 100 * form.length, 100 * (form.body[1] - form.body[0])
            found = check_rooms(new_rooms(room(kind, wide, deep)), RULES)
            assert [(f.code, f.where, f.measured) for f in found if f.status == "fail"] == [], (wide, deep)


def test_shelves_stand_farther_behind_a_door_where_that_costs_none_of_them() -> None:
    behind = [min(y for p in r.pieces for _, y in p) for r in (new_rooms(room("archive", 4000, d))[0] for d in (3600, 6000))]
    assert behind[0] - 100 >= PULLED_MM > behind[1] - 100 >= 1220  # the deeper room holds a row more for it


@pytest.mark.parametrize("kind", ["toilet_accessible", "nursing_room", "interview_room"])
@pytest.mark.parametrize("area_m2", [5.0, 7.3, 10.0])
def test_the_floor_within_the_walls_as_drawn_is_as_large_and_as_wide_as_asked(kind: str, area_m2: float) -> None:
    least = fitting(kind).min_width_mm
    asked = RoomRequirement(id=kind, label=kind, kind=kind, area_m2=area_m2, min_width_mm=least, side="public",
                            depths_mm=(least, *forms_mm(kind, area_m2, least)))  # fmt: skip
    for form in room_insides(asked, layout_rules(RULES)):
        floor = inside_of(room(kind, 100 * form.length, 100 * form.body[1]))
        x0, y0, x1, y1 = floor.bounds
        assert floor.area >= area_m2 * 1e6 and min(x1 - x0, y1 - y0) >= least


@pytest.mark.parametrize(("width", "depth"), [(2600, 4000), (2800, 3600), (3400, 3000), (4200, 2400), (6000, 4000)])
def test_a_prayer_room_has_a_place_to_wash_off_its_mats(width: int, depth: int) -> None:
    shapes = prayer_room(width, depth)
    rings = [shapely.Polygon(s.points) for s in shapes if isinstance(s, Polyline)]
    mats = [r for r in rings if min(r.bounds[2] - r.bounds[0], r.bounds[3] - r.bounds[1]) > 500]
    (trough,) = [r for r in rings if r.bounds[3] - r.bounds[1] == pytest.approx(900)]
    assert mats and not any(trough.intersection(m).area > 1 for m in mats)
    assert len([s for s in shapes if isinstance(s, Circle)]) == 3  # two taps and a stool


@pytest.mark.parametrize("hall", [20, 150, 300, 400, 600, 800])
def test_toilets_are_offered_divided_with_every_cubicle_that_their_area_is_for(hall: int) -> None:
    area = room_m2("toilets", Users(hall=hall, on_duty=6, back_office=3))
    women, men = -(-hall // 2 // 65), -(-hall // 2 // 125)
    for depth in forms_mm("toilets", area, fitting("toilets").min_width_mm):
        asked = RoomRequirement(id="t", label="t", kind="toilets", area_m2=area, min_width_mm=3000, side="public")
        (form,) = room_insides(replace(asked, depths_mm=(depth,)), layout_rules(RULES))
        rooms = {r.kind: r for r in compartments("toilets", 100 * form.length, depth)}
        assert set(rooms) == {"toilets_women", "toilet_accessible", "toilets_men"}
        assert len(rooms["toilets_women"].cubicles) >= max(2, women) and len(rooms["toilets_men"].cubicles) >= max(2, men)


@pytest.mark.parametrize(("width", "depth"), [(4400, 5800), (4900, 6300), (6100, 3900), (11600, 3900)])
def test_rooms_of_a_divided_block_lie_apart_within_its_walls_and_each_has_a_door_of_its_own(width: int, depth: int) -> None:
    item = room("toilets", width, depth)
    shell, floors = room_shell(item), [floor_of(r, item) for r in rooms_of(item)]
    for k, floor in enumerate(floors):
        assert all(floor.distance(other) >= 99 for other in floors[:k])
        assert shapely.Polygon(item.polygon).buffer(-99, join_style="mitre").covers(floor)
    doors = numbered_doors(STOREY, [item], frozenset(), "en")
    assert [d.leads for d in doors] == ["Toilets, women", "Accessible WC", "Toilets, men"]
    assert all(shapely.Point(d.at).distance(f) <= 100.1 for d, f in zip(doors, floors, strict=True))
    assert not any(shell.walls.intersects(shapely.Point(d.at[0], d.at[1] + 50)) for d in doors)
    names = [r[0] for r in room_rows([item], "en")]
    assert names == ["Toilets, women", "Accessible WC", "Toilets, men"]


def test_toilets_that_stand_or_are_too_small_stay_one_room() -> None:
    whole = room("toilets", 6100, 3900)
    assert len(rooms_of(whole)) == 3
    assert rooms_of(replace(whole, space="s")) == () and rooms_of(room("toilets", 4000, 5000)) == ()
    assert len(room_doors(room("toilets", 4000, 5000))) == 1


def test_what_is_wrong_in_a_room_of_a_block_is_told_of_the_block() -> None:
    item = replace(room("toilets", 6100, 3900), id="t1")
    wider = replace(RULES, rules=RULES.rules | {"turning_circle_mm": replace(RULES.rules["turning_circle_mm"], value=1900)})
    told = [f for f in Rooms(storey=STOREY).findings([item], wider) if f.status == "fail"]
    assert told and {f.where for f in told} == {("t1",)}
    assert all(0 <= x <= 6100 and 0 <= y <= 3900 for f in told for w in f.witness for x, y in w.points)


def test_a_block_with_any_name_is_told_by_its_own_and_no_room_is_taken_for_one_of_a_block() -> None:
    odd, seats = replace(room("toilets", 6100, 3900), id="a>b"), replace(room("nursing_room", 1500, 1500), id="c>toilets_men")
    wider = replace(RULES, rules=RULES.rules | {"turning_circle_mm": replace(RULES.rules["turning_circle_mm"], value=1900)})
    told = Rooms(storey=STOREY).findings([odd, seats], wider)
    assert {f.where for f in told if f.status == "fail"} == {("a>b",), ("c>toilets_men",)}


def test_an_accessible_toilet_of_the_catalogue_s_area_is_as_long_and_wide_as_every_profile_asks() -> None:
    kind = "toilet_accessible"
    area = room_m2(kind, Users(hall=50, on_duty=6, back_office=3))
    for depth in depths_mm(area, fitting(kind).min_width_mm, least_mm=LEAST_DEPTH_MM[kind]):
        net = sorted((depth - 100, area * 1e6 / (depth - 100)))
        for name in ("ada-2010", "iso-21542", "uk-adm", "iraq-default"):
            asked = [profile(name).value(f"accessible_toilet_{side}_mm") for side in ("short", "long")]
            assert net[0] >= asked[0] and net[1] >= asked[1], (name, depth)
