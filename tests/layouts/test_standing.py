"""The rooms that stand in a building: what they are, what parts them, which the staff reach; and the hall made of some."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import Polygon as Shape

from layouts.access_question import AccessQuestion
from layouts.access_routes import doors_are_wide_enough
from layouts.hall import as_planned
from layouts.layout import ClearZone, Hall, Item, LevelLayout, RemovedWall
from layouts.locked_doors import check_locked_doors
from layouts.plan import Polygon, Space, Wall
from layouts.standards import profile
from layouts.standing import behind_hall, is_wet, kind_of, partings, rooms_at, sides_of, stays, width_mm
from layouts.walkable import level_floor
from tests.builders_building import DEPTH_S, THIN, WIDE, office_building
from tests.builders_placement import box, programme

LEVEL = office_building(6, 10)


def _room(name: str, kind: str = "") -> Space:
    return Space(id="r", name=name, kind=kind, outline=Polygon(outer=box(0, 0, 3000, 4000)))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("WC MEN", "wet"), ("Corridor 2", "corridor"), ("درج", "stair"), ("OFFICE 3", ""), ("MSTR. BATH", "wet"),
     ("SWCH", ""), ("PLANT / UPS", "plant"), ("W.C.", "")],
)  # fmt: skip
def test_a_room_s_name_says_what_it_is(name: str, kind: str) -> None:
    assert kind_of(_room(name)) == kind


def test_what_the_plan_tells_counts_before_the_name() -> None:
    assert kind_of(_room("WC MEN", "archive")) == "archive"
    assert is_wet(_room("", "toilets")) and not is_wet(_room("OFFICE"))


def test_the_least_width_is_that_of_the_largest_circle() -> None:
    assert width_mm(_room("")) == pytest.approx(3000, abs=40)


def test_a_thick_wall_stays_and_what_people_say_counts_before_its_thickness() -> None:
    thin, thick = (Wall(id="w", a=(0, 0), b=(5000, 0), thickness_mm=t) for t in (120, 300))
    assert stays(thick) and not stays(thin)
    assert stays(replace(thin, structural=True)) and not stays(replace(thick, structural=False))


def test_walls_part_neighbours_along_their_whole_side() -> None:
    found = {p.rooms: p for p in partings(LEVEL)}
    thin = found["s1", "s2"]
    assert (thin.wall, thin.length_mm, thin.stays) == ("t-s2", DEPTH_S, False)
    assert Shape(thin.polygon).area == pytest.approx(THIN * DEPTH_S, rel=0.01)
    assert found["s1", "corridor"].stays
    assert ("s1", "s3") not in found


def test_a_door_opens_on_the_rooms_on_both_its_sides() -> None:
    doors = {d.id: d for d in LEVEL.doors}
    assert set(sides_of(LEVEL, doors["d-s2"])) == {"s2", "corridor"}
    assert set(sides_of(LEVEL, doors["in"])) == {"s1", None}
    assert rooms_at(LEVEL, ("entrance", "exit")) == ("s1", "s3")


def test_a_door_under_a_porch_opens_on_the_room_behind_it() -> None:
    entrance = next(d for d in LEVEL.doors if d.use == "entrance")
    (x0, y), (x1, _) = sorted((entrance.p, entrance.q))
    porch = Space(id="porch", name="COVERED", kind="", outline=Polygon(outer=box(x0 - 500, y - 2200, x1 + 500, y - 200)))
    under = replace(LEVEL, spaces=(*LEVEL.spaces, porch))
    assert sides_of(under, entrance) in (("s1", "porch"), ("porch", "s1"))
    assert rooms_at(under, ("entrance",)) == ("s1",)


def test_staff_reach_rooms_through_the_corridor_but_not_through_the_hall() -> None:
    reached = behind_hall(LEVEL, frozenset(("s1", "s2", "s3")))
    assert {"corridor", "s0", "s4", "n0", "n9"} <= set(reached) and not {"s1", "s2", "s3"} & set(reached)
    walled_in = replace(LEVEL, doors=tuple(d for d in LEVEL.doors if d.id != "staff"))
    assert behind_hall(walled_in, frozenset(("s1",))) == ()


def _hall(*rooms: str) -> Hall:
    between = [p for p in partings(LEVEL) if set(p.rooms) <= set(rooms)]
    removed = tuple(RemovedWall(wall=p.wall, polygon=p.polygon, length_mm=p.length_mm) for p in between)
    return Hall(spaces=rooms, removed=removed, staff_doors=("d-s2",), behind=("corridor",))


def test_the_hall_is_its_rooms_and_the_ground_of_the_walls_between_them() -> None:
    level = as_planned(LEVEL, _hall("s1", "s2", "s3"))
    floor = Shape(level.outline)
    assert floor.area == pytest.approx((3 * WIDE + 2 * THIN) * DEPTH_S, rel=1e-4)
    assert level_floor(level).area == pytest.approx(floor.area)
    assert not {"t-s2", "t-s3"} & {w.id for w in level.walls} and {"t-s1", "t-s4"} <= {w.id for w in level.walls}


def test_the_hall_s_doors_lie_on_its_edge_and_staff_doors_are_those_named() -> None:
    level = as_planned(LEVEL, _hall("s1", "s2", "s3"))
    uses = {d.id: d.use for d in level.doors}
    assert uses["in"] == "entrance" and uses["out"] == "exit"
    assert uses["d-s2"] == "staff" and uses["d-s1"] == "internal"
    assert uses["staff"] == "internal"  # it is no door of the hall
    edge = Shape(level.outline).exterior
    assert all(edge.distance(Shape([d.p, d.q, d.p]).boundary) <= 1 for d in level.doors if d.id in ("in", "out", "d-s2"))


def test_rooms_beside_the_hall_stay_as_they_were() -> None:
    level = as_planned(LEVEL, _hall("s1", "s2"))
    assert {s.id for s in level.spaces} == {s.id for s in LEVEL.spaces} - {"s1", "s2"} | {"hall"}


def test_doors_between_the_public_and_rooms_behind_are_told_to_be_locked() -> None:
    hall = _hall("s1", "s2", "s3")
    level = as_planned(LEVEL, hall)
    floor = Polygon(outer=level.outline)
    told, _ = check_locked_doors(level, LevelLayout(level="0", items=(), public=(floor,), staff=(), hall=hall))
    assert told.status == "fail" and set(told.where) == {"d-s1", "d-s3"}  # d-s2 is the staff's own
    below = Polygon(outer=box(WIDE, 0, 3 * WIDE, DEPTH_S - 2000))
    told, _ = check_locked_doors(level, LevelLayout(level="0", items=(), public=(below,), staff=(), hall=hall))
    assert told.status == "pass"
    assert not list(check_locked_doors(level, LevelLayout(level="0", items=(), public=(floor,), staff=())))


def test_an_opening_without_a_leaf_into_a_room_that_is_used_is_told() -> None:
    hall = _hall("s1", "s2", "s3")
    for swing, where in (("none", ("d-s1",)), ("in", ())):
        doors = tuple(replace(d, swing=swing) if d.id == "d-s1" else d for d in LEVEL.doors)
        level = as_planned(replace(LEVEL, doors=doors), hall)
        corridor = next(s for s in level.spaces if s.id == "corridor")
        used = Item(
            id="nursing", kind="nursing_room", polygon=corridor.outline.outer, insert_mm=(0, 0), rotation_deg=0.0,
            clear_zones=(ClearZone(use="front", polygon=box(0, 0, 10, 10)),), space="corridor",
        )  # fmt: skip
        floor = Polygon(outer=level.outline)
        placed = LevelLayout(level="0", items=(used,), public=(floor,), staff=(), hall=hall)
        to_close = next(f for f in check_locked_doors(level, placed) if f.code == "hall.openings_to_close")
        assert to_close.where == where


def test_a_door_into_a_room_that_is_no_part_of_the_centre_may_be_narrow() -> None:
    for behind, refused in (((), ()), (("corridor",), ("d-s1",))):
        hall = replace(_hall("s1", "s2", "s3"), behind=behind)
        doors = tuple(replace(d, clear_mm=700) if d.id == "d-s1" else d for d in LEVEL.doors)
        level = as_planned(replace(LEVEL, doors=doors), hall)
        placed = LevelLayout(level="0", items=(), public=(Polygon(outer=level.outline),), staff=(), hall=hall)
        q = AccessQuestion(level=level, layout=placed, programme=programme(), profile=profile("iraq-default"))
        assert tuple(w for f in doors_are_wide_enough(q) if f.status == "fail" for w in f.where) == refused
