"""Rooms that the layout sets up, as the access check of rooms sees them: their floor within the walls, their door, and the
ground that their furniture takes as it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from exports.blocks import PUBLIC_ROOMS, ROOMS, SYMBOLS, fitting_block
from exports.blocks_divided import SYMBOLS as PARTS
from exports.blocks_divided import ground_of as ground_of_fittings
from exports.blocks_divided import inside
from exports.blocks_rooms import ground_of_toilets
from exports.blocks_shapes import ON_FLOOR
from exports.drawing import Xy, turned
from exports.floor_fittings import is_room
from exports.floor_standing import furnished, ground_of, pieces_of
from exports.item_boxes import is_box, size_of
from exports.room_shells import RoomDoor, floor_of, inside_of, room_doors, rooms_of
from layouts.access_rooms import Corners, Furnished, check_rooms
from layouts.compartment import MARK, Box, Compartment
from layouts.findings import Finding
from layouts.geometry import to_polygons
from layouts.layout import Item
from layouts.plan import Door, Level
from layouts.standards import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """The rooms of a level, those that stand and new ones, with what stands in them: worked out once for each item that is not
    replaced. `storey`: the level as it is planned, with the columns of rooms beside the hall too."""

    storey: Level
    known: dict[str, tuple[Item, tuple[Furnished, ...]]] = field(default_factory=dict)

    def findings(self, items: Iterable[Item], profile: Profile) -> tuple[Finding, ...]:
        """What the check finds inside them."""
        rooms = [(room, item.id) for item in items for room in self._of(item)]
        block_of = {room.item.id: block for room, block in rooms}
        found = check_rooms([room for room, _ in rooms], profile)
        return tuple(replace(f, where=tuple(block_of.get(w, w) for w in f.where)) for f in found)

    def _of(self, item: Item) -> tuple[Furnished, ...]:
        """The rooms that an item is: of a divided block each of its own."""
        if item.kind not in ROOMS:
            return ()
        known = self.known.get(item.id)
        if known is None or known[0] is not item:
            room = furnished(item, self.storey) if item.space else None
            known = self.known[item.id] = (item, (room,) if room is not None else () if item.space else new_rooms(item))
        return known[1]


@lru_cache(maxsize=512)
def new_rooms(item: Item) -> tuple[Furnished, ...]:
    """A room that the layout sets up, with its own walls, or the rooms of a divided block; none for anything else."""
    if item.kind not in ROOMS or item.space or not item.solid or not is_room(item):
        return ()
    doors = room_doors(item)
    if rooms := rooms_of(item):
        return tuple(_divided(r, tuple(zip(rooms, doors, strict=True)), item) for r in rooms)
    within = to_polygons(inside_of(item))
    if not within:
        return ()
    inner = replace(item, polygon=within[0].outer)
    pieces = tuple(_pieces(item))
    return (Furnished(item=inner, doors=(_door(doors[0], item, item.id),), pieces=pieces, public=item.kind in PUBLIC_ROOMS),)


def _divided(room: Compartment, doors: tuple[tuple[Compartment, RoomDoor], ...], item: Item) -> Furnished:
    """One room of a block, known as the block and the room's kind: its door, and those of rooms that are entered from it."""
    id = f"{item.id}{MARK}{room.kind}"
    floor = to_polygons(floor_of(room, item))[0].outer
    if room.kind in PARTS:
        solid = [s for s in inside(room) if s.kind != ON_FLOOR]
        pieces = tuple(ground_of(p, item.insert_mm, item.rotation_deg) for p in pieces_of(room.kind, solid))
    else:
        pieces = tuple(_box_there(box, item) for box in ground_of_fittings(room))
    near = [(r, d) for r, d in doors if room.kind in (r.kind, r.through)]
    own = tuple(_door(d, item, id if r is room else f"{item.id}{MARK}{r.kind}") for r, d in near)
    inner = replace(item, id=id, kind=room.kind, polygon=floor)
    return Furnished(item=inner, doors=own, pieces=pieces, public=item.kind in PUBLIC_ROOMS)


def _door(door: RoomDoor, item: Item, id: str) -> Door:
    half, (x, y) = door.clear_mm / 2, door.middle
    p, q = ((round(a), round(b)) for a, b in (_there((x + s * half, y), item) for s in (-1, 1)))
    swing = "out" if door.out else "in"
    return Door(id=id, use="internal", p=p, q=q, clear_mm=round(door.clear_mm), swing=swing, hinge="q" if door.right else "p")


def _box_there(box: Box, item: Item) -> Corners:
    x0, y0, x1, y1 = box
    return tuple(_there(c, item) for c in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def _pieces(item: Item) -> Iterator[Corners]:
    """The ground that each piece of its furniture takes, in the plan; a room that is no rectangle is drawn bare."""
    if not is_box(item):
        return
    width, depth = size_of(item)
    if item.kind == "toilets":
        yield from (_box_there(box, item) for box in ground_of_toilets(width, depth))
        return
    solid = [s for s in fitting_block(item.kind, width, depth).shapes if s.kind != ON_FLOOR] if item.kind in SYMBOLS else []
    for piece in pieces_of(item.kind, solid):
        yield ground_of(piece, item.insert_mm, item.rotation_deg)


def _there(point: Xy, item: Item) -> Xy:
    """A point of the item's own axes in the plan."""
    return turned(point, item.insert_mm, item.rotation_deg)
