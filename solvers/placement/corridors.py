"""The staff corridor of an arc as raster cells, perimeter decimetre by perimeter decimetre."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
import numpy.typing as npt

from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, outline_point, perimeter, reflex_corners
from solvers.placement.modes import Ground
from solvers.placement.modules import dm

Ints = npt.NDArray[np.int64]


def corridor_cells(ground: Ground, arc: Arc, rules: LayoutRules) -> tuple[int, Ints]:
    """First perimeter coordinate (dm) of the arc and, a row for every decimetre from it, flat indices of the corridor's cells.

    Rows are filled up with the index one past the raster's last cell.
    """
    depth = dm(rules.staff_corridor_mm)
    first, last = floor(arc.low), ceil(arc.high)
    nx, ny = ground.raster.shape()
    whole = floor(perimeter(ground.walls))
    corners = reflex_corners(ground.walls)
    found = []
    for sigma in range(first, last + 1):
        cells = set()
        for along in (0.25, 0.75):
            x, y, dx, dy = outline_point(ground.walls, sigma + along)
            for step in range(2 * depth):
                at = (step + 0.5) / 2
                i, j = floor(x + dx * at) - ground.raster.x0, floor(y + dy * at) - ground.raster.y0
                if 0 <= i < nx and 0 <= j < ny:
                    cells.add(i * ny + j)
        for x, y in corners:
            if corners[x, y] == sigma % whole:
                cells |= _square(ground, x, y, depth)
        found.append(sorted(cells))
    width = max(len(cells) for cells in found)
    return first, np.array([cells + [nx * ny] * (width - len(cells)) for cells in found], dtype=np.int64)


def _square(ground: Ground, x: float, y: float, depth: int) -> set[int]:
    """Cells of floor in the square round a reflex corner, where the corridor keeps its depth."""
    nx, ny = ground.raster.shape()
    i0, j0 = floor(x) - depth - ground.raster.x0, floor(y) - depth - ground.raster.y0
    box = ((i, j) for i in range(max(0, i0), min(nx, i0 + 2 * depth)) for j in range(max(0, j0), min(ny, j0 + 2 * depth)))
    return {i * ny + j for i, j in box if ground.raster.inside[i, j]}
