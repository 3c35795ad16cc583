"""Which straight lines lie in an area, and which touch corners without cutting them; compiled, all of it in this one file."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled, inlined

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Marks = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

STRIP_MM = 500.0
HIDDEN, SEEN, UNSURE = 0, 1, 2
EXACT_MM2 = 1e-3  # a smaller cross product may have the wrong sign, for lines of up to some hundred metres


@inlined
def strip(y: float, low: float) -> int:
    """In which strip of an area a height lies."""
    return int(np.floor((y - low) / STRIP_MM))


@compiled
def put_in_strips(edges: Floats, low: float, first: Ints, edge: Ints) -> int:
    """The edges that come into each strip of the area, STRIP_MM high, from `low` up: those of strip s are edge[first[s] :
    first[s + 1]]. How many there are; such as find no room are counted all the same."""
    first[:] = 0
    for k in range(len(edges)):
        for s in range(strip(min(edges[k, 1], edges[k, 3]), low), strip(max(edges[k, 1], edges[k, 3]), low) + 1):
            first[s + 2] += 1
    for s in range(2, len(first)):
        first[s] += first[s - 1]
    count = first[len(first) - 1]
    if count <= len(edge):
        for k in range(len(edges)):
            for s in range(strip(min(edges[k, 1], edges[k, 3]), low), strip(max(edges[k, 1], edges[k, 3]), low) + 1):
                edge[first[s + 1]] = k
                first[s + 1] += 1
    return int(count)


@inlined
def look_along(edges: Floats, low: float, first: Ints, edge: Ints, ax: float, ay: float, bx: float, by: float) -> int:
    """Whether a line lies in the area that the edges bound: its start does, and it crosses no edge. UNSURE where a sign would
    decide that rounding may have turned. Edges are rows of x, y, x, y and stand in strips."""
    strips = len(first) - 2
    at = strip(ay, low)
    if not 0 <= at < strips:
        return HIDDEN
    inside, told = False, SEEN
    for m in range(first[at], first[at + 1]):
        cx, cy, dx, dy = edges[edge[m]]
        if (cy > ay) != (dy > ay) and (cx > ax or dx > ax):  # the way along +x from the start may cross it
            off = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
            if abs(off) < EXACT_MM2:
                told = UNSURE
            inside ^= (off > 0) == (dy > cy)
    left, right, down, up = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    for m in range(first[max(0, strip(down, low))], first[min(strips, strip(up, low) + 1)]):
        cx, cy, dx, dy = edges[edge[m]]
        if max(cx, dx) < left or min(cx, dx) > right or max(cy, dy) < down or min(cy, dy) > up:
            continue
        one, two = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax), (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
        if (one > EXACT_MM2 and two > EXACT_MM2) or (one < -EXACT_MM2 and two < -EXACT_MM2):
            continue
        three, four = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx), (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
        if (three > EXACT_MM2 and four > EXACT_MM2) or (three < -EXACT_MM2 and four < -EXACT_MM2):
            continue
        if min(abs(one), abs(two), abs(three), abs(four)) <= EXACT_MM2:
            told = UNSURE
            continue
        return HIDDEN
    return told if told != SEEN or inside else HIDDEN


@compiled
def see(edges: Floats, low: float, first: Ints, edge: Ints, lines: Floats, found: Marks) -> None:
    """For each line, a row of x, y, x, y, whether it lies in the area."""
    for n in range(len(lines)):
        found[n] = look_along(edges, low, first, edge, lines[n, 0], lines[n, 1], lines[n, 2], lines[n, 3])


@compiled
def pull_taut(edges: Floats, low: float, first: Ints, edge: Ints, points: Floats, look: int, kept: Ints) -> int:
    """The points of a walk that are left when every corner is cut that a straight line can cut, until nothing changes; how many
    they are. -1 where one look is UNSURE. From a point every `look`-th after the next is looked at, then the `look` after the
    farthest that is seen."""
    count = len(points)
    for k in range(count):
        kept[k] = k
    while True:
        left, at = 1, 0
        while at < count - 1:
            far, last = at + 1, count - 1
            for step in (look, 1):
                tried = far + (last - far) // step * step if step == look else min(far + look, last)
                while tried > far:
                    a, b = kept[at], kept[tried]
                    told = look_along(edges, low, first, edge, points[a, 0], points[a, 1], points[b, 0], points[b, 1])
                    if told == UNSURE:
                        return -1
                    if told == SEEN:
                        break
                    tried -= step
                far = max(far, tried)
            at = far
            kept[left] = kept[at]
            left += 1
        if left == count:
            return count
        count = left


@inlined
def comes_into(boxes: Floats, ax: float, ay: float, bx: float, by: float) -> bool:
    """Whether a line comes into one of these boxes, rows of left, low, right, high, or passes a corner of one."""
    for k in range(len(boxes)):
        left, low, right, high = boxes[k]
        if max(ax, bx) < left or min(ax, bx) > right or max(ay, by) < low or min(ay, by) > high:
            continue
        x, y = bx - ax, by - ay
        one, two = x * (low - ay) - y * (left - ax), x * (low - ay) - y * (right - ax)
        three, four = x * (high - ay) - y * (right - ax), x * (high - ay) - y * (left - ax)
        if min(one, two, three, four) <= 0 <= max(one, two, three, four):
            return True
    return False


@compiled
def carry_lines(
    pairs: Ints, seen: Bools, now: Ints, corners: Floats, boxes: Floats, carried: Ints, known: Bools, look: Bools
) -> int:
    """The pairs of corners that are still there, by the numbers they have `now` (-1 for those that are gone), the smaller
    first; whether their lines were seen along, and whether these come into a box and are to be looked along anew. How many
    they are."""
    count = 0
    for k in range(len(pairs)):
        a, b = now[pairs[k, 0]], now[pairs[k, 1]]
        if a < 0 or b < 0:
            continue
        carried[count, 0], carried[count, 1], known[count] = min(a, b), max(a, b), seen[k]
        look[count] = comes_into(boxes, corners[a, 0], corners[a, 1], corners[b, 0], corners[b, 1])
        count += 1
    return count


@compiled
def carry_marks(
    marks: Marks, old_point: Ints, old_end: Ints, points: Floats, ends: Floats, boxes: Floats, carried: Marks
) -> None:
    """What was marked of lines, from points (rows) to ends (columns), by the numbers that these had (-1 for new ones); -1 where
    nothing is known, or the line comes into a box."""
    for p in range(len(points)):
        for e in range(len(ends)):
            known = marks[old_point[p], old_end[e]] if old_point[p] >= 0 and old_end[e] >= 0 else -1
            if known >= 0 and comes_into(boxes, points[p, 0], points[p, 1], ends[e, 0], ends[e, 1]):
                known = -1
            carried[p, e] = known


@inlined
def touches(px: float, py: float, corners: Floats, before: Floats, after: Floats, c: int, slack: float) -> bool:
    """Whether the line from a point to a corner leaves both neighbours of the corner on one side."""
    x, y = px - corners[c, 0], py - corners[c, 1]
    one = x * (before[c, 1] - corners[c, 1]) - y * (before[c, 0] - corners[c, 0])
    two = x * (after[c, 1] - corners[c, 1]) - y * (after[c, 0] - corners[c, 0])
    return bool(min(one, two) >= -slack or max(one, two) <= slack)


@compiled
def touching_corners(
    corners: Floats, before: Floats, after: Floats, new: Ints, is_new: Marks, slack: float, pairs: Ints
) -> int:
    """The pairs of corners, one of them new at least, whose line touches both, the smaller number first; how many they are.
    Such as find no room are counted all the same."""
    count = 0
    for k in new:
        for i in range(len(corners)):
            if i == k or (is_new[i] and i > k):
                continue
            if touches(corners[k, 0], corners[k, 1], corners, before, after, i, slack) and touches(
                corners[i, 0], corners[i, 1], corners, before, after, k, slack
            ):
                if count < len(pairs):
                    pairs[count, 0], pairs[count, 1] = min(i, k), max(i, k)
                count += 1
    return count


@compiled
def touched_corners(points: Floats, corners: Floats, before: Floats, after: Floats, slack: float, found: Marks) -> None:
    """For each point (rows) and corner (columns) whether the line between them touches the corner."""
    for p in range(len(points)):
        for c in range(len(corners)):
            found[p, c] = touches(points[p, 0], points[p, 1], corners, before, after, c, slack)
