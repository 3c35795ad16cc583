"""Floor of the public that nothing uses, in pieces large enough for something later: named, so that no floor is unexplained.

Taken are things with their clear floor, a way round seats and lines of people, the main aisle, the routes, the floor before
doors and what lies before security's gates, where nobody is served. What is left is looked through on a raster for the largest
rectangle square to the drawing, then for the largest of the rest; each then reaches up to a wall that is not square to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, parts, polygon_shape, ring_shape, to_polygons, union
from layouts.layout import Item, LevelLayout
from layouts.plan import ENTRANCE_USES, Level, Ring, doors_of_use
from layouts.screening import SLIP_MM, before, is_screened, unscreened
from layouts.screening_site import slipping
from layouts.walkable import level_floor

CELL_MM = 200
LEAST_SIDE_MM = 2400
LEAST_M2 = 10.0
MOST = 9
AROUND_SEATS_MM = 1200.0  # a way round seats and bays
AROUND_LINES_MM = 600.0  # somebody passes a line, or comes to its end
BEFORE_DOORS_MM = 1800.0
WAITING = ("seat", "wheelchair_bay")
WALKED = ("seat", "wheelchair_bay", "children_corner")
TO_WALL_MM = 4000.0  # how far a piece reaches beyond its rectangle
EDGE_MM = 30.0
AT_EDGE = 0.8  # of the rectangle's side: so much of what lies beyond it ends at the floor's edge
Span = tuple[int, int, int, int]  # first and last row, first and last column


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """One piece of floor kept for growth."""

    id: str
    polygon: Ring
    area_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFor:
    """Floor that is kept free until a phase opens what stands on it: of which bank, how much, and how large it is with the
    floor before and behind it. `phase` counts from 0, the first."""

    phase: int
    bank: str
    positions: int
    seats: int
    area_m2: float


def kept_for_phases(layout: LevelLayout) -> tuple[KeptFor, ...]:
    """The floor that is kept for what opens after the first phase, phase by phase and bank by bank."""
    later: dict[tuple[int, str], list[Item]] = {}
    for item in layout.items:
        if item.phase > 0:
            later.setdefault((item.phase, item.bank or item.id), []).append(item)
    return tuple(
        KeptFor(
            phase=phase, bank=bank, positions=sum(i.kind not in WAITING for i in items), seats=sum(i.seats for i in items),
            area_m2=round(union(ring_shape(r) for i in items for r in _ground(i)).area / 1e6, 1),
        )
        for (phase, bank), items in sorted(later.items())
    )  # fmt: skip


def _ground(item: Item) -> tuple[Ring, ...]:
    return item.polygon, *(zone.polygon for zone in item.clear_zones)


def reserves(
    level: Level, layout: LevelLayout, *, way_mm: int = 1500, queued: BaseGeometry | None = None
) -> tuple[Reserve, ...]:  # fmt: skip
    """The pieces, largest first; none where the layout fills its floor. `queued`: where people stand in line, as drawn."""
    left = _left_over(level, layout, way_mm)
    if queued is not None:
        left = left.difference(queued.buffer(AROUND_LINES_MM, join_style="mitre"))
    found: list[Ring] = []
    if left.is_empty:
        return ()
    x0, y0, x1, y1 = left.bounds
    xs, ys = (np.arange(a + CELL_MM / 2, b, CELL_MM) for a, b in ((x0, x1), (y0, y1)))
    whole = left.buffer(-CELL_MM / 2, join_style="mitre")
    while len(found) < MOST:
        shapely.prepare(whole)
        free = shapely.contains_xy(whole, *np.meshgrid(xs, ys))
        span = max(_rectangles(free), key=lambda s: (s[1] - s[0]) * (s[3] - s[2]), default=None)
        if span is None or (span[1] - span[0]) * (span[3] - span[2]) * CELL_MM**2 / 1e6 < LEAST_M2:
            break
        bottom, top, start, end = (k * CELL_MM for k in span)
        piece = _to_the_walls(left, level, (x0 + start, y0 + bottom, x0 + end, y0 + top))
        found += [p.outer for p in to_polygons(piece)[:1]]
        left = left.difference(piece.buffer(1))
        whole = whole.difference(piece.buffer(CELL_MM / 2, join_style="mitre"))
    found.sort(key=lambda ring: -ring_shape(ring).area)
    return tuple(
        Reserve(id=f"R{k}", polygon=ring, area_m2=round(ring_shape(ring).area / 1e6, 1))
        for k, ring in enumerate(found, start=1)
    )


def _left_over(level: Level, layout: LevelLayout, way_mm: int) -> BaseGeometry:
    """The floor that nothing uses."""
    taken = [polygon_shape(p) for p in layout.staff]
    for item in layout.items:
        body = ring_shape(item.polygon)
        taken.append(body.buffer(AROUND_SEATS_MM, join_style="mitre") if item.kind in WALKED else body)
        taken += [ring_shape(zone.polygon) for zone in item.clear_zones]
    taken += [shapely.LineString(r.centreline).buffer(way_mm / 2) for r in layout.routes if len(r.centreline) > 1]
    if layout.spine and len(layout.spine.centreline) > 1:
        taken.append(shapely.LineString(layout.spine.centreline).buffer(layout.spine.width_mm / 2, cap_style="square"))
    taken += [shapely.LineString([d.p, d.q]).buffer(BEFORE_DOORS_MM, join_style="mitre") for d in level.doors]
    taken.append(_before_gates(level, layout))
    return level_floor(level).difference(union(taken))


def _before_gates(level: Level, layout: LevelLayout) -> BaseGeometry:
    """Where visitors come from the entrances past no gate; nothing where they walk round those."""
    if not is_screened(layout.items):
        return shapely.Polygon()
    doors = [door_middle(d) for d in doors_of_use(level, ENTRANCE_USES)]
    reach = unscreened(slipping(union(map(polygon_shape, layout.public))), layout.items, doors)
    walked_round = any(reach.intersects(place) for place in before(layout.items))
    return shapely.Polygon() if walked_round else reach.buffer(SLIP_MM, join_style="mitre")


def _to_the_walls(left: BaseGeometry, level: Level, box: tuple[float, float, float, float]) -> BaseGeometry:
    """The rectangle with what is left of the floor straight beyond its sides, where that ends at the floor's edge."""
    a, b, c, d = box
    body, edge = shapely.box(a, b, c, d), ring_shape(level.outline).exterior.buffer(EDGE_MM)
    pieces, far = [body.intersection(left)], TO_WALL_MM
    strips = ((a - far, b, a, d, d - b), (c, b, c + far, d, d - b), (a, b - far, c, b, c - a), (a, d, c, d + far, c - a))
    for *strip, side in strips:
        for beyond in parts(left.intersection(shapely.box(*strip))):
            if beyond.intersects(body) and beyond.exterior.intersection(edge).length >= AT_EDGE * side:
                pieces.append(beyond)
    grown = union([p.buffer(1, join_style="mitre") for p in pieces]).intersection(left)
    return on_whole_mm(max(parts(grown), key=lambda p: p.area, default=body).simplify(EDGE_MM))


def on_whole_mm(floor: BaseGeometry) -> BaseGeometry:
    """The largest piece of a floor with its corners on whole millimetres: merely rounded, its outline can cross itself."""
    return max(parts(shapely.set_precision(floor, 1.0)), key=lambda p: p.area, default=shapely.Polygon())


def _rectangles(free: npt.NDArray[np.bool_]) -> Iterator[Span]:
    """Rectangles of free cells that no larger one holds, wide and deep enough: row by row over the heights of free columns."""
    least = -(-LEAST_SIDE_MM // CELL_MM)
    heights = np.zeros(free.shape[1], dtype=np.int64)
    for row in range(free.shape[0]):
        heights = np.where(free[row], heights + 1, 0)
        open_: list[tuple[int, int]] = []  # start and height of rectangles that go on
        for column, height in enumerate([*heights.tolist(), 0]):
            start = column
            while open_ and open_[-1][1] >= height:
                start, tall = open_.pop()
                if tall >= least and column - start >= least:
                    yield row + 1 - tall, row + 1, start, column
            if height:
                open_.append((start, height))
