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
from solvers.placement.taken_kernel import mark_excluded
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


def _tables(spots: Spots) -> tuple[Rows, Rows, Rows]:
    """The spots as what is compiled reads them: boxes, what concerns the corridor of each arc, rooms that stand."""
    boxes = np.stack([spots.whole] if spots.across is None else [spots.whole, spots.across])
    each = [np.stack(one) for one in zip(spots.last, spots.first, spots.start, spots.end)]
    limits = np.stack(each) if each else np.zeros((0, 4, len(spots.alone)))
    return boxes.astype(np.int32), limits.astype(np.int32), spots.space.astype(np.int32)


def _columns(box: Ints) -> Ints:
    return np.ascontiguousarray(box.T.astype(np.int32))


class Exclusions:
    """Which places of a module another one excludes where it stands; remembered, since a search asks again and again."""

    def __init__(self, spots: dict[str, Spots], also: Callable[[str, str, int], Mask | None]) -> None:
        """`also`: what else a place of the second excludes of the first."""
        self.spots, self.also = spots, also
        self.tables = {e: _tables(each) for e, each in spots.items()}
        self.masks: dict[tuple[str, str, int], Mask] = {}
        if some := next((e for e, each in spots.items() if len(each.alone)), None):
            self.by(some, some, 0)  # what is compiled is read from disk while places are laid out, not in the search's time

    def by(self, e: str, f: str, k: int) -> Mask:
        """The places of `e` that `f` excludes from its place k."""
        if (found := self.masks.get((e, f, k))) is None:
            if len(self.masks) >= REMEMBERED:
                self.masks.clear()
            mine, its = self.tables[e], self.tables[f]
            found = np.zeros(len(mine[2]), dtype=np.bool_)
            mark_excluded(*mine, *its, k, found)
            if (more := self.also(e, f, k)) is not None:
                found |= more
            self.masks[e, f, k] = found
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
