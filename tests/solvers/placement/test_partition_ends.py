"""Ends of partitions: square corners stay as they are, in a wedge a slab is cut to the staff's floor and to its neighbours."""

from __future__ import annotations

from dataclasses import replace
from math import pi

import pytest
import shapely
from shapely.geometry import Polygon, box

from layouts.layout import Item
from solvers.placement.barriers import barriers_between
from solvers.placement.partition_ends import fitted, ground_of

STAFF = Polygon([(0, 0), (4000, 0), (4000, 1200)])  # a wedge: its tip lies at the origin
SQUARE = box(0, 0, 4000, 3000)


def slab(name: str, *ring: tuple[int, int]) -> Item:
    return Item(id=name, kind="partition", polygon=ring, insert_mm=ring[0], rotation_deg=0.0, solid=True)


LOW = slab("low", (0, 0), (4000, 0), (4000, 100), (0, 100))


def test_a_slab_that_stands_out_of_a_wedge_is_cut_to_it() -> None:
    made = fitted(LOW, ground_of(STAFF), ())
    assert made is not None
    assert Polygon(made.polygon).difference(STAFF.buffer(3)).is_empty
    assert Polygon(made.polygon).area == pytest.approx(Polygon(LOW.polygon).intersection(STAFF).area, rel=0.02)


def test_slabs_in_a_square_corner_share_it_as_they_are() -> None:
    side = slab("side", (4000, 0), (4000, 3000), (3900, 3000), (3900, 0))
    assert fitted(side, ground_of(SQUARE), (LOW,)) is side


def test_of_two_slabs_along_each_other_the_later_gives_way() -> None:
    beside = replace(LOW, id="beside", polygon=((1000, 50), (3000, 50), (3000, 150), (1000, 150)))
    made = fitted(beside, ground_of(SQUARE), (LOW,))
    assert made is not None and Polygon(made.polygon).bounds == (1000, 100, 3000, 150)


def test_a_slab_that_would_stand_within_another_is_none() -> None:
    assert fitted(replace(LOW, id="again"), ground_of(SQUARE), (LOW,)) is None


def test_partitions_round_a_wedge_of_staff_floor_stand_on_it_and_on_no_ground_twice() -> None:
    public = box(-3000, -3000, 6000, 4000).difference(STAFF)
    slabs = [i for i in barriers_between(public, STAFF) if i.kind == "partition"]
    assert len(slabs) >= 2
    for k, one in enumerate(slabs):
        assert Polygon(one.polygon).difference(STAFF.buffer(3)).is_empty
        for other in slabs[:k]:
            shared = Polygon(one.polygon).intersection(Polygon(other.polygon))
            assert shared.area <= 1000 or max(shared.bounds[2] - shared.bounds[0], shared.bounds[3] - shared.bounds[1]) <= 150


def test_no_partition_stands_along_the_wall_of_the_building_before_a_hair_of_public_floor() -> None:
    floor, hair = box(0, 0, 4000, 3000), box(3999, 0, 4000, 3000)
    hall = box(0, 3000, 4000, 6000)
    staff = floor.difference(hair)
    with_hair = [i for i in barriers_between(hall.union(hair), staff, (), floor.union(hall).boundary) if i.kind == "partition"]
    assert all(max(y for _, y in i.polygon) - min(y for _, y in i.polygon) == 100 for i in with_hair), "along the hall alone"
    assert {i.id[0] for i in with_hair} == {"P"}


def test_an_edge_of_five_centimetres_between_two_partitions_is_closed_too() -> None:
    """All layouts of a clinic were refused for it: a slanted partition ended where another began, and left a gap."""
    public = Polygon([(0, 3480), (2526, 3900), (2574, 3900), (2574, 8000), (0, 8000)])
    staff = box(0, 0, 6000, 8000).difference(public)
    walls = shapely.union_all([Polygon(item.polygon) for item in barriers_between(public, staff)])
    near = public.buffer(50).intersection(staff.difference(walls).buffer(-1))
    assert all(part.area < pi / 2 * 50 * 50 for part in getattr(near, "geoms", [near]))
