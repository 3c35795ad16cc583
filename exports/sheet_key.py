"""The key of a floor on several sheets: its walls in small, each part's view numbered, the part at hand shaded."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from exports.drawing import Drawing, Fill, Panel, Polyline, Shape, Xy
from exports.floor_panels import HEAD_MM, INK, WIDTH_MM, words
from exports.floor_shapes import outlines
from exports.words import say

Box = tuple[float, float, float, float]
TALL_MM = 62.0
HEAD_ROOM_MM = 6.0
WALL_LAYERS = ("A-WALL-PATT-E",)
SIMPLE_MM = 150.0


def key_panel(drawing: Drawing, box: Box, views: Sequence[Box], current: int) -> Panel:
    """The floor within `box` as small as the column asks, and which part of it this sheet shows."""
    x0, y0, x1, y1 = box
    scale = min(WIDTH_MM / (x1 - x0), TALL_MM / (y1 - y0))

    def put(p: Xy) -> Xy:
        return (p[0] - x0) * scale, (p[1] - y0) * scale

    walls = [shapely.Polygon(s.outer, s.holes) for s in drawing.shapes if isinstance(s, Fill) and s.layer in WALL_LAYERS]
    built = shapely.union_all(walls).buffer(SIMPLE_MM).simplify(SIMPLE_MM)
    shapes: list[Shape] = [
        words((0.0, (y1 - y0) * scale + 2.5), say("drawing.sheet.key", {}, drawing.language), HEAD_MM, True)
    ]
    for k, view in enumerate(views):
        ring = tuple(put(p) for p in shapely.box(*view).intersection(shapely.box(*box)).exterior.coords[:-1])
        if k == current:
            shapes.insert(0, Fill(layer="A-AREA-SPIN-PATT", kind="panel", outer=ring))
        shapes.append(Polyline(layer="A-AREA", kind="panel", points=ring, closed=True))
        middle = shapely.Polygon(ring).centroid
        shapes.append(words((middle.x, middle.y), str(k + 1), 3.5, k == current, "center"))
    for line in outlines(built, INK, "panel"):
        shapes.append(Polyline(layer=INK, kind="panel", points=tuple(put(p) for p in line.points), closed=True))
    return Panel(name="key", width=WIDTH_MM, height=(y1 - y0) * scale + HEAD_ROOM_MM, shapes=tuple(shapes))
