"""Which places of the modules exclude one another: all that the quick search needs to know of the floor.

Every rule about floor speaks of two modules at a time: nothing stands on two, and a staff corridor, which runs from its door to
each module that it serves, lies under nobody's public floor. So a place is free where no module that stands excludes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from layouts.programme import LayoutRules
from solvers.placement.corridors import Corridor, Rows
from solvers.placement.kept import kept
from solvers.placement.places import Ints, Places
from solvers.placement.variables import Question

Mask = npt.NDArray[np.bool_]
REMEMBERED = 20_000  # masks of what a standing module excludes, before all are forgotten


@dataclass(frozen=True, slots=True)
class Spots:
    """A module's places as the search asks for them: columns of boxes (whole module, and its rows across the spine where
    any has such), and for each arc the last and first decimetre that the place's public floor bars, and the arc's stretch
    from its door that the place asks for (`start`, `end`; the door itself for places that other arcs serve, or none)."""

    whole: Ints
    across: Ints | None
    last: tuple[Rows, ...]
    first: tuple[Rows, ...]
    start: tuple[Ints, ...]
    end: tuple[Ints, ...]
    alone: Mask
    space: Ints


def spots_of(question: Question, places: dict[str, Places], rules: LayoutRules) -> dict[str, Spots]:
    """The spots of all modules; the corridors' rasters are made once for each arc."""
    ground = question.ground
    rasters = [Corridor(ground, arc, rules) for arc in ground.arcs]
    found = {}
    for e, p in places.items():
        barred = kept(ground, ("barred", e), p.public, partial(_barred, rasters, p), keep=len(p.u) > 1)
        found[e] = _spots(question, p, *barred)
    return found


def _barred(rasters: list[Corridor], p: Places) -> tuple[tuple[Rows, ...], tuple[Rows, ...]]:
    """For each arc the last and first decimetre that the public floor of a module's places bars."""
    pairs = [(*raster.barred(p.public), *raster.barred(p.across)) for raster in rasters]
    last = tuple(np.maximum(l0, l1) for l0, _, l1, _ in pairs)
    return last, tuple(np.minimum(f0, f1) for _, f0, _, f1 in pairs)


def _spots(question: Question, p: Places, last: tuple[Rows, ...], first: tuple[Rows, ...]) -> Spots:
    start, end, alone = [], [], np.ones(len(p.u), dtype=np.bool_)
    for d, arc in enumerate(question.ground.arcs):
        own, a, b = p.arc == d, floor(arc.door_low), ceil(arc.door_high)
        start.append(np.where(own, np.minimum(p.low, a), a))
        end.append(np.where(own, np.maximum(p.high, b), b))
        alone &= ~own | ((p.low >= ceil(arc.low)) & (p.high <= int(arc.high)))
        alone &= (last[d] < start[d]) & (first[d] >= end[d])  # a module can stand in its own way, round a corner
    across = _columns(p.across) if len(p.across) and int(p.across[:, 2].max()) > 0 else None
    return Spots(_columns(p.full), across, last, first, tuple(start), tuple(end), alone, p.space)


def _columns(box: Ints) -> Ints:
    return np.ascontiguousarray(box.T.astype(np.int32))


class Exclusions:
    """Which places of a module another one excludes where it stands; remembered, since a search asks again and again."""

    def __init__(self, spots: dict[str, Spots], also: Callable[[str, str, int], Mask | None]) -> None:
        """`also`: what else a place of the second excludes of the first."""
        self.spots, self.also = spots, also
        self.masks: dict[tuple[str, str, int], Mask] = {}

    def by(self, e: str, f: str, k: int) -> Mask:
        """The places of `e` that `f` excludes from its place k."""
        if (found := self.masks.get((e, f, k))) is None:
            if len(self.masks) >= REMEMBERED:
                self.masks.clear()
            found = self._covered(e, f, k) | self._barred(e, f, k)
            if (more := self.also(e, f, k)) is not None:
                found |= more
            self.masks[e, f, k] = found
        return found

    def _covered(self, e: str, f: str, k: int) -> Mask:
        """They would stand on the same floor, or take the same room."""
        mine, other = self.spots[e], self.spots[f]
        taken = [other.whole[:, k], *([other.across[:, k]] if other.across is not None else [])]
        found = np.zeros(mine.whole.shape[1], dtype=np.bool_)
        for x0, y0, x1, y1 in [mine.whole, *([mine.across] if mine.across is not None else [])]:
            for a0, b0, a1, b1 in taken:
                if a1 > 0:
                    found |= (x0 < a1) & (a0 < x1) & (y0 < b1) & (b0 < y1)
        if other.space[k] >= 0:
            found |= mine.space == other.space[k]
        return found

    def _barred(self, e: str, f: str, k: int) -> Mask:
        """The staff corridor of one would lie under public floor of the other."""
        mine, other = self.spots[e], self.spots[f]
        found = np.zeros(mine.whole.shape[1], dtype=np.bool_)
        for d in range(len(mine.start)):
            found |= (mine.last[d] >= other.start[d][k]) | (mine.first[d] < other.end[d][k])
            found |= (mine.start[d] <= other.last[d][k]) | (mine.end[d] > other.first[d][k])
        return found

    def free(self, e: str, standing: dict[str, int]) -> Mask:
        """The places of `e` that nothing excludes."""
        taken = ~self.spots[e].alone
        for f, k in standing.items():
            taken = taken | self.by(e, f, k)
        return ~taken

    def weighed(self, e: str, standing: dict[str, int], weights: dict[str, float]) -> npt.NDArray[np.float64]:
        """For every place of `e` the weights of all that would have to leave; infinite where it cannot stand even alone."""
        found = np.where(self.spots[e].alone, 0.0, np.inf)
        for f, k in standing.items():
            found += weights[f] * self.by(e, f, k)
        return found
