"""Stairs as a measure: the going of a tread is the size in a building that varies least.

Building codes ask for about 250 to 320 mm (2R + G = 600 to 650 mm, after Blondel 1675); no two of our units are so near.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from layouts.readers.marks import Stroke
from layouts.readers.sizes import Kind, single

GOING_MM = (235.0, 345.0)
LEAST_LINES = 4
WIDE = (2.2, 14.0)  # length of a tread over its going: parking bays are shorter, tiles and boards longer
EVEN = 0.03
MOST_LINES = 40_000
MOST_CORNERS = 400  # a stroke with more is a curve or a hatch

Segment = tuple[tuple[float, float], tuple[float, float]]


def treads(strokes: Sequence[Stroke]) -> Kind:
    """The goings of the stairs on these strokes (of stair layers), one for each flight."""
    return Kind(name="treads", met=single(goings(strokes)), ranges=(GOING_MM,), weight=0.5, most=8, enough=4)


def flights(strokes: Sequence[Stroke]) -> Kind:
    """The same on all layers, where none is named for stairs: tiles and boards will be among them."""
    met = single(goings([s for s in strokes if s.kind != "HATCH"]))
    return Kind(name="flights", met=met, ranges=(GOING_MM,), weight=0.2, most=8, enough=5)


def goings(strokes: Sequence[Stroke]) -> list[float]:
    """The step of each run of four or more lines that lie side by side, equally long and evenly apart."""
    alike: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)
    for (x1, y1), (x2, y2) in _segments(strokes):
        length = math.hypot(x2 - x1, y2 - y1)
        turn = round(math.degrees(math.atan2(y2 - y1, x2 - x1))) % 180
        ux, uy = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        along, off = (x1 + x2) / 2 * ux + (y1 + y2) / 2 * uy, (y1 + y2) / 2 * ux - (x1 + x2) / 2 * uy
        alike[turn, round(math.log(length) / math.log(1.02))].append((along, off, length))
    found: list[float] = []
    for lines in alike.values():
        columns: dict[int, list[float]] = defaultdict(list)
        length = lines[0][2]
        for along, off, _ in lines:
            columns[round(along / length * 20)].append(off)
        for offs in columns.values():
            found += _steps(sorted(offs), length)
    return found


def _segments(strokes: Sequence[Stroke]) -> list[Segment]:
    """The straight pieces of the strokes, the longest where there are too many."""
    pieces = [
        (a, b) for s in strokes if len(s.points) <= MOST_CORNERS for a, b in zip(s.points, s.points[1:]) if math.dist(a, b) > 0
    ]
    return sorted(pieces, key=lambda ab: -math.dist(*ab))[:MOST_LINES]


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
