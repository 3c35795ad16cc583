"""Candidate spines: orthogonal public aisles from an entrance to an exit, wide enough by construction.

Shortest paths on a 0.5 m grid whose nodes are free when the w x w square round them is; cost = length + turns + distance
from a wanted clearance to the walls; reuse is penalised, so that candidates differ. Doors near one another: see loops.py.
"""

from __future__ import annotations

from itertools import product, zip_longest
from math import dist
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage, sparse
from scipy.sparse import csgraph

from layouts.flow import LOOP_MM
from layouts.geometry import door_middle
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, Level, doors_of_use
from solvers.placement.loops import candidate_loops
from solvers.placement.problem import DM, SpineLine
from solvers.placement.raster import Raster
from solvers.placement.spine_grid import SHIFTS, STEP, Floats, Node, corners, differ, free_nodes, grid, middle, terminals

TURN = 80  # dm charged for a turn
BESIDE, ELSEWHERE = 9, 10  # dm by which a spine differs by more: a metre is enough for straight ones, and where none are left
STRAIGHT = -1  # instead of a wanted clearance: no more turns than the first spine, beside the spines found already
DEAR = 20 * TURN  # dm charged for a turn then
LEAST_COST = 1e-6  # of an edge: a zero would be none
MOVES = ((1, 0), (0, 1), (-1, 0), (0, -1))


def candidate_spines(level: Level, raster: Raster, widths_dm: tuple[int, ...], count: int) -> tuple[SpineLine, ...]:
    """Up to `count` different spines over all pairs of entrance and exit in turns, the widest width that works for each."""
    by_pair: list[list[SpineLine]] = []
    pairs = list(product(doors_of_use(level, ENTRANCE_USES), doors_of_use(level, EXIT_USES)))
    for entrance, exit_ in pairs:
        between = candidate_loops if dist(door_middle(entrance), door_middle(exit_)) < LOOP_MM else _between
        for width in sorted(widths_dm, reverse=True):
            name = f"{entrance.id}-{exit_.id}"
            on_grids = (between(raster, entrance, exit_, width, count, name, shift) for shift in SHIFTS)
            if lines := next(filter(None, on_grids), []):
                by_pair.append(lines)
                break
    found = [line for lines in zip_longest(*by_pair) for line in lines if line is not None]  # each pair's first, then second …
    return tuple(found[: max(count, len(pairs))])


def _between(
    raster: Raster, entrance: Door, exit_: Door, width: int, count: int, name: str, shift: tuple[int, int] = (0, 0)
) -> list[SpineLine]:
    xs, ys = grid(raster, entrance, shift)
    free = free_nodes(raster, xs, ys, width)
    starts = terminals(raster, free, xs, ys, entrance, width)
    ends = terminals(raster, free, xs, ys, exit_, width)
    if not starts or not ends:
        return []
    wall = ndimage.distance_transform_cdt(np.pad(raster.inside, 1), metric="chessboard")[1:-1, 1:-1]
    clearance = wall[np.clip(xs - raster.x0, 0, wall.shape[0] - 1)][:, np.clip(ys - raster.y0, 0, wall.shape[1] - 1)]
    lines: list[SpineLine] = []
    used = np.zeros(free.shape)
    half = width // 2
    first = (None, STRAIGHT, STRAIGHT, 60, 90, half + 45, half + 25, half)
    for turn, target in enumerate((*first, None, 75, 105, 120)):
        if len(lines) == count:
            break
        cost = used * 2.0 if target in (None, STRAIGHT) else np.abs(clearance - target) * 0.15 + used * 2.0
        path = _cheapest(free, cost, starts, ends, turn=DEAR if target == STRAIGHT else TURN)
        if path is None:
            break  # whatever ways cost, there is none
        points = corners([(int(xs[i]), int(ys[j])) for i, j in path])
        least = BESIDE if target == STRAIGHT or turn >= len(first) else ELSEWHERE
        other = all(differ(points, line.points, least) for line in lines)
        if target == STRAIGHT and not (other and len(points) <= len(lines[0].points)):
            continue
        if other:
            lines.append(SpineLine(id=f"{name}/{width * DM}/{len(lines) + 1}", points=points, width_dm=width))
        for i, j in path:
            used[max(0, i - 1) : i + 2, max(0, j - 1) : j + 2] += 1.0
    return lines


def _cheapest(
    free: npt.NDArray[np.bool_], cost: Floats, starts: list[Node], ends: list[Node], *, turn: int
) -> list[Node] | None:
    """Dijkstra over (node, direction) with turn penalties; state 4 x node + direction, and one more for the start."""
    count, width = free.size, free.shape[1]
    nodes = np.arange(count).reshape(free.shape)
    rows, columns, weights = [], [], []
    for way, (dx, dy) in enumerate(MOVES):
        here = free[max(0, -dx) : free.shape[0] - max(0, dx), max(0, -dy) : width - max(0, dy)]
        there = free[max(0, dx) : free.shape[0] - max(0, -dx), max(0, dy) : width - max(0, -dy)]
        open_ = here & there
        source = nodes[max(0, -dx) : free.shape[0] - max(0, dx), max(0, -dy) : width - max(0, dy)][open_]
        target = source + dx * width + dy
        for d in range(4):
            rows.append(4 * source + d)
            columns.append(4 * target + way)
            weights.append(STEP + cost.ravel()[target] + (turn if way != d else 0))
    centre, goal = middle(starts), middle(ends)
    first = np.array([4 * (i * width + j) + d for i, j in starts for d in range(4)])
    off = np.array([2.0 * (abs(i - centre[0]) + abs(j - centre[1])) for i, j in starts for _ in range(4)])
    rows.append(np.full(len(first), 4 * count))
    columns.append(first)
    weights.append(off + LEAST_COST)
    states = 4 * count + 1
    edges = (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns)))
    graph = sparse.csr_matrix(edges, shape=(states, states))
    shortest: Any = csgraph.dijkstra
    lengths, before = shortest(graph, indices=4 * count, return_predecessors=True)
    near = [4 * (i * width + j) + d for i, j in ends if abs(i - goal[0]) + abs(j - goal[1]) <= 4 for d in range(4)]
    last = min(near, key=lambda s: (float(lengths[s]), s), default=None)
    if last is None or not np.isfinite(lengths[last]):
        return None
    path = []
    while last != 4 * count:
        path.append((int(last) // 4 // width, int(last) // 4 % width))
        last = int(before[last])
    return path[::-1]


def spine_boxes(line: SpineLine) -> list[tuple[int, int, int, int]]:
    """Disjoint boxes (x, y, w, h) in dm that cover the spine's floor, in order along it."""
    half = line.width_dm // 2
    boxes = []
    for k, (a, b) in enumerate(zip(line.points, line.points[1:])):
        x0, x1 = min(a[0], b[0]) - half, max(a[0], b[0]) - half + line.width_dm
        y0, y1 = min(a[1], b[1]) - half, max(a[1], b[1]) - half + line.width_dm
        if k > 0:  # the square at the corner belongs to the segment before
            if b[0] > a[0]:
                x0 += line.width_dm
            elif b[0] < a[0]:
                x1 -= line.width_dm
            elif b[1] > a[1]:
                y0 += line.width_dm
            else:
                y1 -= line.width_dm
        boxes.append((x0, y0, x1 - x0, y1 - y0))
    return boxes
