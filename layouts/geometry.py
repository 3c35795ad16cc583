"""Small pure helpers on shapely: our frozen rings and polygons as shapes, and back again. Millimetres."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry import LineString, MultiPolygon
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.strtree import STRtree

from layouts.layout import Item
from layouts.plan import Door, Point, Polygon, Ring

Shapes = npt.NDArray[np.object_]
MANY = 500  # pairs, from which the matrix of a graph is worth its making
A_DOZEN = 12  # shapes, up to which they are compared one by one
FEW_HUNDRED = 400  # shapes, up to which all pairs are compared
NOTHING = Shape()  # made by reading text, which takes longer than most of what is asked of it


@lru_cache(maxsize=8192)
def ring_shape(ring: Ring) -> BaseGeometry:
    """The area inside a ring. Of rings that come again it is kept: a drawn layout asks for each a dozen times, and to make it
    takes longer than most of what is asked."""
    return Shape(ring)


def ring_shapes(rings: Sequence[Sequence[tuple[float, float]]]) -> list[BaseGeometry]:
    """The areas inside many rings, made in one go for each number of corners."""
    found: list[BaseGeometry] = [NOTHING] * len(rings)
    for corners in {len(r) for r in rings if len(r) >= 3}:
        chosen = [k for k, r in enumerate(rings) if len(r) == corners]
        for k, shape in zip(chosen, shapely.polygons(np.asarray([rings[k] for k in chosen], dtype=np.float64))):
            found[k] = shape
    return found


@lru_cache(maxsize=2048)
def line_shape(points: tuple[tuple[float, float], ...]) -> LineString:
    """A line along points; one that goes nowhere where there is one point only."""
    places = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return shapely.linestrings(places if len(places) > 1 else np.repeat(places, 2, axis=0))


def polygon_shape(polygon: Polygon) -> BaseGeometry:
    """The area of a polygon with its holes."""
    if not polygon.holes:
        return Shape(polygon.outer)
    outer, *holes = _linear_rings((polygon.outer, *polygon.holes))
    return shapely.polygons(outer, holes)


def _linear_rings(rings: Sequence[Ring]) -> list[BaseGeometry]:
    """Rings as lines, made in one go: one by one that takes longer than what is asked of them."""
    counts = [len(r) for r in rings]
    xy = np.asarray([p for r in rings for p in r], dtype=np.float64)
    return list(shapely.linearrings(xy, indices=np.repeat(np.arange(len(rings)), counts)))


def union(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    """All shapes as one; an empty polygon when there are none."""
    found = list(shapes)
    return shapely.union_all(found) if found else NOTHING


def parts(shape: BaseGeometry) -> list[BaseGeometry]:
    """The polygons of a shape, lines and points left out."""
    if shape.is_empty:
        return []
    if isinstance(shape, Shape):
        return [shape]
    if isinstance(shape, MultiPolygon):
        return list(shape.geoms)
    return [p for g in getattr(shape, "geoms", ()) for p in parts(g)]


def _meeting(
    shapes: Sequence[BaseGeometry], within_mm: float = 0.0
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The pairs of shapes whose bounds meet, or come as near as told, the smaller number first; a table of a few hundred is
    quicker than a tree."""
    bounds = shapely.bounds(np.asarray(shapes, dtype=object)).reshape(-1, 4)
    if within_mm:
        bounds += within_mm / 2 * np.asarray([-1, -1, 1, 1])
    if len(bounds) <= A_DOZEN:
        return _few_meeting(bounds.tolist())
    if len(bounds) > FEW_HUNDRED:
        one, other = STRtree(shapes).query(shapely.box(*bounds.T) if within_mm else shapes)
        return one[one < other], other[one < other]
    left, low, right, high = (np.ascontiguousarray(column) for column in bounds.T)
    met = left[:, None] <= right
    met &= met.T
    lower = low[:, None] <= high
    met &= lower
    met &= lower.T
    one, other = np.divmod(np.flatnonzero(met), len(bounds))
    return one[one < other], other[one < other]


def _few_meeting(bounds: Sequence[Sequence[float]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The same for a dozen, one by one."""
    pairs = [
        (a, b)
        for b, (left, low, right, high) in enumerate(bounds)
        for a, (x0, y0, x1, y1) in enumerate(bounds[:b])
        if left <= x1 and x0 <= right and low <= y1 and y0 <= high
    ]
    found = np.asarray(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def groups_of(shapes: Sequence[BaseGeometry], *, by_bounds: bool = False, within_mm: float = 0.0) -> list[list[int]]:
    """The numbers of shapes that touch, or stand no farther apart than told, from one to the next, in the order of each
    group's first; or of those whose bounds meet."""
    one, other = _meeting(shapes, 2 * within_mm)  # seen generously, for bounds are rounded
    if not by_bounds and len(one):
        every = np.asarray(shapes, dtype=object)
        shapely.prepare(every)
        left, right = every[one], every[other]
        touch = shapely.dwithin(left, right, within_mm) if within_mm else shapely.intersects(left, right)
        one, other = one[touch], other[touch]
    if len(one) > MANY:
        table = coo_array((np.ones(len(one)), (one, other)), shape=(len(shapes), len(shapes)))
        found: dict[int, list[int]] = {}
        for k, group in enumerate(connected_components(table, directed=False)[1].tolist()):
            found.setdefault(group, []).append(k)
        return list(found.values())
    root = list(range(len(shapes)))
    for a, b in zip(one.tolist(), other.tolist()):
        while root[a] != a:
            root[a] = a = root[root[a]]
        while root[b] != b:
            root[b] = b = root[root[b]]
        if a < b:
            root[b] = a
        else:
            root[a] = b
    groups: dict[int, list[int]] = {}
    for k in range(len(shapes)):
        a = k
        while root[a] != a:
            root[a] = a = root[root[a]]
        groups.setdefault(a, []).append(k)
    return list(groups.values())


def with_holes_about(shape: BaseGeometry, box: tuple[float, float, float, float], by_mm: float) -> BaseGeometry:
    """The polygons of a shape with only those of their holes whose bounds come so near to a box: as good as the shape itself to
    who asks about floor in that box."""
    left, low, right, high = box

    def near(rings: Shapes) -> npt.NDArray[np.bool_]:
        x0, y0, x1, y1 = shapely.bounds(rings).T
        return np.asarray((x0 <= right + by_mm) & (x1 >= left - by_mm) & (y0 <= high + by_mm) & (y1 >= low - by_mm))

    return _with_holes(shape, near)


def with_holes_for(shape: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """The same with those of their holes in which a part of another shape lies."""
    shapely.prepare(other)
    return _with_holes(shape, lambda rings: np.asarray(shapely.intersects(other, shapely.polygons(rings))))


def _with_holes(shape: BaseGeometry, kept: Callable[[Shapes], npt.NDArray[np.bool_]]) -> BaseGeometry:
    """The polygons of a shape, with those of their holes that are chosen by their rings."""
    found = []
    for part in parts(shape):
        rings = shapely.get_rings(part)
        if len(rings) > 1:
            chosen = rings[1:][kept(rings[1:])]
            part = shapely.polygons(rings[0], chosen if len(chosen) else None)
        found.append(part)
    return found[0] if len(found) == 1 else shapely.multipolygons(found) if found else NOTHING


def turned_rings(shape: BaseGeometry) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """The corners of all rings of a shape's polygons, the area on their left, and where each ring begins."""
    found = np.asarray(parts(shape), dtype=object)
    if len(found) == 0:
        return np.zeros((0, 2)), np.zeros(0, dtype=np.int64)
    rings = shapely.get_rings(shapely.orient_polygons(found, exterior_cw=False))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    first = np.flatnonzero(np.diff(ring, prepend=-1))
    kept = np.ones(len(xy), dtype=bool)
    kept[np.append(first[1:], len(xy)) - 1] = False
    return xy[kept], first - np.arange(len(first))


def round_the_rings(count: int, first: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The numbers of the corners before and after each corner on its ring; rings begin at `first`."""
    last = np.append(first, count)[1:] - 1
    before, after = np.arange(count) - 1, np.arange(count) + 1
    before[first], after[last] = last, first
    return before, after


def _ring(coordinates: Iterable[tuple[float, float]]) -> Ring:
    """A ring in whole millimetres, counter-clockwise, not closed, repeated points dropped."""
    points: list[Point] = []
    for x, y in coordinates:
        point = (round(x), round(y))
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    doubled = sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(points, points[1:] + points[:1]))
    return tuple(points if doubled >= 0 else reversed(points))


def to_polygons(
    shape: BaseGeometry, *, least_mm2: float = 10_000.0, least_hole_mm2: float | None = None
) -> tuple[Polygon, ...]:
    """A shape as our polygons, every ring counter-clockwise; specks below `least_mm2` are dropped, and holes as small where
    they have no limit of their own."""
    hole = least_mm2 if least_hole_mm2 is None else least_hole_mm2
    kept = [orient(p) for p in parts(shape) if p.area >= least_mm2]
    return tuple(
        Polygon(
            outer=_ring(p.exterior.coords),
            holes=tuple(_ring(h.coords) for h in p.interiors if Shape(h).area >= hole),
        )
        for p in kept
    )


def towards_public(item: Item) -> tuple[float, float]:
    """Unit vector from the item's front to the public: local -y turned by the item's rotation."""
    angle = math.radians(item.rotation_deg)
    return math.sin(angle), -math.cos(angle)


def before_front(item: Item, distance_mm: float) -> tuple[float, float]:
    """The point `distance_mm` in front of the middle of the item's public edge (negative: behind that edge)."""
    dx, dy = towards_public(item)
    return item.insert_mm[0] + dx * distance_mm, item.insert_mm[1] + dy * distance_mm


def depth_behind_front_mm(item: Item) -> float:
    """How far the item reaches behind its public front edge, along its own depth."""
    dx, dy = towards_public(item)
    x0, y0 = item.insert_mm
    return max(0.0, max(-((x - x0) * dx + (y - y0) * dy) for x, y in item.polygon))


def front_strip(item: Item, depth_mm: float) -> BaseGeometry:
    """The rectangle as wide as the item and `depth_mm` deep that lies before its public front edge."""
    return Shape(front_ring(item, depth_mm))


def front_ring(item: Item, depth_mm: float) -> list[tuple[float, float]]:
    """The corners of that rectangle."""
    dx, dy = towards_public(item)
    x0, y0 = item.insert_mm
    across = [(x - x0) * -dy + (y - y0) * dx for x, y in item.polygon]
    low, high = min(across), max(across)
    corners = [(low, 0.0), (high, 0.0), (high, depth_mm), (low, depth_mm)]
    return [(x0 - dy * u + dx * v, y0 + dx * u + dy * v) for u, v in corners]


def sides_mm(item: Item) -> tuple[float, float]:
    """How wide an item is along its front, and how deep."""
    dx, dy = towards_public(item)
    across = [(x - item.insert_mm[0]) * -dy + (y - item.insert_mm[1]) * dx for x, y in item.polygon]
    along = [(x - item.insert_mm[0]) * dx + (y - item.insert_mm[1]) * dy for x, y in item.polygon]
    return max(across) - min(across), max(along) - min(along)


def within_box(shape: BaseGeometry, left: float, low: float, right: float, high: float) -> BaseGeometry:
    """What of a shape lies in an upright box. GEOS's own clipping (`clip_by_rect`) is quicker, and an error where a corner lies
    all but on the box's edge."""
    return shape.intersection(shapely.box(left, low, right, high))


def diagonal_mm(ring: Ring) -> float:
    """The largest distance between two corners, by which exits are held to stand apart (IBC 1007.1.1)."""
    return max(math.dist(a, b) for a, b in combinations(ring, 2))


def door_middle(door: Door) -> tuple[float, float]:
    """The middle of the door's opening."""
    return (door.p[0] + door.q[0]) / 2, (door.p[1] + door.q[1]) / 2


def door_width_mm(door: Door) -> float:
    """The distance between the door's two edges."""
    return math.dist(door.p, door.q)
