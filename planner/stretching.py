"""A hall made longer or deeper, as in drawing programs: what lies beyond a line moves on, what crosses it grows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from layouts.plan import Level, Point
from planner.project import Project

STEP_MM = 100
Ring = tuple[Point, ...]
Put = Callable[[Point], Point]


def stretched(project: Project, axis: int, by_mm: int) -> Project | None:
    """The project with its one storey longer along `axis` (0: x, 1: y); None where no line across it is free of doors,
    windows, columns and the like, or where a layout already stands on it.
    """
    plan = project.plan
    if plan is None or len(plan.levels) != 1 or project.accepted is not None or not plan.levels[0].outline:
        return None
    level = plan.levels[0]
    at = _line(level, axis)
    if at is None:
        return None

    def put(point: Point) -> Point:
        if point[axis] <= at:
            return point
        return (point[0] + by_mm, point[1]) if axis == 0 else (point[0], point[1] + by_mm)

    wishes = tuple(replace(w, area=_ring(w.area, put)) for w in project.wishes)
    return replace(project, plan=replace(plan, levels=(_level(level, put),)), wishes=wishes)


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
    for opening in (*level.doors, *level.windows):
        yield [opening.p[axis], opening.q[axis]]
    for body in (*level.columns, *level.obstacles):
        yield [p[axis] for p in body.outline]


def _level(level: Level, put: Put) -> Level:
    return replace(
        level,
        outline=_ring(level.outline, put),
        holes=tuple(_ring(h, put) for h in level.holes),
        walls=tuple(replace(w, a=put(w.a), b=put(w.b)) for w in level.walls),
        doors=tuple(replace(d, p=put(d.p), q=put(d.q)) for d in level.doors),
        windows=tuple(replace(w, p=put(w.p), q=put(w.q)) for w in level.windows),
        columns=tuple(replace(c, outline=_ring(c.outline, put)) for c in level.columns),
        obstacles=tuple(replace(o, outline=_ring(o.outline, put)) for o in level.obstacles),
        spaces=tuple(replace(s, outline=_polygon(s.outline, put)) for s in level.spaces),
    )


def _ring(ring: Ring, put: Put) -> Ring:
    return tuple(put(p) for p in ring)


def _polygon(polygon: Any, put: Put) -> Any:
    """An outer ring with its holes."""
    return replace(polygon, outer=_ring(polygon.outer, put), holes=tuple(_ring(h, put) for h in polygon.holes))
