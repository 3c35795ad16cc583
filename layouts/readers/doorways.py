"""Doorways in drawings without door symbols: where a wall ends and goes on, or stops short of another, by a door's width.

Only where no door swing is drawn at all: an architect who draws leaves means an opening without one to be open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.readers.enclosure import Room
from layouts.readers.marks import XY
from layouts.readers.openings import End, Gap, ring_ends
from layouts.readers.solids import clean_ring, cosine

TO_END_MM = (550.0, 1900.0)  # from one wall's end to the next one's
TO_FACE_MM = (550.0, 1400.0)  # from a wall's end to the side of a crossing wall
ASTRAY = 0.96  # cosine of how far the way to the next end may turn from the wall: 16 degrees, hand-traced plans
LEAST_PART_MM2 = 1_200_000.0
WIDER = 0.45  # both parts must hold a circle of this many widths' radius: a room, and not the rest of a niche
MOST_ENDS = 1500
GRID_MM = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorway:
    """A way through between two wall ends, or an end and a wall."""

    line: LineString
    thickness: float

    @property
    def gap(self) -> Gap:
        """As an opening in a wall."""
        (ax, ay), (bx, by) = self.line.coords
        length = self.line.length or 1.0
        nx, ny = -(by - ay) / length * self.thickness / 2, (bx - ax) / length * self.thickness / 2
        quad = ((ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny))
        return Gap(quad=quad, width=length, thickness=self.thickness)


def doorways(closed: BaseGeometry, rooms: Sequence[Room]) -> list[Doorway]:
    """The doorways that part rooms in two, the narrowest first."""
    solids = [part for part in shapely.get_parts(closed) if isinstance(part, Polygon)]
    rings = [ring for s in map(shapely.orient_polygons, solids) for ring in (s.exterior, *s.interiors)]
    ends = [end for ring in rings for end in ring_ends(clean_ring(list(ring.coords)[:-1]))][:MOST_ENDS]
    options = sorted(_options(ends, closed), key=lambda way: way.line.length)
    areas = [room.area for room in rooms]
    accepted = []
    for way in options:
        middle = way.line.interpolate(0.5, normalized=True)
        home = next((k for k, area in enumerate(areas) if area.contains(middle)), None)
        if home is None:
            continue
        # on a grid, since a cut along an edge that is nearly straight makes exact overlay fail
        rest = shapely.difference(shapely.make_valid(areas[home]), _cut(way.line), grid_size=GRID_MM)
        parts = [p for p in shapely.get_parts(rest) if isinstance(p, Polygon)]
        if len(parts) > 1 and all(_is_room(part, way.line.length) for part in parts):
            accepted.append(way)
            areas[home : home + 1] = parts
    return accepted


def _cut(line: LineString) -> Polygon:
    """The line as a hair, a little longer than itself, so that it cuts through to the walls."""
    (ax, ay), (bx, by) = line.coords
    ux, uy = (bx - ax) / line.length, (by - ay) / line.length
    return LineString([(ax - ux * 30, ay - uy * 30), (bx + ux * 30, by + uy * 30)]).buffer(1.0, cap_style="flat")


def _is_room(part: Polygon, width: float) -> bool:
    return part.area >= LEAST_PART_MM2 and not part.buffer(-WIDER * width, quad_segs=2).is_empty


def _options(ends: Sequence[End], closed: BaseGeometry) -> list[Doorway]:
    """All ways from a wall's end: to another end that looks back at it, else straight on to the nearest wall."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b, _ in ends]
    tree, found = STRtree([Point(m) for m in middles]), list[Doorway]()
    for i, (a, b, out) in enumerate(ends):
        thick, straight = math.dist(a, b), None
        near = [int(j) for j in tree.query(Point(middles[i]), predicate="dwithin", distance=TO_END_MM[1]) if j != i]
        for j in sorted(near, key=lambda j: math.dist(middles[i], middles[j])):
            way = (middles[j][0] - middles[i][0], middles[j][1] - middles[i][1])
            back = ends[j][2]
            if cosine(out, way) < ASTRAY or cosine(back, (-way[0], -way[1])) < ASTRAY:
                continue
            line = LineString([middles[i], middles[j]])
            if line.length >= TO_END_MM[0] and _is_free(line, closed):
                straight = line
                break
        if straight is None:
            straight = _to_face(middles[i], out, closed)
        if straight is not None:
            found.append(Doorway(line=straight, thickness=thick))
    return found


def _is_free(line: LineString, closed: BaseGeometry) -> bool:
    """Whether nothing stands in the way."""
    return bool(closed.intersection(line).length < 20)


def _to_face(start: XY, out: XY, closed: BaseGeometry) -> LineString | None:
    """Straight on to the nearest wall, if that is a door's width away."""
    reach = TO_FACE_MM[1] + 1
    ray = LineString([(start[0] + out[0] * 5, start[1] + out[1] * 5), (start[0] + out[0] * reach, start[1] + out[1] * reach)])
    hit = closed.intersection(ray)
    if hit.is_empty:
        return None
    far = Point(start).distance(hit)
    if far < TO_FACE_MM[0]:
        return None
    return LineString([start, (start[0] + out[0] * far, start[1] + out[1] * far)])
