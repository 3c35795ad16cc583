"""How narrow a way is: the shortest line across it from solid to solid, exact for polygons.

The clear width of a walk is the diameter of the largest disc that can be carried along it, solids kept on the same
sides. It is the shortest chord of the floor that crosses the walk and parts its start from its end: either between a
corner and another edge, both locally nearest to one another, or straight across parallel sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString

from layouts.carrying import Floats, Ints
from layouts.gaps import Gaps, dot, ends_in
from layouts.geometry import line_shape

Bools = npt.NDArray[np.bool_]

STEP_MM = 1000.0  # between sides without corners, which are longer than this; corners have their own chords


def _crossed(start: Floats, end: Floats, point: Floats) -> Bools:
    """Whether the ray from each point along +x crosses each side; the arrays' shapes are broadcast."""
    above, on = start[..., 1] > point[..., 1], end[..., 1] > point[..., 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (point[..., 1] - start[..., 1]) / (end[..., 1] - start[..., 1])
        right = start[..., 0] + share * (end[..., 0] - start[..., 0]) > point[..., 0]
    return np.asarray((above != on) & right)


def _on(a: Floats, b: Floats, point: Floats) -> Bools:
    """Whether each point lies on its line a-b."""
    along = b - a
    share = np.clip(dot(point - a, along) / np.maximum(dot(along, along), 1e-9), 0.0, 1.0)
    off = point - a - share[:, None] * along
    return np.asarray(dot(off, off) < 1e-6)


def _parted(gaps: Gaps, walks: Sequence[LineString], chords: Chords) -> Bools:
    """Whether each chord lies between the two ends of its walk. A chord from one ring to another always lies in the way;
    one from a ring to itself cuts a piece off, and one end must be in it and the other not. Which are in it is told by
    the parity of the ring's sides that a ray crosses, summed once along all rings for each place where walks end."""
    edges = gaps.edges
    parted = edges.ring[chords.a_edge] != edges.ring[chords.b_edge]
    one = np.flatnonzero(~parted)
    if len(one) == 0:
        return np.asarray(parted)
    turned = chords.a_edge[one] > chords.b_edge[one]
    i, j = (np.where(turned, x[one], y[one]) for x, y in ((chords.b_edge, chords.a_edge), (chords.a_edge, chords.b_edge)))
    a, b = (np.where(turned[:, None], x[one], y[one]) for x, y in ((chords.b, chords.a), (chords.a, chords.b)))
    ends = np.asarray([(w.coords[0], w.coords[-1]) for w in walks], dtype=np.float64)
    places, at = np.unique(ends.reshape(-1, 2), axis=0, return_inverse=True)
    at = at.reshape(-1, 2)
    crossed = _crossed(edges.start[None], edges.end[None], places[:, None])
    summed = np.concatenate([np.zeros((len(places), 1), dtype=np.int64), np.cumsum(crossed, axis=1)], axis=1)
    inside, on = [], np.zeros(len(one), dtype=bool)
    for end in (0, 1):
        place = at[chords.walk[one], end]
        point = places[place]
        whole = np.where(j > i, summed[place, j] - summed[place, i + 1], 0)
        odd = whole + _crossed(a, edges.end[i], point) + _crossed(edges.start[j], b, point) + _crossed(b, a, point)
        inside.append(odd % 2 == 1)
        on |= _on(a, b, point)
    parted[one] = on | (inside[0] != inside[1])
    return np.asarray(parted)


def _ray_lengths(points: Floats, way: Floats, reach: Floats, gaps: Gaps) -> tuple[Floats, Ints]:
    """How far each ray runs to the first edge it meets within `reach`, and which edge; inf where it meets none.

    Ray p + t way, edge s + u side.
    """
    edges = gaps.edges
    lengths, opposite = np.full(len(points), np.inf), np.zeros(len(points), dtype=np.int64)
    if len(points) == 0:
        return lengths, opposite
    rays = shapely.linestrings(np.stack([points, points + way * reach[:, None]], axis=1))
    ray, edge = gaps.sides.query(rays, predicate="intersects")
    side, to_start = (edges.end - edges.start)[edge], edges.start[edge] - points[ray]
    denominator = way[ray, 0] * side[:, 1] - way[ray, 1] * side[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (to_start[:, 0] * side[:, 1] - to_start[:, 1] * side[:, 0]) / denominator
    met = np.isfinite(t) & (t > 0.5)
    ray, edge, t = ray[met], edge[met], t[met]
    order = np.lexsort((edge, t, ray))
    ray, edge, t = ray[order], edge[order], t[order]
    first = np.flatnonzero(np.diff(ray, prepend=-1))
    lengths[ray[first]], opposite[ray[first]] = t[first], edge[first]
    return lengths, opposite


@dataclass(frozen=True, slots=True, kw_only=True)
class Chords:
    """Lines from `a` to `b` across walks, the edges they end on, their lengths, and which walk each lies across."""

    a: Floats
    b: Floats
    a_edge: Ints
    b_edge: Ints
    lengths: Floats
    walk: Ints


def _samples(walks: Sequence[LineString]) -> tuple[Floats, Floats, Ints]:
    """Points every STEP_MM along the walks, points a little farther on, and which walk each belongs to."""
    long = shapely.length(np.asarray(walks, dtype=object))
    counts = np.maximum(1, (long // STEP_MM).astype(np.int64))
    along = [(np.arange(n) + 0.5) / n * length for n, length in zip(counts.tolist(), long.tolist())]
    found = [_along(w, a, np.minimum(a + 1.0, length)) for w, a, length in zip(walks, along, long.tolist())]
    points, ahead = (np.concatenate(each) for each in zip(*found))
    return points, ahead, np.repeat(np.arange(len(walks)), counts)


def _along(line: LineString, *lengths: Floats) -> list[Floats]:
    """The points so far along a line, for each of these lists of lengths."""
    xy = shapely.get_coordinates(line)
    run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    return [np.stack([np.interp(far, run, xy[:, 0]), np.interp(far, run, xy[:, 1])], axis=1) for far in lengths]


def _nearest(gaps: Gaps, points: Floats, within: Floats) -> tuple[Ints, Ints]:
    """Which points have an edge of the floor within reach, and the nearest edge of each; the first of several."""
    places = shapely.points(points)
    bounded = np.isfinite(within)
    point, edge = gaps.sides.query(places[bounded], predicate="dwithin", distance=within[bounded])
    point = np.flatnonzero(bounded)[point]
    far, over = gaps.sides.query_nearest(places[~bounded]) if not bounded.all() else (edge[:0], edge[:0])
    point, edge = np.append(point, np.flatnonzero(~bounded)[far]), np.append(edge, over)
    side = gaps.edges.end[edge] - gaps.edges.start[edge]
    off = points[point] - gaps.edges.start[edge]
    share = np.clip(dot(off, side) / np.maximum(dot(side, side), 1e-9), 0.0, 1.0)
    away = off - share[:, None] * side
    order = np.lexsort((edge, np.round(dot(away, away), 3), point))
    first = order[np.flatnonzero(np.diff(point[order], prepend=-1))]
    return point[first], edge[first]


def _across(gaps: Gaps, walks: Sequence[LineString], below: Floats) -> Chords:
    """Lines shorter than `below` (one limit a walk) straight across the walks, every STEP_MM: from the nearest solid
    through the walk to the solid opposite. Such a line is at least twice as long as the way to the nearest solid."""
    points, ahead, walk = _samples(walks)
    edges = gaps.edges
    near_enough, nearest = _nearest(gaps, points, below[walk] / 2)
    points, ahead, walk = points[near_enough], ahead[near_enough], walk[near_enough]
    side = edges.end[nearest] - edges.start[nearest]
    share = np.clip(dot(points - edges.start[nearest], side) / np.maximum(dot(side, side), 1e-9), 0.0, 1.0)
    near = edges.start[nearest] + share[:, None] * side
    reach = np.sqrt(dot(points - near, points - near))
    way = (points - near) / np.maximum(reach, 1e-9)[:, None]
    heading = (ahead - points) / np.maximum(np.sqrt(dot(ahead - points, ahead - points)), 1e-9)[:, None]
    kept = (np.abs(dot(way, heading)) < 0.5) & (reach > 1.0) & (2 * reach < below[walk])
    points, near, reach, way = points[kept], near[kept], reach[kept], way[kept]
    nearest, walk = nearest[kept], walk[kept]
    left, low, right, high = gaps.floor.bounds
    beyond, opposite = _ray_lengths(points, way, np.minimum(below[walk], right - left + high - low), gaps)
    far = points + way * np.where(np.isfinite(beyond), beyond, 0.0)[:, None]
    kept = np.isfinite(beyond) & (reach + beyond < below[walk]) & ~ends_in(gaps.but_at, near, far)
    return Chords(
        a=near[kept],
        b=far[kept],
        a_edge=nearest[kept],
        b_edge=opposite[kept],
        lengths=(reach + beyond)[kept],
        walk=walk[kept],
    )


def _pinches(gaps: Gaps, walks: Sequence[LineString]) -> Chords:
    """The floor's own gaps that the walks pass."""
    walk, hit = gaps.tree.query(np.asarray(walks, dtype=object), predicate="intersects")
    return Chords(
        a=gaps.a[hit], b=gaps.b[hit], a_edge=gaps.a_edge[hit], b_edge=gaps.b_edge[hit], lengths=gaps.lengths[hit], walk=walk
    )


Chord = tuple[float, Floats, Floats]


def _first_that_parts(gaps: Gaps, walks: Sequence[LineString], chords: Chords) -> dict[int, Chord]:
    """For each walk the shortest of its chords that lies between its ends, of equal ones the first by its place; a walk
    without one is left out."""
    place = (chords.b[:, 1], chords.b[:, 0], chords.a[:, 1], chords.a[:, 0])
    order = np.lexsort((*place, chords.lengths, chords.walk))
    order = order[_parted(gaps, walks, chords)[order]]
    first = order[np.flatnonzero(np.diff(chords.walk[order], prepend=-1))]
    return {int(chords.walk[k]): (float(chords.lengths[k]), chords.a[k], chords.b[k]) for k in first}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowest:
    """A walk's clear width, where it passes its narrowest gap, and the line across from solid to solid."""

    width_mm: float
    where: tuple[float, float]
    across: tuple[tuple[float, float], tuple[float, float]]


def _told(walks: Sequence[LineString], best: dict[int, Chord]) -> dict[int, Narrowest]:
    """Where each walk passes its narrowest gap: where it meets the line across, or where it comes nearest to its middle."""
    which = list(best)
    ends = np.asarray([(a, b) for _, a, b in best.values()], dtype=np.float64).reshape(-1, 2, 2)
    lines = np.asarray([walks[k] for k in which], dtype=object)
    met = shapely.centroid(shapely.intersection(lines, shapely.linestrings(ends)))
    middles = shapely.points(ends.mean(axis=1))
    beside = shapely.line_interpolate_point(lines, shapely.line_locate_point(lines, middles))
    spots = shapely.get_coordinates(np.where(shapely.is_empty(met), beside, met))
    return {
        k: Narrowest(
            width_mm=best[k][0],
            where=(float(spot[0]), float(spot[1])),
            across=((float(a[0]), float(a[1])), (float(b[0]), float(b[1]))),
        )
        for k, spot, (a, b) in zip(which, spots, ends)
    }


Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A walk's narrowest gap, and the edges that the chords end on which decided it: those across the walk up to its width."""

    found: Narrowest
    edges: Ints


def _keep(gaps: Gaps, names: Sequence[Line], walks: Sequence[LineString]) -> None:
    """Take over what is known of walks that a change keeps off by more than their width: no other line across them can have
    become as short. Which lines part a walk's ends depends on which ends lie on one ring: the rings must be those before."""
    was = gaps.before
    likely = [] if was is None else [k for k, name in enumerate(names) if name not in gaps.passed and name in was.passed]
    if was is None or not likely:
        return
    lines = np.asarray([walks[k] for k in likely], dtype=object)
    reach = np.asarray([was.passed[names[k]].found.width_mm + 2 for k in likely])
    met = np.zeros(len(likely), dtype=bool)
    for box in was.changed:
        met |= shapely.dwithin(lines, shapely.box(*box), reach)
    for k in np.asarray(likely)[~met].tolist():
        known: Passed = was.passed[names[k]]
        edges = was.now[known.edges]
        if was.steady[known.edges].all() and (edges >= 0).all():
            gaps.passed[names[k]] = Passed(found=known.found, edges=edges)


def narrowest_of(gaps: Gaps, lines: Sequence[Line]) -> tuple[Narrowest | None, ...]:
    """The clear width of every walk; None for one that has nothing on both its sides."""
    known = [(k, walk) for k, line in enumerate(lines) if (walk := line_shape(line)).length >= 1.0]
    found: list[Narrowest | None] = [None] * len(lines)
    names = [lines[k] for k, _ in known]
    _keep(gaps, names, [walk for _, walk in known])
    new = [at for at, name in enumerate(names) if name not in gaps.passed]
    if new:
        _look(gaps, [names[at] for at in new], [known[at][1] for at in new])
    for (k, _), name in zip(known, names):
        found[k] = gaps.passed[name].found if name in gaps.passed else None
    return tuple(found)


def _look(gaps: Gaps, names: Sequence[Line], walks: Sequence[LineString]) -> None:
    """Find the narrowest gaps of walks, and remember them under the walks' names."""
    own = _pinches(gaps, walks)
    pinches = _first_that_parts(gaps, walks, own)
    below = np.asarray([pinches[k][0] if k in pinches else np.inf for k in range(len(walks))])
    across = _across(gaps, walks, below)
    best = pinches | _first_that_parts(gaps, walks, across)
    for k, told in (_told(walks, best) if best else {}).items():
        width = told.width_mm
        ends = [getattr(c, e)[(c.walk == k) & (c.lengths <= width)] for c in (own, across) for e in ("a_edge", "b_edge")]
        gaps.passed[names[k]] = Passed(found=told, edges=np.concatenate(ends))


def narrowest(gaps: Gaps, line: tuple[tuple[float, float], ...]) -> tuple[float, tuple[float, float]] | None:
    """The clear width of a walk and where it passes its narrowest gap; None when nothing stands on both its sides."""
    (found,) = narrowest_of(gaps, (line,))
    return None if found is None else (found.width_mm, found.where)
