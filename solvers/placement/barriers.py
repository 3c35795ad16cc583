"""The partitions between staff and public floor, and the gates in them."""

from __future__ import annotations

from math import atan2, cos, degrees, radians, sin

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.geometry import parts
from layouts.layout import Item
from solvers.placement.floor_parts import SPECK_MM2, SPLINTER_MM
from solvers.placement.partition_ends import fitted, ground_of

PARTITION_MM = 100
SHORTEST_MM = 30.0  # a gap of 46 mm between two partitions lets the floors meet (`detail._meet`); shorter ones are corners
GATE_MM = 1000
LEAST_MM = GATE_MM + 400  # of a partition with a gate
SWING_MM = PARTITION_MM + 800  # a leaf is as wide as posts leave it
STEP_MM = 100
BEFORE_MM = 600  # so deep before a gate somebody stands who comes out
NOTHING = Polygon()
BESIDE_DESKS_FREE_MM = 700  # desks of an open office begin beyond a door's swing at one end of it: a gate's middle fits there


def barriers_between(
    public: BaseGeometry, staff: BaseGeometry, open_rooms: tuple[Item, ...] = (), edge: BaseGeometry | None = None,
    leaves: BaseGeometry = NOTHING, fronts: BaseGeometry = NOTHING,
) -> tuple[Item, ...]:  # fmt: skip
    """Partitions where staff and public floor touch, drawn on the staff side; the longest of each staff floor has a gate, or
    the longest in which one opens clear of the `leaves` of doors and off floor that visitors stand on (`fronts`). None along
    the `edge` of the whole floor: a wall stands there, and a partition before it would close the staff's door."""
    items: list[Item] = []
    beside = public.buffer(2, join_style="mitre")
    shapely.prepare(beside)
    for part in parts(staff):
        touching = _touching(public, beside, orient(part))
        lines = [line for line in touching if edge is None or not _lies_on(line, edge)]
        if not lines:
            continue
        gated, gate_at = _gated(lines, open_rooms, leaves, fronts)
        ground = ground_of(part)
        for line in lines:
            slabs = _partition(line, gate_at=gate_at if line is gated else None, number=len(items))
            stand = (fitted(s, ground, items) if s.kind == "partition" else s for s in slabs)
            items.extend(s for s in stand if s is not None)
    return tuple(items)


def _touching(public: BaseGeometry, beside: BaseGeometry, staff: Polygon) -> list[LineString]:
    """The pieces of a staff floor's outer edges, counter-clockwise with that floor to their left, that border public floor;
    `beside` is that floor and 2 mm more."""
    points = shapely.get_coordinates(staff.exterior)
    edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
    edges = edges[(shapely.length(edges) >= SHORTEST_MM) & shapely.intersects(beside, edges)]
    found = []
    for shared in shapely.intersection(edges, beside):
        pieces = [shared] if isinstance(shared, LineString) else list(getattr(shared, "geoms", ()))
        found += [s for s in pieces if isinstance(s, LineString) and s.length >= SHORTEST_MM and _runs_along(s, public)]
    return found


def _lies_on(line: LineString, edge: BaseGeometry) -> bool:
    """Whether a line runs on an edge, but for a splinter."""
    return all(edge.distance(line.interpolate(share, normalized=True)) <= SPLINTER_MM for share in (0.0, 0.5, 1.0))


def _runs_along(line: LineString, public: BaseGeometry) -> bool:
    middle = line.interpolate(0.5, normalized=True)
    return bool(public.distance(middle) < 3)


def _gated(
    lines: list[LineString], open_rooms: tuple[Item, ...], leaves: BaseGeometry, fronts: BaseGeometry
) -> tuple[LineString | None, float]:
    """The partition that has the gate, and how far along it: of all that are long enough the longest, or the longest in which
    it opens clear of doors and, if that may be, of people; as near as may be to where it would be without them."""
    ordered = [n for n in sorted(lines, key=lambda n: (n.length, n.coords[0]), reverse=True) if n.length >= LEAST_MM]
    for people in (fronts, NOTHING):
        for line in ordered:
            wanted, rest = _gate_at(line, open_rooms), line.length - LEAST_MM
            places = [LEAST_MM / 2 + min(rest, k * STEP_MM) for k in range(int(rest / STEP_MM) + 2)]
            for place in [wanted, *sorted(places, key=lambda p: abs(p - wanted))]:
                opening = LineString([line.interpolate(place - GATE_MM / 2), line.interpolate(place + GATE_MM / 2)])
                swing, before = (opening.buffer(d, cap_style="flat", single_sided=True) for d in (SWING_MM, -BEFORE_MM))
                if swing.intersection(leaves).area < 1 and before.intersection(people).area < SPECK_MM2:
                    return line, place
    return (ordered[0], _gate_at(ordered[0], open_rooms)) if ordered else (None, 0.0)


def _gate_at(line: LineString, open_rooms: tuple[Item, ...]) -> float:
    """How far along a partition its gate is: in the middle, but beside an open room at that end of it where no desks stand."""
    half, least = line.length / 2, GATE_MM / 2 + 200
    for room in open_rooms:
        if Polygon(room.polygon).distance(line.interpolate(half)) <= PARTITION_MM:
            turn = radians(room.rotation_deg)
            (x, y), wide = room.insert_mm, _width(room)
            reach = wide / 2 - BESIDE_DESKS_FREE_MM
            spot = line.project(Point(x - reach * cos(turn), y - reach * sin(turn)))
            return float(min(max(spot, least), line.length - least))
    return float(half)


def _width(room: Item) -> float:
    """A room's extent along its front."""
    turn = radians(room.rotation_deg)
    along = [px * cos(turn) + py * sin(turn) for px, py in room.polygon]
    return max(along) - min(along)


def _partition(line: LineString, *, gate_at: float | None, number: int) -> list[Item]:
    """The thin solid on the left (staff) side of a line, split round a gate whose middle is so far along it."""
    if gate_at is None:
        return [_slab(line, "partition", f"P{number:03d}", solid=True)]
    a = LineString([line.coords[0], line.interpolate(gate_at - GATE_MM / 2)])
    g = LineString([line.interpolate(gate_at - GATE_MM / 2), line.interpolate(gate_at + GATE_MM / 2)])
    b = LineString([line.interpolate(gate_at + GATE_MM / 2), line.coords[-1]])
    return [
        _slab(a, "partition", f"P{number:03d}a", solid=True),
        _slab(g, "staff_gate", f"G{number:03d}", solid=False),
        _slab(b, "partition", f"P{number:03d}b", solid=True),
    ]


def _slab(line: LineString, kind: str, name: str, *, solid: bool) -> Item:
    (x0, y0), (x1, y1) = line.coords[0][:2], line.coords[-1][:2]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    nx, ny = -(y1 - y0) / length * PARTITION_MM, (x1 - x0) / length * PARTITION_MM
    ring = tuple((round(x), round(y)) for x, y in ((x0, y0), (x1, y1), (x1 + nx, y1 + ny), (x0 + nx, y0 + ny)))
    rotation = round(degrees(atan2(y1 - y0, x1 - x0)) % 360, 3)
    return Item(
        id=name,
        kind=kind,
        polygon=ring,
        insert_mm=(round((x0 + x1) / 2), round((y0 + y1) / 2)),
        rotation_deg=rotation,
        solid=solid,
    )
