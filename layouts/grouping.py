"""Shapes that touch, group by group; after a change only the groups that it touches are put together anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.geometry import groups_of


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of shapes, by their numbers. A shape is told by which object it is: `shapes` keeps them, so that no other takes
    their names, `of` says in which group each is."""

    shapes: tuple[BaseGeometry, ...]
    found: tuple[tuple[int, ...], ...]
    of: dict[int, int]


def grouped(
    shapes: Sequence[BaseGeometry], earlier: Groups | None = None, *, by_bounds: bool = False, within_mm: float = 0.0
) -> Groups:
    """Shapes that touch, or stand no farther apart than told, from one to the next, in the order of each group's first; or
    those whose bounds meet.

    Groups of `earlier` that lost nothing and that nothing new touches stay as they are.
    """
    if not shapes:
        return Groups((), (), {})
    names = [id(s) for s in shapes]
    if earlier is None:
        return _told(shapes, names, [tuple(g) for g in groups_of(shapes, by_bounds=by_bounds, within_mm=within_mm)])
    of = earlier.of
    group_of = [of.get(name, -1) for name in names]
    broken = {of[name] for name in of.keys() - set(names)}
    new = [k for k, g in enumerate(group_of) if g < 0]
    if not new and not broken and names == [id(s) for s in earlier.shapes]:
        return earlier
    if new:
        broken |= {group_of[k] for k in _met(shapes, new, by_bounds, within_mm)}
    loose: list[int] = []
    kept: dict[int, list[int]] = {}
    for k, g in enumerate(group_of):
        if g < 0 or g in broken:
            loose.append(k)
        elif g in kept:
            kept[g].append(k)
        else:
            kept[g] = [k]
    again = groups_of([shapes[k] for k in loose], by_bounds=by_bounds, within_mm=within_mm) if loose else []
    return _told(shapes, names, sorted([*(tuple([loose[k] for k in g]) for g in again), *map(tuple, kept.values())]))


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


def _told(shapes: Sequence[BaseGeometry], names: Sequence[int], found: Sequence[tuple[int, ...]]) -> Groups:
    of = {names[k]: n for n, group in enumerate(found) for k in group}
    return Groups(tuple(shapes), tuple(found), of)
