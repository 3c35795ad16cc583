"""What a drawing shows of its own scale: door swings, wall thickness, door lines, letters, extent; in drawing units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely import STRtree
from shapely.geometry import Point

from layouts.readers.marks import XY, Arc, Marks, Stroke

LEAF_MM = (600.0, 1300.0)  # radius of a door's swing
WALL_MM = (70.0, 460.0)  # distance of a wall's two faces
OPENING_MM = (600.0, 2600.0)  # length of a line on a door layer
LETTER_MM = (70.0, 800.0)  # height of letters: 2.5 mm on paper at 1:50 to 1:200, larger for titles
TYPICAL_M, SPREAD = 30.0, 0.35  # longer side of a plan: log-normal, one deviation is a factor of 2.2
LEAST_EXTENT_LOG = -8.0
MOST_PAIRED = 1500  # longest wall lines looked at for thickness: bounds the work at about two million pairs
LEAST_PAIRED = 0.25  # share of wall lines with a neighbour below which walls are single lines
MOST_ARCS = 4000
LEAST_DOOR, LEAST_WALL = 0.0008, 0.0004  # of the plan's length: below are door handles and plaster lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Sizes met, in drawing units."""

    leaves: tuple[float, ...]  # swings with a leaf drawn from the hinge
    arcs: tuple[float, ...]  # other arcs of about a quarter turn
    thick: tuple[float, ...]
    lines: tuple[float, ...]
    letters: tuple[float, ...]
    extent: tuple[float, float]

    @property
    def speaks(self) -> bool:
        """Whether more than the extent spoke."""
        return len(self.leaves) >= 2 or len(self.thick) >= 4 or len(self.lines) >= 4

    @property
    def door(self) -> float:
        """The middle width of doors, 0 where none is drawn."""
        sizes = self.leaves or self.lines
        return float(np.median(sizes)) if sizes else 0.0

    def doors_tell(self, scale: float) -> bool:
        """Whether door swings alone would settle on this scale."""
        return len(self.leaves) >= 4 and _share(self.leaves, scale, LEAF_MM) >= 0.6

    def log_fit(self, scale: float) -> float:
        """How well all sizes fit at a scale: 0 is perfectly; each kind counts by how many speak, up to a limit."""
        size = max(self.extent[0] * scale / 1000, 1e-12)
        return (
            max(LEAST_EXTENT_LOG, -0.5 * (math.log10(size / TYPICAL_M) / SPREAD) ** 2)
            + _log(self.leaves, scale, LEAF_MM, 0.6, 8)
            + _log(self.arcs, scale, LEAF_MM, 0.1, 5)
            + _log(self.thick, scale, WALL_MM, 0.25, 8)
            + _log(self.lines, scale, OPENING_MM, 0.15, 8)
            + _log(self.letters, scale, LETTER_MM, 0.15, 6)
        )


def _log(sizes: Sequence[float], scale: float, window: tuple[float, float], weight: float, most: int) -> float:
    """`weight` for each size met (up to `most`) times the log of the share in the window, a tenth left for noise."""
    if not sizes:
        return 0.0
    return weight * min(len(sizes), most) * math.log(0.1 + 0.9 * _share(sizes, scale, window))


def _share(sizes: Sequence[float], scale: float, window: tuple[float, float]) -> float:
    """Which share of the sizes lies in the window at this scale."""
    return sum(window[0] <= size * scale <= window[1] for size in sizes) / len(sizes) if sizes else 0.0


def gather(marks: Marks, walls: Sequence[Stroke], doors: Sequence[str]) -> Evidence:
    """The evidence of a drawing; `doors` are the layers of doors."""
    layers, extent = set(doors), robust_extent([p for s in walls for p in s.points])
    least = LEAST_DOOR * extent[0]
    quarter = [arc for arc in marks.arcs if 60 <= arc.sweep_deg <= 120 and arc.radius > least][:MOST_ARCS]
    on_doors = [arc for arc in quarter if arc.layer in layers]
    leaved = _with_leaf(quarter, marks.strokes)
    leaves = [arc for arc in on_doors if arc in leaved] or on_doors or [arc for arc in quarter if arc in leaved]
    rest = [] if leaves else quarter
    straight = [math.dist(*s.points) for s in marks.strokes if s.layer in layers and len(s.points) == 2]
    return Evidence(
        leaves=tuple(arc.radius for arc in leaves),
        arcs=tuple(arc.radius for arc in rest),
        thick=tuple(d for d in wall_distances(walls) if d > LEAST_WALL * extent[0]),
        lines=() if leaves else tuple(length for length in straight if length > least),
        letters=tuple(t.height for t in marks.labels if t.height > 0 and t.kind != "ATTRIB"),
        extent=extent,
    )


def _with_leaf(arcs: Sequence[Arc], strokes: Sequence[Stroke]) -> set[Arc]:
    """The arcs from whose centre a line as long as the radius runs: a leaf. No scale is needed to tell."""
    if not arcs:
        return set()
    starts, lengths = [], []
    for stroke in strokes:
        if len(stroke.points) <= 12:
            for a, b in zip(stroke.points, stroke.points[1:]):
                length = math.dist(a, b)
                starts += [a, b]
                lengths += [length, length]
    tree = STRtree([Point(p) for p in starts])
    return {
        arc
        for arc in arcs
        if any(
            abs(lengths[k] / arc.radius - 1) < 0.08
            for k in tree.query(Point(arc.centre), predicate="dwithin", distance=arc.radius * 0.08)
        )
    }


def robust_extent(points: Sequence[XY]) -> tuple[float, float]:
    """The longer and the shorter side of the box that holds the points between the 2nd and 98th percentile."""
    if not points:
        return 0.0, 0.0
    low, high = np.percentile(np.asarray(points, dtype=float), (2, 98), axis=0)
    sides = sorted((float(high[0] - low[0]), float(high[1] - low[1])))
    return sides[1], sides[0]


def wall_distances(walls: Sequence[Stroke]) -> list[float]:
    """For each of the longest wall lines the distance to its nearest parallel neighbour that runs beside it.

    Empty where most lines have none: then walls are drawn as single lines, and the few distances are widths of rooms.
    """
    segments = [(a, b) for s in walls for a, b in zip(s.points, s.points[1:]) if a != b]
    segments.sort(key=lambda ab: -math.dist(*ab))
    array = np.asarray(segments[:MOST_PAIRED], dtype=float).reshape(-1, 4)
    found = []
    for i in range(len(array)):
        a, b = array[i, :2], array[i, 2:]
        length = float(np.hypot(*(b - a)))
        along = (b - a) / length
        normal = np.array([-along[1], along[0]])
        ends = np.stack([array[:, :2] - a, array[:, 2:] - a])
        off, run = ends @ normal, ends @ along
        parallel = np.abs(off[0] - off[1]) <= 1e-3 * np.maximum(np.abs(run[0] - run[1]), 1e-12)
        overlap = np.minimum(run.max(axis=0), length) - np.maximum(run.min(axis=0), 0)
        distance = np.abs(off.mean(axis=0))
        # a neighbour runs beside us over more than its distance, else it is across a room or the next piece of our face
        good = parallel & (overlap > distance) & (distance > length * 1e-6)
        good[i] = False
        if good.any():
            found.append(float(distance[good].min()))
    return found if len(found) >= LEAST_PAIRED * len(array) else []
