"""The building as solids: floors by use, walls with their openings cut to height, columns, panes, doors standing open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from exports.drawing import BlockRef, Polyline, Xy, turned
from exports.floor_building import draw_building, floor_area, opening_in, uncut_walls
from exports.solids import DOOR_HEAD_MM, STOREY_MM, Part, Solid, Stuff
from layouts.layout import LevelLayout
from layouts.plan import Level
from layouts.wall_ends import KIND as WALL_END

SLAB_MM, FINISH_MM = 200, 20
LEAF_HIGH_MM, PANE_MM = 2050, 40
# Obstacles that go through the storey; all others (planters, stairs) are shown to the height of a parapet.
SHAFTS = ("shaft", "lift", "duct", "core", "void")
PARAPET_MM = 1000


def building_solids(storey: Level, placed: LevelLayout | None) -> Iterator[Solid]:
    """Lowest first."""
    yield from floors(storey, placed)
    yield from walls(storey)
    yield from doors(storey)
    for column in storey.columns:
        yield _solid(column.id, "column", "walls", "column", shapely.Polygon(column.outline), 0, STOREY_MM)
    for obstacle in (o for o in storey.obstacles if o.kind != WALL_END):
        high = STOREY_MM if obstacle.kind in SHAFTS else PARAPET_MM
        yield _solid(obstacle.id, obstacle.kind, "walls", "void", shapely.Polygon(obstacle.outline), 0, high)


def floors(storey: Level, placed: LevelLayout | None) -> Iterator[Solid]:
    """The slab under everything, and on it what each floor is for."""
    rooms = shapely.union_all([shapely.Polygon(s.outline.outer, s.outline.holes).buffer(0) for s in storey.spaces])
    under = shapely.union_all([floor_area(storey), uncut_walls(storey), rooms]).buffer(1, join_style="mitre")
    yield _solid("slab", "slab", "floor", "slab", under, -SLAB_MM, -FINISH_MM)
    left: BaseGeometry = floor_area(storey).union(rooms)
    for name, stuff, ground in _uses(placed):
        mine = left.intersection(ground)
        left = left.difference(ground)
        yield _solid(name, "floor", "floor", stuff, mine, -FINISH_MM, 0)
    yield _solid("other", "floor", "floor", "room" if placed else "public", left, -FINISH_MM, 0)


def _uses(placed: LevelLayout | None) -> Iterator[tuple[str, Stuff, BaseGeometry]]:
    if placed is None:
        return
    staff = shapely.union_all([_area(p) for p in placed.staff])
    public = shapely.union_all([_area(p) for p in placed.public])
    if placed.spine is not None and len(placed.spine.centreline) > 1:
        half = placed.spine.width_mm / 2
        aisle = shapely.LineString(placed.spine.centreline).buffer(half, cap_style="flat", join_style="mitre")
        yield "aisle", "aisle", aisle.intersection(public)
    yield "public", "public", public
    yield "staff", "staff", staff


def _area(polygon: Any) -> BaseGeometry:
    return shapely.Polygon(polygon.outer, polygon.holes).buffer(0)


def walls(storey: Level) -> Iterator[Solid]:
    """Walls, over doors to the ceiling, under windows to the sill and over their heads; the panes between."""
    solid = uncut_walls(storey)
    gaps: list[BaseGeometry] = []
    for door in storey.doors:
        gap = opening_in(solid, door.p, door.q).intersection(solid)
        gaps.append(gap)
        yield _solid(door.id, "lintel", "walls", "wall", gap, DOOR_HEAD_MM, STOREY_MM)
    for window in storey.windows:
        gap = opening_in(solid, window.p, window.q).intersection(solid)
        gaps.append(gap)
        sill = min(window.sill_mm, DOOR_HEAD_MM)
        yield _solid(window.id, "sill", "walls", "wall", gap, 0, sill)
        yield _solid(window.id, "window", "walls", "glass", _pane(gap, window.p, window.q), sill, DOOR_HEAD_MM)
        yield _solid(window.id, "lintel", "walls", "wall", gap, DOOR_HEAD_MM, STOREY_MM)
    yield _solid("walls", "wall", "walls", "wall", solid.difference(shapely.union_all(gaps)), 0, STOREY_MM)


def _pane(gap: BaseGeometry, p: Xy, q: Xy) -> BaseGeometry:
    """Glass along p-q in the middle of the wall's thickness."""
    if gap.is_empty:
        return gap
    middle, dx, dy = gap.centroid, (q[0] - p[0]) / 2, (q[1] - p[1]) / 2
    line = shapely.LineString([(middle.x - dx, middle.y - dy), (middle.x + dx, middle.y + dy)])
    return line.buffer(PANE_MM / 2, cap_style="flat")


def doors(storey: Level) -> Iterator[Solid]:
    """Leaves as the drawing shows them: standing open."""
    shapes, blocks = draw_building(storey, "en")
    symbols = {b.name: b for b in blocks}
    for ref in shapes:
        if isinstance(ref, BlockRef) and ref.kind == "door":
            yield from leaves(ref, symbols[ref.block].shapes)


def leaves(ref: BlockRef, strokes: tuple[Any, ...]) -> Iterator[Solid]:
    """The closed strokes of a door's symbol, which are its leaves."""
    for stroke in strokes:
        if isinstance(stroke, Polyline) and stroke.closed:
            ground = shapely.Polygon([turned(p, ref.at, ref.rotation_deg) for p in stroke.points])
            yield _solid(ref.id, "door", "walls", "door", ground, 0, LEAF_HIGH_MM)


def _solid(id: str, kind: str, part: Part, stuff: Stuff, ground: BaseGeometry, low: float, high: float) -> Solid:
    return Solid(id=id, kind=kind, part=part, stuff=stuff, ground=ground, low_mm=low, high_mm=high)
