"""Floor that is closed off, as solids: ducts whole, cupboards and stores within their walls with their door, plants low."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from exports.floor_void_doors import Closed, door_symbol
from exports.floor_voids import use_of
from exports.solids import DOOR_HEAD_MM, STOREY_MM, Part, Solid, Stuff
from exports.solids_building import leaves

BED_MM = 450  # below sills


def closed_solids(closed: Closed) -> Iterator[Solid]:
    """One piece of it."""
    area = shapely.Polygon(closed.item.polygon)
    use = use_of(closed)
    if use == "plants":
        yield _of(closed, "plants", area, 0, BED_MM, "fittings")
    elif closed.door is None:
        yield _of(closed, "void", area, 0, STOREY_MM, "walls")
    else:
        over = closed.door.opening().intersection(area.difference(closed.inside))
        yield _of(closed, "new_wall", closed.walls, 0, STOREY_MM, "walls")
        yield _of(closed, "new_wall", over, DOOR_HEAD_MM, STOREY_MM, "walls")
        symbol, block = door_symbol(closed.door)
        yield from leaves(symbol, block.shapes)


def _of(closed: Closed, stuff: Stuff, ground: BaseGeometry, low: float, high: float, part: Part) -> Solid:
    item = closed.item
    return Solid(id=item.id, kind=item.kind, part=part, stuff=stuff, ground=ground, low_mm=low, high_mm=high)
