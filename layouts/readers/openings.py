"""The openings in walls: gaps between wall ends, and the quads that bridge them so that rooms are enclosed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.readers.marks import XY, Arc
from layouts.readers.solids import END_MM, GRID_MM, clean_ring, cosine

WIDEST_MM = 12_000.0  # widest opening (a shop front, a folding wall)
MOST_FILLED = 0.02  # of an opening, by walls
AT_ONCE = 500  # openings looked at together
OFF_LINE_MM = 25.0  # two ends of one wall may be out of line by this
End = tuple[XY, XY, XY]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An opening between two wall ends: its quad, of which the first and third side are its faces."""

    quad: tuple[XY, XY, XY, XY]
    width: float
    thickness: float


def gap_areas(gaps: Sequence[Gap]) -> list[Polygon]:
    """The quads as areas, a hair larger so that they join the walls."""
    return list(shapely.buffer(shapely.polygons([gap.quad for gap in gaps]), GRID_MM * 2, join_style="mitre")) if gaps else []


def wall_ends(solids: Sequence[Polygon]) -> list[End]:
    """The short ends of walls: (one corner, other corner, unit vector out of the wall)."""
    return [
        end for polygon in solids for end in ring_ends(clean_ring(list(shapely.orient_polygons(polygon).exterior.coords)[:-1]))
    ]


def ring_ends(ring: Sequence[XY]) -> list[End]:
    """The ends of walls on a ring that has the wall on its left."""
    ends = []
    for i in range(len(ring)):
        before, a, b, after = ring[i - 1], ring[i], ring[(i + 1) % len(ring)], ring[(i + 2) % len(ring)]
        length = math.dist(a, b)
        if not END_MM[0] <= length <= END_MM[1]:
            continue
        out = ((b[1] - a[1]) / length, -(b[0] - a[0]) / length)
        # the sides run straight back from the end: an end, and not a step in a wall
        if all(
            cosine(out, (a[0] - p[0], a[1] - p[1]) if p is before else (b[0] - p[0], b[1] - p[1])) > 0.999
            for p in (before, after)
        ):
            ends.append((a, b, out))
    return ends


def find_gaps(solids: Sequence[Polygon], symbols: BaseGeometry, arcs: Sequence[Arc], gap_mm: float) -> list[Gap]:
    """All openings: first ends that face each other, then ends that face a crossing wall across a door or window."""
    ends = wall_ends(solids)
    if not ends:
        return []
    gaps, used = _facing(ends, solids, symbols, gap_mm)
    left = [end for i, end in enumerate(ends) if i not in used]
    return gaps + _beside_crossing_walls(left, solids, symbols, arcs, gap_mm)


def _facing(ends: Sequence[End], solids: Sequence[Polygon], symbols: BaseGeometry, gap_mm: float) -> tuple[list[Gap], set[int]]:
    """Pairs of ends of equal thickness that face each other with nothing but symbols between, and the ends used.

    Wider than `gap_mm` only where a door or window symbol fills at least half of the opening.
    """
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b, _ in ends]
    walls, strokes = STRtree(list(solids)), STRtree(shapely.get_parts(symbols))
    shapely.prepare(walls.geometries)  # the tree's own predicate would prepare the opening, not the wall
    pairs, gaps, used = sorted(_opposite(ends, middles)), list[Gap](), set[int]()
    for first in range(0, len(pairs), AT_ONCE):  # most of the wider ones are out once the narrower are found
        some = [pair for pair in pairs[first : first + AT_ONCE] if pair[1] not in used and pair[2] not in used]
        # corners b and c, d and a are the faces of an opening between the ends a-b and c-d
        quads = [(ends[i][1], ends[j][0], ends[j][1], ends[i][0]) for _, i, j, _ in some]
        blocked = _blocked(shapely.polygons(quads), walls) if quads else np.empty(0, dtype=bool)
        for (width, i, j, thick), quad, standing in zip(some, quads, blocked.tolist()):
            if standing or i in used or j in used:
                continue
            middle = LineString([middles[i], middles[j]])
            if width > gap_mm and _length_within(strokes, middle.buffer(thick / 2)) < width / 2:
                continue
            used |= {i, j}
            gaps.append(Gap(quad=quad, width=width, thickness=thick))
    return gaps, used


def _opposite(ends: Sequence[End], middles: Sequence[XY]) -> list[tuple[float, int, int, float]]:
    """(width, i, j, thickness) of ends i < j of equal thickness that look at each other along one line."""
    outs = np.asarray([out for _, _, out in ends])
    starts = np.asarray(middles)
    reaches = shapely.linestrings(np.stack([starts, starts + outs * WIDEST_MM], axis=1))
    i, j = STRtree(shapely.points(starts)).query(reaches, predicate="dwithin", distance=OFF_LINE_MM)
    thick = np.asarray([math.dist(a, b) for a, b, _ in ends])
    (dx, dy), (ux, uy) = (starts[j] - starts[i]).T, outs[i].T
    width, off = dx * ux + dy * uy, np.abs(dy * ux - dx * uy)
    good = (i < j) & ((outs[i] * outs[j]).sum(axis=1) <= -0.999) & (width >= 200) & (off <= OFF_LINE_MM)
    good &= np.abs(thick[i] - thick[j]) <= 0.1 * thick[i]
    return list(zip(width[good].tolist(), i[good].tolist(), j[good].tolist(), thick[i[good]].tolist()))


def _blocked(openings: NDArray[np.object_], walls: STRtree) -> NDArray[np.bool_]:
    """In which of the openings a wall stands: first without a rim of that share, which a prepared wall tells at once.

    No wall fills more of an opening than its box does, and one whose box is full of wall the likeliest: few have to be cut.
    """
    least = MOST_FILLED * shapely.area(openings)
    inner = shapely.buffer(openings, -least / shapely.length(openings), join_style="mitre")
    solids = walls.geometries
    boxes, around = shapely.bounds(solids), shapely.bounds(openings)
    opening, wall = walls.query(inner)
    over = np.minimum(boxes[wall, 2:], around[opening, 2:]) - np.maximum(boxes[wall, :2], around[opening, :2])
    most = np.maximum(over, 0).prod(axis=1)
    full = shapely.area(solids) / (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    enough = np.flatnonzero(most > least[opening] * (1 - 1e-9))
    order = enough[np.lexsort((-(most * full[wall])[enough], opening[enough]))]
    opening, wall = opening[order], wall[order]
    rank = np.arange(len(opening)) - np.searchsorted(opening, opening)
    blocked = np.zeros(len(openings), dtype=bool)
    for first, last in ((0, 0), (1, 3), (4, len(rank))):
        some = (rank >= first) & (rank <= last) & ~blocked[opening]
        some[some] = shapely.intersects(solids[wall[some]], inner[opening[some]])
        filled = shapely.area(shapely.intersection(solids[wall[some]], openings[opening[some]]))
        blocked[opening[some][filled > least[opening[some]]]] = True
    return blocked


def _length_within(strokes: STRtree, area: Polygon) -> float:
    """The length of the lines within the area."""
    near = strokes.geometries.take(strokes.query(area, predicate="intersects"))
    return float(shapely.length(shapely.intersection(near, area)).sum())


def _beside_crossing_walls(
    ends: Sequence[End], solids: Sequence[Polygon], symbols: BaseGeometry, arcs: Sequence[Arc], gap_mm: float
) -> list[Gap]:
    """Openings between a wall's end and the side of the wall it runs towards.

    Only where a leaf swings in it or a door or window symbol fills half of it: a stub that stops short is no opening.
    """
    tree, hinges = STRtree(list(solids)), STRtree([shapely.Point(arc.centre) for arc in arcs])
    strokes, gaps = STRtree(shapely.get_parts(symbols)), []
    hits = _first_hits([(corner, out) for a, b, out in ends for corner in (a, b)], gap_mm, tree)
    for (a, b, out), near in zip(ends, hits.reshape(-1, 2).tolist()):
        if not all(map(math.isfinite, near)) or min(near) < 400:
            continue
        far = [(q[0] + out[0] * d, q[1] + out[1] * d) for q, d in zip((a, b), (near[0], near[1]))]
        quad, width = (b, far[1], far[0], a), (near[0] + near[1]) / 2
        room = Polygon(quad).buffer(60)
        swings = any(closed_end(arcs[k], room) is not None for k in hinges.query(room, predicate="covers"))
        if swings or _length_within(strokes, room) > width / 2:
            gaps.append(Gap(quad=quad, width=width, thickness=math.dist(a, b)))
    return gaps


def _first_hits(ways: Sequence[tuple[XY, XY]], reach: float, tree: STRtree) -> NDArray[np.float64]:
    """How far the nearest wall is from each place in its direction, endless beyond `reach`."""
    first = np.full(len(ways), math.inf)
    if not ways:
        return first
    starts, outs = (np.asarray(each, dtype=float) for each in zip(*ways))
    rays = shapely.linestrings(np.stack([starts + outs * 5, starts + outs * reach], axis=1))
    ray, wall = tree.query(rays, predicate="intersects")
    far = shapely.distance(shapely.intersection(tree.geometries[wall], rays[ray]), shapely.points(starts)[ray])
    np.minimum.at(first, ray, far)
    return first


def closed_end(arc: Arc, opening: Polygon) -> XY | None:
    """The end of the arc where the leaf is shut: hinge and shut leaf lie in the opening."""
    if not opening.covers(shapely.Point(arc.centre)):
        return None
    for end in (arc.a, arc.b):
        if opening.covers(LineString([arc.centre, end])):
            return end
    return None
