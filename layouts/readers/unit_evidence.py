"""What a drawing shows of its own scale, kind by kind: each kind is found without knowing any scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from layouts.readers.dimensions import dimensions
from layouts.readers.fittings import fittings
from layouts.readers.jambs import jambs
from layouts.readers.marks import XY, Arc, Marks, Stroke, pieces
from layouts.readers.sheet_scale import sheet
from layouts.readers.sizes import UNITS_MM, Kind, single
from layouts.readers.treads import flights, treads

LEAF_MM = (600.0, 1300.0)  # radius of a door's swing
WALL_MM = (70.0, 460.0)  # distance of a wall's two faces
OPENING_MM = (600.0, 2600.0)  # length of a line on a door layer
LETTER_MM = (70.0, 800.0)  # height of letters: 2.5 mm on paper at 1:50 to 1:200, larger for titles
TYPICAL_M, SPREAD = 30.0, 0.35  # longer side of a plan: log-normal, one deviation is a factor of 2.2
LEAST_EXTENT_LOG = -8.0
MOST_PAIRED = 1500  # longest wall lines looked at for thickness: bounds the work at about two million pairs
LEAST_PAIRED = 0.25  # share of wall lines with a neighbour below which walls are single lines
MOST_ARCS = 4000
MIXED = ("jambs", "fittings", "flights")
LEAST_DOOR, LEAST_WALL = 0.0008, 0.0004  # of the plan's length: below are door handles and plaster lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Kinds of things met, with what they are in life; `weak` kinds add to the sum but never tell a scale alone."""

    doors: Kind
    strong: tuple[Kind, ...]  # doors among them
    weak: tuple[Kind, ...]
    lines: tuple[float, ...]
    extent: tuple[float, float]

    @property
    def speaks(self) -> bool:
        """Whether more than the extent spoke."""
        return len(self.doors.met) >= 2 or any(k.speaks for k in (*self.strong, *self.weak))

    @property
    def door(self) -> float:
        """The middle width of doors, 0 where none is drawn."""
        sizes = [leaf for (leaf,) in self.doors.met] or self.lines
        return float(np.median(sizes)) if sizes else 0.0

    def tell(self, scale: float) -> bool:
        """Whether one strong kind alone speaks for this scale, and none for another."""
        return self._told([k for k in self.strong if k.is_for(scale)], scale)

    def tell_from(self, scale: float, other: float) -> bool:
        """Whether one strong kind speaks for this scale and against the other, and none for another than this."""
        return self._told([k for k in self.strong if k.is_for(scale) and k.is_against(other)], scale)

    def _told(self, speakers: Sequence[Kind], scale: float) -> bool:
        """Whether what these kinds say stands: openings may be windows, so where only they speak walls may object too."""
        sure = [k for k in self.strong if k.name not in MIXED]
        objectors = sure if any(k.name not in MIXED for k in speakers) else [*sure, *self.weak]
        return bool(speakers) and not any(_rules_out(k, scale) for k in objectors)

    def misfit(self, scale: float) -> float:
        """The log-likelihood without the kinds that may be made of other things altogether (openings, fittings)."""
        return self.log_fit(scale) - sum(k.log_fit(scale) for k in self.strong if k.name in MIXED)

    def log_fit(self, scale: float) -> float:
        """How well all sizes fit at a scale: 0 is perfectly; each kind counts by how many speak, up to a limit."""
        size = max(self.extent[0] * scale / 1000, 1e-12)
        extent = max(LEAST_EXTENT_LOG, -0.5 * (math.log10(size / TYPICAL_M) / SPREAD) ** 2)
        return extent + sum(k.log_fit(scale) for k in (*self.strong, *self.weak))


def _rules_out(kind: Kind, scale: float) -> bool:
    """Whether a kind rules this scale out and fits another; one that fits none is made of other things."""
    return kind.is_against(scale) and any(kind.is_for(unit) for unit in UNITS_MM)


def gather(marks: Marks, walls: Sequence[Stroke], doors: Sequence[str], stairs: Sequence[str] = ()) -> Evidence:
    """The evidence of a drawing; `doors` and `stairs` are the layers that hold them."""
    layers, extent = set(doors), robust_extent([p for s in walls for p in s.points])
    least = LEAST_DOOR * extent[0]
    quarter = [arc for arc in marks.arcs if 60 <= arc.sweep_deg <= 120 and arc.radius > least][:MOST_ARCS]
    on_doors = [arc for arc in quarter if arc.layer in layers]
    leaved = _with_leaf(quarter, marks.strokes)
    leaves = [arc for arc in on_doors if arc in leaved] or on_doors or [arc for arc in quarter if arc in leaved]
    rest = [] if leaves else quarter
    on_stairs = [s for s in marks.strokes if s.layer in set(stairs)]
    straight = [math.dist(*s.points) for s in marks.strokes if s.layer in layers and len(s.points) == 2]
    lines = () if leaves else tuple(length for length in straight if length > least)
    swings = Kind(name="doors", met=single([arc.radius for arc in leaves]), ranges=(LEAF_MM,), weight=0.6, most=8, enough=4)
    thick = [d for d in wall_distances(walls) if d > LEAST_WALL * extent[0]]
    letters = [t.height for t in marks.labels if t.height > 0 and t.kind != "ATTRIB"]
    return Evidence(
        doors=swings,
        strong=(
            swings,
            treads(on_stairs) if on_stairs else flights(marks.strokes),
            jambs(walls),
            fittings(marks.strokes, marks.blocks),
            dimensions(marks.dimensions),
            sheet(marks.strokes, marks.labels),
        ),
        weak=(
            Kind(name="arcs", met=single([a.radius for a in rest]), ranges=(LEAF_MM,), weight=0.1, most=5, enough=99_999),
            Kind(name="walls", met=single(thick), ranges=(WALL_MM,), weight=0.25, most=8, enough=4),
            Kind(name="lines", met=single(lines), ranges=(OPENING_MM,), weight=0.15, most=8, enough=4),
            Kind(name="letters", met=single(letters), ranges=(LETTER_MM,), weight=0.15, most=6, enough=99_999),
        ),
        lines=lines,
        extent=extent,
    )


def _with_leaf(arcs: Sequence[Arc], strokes: Sequence[Stroke]) -> set[Arc]:
    """The arcs from whose centre a line as long as the radius runs: a leaf. No scale is needed to tell."""
    if not arcs:
        return set()
    rows = pieces(strokes, 12)
    if not len(rows):
        return set()
    lengths = np.repeat(np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1]), 2).tolist()
    near = cKDTree(rows.reshape(-1, 2)).query_ball_point([a.centre for a in arcs], [a.radius * 0.08 for a in arcs])
    return {arc for arc, ends in zip(arcs, near) if any(abs(lengths[k] / arc.radius - 1) < 0.08 for k in ends)}


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
