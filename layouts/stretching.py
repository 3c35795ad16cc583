"""A level made longer or deeper, as in drawing programs: what lies beyond a line moves on, what crosses it grows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from layouts.plan import Level, Point

STEP_MM = 100
Ring = tuple[Point, ...]
Put = Callable[[Point], Point]


def stretch(level: Level, axis: int, by_mm: int) -> Put | None:
    """Where every point of a level goes when it becomes longer along `axis` (0: x, 1: y); None where no line across it is free
    of doors, windows, columns and the like.
    """
    at = _line(level, axis)
    if at is None:
        return None

    def put(point: Point) -> Point:
        if point[axis] <= at:
            return point
        return (point[0] + by_mm, point[1]) if axis == 0 else (point[0], point[1] + by_mm)

    return put


def _line(level: Level, axis: int) -> int | None:
    """Where to part it: as near to the middle as nothing that must keep its form lies across."""
    low, high = min(p[axis] for p in level.outline), max(p[axis] for p in level.outline)
    middle = (low + high) // 2
    stiff = [(min(r), max(r)) for r in _stiff(level, axis)]
    for step in range((high - low) // (2 * STEP_MM)):
        for at in (middle + step * STEP_MM, middle - step * STEP_MM):
            if low < at < high and not any(a <= at < b for a, b in stiff):
                return at
    return None


def _stiff(level: Level, axis: int) -> Iterator[list[int]]:
    yield from ([door.p[axis], door.q[axis]] for door in level.doors)
    yield from ([window.p[axis], window.q[axis]] for window in level.windows)
    yield from ([p[axis] for p in column.outline] for column in level.columns)
    yield from ([p[axis] for p in obstacle.outline] for obstacle in level.obstacles)


def stretched_level(level: Level, put: Put) -> Level:
    """The level with all its points where they go."""
    return replace(
        level,
        outline=stretched_ring(level.outline, put),
        holes=tuple(stretched_ring(h, put) for h in level.holes),
        walls=tuple(replace(w, a=put(w.a), b=put(w.b)) for w in level.walls),
        doors=tuple(replace(d, p=put(d.p), q=put(d.q)) for d in level.doors),
        windows=tuple(replace(w, p=put(w.p), q=put(w.q)) for w in level.windows),
        columns=tuple(replace(c, outline=stretched_ring(c.outline, put)) for c in level.columns),
        obstacles=tuple(replace(o, outline=stretched_ring(o.outline, put)) for o in level.obstacles),
        spaces=tuple(replace(s, outline=_polygon(s.outline, put)) for s in level.spaces),
    )


def stretched_ring(ring: Ring, put: Put) -> Ring:
    """A ring with its points where they go."""
    return tuple(put(p) for p in ring)


def _polygon(polygon: Any, put: Put) -> Any:
    """An outer ring with its holes."""
    return replace(
        polygon, outer=stretched_ring(polygon.outer, put), holes=tuple(stretched_ring(h, put) for h in polygon.holes)
    )
