"""What of the floor is taken while a layout is put together, and which places of a module are still free.

Nothing is painted. Of every place it is known which decimetres of each staff corridor its public floor would bar (last before
the door, first after it); of every two modules, once one stands, which places of the other it covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from layouts.programme import LayoutRules
from solvers.placement.corridors import Rows, barred_rows
from solvers.placement.places import Ints, Places
from solvers.placement.variables import Question

Mask = npt.NDArray[np.bool_]
REMEMBERED = 6000  # masks of what a standing module covers, before all are forgotten


@dataclass(frozen=True, slots=True)
class Spots:
    """A module's places as the search asks for them: columns of boxes (whole module, and its rows across the spine where
    any has such), and for each arc the last and first decimetre that the place bars."""

    whole: Ints
    across: Ints | None
    last: tuple[Rows, ...]
    first: tuple[Rows, ...]


def spots_of(question: Question, places: dict[str, Places], rules: LayoutRules) -> dict[str, Spots]:
    """The spots of all modules; the corridors' rasters are made once for each arc."""
    ground, names = question.ground, list(places)
    boxes = tuple(box for e in names for box in (places[e].public, places[e].across))
    last: dict[str, list[Rows]] = {e: [] for e in names}
    first: dict[str, list[Rows]] = {e: [] for e in names}
    for arc in ground.arcs:
        barred = barred_rows(ground, arc, rules, boxes)
        for n, e in enumerate(names):
            (l0, f0), (l1, f1) = barred[2 * n], barred[2 * n + 1]
            last[e].append(np.maximum(l0, l1))
            first[e].append(np.minimum(f0, f1))

    def columns(box: Ints) -> Ints:
        return np.ascontiguousarray(box.T.astype(np.int32))

    def spots(e: str) -> Spots:
        across = places[e].across
        beyond = columns(across) if len(across) and int(across[:, 2].max()) > 0 else None
        return Spots(columns(places[e].full), beyond, tuple(last[e]), tuple(first[e]))

    return {e: spots(e) for e in names}


class Covered:
    """Which places of a module another one covers where it stands; remembered, since a search asks again and again."""

    def __init__(self, spots: dict[str, Spots]) -> None:
        self.spots = spots
        self.masks: dict[tuple[str, str, int], Mask] = {}

    def by(self, e: str, f: str, k: int) -> Mask:
        """The places of `e` that `f` covers from its place k."""
        if (found := self.masks.get((e, f, k))) is None:
            if len(self.masks) >= REMEMBERED:
                self.masks.clear()
            mine, other = self.spots[e], self.spots[f]
            taken = [other.whole[:, k], *([other.across[:, k]] if other.across is not None else [])]
            asked = [mine.whole, *([mine.across] if mine.across is not None else [])]
            found = np.zeros(mine.whole.shape[1], dtype=np.bool_)
            for x0, y0, x1, y1 in asked:
                for a0, b0, a1, b1 in taken:
                    if a1 > 0:
                        found |= (x0 < a1) & (a0 < x1) & (y0 < b1) & (b0 < y1)
            self.masks[e, f, k] = found
        return found


class Taken:
    """The modules that stand so far, the staff arcs that they ask for, and how far each arc can still grow."""

    def __init__(self, question: Question, places: dict[str, Places], covered: Covered) -> None:
        self.places, self.covered = places, covered
        self.standing: list[tuple[str, int]] = []
        arcs = question.ground.arcs
        self.ends = [(floor(arc.door_low), ceil(arc.door_high)) for arc in arcs]
        self.limits = [(ceil(arc.low), int(arc.high)) for arc in arcs]

    def free(self, e: str) -> Mask:
        """Places with nothing on them, no staff corridor under their public floor, and an arc that can reach them."""
        p, spots = self.places[e], self.covered.spots[e]
        ok = np.ones(len(p.u), dtype=np.bool_)
        for f, k in self.standing:
            ok &= ~self.covered.by(e, f, k)
        for d, ((a, b), (low, high)) in enumerate(zip(self.ends, self.limits)):
            own = p.arc == d
            ok &= ~own | ((p.low >= low) & (p.high <= high))
            start, end = np.where(own, np.minimum(p.low, a), a), np.where(own, np.maximum(p.high, b), b)
            ok &= (spots.last[d] < start) & (spots.first[d] >= end)  # not even the corridor that it needs itself
        return ok

    def put(self, e: str, k: int) -> None:
        """Let a module stand on a place that is free."""
        p, spots = self.places[e], self.covered.spots[e]
        self.standing.append((e, k))
        d = int(p.arc[k])
        if d >= 0:
            a, b = self.ends[d]
            self.ends[d] = (min(a, int(p.low[k])), max(b, int(p.high[k])))
        for other, (low, high) in enumerate(self.limits):
            last, first = int(spots.last[other][k]), int(spots.first[other][k])
            self.limits[other] = (max(low, last + 1), min(high, first))


