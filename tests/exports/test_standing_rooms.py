"""Rooms that stand get furniture as new ones do: inside the room, off columns, off doors and the circle behind them."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely

from exports.drawing import Shape, points_of, turned
from exports.floor_standing import furnished, furniture
from layouts.access_rooms import refused
from layouts.layout import Item
from layouts.plan import Column, Door, Level, Polygon, Space
from layouts.standards import profile

ROOM = ((0, 3000), (6000, 3000), (6000, 8000), (0, 8000))
ELBOW = ((0, 3000), (6000, 3000), (6000, 8000), (3500, 8000), (3500, 5500), (0, 5500))
BELOW = Door(id="d", use="internal", p=(4600, 2900), q=(5500, 2900), clear_mm=850)
BESIDE = Door(id="e", use="internal", p=(6100, 6000), q=(6100, 6900), clear_mm=850)
KINDS = ("interview_room", "back_office", "archive", "server_room", "staff_room", "nursing_room", "prayer_room_men")


def level(*doors: Door, ring=ROOM, columns: tuple[Column, ...] = ()) -> Level:
    hall = ((-4000, -4000), (10_000, -4000), (10_000, 2900), (-4000, 2900))
    space = Space(id="s", name="OFFICE", kind="", outline=Polygon(outer=ring))
    return Level(id="0", name="", elevation_mm=0, outline=hall, doors=doors, spaces=(space,), columns=columns)


def room(kind: str, ring=ROOM, turn: float = 180.0, at: tuple[int, int] = (5050, 2900)) -> Item:
    return Item(id="r", kind=kind, bank="r", polygon=ring, insert_mm=at, rotation_deg=turn, space="s")


def spread(shapes: tuple[Shape, ...], item: Item) -> list[shapely.Geometry]:
    """Where the strokes lie in the plan."""
    return [
        shapely.MultiPoint([turned(p, item.insert_mm, item.rotation_deg) for p in points_of(s, {})]).envelope for s in shapes
    ]


@pytest.mark.parametrize("ring", [ROOM, ELBOW], ids=["box", "elbow"])
@pytest.mark.parametrize("kind", KINDS)
def test_furniture_stands_in_the_room_off_its_doors_and_columns(kind: str, ring) -> None:
    column = Column(id="c", outline=((2800, 4600), (3200, 4600), (3200, 5000), (2800, 5000)))
    item = room(kind, ring)
    found = furniture(item, level(BELOW, BESIDE, ring=ring, columns=(column,)))
    strokes = spread(found, item)
    assert strokes
    swings = shapely.union_all([shapely.Point(5050, 2900).buffer(1000, cap_style="square"), shapely.Polygon(column.outline)])
    circles = 2 if kind in ("interview_room", "nursing_room", "prayer_room_men") else 0
    for stroke in strokes[: len(strokes) - circles]:
        assert shapely.Polygon(ring).buffer(31).covers(stroke)
        assert stroke.intersection(swings).area < 1.0
    if circles:
        turning = shapely.union_all(strokes[-circles:])
        assert turning.area == pytest.approx(1525**2) and shapely.Polygon(ring).covers(turning)
        assert turning.distance(shapely.Point(5050, 3000)) < 100
        assert not any(s.intersects(turning.buffer(-300)) for s in strokes[:-circles])


@pytest.mark.parametrize("turn", [0.0, 90.0, 270.0])
def test_furniture_stands_where_it_does_however_the_item_is_turned(turn: float) -> None:
    one, other = room("back_office"), room("back_office", turn=turn, at=(5050, 2800))
    places = [spread(furniture(i, level(BELOW)), i) for i in (one, other)]
    assert len(places[0]) == len(places[1]) > 8
    for a, b in zip(*places):
        assert math.dist(a.centroid.coords[0], b.centroid.coords[0]) < 1.0


def test_a_room_without_a_door_or_of_a_kind_without_symbol_is_left_empty() -> None:
    assert furniture(room("back_office"), level()) == ()
    assert furniture(replace(room("back_office"), kind="cellar"), level(BELOW)) == ()


@pytest.mark.parametrize("kind", ["interview_room", "nursing_room", "prayer_room_men", "back_office"])
@pytest.mark.parametrize("ring", [((0, 3000), (2600, 3000), (2600, 5600), (0, 5600)), ROOM], ids=["tight", "box"])
def test_furniture_leaves_out_what_the_access_check_refuses(kind: str, ring) -> None:
    """As far as it can: a room in which nothing could stand keeps its furniture, and the check tells of it."""
    door = replace(BELOW, p=(800, 2900), q=(1700, 2900)) if ring is not ROOM else BELOW
    item, storey = room(kind, ring, at=(1250, 2900) if ring is not ROOM else (5050, 2900)), level(door, ring=ring)
    checked = furnished(item, storey)
    assert checked is not None
    bare = set(refused(replace(checked, pieces=()), profile("iraq-default")))
    assert set(refused(checked, profile("iraq-default"))) <= bare or len(checked.pieces) == 1


def test_prayer_mats_are_walked_on_and_desks_are_not() -> None:
    mats, desks = (furnished(room(kind), level(BELOW)) for kind in ("prayer_room_men", "back_office"))
    assert mats is not None and desks is not None
    mat_m2 = 0.65 * 1.2
    assert mats.pieces and all(shapely.Polygon(p).area / 1e6 < mat_m2 for p in mats.pieces)  # to wash, and for shoes
    assert len(desks.pieces) > 1
    assert all(shapely.Polygon(ROOM).buffer(31).covers(shapely.Polygon(p)) for p in desks.pieces)
    assert furnished(room("back_office"), level()) is None


def test_a_table_stands_turned_where_it_does_not_fit_as_the_symbol_has_it() -> None:
    """Four metres wide and three deep: behind the circle at the door 1.4 m are left, the table with its chairs takes 1.9."""
    ring = ((0, 3000), (4000, 3000), (4000, 6000), (0, 6000))
    door = replace(BELOW, p=(800, 2900), q=(1700, 2900))
    checked = furnished(room("interview_room", ring, at=(1250, 2900)), level(door, ring=ring))
    assert checked is not None and len(checked.pieces) >= 1
    assert refused(checked, profile("iraq-default")) == ()
