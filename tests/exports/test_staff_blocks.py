"""Blocks of staff rooms are built and named as the rooms that they are: archive, server room, UPS; offices and staff room."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
import shapely.affinity

from exports.blocks_divided import inside
from exports.drawing import Polyline
from exports.floor_doors import numbered_doors
from exports.floor_fittings import block_of, draw_item, gate_swings
from exports.floor_room_list import room_rows
from exports.floor_rooms import new_rooms
from exports.room_shells import floor_of, room_shell, rooms_of
from exports.room_tags import room_tags
from exports.solids_fittings import fitting_solids
from layouts.access_rooms import check_rooms
from layouts.catalogue import fitting
from layouts.compartment import bounds_of
from layouts.compartments import COMBINED, compartments
from layouts.layout import Item
from layouts.plan import Level
from layouts.programme import RoomRequirement
from layouts.server_racks import LEAST_BEHIND_MM, clear_of, racks_in
from layouts.standards import profile
from solvers.placement.furnish import room_item
from solvers.placement.modules import room_insides
from solvers.placement.problem import Pose
from solvers.programme import layout_rules
from solvers.room_sizes import Users, forms_mm, room_m2
from tests.layouts.halls import box

RULES = profile("iraq-default")
STOREY = Level(id="0", name="", elevation_mm=0, outline=box(0, 0, 20_000, 20_000))
USERS = Users(hall=150, on_duty=24, back_office=3)


def block(kind: str, width: int, depth: int, shares: tuple[float, ...] = ()) -> Item:
    ring = box(0, 0, width, depth)
    return Item(
        id="b", kind=kind, bank="b", polygon=ring, insert_mm=(width // 2, 0), rotation_deg=0, shares=shares,
        solid=kind != "staff_suite", label="All in one",
    )  # fmt: skip


def forms(kind: str, area: float) -> list[tuple[int, int]]:
    least, shares = fitting(kind).min_width_mm, tuple(room_m2(p, USERS) for p in COMBINED[kind])
    asked = RoomRequirement(id=kind, label=kind, kind=kind, area_m2=area, min_width_mm=least, side="staff", shares=shares,
                            depths_mm=forms_mm(kind, area, least))  # fmt: skip
    return [(100 * f.length, 100 * (f.body[1] - f.body[0])) for f in room_insides(asked, layout_rules(RULES)) if f.body]


@pytest.mark.parametrize("area", [room_m2("back_of_house", USERS), 32.0, 40.0])
def test_in_every_form_archive_server_room_and_ups_have_about_their_share_and_a_door_each(area: float) -> None:
    shares = [fitting(p).area_m2 for p in COMBINED["back_of_house"]]
    sizes = forms("back_of_house", area)
    assert sizes
    for width, depth in sizes:
        item = block("back_of_house", width, depth)
        floors = {r.kind: floor_of(r, item) for r in rooms_of(item)}
        assert list(floors) == ["archive", "server_room", "ups_room"], (width, depth)
        whole = sum(f.area for f in floors.values())
        assert whole >= 0.95 * area * 1e6
        held = [f.area / whole / (s / sum(shares)) for f, s in zip(floors.values(), shares, strict=True)]
        assert min(held) >= 0.85, (width, depth)
        doors = numbered_doors(STOREY, [item], frozenset(), "en")
        assert [d.leads for d in doors] == ["Archive", "Server room", "UPS"]
        assert all(shapely.Point(d.at).distance(f) <= 100.1 for d, f in zip(doors, floors.values(), strict=True))


@pytest.mark.parametrize("area", [room_m2("back_of_house", USERS), 32.0, 40.0])
def test_in_every_form_racks_are_got_behind_and_each_door_is_passed(area: float) -> None:
    for width, depth in forms("back_of_house", area):
        item = block("back_of_house", width, depth)
        (server,) = [r for r in rooms_of(item) if r.kind == "server_room"]
        room = bounds_of(server)
        racks = racks_in(room)
        before, behind = clear_of(room, racks)
        assert racks and min(behind[2] - behind[0], behind[3] - behind[1]) >= LEAST_BEHIND_MM
        assert min(before[2] - before[0], before[3] - before[1]) >= 1200
        free = shapely.box(*room).difference(shapely.union_all([shapely.box(*r) for r in racks]))
        walked = free.buffer(-299)  # people walk 600 wide between racks and wall
        assert isinstance(walked, shapely.Polygon) and walked.intersects(shapely.box(*behind))
        found = check_rooms(new_rooms(item), RULES)
        assert not [(f.code, f.where, f.measured) for f in found if f.status == "fail"], (width, depth)


def test_walls_of_a_block_stand_between_its_rooms_and_open_where_doors_are() -> None:
    item = block("back_of_house", 6300, 5400)
    shell, floors = room_shell(item), [floor_of(r, item) for r in rooms_of(item)]
    assert all(not shell.walls.buffer(-1).intersects(f.buffer(-1)) for f in floors)
    ups = next(r for r in rooms_of(item) if r.kind == "ups_room")
    assert ups.through == "server_room" and ups.door_y_mm > 3000
    joined = shapely.union_all([*floors[1:], shell.openings]).buffer(1).buffer(-1)
    assert any(part.covers(shapely.union_all(floors[1:]).buffer(-5)) for part in joined.geoms)  # through the server room
    assert len(shell.doors) == 3


def test_the_staff_room_of_a_suite_has_its_kitchenette_and_tables_and_its_own_size() -> None:
    shares = (28.8, 14.4)
    item = block("staff_suite", 7300, 6000, shares)
    office, resting = rooms_of(item)
    assert (office.kind, resting.kind) == ("back_office", "staff_room")
    assert floor_of(resting, item).area / floor_of(office, item).area == pytest.approx(0.5, abs=0.01)
    strokes = [shapely.Polygon(s.points) for s in inside(resting) if isinstance(s, Polyline)]
    assert any(s.area >= 600 * 1900 for s in strokes)  # the kitchenette, as long as the room
    way = shapely.box(-3650, 20, 3650, 1000)  # along the wall, past the screen
    assert not any(s.intersects(way) for s in strokes)
    assert not [s for s in draw_item(item, STOREY, 0, "en")[0] if getattr(s, "kind", "") == "room_door"]


@pytest.mark.parametrize(("kind", "names"), [
    ("back_of_house", ["Archive", "Server room", "UPS"]), ("staff_suite", ["Back office", "Staff room"]),
])  # fmt: skip
def test_each_room_of_a_block_has_its_own_name_and_row_in_the_schedule(kind: str, names: list[str]) -> None:
    item = block(kind, 7300, 6000)
    assert [r[0] for r in room_rows([item], "en")] == names
    tags = [s.lines[0] for s in room_tags(item, "en")[0] if hasattr(s, "lines")]
    assert tags == names
    assert {r[3] for r in room_rows([item], "en")} == {"staff"}


def test_racks_and_shelves_stand_taller_than_desks_in_three_dimensions() -> None:
    def highest(item: Item, within: str) -> float:
        (room,) = [floor_of(r, item) for r in rooms_of(item) if r.kind == within]
        return max(s.high_mm for s in fitting_solids(item, STOREY) if s.part == "fittings" and room.buffer(1).covers(s.ground))

    behind, suite = block("back_of_house", 6300, 5400), block("staff_suite", 7300, 6000)
    assert highest(behind, "server_room") == highest(behind, "archive") == 2000 > highest(behind, "ups_room")
    assert highest(suite, "back_office") < 1200


def test_a_room_that_stands_or_is_too_small_is_one_room() -> None:
    assert rooms_of(replace(block("back_of_house", 6300, 5400), space="s")) == ()
    assert rooms_of(block("back_of_house", 3000, 3000)) == () == compartments("staff_suite", 3700, 6000)
    assert len(block_of(block("back_of_house", 3000, 3000), STOREY).shapes) > 2


def test_a_placed_block_knows_the_areas_of_its_rooms() -> None:
    asked = RoomRequirement(id="s", label="", kind="staff_suite", area_m2=43.2, min_width_mm=3600, side="staff",
                            depths_mm=(6000,), shares=(28.8, 14.4))  # fmt: skip
    (form,) = room_insides(asked, layout_rules(RULES))
    pose = Pose(element="s", baseline="w", u_dm=0, length_dm=form.length, back_dm=0, sign=1, axis="x", setback_dm=0,
                room_depth_dm=60, variant=form.variant)  # fmt: skip
    assert room_item(asked, pose, layout_rules(RULES)).shares == (28.8, 14.4)


def test_a_gate_into_the_staff_room_leaves_it_its_kitchenette_at_the_other_end() -> None:
    item = block("staff_suite", 8000, 6000, (19.2, 23.4))
    gates = [
        Item(id="g", kind="staff_gate", polygon=box(x, 6000, x + 900, 6100), insert_mm=(x + 450, 6100), rotation_deg=180.0)
        for x in (4200, 6800)
    ]
    for gate in gates:
        swings = gate_swings([gate])
        (block_drawn, *_) = draw_item(item, STOREY, 0, "en", swings)[1]
        grounds = [shapely.Polygon(s.points) for s in block_drawn.shapes if isinstance(s, Polyline)]
        there = [shapely.affinity.translate(g, *item.insert_mm) for g in grounds]
        assert any(g.area > 600 * 2000 for g in there if g.bounds[3] > 5800)
        assert not any(g.intersection(swings).area > 1 for g in there)
