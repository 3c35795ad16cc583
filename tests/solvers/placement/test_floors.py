"""Staff and public floor: together with what is solid they tile the hall, and corridors keep their depth round corners."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry import box as rectangle

from layouts.geometry import parts, polygon_shape, union
from layouts.layout import ClearZone, Item, LevelLayout
from layouts.plan import Door, Level, Ring
from solvers.placement.barriers import _gate_at
from solvers.placement.baselines import Arc, staff_arcs, walls_of
from solvers.placement.blind import blind_pockets, idle_slots
from solvers.placement.floor_parts import SPECK_MM2, areas
from solvers.placement.floors import (
    Parted,
    _cut_off,
    _to_its_walls,
    _void,
    divide,
    floors_of,
    part_floor,
    with_slots,
    without_islets,
)
from solvers.placement.problem import Placement
from solvers.placement.raster import floor_polygon
from solvers.placement.solve import solve
from solvers.placement.staff_corridor import corridor
from tests.builders_placement import QUICK, RULES, box, l_hall, straight_hall
from tests.solvers.placement.problems import PROBLEMS


def test_a_void_with_a_splinter_is_sound_in_whole_millimetres() -> None:
    spiked = Polygon([(0, 0), (1000, 0), (1000, 1000.4), (997.4, 1000.1), (998.4, 1000.3), (0, 1000.2)])
    assert spiked.is_valid
    assert Polygon(_void(spiked, 1).polygon).is_valid


@cache
def solved(name: str) -> Placement:
    return solve(PROBLEMS[name], QUICK)


def floors(layout: LevelLayout):
    return union(map(polygon_shape, layout.public)), union(map(polygon_shape, layout.staff))


@pytest.mark.parametrize("name", PROBLEMS)
def test_staff_public_solids_and_columns_tile_the_floor(name: str) -> None:
    level, layout = PROBLEMS[name].level, solved(name).layout.levels[0]
    standing = [Polygon(i.polygon) for i in layout.items if i.solid or i.kind == "staff_gate"]
    columns = [Polygon(c.outline) for c in level.columns]
    covered = union([*floors(layout), *standing, *columns]).buffer(3, join_style="mitre")
    assert all(part.area <= SPECK_MM2 for part in parts(floor_polygon(level).difference(covered)))


@pytest.mark.parametrize("name", PROBLEMS)
def test_staff_and_public_floor_share_nothing(name: str) -> None:
    public, staff = floors(solved(name).layout.levels[0])
    assert public.area > 0 and public.buffer(-1).intersection(staff.buffer(-1)).area < 1


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_public_floor_is_one_hall(name: str) -> None:
    assert len(solved(name).layout.levels[0].public) == 1


@pytest.mark.parametrize("name", ["two banks and a room", "staff rooms"])
def test_every_staff_floor_has_a_gate_to_the_hall(name: str) -> None:
    layout = solved(name).layout.levels[0]
    gates = [Polygon(i.polygon) for i in layout.items if i.kind == "staff_gate"]
    for area in layout.staff:
        assert min(g.distance(polygon_shape(area)) for g in gates) < 150


def strip(level: Level, a: int, b: int):
    walls = walls_of(level)
    (arc,) = staff_arcs(level, walls)
    return corridor(floor_polygon(level), walls, arc, a, b, RULES)


def test_a_corridor_is_a_strip_as_deep_as_the_profile_asks() -> None:
    assert strip(straight_hall(), 440, 500).symmetric_difference(rectangle(0, 2000, 1200, 8000)).area < 1


def test_a_corridor_turns_a_convex_corner() -> None:
    expected = rectangle(0, 0, 1200, 2000).union(rectangle(0, 0, 3000, 1200))  # from y = 2 m down and to x = 3 m
    assert strip(straight_hall(), 500, 550).symmetric_difference(expected).area < 1


def test_a_corridor_keeps_its_depth_round_a_reflex_corner() -> None:
    """The L's inner corner lies at (9, 9) m, 29 + 11 m along the outline; staff walk round it 0.9 m wide."""
    level = l_hall()
    walls = walls_of(level)
    arc = Arc("s", 380, 420, 395, 405, walls[-1].sigma1)
    round_it = corridor(floor_polygon(level), walls, arc, 380, 420, RULES)
    assert round_it.contains(rectangle(7900, 7900, 8900, 8900))
    eroded = round_it.buffer(-449)
    assert len(parts(eroded)) == 1 and eroded.distance(shapely.Point(8400, 10_500)) < 1
    assert eroded.distance(shapely.Point(10_500, 8400)) < 1


def test_a_corridor_may_run_past_the_start_of_the_outline() -> None:
    level = straight_hall()
    assert strip(level, 515, 525).symmetric_difference(rectangle(0, 0, 1200, 500).union(rectangle(0, 0, 500, 1200))).area < 1


def test_a_slot_between_two_staff_sides_is_the_staff_s() -> None:
    """Two staff sides 500 mm apart with the hall before them: the slot leads nowhere; a gap of 1.5 m is a way."""
    hall = shapely.box(0, 0, 20_000, 10_000)

    def pockets(gap: int) -> list[float]:
        staff = shapely.union_all([shapely.box(0, 7000, 8000, 10_000), shapely.box(8000 + gap, 7000, 20_000, 10_000)])
        return [round(p.area / 1e6, 2) for p in idle_slots(hall.difference(staff), staff, (), 1500)]

    assert pockets(500) == [1.5]
    assert pockets(1500) == []


def test_a_slot_before_somebody_s_front_stays_the_public_s() -> None:
    staff = shapely.union_all([shapely.box(0, 7000, 8000, 10_000), shapely.box(8900, 7000, 20_000, 10_000)])
    machine = Item(
        id="k", kind="self_service_kiosk", polygon=((8100, 9400), (8700, 9400), (8700, 10_000), (8100, 10_000)),
        insert_mm=(8400, 9400), rotation_deg=0.0,
        clear_zones=(ClearZone(use="front", polygon=((8100, 7900), (8700, 7900), (8700, 9400), (8100, 9400))),),
    )  # fmt: skip
    public = shapely.box(0, 0, 20_000, 10_000).difference(staff).difference(shapely.Polygon(machine.polygon))
    assert idle_slots(public, staff, (machine,), 1500) == []
    assert len(idle_slots(public, staff, (), 1500)) == 1


def test_a_slot_beside_seats_stays_the_public_s() -> None:
    staff = shapely.union_all([shapely.box(0, 7000, 8000, 10_000), shapely.box(8900, 7000, 20_000, 10_000)])
    seat = Item(
        id="s", kind="seat", polygon=((8100, 7100), (8650, 7100), (8650, 7650), (8100, 7650)), insert_mm=(8375, 7650),
        rotation_deg=180.0, seats=1,
    )  # fmt: skip
    public = shapely.box(0, 0, 20_000, 10_000).difference(staff).difference(shapely.Polygon(seat.polygon))
    assert idle_slots(public, staff, (seat,), 1500) == []


def a_room_beside(gap: int) -> tuple[Item, ...]:
    """A room in the corner of the straight hall, `gap` from the wall at its side, its front to the hall."""
    front = ClearZone(use="front", polygon=((gap, 6000), (gap + 3000, 6000), (gap + 3000, 7500), (gap, 7500)))
    ring = ((gap, 0), (gap + 3000, 0), (gap + 3000, 6000), (gap, 6000))
    return (Item(id="r", kind="interview_room", polygon=ring, insert_mm=(gap, 6000), rotation_deg=180, clear_zones=(front,)),)


def pockets_beside(gap: int, *more: Item) -> list[tuple[int, int, int, int]]:
    level, room = straight_hall(staff_doors=("right",)), a_room_beside(gap)
    public = floor_polygon(level).difference(Polygon(room[0].polygon))
    found = blind_pockets(level, public, (*room, *more), RULES.clear_width_mm)
    return [tuple(round(v / 50) * 50 for v in p.bounds) for p in found]  # type: ignore[misc]


@pytest.mark.parametrize("gap", [600, 1400, 2000, 2800])
def test_a_slot_between_a_room_and_the_wall_is_closed_off(gap: int) -> None:
    assert pockets_beside(gap) == [(0, 0, gap, 6000)]


def test_a_notch_is_closed_whatever_stands_in_the_hall_before_it() -> None:
    booth = Item(id="k", kind="photo_bay", polygon=box(600, 7700, 2100, 9200), insert_mm=(2100, 8450), rotation_deg=90.0)
    assert pockets_beside(2000, booth) == [(0, 0, 2000, 6000)]


def test_what_lies_beyond_a_door_in_a_slot_is_closed_off_and_the_floor_before_the_door_is_not() -> None:
    """A slot 2 m wide and 6 m deep; a second room opens into it at its mouth. Beyond that door's floor nobody has business."""
    ring = ((2000, 4000), (2100, 4000), (2100, 5500), (2000, 5500))  # its wall; the floor before its door lies in the slot
    front = ClearZone(use="front", polygon=((500, 4000), (2000, 4000), (2000, 5500), (500, 5500)))
    door = Item(id="d", kind="nursing_room", polygon=ring, insert_mm=(2000, 4750), rotation_deg=90.0, clear_zones=(front,))
    assert pockets_beside(2000, door) == [(0, 0, 2000, 3500)], "half a metre beside the floor before the door stays"
    deep = replace(door, clear_zones=(replace(front, polygon=((500, 800), (2000, 800), (2000, 2300), (500, 2300))),))
    assert pockets_beside(2000, deep) == [], "too little is left beyond to be worth a wall, and who comes there walks through"


def test_a_slot_that_ends_at_a_staff_door_is_closed_off_too() -> None:
    hall = straight_hall(staff_doors=("left",))  # the door is in the slot's wall
    room = a_room_beside(2000)
    public = floor_polygon(hall).difference(Polygon(room[0].polygon))
    assert len(blind_pockets(hall, public, room, RULES.clear_width_mm)) == 1


def test_a_slot_as_wide_as_a_hall_or_with_a_seat_in_it_stays_open() -> None:
    seat = Item(
        id="s", kind="seat", polygon=((100, 100), (600, 100), (600, 600), (100, 600)), insert_mm=(350, 600), rotation_deg=0
    )
    assert pockets_beside(3200) == []
    assert pockets_beside(1400, seat) == []


def test_floors_in_whole_millimetres_are_sound_shapes() -> None:
    ring = [(0, 0), (10_000, 0), (10_000, 5000), (9000.4, 5000), (9000.1, 9000.3), (8999.6, 5000.2), (0, 5000)]
    (found,) = areas(Polygon(ring))
    assert polygon_shape(found).is_valid and round(polygon_shape(found).area / 1e6) == 50


def test_a_partition_runs_on_behind_seats_that_stand_against_it() -> None:
    level = straight_hall()
    seats = tuple(
        Item(id=f"s{k}", kind="seat", polygon=ring, insert_mm=ring[0], rotation_deg=0.0, seats=1)
        for k, ring in enumerate(box(1200, y, 1750, y + 550) for y in (4000, 4550, 5100))
    )
    walls = walls_of(level)
    start, ends = shapely.Point(6000, 500), (("staff-left", 440, 500),)
    found = divide(level, walls, staff_arcs(level, walls), ends, seats, (), start, RULES)
    closed = union(Polygon(i.polygon).buffer(2) for i in found.barriers)
    behind = shapely.LineString([(1150, 3900), (1150, 5700)])
    assert closed.covers(behind)


def test_floor_kept_free_before_a_room_is_not_the_staffs_where_a_corridor_ends_beside_it() -> None:
    level = straight_hall()
    walls, inside = walls_of(level), Point(6000, 500)
    arcs, ends = staff_arcs(level, walls), (("staff-left", 440, 500),)
    free = part_floor(level, walls, arcs, ends, (), (), inside, RULES)
    high = free.staff.bounds[3]
    front = rectangle(0, high - 12, 1200, high + 1488)  # a wall aslant takes a corridor some millimetres too far
    kept = part_floor(level, walls, arcs, ends, (), (), inside, RULES, fronts=(front,))
    assert free.staff.intersection(front).area > 0
    assert kept.staff.intersection(front).area == 0 and kept.public.covers(front)
    assert kept.staff.area == pytest.approx(free.staff.area - free.staff.intersection(front).area)


def test_a_pocket_that_another_one_took_is_nothing_more() -> None:
    pocket, elsewhere = rectangle(0, 0, 1000, 1000), rectangle(5000, 0, 9000, 4000)
    assert _to_its_walls(pocket, elsewhere.union(pocket)).equals(pocket)
    assert _to_its_walls(pocket, elsewhere).is_empty


def office(turn: float, insert: tuple[int, int], ring: Ring) -> Item:
    return Item(id="office", kind="back_office", polygon=ring, insert_mm=insert, rotation_deg=turn, solid=False)


@pytest.mark.parametrize(("slot", "whose"), [(500, "staff"), (1400, "staff"), (1600, "nobody")])
def test_a_wall_before_a_pocket_leaves_no_slot_beside_a_staff_room_where_their_gate_would_be(slot: int, whose: str) -> None:
    """A hall's corner behind a room; the wall was in line with the room's front, so far off the staff's floor below it."""
    public = rectangle(0, 0, 20_000, 10_000).union(rectangle(6000, -6000, 20_000, 0))
    staff, pocket = rectangle(0, -6000, 6000, 0), rectangle(0, slot, 6000, 4000)
    room = Item(id="n", kind="nursing_room", polygon=box(6000, slot, 8600, 4000), insert_mm=(7300, slot), rotation_deg=180.0)
    public = public.difference(Polygon(room.polygon)).difference(rectangle(0, 4000, 8600, 10_000))
    parted = Parted(public.union(staff), public, staff, ())
    floors = floors_of(parted, (room,), Point(15_000, 5000), RULES, (), (pocket,))
    inside = rectangle(1000, slot + 500, 5000, 3500)
    assert (floors.staff.intersection(inside).area > 0.9 * inside.area) == (whose == "staff")
    assert any(b.kind == "void" for b in floors.barriers) == (whose == "nobody")
    gates = [Polygon(b.polygon) for b in floors.barriers if b.kind == "staff_gate"]
    assert len(gates) == 1 and floors.public.buffer(5).intersects(gates[0])


def test_a_slot_before_somebody_s_front_is_no_part_of_a_pocket() -> None:
    pocket, public = rectangle(0, 500, 6000, 4000), rectangle(0, 0, 20_000, 10_000)
    front = ClearZone(use="front", polygon=box(2000, 0, 3500, 500))
    kiosk = Item(
        id="k", kind="self_service_kiosk", polygon=box(2000, -900, 3500, 0), insert_mm=(2750, 0), rotation_deg=0.0,
        clear_zones=(front,),
    )  # fmt: skip
    assert with_slots(pocket, public, (kiosk,), 1500).equals(pocket)
    assert with_slots(pocket, public, (), 1500).covers(rectangle(0, 0, 5990, 4000))


def test_a_gate_into_an_open_office_is_at_its_end_without_desks() -> None:
    """Rotated by 180 degrees the low end of the room's own axes, which symbols keep free for a door, is at the right."""
    line = LineString([(0, 5000), (6000, 5000)])
    room = office(180.0, (3000, 8000), box(0, 5000, 6000, 8000))
    assert _gate_at(line, ()) == 3000
    assert _gate_at(line, (room,)) == 6000 - 700
    assert _gate_at(line, (office(0.0, (3000, 5000), box(0, 5000, 6000, 8000)),)) == 700
    assert _gate_at(line, (office(180.0, (3000, 18_000), box(0, 15_000, 6000, 18_000)),)) == 3000, "it is elsewhere"


def test_a_speck_of_public_floor_that_a_pocket_cut_off_becomes_the_staffs_about_it() -> None:
    hall, far = Polygon(box(0, 0, 9000, 9000)), Polygon(box(0, 20_000, 500, 20_500))
    speck = Polygon(box(12_000, 0, 12_700, 300))
    staff = Polygon(box(9100, 0, 12_000, 9000))
    public, theirs = without_islets(hall.union(speck).union(far), staff, Point(4000, 4000))
    assert public.equals(hall.union(far)), "what borders no staff floor stays"
    assert theirs.equals(staff.union(speck))
    assert without_islets(hall, staff, Point(4000, 4000)) == (hall, staff)


def test_a_splinter_of_public_floor_along_a_wall_that_is_not_quite_straight_is_nobodys() -> None:
    hall, staff = rectangle(0, 0, 8000, 8000), Polygon([(0, 9000), (8000, 9000), (8000, 10_000), (4000, 9999.95), (0, 10_000)])
    splinter = Polygon([(0, 10_000), (4000, 9999.95), (8000, 10_000)])
    public, theirs = without_islets(hall.union(splinter), staff, Point(4000, 4000))
    assert public.equals(hall) and theirs.equals(staff)


def test_a_thread_of_public_floor_between_a_wall_and_staff_floor_is_nobodys_though_it_hangs_on_to_the_hall() -> None:
    staff, hall = rectangle(0, 9000, 8000, 10_000), rectangle(0, 0, 12_000, 9000)
    thread = Polygon([(8000, 9000), (12_000, 9000), (12_000, 10_001), (0, 10_001), (0, 10_000), (8000, 10_000)])
    public, theirs = without_islets(hall.union(thread), staff, Point(4000, 4000))
    assert theirs.equals(staff) and public.bounds[3] > 10_000 - 1
    assert public.intersection(rectangle(0, 9999, 7900, 10_002)).area < 1



@pytest.mark.parametrize("use", ["internal", "exit"])
def test_floor_that_is_cut_off_from_the_hall_is_the_staffs_about_it_unless_visitors_have_a_door_there(use: str) -> None:
    hall, staff, pocket = rectangle(0, 0, 9000, 9000), rectangle(9000, 0, 11_000, 9000), rectangle(11_000, 0, 15_000, 5000)
    door = Door(id="d", use=use, p=(15_000, 1000), q=(15_000, 2000), clear_mm=950)
    level = Level(id="l", name="", elevation_mm=0, outline=((0, 0), (15_000, 0), (15_000, 9000), (0, 9000)), doors=(door,))
    whole = hall.union(staff).union(pocket)
    found = _cut_off(Parted(whole, hall.union(pocket), staff, ()), level, Point(4000, 4000))
    assert found.public.equals(hall if use == "internal" else hall.union(pocket))
    assert found.staff.union(found.public).equals(whole)
