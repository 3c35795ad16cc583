"""Stairs as a measure: the going of a tread is the size in a building that varies least.

Building codes ask for about 250 to 320 mm (2R + G = 600 to 650 mm, after Blondel 1675); no two of our units are so near.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from layouts.readers.marks import Stroke, pieces
from layouts.readers.sizes import Kind, single

GOING_MM = (235.0, 345.0)
LEAST_LINES = 4
WIDE = (2.2, 14.0)  # length of a tread over its going: parking bays are shorter, tiles and boards longer
EVEN = 0.03
MOST_LINES = 40_000
MOST_CORNERS = 400  # a stroke with more is a curve or a hatch


def treads(strokes: Sequence[Stroke]) -> Kind:
    """The goings of the stairs on these strokes (of stair layers), one for each flight."""
    return Kind(name="treads", met=single(goings(strokes)), ranges=(GOING_MM,), weight=0.5, most=8, enough=4)


def flights(strokes: Sequence[Stroke]) -> Kind:
    """The same on all layers, where none is named for stairs: tiles and boards will be among them."""
    met = single(goings([s for s in strokes if s.kind != "HATCH"]))
    return Kind(name="flights", met=met, ranges=(GOING_MM,), weight=0.2, most=8, enough=5)


def goings(strokes: Sequence[Stroke]) -> list[float]:
    """The step of each run of four or more lines that lie side by side, equally long and evenly apart."""
    rows = _segments(strokes)
    dx, dy = rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1]
    lengths = np.hypot(dx, dy)
    turns = np.rint(np.degrees(np.arctan2(dy, dx))).astype(int) % 180
    ux, uy = np.cos(np.radians(turns)), np.sin(np.radians(turns))
    x, y = (rows[:, 0] + rows[:, 2]) / 2, (rows[:, 1] + rows[:, 3]) / 2
    sizes = np.rint(np.log(lengths) / math.log(1.02)).astype(int)
    _, first, alike = np.unique(np.stack([turns, sizes]), axis=1, return_index=True, return_inverse=True)
    typical = lengths[first][alike := alike.reshape(-1)]
    column, off = np.rint((x * ux + y * uy) / typical * 20), y * ux - x * uy
    order = np.lexsort((off, column, alike))
    ahead = np.flatnonzero((np.diff(alike[order]) != 0) | (np.diff(column[order]) != 0)) + 1
    found: list[float] = []
    for lines in np.split(order, ahead):
        if len(lines) >= LEAST_LINES:
            found += _steps(off[lines].tolist(), float(typical[lines[0]]))
    return found


def _segments(strokes: Sequence[Stroke]) -> NDArray[np.float64]:
    """The straight pieces of the strokes as rows x1 y1 x2 y2, longest first: the longest where there are too many."""
    rows = pieces(strokes, MOST_CORNERS)
    lengths = np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1])
    order = np.argsort(-lengths, kind="stable")[: min(MOST_LINES, int((lengths > 0).sum()))]
    return rows[order]


def _steps(offs: Sequence[float], length: float) -> list[float]:
    """The step of each even run among lines at these distances; lines drawn twice count once."""
    places = [offs[0]]
    for off in offs[1:]:
        if off - places[-1] > length * 1e-3:
            places.append(off)
    found, start = [], 0
    while start < len(places) - 1:
        step, end = places[start + 1] - places[start], start + 1
        while end + 1 < len(places) and abs(places[end + 1] - places[end] - step) <= EVEN * step:
            end += 1
        if end - start + 1 >= LEAST_LINES and WIDE[0] <= length / step <= WIDE[1]:
            found.append(step)
        start = max(end, start + 1)
    return found
