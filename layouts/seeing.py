"""An area to look through along straight lines: in compiled code, and where rounding might decide by GEOS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.carrying import Bools, Floats, Ints
from layouts.geometry import parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """An area with its edges, as rows of x, y, x, y, and which of them come into each strip of it, from `low` up."""

    area: BaseGeometry
    edges: Floats
    low: float
    first: Ints
    in_strips: Ints

    def seen(self, a: Floats, b: Floats) -> Bools:
        """Whether each straight line a-b lies inside the area."""
        if len(a) == 0:
            return np.zeros(0, dtype=bool)
        from layouts import sight_kernel as kernel  # loads numba: whoever only reads a layout does without

        lines, found = np.concatenate([a, b], axis=1), np.empty(len(a), dtype=np.int8)
        kernel.see(self.edges, self.low, self.first, self.in_strips, lines, found)
        unsure = np.flatnonzero(found == kernel.UNSURE)
        if len(unsure):
            shapely.prepare(self.area)
            found[unsure] = shapely.covers(self.area, shapely.linestrings(lines[unsure].reshape(-1, 2, 2)))
        return np.asarray(found == kernel.SEEN)


    def taut(self, points: Floats, look: int) -> Floats | None:
        """A walk with every corner cut that can be cut in a straight line, looking ahead `look` points at a time; None where
        rounding might decide."""
        from layouts import sight_kernel as kernel

        kept = np.empty(len(points), dtype=np.int64)
        count = kernel.pull_taut(self.edges, self.low, self.first, self.in_strips, points, look, kept)
        return None if count < 0 else np.asarray(points[kept[:count]])


def outlook(area: BaseGeometry) -> Outlook:
    """The area ready to be looked through."""
    xy, ring = shapely.get_coordinates(shapely.get_rings(parts(area)), return_index=True)
    on = ring[:-1] == ring[1:]
    edges = np.concatenate([xy[:-1][on], xy[1:][on]], axis=1)
    low, first, found = strips(edges)
    return Outlook(area=area, edges=edges, low=low, first=first, in_strips=found)


def strips(edges: Floats) -> tuple[float, Ints, Ints]:
    """Where the strips of an area begin, from `low` up, and which edges come into each."""
    from layouts import sight_kernel as kernel

    low, high = (float(edges[:, 1::2].min()), float(edges[:, 1::2].max())) if len(edges) else (0.0, 0.0)
    first = np.empty(int((high - low) // kernel.STRIP_MM) + 4, dtype=np.int64)
    found = np.empty(4 * len(edges), dtype=np.int64)
    count = kernel.put_in_strips(edges, low, first, found)
    if count > len(found):
        found = np.empty(count, dtype=np.int64)
        kernel.put_in_strips(edges, low, first, found)
    return low, first[:-1], found
