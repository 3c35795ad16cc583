"""The floor that a screening stands on: the frame of its table, where a screen may stand and what it may end at."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
import shapely.affinity
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.catalogue import fittings
from layouts.geometry import depth_behind_front_mm, door_middle, parts, ring_shape, towards_public, union
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, Level, Ring, doors_of_use
from layouts.screening import BEFORE_LIFT_MM, SCREEN_MM, SLIP_MM, TABLE, before
from layouts.screening_parted import Parting, parting
from layouts.walkable import bay_ground, building_solids

AT_DOOR_MM, BESIDE_DOOR_MM = 1525, 150  # before a door, and beside it, no screen stands
FIRM = ("room_public", "room_staff", "partition", "counter")  # what a screen may end at
GRACE_MM = 2.0
Xy = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The table's frame: `corner` at the front of its last end, `on` the way visitors go, `out` towards them, and its size."""

    corner: Xy
    on: Xy
    out: Xy
    length: float
    depth: float

    def at(self, x: float, y: float) -> Xy:
        """The place x mm farther on than the corner and y mm farther out."""
        return self.corner[0] + self.on[0] * x + self.out[0] * y, self.corner[1] + self.on[1] * x + self.out[1] * y

    def drawn_in(self, by: int) -> Stand:
        """The same with its corner so far back along the table's front."""
        return replace(self, corner=self.at(-by, 0), length=self.length - by)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Ring:
        corners = (self.at(x0, y0), self.at(x1, y0), self.at(x1, y1), self.at(x0, y1))
        ring = tuple((round(x), round(y)) for x, y in corners)
        return ring if Polygon(ring).exterior.is_ccw else ring[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The floor that the line crosses; `walked`: without the bays in which somebody waits. `free`: where a screen may stand,
    prepared for questions; `firm`: what one may end at, `sides`: its edges along the floor; `middles`: where the middle of
    somebody who slips through can be, `parting`: who of them comes from the doors to what is served."""

    public: BaseGeometry
    walked: BaseGeometry
    free: BaseGeometry
    firm: BaseGeometry
    sides: tuple[LineString, ...]
    middles: BaseGeometry
    parting: Parting


def stand_of(tables: Sequence[Item], doors: Sequence[Xy]) -> Stand:
    """The frame of tables that stand side by side; their last end is the one farther from the doors."""
    lead = tables[0]
    out = towards_public(lead)
    along = (-out[1], out[0])
    x0, y0 = lead.insert_mm
    us = [(x - x0) * along[0] + (y - y0) * along[1] for t in tables for x, y in t.polygon]
    ends = [((x0 + along[0] * u, y0 + along[1] * u), s) for u, s in ((min(us), -1.0), (max(us), 1.0))]
    corner, sign = max(ends, key=lambda e: min(math.dist(e[0], d) for d in doors))
    return Stand(
        corner=corner, on=(along[0] * sign, along[1] * sign), out=out, length=max(us) - min(us),
        depth=depth_behind_front_mm(lead),
    )  # fmt: skip


def side_by_side(tables: Sequence[Item], doors: Sequence[Xy]) -> tuple[Item, ...]:
    """Of all tables those that stand in one row with the one nearest to a door: lanes of one screening."""
    lead = min(tables, key=lambda t: (min(math.dist(t.insert_mm, d) for d in doors), t.id))
    row, rest = [lead], [t for t in tables if t is not lead and t.rotation_deg == lead.rotation_deg]
    while joined := [t for t in rest if any(_beside(t, other) for other in row)]:
        row += joined
        rest = [t for t in rest if t not in joined]
    return tuple(t for t in tables if t in row)


def _beside(a: Item, b: Item) -> bool:
    """Do they stand side by side, their fronts in line?"""
    dx, dy = towards_public(a)
    off = (b.insert_mm[0] - a.insert_mm[0]) * dx + (b.insert_mm[1] - a.insert_mm[1]) * dy
    return abs(off) <= GRACE_MM and ring_shape(a.polygon).distance(ring_shape(b.polygon)) <= GRACE_MM


def site_of(
    level: Level, items: Sequence[Item], public: BaseGeometry, also: Sequence[Xy] = (), kept_free: Sequence[Ring] = ()
) -> Site:
    outside = union([_outside(level), building_solids(level)])
    known = fittings()
    stands = [ring_shape(i.polygon) for i in items if i.solid and i.kind in known and known[i.kind].category in FIRM]
    firm = _joined_to(_outside(level), union([outside, *stands]))
    kept = [ring_shape(z.polygon) for i in items for z in i.clear_zones if z.use != "staff" and not _own_front(i, z.use)]
    kept += [ring_shape(i.polygon) for i in items if i.kind == "wheelchair_bay"]
    kept += [_step(d.p, d.q) for d in level.doors]
    kept += [ring_shape(ring) for ring in kept_free]
    free = public.difference(union(kept)).buffer(GRACE_MM, join_style="mitre")
    shapely.prepare(free)
    doors = tuple(door_middle(d) for d in doors_of_use(level, ENTRANCE_USES))
    middles = slipping(public)
    return Site(
        public=public, walked=public.difference(bay_ground(items)), free=free, firm=firm,
        sides=tuple(_sides(public, firm, free)), middles=middles, parting=parting(middles, doors, served(items, also)),
    )  # fmt: skip


def served(items: Sequence[Item], also: Sequence[Xy]) -> list[BaseGeometry]:
    """Where visitors stand beyond the screening: before what they use, and at places they go to, such as lifts."""
    return [*before(items), *(shapely.Point(p).buffer(BEFORE_LIFT_MM) for p in also)]


def slipping(public: BaseGeometry) -> BaseGeometry:
    """Where the middle of somebody who slips through can be on this floor."""
    return public.buffer(-SLIP_MM / 2 + GRACE_MM)


def _own_front(item: Item, use: str) -> bool:
    return item.kind == TABLE and use == "front"


def _step(p: Xy, q: Xy) -> BaseGeometry:
    """The floor at a door, on both sides of it and a little beside."""
    opening = LineString([p, q])
    reach = 1 + 2 * BESIDE_DOOR_MM / max(opening.length, 1.0)
    return shapely.affinity.scale(opening, reach, reach).buffer(AT_DOOR_MM, cap_style="flat")


def _outside(level: Level) -> BaseGeometry:
    hall = ring_shape(level.outline)
    return hall.buffer(1000, join_style="mitre").difference(hall)


def _joined_to(outside: BaseGeometry, solids: BaseGeometry) -> BaseGeometry:
    """The solids that stand against the building, one against the other: a screen to a lonely column parts nothing."""
    grown = solids.buffer(SCREEN_MM / 2, join_style="mitre")
    return union(p for p in parts(grown) if p.intersects(outside))


def _sides(public: BaseGeometry, firm: BaseGeometry, free: BaseGeometry) -> Iterator[LineString]:
    """The edges of the floor along what is firm, in the pieces that floor which is kept for something leaves of them: of two
    screens to the same wall one may part what the other does not."""
    shapely.prepare(firm)
    for part in parts(public):
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring)
            edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
            middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
            along = edges[shapely.covers(firm, middles) & (shapely.length(edges) > SCREEN_MM)]
            pieces = shapely.get_parts(shapely.intersection(along, free))
            yield from pieces[shapely.length(pieces) > SCREEN_MM]
