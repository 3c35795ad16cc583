"""Whether a line of gates and screens parts the doors from all that is served: asked of dozens of lines on one floor.

Only the line's own surroundings decide that. A hole in the floor that the line does not come to has all of its edge on one
side: filled, it joins nothing that was apart, and the floor without such holes has a tenth of the corners.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.geometry import parts, union
from layouts.screening import SLIP_MM, unscreened

Shapes = npt.NDArray[np.object_]
FIRST = 8  # places asked for before all others: where a line leaks, it leaks to nearly all


@dataclass(frozen=True, slots=True)
class Pieces:
    """The floor's polygons, each by its outer ring, its holes and their bounds."""

    outer: tuple[BaseGeometry, ...]
    holes: tuple[Shapes, ...]
    bounds: tuple[npt.NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """`pieces` of the floor on which the middle of somebody who slips through can be, the doors, and the places before what is
    served that lie on that floor. `grown`: what stands, grown by half a gap, by its numbers in memory, with what it is."""

    pieces: Pieces
    doors: Sequence[tuple[float, float]]
    served: Shapes
    grown: dict[tuple[int, ...], tuple[Sequence[BaseGeometry], BaseGeometry]] = field(default_factory=dict)

    def parts_them(self, *closed: Sequence[BaseGeometry]) -> bool:
        """Does nobody come from a door to anything that is served? What is closed may be told in groups, which other questions
        hold too."""
        line = union(self._grown(group) for group in closed)
        reach = unscreened(_about(self.pieces, line).difference(line), (), self.doors)
        shapely.prepare(reach)
        return not any(shapely.intersects(reach, some).any() for some in (self.served[:FIRST], self.served[FIRST:]))

    def _grown(self, group: Sequence[BaseGeometry]) -> BaseGeometry:
        key = tuple(map(id, group))
        if key not in self.grown:
            self.grown[key] = group, union(shape.buffer(SLIP_MM / 2, join_style="mitre") for shape in group)
        return self.grown[key][1]


def parting(middles: BaseGeometry, doors: Sequence[tuple[float, float]], served: Iterable[BaseGeometry]) -> Parting:
    """A floor made ready for that question. A place that lies in one of its holes alone is come to by nobody."""
    floors = parts(middles)
    shapely.prepare(middles)
    places = np.asarray([part for place in served for part in parts(place)], dtype=object)
    rings = [shapely.get_rings(floor) for floor in floors]
    pieces = Pieces(
        tuple(ring[0] for ring in rings), tuple(ring[1:] for ring in rings), tuple(shapely.bounds(ring[1:]) for ring in rings)
    )  # fmt: skip
    return Parting(pieces, doors, places[shapely.intersects(middles, places)])


def _about(pieces: Pieces, line: BaseGeometry) -> BaseGeometry:
    """The floor with only those of its holes that the line may come to."""
    left, low, right, high = line.bounds
    found = []
    for outer, holes, box in zip(pieces.outer, pieces.holes, pieces.bounds):
        near = (box[:, 0] <= right + 1) & (box[:, 2] >= left - 1) & (box[:, 1] <= high + 1) & (box[:, 3] >= low - 1)
        found.append(shapely.polygons(outer, holes[near] if near.any() else None))
    return found[0] if len(found) == 1 else shapely.multipolygons(found)
