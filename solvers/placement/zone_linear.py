"""Linear programs by HiGHS, and bounds that do not lean on its tolerances.

The bound is not its objective but what its multipliers prove by themselves: for any y >= 0, c x >= -b y + sum of the least of
(c + A'y)_j x_j over x_j's bounds (Neumaier and Shcherbina 2004).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, vstack

from solvers.placement.goals import PERSON_METRES
from solvers.placement.zone_floor import Room

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """min c x + offset with A x <= b, low <= x <= high."""

    c: Floats
    offset: float
    a: csr_array
    b: Floats
    low: Floats
    high: Floats

    def with_rooms(self, rooms: Iterable[Room], z: npt.NDArray[np.int64]) -> Linear:
        """The same with some more capacities of zones; `z` are the variables of the zones."""
        rooms = list(rooms)
        rows = [r for r, room in enumerate(rooms) for _ in room.chords]
        columns = [int(z[k]) for room in rooms for k, _ in room.chords]
        values = [float(chord) for room in rooms for _, chord in room.chords]
        more = coo_array((values, (rows, columns)), shape=(len(rooms), self.a.shape[1])).tocsr()
        return replace(self, a=vstack([self.a, more]).tocsr(), b=np.append(self.b, [float(room.length) for room in rooms]))


@dataclass(frozen=True, slots=True)
class Solved:
    """The proven bound (person-metres) and the answer; none within the time given, or none at all: no bound."""

    bound: float
    x: Floats | None


def solve_linear(form: Linear, seconds: float, *, presolve: bool = True) -> Solved:
    """HiGHS' answer with the bound that its multipliers prove; no answer within the time: no bound."""
    highs: Any = linprog  # its types tell methods apart by options that HiGHS has not
    limit: dict[str, Any] = {"time_limit": max(0.1, seconds)} if seconds < float("inf") else {}
    limit["presolve"] = presolve
    bounds = np.stack([form.low, form.high], axis=1)
    found = highs(form.c, A_ub=form.a, b_ub=form.b, bounds=bounds, method="highs", options=limit)
    if found.x is None or found.status != 0:
        return Solved(float("-inf"), None)
    y = np.maximum(0.0, -found.ineqlin.marginals)
    rest = form.c + form.a.T @ y
    proven = -float(form.b @ y) + float(np.minimum(rest * form.low, rest * form.high).sum()) + form.offset
    return Solved(proven / PERSON_METRES, np.asarray(found.x))


def matrix_of(sets: Sequence[Sequence[int]], width: int) -> csr_array:
    """A row of ones for each set."""
    lengths = [len(numbers) for numbers in sets]
    columns = np.fromiter((k for numbers in sets for k in numbers), dtype=np.int64, count=sum(lengths))
    return csr_array((np.ones(len(columns)), columns, np.cumsum([0, *lengths])), shape=(len(sets), width))
