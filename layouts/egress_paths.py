"""Common paths of egress travel and dead ends, on the raster of walks.

From a place, the ways to two exits may run together at first: that first part is the common path (IBC 1006.2.1). A dead end
is a common path that is long for its width (IBC 1020.5: one shorter than 2.5 times its width is none).

Each cell's way to each exit follows the shortest walks' tree. A place has a choice where its ways to two exits leave it at
45 degrees or more to one another (the rule of Approved Document B for alternative escape routes), told by where the ways are
after LOOK_AHEAD steps; before that they are common.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from layouts.steps import Floats, Ints, Trees

LOOK_AHEAD = 4
CHOICE_SLOPE = 1.0  # of 45 degrees
DEAD_END_WIDTHS = 2.5  # a dead end is at least this many times as long as it is wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """The longest common path and the longest dead end, each with the way from its far end; metres and millimetres."""

    path_m: float
    path: tuple[tuple[float, float], ...]
    dead_end_m: float
    dead_end: tuple[tuple[float, float], ...]


def common_paths(trees: Trees) -> Common | None:
    """The longest common path and dead end; with one exit the whole travel is common. None where no floor has a way out."""
    exits, nearest = len(trees.exits), trees.nearest
    reached = trees.least < np.inf
    if not reached.any():
        return None
    best = _together(trees) if exits > 1 else trees.lengths[0].copy()
    best[~reached] = -1.0
    dead = np.where(best >= DEAD_END_WIDTHS * _widest(trees, best), best, -1.0) if exits > 1 else best
    return Common(
        path_m=max(0.0, float(best.max())) / 1000,
        path=_way(trees, nearest, int(best.argmax()), float(best.max())),
        dead_end_m=max(0.0, float(dead.max())) / 1000,
        dead_end=_way(trees, nearest, int(dead.argmax()), float(dead.max())),
    )


def _together(trees: Trees) -> Floats:
    """For every cell, how far its way to the nearest exit runs together with its way to another exit, the least of all others;
    inf where no other exit is reached."""
    from layouts import step_kernel as kernel

    common: Floats = np.full(trees.cells, np.inf)
    room = np.empty(len(trees.places), dtype=np.int64)
    for own, other in permutations(range(len(trees.exits)), 2):
        kernel.together(
            trees.next, trees.found, trees.nearest, trees.places, LOOK_AHEAD, CHOICE_SLOPE, own, other, room, common
        )
    return common


def _widest(trees: Trees, common: Floats) -> Floats:
    """The widest floor that each cell's common path passes."""
    from layouts import step_kernel as kernel

    widest, room = np.empty(trees.cells), np.empty(trees.cells, dtype=np.int64)
    kernel.widest(trees.next, trees.found, trees.nearest, common, trees.width_mm, widest, room)
    return widest


def _way(trees: Trees, nearest: Ints, cell: int, length: float) -> tuple[tuple[float, float], ...]:
    """The way from a cell towards its nearest exit, as long as told."""
    points, gone, at, onward = [trees.places[cell]], 0.0, cell, trees.next[nearest[cell]]
    while gone < length - 1 and onward[at] >= 0:
        on = int(onward[at])
        gone += float(np.hypot(*(trees.places[on] - trees.places[at])))
        points.append(trees.places[on])
        at = on
    return tuple((float(x), float(y)) for x, y in points)
