"""What a wall across a floor would close off is the floor that hangs together behind it, cell by cell."""

from __future__ import annotations

import random

import pytest
import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from solvers.placement.pockets import behind

CELL, SIDE = 1000, 5
Cell = tuple[int, int]


def square(cell: Cell) -> Polygon:
    return box(cell[0] * CELL, cell[1] * CELL, (cell[0] + 1) * CELL, (cell[1] + 1) * CELL)


def joined(cells: set[Cell], start: Cell) -> set[Cell]:
    """The cells that hang together with one, side by side."""
    found, new = set[Cell](), [start]
    while new:
        x, y = here = new.pop()
        if here in cells and here not in found:
            found.add(here)
            new += [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    return found


@pytest.mark.parametrize("axis", [0, 1])
def test_walls_in_line_with_corners_part_the_floor_cell_by_cell(axis: int) -> None:
    """Every wall runs along sides of the floor and through its corners: where a court's side lies on the wall, GEOS's own
    clipping gives two pieces as one that crosses itself."""
    rng = random.Random(1)
    for _ in range(300):
        cells = {(x, y) for x in range(SIDE) for y in range(SIDE) if rng.random() < 0.7}
        floor: BaseGeometry = shapely.union_all([square(c) for c in sorted(cells)]).simplify(0)
        start = rng.choice(sorted(cells))
        wall = rng.randrange(1, SIDE)
        before = start[axis] < wall
        kept = {c for c in cells if (c[axis] < wall) == before}
        part = behind(floor, (start[0] * CELL + CELL / 2, start[1] * CELL + CELL / 2), axis, wall * CELL)
        assert part is not None and part.is_valid
        assert part.equals(shapely.union_all([square(c) for c in sorted(joined(kept, start))]))
