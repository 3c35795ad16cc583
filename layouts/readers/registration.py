"""How far one reading of a building lies from another: every pair of like walls and columns votes for a shift."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from shapely.geometry import Polygon

from layouts import plan as p

CELL_MM = 40.0
LIKE_MM = 25.0  # in length and thickness: the same wall drawn twice
LEAST_SHARE = 0.35  # of the walls' length (columns count a metre each) that must agree on one shift
LEAST_VOTES = 3
MOST_THINGS = 1500


def shift_between(before: p.Level, after: p.Level, *, least_share: float = LEAST_SHARE) -> tuple[int, int] | None:
    """The shift (dx, dy) that brings `before` onto `after`, millimetres; None where they do not agree on one.

    A Hough vote: like things at distance d vote for d with their length; the fullest cell with its neighbours wins.
    """
    old, new = _things(before), _things(after)
    if not len(old) or not len(new):
        return None
    like = (np.abs(old[:, None, 2:5] - new[None, :, 2:5]) <= (1.0, LIKE_MM, LIKE_MM)).all(axis=2)
    i, j = np.nonzero(like)
    shifts, weights = new[j, :2] - old[i, :2], old[i, 5]
    if len(shifts) < LEAST_VOTES:
        return None
    cells = np.round(shifts / CELL_MM).astype(np.int64)
    unique, where = np.unique(cells, axis=0, return_inverse=True)
    votes = np.bincount(where.ravel(), weights)
    best = unique[int(votes.argmax())]
    near = (np.abs(cells - best) <= 1).all(axis=1)
    if near.sum() < LEAST_VOTES or weights[near].sum() < least_share * min(old[:, 5].sum(), new[:, 5].sum()):
        return None
    dx, dy = np.median(shifts[near], axis=0).tolist()
    return round(dx), round(dy)


def _things(level: p.Level) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """x, y, direction, length, thickness, weight of each wall and column; the longest of very many."""
    rows = [_wall(w) for w in level.walls if w.a != w.b] + [_column(c.outline) for c in level.columns]
    rows = sorted(rows, key=lambda row: -row[5])[:MOST_THINGS]
    return np.asarray(rows, dtype=np.float64).reshape(-1, 6)


def _wall(wall: p.Wall) -> Sequence[float]:
    (ax, ay), (bx, by) = wall.a, wall.b
    length = math.dist(wall.a, wall.b)
    turn = math.degrees(math.atan2(by - ay, bx - ax)) % 180
    return (ax + bx) / 2, (ay + by) / 2, turn if turn < 179.5 else 0.0, length, float(wall.thickness_mm), length


def _column(ring: p.Ring) -> Sequence[float]:
    """A column as a thing of direction -90, which no wall has."""
    left, low, right, high = Polygon(ring).bounds
    return (left + right) / 2, (low + high) / 2, -90.0, right - left, high - low, 1000.0
