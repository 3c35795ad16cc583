"""A door as it is drawn: the leaf open at a right angle with its arc, and the piece it takes out of the wall."""

from __future__ import annotations

import math
from typing import Any

from layouts.plan import Door, Level, Point
from planner.editing.hosts import host_of

ARC_STEPS = 10
THIN_MM = 60  # half of what is shown and hit where an opening has no wall behind it


def cut_of(level: Level, p: Point, q: Point) -> list[list[int]]:
    """The opening through the wall's whole thickness."""
    host = host_of(level, p, q)
    wall = next((w for w in level.walls if host is not None and w.id == host.wall), None)
    if wall is None or wall.a == wall.b:
        low, high = -THIN_MM, THIN_MM
        ux, uy = _unit(p, q)
    else:
        ux, uy = _unit(p, q)
        off = (wall.a[0] - p[0]) * -uy + (wall.a[1] - p[1]) * ux  # of the wall's middle line, to the left of p-q
        low, high = round(off - wall.thickness_mm / 2), round(off + wall.thickness_mm / 2)
    corners = [(p, low), (q, low), (q, high), (p, high)]
    return [[round(at[0] - uy * off), round(at[1] + ux * off)] for at, off in corners]


def door_lines(door: Door, level: Level) -> list[list[int]]:
    """The leaf from its hinge and the arc to the other side; a sliding leaf beside its opening; nothing for a doorway."""
    width = math.dist(door.p, door.q)
    if width == 0 or door.swing == "none":
        return []
    hinge, other = (door.p, door.q) if door.hinge == "p" else (door.q, door.p)
    ux, uy = _unit(hinge, other)
    if door.swing == "slide":
        return [[round(x), round(y)] for x, y in (hinge, (hinge[0] - ux * width, hinge[1] - uy * width))]
    nx, ny = _into_hall(door, level)
    if door.swing == "out":
        nx, ny = -nx, -ny
    points: list[tuple[float, float]] = [hinge]
    for step in range(ARC_STEPS + 1):
        turn = math.pi / 2 * (1 - step / ARC_STEPS)
        c, s = math.cos(turn) * width, math.sin(turn) * width
        points.append((hinge[0] + ux * c + nx * s, hinge[1] + uy * c + ny * s))
    return [[round(x), round(y)] for x, y in points]


def _into_hall(door: Door, level: Level) -> tuple[float, float]:
    """Square to the opening, into the outline; to the left of p-q where both sides are inside it, or neither."""
    ux, uy = _unit(door.p, door.q)
    mx, my = (door.p[0] + door.q[0]) / 2, (door.p[1] + door.q[1]) / 2
    left, right = (_inside(level.outline, (mx - s * uy * 150, my + s * ux * 150)) for s in (1, -1))
    return (uy, -ux) if right and not left else (-uy, ux)


def _inside(ring: Any, point: tuple[float, float]) -> bool:
    """Even-odd rule."""
    x, y = point
    inside = False
    for i, (ax, ay) in enumerate(ring):
        bx, by = ring[i - 1]
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def _unit(a: Any, b: Any) -> tuple[float, float]:
    length = math.dist(a, b) or 1.0
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length
