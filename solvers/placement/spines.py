"""Candidate spines: orthogonal public aisles from an entrance to an exit, wide enough by construction.

Shortest paths on a 0.5 m grid whose nodes are free when the w x w square round them is; cost = length + turns + distance
from a wanted clearance to the walls; reuse is penalised, so that candidates differ.
"""

from __future__ import annotations

import heapq
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, Level, doors_of_use
from solvers.placement.problem import DM, SpineLine
from solvers.placement.raster import Raster

STEP = 5  # dm between nodes
TURN = 80  # dm charged for a turn
MIN_DOOR_OVERLAP = 12  # dm of a door that the spine's end must cover, or the whole door when narrower
MOVES = ((1, 0), (0, 1), (-1, 0), (0, -1))

Node = tuple[int, int]
Floats = npt.NDArray[np.float64]


def candidate_spines(level: Level, raster: Raster, widths_dm: tuple[int, ...], count: int) -> tuple[SpineLine, ...]:
    """Up to `count` different spines over all pairs of entrance and exit, the widest width that works first."""
    found: list[SpineLine] = []
    pairs = [(a, b) for a, b in product(doors_of_use(level, ENTRANCE_USES), doors_of_use(level, EXIT_USES)) if a.id != b.id]
    for entrance, exit_ in pairs:
        for width in sorted(widths_dm, reverse=True):
            lines = _between(raster, entrance, exit_, width, count, f"{entrance.id}-{exit_.id}")
            if lines:
                found.extend(lines)
                break
    return tuple(found[: max(count, len(pairs))])


def _between(raster: Raster, entrance: Door, exit_: Door, width: int, count: int, name: str) -> list[SpineLine]:
    xs, ys = _grid(raster, entrance)
    free = _free_nodes(raster, xs, ys, width)
    starts = _terminals(raster, free, xs, ys, entrance, width)
    ends = _terminals(raster, free, xs, ys, exit_, width)
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
        points = _corners([(int(xs[i]), int(ys[j])) for i, j in path])
        if all(_differ(points, line.points) for line in lines):
            lines.append(SpineLine(id=f"{name}/{width * DM}/{len(lines) + 1}", points=points, width_dm=width))
        for i, j in path:
            used[max(0, i - 1) : i + 2, max(0, j - 1) : j + 2] += 1.0
    return lines


def _grid(raster: Raster, entrance: Door) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Node coordinates; the entrance's middle lies on a grid line, so that a straight spine can be straight."""
    nx, ny = raster.shape()
    mx, my = (entrance.p[0] + entrance.q[0]) // (2 * DM), (entrance.p[1] + entrance.q[1]) // (2 * DM)
    return np.arange(raster.x0 + (mx - raster.x0) % STEP, raster.x0 + nx + 1, STEP), np.arange(
        raster.y0 + (my - raster.y0) % STEP, raster.y0 + ny + 1, STEP
    )


def _free_nodes(raster: Raster, xs: npt.NDArray[np.int64], ys: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.bool_]:
    half = width // 2
    free = np.zeros((len(xs), len(ys)), dtype=bool)
    for i, x in enumerate(xs.tolist()):
        for j, y in enumerate(ys.tolist()):
            box = (x - half, y - half, width, width)
            free[i, j] = raster.all_inside(*box) and raster.columns_in(*box) == 0
    return free


def _terminals(
    raster: Raster,
    free: npt.NDArray[np.bool_],
    xs: npt.NDArray[np.int64],
    ys: npt.NDArray[np.int64],
    door: Door,
    width: int,
) -> list[Node]:
    """Nodes whose square reaches the door's wall and covers at least 1.2 m of its leaf."""
    (px, py), (qx, qy) = door.p, door.q
    lo_x, hi_x, lo_y, hi_y = min(px, qx) / DM, max(px, qx) / DM, min(py, qy) / DM, max(py, qy) / DM
    wanted = min(MIN_DOOR_OVERLAP, max(hi_x - lo_x, hi_y - lo_y))
    half = width / 2 + STEP
    ends = []
    for i, j in zip(*np.nonzero(free)):
        x, y = int(xs[i]), int(ys[j])
        over_x = min(hi_x, x + width / 2) - max(lo_x, x - width / 2)
        over_y = min(hi_y, y + width / 2) - max(lo_y, y - width / 2)
        touches = lo_x - half <= x <= hi_x + half and lo_y - half <= y <= hi_y + half
        if touches and max(over_x, over_y) >= wanted - 1e-9:
            ends.append((int(i), int(j)))
    return ends


def _cheapest(free: npt.NDArray[np.bool_], cost: Floats, starts: list[Node], ends: list[Node]) -> list[Node] | None:
    """Dijkstra over (node, direction) with turn penalties."""
    best: dict[tuple[Node, int], float] = {}
    came: dict[tuple[Node, int], tuple[Node, int] | None] = {}
    heap: list[tuple[float, Node, int]] = []
    middle = _middle(starts)
    for start in starts:
        off = float(abs(start[0] - middle[0]) + abs(start[1] - middle[1])) * 2
        for d in range(4):
            best[start, d] = off
            came[start, d] = None
            heapq.heappush(heap, (off, start, d))
    goal, goal_middle = set(ends), _middle(ends)
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


def _middle(nodes: list[Node]) -> Node:
    return round(sum(n[0] for n in nodes) / len(nodes)), round(sum(n[1] for n in nodes) / len(nodes))


def _walk_back(came: dict[tuple[Node, int], tuple[Node, int] | None], end: tuple[Node, int]) -> list[Node]:
    path, at = [], end
    while True:
        path.append(at[0])
        before = came[at]
        if before is None:
            return path[::-1]
        at = before


def _corners(points: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept = [points[0]]
    for before, at, after in zip(points, points[1:], points[2:]):
        if (at[0] - before[0]) * (after[1] - at[1]) != (at[1] - before[1]) * (after[0] - at[0]):
            kept.append(at)
    return (*kept, points[-1])


def _differ(a: tuple[tuple[int, int], ...], b: tuple[tuple[int, int], ...]) -> bool:
    """Do two lines differ by more than a metre somewhere?"""

    def dense(points: tuple[tuple[int, int], ...]) -> Floats:
        parts = [np.linspace(p, q, max(2, (abs(q[0] - p[0]) + abs(q[1] - p[1])) // STEP)) for p, q in pairwise(points)]
        return np.vstack(parts)

    da, db = dense(a), dense(b)
    return bool(np.abs(da[:, None, :] - db[None, :, :]).sum(2).min(1).max() > 10)


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
