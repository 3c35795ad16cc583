"""What an answer about a changed floor may take over from the answer before: equal rows, and lines away from the change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]


def cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])


def rows(*parts: Floats) -> npt.NDArray[np.void]:
    """Each row of arrays side by side as one value to compare."""
    side_by_side = np.ascontiguousarray(np.hstack(parts))
    return side_by_side.view(np.dtype((np.void, side_by_side.dtype.itemsize * side_by_side.shape[1]))).ravel()


def same(one: npt.NDArray[np.void], other: npt.NDArray[np.void]) -> tuple[Ints, Ints]:
    """Where equal rows stand in the one and in the other."""
    if len(one) == 0 or len(other) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    from layouts import same_kernel as kernel  # loads numba: whoever only reads a layout does without

    here, there = (rows.view(np.uint64).reshape(len(rows), -1) for rows in (one, other))
    found, table = np.empty(len(there), dtype=np.int64), np.empty(2 << len(here).bit_length(), dtype=np.int64)
    kernel.find_rows(here, there, table, found)
    both = np.flatnonzero(found >= 0)
    return found[both], both


def away_from(bounds: Floats, boxes: Sequence[Box]) -> Bools:
    """Which bounds meet none of the boxes, not even within a millimetre."""
    away = np.ones(len(bounds), dtype=bool)
    for left, low, right, high in boxes:
        away &= (
            (bounds[:, 0] > right + 1) | (bounds[:, 2] < left - 1) | (bounds[:, 1] > high + 1) | (bounds[:, 3] < low - 1)
        )
    return away


def meets(a: Floats, b: Floats, box: Box) -> Bools:
    """Whether the bounds of each line a-b meet a box and its corners do not all lie on one side of the line."""
    left, low, right, high = box
    met = (
        ((a[:, 0] >= left) | (b[:, 0] >= left))
        & ((a[:, 0] <= right) | (b[:, 0] <= right))
        & ((a[:, 1] >= low) | (b[:, 1] >= low))
        & ((a[:, 1] <= high) | (b[:, 1] <= high))
    )
    near = np.flatnonzero(met)  # few: only of these the sides are looked at
    a, b = a[near], b[near]
    sides = np.stack([cross(b - a, np.asarray(c) - a) for c in ((left, low), (right, low), (right, high), (left, high))])
    met[near] = (sides.min(axis=0) <= 0) & (sides.max(axis=0) >= 0)
    return np.asarray(met)
