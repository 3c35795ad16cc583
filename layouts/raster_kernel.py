"""Which cells an area's edges pass, and which steps from cell to cell they may cut; compiled, all of it in this one file."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint8]


@compiled
def mark_edges(edges: Floats, left: float, low: float, cell_mm: float, marked: Bools) -> None:
    """Marks the cells in which edges are sampled, twice in each cell's length, and the cells beside those. `left`, `low`: the
    corner of the raster; edges are rows of x, y, x, y."""
    rows, columns = marked.shape
    for k in range(len(edges)):
        ax, ay, bx, by = edges[k]
        if (
            max(ax, bx) < left - 2 * cell_mm or min(ax, bx) > left + (columns + 2) * cell_mm
            or max(ay, by) < low - 2 * cell_mm or min(ay, by) > low + (rows + 2) * cell_mm
        ):  # fmt: skip
            continue
        pieces = max(1, int(np.ceil(np.hypot(bx - ax, by - ay) / (cell_mm / 2))))
        for n in range(pieces):
            column = int(np.floor((ax + n / pieces * (bx - ax) - left) / cell_mm))
            row = int(np.floor((ay + n / pieces * (by - ay) - low) / cell_mm))
            for r in range(max(0, row - 1), min(rows, row + 2)):
                for c in range(max(0, column - 1), min(columns, column + 2)):
                    marked[r, c] = True


@compiled
def open_steps(free: Bools, edged: Bools, asked: Bools, steps: Ints, found: Bits, doubtful: Ints) -> int:
    """The steps from each cell that end in free cells, a bit for each; and those that are long, asked for and pass edged
    cells, numbered step by step in each cell: how many those are. Such as find no room are counted all the same."""
    rows, columns = free.shape
    count = 0
    for row in range(rows):
        for column in range(columns):
            found[row, column] = 0
            for s in range(len(steps)):
                dx, dy = steps[s]
                r, c = row + dy, column + dx
                if not free[row, column] or not (0 <= r < rows and 0 <= c < columns) or not free[r, c]:
                    continue
                found[row, column] |= np.uint8(1 << s)
                if abs(dx) + abs(dy) == 1 or not asked[row, column]:
                    continue
                edge = False
                for y in range(min(row, r), max(row, r) + 1):
                    for x in range(min(column, c), max(column, c) + 1):
                        edge |= edged[y, x]
                if edge:
                    if count < len(doubtful):
                        doubtful[count] = (row * columns + column) * len(steps) + s
                    count += 1
    return count
