"""What an answer about a changed floor may take over from the answer before: equal rows, and lines away from the change."""

from __future__ import annotations

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
    first = {row: k for k, row in enumerate(one.tolist())}
    shared = [(first[row], k) for k, row in enumerate(other.tolist()) if row in first]
    both = np.asarray(shared, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def meets(a: Floats, b: Floats, box: Box) -> Bools:
    """Whether the bounds of each line a-b meet a box and its corners do not all lie on one side of the line."""
    left, low, right, high = box
    apart = (
        (np.maximum(a[:, 0], b[:, 0]) < left)
        | (np.minimum(a[:, 0], b[:, 0]) > right)
        | (np.maximum(a[:, 1], b[:, 1]) < low)
        | (np.minimum(a[:, 1], b[:, 1]) > high)
    )
    sides = np.stack([cross(b - a, np.asarray(c) - a) for c in ((left, low), (right, low), (right, high), (left, high))])
    return np.asarray(~apart & (sides.min(axis=0) <= 0) & (sides.max(axis=0) >= 0))
