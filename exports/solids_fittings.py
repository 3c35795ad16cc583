"""What the layout places, as solids: counters to their heights, seats, machines, rooms with their walls and furniture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from exports.blocks import SIGNS, is_counter
from exports.blocks_divided import inside
from exports.drawing import turned
from exports.floor_fittings import NOWHERE, block_of, is_room
from exports.item_boxes import size_of
from exports.room_shells import room_shell, rooms_of
from exports.solids import DOOR_HEAD_MM, STOREY_MM, Part, Solid, Stuff
from exports.solids_building import leaves
from exports.solids_strokes import prisms
from layouts.catalogue import Fitting, fittings
from layouts.compartments import COMBINED
from layouts.layout import Item
from layouts.plan import Level
from layouts.screening import ARCH, PARTS, SCREEN

SCREEN_MM, PRIVACY_OVER_MM = 40.0, 450
SEAT_MM, SEAT_BACK_MM, CHAIR_BACK_MM = 450, 850, 900
SHELF_MM, TOP_MM, GLASS_MM = 250.0, 40, 20.0
DISPLAY_HIGH_MM, MARK_MM = 400, 4
CLERK_MM, CLERK_OUT_MM = 460.0, 330.0
# Heights of what stands in rooms, where no catalogue gives one.
PIECE_MM = {"archive": 2000, "server_room": 2000, "ups_room": 1800, "back_of_house": 2000, "toilets": 850,
            "toilet_accessible": 850}  # fmt: skip
TABLE_MM = 740
LINTEL_MM = 200


def fitting_solids(
    item: Item, storey: Level, *, screened: bool = False, cut: BaseGeometry = NOWHERE
) -> Iterator[Solid]:
    """One placed thing. `cut`: what doors of cupboards take out of rooms' walls."""
    known = fittings().get(item.kind, Fitting(id=item.kind, category=""))
    if is_room(item):
        yield from _room(item, storey, cut)
    elif is_counter(item.kind) or item.kind == "complaint_desk":
        yield from _counter(item, known)
    elif item.kind == "seat":
        yield from _seat(item)
    elif item.kind == "wheelchair_bay":
        yield _of(item, "accessible", _ground(item), 0, MARK_MM)
    elif item.kind in SIGNS:
        high = known.height_mm or STOREY_MM
        yield _of(item, "display", _ground(item), high - DISPLAY_HIGH_MM, high, part="above")
    elif item.kind == "partition":
        yield _of(item, "partition", _ground(item), 0, known.height_mm)
    elif item.kind == "staff_gate":
        yield _of(item, "door", _ground(item), 0, known.height_mm)
    elif item.kind in PARTS:
        yield from _screening(item, known)
    else:
        yield from _from_symbol(item, storey, known, screened=screened)


def _counter(item: Item, known: Fitting) -> Iterator[Solid]:
    """The desk to its writing height; before clerks at common ones a shelf, at tills glass; knee room where the kind has it."""
    width, depth = size_of(item)
    top, low = known.surface_mm or known.height_mm, known.knee_high_mm
    body, stuff = _box(item, -width / 2, 0, width / 2, depth), _stuff_of(item, known)
    if low:
        half = min(known.knee_wide_mm or width, width) / 2
        knee = _box(item, -half, -1, half, min(known.knee_deep_mm, depth))
        yield _of(item, stuff, body.difference(knee), 0, low)
        yield _of(item, stuff, body, low, top)
    else:
        yield _of(item, stuff, body, 0, top)
    if item.kind.startswith("cashier"):
        glass = _box(item, -width / 2, SHELF_MM, width / 2, SHELF_MM + GLASS_MM)
        yield _of(item, "glass", glass, top, max(known.height_mm, top + PRIVACY_OVER_MM))
    elif not low:
        yield _of(item, stuff, _box(item, -width / 2, 0, width / 2, min(SHELF_MM, depth * 0.3)), top, known.height_mm)
    for left in (-width / 2, width / 2 - SCREEN_MM):
        side = _box(item, left, 0, left + SCREEN_MM, depth)
        yield _of(item, "partition", side, top, max(known.height_mm, top + PRIVACY_OVER_MM))
    yield from _chair(item, depth + CLERK_OUT_MM)


def _chair(item: Item, y: float) -> Iterator[Solid]:
    half = CLERK_MM / 2
    yield _of(item, "seat", _box(item, -half, y - half, half, y + half), 0, SEAT_MM)
    yield _of(item, "seat", _box(item, -half, y + half - 60, half, y + half), SEAT_MM, CHAIR_BACK_MM)


def _seat(item: Item) -> Iterator[Solid]:
    width, depth = size_of(item)
    yield _of(item, "seat", _ground(item), 0, SEAT_MM)
    yield _of(item, "seat", _box(item, -width / 2, depth - 80, width / 2, depth), SEAT_MM, SEAT_BACK_MM)


def _room(item: Item, storey: Level, cut: BaseGeometry) -> Iterator[Solid]:
    """Its own walls and door where it is new, and what stands in it."""
    if item.solid and not item.space:
        shell = room_shell(item)
        through = cut.intersection(shell.walls)
        over = shapely.union_all([shell.openings.intersection(_ground(item)), through])
        yield _of(item, "new_wall", shell.walls.difference(through), 0, STOREY_MM, part="walls")
        yield _of(item, "new_wall", over, DOOR_HEAD_MM, STOREY_MM, part="walls")
        for door, block in shell.doors:
            yield from leaves(door, block.shapes)
    parts = rooms_of(item) if item.kind in COMBINED else ()
    for part in parts:
        one = replace(item, kind=part.kind)
        yield from prisms(one, inside(part), "desk", PIECE_MM.get(part.kind, TABLE_MM))
    if parts:
        return
    stuff: Stuff = "sanitary" if item.kind.startswith("toilet") else "desk"
    yield from prisms(item, block_of(item, storey).shapes, stuff, PIECE_MM.get(item.kind, TABLE_MM))


def _from_symbol(item: Item, storey: Level, known: Fitting, *, screened: bool) -> Iterator[Solid]:
    """Whatever has a symbol: its closed strokes to its height."""
    stuff: Stuff = "desk" if known.surface_mm or item.kind == "children_corner" else "machine"
    shapes = block_of(item, storey, screened=screened).shapes
    yield from prisms(item, shapes, stuff, known.height_mm or TABLE_MM)


def _screening(item: Item, known: Fitting) -> Iterator[Solid]:
    """Glass to its height, gate leaves to theirs, a lintel over those who walk through the arch."""
    if item.kind == ARCH:
        yield _of(item, "machine", _ground(item), known.height_mm - LINTEL_MM, known.height_mm)
    else:
        yield _of(item, "glass" if item.kind == SCREEN else "door", _ground(item), 0, known.height_mm)


def _stuff_of(item: Item, known: Fitting) -> Stuff:
    return "accessible" if item.accessible or known.accessible else "counter"


def _ground(item: Item) -> shapely.Polygon:
    return shapely.Polygon(item.polygon)


def _box(item: Item, x0: float, y0: float, x1: float, y1: float) -> shapely.Polygon:
    """A rectangle of the item's own axes in the plan."""
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    return shapely.Polygon([turned(p, item.insert_mm, item.rotation_deg) for p in corners])


def _of(item: Item, stuff: Stuff, ground: BaseGeometry, low: float, high: float, *, part: Part = "fittings") -> Solid:
    return Solid(id=item.id, kind=item.kind, part=part, stuff=stuff, ground=ground, low_mm=low, high_mm=high)
