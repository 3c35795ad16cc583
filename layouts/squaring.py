"""Points turned to the walls' own directions, and brought onto the walls' lines: rounding must not make a wall crooked."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
# a wall's two ends each rounded to a millimetre; walls as near to one line as that; what is rounded itself, as near to the line
OFF_MM, JOINED_MM, NEAR_MM = 1.5, 0.75, 1.5
ALONG = 0.02  # off its direction, by its length


def turned_rows(points: Rows, turn_deg: float) -> Rows:
    """Points (rows x y) turned about the origin, counter-clockwise."""
    if not turn_deg:
        return points
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    return np.column_stack([points[:, 0] * c - points[:, 1] * s, points[:, 0] * s + points[:, 1] * c])


def turned_pieces(rows: Rows, turn_deg: float) -> Rows:
    """Straight pieces (rows x1 y1 x2 y2) turned about the origin."""
    return np.hstack([turned_rows(rows[:, :2], turn_deg), turned_rows(rows[:, 2:], turn_deg)])


def squared(rows: Rows) -> Callable[[Rows], Rows]:
    """Puts points onto the lines of walls that run along the axes but for rounding, and most of those on whole millimetres.

    Walls on one line stay on one line, and a corner of two of them is a right angle. Everything moves by half a
    millimetre at most, what lies as near as rounding to such a line by a millimetre and a half more.
    """
    by, lines = np.zeros(2), list[Rows]()
    for axis in (0, 1):
        across, along = rows[:, [axis, 2 + axis]], rows[:, [1 - axis, 3 - axis]]
        off, length = np.abs(np.diff(across)).ravel(), np.abs(np.diff(along)).ravel()
        good = (off <= OFF_MM) & (off <= ALONG * length)
        at, weight = across[good].mean(axis=1), length[good]
        if len(at):  # the part of a millimetre that most walls share: the mean on a circle of one millimetre
            by[axis] = float(np.angle(np.sum(weight * np.exp(2j * np.pi * at)))) / (2 * np.pi)
        lines.append(_joined(at - by[axis], weight))

    def onto(points: Rows) -> Rows:
        made = points - by
        for axis, at in enumerate(lines):
            if len(at):
                after = np.clip(np.searchsorted(at, made[:, axis]), 1, max(1, len(at) - 1))
                sides = np.abs(at[np.minimum(after, len(at) - 1)] - made[:, axis]) < np.abs(at[after - 1] - made[:, axis])
                nearest = np.where(sides, at[np.minimum(after, len(at) - 1)], at[after - 1])
                made[:, axis] = np.where(np.abs(nearest - made[:, axis]) <= NEAR_MM, nearest, made[:, axis])
        return made

    return onto


def _joined(at: Rows, weight: Rows) -> Rows:
    """Places closer than rounding as one, in order; each at its whole millimetre where that is as near."""
    if not len(at):
        return at
    order = np.argsort(at, kind="stable")
    at, weight = at[order], weight[order]
    group = np.concatenate([[0], np.cumsum(np.diff(at) > JOINED_MM)])
    middle = np.bincount(group, at * weight) / np.maximum(np.bincount(group, weight), 1e-9)
    whole: Rows = np.unique(np.round(middle))
    return whole
