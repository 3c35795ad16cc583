"""How narrow a way is: the shortest line across it from solid to solid, exact for polygons.

The clear width of a walk is the diameter of the largest disc that can be carried along it, solids kept on the same
sides. It is the shortest chord of the floor that crosses the walk and parts its start from its end: either between a
corner and another edge, both locally nearest to one another, or straight across parallel sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString

from layouts.carrying import Floats, Ints
from layouts.gaps import LONGEST_GAP_MM, Gaps, dot, ends_in, lie_free, wider_gaps
from layouts.geometry import line_shape

Bools = npt.NDArray[np.bool_]
NONE: Ints = np.empty(0, dtype=np.int64)

WIDEST_MM = 12_000.0  # passages wider than this are told as what is straight across
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chords:
    """Lines from `a` to `b` across walks, the edges they end on, their lengths, and which walk each lies across."""

    a: Floats
    b: Floats
    a_edge: Ints
    b_edge: Ints
    lengths: Floats
    walk: Ints


def _across(gaps: Gaps, walks: Sequence[LineString], below: Floats) -> Chords:
    """Lines shorter than `below` (one limit a walk) straight across the walks, every STEP_MM: from the nearest solid
    through the walk to the solid opposite. Such a line is at least twice as long as the way to the nearest solid."""
    from layouts import across_kernel as kernel  # loads numba: whoever only reads a layout does without

    xy, walk = shapely.get_coordinates(np.asarray(walks, dtype=object), return_index=True)
    first = np.searchsorted(walk, np.arange(len(walks) + 1))
    run = _run(xy, first)
    counts = np.maximum(1, (run[first[1:] - 1] // STEP_MM).astype(np.int64))
    edges, (low, in_strip, in_strips) = gaps.edges.sides, gaps.edges.stripped
    (left, under, right, over), most = gaps.floor.bounds, int(counts.sum())
    ends, lengths, which = np.empty((most, 4)), np.empty(most), np.empty((most, 3), dtype=np.int64)
    count = kernel.lines_across(
        xy, first, counts, run, below, right - left + over - under, edges, low, in_strip, in_strips, ends, lengths, which
    )
    ends = ends[:count]
    kept = np.flatnonzero(~ends_in(gaps.but_at, ends[:, :2], ends[:, 2:]))
    walk_of, a_edge, b_edge = which[kept].T
    return Chords(a=ends[kept, :2], b=ends[kept, 2:], a_edge=a_edge, b_edge=b_edge, lengths=lengths[kept], walk=walk_of)


def _run(xy: Floats, first: Ints) -> Floats:
    """How far along its line each corner is; the corners of a line begin at `first`."""
    long: Floats = np.concatenate([[0.0], np.hypot(*np.diff(xy, axis=0).T)])
    long[first[:-1]] = 0.0
    return np.concatenate([np.cumsum(long[a:b]) for a, b in pairwise(first.tolist())])  # each for itself, as it is rounded


def _pinches(gaps: Gaps, walks: Sequence[LineString]) -> Chords:
    """The floor's own gaps that the walks pass."""
    from layouts import gap_kernel as kernel  # loads numba: whoever only reads a layout does without

    xy, walk = shapely.get_coordinates(np.asarray(walks, dtype=object), return_index=True)
    first, pairs = np.searchsorted(walk, np.arange(len(walks) + 1)), np.empty((0, 3), dtype=np.int64)
    count = 16 * len(walks)
    while count > len(pairs):
        pairs = np.empty((count, 3), dtype=np.int64)
        count = kernel.lines_met(xy, first, gaps.a, gaps.b, pairs)
    walk, hit, told = pairs[:count].T
    unsure = np.flatnonzero(told == kernel.UNSURE)
    if len(unsure):
        both = (np.asarray(walks, dtype=object)[walk[unsure]], gaps.strokes[hit[unsure]])
        kept = np.ones(len(told), dtype=bool)
        kept[unsure] = shapely.intersects(*both)
        walk, hit = walk[kept], hit[kept]
    return Chords(
        a=gaps.a[hit], b=gaps.b[hit], a_edge=gaps.a_edge[hit], b_edge=gaps.b_edge[hit], lengths=gaps.lengths[hit], walk=walk
    )


Chord = tuple[float, Floats, Floats]


def _wider(gaps: Gaps, walks: Sequence[LineString], best: dict[int, Chord]) -> Chords:
    """The lines from corners across those walks that pass no gap of the floor's own, shorter than what is straight across."""
    wide = [k for k in range(len(walks)) if k not in best or best[k][0] > LONGEST_GAP_MM]
    limit = np.asarray([min(best[k][0], WIDEST_MM) if k in best else WIDEST_MM for k in wide])
    chosen = [walks[k] for k in wide]
    if not wide:
        return Chords(a=np.empty((0, 2)), b=np.empty((0, 2)), a_edge=NONE, b_edge=NONE, lengths=np.empty(0), walk=NONE)
    found = _pinches(wider_gaps(gaps, np.asarray(chosen, dtype=object), float(limit.max())), chosen)
    kept = np.flatnonzero(found.lengths < limit[found.walk])
    kept = kept[lie_free(gaps, found.a[kept], found.b[kept])]
    return Chords(
        a=found.a[kept], b=found.b[kept], a_edge=found.a_edge[kept], b_edge=found.b_edge[kept], lengths=found.lengths[kept],
        walk=np.asarray(wide)[found.walk[kept]],
    )  # fmt: skip


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
    left = np.asarray(likely)[~met].tolist()
    known: list[Passed] = [was.passed[names[k]] for k in left]
    if not known:
        return
    first = np.cumsum([0, *(len(passed.edges) for passed in known)]).tolist()
    edges = np.concatenate([passed.edges for passed in known])
    now = was.now[edges]
    lost = np.append(0, np.cumsum(~was.steady[edges] | (now < 0)))[first].tolist()
    for n, (k, passed) in enumerate(zip(left, known)):
        if lost[n] == lost[n + 1]:
            gaps.passed[names[k]] = Passed(found=passed.found, edges=now[first[n] : first[n + 1]])


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
    wider = _wider(gaps, walks, best)
    best |= _first_that_parts(gaps, walks, wider)
    for k, told in (_told(walks, best) if best else {}).items():
        width = told.width_mm
        ends = [getattr(c, e)[(c.walk == k) & (c.lengths <= width)] for c in (own, across, wider) for e in ("a_edge", "b_edge")]
        gaps.passed[names[k]] = Passed(found=told, edges=np.concatenate(ends))


def narrowest(gaps: Gaps, line: tuple[tuple[float, float], ...]) -> tuple[float, tuple[float, float]] | None:
    """The clear width of a walk and where it passes its narrowest gap; None when nothing stands on both its sides."""
    (found,) = narrowest_of(gaps, (line,))
    return None if found is None else (found.width_mm, found.where)
