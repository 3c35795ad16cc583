"""How far the farthest person walks to an exit: geodesics over the whole free floor.

A raster gives every cell a walk that is a little too long (its steps know sixteen directions); the walks of the
farthest cells are then pulled taut on the exact floor, so that the answer is the floor's and not the raster's.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.seeing import Outlook, outlook
from layouts.steps import Box, Floats, Trees, trees_of, walk_steps

OVERSHOOT = 1.03  # a walk in sixteen directions is at most 2.8 % too long
CANDIDATES = 24
LOOK = 8
SEEN_MM = 0.5  # so that rounding hides nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The longest of all shortest walks to an exit, and how much floor has no walk at all."""

    length_mm: float
    start: tuple[float, float]
    line: tuple[tuple[float, float], ...]
    cut_off_mm2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Taut:
    """Walks pulled taut: under the bytes of the walk's places, the taut line, and the hull within which it was pulled."""

    lines: dict[bytes, Floats] = field(default_factory=dict)
    hulls: dict[bytes, BaseGeometry] = field(default_factory=dict)

    def taut(self, area: Callable[[], Outlook], places: Floats) -> Floats:
        """The walk over these places, pulled taut on an area; looked up where it was pulled before."""
        key = places.tobytes()
        if key not in self.lines:
            seen_in = area()
            taut = seen_in.taut(places, LOOK)
            self.lines[key] = _taut(seen_in, places) if taut is None else taut
            self.hulls[key] = shapely.convex_hull(shapely.multipoints(places))
        return self.lines[key]

    def untouched(self, changed: Sequence[Box]) -> Taut:
        """The walks that keep away from all these bounds. A walk is pulled within the hull of its places."""
        keys = list(self.lines)
        if not keys:
            return Taut()
        hulls = np.asarray(list(self.hulls.values()), dtype=object)
        met = np.zeros(len(keys), dtype=bool)
        for left, low, right, high in changed:
            met |= shapely.intersects(hulls, shapely.box(left - 1, low - 1, right + 1, high + 1))
        kept = [key for key, touched in zip(keys, met.tolist()) if not touched]
        return Taut(lines={key: self.lines[key] for key in kept}, hulls={key: self.hulls[key] for key in kept})


def _farthest_seen(area: Outlook, points: Floats, at: int) -> int:
    """The number of a point far along the walk that is seen from point `at`: every LOOK-th is tried, then those about it."""
    far = at + 1
    for step in (LOOK, 1):
        last = len(points) - 1
        tried = np.unique(np.append(np.arange(far, min(far + (LOOK if step == 1 else last), last) + 1, step), far))
        ends = points[tried]
        seen = area.seen(np.broadcast_to(points[at], ends.shape), ends)
        far = max(far, int(tried[seen].max(initial=far)))
    return far


def _taut(area: Outlook, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The walk with every corner cut that can be cut in a straight line, until nothing changes."""
    kept = points
    while True:
        taut = [kept[0]]
        at = 0
        while at < len(kept) - 1:
            at = _farthest_seen(area, kept, at)
            taut.append(kept[at])
        if len(taut) == len(kept):
            return np.asarray(taut)
        kept = np.asarray(taut)


def farthest_walk(
    area: BaseGeometry, exits: Sequence[tuple[float, float]], *, cell_mm: int = 250, trees: Trees | None = None,
    known: Taut | None = None, seen_in: Callable[[], BaseGeometry] | None = None,
) -> Travel | None:
    """The longest shortest walk over `area` to the nearest of `exits`; None when there is no floor or no exit.

    `trees`: the walks over the area's raster, where they are known already; `known`: walks that were pulled taut before;
    `seen_in`: makes the area grown by SEEN_MM.
    """
    if area.is_empty or not exits:
        return None
    trees = trees or trees_of(walk_steps(area, area.bounds, cell_mm), exits)
    if trees is None:
        return None
    found, onward = trees.least, trees.next[trees.nearest, np.arange(trees.cells)]
    reached = found < np.inf
    free = trees.steps.free.ravel()
    cut_off = float((free & ~reached).sum()) * trees.steps.cell_mm**2
    if not reached.any():
        x, y = trees.places[int(free.argmax())]
        return Travel(length_mm=math.inf, start=(float(x), float(y)), line=(), cut_off_mm2=cut_off)
    make = seen_in or partial(area.buffer, SEEN_MM, join_style="mitre")
    lengths, look = np.where(reached, found, -1.0), cache(lambda: outlook(make()))
    return _longest(look, trees.places, lengths, onward, cut_off, known or Taut())


def _longest(
    seen_in: Callable[[], Outlook],
    places: npt.NDArray[np.float64],
    lengths: npt.NDArray[np.float64],
    onward: npt.NDArray[np.int64],
    cut_off: float,
    known: Taut,
) -> Travel:
    """Pull the farthest cells' walks taut, spread over the floor, and keep the longest."""
    from layouts import step_kernel as kernel

    far = np.flatnonzero(lengths >= lengths.max() / OVERSHOOT)
    far = far[np.argsort(-lengths[far], kind="stable")]
    spread = far[:: max(1, len(far) // CANDIDATES)][: CANDIDATES + 1]
    best: Travel | None = None
    room = np.empty(len(places), dtype=np.int64)
    for start in spread:
        if best is not None and lengths[start] <= best.length_mm:
            break  # pulled taut, no walk grows longer
        line = known.taut(seen_in, places[room[: kernel.way(onward, int(start), room)]])
        length = float(np.hypot(*np.diff(line, axis=0).T).sum())
        if best is None or length > best.length_mm:
            points = tuple((float(x), float(y)) for x, y in line)
            best = Travel(length_mm=length, start=points[0], line=points, cut_off_mm2=cut_off)
    assert best is not None  # `far` always holds the farthest cell
    return best
