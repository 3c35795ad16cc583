"""Rooms that the layout sets up, as the access check of rooms sees them: their floor within the walls, their door, and the
ground that their furniture takes as it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

import shapely

from exports.blocks import PUBLIC_ROOMS, ROOMS, SYMBOLS, fitting_block
from exports.blocks_rooms import WALL_MM, ground_of_toilets
from exports.blocks_shapes import ON_FLOOR
from exports.drawing import Xy, turned
from exports.floor_fittings import OUTWARD_DOORS, is_box, is_room, room_door, size_of
from exports.floor_standing import furnished, ground_of, pieces_of
from layouts.access_rooms import Corners, Furnished, check_rooms
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
    known: dict[str, tuple[Item, Furnished | None]] = field(default_factory=dict)

    def findings(self, items: Iterable[Item], profile: Profile) -> tuple[Finding, ...]:
        """What the check finds inside them."""
        return check_rooms([room for item in items if (room := self._of(item)) is not None], profile)

    def _of(self, item: Item) -> Furnished | None:
        if item.kind not in ROOMS:
            return None
        known = self.known.get(item.id)
        if known is None or known[0] is not item:
            known = self.known[item.id] = (item, furnished(item, self.storey) if item.space else new_room(item))
        return known[1]


@lru_cache(maxsize=512)
def new_room(item: Item) -> Furnished | None:
    """A room that the layout sets up, with its own walls; None for anything else."""
    if item.kind not in ROOMS or item.space or not item.solid or not is_room(item):
        return None
    clear, middle = room_door(item)
    p, q = ((round(x), round(y)) for x, y in (_there((middle[0] + s * clear / 2, 0.0), item) for s in (-1, 1)))
    swing = "out" if item.kind in OUTWARD_DOORS else "in"  # hinged at the left, seen from without
    door = Door(id=item.id, use="internal", p=p, q=q, clear_mm=round(clear), swing=swing)
    within = to_polygons(shapely.Polygon(item.polygon).buffer(-WALL_MM, join_style="mitre"))
    if not within:
        return None
    inner = replace(item, polygon=within[0].outer)
    return Furnished(item=inner, doors=(door,), pieces=tuple(_pieces(item)), public=item.kind in PUBLIC_ROOMS)


def _pieces(item: Item) -> Iterator[Corners]:
    """The ground that each piece of its furniture takes, in the plan; a room that is no rectangle is drawn bare."""
    if not is_box(item):
        return
    width, depth = size_of(item)
    if item.kind == "toilets":
        for x0, y0, x1, y1 in ground_of_toilets(width, depth):
            yield tuple(_there(c, item) for c in ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
        return
    solid = [s for s in fitting_block(item.kind, width, depth).shapes if s.kind != ON_FLOOR] if item.kind in SYMBOLS else []
    for piece in pieces_of(item.kind, solid):
        yield ground_of(piece, item.insert_mm, item.rotation_deg)


def _there(point: Xy, item: Item) -> Xy:
    """A point of the item's own axes in the plan."""
    return turned(point, item.insert_mm, item.rotation_deg)
