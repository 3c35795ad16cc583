"""Rigid motions of points and parts, in whole millimetres and without drift.

A motion turns by `degrees` about `about`, then shifts. Items are turned through their own frame (insert and rotation),
where corners that share a line are brought back onto it: a hundred crooked turns leave a counter as square as one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from layouts.layout import Item
from layouts.plan import Point, Polygon, Ring

RIGHT_ANGLE = 90.0
ROUNDED_OFF_MM = 1.5  # two corners, each rounded by up to 0.71 mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """Turn about a point, then shift."""

    dx_mm: float = 0
    dy_mm: float = 0
    degrees: float = 0.0
    about: tuple[float, float] = (0, 0)


def turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    """(x, y) turned about the origin; exact at quarter turns."""
    quarters = degrees / RIGHT_ANGLE
    if quarters == int(quarters):
        cos, sin = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarters) % 4]
    else:
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return x * cos - y * sin, x * sin + y * cos


def moved(point: tuple[float, float], motion: Motion) -> Point:
    """Where a point goes, to the nearest millimetre."""
    x, y = turned(point[0] - motion.about[0], point[1] - motion.about[1], motion.degrees)
    return round(x + motion.about[0] + motion.dx_mm), round(y + motion.about[1] + motion.dy_mm)


def ring_moved(ring: Iterable[tuple[float, float]], motion: Motion) -> Ring:
    return tuple(moved(q, motion) for q in ring)


def polygon_moved(polygon: Polygon, motion: Motion) -> Polygon:
    return Polygon(outer=ring_moved(polygon.outer, motion), holes=tuple(ring_moved(h, motion) for h in polygon.holes))


def item_moved(item: Item, motion: Motion) -> Item:
    """An item with all its clear floor."""
    if not motion.degrees:
        return replace(
            item,
            polygon=ring_moved(item.polygon, motion),
            insert_mm=moved(item.insert_mm, motion),
            clear_zones=tuple(replace(z, polygon=ring_moved(z.polygon, motion)) for z in item.clear_zones),
        )
    return item_at(item, moved(item.insert_mm, motion), item.rotation_deg + motion.degrees)


def item_at(item: Item, insert: Point, degrees: float) -> Item:
    """The item with its insert point and rotation given."""
    degrees = round(degrees % 360, 3) % 360
    rings = [item.polygon, *(z.polygon for z in item.clear_zones)]
    into = Motion(dx_mm=insert[0], dy_mm=insert[1], degrees=degrees)
    body, *zones = (ring_moved(ring, into) for ring in local_rings(item, rings))
    clear = tuple(replace(z, polygon=ring) for z, ring in zip(item.clear_zones, zones))
    return replace(item, polygon=body, clear_zones=clear, insert_mm=insert, rotation_deg=degrees)


def local_rings(item: Item, rings: list[Ring]) -> list[Ring]:
    """Rings of an item in its own frame, whole millimetres, what rounding took off a shared line put back on it."""
    x0, y0 = item.insert_mm
    local = [[turned(x - x0, y - y0, -item.rotation_deg) for x, y in ring] for ring in rings]
    if item.rotation_deg % RIGHT_ANGLE == 0:
        return [tuple((round(x), round(y)) for x, y in ring) for ring in local]
    xs = _lines(x for ring in local for x, _ in ring)
    ys = _lines(y for ring in local for _, y in ring)
    return [tuple((xs[x], ys[y]) for x, y in ring) for ring in local]


def _lines(values: Iterable[float]) -> dict[float, int]:
    """Each value with the rounded mean of its neighbours closer than rounding can have moved them."""
    groups: list[list[float]] = []
    for value in sorted(set(values)):
        if groups and value - groups[-1][-1] <= ROUNDED_OFF_MM:
            groups[-1].append(value)
        else:
            groups.append([value])
    return {value: round(sum(group) / len(group)) for group in groups for value in group}


def part_moved(kind: str, part: Any, motion: Motion) -> Any:
    """Any part after a motion."""
    match kind:
        case "wall":
            return replace(part, a=moved(part.a, motion), b=moved(part.b, motion))
        case "door" | "window":
            return replace(part, p=moved(part.p, motion), q=moved(part.q, motion))
        case "column" | "obstacle":
            return replace(part, outline=ring_moved(part.outline, motion))
        case "free":
            return replace(part, area=ring_moved(part.area, motion))
        case "space":
            return replace(part, outline=polygon_moved(part.outline, motion))
        case _:
            return item_moved(part, motion)


def points_of(kind: str, part: Any) -> Ring:
    """The points that bound a part; of a wall its ends."""
    match kind:
        case "wall":
            return part.a, part.b
        case "door" | "window":
            return part.p, part.q
        case "column" | "obstacle":
            return tuple(part.outline)
        case "free":
            return tuple(part.area)
        case "space":
            return tuple(part.outline.outer)
        case _:
            return tuple(part.polygon)


def with_ring(kind: str, part: Any, ring: Ring) -> Any:
    """A space, column, obstacle or area kept free with another outline."""
    if kind == "free":
        return replace(part, area=ring)
    return replace(part, outline=replace(part.outline, outer=ring) if kind == "space" else ring)


def box_of(points: Iterable[Point]) -> tuple[int, int, int, int]:
    """Left, low, right, high."""
    found = list(points)
    xs, ys = [q[0] for q in found], [q[1] for q in found]
    return min(xs), min(ys), max(xs), max(ys)
