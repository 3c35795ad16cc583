"""How floor that is closed off is built, and where people get into it: from staff floor, from the hall, or out of a room.

A wall of ours stands along its open sides. Its door slides, so that no leaf stands in anybody's way, and it is where nothing
stands before it. A room of the public may have a cupboard, but nobody goes through one to a store, nor through a locked room.
What has nowhere for a door is no cupboard, however wide it is. Before a window stands nothing that takes its
light: what is too narrow there for a store is a low bed of plants.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from exports.drawing import Block, BlockRef, Shape, Xy, normal
from exports.floor_fittings import is_room
from exports.floor_rooms import new_rooms
from exports.floor_shapes import angle_deg, between, door_block, fills, outlines, shift, strip
from layouts.access_rooms import Furnished
from layouts.compartment import WALL_MM
from layouts.layout import Item, LevelLayout
from layouts.plan import Polygon, Window

CUPBOARD_MM = 600.0  # a shelf
STORE_MM = 1200.0  # somebody among shelves
AT_WINDOW_MM = 350.0  # a window's line may lie in the middle of its wall
LIT_MM = 600.0  # so much of it gives light
ROUNDED_MM = 10.0
CLEAR_MM = 800.0
JAMB_MM = 100.0
BEFORE_MM = 900.0  # free floor before the door
STEP_MM = 100.0
HAIR_MM = 5.0  # rounding between two outlines
LEAST_M2 = 0.02  # of a wall; less is rounding
NO_WAY_THROUGH = ("toilet_accessible",)  # its floor is for turning
LOCKED = ("server_room", "ups_room")


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidDoor:
    """A sliding door from p to q, on the edge of what is closed off, which lies to the left of p-q. `leads_from`: the room that
    it is entered from (id), or none; `through_mm`: the wall of that room, which it passes too."""

    void: str
    p: Xy
    q: Xy
    leads_from: str = ""
    through_mm: float = 0.0

    def opening(self) -> shapely.Polygon:
        """What it takes out of the walls on both sides of the edge."""
        return strip(self.p, self.q, WALL_MM + HAIR_MM, self.through_mm + HAIR_MM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """One piece of closed-off floor as it is built: its own walls, the floor within them, its door where it has one; or
    `planted`, without either."""

    item: Item
    walls: BaseGeometry
    inside: BaseGeometry
    door: VoidDoor | None
    planted: bool = False


def closed_off(placed: LevelLayout | None, windows: Sequence[Window] = ()) -> tuple[Closed, ...]:
    """All pieces of a level with these windows."""
    voids = [item for item in placed.items if item.kind == "void"] if placed else []
    if placed is None or not voids:
        return ()
    floors = [shapely.union_all([_area(z) for z in zones]) for zones in (placed.staff, placed.public)]
    stands = _standing(placed.items)
    rooms = [room for item in placed.items if is_room(item) and item.kind not in NO_WAY_THROUGH for room in new_rooms(item)]
    areas = [shapely.Polygon(void.polygon) for void in voids]
    panes = shapely.MultiLineString([(w.p, w.q) for w in windows])
    return tuple(
        Closed(item=void, walls=shapely.Polygon(), inside=area, door=None, planted=True)
        if _is_for_plants(area, panes) else _built(void, floors, areas[:k], stands, rooms)
        for k, (void, area) in enumerate(zip(voids, areas, strict=True))
    )  # fmt: skip


def _is_for_plants(area: shapely.Polygon, panes: shapely.MultiLineString) -> bool:
    lit = area.buffer(AT_WINDOW_MM, join_style="mitre").intersection(panes).length
    return lit >= LIT_MM and widest_mm(area) < STORE_MM


def _built(
    void: Item, floors: Sequence[BaseGeometry], before: Sequence[BaseGeometry], stands: BaseGeometry, rooms: Sequence[Furnished]
) -> Closed:
    """`before`: pieces beside it that leave the wall between them to it."""
    area = orient(shapely.Polygon(void.polygon))
    walls = area.intersection(shapely.union_all([*floors, *before]).buffer(WALL_MM, join_style="mitre"))
    walls = walls if walls.area > LEAST_M2 * 1e6 else shapely.Polygon()
    wide = widest_mm(area.difference(walls))
    through = [r for r in rooms if wide < STORE_MM or not (r.public or r.item.kind in LOCKED)]
    door = next(_doors(void.id, area, floors, stands, through), None) if wide >= CUPBOARD_MM else None
    opened = walls.difference(door.opening()) if door else walls
    return Closed(item=void, walls=opened, inside=area.difference(walls), door=door)


def widest_mm(floor: BaseGeometry) -> float:
    """The widest circle that has room on a floor."""
    return 2 * shapely.maximum_inscribed_circle(floor, ROUNDED_MM).length + ROUNDED_MM if not floor.is_empty else 0.0


def _area(zone: Polygon) -> shapely.Polygon:
    return shapely.Polygon(zone.outer, zone.holes)


def _standing(items: Iterable[Item]) -> BaseGeometry:
    """Where nobody comes up to a door: things, open rooms with their desks, and floor that is kept clear for somebody."""
    found = [shapely.Polygon(i.polygon) for i in items if i.kind not in ("void", "staff_gate", "call_display", "sign")]
    found += [shapely.Polygon(zone.polygon) for i in items for zone in i.clear_zones]
    return shapely.union_all(found)


def _doors(
    id: str, area: shapely.Polygon, floors: Sequence[BaseGeometry], stands: BaseGeometry, rooms: Sequence[Furnished]
) -> Iterator[VoidDoor]:
    """Places for a door, from the staff's floor first, then from the hall, then out of a room."""
    edges = [(a, b) for a, b in pairwise(area.exterior.coords) if math.dist(a, b) >= CLEAR_MM + 2 * JAMB_MM]
    for floor in floors:
        free = floor.buffer(HAIR_MM, join_style="mitre").difference(stands.buffer(-HAIR_MM))
        for p, q in _along(edges, 0.0, free):
            yield VoidDoor(void=id, p=p, q=q)
    for room in rooms:
        free = _free_within(room)
        if free.distance(area) <= WALL_MM + HAIR_MM:
            for p, q in _along(edges, WALL_MM, free):
                yield VoidDoor(void=id, p=p, q=q, leads_from=room.item.id, through_mm=WALL_MM)


def _free_within(room: Furnished) -> BaseGeometry:
    """A room's floor without its furniture and the floor over which its doors open."""
    swings = [shapely.LineString([d.p, d.q]).buffer(d.clear_mm, cap_style="flat") for d in room.doors]
    taken = shapely.union_all([room.taken(), *swings])
    return room.ground().buffer(HAIR_MM, join_style="mitre").difference(taken.buffer(-HAIR_MM))


def _along(edges: Sequence[tuple[Xy, Xy]], off_mm: float, free: BaseGeometry) -> Iterator[tuple[Xy, Xy]]:
    """Openings with their jambs on the edges, the middles first, before which the floor is free, so far off the edge."""
    shapely.prepare(free)
    for a, b in edges:
        long, half = math.dist(a, b), CLEAR_MM / 2
        steps = int((long / 2 - half - JAMB_MM) / STEP_MM)
        for k in sorted(range(-steps, steps + 1), key=abs):
            p, q = (between(a, b, (long / 2 + k * STEP_MM + side) / long) for side in (-half, half))
            n = normal(p, q)
            start, end = (shift(x, n, -off_mm) for x in (p, q))
            if free.covers(strip(start, end, 0.0, BEFORE_MM)):
                yield p, q


def draw_closed(closed: Sequence[Closed]) -> tuple[list[Shape], list[Block]]:
    """The walls and doors of closed-off floor."""
    shapes: list[Shape] = []
    blocks: list[Block] = []
    for one in closed:
        shapes += fills(one.walls, "A-WALL-PATT-N", one.item.kind, one.item.id)
        shapes += outlines(one.walls, "A-WALL-N", one.item.kind, one.item.id)
        if one.door is not None:
            ref, block = door_symbol(one.door)
            shapes.append(ref)
            blocks.append(block)
    return shapes, blocks


def door_symbol(door: VoidDoor) -> tuple[BlockRef, Block]:
    """Its leaves, in the middle of the wall."""
    block = door_block(CLEAR_MM, "slide", "L")
    into = normal(door.p, door.q)
    at = shift(between(door.p, door.q), into, -WALL_MM / 2 if door.through_mm else WALL_MM / 2)
    values = (("ID", door.void), ("USE", "internal"), ("CLEAR", str(round(CLEAR_MM))))
    turn = round(angle_deg(door.p, door.q) % 360, 3)
    at = (round(at[0], 1), round(at[1], 1))
    ref = BlockRef(
        layer="A-DOOR-N", kind="void_door", id=door.void, block=block.name, at=at, rotation_deg=turn, values=values
    )  # fmt: skip
    return ref, block


def through_rooms(closed: Iterable[Closed]) -> BaseGeometry:
    """What doors take out of the walls of rooms that they are entered from."""
    return shapely.union_all([c.door.opening() for c in closed if c.door is not None and c.door.leads_from])
