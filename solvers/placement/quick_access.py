"""Can every stop be walked to? A coarse answer for the quick search, so that it does not close off parts of a large hall.

On cells of 0.5 m: what modules build and staff corridors take is no way, a cell beside it is too narrow; rows of seats let
people through where a gangway can run (row_ways.py). So a layout that is refused here is hopeless, and one that is not is
drawn and checked like all others.
"""

from __future__ import annotations

from math import ceil

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc
from solvers.placement.corridors import corridor_cells
from solvers.placement.kept import is_pinned, kept
from solvers.placement.modes import Mode
from solvers.placement.places import Places
from solvers.placement.problem import DM
from solvers.placement.row_ways import columns_of, shut_boxes
from solvers.placement.seat_rows import Box
from solvers.placement.variables import Question

CELL = 5  # dm
SIZE_MM = CELL * DM
Cells = tuple[slice, slice]


class Access:
    """What of one question's floor layouts leave open to the public."""

    def __init__(self, question: Question, places: dict[str, Places], rules: LayoutRules) -> None:
        self.q, self.places, self.rules = question, places, rules
        raster = question.ground.raster
        nx, ny = (n // CELL for n in raster.shape())
        fine = raster.inside[: nx * CELL, : ny * CELL].reshape(nx, CELL, ny, CELL)
        self.floor = fine.sum(axis=(1, 3)) * 2 > CELL * CELL
        self.corridors = [self._corridor(arc, rules) for arc in question.ground.arcs]
        x, y = question.ground.spine.points[0]
        self.start = (min(nx - 1, (x - raster.x0) // CELL), min(ny - 1, (y - raster.y0) // CELL))
        self.known: dict[tuple[str, int], tuple[Cells, Cells | None, list[Cells]]] = {}

    def _corridor(self, arc: Arc, rules: LayoutRules) -> tuple[npt.NDArray[np.int64], ...]:
        ground = self.q.ground
        return kept(ground, ("coarse", arc.id), rules, lambda: self._coarse(*corridor_cells(ground, arc, rules)))

    def _coarse(self, rows: npt.NDArray[np.int64], cells: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], ...]:
        """Perimeter decimetres and coarse cells of a corridor."""
        ny = self.q.ground.raster.shape()[1]
        i, j = cells // ny // CELL, cells % ny // CELL
        nx, ny = self.floor.shape
        on = (i < nx) & (j < ny)
        first = int(rows.min(initial=0))
        numbers = np.unique(((rows[on] - first) * nx + i[on]) * ny + j[on])  # sorts twenty times as fast as rows do
        return numbers // (nx * ny) + first, numbers // ny % nx, numbers % ny

    def unreached(self, choice: dict[str, int], ends: list[tuple[int, int]]) -> int:
        """How many fronts cannot be walked to from where the spine begins."""
        shut = ~self.floor
        for (rows, i, j), (a, b) in zip(self.corridors, ends):
            laid = (rows >= a) & (rows < b)
            shut[i[laid], j[laid]] = True
        fronts = []
        for e, k in choice.items():
            built, front, seats = self._parts(e, k)
            for box in (built, *seats):
                shut[box] = True
            if front is not None:
                fronts.append(front)
        wide = ~ndimage.binary_dilation(shut, iterations=1)
        parts, _ = ndimage.label(wide)
        x, y = self.start
        near = parts[max(0, x - 3) : x + 4, max(0, y - 3) : y + 4]
        here = near[near > 0]
        reached = np.isin(parts, here)
        return sum(not reached[front].any() for front in fronts)

    def _parts(self, e: str, k: int) -> tuple[Cells, Cells | None, list[Cells]]:
        """Cells that a module builds on from one of its places, those before its front, and those of its rows that are shut."""
        if (found := self.known.get((e, k))) is None:
            p = self.places[e]
            mode, u = self.q.modes[e][int(p.mode[k])], int(p.u[k])
            built, front = _strips(mode)
            before = self._cells(mode, u, front) if front[1] > front[0] else None
            beside = columns_of(mode, self.q.ground.level)
            rows = [(slice(*box[:2]), slice(*box[2:])) for box in self._rows_shut(mode, u, beside)]
            found = self.known[e, k] = self._cells(mode, u, built), before, rows
        return found

    def _rows_shut(self, mode: Mode, u: int, beside: tuple[Box, ...]) -> list[tuple[int, int, int, int]]:
        """The coarse cells that lie wholly in rows which no gangway opens: x0, x1, y0, y1."""
        raster, found = self.q.ground.raster, []
        for u0, v0, u1, v1 in shut_boxes(mode, u, beside, self.rules):
            assert mode.back is not None
            along = (u * DM + u0, u * DM + u1)
            low, high = sorted(mode.back * DM + mode.sign * v for v in (v0, v1))
            (x0, x1), (y0, y1) = (along, (low, high)) if mode.axis == "x" else ((low, high), along)
            x, y = raster.x0 * DM, raster.y0 * DM
            start = max(0, ceil((x0 - x) / SIZE_MM)), max(0, ceil((y0 - y) / SIZE_MM))
            found.append((start[0], (x1 - x) // SIZE_MM, start[1], (y1 - y) // SIZE_MM))
        return [box for box in found if box[1] > box[0] and box[3] > box[2]]

    def parts(self, e: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """The same for all places of a module at once: rows of x0, x1, y0, y1 in coarse cells; -1 where it has no front. Of its
        seats two such boxes each, empty where there is none."""
        modes = self.q.modes[e]
        return kept(self.q.ground, ("cells", e), modes, lambda: self._laid_out(e), keep=not is_pinned(modes))

    def _laid_out(self, e: str) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        p = self.places[e]
        built, front = np.zeros((len(p.u), 4), dtype=np.int32), np.full((len(p.u), 4), -1, dtype=np.int32)
        rows = np.zeros((len(p.u), 8), dtype=np.int32)
        for m in np.unique(p.mode):
            here, mode = np.flatnonzero(p.mode == m), self.q.modes[e][m]
            u = p.u[here]
            back = np.array([mode.back_at(int(each)) for each in u]) if mode.back is None else np.full(len(u), mode.back)
            of_mode, before = _strips(mode)
            built[here] = self._rows(mode, u, back, of_mode)
            if before[1] > before[0]:
                front[here] = self._rows(mode, u, back, before)
            if mode.inside.waiting is not None:
                beside = columns_of(mode, self.q.ground.level)
                for k in here.tolist():
                    shut = [each for box in self._rows_shut(mode, int(p.u[k]), beside) for each in box]
                    rows[k, : len(shut)] = shut
        return built, front, rows

    def _rows(
        self, mode: Mode, u: npt.NDArray[np.int64], back: npt.NDArray[np.int64], v: tuple[int, int]
    ) -> npt.NDArray[np.int64]:
        low, size = mode.offset(v)
        raster = self.q.ground.raster
        along, across = (u, u + mode.inside.length), (back + low, back + low + size)
        (x0, x1), (y0, y1) = (along, across) if mode.axis == "x" else (across, along)
        edges = np.stack([x0 - raster.x0, x1 - raster.x0, y0 - raster.y0, y1 - raster.y0], axis=1)
        return np.maximum(0, (edges + CELL // 2) // CELL)

    def _cells(self, mode: Mode, u: int, v: tuple[int, int]) -> Cells:
        raster = self.q.ground.raster
        low, size = mode.offset(v)
        low += mode.back_at(u)
        along, across = (u, u + mode.inside.length), (low, low + size)
        (x0, x1), (y0, y1) = (along, across) if mode.axis == "x" else (across, along)

        def span(a: int, b: int, origin: int) -> slice:
            return slice(max(0, (a - origin + CELL // 2) // CELL), max(0, (b - origin + CELL // 2) // CELL))

        return span(x0, x1, raster.x0), span(y0, y1, raster.y0)


def _strips(mode: Mode) -> tuple[tuple[int, int], tuple[int, int]]:
    """What a module builds on and what lies before its front, from its back on (dm); the front is empty where it has none."""
    inside = mode.inside
    if inside.desk is not None:
        return (0, inside.desk[1]), (inside.desk[1], inside.waiting[0] if inside.waiting else inside.full[1])
    if inside.body is not None and not inside.staff:
        return inside.body, (inside.body[1], inside.full[1])
    return inside.full, (0, 0)
