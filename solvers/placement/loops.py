"""Spines that come back: in at a door, round a rectangle, and out at the same door or one close by.

Visitors meet the stops once round; s runs along the loop (see layouts/flow.py). Where the hall is too narrow for a way
round, the spine leads to its far end and back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from layouts.plan import Door
from solvers.placement.problem import DM, SpineLine
from solvers.placement.raster import Raster
from solvers.placement.spine_grid import STEP, Node, corners, differ, free_nodes, grid, middle, terminals

INNER_DM = 24  # what the loop goes round is at least this wide, so that fittings can stand inside
# Clearances (dm) of the loop's outer edge to the walls on its left, its right and at its far end, the likeliest first:
# room for a bank with its rows, for a bank alone, for neither.
CLEARANCES = (
    (75, 75, 45), (45, 45, 45), (75, 0, 0), (0, 75, 0), (75, 75, 75), (75, 75, 0), (45, 75, 45), (75, 45, 45), (45, 45, 0),
    (45, 0, 45), (0, 45, 45), (25, 25, 25), (0, 0, 75), (0, 0, 0),
)  # fmt: skip

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Turned:
    """The grid seen from the door: first index along the door's wall, second into the hall."""

    free: Bools
    flat: bool
    flipped: bool

    def here(self, node: Node) -> Node:
        i, j = node if self.flat else (node[1], node[0])
        return (i, self.free.shape[1] - 1 - j) if self.flipped else (i, j)

    def back(self, node: Node) -> Node:
        i, j = (node[0], self.free.shape[1] - 1 - node[1]) if self.flipped else node
        return (i, j) if self.flat else (j, i)


def candidate_loops(
    raster: Raster, entrance: Door, exit_: Door, width: int, count: int, name: str, shift: tuple[int, int] = (0, 0)
) -> list[SpineLine]:
    """Up to `count` different loops of one width, and the way to the far end and back where there is none."""
    xs, ys = grid(raster, entrance, shift)
    free = free_nodes(raster, xs, ys, width)
    starts = terminals(raster, free, xs, ys, entrance, width)
    ends = terminals(raster, free, xs, ys, exit_, width)
    if not starts or not ends:
        return []
    seen = _turned(free, xs, ys, entrance)
    start, end = seen.here(_nearest(starts)), seen.here(_nearest(ends))
    lines: list[list[Node]] = []
    for path in _rounds(seen.free, start, end, width, one_door=entrance.id == exit_.id):
        _add(lines, path, max(1, count - 2))
    for path in _there_and_back(seen.free, start, end):
        _add(lines, path, count)
    named = ((f"{name}/{width * DM}/{k}", line) for k, line in enumerate(lines, start=1))
    return [
        SpineLine(id=id, points=corners([(int(xs[i]), int(ys[j])) for i, j in map(seen.back, line)]), width_dm=width)
        for id, line in named
    ]


def _add(lines: list[list[Node]], path: list[Node], most: int) -> None:
    """Keep a way that differs from those kept, or is one of them the other way round, while there are fewer than `most`."""
    if len(lines) < most and all(_another(path, line) for line in lines):
        lines.append(path)


def _another(path: list[Node], line: list[Node]) -> bool:
    round_the_other_way = path != line and path[::-1] == line
    return round_the_other_way or differ(tuple(path), tuple(line), 2) or differ(tuple(line), tuple(path), 2)


def _turned(free: Bools, xs: npt.NDArray[np.int64], ys: npt.NDArray[np.int64], door: Door) -> _Turned:
    flat = abs(door.p[0] - door.q[0]) >= abs(door.p[1] - door.q[1])
    turned = free if flat else free.T
    depths, at = (ys, door.p[1] / DM) if flat else (xs, door.p[0] / DM)
    places = np.nonzero(free.any(axis=0 if flat else 1))[0]
    flipped = bool(at > (depths[places[0]] + depths[places[-1]]) / 2)
    return _Turned(np.ascontiguousarray(turned[:, ::-1] if flipped else turned), flat, flipped)


def _nearest(nodes: list[Node]) -> Node:
    """The terminal nearest to the middle of all."""
    at = middle(nodes)
    return min(nodes, key=lambda n: (abs(n[0] - at[0]) + abs(n[1] - at[1]), n))


def _rounds(free: Bools, start: Node, end: Node, width: int, *, one_door: bool) -> Iterator[list[Node]]:
    """Rectangular ways round on free nodes; round the other way too where one door leaves the choice."""
    step = width // STEP
    least = (width + INNER_DM) // STEP
    for near in (max(start[1], end[1]) + step, max(start[1], end[1])):
        if near >= free.shape[1] or not free[start[0], near]:
            continue
        low, high = _reach(free[:, near], start[0])
        deepest = _reach(free[start[0], :], near)[1]
        for left, right, far in CLEARANCES:
            i0, i1, j1 = low + left // STEP, high - right // STEP, deepest - far // STEP
            i0, i1 = min(i0, start[0], end[0]), max(i1, start[0], end[0])
            if i1 - i0 < least or j1 - near < least:
                continue
            turns = [(i0, near), (i0, j1), (i1, j1), (i1, near)]
            ways = [turns if start[0] <= end[0] else turns[::-1]]
            for way in (*ways, *([ways[0][::-1]] if one_door else [])):
                path = _drawn([start, (start[0], near), *way, (end[0], near), end])
                if all(free[node] for node in path):
                    yield path


def _reach(row: Bools, at: int) -> tuple[int, int]:
    """The free stretch of a row round one of its places."""
    blocked = np.nonzero(~row)[0]
    before, after = blocked[blocked < at], blocked[blocked > at]
    return (int(before[-1]) + 1 if len(before) else 0), (int(after[0]) - 1 if len(after) else len(row) - 1)


def _there_and_back(free: Bools, start: Node, end: Node) -> Iterator[list[Node]]:
    """Straight in as far as can be, and back."""
    far = _reach(free[start[0], :], start[1])[1]
    for depth in (far, (start[1] + far) // 2):
        path = _drawn([start, (start[0], depth), (start[0], max(start[1], end[1])), (end[0], max(start[1], end[1])), end])
        if depth > max(start[1], end[1]) and all(free[node] for node in path):
            yield path


def _drawn(turns: list[Node]) -> list[Node]:
    """All nodes along an orthogonal line through its turns."""
    path = [turns[0]]
    for (i0, j0), (i1, j1) in pairwise(turns):
        length = abs(i1 - i0) + abs(j1 - j0)
        di, dj = (i1 > i0) - (i1 < i0), (j1 > j0) - (j1 < j0)
        path.extend((i0 + di * k, j0 + dj * k) for k in range(1, length + 1))
    return path
