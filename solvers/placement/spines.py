"""Candidate spines: orthogonal public aisles from an entrance to an exit, wide enough by construction.

Shortest paths on a 0.5 m grid whose nodes are free when the w x w square round them is; cost = length + turns + distance
from a wanted clearance to the walls; reuse is penalised, so that candidates differ. Doors near one another: see loops.py.
"""

from __future__ import annotations

import heapq
from itertools import product
from math import dist

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from layouts.flow import LOOP_MM
from layouts.geometry import door_middle
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, Level, doors_of_use
from solvers.placement.loops import candidate_loops
from solvers.placement.problem import DM, SpineLine
from solvers.placement.raster import Raster
from solvers.placement.spine_grid import STEP, Floats, Node, corners, differ, free_nodes, grid, middle, terminals

TURN = 80  # dm charged for a turn
MOVES = ((1, 0), (0, 1), (-1, 0), (0, -1))



def candidate_spines(level: Level, raster: Raster, widths_dm: tuple[int, ...], count: int) -> tuple[SpineLine, ...]:
    """Up to `count` different spines over all pairs of entrance and exit, the widest width that works first."""
    found: list[SpineLine] = []
    pairs = list(product(doors_of_use(level, ENTRANCE_USES), doors_of_use(level, EXIT_USES)))
    for entrance, exit_ in pairs:
        between = candidate_loops if dist(door_middle(entrance), door_middle(exit_)) < LOOP_MM else _between
        for width in sorted(widths_dm, reverse=True):
            lines = between(raster, entrance, exit_, width, count, f"{entrance.id}-{exit_.id}")
            if lines:
                found.extend(lines)
                break
    return tuple(found[: max(count, len(pairs))])


def _between(raster: Raster, entrance: Door, exit_: Door, width: int, count: int, name: str) -> list[SpineLine]:
    xs, ys = grid(raster, entrance)
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
    for target in (None, 60, 90, half + 45, half + 25, half, None, 75, 105, 120):
        if len(lines) == count:
            break
        cost = used * 2.0 if target is None else np.abs(clearance - target) * 0.15 + used * 2.0
        path = _cheapest(free, cost, starts, ends)
        if path is None:
            continue
        points = corners([(int(xs[i]), int(ys[j])) for i, j in path])
        if all(differ(points, line.points) for line in lines):
            lines.append(SpineLine(id=f"{name}/{width * DM}/{len(lines) + 1}", points=points, width_dm=width))
        for i, j in path:
            used[max(0, i - 1) : i + 2, max(0, j - 1) : j + 2] += 1.0
    return lines


def _cheapest(free: npt.NDArray[np.bool_], cost: Floats, starts: list[Node], ends: list[Node]) -> list[Node] | None:
    """Dijkstra over (node, direction) with turn penalties."""
    best: dict[tuple[Node, int], float] = {}
    came: dict[tuple[Node, int], tuple[Node, int] | None] = {}
    heap: list[tuple[float, Node, int]] = []
    centre = middle(starts)
    for start in starts:
        off = float(abs(start[0] - centre[0]) + abs(start[1] - centre[1])) * 2
        for d in range(4):
            best[start, d] = off
            came[start, d] = None
            heapq.heappush(heap, (off, start, d))
    goal, goal_middle = set(ends), middle(ends)
    while heap:
        so_far, node, d = heapq.heappop(heap)
        if so_far > best[node, d]:
            continue
        if node in goal and abs(node[0] - goal_middle[0]) + abs(node[1] - goal_middle[1]) <= 4:
            return _walk_back(came, (node, d))
        for turn, (dx, dy) in enumerate(MOVES):
            nxt = (node[0] + dx, node[1] + dy)
            if not (0 <= nxt[0] < free.shape[0] and 0 <= nxt[1] < free.shape[1]) or not free[nxt]:
                continue
            step = so_far + STEP + float(cost[nxt]) + (TURN if turn != d else 0)
            if step < best.get((nxt, turn), np.inf):
                best[nxt, turn] = step
                came[nxt, turn] = (node, d)
                heapq.heappush(heap, (step, nxt, turn))
    return None


def _walk_back(came: dict[tuple[Node, int], tuple[Node, int] | None], end: tuple[Node, int]) -> list[Node]:
    path, at = [], end
    while True:
        path.append(at[0])
        before = came[at]
        if before is None:
            return path[::-1]
        at = before


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
