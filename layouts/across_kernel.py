"""Straight lines across walks, from the nearest edge of a floor through the walk to the edge opposite; compiled, all of it in
this one file. Edges are rows of x, y, x, y, and stand in strips of the floor (sight_kernel.put_in_strips)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled, inlined
from layouts.sight_kernel import STRIP_MM

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

AS_NEAR_MM2 = 1e-3  # edges that are as near but for rounding: the one with the smallest number is taken
BESIDE_MM = 1e-6  # so far beside a strip it is looked into as well
AT_END = 1e-9  # so far beyond an edge's end, as a part of it, a line still meets it
ALONG, ALONG_MM = 1e-7, 1e-3  # a line at so small an angle to an edge, and so near it, runs along it, and meets its nearer end
PAST_MM = 0.5  # a line goes on where it comes from an edge
NONE = -1


@inlined
def off_mm2(edges: Floats, k: int, x: float, y: float) -> float:
    """The square of the distance of a place from an edge."""
    ax, ay, dx, dy = edges[k, 0], edges[k, 1], edges[k, 2] - edges[k, 0], edges[k, 3] - edges[k, 1]
    share = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-9)))
    u, v = x - ax - share * dx, y - ay - share * dy
    return float(u * u + v * v)


@inlined
def nearest(edges: Floats, low: float, first: Ints, in_strips: Ints, x: float, y: float, within: float) -> int:
    """The edge nearest to a place, NONE where none is within so many millimetres."""
    strips, at = len(first) - 2, int(np.floor((y - low) / STRIP_MM))
    best, least = NONE, np.inf
    for beyond in range(max(at, strips - 1 - at, 0) + 1):
        away = (beyond - 1) * STRIP_MM
        if away > within or (away > 0 and away * away > least + AS_NEAR_MM2):
            break
        for side in range(1 if beyond == 0 else 2):
            s = at + beyond if side == 0 else at - beyond
            if not 0 <= s < strips:
                continue
            for n in range(first[s], first[s + 1]):
                off = np.rint(off_mm2(edges, in_strips[n], x, y) / AS_NEAR_MM2) * AS_NEAR_MM2
                if off < least or (off == least and in_strips[n] < best):
                    best, least = in_strips[n], off
    return best


@inlined
def reaches(edges: Floats, k: int, x: float, y: float, u: float, v: float) -> float:
    """How far a line from a place goes until it meets an edge; inf where it does not."""
    dx, dy, tx, ty = edges[k, 2] - edges[k, 0], edges[k, 3] - edges[k, 1], edges[k, 0] - x, edges[k, 1] - y
    turn = u * dy - v * dx
    if abs(turn) <= ALONG * (abs(dx) + abs(dy)):  # what would be divided is rounding alone
        one, other = tx * u + ty * v, (tx + dx) * u + (ty + dy) * v
        return float(min(one, other)) if abs(tx * v - ty * u) <= ALONG_MM and min(one, other) > PAST_MM else np.inf
    share = (tx * v - ty * u) / turn
    if share < -AT_END or share > 1 + AT_END:
        return np.inf
    long = (tx * dy - ty * dx) / turn
    return float(long) if long > PAST_MM else np.inf


@compiled
def lines_across(
    xy: Floats, walk_at: Ints, counts: Ints, run: Floats, below: Floats, most: float,
    edges: Floats, low: float, first: Ints, in_strips: Ints, ends: Floats, told: Floats, which: Ints,
) -> int:  # fmt: skip
    """The lines across walks, at `counts` places along each that stand evenly, that are shorter than `below` (for each walk);
    from a walk they go no farther than `most`. Their ends (rows of x, y, x, y), lengths, and the walk and the two edges of
    each; how many they are. The corners of walk w are those from walk_at[w] on, `run` tells how far along it each is."""
    strips, count = len(first) - 2, 0
    for w in range(len(counts)):
        begin, end = walk_at[w], walk_at[w + 1] - 1
        for n in range(counts[w]):
            along = (n + 0.5) / counts[w] * run[end]
            ahead = min(along + 1.0, run[end])
            a = begin
            while a < end - 1 and run[a + 1] < along:
                a += 1
            b = a
            while b < end - 1 and run[b + 1] < ahead:
                b += 1
            share = (along - run[a]) / max(run[a + 1] - run[a], 1e-9)
            x, y = xy[a, 0] + share * (xy[a + 1, 0] - xy[a, 0]), xy[a, 1] + share * (xy[a + 1, 1] - xy[a, 1])
            share = (ahead - run[b]) / max(run[b + 1] - run[b], 1e-9)
            onward_x = xy[b, 0] + share * (xy[b + 1, 0] - xy[b, 0]) - x
            onward_y = xy[b, 1] + share * (xy[b + 1, 1] - xy[b, 1]) - y
            near = nearest(edges, low, first, in_strips, x, y, below[w] / 2)
            if near == NONE:
                continue
            ax, ay, dx, dy = edges[near, 0], edges[near, 1], edges[near, 2] - edges[near, 0], edges[near, 3] - edges[near, 1]
            share = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-9)))
            from_x, from_y = ax + share * dx, ay + share * dy
            reach = np.hypot(x - from_x, y - from_y)
            if reach <= 1.0 or 2 * reach >= below[w]:
                continue
            u, v = (x - from_x) / reach, (y - from_y) / reach
            if abs(u * onward_x + v * onward_y) >= 0.5 * max(np.hypot(onward_x, onward_y), 1e-9):
                continue
            longest = min(below[w], most)
            s = int(np.floor((y - low - (BESIDE_MM if v >= 0 else -BESIDE_MM)) / STRIP_MM))
            last = int(np.floor((y + v * longest - low + (BESIDE_MM if v >= 0 else -BESIDE_MM)) / STRIP_MM))
            opposite, beyond, step = NONE, np.inf, 1 if v >= 0 else -1
            while (last - s) * step >= 0:
                if 0 <= s < strips:
                    for m in range(first[s], first[s + 1]):
                        far = reaches(edges, in_strips[m], x, y, u, v)
                        if far <= longest and (far < beyond or (far == beyond and in_strips[m] < opposite)):
                            opposite, beyond = in_strips[m], far
                s += step
                edge_y = low + (s if step > 0 else s + 1) * STRIP_MM  # where the line comes into the next strip
                if (edge_y - y) * step > beyond * abs(v) + BESIDE_MM:
                    break
            if opposite == NONE or reach + beyond >= below[w]:
                continue
            ends[count, 0], ends[count, 1], ends[count, 2], ends[count, 3] = from_x, from_y, x + u * beyond, y + v * beyond
            told[count], which[count, 0], which[count, 1], which[count, 2] = reach + beyond, w, near, opposite
            count += 1
    return count
