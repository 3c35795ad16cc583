"""Rooms that stand and are used: furnished as new ones are, from the wall with their door, as far as the room's shape allows.

What would stand outside the room, on a column, in a door's swing or on the floor that people with wheelchairs turn on behind
the door of a public room is left out, always a whole desk, table or shelf with its chairs; so is what the access check of rooms
(`layouts.access_rooms`) refuses, where leaving it out helps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from exports.blocks import PUBLIC_ROOMS, ROOMS, SYMBOLS, symbol_of
from exports.blocks_rooms import WALL_MM
from exports.blocks_shapes import Shapes, arc, mirrored, shifted
from exports.drawing import Shape, Xy, points_of, turned
from layouts.access_rooms import Corners, Furnished, refused
from layouts.geometry import door_middle, door_width_mm
from layouts.layout import Item
from layouts.plan import Door, Level
from layouts.standards import profile
from layouts.standing import door_sides

TURNING_MM = 1525.0
SWING_SPARE_MM = 200.0  # free beside and beyond a leaf that opens into the room
JOINED_MM = 60.0  # strokes nearer than this are one piece of furniture
ON_WALL_MM = 30.0
PRAYER_ROOMS = ("prayer_room_men", "prayer_room_women", "prayer_rooms")
ONE_TABLE = ("interview_room",)  # rooms of no use without it: elsewhere than the symbol has it rather than not at all
TRIED_MM = 150.0
ONE_BY_ONE = ("server_room", "ups_room", "archive", "back_of_house", *PRAYER_ROOMS)
RACK_MM = 400.0  # prayer mats are wider, racks less deep
FURNISHED_BY = "iraq-default"  # the profile by which furniture is set up; the check is by the project's own


@lru_cache(maxsize=512)
def furniture(item: Item, storey: Level) -> Shapes:
    """What stands in a room that stands, in the item's own axes; nothing where no door of it is known."""
    set_up = _set_up(item, storey)
    if set_up is None:
        return ()
    at, turn = set_up.at, set_up.turn
    by = _seen(at, item.insert_mm, item.rotation_deg)
    return tuple(shifted(s, turn - item.rotation_deg, by) for s in (*(s for p in set_up.pieces for s in p), *set_up.circle))


def furnished(item: Item, storey: Level) -> Furnished | None:
    """The same for the access check: the ground that each piece takes in the plan; None where no door of the room is known."""
    doors = _doors(item, storey)
    if not doors or item.kind not in ROOMS:
        return None
    found = _set_up(item, storey)
    pieces = [] if found is None else [ground_of(p, found.at, found.turn) for p in found.pieces if not _lies_flat(item.kind, p)]
    return _room(item, storey, pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """The pieces that stand in a room, in axes at `at` turned by `turn`, and the circle kept free behind its door."""

    at: Xy
    turn: float
    pieces: tuple[tuple[Shape, ...], ...]
    circle: tuple[Shape, ...]


def _doors(item: Item, storey: Level) -> tuple[Door, ...]:
    sides = door_sides(storey)
    return tuple(d for d in storey.doors if item.space in sides[d.id])


def _room(item: Item, storey: Level, pieces: Sequence[Corners]) -> Furnished:
    ground = shapely.Polygon(item.polygon)
    columns = tuple(c.outline for c in storey.columns if ground.intersects(shapely.Polygon(c.outline)))
    public = item.kind in PUBLIC_ROOMS
    return Furnished(item=item, doors=_doors(item, storey), pieces=tuple(pieces), columns=columns, public=public)


@lru_cache(maxsize=512)
def _set_up(item: Item, storey: Level) -> SetUp | None:
    """The furniture that leaves the room as usable as the access check asks, as far as leaving out pieces helps: as the symbol
    is drawn or in a mirror, whichever keeps more."""
    doors = _doors(item, storey)
    if item.kind not in SYMBOLS or item.kind not in ROOMS or not doors:
        return None
    front = min(doors, key=lambda d: math.dist(door_middle(d), item.insert_mm))
    room = shapely.Polygon(item.polygon)
    at, turn = _front_wall(room, front)
    own = [_seen(p, at, turn) for p in room.exterior.coords]
    width, depth = max(x for x, _ in own) - min(x for x, _ in own), max(y for _, y in own)
    middle = (max(x for x, _ in own) + min(x for x, _ in own)) / 2
    at = turned((middle, 0.0), at, turn)
    drawn = symbol_of(item.kind, item.shares)(width + 2 * WALL_MM, depth + 2 * WALL_MM)
    shapes = [shifted(s, 0.0, (0.0, -WALL_MM)) for s in drawn]
    inside = shapely.Polygon([_seen(p, at, turn) for p in room.exterior.coords])
    kept_free, circle = _kept_free(item, storey, doors, front, at, turn)
    tried = [shapes, [mirrored(s) for s in shapes]]
    if _seen(door_middle(front), at, turn)[0] > 0:  # symbols keep off a door at the left
        tried.reverse()
    found = []
    for n, strokes in enumerate(tried):
        pieces = [tuple(p) for p in _pieces(strokes, apart=item.kind in ONE_BY_ONE) if _fits(p, inside, kept_free)]
        kept, wrong = _usable(item, storey, pieces, at, turn)
        found.append(((wrong, -len(kept), n), SetUp(at=at, turn=turn, pieces=tuple(kept), circle=circle)))
        if wrong == 0 and len(kept) == len(pieces):
            break
    best = min(found, key=lambda f: f[0])[1]
    if best.pieces or item.kind not in ONE_TABLE:
        return best
    pieces = [tuple(p) for p in _pieces(tried[0], apart=False)]
    return replace(best, pieces=_elsewhere(item, storey, pieces, best, inside, kept_free))


def _elsewhere(
    item: Item, storey: Level, pieces: Sequence[tuple[Shape, ...]], found: SetUp, inside: BaseGeometry, kept_free: BaseGeometry
) -> tuple[tuple[Shape, ...], ...]:
    """The room's largest piece, turned if need be, at the first place from the back where it leaves the room usable; none
    without such a place."""
    x0, y0, x1, y1 = inside.bounds
    largest = max(pieces, key=lambda p: shapely.Polygon(ground_of(p, (0.0, 0.0), 0.0)).area, default=())
    for turn in (0.0, 90.0, 270.0) if largest else ():
        turned_so = [shifted(s, turn, (0.0, 0.0)) for s in largest]
        left, low, right, high = shapely.MultiPoint([p for s in turned_so for p in points_of(s, {})]).bounds
        for y in np.arange(y1 - high, y0 - low - 1, -TRIED_MM):
            for x in np.arange(x0 - left, x1 - right + 1, TRIED_MM):
                piece = tuple(shifted(s, 0.0, (float(x), float(y))) for s in turned_so)
                if _fits(piece, inside, kept_free) and not _usable(item, storey, [piece], found.at, found.turn)[1]:
                    return (piece,)
    return ()


def _usable(
    item: Item, storey: Level, pieces: list[tuple[Shape, ...]], at: Xy, turn: float
) -> tuple[list[tuple[Shape, ...]], int]:
    """The pieces less those without which the check finds less wrong, one after the other; and how much it still does.

    Something always remains, in rooms for staff alone (where the check only advises) two thirds: else all stays and it tells.
    """

    def wrong(some: Sequence[tuple[Shape, ...]]) -> int:
        solid = [ground_of(p, at, turn) for p in some if not _lies_flat(item.kind, p)]
        return len(refused(_room(item, storey, solid), profile(FURNISHED_BY)))

    kept, now, bare = [*pieces], wrong(pieces), wrong([])
    at_first, least_kept = now, 1 if item.kind in PUBLIC_ROOMS else math.ceil(len(pieces) * 2 / 3)
    while now > bare:
        if len(kept) <= least_kept:
            return pieces, at_first
        without = [(wrong(fewer), -k, fewer) for k in range(len(kept)) for fewer in [kept[:k] + kept[k + 1 :]]]
        least, _, fewer = min(without, key=lambda w: w[:2])
        kept, now = fewer, least
    return kept, now


def ground_of(piece: Sequence[Shape], at: Xy, turn: float) -> Corners:
    """The rectangle of floor, in the plan, that a piece takes."""
    x0, y0, x1, y1 = shapely.MultiPoint([p for s in piece for p in points_of(s, {})]).bounds
    return tuple(turned(p, at, turn) for p in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def _lies_flat(kind: str, piece: Sequence[Shape]) -> bool:
    """Mats are walked on; the rack for shoes is not."""
    x0, y0, x1, y1 = shapely.MultiPoint([p for s in piece for p in points_of(s, {})]).bounds
    return kind in PRAYER_ROOMS and min(x1 - x0, y1 - y0) > RACK_MM


def _front_wall(room: shapely.Polygon, door: Door) -> tuple[Xy, float]:
    """A corner of the room and the way along the wall with the door: the room lies to its left, +y inwards."""
    ring = [(x, y) for x, y, *_ in orient(room.simplify(10.0)).exterior.coords]
    middle = shapely.Point(door_middle(door))
    along = math.atan2(door.q[1] - door.p[1], door.q[0] - door.p[0])

    def off(edge: tuple[Xy, Xy]) -> tuple[float, float]:
        (ax, ay), (bx, by) = edge
        return round(abs(math.sin(math.atan2(by - ay, bx - ax) - along)), 1), shapely.LineString(edge).distance(middle)

    (ax, ay), (bx, by) = min(pairwise(ring), key=off)
    return (ax, ay), math.degrees(math.atan2(by - ay, bx - ax))


def _seen(point: Sequence[float], at: Xy, turn: float) -> Xy:
    """A point of the plan in axes at `at`, turned."""
    return turned((point[0] - at[0], point[1] - at[1]), (0.0, 0.0), -turn)


def _kept_free(
    item: Item, storey: Level, doors: Sequence[Door], front: Door, at: Xy, turn: float
) -> tuple[BaseGeometry, tuple[Shape, ...]]:
    """Floor where no furniture stands, in the room's axes, and the turning circle behind the door of a public room."""
    free = [shapely.Polygon([_seen(p, at, turn) for p in c.outline]) for c in storey.columns]
    for door in doors:
        reach = door_width_mm(door) + SWING_SPARE_MM
        free.append(shapely.Point(_seen(door_middle(door), at, turn)).buffer(reach, cap_style="square"))
    if item.kind not in PUBLIC_ROOMS:
        return shapely.union_all(free), ()
    x = _seen(door_middle(front), at, turn)[0]
    middle = (x, TURNING_MM / 2 + ON_WALL_MM)
    free.append(shapely.Point(middle).buffer(TURNING_MM / 2))
    return shapely.union_all(free), (arc(middle, TURNING_MM / 2, 0, 180), arc(middle, TURNING_MM / 2, 180, 360))


def pieces_of(kind: str, shapes: Sequence[Shape]) -> list[tuple[Shape, ...]]:
    """The pieces of a room's furniture of which people keep off: mats are walked on."""
    return [tuple(p) for p in _pieces(shapes, apart=kind in ONE_BY_ONE) if not _lies_flat(kind, p)]


def _pieces(shapes: Sequence[Shape], *, apart: bool) -> list[list[Shape]]:
    """Strokes that touch or nearly do, together; `apart`: what lies within another stroke alone, for things in close rows."""
    joined, predicate = (1.0, "covers") if apart else (JOINED_MM / 2, "intersects")
    boxes = [shapely.MultiPoint(points_of(s, {})).envelope.buffer(joined, cap_style="square") for s in shapes]
    home = list(range(len(shapes)))

    def root(k: int) -> int:
        while home[k] != k:
            k = home[k]
        return k

    for a, b in zip(*shapely.STRtree(boxes).query(boxes, predicate=predicate)) if boxes else ():
        home[root(int(a))] = root(int(b))
    found: dict[int, list[Shape]] = {}
    for k, shape in enumerate(shapes):
        found.setdefault(root(k), []).append(shape)
    return list(found.values())


def _fits(piece: Sequence[Shape], room: BaseGeometry, kept_free: BaseGeometry) -> bool:
    points = [p for s in piece for p in points_of(s, {})]
    taken = shapely.MultiPoint(points).envelope
    return bool(room.buffer(ON_WALL_MM).covers(taken) and taken.intersection(kept_free).area < 1.0)
