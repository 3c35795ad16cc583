"""Shortest ways over a raster to an exit and over lines of sight, and the part that two ways have in common; compiled.

Lengths are those of Dijkstra's method. Places wait in buckets as wide as a cell (Dial 1969): which of a bucket comes first does
not matter, for one that gets nearer is looked at once more. Of steps that are as good the one to the place that is nearer to
the exit counts, then the one to the place with the smaller number: so the ways depend on the raster alone. All compiled code
of it stands in this one file (compiled.py).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled, inlined

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Bits = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]
Marks = npt.NDArray[np.int8]

BUCKETS = 8  # more than the longest step is long, in cells; a power of two, as of all buckets
BEFORE, AFTER, WAITS = 0, 1, 2  # columns of the queue
NOWHERE = -9999
UNKNOWN, STANDS, BROKEN = 0, 1, 2  # of a place's way, after a change


@inlined
def take_out(queue: Small, first: Ints, place: int, bucket: int) -> None:
    """A place that waits in a bucket waits no longer."""
    before, after = queue[place, BEFORE], queue[place, AFTER]
    if before >= 0:
        queue[before, AFTER] = after
    else:
        first[bucket] = after
    if after >= 0:
        queue[after, BEFORE] = before
    queue[place, WAITS] = 0


@inlined
def put_in(queue: Small, first: Ints, place: int, bucket: int) -> None:
    """A place waits as the first of a bucket."""
    queue[place, BEFORE], queue[place, AFTER], queue[place, WAITS] = -1, first[bucket], 1
    if first[bucket] >= 0:
        queue[first[bucket], BEFORE] = place
    first[bucket] = place


@inlined
def come(
    at: int, to: int, length: float, width: float, found: Floats, next_of: Ints, queue: Small, first: Ints
) -> int:
    """A way of this length to a place by another one: it counts where it is shorter, or as short and by a nearer place. How
    many more places wait then."""
    if length > found[to]:
        return 0
    if length == found[to]:
        known = next_of[to]
        if found[at] < found[known] or (found[at] == found[known] and at < known):
            next_of[to] = at
        return 0
    more = 1
    if queue[to, WAITS]:
        take_out(queue, first, to, int(found[to] / width) & (len(first) - 1))
        more = 0
    found[to], next_of[to] = length, at
    put_in(queue, first, to, int(length / width) & (len(first) - 1))
    return more


@inlined
def leads_on(next_of: Ints, place: int, standing: Marks) -> int:
    """Whether a place's way still leads to the exit: STANDS or BROKEN as it is of the first place on it of which that is known;
    then it is known of all before that one."""
    at = place
    while standing[at] == UNKNOWN:
        at = next_of[at]
    told, at = standing[at], place
    while standing[at] == UNKNOWN:
        standing[at] = told
        at = next_of[at]
    return int(told)


@compiled
def mend_ways(
    start: int, was_free: Bools, was_open: Bits, free: Bools, opened: Bits, over: Ints, long: Floats, away: Floats,
    width: float, found: Floats, next_of: Ints, standing: Marks, queue: Small, first: Ints,
) -> None:  # fmt: skip
    """The lengths of the shortest ways to a start, the number of an exit, from all places, the raster's cells and then the
    exits, and the next place of each on its way, NOWHERE for the exit and where there is no way.

    `found` and `next_of` hold them for the raster before a change (`was_free`, `was_open`); with nothing free there, all is
    looked for. Which cells are free, and a bit in `opened` for each open step from a cell, `over` so many cells and `long`;
    `away`: how far exits (rows) are from the cells that they are joined to where those are free, else inf. `standing`, `queue`,
    `first`: room.

    What a way is lost to is looked for anew from what stands beside it, and steps that are new are tried from both their ends.
    """
    cells, exits = len(opened), away.shape[0]
    standing[:] = UNKNOWN
    queue[:, WAITS] = 0
    first[:] = -1
    for k in range(exits):  # the other exits are on few ways
        standing[cells + k] = STANDS if k == start else BROKEN
    for c in range(cells):
        if not free[c] or not was_free[c] or next_of[c] < 0:
            standing[c] = BROKEN
    for c in range(cells):
        lost = int(was_open[c]) & ~int(opened[c])
        for s in range(len(over)):
            if (lost >> s) & 1:
                to = c + over[s]
                if next_of[c] == to:
                    standing[c] = BROKEN
                if next_of[to] == c:
                    standing[to] = BROKEN
    for place in range(cells + exits):
        if leads_on(next_of, place, standing) == BROKEN:
            found[place], next_of[place] = np.inf, NOWHERE
    found[cells + start], next_of[cells + start] = 0.0, NOWHERE
    waiting = 0
    for k in range(exits):
        if k != start:
            for c in range(cells):
                if away[k, c] < np.inf and standing[c] == STANDS:
                    waiting += come(c, cells + k, found[c] + away[k, c], width, found, next_of, queue, first)
    for c in range(cells):
        if standing[c] == BROKEN and free[c]:
            for s in range(len(over)):
                to, back = c + over[s], c - over[s]
                if (opened[c] >> s) & 1 and standing[to] == STANDS:
                    waiting += come(to, c, found[to] + long[s], width, found, next_of, queue, first)
                if 0 <= back < cells and (opened[back] >> s) & 1 and standing[back] == STANDS:
                    waiting += come(back, c, found[back] + long[s], width, found, next_of, queue, first)
            if away[start, c] < np.inf:
                waiting += come(cells + start, c, away[start, c], width, found, next_of, queue, first)
        come_new = int(opened[c]) & ~int(was_open[c])
        for s in range(len(over)):
            if (come_new >> s) & 1:
                for end in (c, c + over[s]):
                    if standing[end] == STANDS and not queue[end, WAITS]:
                        put_in(queue, first, end, int(found[end] / width) & (len(first) - 1))
                        waiting += 1
    bucket = 0
    while waiting > 0:
        at = int(first[bucket & (len(first) - 1)])
        if at < 0:
            bucket += 1
            continue
        take_out(queue, first, at, bucket & (len(first) - 1))
        waiting -= 1
        if at < cells:
            for s in range(len(over)):
                back = at - over[s]
                if (opened[at] >> s) & 1:
                    waiting += come(at, at + over[s], found[at] + long[s], width, found, next_of, queue, first)
                if 0 <= back < cells and (opened[back] >> s) & 1:
                    waiting += come(at, back, found[at] + long[s], width, found, next_of, queue, first)
            for k in range(exits):
                if away[k, at] < np.inf:
                    waiting += come(at, cells + k, found[at] + away[k, at], width, found, next_of, queue, first)
        else:
            for to in range(cells):
                if free[to] and away[at - cells, to] < np.inf:
                    waiting += come(at, to, found[at] + away[at - cells, to], width, found, next_of, queue, first)


@compiled
def way(next_of: Ints, place: int, found: Ints) -> int:
    """The places of a way, from one to the next; how many they are."""
    count = 0
    while place >= 0 and count < len(found):
        found[count] = place
        place = next_of[place] if place < len(next_of) else NOWHERE
        count += 1
    return count


@inlined
def ahead(next_of: Ints, place: int, steps: int) -> int:
    """Where a way is after so many steps; one that ended stays at its exit."""
    for _ in range(steps):
        if next_of[place] < 0:
            break
        place = next_of[place]
    return place


@compiled
def together(
    next_of: Ints, lengths: Floats, nearest: Ints, places: Floats, look: int, slope: float, own: int, other: int, last: Ints,
    common: Floats,
) -> None:  # fmt: skip
    """Brings `common` down, for the cells whose nearest exit is `own`, to how far their way to it runs together with their way
    to the `other` one. `last`: room for the first place on each cell's way where there is a choice."""
    cells = len(nearest)
    last[:] = -1
    for c in range(cells):
        if nearest[c] != own or lengths[other, c] == np.inf:
            continue
        end = c
        while last[end] < 0:
            on, one, two = next_of[own, end], ahead(next_of[own], end, look), ahead(next_of[other], end, look)
            x, y = places[one, 0] - places[end, 0], places[one, 1] - places[end, 1]
            u, v = places[two, 0] - places[end, 0], places[two, 1] - places[end, 1]
            across, along = abs(x * v - y * u), x * u + y * v
            alike = across < slope * along or (across == 0 and along == 0)
            if not (alike and 0 <= on < cells):
                last[end] = end
                break
            end = on
        end, at = last[end], c
        while last[at] < 0:
            last[at] = end
            at = next_of[own, at]
        common[c] = min(common[c], lengths[own, c] - lengths[own, end])


@compiled
def widest(next_of: Ints, lengths: Floats, nearest: Ints, common: Floats, widths: Floats, passed: Floats, way: Ints) -> None:
    """The widest floor that each cell's common path passes, into `passed`. `way`: room for the cells of one way."""
    cells = len(nearest)
    passed[:] = -1.0
    for c in range(cells):
        count, at = 0, c
        while passed[at] < 0:
            way[count] = at
            count += 1
            on = next_of[nearest[at], at] if lengths[nearest[at], at] < np.inf else -1
            if not (common[at] > 0 and 0 <= on < cells and common[on] > 0):
                break
            at = on
        most = max(passed[at], 0.0)
        for k in range(count - 1, -1, -1):
            most = max(most, widths[way[k]])
            passed[way[k]] = most


@compiled
def edges_at(ends: Ints, long: Floats, first: Ints, to: Small, far: Floats) -> None:
    """Where the edges at each place lead, at both their ends, and how long they are: those of place p stand from first[p] to
    first[p + 1]."""
    first[:] = 0
    for k in range(len(ends)):
        first[ends[k, 0] + 1] += 1
        first[ends[k, 1] + 1] += 1
    for p in range(1, len(first)):
        first[p] += first[p - 1]
    for k in range(len(ends)):
        for side in range(2):
            at = first[ends[k, side]]
            to[at], far[at] = ends[k, 1 - side], long[k]
            first[ends[k, side]] += 1
    for p in range(len(first) - 1, 0, -1):
        first[p] = first[p - 1]
    first[0] = 0


@compiled
def walks_from(
    start: int, at_place: Ints, to: Small, far: Floats, width: float, found: Floats, previous: Ints, queue: Small, first: Ints
) -> None:
    """The lengths of the shortest ways from a place to all others over edges (edges_at), and the place before each. Of ways as
    long the one by the place that is nearer to the start, then by the one with the smaller number. Buckets are `width` wide,
    and more than the longest edge is long."""
    found[:] = np.inf
    previous[:] = NOWHERE
    queue[:, WAITS] = 0
    first[:] = -1
    found[start] = 0.0
    put_in(queue, first, start, 0)
    waiting, bucket = 1, 0
    while waiting > 0:
        at = int(first[bucket & (len(first) - 1)])
        if at < 0:
            bucket += 1
            continue
        take_out(queue, first, at, bucket & (len(first) - 1))
        waiting -= 1
        for n in range(at_place[at], at_place[at + 1]):
            waiting += come(at, int(to[n]), found[at] + far[n], width, found, previous, queue, first)
