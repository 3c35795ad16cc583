"""Lines from corners of a floor to the edges about them that are the shortest of their surroundings; compiled, all of it in
this one file. Edges are rows of x, y, x, y, and stand in strips of the floor (sight_kernel.put_in_strips)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled, inlined
from layouts.sight_kernel import EXACT_MM2, STRIP_MM

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MISSED, MET, UNSURE = 0, 1, 2

FINE = 2.0**20  # parts of a millimetre in which a foot is told: it is the same wherever else on its wall an edge ends
NEARER = 1e-6  # of a line's length: what is nearer than its end by no more is as near


@inlined
def strip_of(y: float, low: float, strips: int) -> int:
    """In which strip a height lies, or the one next to it."""
    return min(strips - 1, max(0, int(np.floor((y - low) / STRIP_MM))))


@compiled
def shortest_lines(
    chosen: Ints, edges: Floats, before: Floats, numbers: Ints, low: float, first: Ints, in_strips: Ints, longest: float,
    ends: Ints, lines: Floats,
) -> int:  # fmt: skip
    """The lines from where the chosen edges start to the nearest places on other edges no farther off than `longest`, such as
    have nothing nearer just beside either end. Looked at are the edges of these `numbers`, which stand in strips by their
    places among them; `before`: where the edge before each one starts. The numbers of both edges, and x, y, x, y and the
    length of each line; how many they are. Such as find no room are counted all the same."""
    strips, count = len(first) - 2, 0
    for c in chosen:
        x, y, u, v = edges[c]
        lowest, highest = strip_of(y - longest, low, strips), strip_of(y + longest, low, strips)
        for s in range(lowest, highest + 1):
            for m in range(first[s], first[s + 1]):
                e = numbers[in_strips[m]]
                ax, ay, bx, by = edges[e]
                if min(ax, bx) > x + longest or max(ax, bx) < x - longest:
                    continue
                if s != max(lowest, strip_of(min(ay, by), low, strips)):
                    continue  # looked at in a strip before this one
                dx, dy = bx - ax, by - ay
                share = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-9)))
                if share >= 1.0:
                    continue  # where the next edge starts
                foot_x, foot_y = np.rint((ax + share * dx) * FINE) / FINE, np.rint((ay + share * dy) * FINE) / FINE
                to_x, to_y = foot_x - x, foot_y - y
                length = np.sqrt(to_x * to_x + to_y * to_y)
                slack = NEARER * length
                if length <= 1.0 or length > longest:
                    continue
                if to_x * (before[c, 0] - x) + to_y * (before[c, 1] - y) > slack or to_x * (u - x) + to_y * (v - y) > slack:
                    continue
                if share <= 0.0 and -to_x * (before[e, 0] - ax) - to_y * (before[e, 1] - ay) > slack:
                    continue  # nearer on the edge before
                if count < len(ends):
                    ends[count, 0], ends[count, 1] = c, e
                    lines[count, 0], lines[count, 1], lines[count, 2], lines[count, 3] = x, y, foot_x, foot_y
                    lines[count, 4] = length
                count += 1
    return count


@inlined
def met(ax: float, ay: float, bx: float, by: float, cx: float, cy: float, dx: float, dy: float) -> int:
    """Whether two straight lines meet; UNSURE where a sign would decide that rounding may have turned."""
    if max(ax, bx) < min(cx, dx) or max(cx, dx) < min(ax, bx) or max(ay, by) < min(cy, dy) or max(cy, dy) < min(ay, by):
        return MISSED
    one, two = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax), (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
    if (one > EXACT_MM2 and two > EXACT_MM2) or (one < -EXACT_MM2 and two < -EXACT_MM2):
        return MISSED
    three, four = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx), (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
    if (three > EXACT_MM2 and four > EXACT_MM2) or (three < -EXACT_MM2 and four < -EXACT_MM2):
        return MISSED
    return UNSURE if min(abs(one), abs(two), abs(three), abs(four)) <= EXACT_MM2 else MET


@compiled
def lines_met(xy: Floats, walk_at: Ints, a: Floats, b: Floats, pairs: Ints) -> int:
    """The pairs of walks, whose corners are those from walk_at[w] on, and lines a-b that meet, and whether that is MET or
    UNSURE; how many they are. Such as find no room are counted all the same."""
    count = 0
    for w in range(len(walk_at) - 1):
        for k in range(len(a)):
            told = MISSED
            for p in range(walk_at[w], walk_at[w + 1] - 1):
                here = met(xy[p, 0], xy[p, 1], xy[p + 1, 0], xy[p + 1, 1], a[k, 0], a[k, 1], b[k, 0], b[k, 1])
                if here == MET:
                    told = MET
                    break
                told = max(told, here)
            if told != MISSED:
                if count < len(pairs):
                    pairs[count, 0], pairs[count, 1], pairs[count, 2] = w, k, told
                count += 1
    return count
