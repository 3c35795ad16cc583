"""What a room that the layout sets up is built of: its walls, the openings in them, its doors."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from exports.drawing import Block, BlockRef, Xy, turned
from exports.floor_shapes import door_block
from exports.item_boxes import is_box, size_of
from layouts.compartment import DOOR_MM, MARK, WALL_MM, Compartment, only_door
from layouts.compartments import parts_of
from layouts.layout import Item

OUTWARD_DOORS = frozenset({"toilet_accessible"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDoor:
    """A door in the front of a new room: where it leads, the middle of its opening in the item's axes, `out`: to the hall.

    One within a block stands as deep in it as the wall does that it is in. `right`: its hinge is at the right, from the hall.
    """

    leads: str
    clear_mm: float
    middle: Xy
    out: bool
    right: bool = False


def rooms_of(item: Item) -> tuple[Compartment, ...]:
    """The rooms into which a new block is divided; none for anything else."""
    return parts_of(item, *size_of(item)) if is_box(item) else ()


def room_doors(item: Item) -> tuple[RoomDoor, ...]:
    """The doors of a divided block, from left to right; else the one near the left end of a new room's front."""
    if rooms := rooms_of(item):
        return tuple(
            RoomDoor(leads=r.kind, clear_mm=DOOR_MM, middle=(r.door_mm, r.door_y_mm), out=r.out, right=r.mirrored)
            for r in rooms
        )
    x, clear = only_door(size_of(item)[0])
    return (RoomDoor(leads="", clear_mm=clear, middle=(x, 0.0), out=item.kind in OUTWARD_DOORS),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What a new room is built of: walls of 100 mm inside its outline and between its rooms, the openings in them, and its
    doors with their symbols."""

    walls: BaseGeometry
    openings: BaseGeometry
    doors: tuple[tuple[BlockRef, Block], ...]


def room_shell(item: Item) -> Shell:
    """The walls and the doors of a room that the layout sets up."""
    area = shapely.Polygon(item.polygon)
    doors = room_doors(item)
    openings = shapely.union_all([_opening(d, item) for d in doors])
    rooms = rooms_of(item)
    floors = [floor_of(r, item) for r in rooms] if rooms else [area.buffer(-WALL_MM, join_style="mitre")]
    walls = area.difference(shapely.union_all(floors)).difference(openings)
    return Shell(walls=walls, openings=openings, doors=tuple(_leaf(d, item) for d in doors))


def inside_of(item: Item) -> BaseGeometry:
    """The floor within a room's own walls; one that stands, or that is walked through, has none of its own."""
    own = WALL_MM if item.solid and not item.space else 0
    return shapely.Polygon(item.polygon).buffer(-own, join_style="mitre")


def floor_of(room: Compartment, item: Item) -> shapely.Polygon:
    """The floor of a block's room in the plan."""
    return shapely.Polygon([turned(p, item.insert_mm, item.rotation_deg) for p in room.floor])


def _opening(door: RoomDoor, item: Item) -> shapely.Polygon:
    half, (x, y) = door.clear_mm / 2, door.middle
    hole = [(x + sx * half, y + sy) for sx, sy in ((-1, -5), (1, -5), (1, WALL_MM + 5), (-1, WALL_MM + 5))]
    return shapely.Polygon([turned(p, item.insert_mm, item.rotation_deg) for p in hole])


def _leaf(door: RoomDoor, item: Item) -> tuple[BlockRef, Block]:
    block = door_block(door.clear_mm, "leaf", "R" if door.out != door.right else "L")
    ref = BlockRef(
        layer="A-DOOR-N",
        kind="room_door",
        id=f"{item.id}{MARK}{door.leads}" if door.leads else item.id,
        block=block.name,
        at=turned((door.middle[0], door.middle[1] + (0.0 if door.out else WALL_MM)), item.insert_mm, item.rotation_deg),
        rotation_deg=(item.rotation_deg + (180 if door.out else 0)) % 360,
        values=(("ID", item.id), ("USE", "internal"), ("CLEAR", str(round(door.clear_mm)))),
    )
    return ref, block
