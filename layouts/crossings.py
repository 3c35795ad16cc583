"""Whether two walks cross: they change sides of one another, also when they share a stretch in between."""

from __future__ import annotations

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

TOUCH_MM = 10.0


def _along(walk: LineString, contact: BaseGeometry) -> tuple[float, float]:
    """The stretch of the walk that a piece of contact covers, as distances from the walk's start."""
    places = [walk.project(shapely.Point(c)) for c in contact.coords]
    return min(places), max(places)


def _stretches(walk: LineString, other: LineString) -> list[tuple[float, float]]:
    """Where the walk runs within TOUCH_MM of the other one, joined stretches in order."""
    contact = walk.intersection(other.buffer(TOUCH_MM))
    pieces = getattr(contact, "geoms", [contact])
    found = sorted(_along(walk, p) for p in pieces if not p.is_empty)
    joined: list[tuple[float, float]] = []
    for low, high in found:
        if joined and low <= joined[-1][1] + TOUCH_MM:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return joined


def _side(of: LineString, point: BaseGeometry) -> float:
    """Positive when the point lies left of the line, negative right; 0 when it lies beyond its ends."""
    at = of.project(point)
    if at <= 0.0 or at >= of.length:
        return 0.0
    a, b = of.interpolate(max(0.0, at - 1.0)), of.interpolate(min(of.length, at + 1.0))
    return float((b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x))


def lines_cross(one: LineString, other: LineString) -> bool:
    """Whether `one` goes from one side of `other` to its other side at least once."""
    if one.distance(other) > TOUCH_MM:
        return False
    for low, high in _stretches(one, other):
        before, after = low - TOUCH_MM, high + TOUCH_MM
        if before <= 0.0 or after >= one.length:
            continue
        if _side(other, one.interpolate(before)) * _side(other, one.interpolate(after)) < 0:
            return True
    return False
