"""The pinches of a floor: lines from a corner of a solid to the solid opposite, shortest among their neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from layouts.geometry import round_the_rings, turned_rings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LONGEST_GAP_MM = 4000.0  # wider passages are found by looking across from the walk itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The floor's boundary: edge k runs from `start` to `end` on ring `ring`, edge after edge along each ring; the edge
    before it starts at `before`."""

    start: Floats
    end: Floats
    before: Floats
    ring: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """All pinches of a floor: lines from `a` to `b` with the edges they end on."""

    floor: BaseGeometry
    edges: Edges
    but_at: BaseGeometry
    a: Floats
    b: Floats
    a_edge: Ints
    b_edge: Ints
    lengths: Floats
    tree: STRtree
    sides: STRtree


def _edges(floor: BaseGeometry) -> Edges:
    start, first = turned_rings(floor)
    before, after = round_the_rings(len(start), first)
    ring = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(start))))
    return Edges(start=start, end=start[after], before=start[before], ring=ring)


def dot(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1])


def ends_in(ground: BaseGeometry, a: Floats, b: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray(shapely.intersects_xy(ground, a[:, 0], a[:, 1]) | shapely.intersects_xy(ground, b[:, 0], b[:, 1]))


def find_gaps(floor: BaseGeometry, *, but_at: BaseGeometry | None = None) -> Gaps:
    """Every line up to LONGEST_GAP_MM from a reflex corner to another edge that is the shortest of its surroundings.

    Lines that end in `but_at` (the ground before outer doors) are left out: other rules judge those doors.
    """
    edges = _edges(floor)
    before = edges.before
    turn = edges.end - edges.start, edges.start - before
    reflex = np.flatnonzero(turn[1][:, 0] * turn[0][:, 1] - turn[1][:, 1] * turn[0][:, 0] < -1e-6)
    sides = STRtree(list(shapely.linestrings(np.stack([edges.start, edges.end], axis=1))))
    near = sides.query(shapely.points(edges.start[reflex]), predicate="dwithin", distance=LONGEST_GAP_MM)
    c, e = near[:, np.lexsort((near[1], near[0]))]
    corner, at = edges.start[reflex[c]], edges.start[e]
    along = edges.end[e] - at
    share = np.clip(dot(corner - at, along) / np.maximum(dot(along, along), 1e-9), 0.0, 1.0)
    foot = at + share[:, None] * along
    line = foot - corner
    length = np.sqrt(dot(line, line))
    slack = 1e-6 * length
    nearest_here = (dot(line, (before - edges.start)[reflex[c]]) <= slack) & (
        dot(line, (edges.end - edges.start)[reflex[c]]) <= slack
    )
    # A foot at an edge's start must be nearest on the edge before it too; one at an end is the next start.
    nearest_there = (share > 0.0) | (dot(-line, (before - edges.start)[e]) <= slack)
    kept = (length > 1.0) & (length <= LONGEST_GAP_MM) & nearest_here & nearest_there & (share < 1.0)
    c, e, a, b, length = c[kept], e[kept], corner[kept], foot[kept], length[kept]
    lines = shapely.linestrings(np.stack([a, b], axis=1)) if len(c) else np.array([], dtype=object)
    grown = floor.buffer(0.5, join_style="mitre")
    shapely.prepare(grown)
    inside = shapely.covers(grown, lines) if len(c) else np.zeros(0, dtype=bool)
    doors = Shape() if but_at is None else but_at
    inside &= ~ends_in(doors, a, b)
    return Gaps(
        floor=floor,
        edges=edges,
        but_at=doors,
        a=a[inside],
        b=b[inside],
        a_edge=reflex[c][inside],
        b_edge=e[inside],
        lengths=length[inside],
        tree=STRtree(list(lines[inside])),
        sides=sides,
    )
