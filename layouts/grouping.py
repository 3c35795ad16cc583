"""Shapes that touch, group by group; after a change only the groups that it touches are put together anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.geometry import groups_of


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of shapes, by their numbers. A shape is told by which object it is: `shapes` keeps them, so that no other takes
    their names."""

    shapes: tuple[BaseGeometry, ...]
    found: tuple[tuple[int, ...], ...]
    told: dict[int, int] = field(default_factory=dict, compare=False, repr=False)

    def of(self) -> dict[int, int]:
        """In which group each shape is; made when it is first asked for, since most groups have none after them."""
        if not self.told:
            self.told.update({id(self.shapes[k]): n for n, group in enumerate(self.found) for k in group})
        return self.told


def grouped(
    shapes: Sequence[BaseGeometry], earlier: Groups | None = None, *, by_bounds: bool = False, within_mm: float = 0.0
) -> Groups:
    """Shapes that touch, or stand no farther apart than told, from one to the next, in the order of each group's first; or
    those whose bounds meet.

    Groups of `earlier` that lost nothing and that nothing new touches stay as they are.
    """
    if earlier is None or not shapes or not earlier.shapes:
        found = groups_of(shapes, by_bounds=by_bounds, within_mm=within_mm) if shapes else []
        return Groups(tuple(shapes), tuple(tuple(group) for group in found))
    of, names, before = earlier.of(), list(map(id, shapes)), list(map(id, earlier.shapes))
    new = [k for k, name in enumerate(names) if name not in of]
    if not new and names == before:
        return earlier
    broken = {of[name] for name in of.keys() - set(names)}
    if new:
        broken |= {of[names[k]] for k in _met(shapes, new, by_bounds, within_mm) if names[k] in of}
    kept = [group for n, group in enumerate(earlier.found) if n not in broken]
    if len(names) == len(before) and new == [k for k, name in enumerate(names) if name != before[k]]:
        loose = sorted({*new, *(k for n in broken for k in earlier.found[n])})  # all others stand at their numbers still
    else:
        at = {name: k for k, name in enumerate(names)}
        kept = [tuple(sorted([at[before[k]] for k in group])) for group in kept]
        loose = sorted({*new, *(at[before[k]] for n in broken for k in earlier.found[n] if before[k] in at)})
    again = groups_of([shapes[k] for k in loose], by_bounds=by_bounds, within_mm=within_mm) if loose else []
    return Groups(tuple(shapes), tuple(sorted([*(tuple([loose[k] for k in group]) for group in again), *kept])))


def _met(shapes: Sequence[BaseGeometry], new: Sequence[int], by_bounds: bool, within_mm: float) -> list[int]:
    """The numbers of the shapes that these ones touch, or stand as near as told."""
    every = np.asarray(shapes, dtype=object)
    bounds = shapely.bounds(every)
    near = bounds[new] + 2 * within_mm * np.asarray([-1, -1, 1, 1]) if within_mm else bounds[new]
    left, low, right, high = (column[:, None] for column in near.T)
    one, other = np.nonzero((left <= bounds[:, 2]) & (right >= bounds[:, 0]) & (low <= bounds[:, 3]) & (high >= bounds[:, 1]))
    if not by_bounds:
        a, b = every[other], every[np.asarray(new)[one]]
        other = other[shapely.dwithin(a, b, within_mm) if within_mm else shapely.intersects(a, b)]
    return list(other.tolist())
