"""Toilets given another size by hand keep free floor before each of the doors that they then have."""

from __future__ import annotations

import pytest
import shapely

from exports.drawing import turned
from exports.room_shells import room_doors, rooms_of
from layouts.layout import Item
from layouts.programme import RoomRequirement
from layouts.standards import profile
from planner.editing.fittings import resized
from solvers.placement.furnish import room_item
from solvers.placement.problem import Pose
from solvers.programme import layout_rules

BEFORE_MM = 1000  # of the floor before a door


def placed(length_dm: int, depth_dm: int, axis: str, sign: int, kind: str = "toilets") -> Item:
    room = RoomRequirement(id="t", label="t", kind=kind, area_m2=20, min_width_mm=3000, side="public")
    pose = Pose(
        element="t", baseline="w0", axis=axis, sign=sign, u_dm=100, back_dm=100, length_dm=length_dm, setback_dm=0, variant="",
        room_depth_dm=depth_dm,
    )  # fmt: skip
    return room_item(room, pose, layout_rules(profile("iraq-default")))


def floor_before_doors(item: Item) -> list[float]:
    """Of each door from left to right, the share of the floor before it that lies in the item's clear floor."""
    free = shapely.union_all([shapely.Polygon(z.polygon) for z in item.clear_zones if z.use == "front"])
    shares = []
    for door in room_doors(item):
        x, half = door.middle[0], door.clear_mm / 2
        corners = ((x - half, 0.0), (x + half, 0.0), (x + half, -BEFORE_MM), (x - half, -BEFORE_MM))
        before = shapely.Polygon([turned(c, item.insert_mm, item.rotation_deg) for c in corners])
        shares.append(round(before.intersection(free).area / before.area, 2))
    return shares


@pytest.mark.parametrize(("axis", "sign"), [("x", 1), ("x", -1), ("y", 1), ("y", -1)])
@pytest.mark.parametrize("size", [(6100, 3900), (7600, 3900), (10_500, 4200), (4500, 6000)])
@pytest.mark.parametrize("first", [(61, 39), (52, 40)])
def test_every_door_of_a_block_that_is_divided_then_has_floor_before_it(
    first: tuple[int, int], size: tuple[int, int], axis: str, sign: int
) -> None:
    item = resized(placed(*first, axis, sign), *size)
    assert len(rooms_of(item)) == 3
    assert floor_before_doors(item) == [1.0, 1.0, 1.0]
    assert not any(shapely.Polygon(z.polygon).intersection(shapely.Polygon(item.polygon)).area for z in item.clear_zones)
    assert item.insert_mm == placed(*first, axis, sign).insert_mm


def test_toilets_of_one_room_keep_the_floor_before_their_one_door_clear() -> None:
    item = placed(61, 39, "x", 1)
    assert len(resized(item, 5000, 3900).clear_zones) == 1 < len(item.clear_zones)


@pytest.mark.parametrize(("axis", "sign"), [("x", 1), ("x", -1), ("y", 1), ("y", -1)])
def test_a_room_that_is_not_divided_has_floor_before_its_door_when_it_is_placed(axis: str, sign: int) -> None:
    item = placed(60, 40, axis, sign, "nursing_room")
    assert floor_before_doors(item) == [1.0] and len(item.clear_zones) == 1
