"""Where doors and windows may stand: edges of the outline and its holes, and walls; and how openings lie on them.

A host is a segment; an opening on it is known by its two distances along it and its offset from it. Outer openings lie
on the outline's edges (the wall's inner face), inner ones on the wall's centreline.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from layouts.findings import BadInput
from layouts.plan import Level, Point
from layouts.soundness import BESIDE_WALL_MM, LEAST_DOOR_MM, ON_FACE_MM

NEAR_MM = 2_000  # an opening is set at most this far from where it was asked for
JOINT_MM = 30  # drawn by hand, ends meet within this


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A segment that carries openings. `name` ("edge", ring, index) or ("wall", id); `wall` the wall's id where known."""

    name: tuple[str | int, ...]
    a: Point
    b: Point
    reach_mm: float
    wall: str | None = None

    @property
    def length_mm(self) -> float:
        return math.dist(self.a, self.b)

    @property
    def along(self) -> tuple[float, float]:
        return (self.b[0] - self.a[0]) / self.length_mm, (self.b[1] - self.a[1]) / self.length_mm

    def local(self, point: tuple[float, float]) -> tuple[float, float]:
        """Distance along the segment from a, and to its left."""
        (ux, uy), (x, y) = self.along, (point[0] - self.a[0], point[1] - self.a[1])
        return x * ux + y * uy, y * ux - x * uy

    def at(self, along_mm: float, off_mm: float = 0.0) -> Point:
        ux, uy = self.along
        return round(self.a[0] + ux * along_mm - uy * off_mm), round(self.a[1] + uy * along_mm + ux * off_mm)

    def gap_mm(self, point: tuple[float, float]) -> float:
        """How far a point is from the segment."""
        s, t = self.local(point)
        return math.hypot(s - min(max(s, 0.0), self.length_mm), t)


def edges(level: Level) -> Iterator[Host]:
    """Edges of the outline and the holes, each with the wall behind it."""
    for r, ring in enumerate((level.outline, *level.holes)):
        for i, a in enumerate(ring):
            b = ring[(i + 1) % len(ring)]
            if a != b:
                yield Host(name=("edge", r, i), a=a, b=b, reach_mm=ON_FACE_MM, wall=_wall_behind(level, a, b))


def inner_hosts(level: Level) -> Iterator[Host]:
    """Walls by their centreline."""
    for wall in level.walls:
        if wall.a != wall.b:
            reach = wall.thickness_mm / 2 + BESIDE_WALL_MM
            yield Host(name=("wall", wall.id), a=wall.a, b=wall.b, reach_mm=reach, wall=wall.id)


def _wall_behind(level: Level, a: Point, b: Point) -> str | None:
    """The wall on whose face most of an edge lies."""
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    for host, wall in zip(inner_hosts(level), (w for w in level.walls if w.a != w.b)):
        if host.gap_mm(middle) <= wall.thickness_mm / 2 + JOINT_MM:
            (ux, uy), length = host.along, math.dist(a, b)
            if abs((b[0] - a[0]) * uy - (b[1] - a[1]) * ux) <= 0.02 * length:
                return wall.id
    return None


def host_of(level: Level, p: Point, q: Point, wall: str | None = None) -> Host | None:
    """What an opening stands on: the edge of the outline it lies on, else its wall, else the wall it lies in."""
    for host in edges(level):
        if host.gap_mm(p) <= host.reach_mm and host.gap_mm(q) <= host.reach_mm:
            return host
    lying = [h for h in inner_hosts(level) if h.gap_mm(p) <= h.reach_mm and h.gap_mm(q) <= h.reach_mm]
    named = [h for h in lying if h.wall == wall]
    return next(iter(named or lying), None)


def nearest_host(level: Level, near: Point, *, inner: bool, width_mm: int) -> Host:
    """The host nearest to a point that is long enough; BadInput when there is none within reach."""
    hosts: list[Host] = [*edges(level), *(inner_hosts(level) if inner else ())]
    found = sorted((h for h in hosts if h.gap_mm(near) <= NEAR_MM), key=lambda h: h.gap_mm(near))
    if not found:
        raise BadInput("edit.no_wall_near", place=_metres(near), reach_m=NEAR_MM / 1000)
    long_enough = [h for h in found if h.length_mm >= width_mm]
    if not long_enough:
        longest = max(h.length_mm for h in found)
        raise BadInput("edit.wall_too_short", place=_metres(near), width_mm=width_mm, wall_mm=round(longest))
    return long_enough[0]


def set_on(host: Host, near: Point, width_mm: int) -> tuple[Point, Point]:
    """The two ends of an opening of a width on a host, its middle as near to a point as the host's ends allow."""
    if width_mm < LEAST_DOOR_MM:
        raise BadInput("edit.opening_too_narrow", place=_metres(near), width_mm=width_mm, least_mm=LEAST_DOOR_MM)
    if host.length_mm < width_mm:
        raise BadInput("edit.wall_too_short", place=_metres(near), width_mm=width_mm, wall_mm=round(host.length_mm))
    middle = min(max(host.local(near)[0], width_mm / 2), host.length_mm - width_mm / 2)
    return host.at(middle - width_mm / 2), host.at(middle + width_mm / 2)


def _metres(point: Point) -> str:
    return f"({point[0] / 1000:.2f}, {point[1] / 1000:.2f})"
