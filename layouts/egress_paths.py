"""Common paths of egress travel and dead ends, on the raster of walks.

From a place, the ways to two exits may run together at first: that first part is the common path (IBC 1006.2.1). A dead end
is a common path that is long for its width (IBC 1020.5: one shorter than 2.5 times its width is none).

Each cell's way to each exit follows the shortest walks' tree. A place has a choice where its ways to two exits leave it at
45 degrees or more to one another (the rule of Approved Document B for alternative escape routes), told by where the ways are
after LOOK_AHEAD steps; before that they are common.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layouts.steps import Floats, Ints, Net, Trees

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
    net, lengths = trees.net, trees.lengths
    exits = len(lengths)
    reached = np.isfinite(lengths).any(axis=0)
    if not reached.any():
        return None
    nearest = trees.nearest
    best: Floats = np.full(net.cells, np.inf)
    ahead = [net.places[_ahead(tree, net.cells)] - net.places[: net.cells] for tree in trees.next] if exits > 1 else []
    for other in range(exits):
        best = np.minimum(best, _together(trees, nearest, ahead, other))
    if exits == 1:
        best = lengths[0].copy()
    best[~reached] = -1.0
    widths = _widest(trees, nearest, best)
    dead = np.where(best >= DEAD_END_WIDTHS * widths, best, -1.0) if exits > 1 else best
    return Common(
        path_m=max(0.0, float(best.max())) / 1000,
        path=_way(net, trees.next, nearest, int(best.argmax()), float(best.max())),
        dead_end_m=max(0.0, float(dead.max())) / 1000,
        dead_end=_way(net, trees.next, nearest, int(dead.argmax()), float(dead.max())),
    )


def _ahead(tree: Ints, cells: int) -> Ints:
    """Where each cell's way is LOOK_AHEAD steps on; a way that ended stays at its exit."""
    at = np.arange(cells)
    for _ in range(LOOK_AHEAD):
        on = tree[at]
        at = np.where(on >= 0, on, at)
    return at


def _last(chain: Ints) -> Ints:
    """Where each cell's chain ends: cells that point at themselves are ends. Twice as far with every round."""
    while True:
        on = chain[chain]
        if np.array_equal(on, chain):
            return chain
        chain = on


def _together(trees: Trees, nearest: Ints, ahead: list[Floats], other: int) -> Floats:
    """For every cell, how far its way to the nearest exit runs together with its way to another exit; inf where that exit
    is the nearest itself or is not reached. `ahead`: how far on each cell's ways are after LOOK_AHEAD steps."""
    net, lengths = trees.net, trees.lengths
    common: Floats = np.full(net.cells, np.inf)
    own_cells = np.arange(net.cells)
    for own in range(len(trees.next)):
        mine = nearest == own
        if own == other or not mine.any():
            continue
        one, two = ahead[own], ahead[other]
        across = np.abs(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])
        along = (one * two).sum(axis=1)
        alike = (across < CHOICE_SLOPE * along) | ((across == 0) & (along == 0))
        on = trees.next[own, : net.cells]
        joined = alike & (on >= 0) & (on < net.cells)
        last = _last(np.where(joined, on, own_cells))  # the first place on the way where there is a choice
        told = np.flatnonzero(mine & np.isfinite(lengths[other]))
        common[told] = lengths[own, told] - lengths[own, last[told]]
    return common


def _widest(trees: Trees, nearest: Ints, common: Floats) -> Floats:
    """The widest floor that each cell's common path passes. Twice as far with every round."""
    net = trees.net
    widest = net.width_mm.copy()
    on = np.where(np.isfinite(trees.lengths[nearest, np.arange(net.cells)]), trees.next[nearest, np.arange(net.cells)], -1)
    on = np.where(on < net.cells, on, -1)
    goes = (common > 0) & (on >= 0) & (common[on] > 0)
    chain = np.where(goes, on, np.arange(net.cells))
    while True:
        widest = np.maximum(widest, widest[chain])
        further = chain[chain]
        if np.array_equal(further, chain):
            return widest
        chain = further


def _way(net: Net, trees: Ints, nearest: Ints, cell: int, length: float) -> tuple[tuple[float, float], ...]:
    """The way from a cell towards its nearest exit, as long as told."""
    points, gone, at = [net.places[cell]], 0.0, cell
    while gone < length - 1 and trees[nearest[cell], at] >= 0:
        on = int(trees[nearest[cell], at])
        gone += float(np.hypot(*(net.places[on] - net.places[at])))
        points.append(net.places[on])
        at = on
    return tuple((float(x), float(y)) for x, y in points)
