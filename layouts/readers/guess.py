"""Walls where no layer's name speaks of them: by what walls look like, always as a doubt.

Runs of equally spaced lines (stairs, tiles, parking bays) are no walls, on whichever layer they stand.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.spatial import cKDTree

from layouts.readers.doors import LEAF_MM, SWEEP_DEG
from layouts.readers.marks import Arc, Marks, Stroke
from layouts.readers.solids import off_segment

STRAIGHT = {"LINE", "LWPOLYLINE", "POLYLINE", "SOLID", "TRACE", "MLINE"}
RUN_LINES = 4  # lines in a run
RUN_STEP_MM = (100.0, 450.0)  # treads and tiles
RUN_EVEN = 0.03
LAYER_SHARE = 0.12  # of the drawing's paired wall length, below which a layer holds no walls
PAIR_MM = (60.0, 520.0)
# of a swing's radius: how far its leaf may end from its end, run past its hinge, and how long it may be
TIP_OFF, HINGE_OFF, LEAF_LONG = 0.15, 0.2, (0.8, 1.7)


def wall_like(marks: Marks, kinds: Mapping[str, str]) -> list[Stroke]:
    """Straight line work on layers that speak of nothing else, without the blocks of doors and fittings."""
    leaves = {arc.insert for arc in marks.arcs if arc.insert >= 0}
    return [
        s
        for s in marks.strokes
        if s.kind in STRAIGHT and kinds[s.layer] == "" and s.insert not in leaves and len(s.points) <= 400
    ]


def without_leaves(strokes: Sequence[Stroke], arcs: Sequence[Arc]) -> list[Stroke]:
    """The strokes (in millimetres) without door leaves: lines about as long as a swing's radius, from its hinge to its end."""
    swings = [arc for arc in arcs if LEAF_MM[0] <= arc.radius <= LEAF_MM[1] and SWEEP_DEG[0] <= arc.sweep_deg <= SWEEP_DEG[1]]
    if not swings:
        return list(strokes)
    tips = cKDTree([tip for arc in swings for tip in (arc.a, arc.b)])

    def is_leaf(stroke: Stroke) -> bool:
        if len(stroke.points) != 2:
            return False
        a, b = stroke.points
        for end in (a, b):
            for arc in (swings[k // 2] for k in tips.query_ball_point(end, TIP_OFF * LEAF_MM[1])):
                at_tip = min(math.dist(end, arc.a), math.dist(end, arc.b)) <= TIP_OFF * arc.radius
                long = LEAF_LONG[0] * arc.radius <= math.dist(a, b) <= LEAF_LONG[1] * arc.radius
                if at_tip and long and off_segment(a, arc.centre, b) <= HINGE_OFF * arc.radius:
                    return True
        return False

    return [s for s in strokes if not is_leaf(s)]


def likeliest_layers(strokes: Sequence[Stroke]) -> set[str]:
    """The layers that hold most of the double lines (in millimetres); all of them where there are no double lines."""
    layers = sorted({s.layer for s in strokes})
    if len(layers) < 2:
        return set(layers)
    paired = {layer: _paired_length([s for s in strokes if s.layer == layer]) for layer in layers}
    total = sum(paired.values())
    if total == 0:
        longest = max(layers, key=lambda layer: sum(_length(s) for s in strokes if s.layer == layer))
        return {longest}
    return {layer for layer in layers if paired[layer] >= LAYER_SHARE * total}


def _length(stroke: Stroke) -> float:
    return sum(math.dist(a, b) for a, b in zip(stroke.points, stroke.points[1:]))


def _segments(strokes: Sequence[Stroke]) -> np.ndarray:
    """All straight pieces as rows x1 y1 x2 y2."""
    pieces = [(*a, *b) for s in strokes for a, b in zip(s.points, s.points[1:]) if a != b]
    return np.asarray(pieces, dtype=float).reshape(-1, 4)


def _paired_length(strokes: Sequence[Stroke]) -> float:
    """The length of line that has a parallel neighbour at a wall's thickness."""
    rows = _segments(strokes)
    lengths = np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1])
    rows = rows[np.argsort(-lengths)][:1500]
    total = 0.0
    for x1, y1, x2, y2 in rows:
        length = math.hypot(x2 - x1, y2 - y1)
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        off = np.stack([(rows[:, 1 + k] - y1) * ux - (rows[:, k] - x1) * uy for k in (0, 2)])
        run = np.stack([(rows[:, k] - x1) * ux + (rows[:, 1 + k] - y1) * uy for k in (0, 2)])
        overlap = np.minimum(run.max(axis=0), length) - np.maximum(run.min(axis=0), 0)
        gap = np.abs(off.mean(axis=0))
        good = (np.abs(off[0] - off[1]) < 2) & (gap >= PAIR_MM[0]) & (gap <= PAIR_MM[1]) & (overlap > gap)
        total += length if good.any() else 0.0
    return total


def without_runs(strokes: Sequence[Stroke]) -> tuple[list[Stroke], int]:
    """The strokes without runs of four or more lines of one length, evenly spaced side by side."""
    alike: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for index, stroke in enumerate(strokes):
        if len(stroke.points) != 2:
            continue
        (x1, y1), (x2, y2) = stroke.points
        length = math.dist((x1, y1), (x2, y2))
        if not 300 <= length <= 6000:
            continue
        turn = math.atan2(y2 - y1, x2 - x1) % math.pi
        angle = round(math.degrees(turn)) % 180
        ux, uy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        along, off = (x1 + x2) / 2 * ux + (y1 + y2) / 2 * uy, (y1 + y2) / 2 * ux - (x1 + x2) / 2 * uy
        alike[angle, round(length / 25)].append((off, along, index))
    dropped: set[int] = set()
    for group in alike.values():
        dropped |= _runs(sorted(group))
    return [s for i, s in enumerate(strokes) if i not in dropped], len(dropped)


def _runs(group: Sequence[tuple[float, float, int]]) -> set[int]:
    """Indices of lines that stand in an even run: same place along, equal steps across."""
    columns: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for off, along, index in group:
        columns[round(along / 50)].append((off, index))
    found: set[int] = set()
    for column in columns.values():
        start = 0
        for k in range(1, len(column) + 1):
            even = k < len(column) and _even(column, start, k)
            if not even:
                if k - start >= RUN_LINES:
                    found |= {index for _, index in column[start:k]}
                start = max(start + 1, k - 1) if k - start > 1 else k
    return found


def _even(column: Sequence[tuple[float, int]], start: int, k: int) -> bool:
    """Whether line k continues the run from `start`."""
    step = column[k][0] - column[k - 1][0]
    if not RUN_STEP_MM[0] <= step <= RUN_STEP_MM[1]:
        return False
    first = column[start + 1][0] - column[start][0] if k > start + 1 else step
    return abs(step - first) <= RUN_EVEN * first
