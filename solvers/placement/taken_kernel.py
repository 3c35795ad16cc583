"""Which places of a module another one excludes, compiled: until all modules stand the search asks for little else.

All compiled code stands in this one file (compiled.py).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from layouts.compiled import compiled

Small = npt.NDArray[np.int32]
LAST, FIRST, START, END = range(4)  # of a corridor, the rows that `limits` has for each arc (taken.py: Spots)


@compiled
def mark_excluded(
    boxes: Small, limits: Small, rooms: Small, its_boxes: Small, its_limits: Small, its_rooms: Small, k: int,
    found: npt.NDArray[np.bool_],
) -> None:  # fmt: skip
    """Marks in `found` the places of a module that another one excludes from its place k: they would stand on the same floor,
    or take the same room, or the staff corridor of one would lie under public floor of the other.

    One rule after the other for all places at once, which processors do many at a time.
    """
    n = found.shape[0]
    for i in range(boxes.shape[0]):
        x0, y0, x1, y1 = boxes[i, 0], boxes[i, 1], boxes[i, 2], boxes[i, 3]
        for j in range(its_boxes.shape[0]):
            a0, b0, a1, b1 = its_boxes[j, 0, k], its_boxes[j, 1, k], its_boxes[j, 2, k], its_boxes[j, 3, k]
            if a1 > 0:  # empty boxes are zeros
                for p in range(n):
                    found[p] |= (x0[p] < a1) & (a0 < x1[p]) & (y0[p] < b1) & (b0 < y1[p])
    for d in range(limits.shape[0]):
        last, first, start, end = limits[d, LAST], limits[d, FIRST], limits[d, START], limits[d, END]
        its_last, its_first = its_limits[d, LAST, k], its_limits[d, FIRST, k]
        its_start, its_end = its_limits[d, START, k], its_limits[d, END, k]
        for p in range(n):
            found[p] |= (last[p] >= its_start) | (first[p] < its_end) | (start[p] <= its_last) | (end[p] > its_first)
    if its_rooms[k] >= 0:
        for p in range(n):
            found[p] |= rooms[p] == its_rooms[k]
