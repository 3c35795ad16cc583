"""Dimension strings: the building from outside, the aisle, and the depths at one counter of each bank."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from exports.drawing import Dimension, Xy, normal, turned
from exports.floor_building import floor_area
from exports.floor_marks import banks_of
from exports.floor_shapes import between, readable_angle, shift
from exports.item_boxes import local, size_of
from layouts.layout import Item, LevelLayout
from layouts.plan import Level

AXES_APART_MM = 400
BESIDE_MM = 350.0  # of a counter's alone, beyond it and the partition there
NEAR_MM = 150.0  # of a bank's dimensions from its end where their figures lie inwards, clear of the last counter's number
ABOUT_MM, FARTHEST_MM = 100.0, 4000.0  # before and behind the end of a staff zone a wall is looked for
IN_MM = 420.0  # where they lie outwards, clear of the partition at the end


def draw_dimensions(level: Level, layout: LevelLayout | None, reach_mm: tuple[float, float]) -> Iterator[Dimension]:
    """Overall sizes and the grid of columns outside the building; aisle width; depths once a line of banks."""
    floor = floor_area(level)
    x0, y0, x1, y1 = floor.bounds
    middles = [shapely.Polygon(c.outline).centroid for c in level.columns]
    yield from _chain(_axes([m.x for m in middles], x0, x1), lambda x: (x, y0), -(reach_mm[1] + 500))
    yield from _chain([x0, x1], lambda x: (x, y0), -(reach_mm[1] + 1300))
    yield from _chain(_axes([m.y for m in middles], y0, y1), lambda y: (x0, y), reach_mm[0] + 500)
    yield from _chain([y0, y1], lambda y: (x0, y), reach_mm[0] + 1300)
    if layout:
        yield from _aisle(layout)
        yield from _depths_of(banks_of(layout.items), _staff_floor(layout))


def _staff_floor(layout: LevelLayout) -> BaseGeometry:
    """Where staff walk: their areas without what stands there."""
    areas = shapely.union_all([shapely.Polygon(p.outer, p.holes) for p in layout.staff])
    return areas.difference(shapely.union_all([shapely.Polygon(i.polygon) for i in layout.items if i.solid]))


def _depths_of(banks: Mapping[str, Sequence[Item]], staff: BaseGeometry) -> Iterator[Dimension]:
    """The depths at one bank of each line, the longest first. A counter alone has no room for figures beside its sign and its
    number: it has them only where no bank tells the same depths."""
    told: set[tuple[float, ...]] = set()
    for bank, counters in sorted(banks.items(), key=lambda each: -len(each[1])):
        depths = list(_depths(bank, counters, staff))
        lines = tuple(value for d in depths for value in _line_of(d, counters[0].rotation_deg))
        sizes = tuple(round(math.dist(d.a, d.b), -1) for d in depths)
        if lines not in told and not (len(counters) == 1 and sizes in told):
            yield from depths
        told |= {lines, sizes}


def _axes(values: Sequence[float], low: float, high: float) -> list[float]:
    """Column axes between the two ends, those closer than 400 mm to one before left out; none when there is no grid."""
    kept = [low]
    for value in sorted(values):
        if value - kept[-1] > AXES_APART_MM and high - value > AXES_APART_MM:
            kept.append(value)
    return [*kept, high] if 1 < len(kept) <= 14 else []


def _chain(stops: Sequence[float], at: Callable[[float], Xy], offset: float) -> Iterator[Dimension]:
    for a, b in pairwise(stops):
        yield Dimension(layer="A-ANNO-DIMS-E", kind="dimension", a=at(a), b=at(b), offset=offset)


def _aisle(layout: LevelLayout) -> Iterator[Dimension]:
    """The main aisle's width, across its longest straight piece."""
    if not layout.spine or len(layout.spine.centreline) < 2:
        return
    pieces = list(zip(layout.spine.centreline, layout.spine.centreline[1:]))
    a, b = max(pieces, key=lambda piece: math.dist(*piece))
    middle, n, half = between(a, b, 0.58), normal(a, b), layout.spine.width_mm / 2
    yield Dimension(layer="A-ANNO-DIMS-N", kind="aisle", a=shift(middle, n, half), b=shift(middle, n, -half), offset=0.0)


def _line_of(dimension: Dimension, turn_deg: float) -> tuple[float, ...]:
    """Which way it faces and how far forward it begins and ends: equal for all banks on one counter line."""
    a, b = (turned(p, (0.0, 0.0), -turn_deg) for p in (dimension.a, dimension.b))
    return (turn_deg, round(a[1], -1), round(b[1], -1))


def _depths(bank: str, counters: Sequence[Item], staff: BaseGeometry) -> Iterator[Dimension]:
    """Customer zone, counter and the staff's floor up to what stands behind it, one behind the other, at that end of the bank
    whose desk bears no sign; of a counter alone beyond that end."""
    at_start = counters[-1].accessible and not counters[0].accessible
    item = counters[0] if at_start else counters[-1]
    width, depth = size_of(item)
    inwards = -BESIDE_MM if len(counters) == 1 else NEAR_MM if _figures_inside(item.rotation_deg, at_start) else IN_MM
    x = (inwards - width / 2) if at_start else (width / 2 - inwards)
    stops = [0.0, depth]
    for zone in item.clear_zones:
        ys = [local(p, item)[1] for p in zone.polygon]
        if zone.use == "customer":
            stops.append(min(ys))
        elif zone.use == "staff" and (back := _back(item, max(-width / 2, min(x, width / 2)), max(ys), staff)) is not None:
            stops.append(back)
    if item.rotation_deg % 90:  # corners on whole millimetres: a depth of 1800 would be told as 1801
        stops = [round(s, -1) for s in stops]
    stops.sort()
    for low, high in pairwise(stops):
        if high - low > 50:
            a, b = (turned((x, y), item.insert_mm, item.rotation_deg) for y in (low, high))
            yield Dimension(layer="A-ANNO-DIMS-N", kind="depth", id=bank, a=a, b=b, offset=0.0)


def _back(item: Item, x: float, zone: float, staff: BaseGeometry) -> float | None:
    """Where the staff's floor ends behind a counter, in its own axes: a figure that ends on open floor tells nothing that one
    can measure. None where the floor goes on and on."""
    ends = [turned((x, y), item.insert_mm, item.rotation_deg) for y in (zone - ABOUT_MM, zone + FARTHEST_MM)]
    inside = shapely.LineString(ends).intersection(staff)
    near = [p for p in getattr(inside, "geoms", [inside]) if p.distance(shapely.Point(ends[0])) < 1.0]
    if not near:
        return zone  # it ends there, as the floor does
    back = max(local(p, item)[1] for p in near[0].coords)
    return None if back > zone + FARTHEST_MM - 1.0 else max(back, zone) if back > zone - ABOUT_MM / 2 else zone


def _figures_inside(turn_deg: float, at_start: bool) -> bool:
    """Do the figures, which stand above their line as one reads it, lie on the bank's side of it?"""
    reads = math.radians(readable_angle(turn_deg + 90))
    above = (-math.sin(reads), math.cos(reads))
    inward = turned((1.0 if at_start else -1.0, 0.0), (0.0, 0.0), turn_deg)
    return above[0] * inward[0] + above[1] * inward[1] > 0
