"""The floor as boolean rasters of 100 mm cells, with integral images: box questions in constant time.

Cell (i, j) covers [x0 + i, x0 + i + 1] x [y0 + j, y0 + j + 1] decimetres. A cell is inside when all of it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon

from layouts.plan import Level
from solvers.placement.problem import DM

Mask = npt.NDArray[np.bool_]
Sums = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Raster:
    """`inside`: floor that may be used; `column`: touched by a column. `x0`, `y0` in dm."""

    x0: int
    y0: int
    inside: Mask
    column: Mask
    inside_sums: Sums
    column_sums: Sums

    def shape(self) -> tuple[int, int]:
        return int(self.inside.shape[0]), int(self.inside.shape[1])

    def all_inside(self, x: int, y: int, w: int, h: int) -> bool:
        """Is the whole box (dm) on usable floor?"""
        return w > 0 and h > 0 and box_sum(self, self.inside_sums, x, y, w, h) == w * h

    def columns_in(self, x: int, y: int, w: int, h: int) -> int:
        """Cells of the box (dm) that a column touches."""
        return box_sum(self, self.column_sums, x, y, w, h)


def box_sum(raster: Raster, sums: Sums, x: int, y: int, w: int, h: int) -> int:
    """Sum of a raster over a box given in dm; what lies outside the raster counts as zero."""
    nx, ny = raster.shape()
    i0, i1 = max(0, x - raster.x0), min(nx, x - raster.x0 + w)
    j0, j1 = max(0, y - raster.y0), min(ny, y - raster.y0 + h)
    if i1 <= i0 or j1 <= j0:
        return 0
    return int(sums[i1, j1] - sums[i0, j1] - sums[i1, j0] + sums[i0, j0])


def integral(mask: Mask) -> Sums:
    """Summed-area table with a zero first row and column (Crow 1984)."""
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int32)
    sums[1:, 1:] = mask.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32)
    return sums


def floor_polygon(level: Level) -> Polygon:
    """The level's outline without holes and obstacles, millimetres."""
    floor = Polygon(level.outline, [list(h) for h in level.holes])
    solids = [Polygon(o.outline) for o in level.obstacles]
    return floor.difference(shapely.union_all(solids)) if solids else floor


def rasterise(level: Level) -> Raster:
    """Rasters of the level. A cell counts as inside when its four corners and its middle are (1 mm of grace)."""
    floor = floor_polygon(level)
    min_x, min_y, max_x, max_y = floor.bounds
    x0, y0 = int(np.floor(min_x / DM)), int(np.floor(min_y / DM))
    nx, ny = int(np.ceil(max_x / DM)) - x0, int(np.ceil(max_y / DM)) - y0
    grown = floor.buffer(1.0, join_style="mitre")
    shapely.prepare(grown)
    gx, gy = np.meshgrid((np.arange(nx + 1) + x0) * DM, (np.arange(ny + 1) + y0) * DM, indexing="ij")
    nodes = shapely.contains_xy(grown, gx, gy)
    cx, cy = gx[:-1, :-1] + DM / 2, gy[:-1, :-1] + DM / 2
    inside = nodes[:-1, :-1] & nodes[1:, :-1] & nodes[:-1, 1:] & nodes[1:, 1:] & shapely.contains_xy(grown, cx, cy)
    column = np.zeros_like(inside)
    for one in level.columns:
        shape = Polygon(one.outline)
        a, b, c, d = shape.bounds
        i0, i1 = max(0, int(a // DM) - x0), min(nx, int(-(-c // DM)) - x0)
        j0, j1 = max(0, int(b // DM) - y0), min(ny, int(-(-d // DM)) - y0)
        for i in range(i0, i1):
            for j in range(j0, j1):
                cell = shapely.box((x0 + i) * DM, (y0 + j) * DM, (x0 + i + 1) * DM, (y0 + j + 1) * DM)
                column[i, j] |= shape.intersection(cell).area > 1.0
    return Raster(x0, y0, inside, column, integral(inside), integral(column))
