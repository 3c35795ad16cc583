"""What floor allows of zones: lines drawn across it hold no more than their length, and some pairs exclude each other.

Both are implied by modules_do_not_overlap, for every position in the zones; they say nothing of the order along a wall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from solvers.placement.modes import Ground
from solvers.placement.spines import spine_boxes
from solvers.placement.zones import Zone

LINE_STEP = 10  # dm between two lines drawn across the floor

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Room:
    """sum of chord over the chosen zones <= length: `chords` are (zone's number, dm of the line it takes for sure)."""

    chords: tuple[tuple[int, int], ...]
    length: int


def lines(ground: Ground, zones: Sequence[Zone]) -> tuple[Room, ...]:
    """Capacities of lines along both axes, between walls and between a wall and the spine, each kind said once."""
    found: dict[tuple[tuple[tuple[int, int], ...], int], Room] = {}
    for axis in ("y", "x"):
        for at, low, high in segments(ground, axis):
            chords = tuple(_chords(zones, axis, at, low, high))
            most: dict[str, int] = {}
            for number, chord in chords:
                e = zones[number].element
                most[e] = max(most.get(e, 0), chord)
            if sum(most.values()) > high - low:
                found.setdefault((chords, high - low), Room(chords, high - low))
    return tuple(found.values())


def segments(ground: Ground, axis: str) -> Iterator[tuple[int, int, int]]:
    """Lines along an axis: the cell they run through across it, and every stretch of floor between walls or spine edges."""
    raster = ground.raster
    inside = raster.inside if axis == "y" else raster.inside.T
    c0, u0 = (raster.x0, raster.y0) if axis == "y" else (raster.y0, raster.x0)
    for k in range(LINE_STEP // 2, inside.shape[0], LINE_STEP):
        steps = np.flatnonzero(np.diff(np.concatenate(([0], inside[k].astype(np.int8), [0]))))
        edges = _spine_edges(ground, axis, c0 + k)
        for start, end in zip(steps[::2].tolist(), steps[1::2].tolist()):
            low, high = u0 + start, u0 + end
            marks = sorted({low, high, *(m for m in edges if low < m < high)})
            for a, b in combinations(marks, 2):
                yield c0 + k, a, b


def _spine_edges(ground: Ground, axis: str, at: int) -> set[int]:
    found: set[int] = set()
    for x, y, w, h in spine_boxes(ground.spine):
        cross, size, along, length = (x, w, y, h) if axis == "y" else (y, h, x, w)
        if cross <= at < cross + size:
            found |= {along, along + length}
    return found


def _chords(zones: Sequence[Zone], axis: str, at: int, low: int, high: int) -> Iterator[tuple[int, int]]:
    """The zones that lie within the stretch and are surely crossed by the line, with the length they take of it."""
    for number, zone in enumerate(zones):
        length = 0
        for cross, size in zone.crossings():
            if zone.mode.axis == axis:
                start, end = zone.extent()
                if cross <= at < cross + size and low <= start and end <= high:
                    length = max(length, zone.mode.inside.length)
            else:
                start, end = zone.core()
                if start <= at < end and low <= cross and cross + size <= high:
                    length += size
        if length:
            yield number, length


def exclusions(zones: Sequence[Zone]) -> Iterator[tuple[list[int], list[int]]]:
    """Zones of one module that, wherever they stand, overlap some zones of another: at most one of all of them."""
    by_element: dict[str, list[int]] = {}
    for number, zone in enumerate(zones):
        by_element.setdefault(zone.element, []).append(number)
    all_boxes = boxes_of(zones)
    tables = {e: all_boxes[np.isin(all_boxes[:, 0], numbers)] for e, numbers in by_element.items()}
    for a, b in combinations(by_element, 2):
        numbers_a, starts_a = np.unique(tables[a][:, 0], return_index=True)
        numbers_b, starts_b = np.unique(tables[b][:, 0], return_index=True)
        if not len(numbers_a) or not len(numbers_b):
            continue
        boxes = _must_overlap(tables[a], tables[b])
        hit = np.logical_or.reduceat(np.logical_or.reduceat(boxes, starts_a, axis=0), starts_b, axis=1)
        some = hit.any(axis=1)
        others, group = np.unique(hit[some], axis=0, return_inverse=True)
        for k, row in enumerate(others):
            yield numbers_a[some][group.reshape(-1) == k].tolist(), numbers_b[row].tolist()


def must_exclude(a: Ints, b: Ints, some: Ints, others: Ints) -> npt.NDArray[np.bool_]:
    """Which of `some` zones, with the boxes `a`, overlap which of others, with the boxes `b`, wherever both stand in them."""
    found = np.zeros((len(some), len(others)), dtype=np.bool_)
    if len(a) and len(b):
        row, column = np.nonzero(_must_overlap(a, b))
        found[np.searchsorted(some, a[row, 0]), np.searchsorted(others, b[column, 0])] = True
    return found


def boxes_of(zones: Sequence[Zone]) -> Ints:
    """A row for every box of every zone, in order: number, 1 where u runs along x, lo, hi, length, and the interval across."""
    return np.array(
        [
            (n, int(zone.mode.axis == "x"), zone.lo, zone.hi, zone.mode.inside.length, low, low + size)
            for n, zone in enumerate(zones)
            for low, size in zone.crossings()
        ],
        dtype=np.int64,
    ).reshape(-1, 7)


def _must_overlap(a: Ints, b: Ints) -> npt.NDArray[np.bool_]:
    """Which boxes of two modules overlap whatever their positions in the zones."""
    _, axis, lo, hi, length, low, high = (column[:, None] for column in a.T)
    _, axis2, lo2, hi2, length2, low2, high2 = (column[None, :] for column in b.T)
    beside = (low < high2) & (low2 < high) & (hi2 < lo + length) & (hi < lo2 + length2)
    square = (lo + length > low2) & (hi < high2) & (lo2 + length2 > low) & (hi2 < high)
    return np.asarray(np.where(axis == axis2, beside, square), dtype=np.bool_)
