"""The pinches of a floor: lines from a corner of a solid to the solid opposite, shortest among their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry

from layouts.carrying import Bools, Box, Floats, Ints, meets, rows, same
from layouts.carved import Recall, grown
from layouts.geometry import round_the_rings, turned_rings, with_holes_about
from layouts.seeing import outlook, strips

Line = tuple[tuple[float, float], ...]
LONGEST_GAP_MM = 4000.0  # wider passages are looked for along the walks that have none narrower


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """The floor's boundary: edge k runs from `start` to `end` on ring `ring`, edge after edge along each ring; the edge
    before it starts at `before`. `sides`: edges as rows of x, y, x, y; `stripped`: which come into each strip of the floor."""

    start: Floats
    end: Floats
    before: Floats
    ring: Ints
    sides: Floats
    stripped: tuple[float, Ints, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines from the start of edge `corner` to their foot on another edge, each the shortest of its surroundings; `free`
    tells which of them cross nothing, `strokes` are the lines as shapes."""

    corner: Ints
    edge: Ints
    a: Floats
    b: Floats
    lengths: Floats
    free: Bools
    strokes: npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """All pinches of a floor: lines from `a` to `b` with the edges they end on. `lines`: also those that cross something;
    `passed`: what was found along walks (`layouts.narrowest`)."""

    floor: BaseGeometry
    edges: Edges
    but_at: BaseGeometry
    a: Floats
    b: Floats
    a_edge: Ints
    b_edge: Ints
    lengths: Floats
    strokes: npt.NDArray[np.object_]
    lines: Lines
    before: Before | None = None
    passed: dict[Line, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the gaps before a change knew of walks (`passed`), the `changed` bounds, the number that
    each of their edges has now (-1 for those that are gone), and whether its ring is `steady`: what is left of it lies on one
    ring, with what is left of no other."""

    passed: dict[Line, Any]
    changed: tuple[Box, ...]
    now: Ints
    steady: Bools


def _steady(before: Edges, after: Edges, old: Ints, here: Ints) -> Bools:
    """Which edges lie on a ring that is steady, told by the edges that are there still."""
    one, other = before.ring[old], after.ring[here]
    pairs = np.stack(np.divmod(np.unique(one * (after.ring.max(initial=0) + 1) + other), after.ring.max(initial=0) + 1), axis=1)
    sure = (np.bincount(pairs[:, 0])[pairs[:, 0]] == 1) & (np.bincount(pairs[:, 1])[pairs[:, 1]] == 1)
    rings = np.zeros(before.ring.max(initial=-1) + 1, dtype=bool)
    rings[pairs[sure, 0]] = True
    return np.asarray(rings[before.ring])


def _edges(floor: BaseGeometry) -> Edges:
    start, first = turned_rings(floor)
    before, after = round_the_rings(len(start), first)
    ring = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(start))))
    sides = np.concatenate([start, start[after]], axis=1)
    return Edges(start=start, end=start[after], before=start[before], ring=ring, sides=sides, stripped=strips(sides))


def dot(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1])


def ends_in(ground: BaseGeometry, a: Floats, b: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray(shapely.intersects_xy(ground, a[:, 0], a[:, 1]) | shapely.intersects_xy(ground, b[:, 0], b[:, 1]))


def _strokes(a: Floats, b: Floats) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.linestrings(np.stack([a, b], axis=1)) if len(a) else [], dtype=object)


def _reflex(edges: Edges) -> Bools:
    """Which edges start at a reflex corner."""
    one, other = edges.end - edges.start, edges.start - edges.before
    return np.asarray(other[:, 0] * one[:, 1] - other[:, 1] * one[:, 0] < -1e-6)


def _shortest(
    edges: Edges, corners: Ints, stripped: tuple[float, Ints, Ints], numbers: Ints, longest_mm: float = LONGEST_GAP_MM
) -> tuple[Ints, Floats]:
    """The lines from these corners that are the shortest of their surroundings, to edges of these numbers, which stand in
    strips: the edges at both ends; x, y, x, y and length."""
    from layouts import gap_kernel as kernel  # loads numba: whoever only reads a layout does without

    ends, lines = np.empty((0, 2), dtype=np.int64), np.empty((0, 5))
    count = 8 * len(corners)
    while count > len(ends):
        ends, lines = np.empty((count, 2), dtype=np.int64), np.empty((count, 5))
        count = kernel.shortest_lines(
            corners, edges.sides, edges.before, numbers, *stripped, longest_mm, ends, lines
        )  # fmt: skip
    return ends[:count], lines[:count]


def wider_gaps(gaps: Gaps, near: npt.NDArray[np.object_], longest_mm: float) -> Gaps:
    """The same floor with those lines that are longer than LONGEST_GAP_MM and no longer than told, from reflex corners so near
    the places told; some of them may cross something (see `lie_free`)."""
    edges, reflex = gaps.edges, np.flatnonzero(_reflex(gaps.edges))
    corners = reflex[shapely.dwithin(shapely.points(edges.start[reflex])[:, None], near[None], longest_mm).any(axis=1)]
    ends, lines = _shortest(edges, corners, edges.stripped, np.arange(len(edges.start)), longest_mm)
    long = lines[:, 4] > LONGEST_GAP_MM
    ends, lines = ends[long], lines[long]
    a, b = np.ascontiguousarray(lines[:, :2]), np.ascontiguousarray(lines[:, 2:4])  # as compiled code was compiled for
    return replace(
        gaps, a=a, b=b, a_edge=ends[:, 0], b_edge=ends[:, 1], lengths=lines[:, 4], strokes=_strokes(a, b), before=None,
        passed={},
    )  # fmt: skip


def lie_free(gaps: Gaps, a: Floats, b: Floats) -> Bools:
    """Which of a few lines a-b from solid to solid lie on the floor and do not end before outer doors."""
    inner = (b - a) / np.maximum(np.hypot(*(b - a).T), 1e-9)[:, None]  # a millimetre at either end is the solid's, or rounding
    shapely.prepare(gaps.floor)
    return np.asarray(shapely.covers(gaps.floor, _strokes(a + inner, b - inner)) & ~ends_in(gaps.but_at, a, b))


def _new_lines(edges: Edges, fresh: Bools) -> Lines:
    """Such lines of which one end at least is on a fresh edge."""
    reflex, every = _reflex(edges), np.arange(len(fresh))
    ends, lines = _shortest(edges, np.flatnonzero(reflex & fresh), edges.stripped, every)
    if not fresh.all():
        come, kept = np.flatnonzero(fresh), np.flatnonzero(reflex & ~fresh)
        more = _shortest(edges, kept, strips(edges.sides[come]), come)
        ends, lines = np.concatenate([ends, more[0]]), np.concatenate([lines, more[1]])
    a, b = lines[:, :2], lines[:, 2:4]
    return Lines(
        corner=ends[:, 0], edge=ends[:, 1], a=a, b=b, lengths=lines[:, 4], free=np.zeros(len(a), dtype=bool),
        strokes=_strokes(a, b),
    )  # fmt: skip


def _kept(earlier: Gaps, now: Ints) -> Lines:
    """The earlier lines whose corner and edge are still there, by their new numbers."""
    was = earlier.lines
    corner, edge = now[was.corner], now[was.edge]
    kept = (corner >= 0) & (edge >= 0)
    return Lines(
        corner=corner[kept], edge=edge[kept], a=was.a[kept], b=was.b[kept], lengths=was.lengths[kept], free=was.free[kept],
        strokes=was.strokes[kept],
    )  # fmt: skip


def _about(floor: BaseGeometry, lines: npt.NDArray[np.object_]) -> BaseGeometry:
    """The floor with only those of its holes whose bounds meet those of the lines."""
    left, low, right, high = shapely.total_bounds(lines).tolist()
    return with_holes_about(floor, (left, low, right, high), 1.0)


def _free(
    floor: BaseGeometry, but_at: BaseGeometry, a: Floats, b: Floats, lines: npt.NDArray[np.object_], recall: Recall
) -> Bools:
    """Which of the lines a-b lie on the floor and do not end in `but_at`."""
    if len(a) == 0:
        return np.zeros(0, dtype=bool)
    wider = outlook(grown(_about(floor, lines), 0.5, recall))
    return np.asarray(wider.seen(a, b) & ~ends_in(but_at, a, b))


def find_gaps(
    floor: BaseGeometry, *, but_at: BaseGeometry | None = None, earlier: Gaps | None = None, changed: Sequence[Box] = (),
    recall: Recall | None = None,
) -> Gaps:  # fmt: skip
    """Every line up to LONGEST_GAP_MM from a reflex corner to another edge that is the shortest of its surroundings.

    Lines that end in `but_at` (the ground before outer doors) are left out: other rules judge those doors. With the `earlier`
    gaps of a floor that differs from this only within the `changed` bounds, only what meets those is looked at anew. The gaps
    are the same.
    """
    edges, doors, recall = _edges(floor), Shape() if but_at is None else but_at, recall or Recall()
    shapely.prepare(doors)
    fresh = np.ones(len(edges.start), dtype=bool)
    known: Lines | None = None
    before: Before | None = None
    if earlier is not None:
        was, now = (rows(x.before, x.start, x.end) for x in (earlier.edges, edges))
        old, here = same(was, now)
        fresh[here] = False
        number = np.full(len(earlier.edges.start), -1)
        number[old] = here
        known = _kept(earlier, number)
        steady = _steady(earlier.edges, edges, old, here)
        before = Before(passed=earlier.passed, changed=tuple(changed), now=number, steady=steady)
    new = _new_lines(edges, fresh)
    look = np.ones(len(new.free), dtype=bool)
    if known is not None:
        met = np.zeros(len(known.free), dtype=bool)
        for left, low, right, high in changed:
            met |= meets(known.a, known.b, (left - 2, low - 2, right + 2, high + 2))
        look = np.concatenate([met, look])
        new = Lines(**{name: np.concatenate([getattr(known, name), getattr(new, name)]) for name in Lines.__slots__})
    new.free[look] = _free(floor, doors, new.a[look], new.b[look], new.strokes[look], recall)
    order = np.argsort(new.corner * len(edges.start) + new.edge, kind="stable")
    lines = Lines(**{name: getattr(new, name)[order] for name in Lines.__slots__})
    free = lines.free
    return Gaps(
        floor=floor,
        edges=edges,
        but_at=doors,
        a=lines.a[free],
        b=lines.b[free],
        a_edge=lines.corner[free],
        b_edge=lines.edge[free],
        lengths=lines.lengths[free],
        strokes=lines.strokes[free],
        lines=lines,
        before=before,
    )
