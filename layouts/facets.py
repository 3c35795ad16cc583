"""Curved walls as a planner furnishes them: few straight facets inside the floor instead of many short chords.

A counter stands before a straight stretch of a curve: where the floor bulges outwards that is a chord, where the wall bulges
into it a tangent. Between facet and wall a crescent remains, nowhere deeper than DEEPEST_MM. Doors keep the chord that they
are in. The floor itself stays as curved as it is; only the line that things are set up along is made of facets.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import degrees, hypot

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Polygon

from layouts.plan import Door, Point, Ring

LONGEST_CHORD_MM = 2600  # longer pieces of a curve are walls of their own
SHARPEST_DEG = 25.0  # chords of one curve turn by no more than this from one to the next
FLAT_DEG = 0.4  # nor the other way by more than rounding does
LEAST_CHORDS = 3
DEEPEST_MM = 800.0
AT_DOOR_MM = 30.0
GRACE_MM = 2.0


@lru_cache(maxsize=256)
def faceted(ring: Ring, doors: tuple[Door, ...]) -> Ring:
    """The ring with the chords of its curves, but for those with doors in them, replaced by facets on the floor."""
    held = _with_doors(ring, doors)
    n = len(ring)
    start = next((k for k in range(n) if not _goes_on(ring, held, k)), None)
    if start is None:  # round all about, without a corner or a door: it begins anywhere
        start = 0
    order = [ring[(start + k) % n] for k in range(n)] + [ring[start]]
    found: list[Point] = []
    at = 0
    while at < n:
        end, way = at + 1, 0.0
        while end < n and _goes_on(ring, held, (start + end) % n) and _same_way(order, end, way):
            way = way or _turn(order[end - 1], order[end], order[end + 1])
            if abs(way) < FLAT_DEG:
                way = 0.0
            end += 1
        piece = order[at : end + 1]
        found += _facets(piece, way)[:-1] if end - at >= LEAST_CHORDS and way else piece[:-1]
        at = end
    return _sound(ring, tuple(found))


def _sound(ring: Ring, found: Ring) -> Ring:
    """The facets, if they are a ring on the floor; else the ring as it was."""
    shape = Polygon(found) if len(found) >= 3 else Polygon()
    return found if shape.is_valid and Polygon(ring).buffer(GRACE_MM, join_style="mitre").covers(shape) else ring


def _with_doors(ring: Ring, doors: Sequence[Door]) -> frozenset[int]:
    """The edges that doors lie in."""
    edges = shapely.linestrings([(a, b) for a, b in zip(ring, (*ring[1:], ring[0]))])
    near = (shapely.distance(edges, LineString([d.p, d.q]).centroid) < AT_DOOR_MM for d in doors)
    ends = (shapely.dwithin(edges, shapely.points(end), AT_DOOR_MM) for d in doors for end in (d.p, d.q))
    return frozenset(int(k) for mask in (*near, *ends) for k in np.nonzero(mask)[0])


def _goes_on(ring: Ring, held: frozenset[int], k: int) -> bool:
    """Are the edges before and after corner k chords of one curve?"""
    n = len(ring)
    if k in held or (k - 1) % n in held:
        return False
    a, b, c = ring[k - 1], ring[k], ring[(k + 1) % n]
    return max(_far(a, b), _far(b, c)) <= LONGEST_CHORD_MM and abs(_turn(a, b, c)) <= SHARPEST_DEG


def _same_way(order: list[Point], end: int, way: float) -> bool:
    turn = _turn(order[end - 1], order[end], order[end + 1])
    return way == 0.0 or turn * way > 0 or abs(turn) < FLAT_DEG


def _facets(curve: list[Point], way: float) -> list[Point]:
    """The corners of the fewest equal facets that no part of the curve lies farther than DEEPEST_MM from."""
    for count in range(1, len(curve)):
        corners = _chords(curve, count) if way > 0 else _tangents(curve, count)
        if corners is not None and _depth(curve, corners) <= DEEPEST_MM:
            return corners
    return curve


def _chords(curve: list[Point], count: int) -> list[Point]:
    return [curve[k] for k in _shares(curve, count)]


def _tangents(curve: list[Point], count: int) -> list[Point] | None:
    """From the curve's first direction to its last: the corners in which the lines of some of its chords meet."""
    along = _along(curve)
    middles = (along[1:] + along[:-1]) / 2
    inner = [int(np.argmin(np.abs(middles - along[-1] * k / count))) for k in range(1, count)]
    edges = [0, *inner, len(curve) - 2]
    corners = [curve[0]]
    for one, other in pairwise(dict.fromkeys(edges)):
        met = _meeting(curve[one], curve[one + 1], curve[other], curve[other + 1])
        if met is None:
            return None
        corners.append(met)
    return [*dict.fromkeys(corners), curve[-1]]


def _shares(curve: list[Point], count: int) -> list[int]:
    """The corners nearest to equal parts of the curve's length, its ends included."""
    along = _along(curve)
    return sorted({int(np.argmin(np.abs(along - along[-1] * k / count))) for k in range(count + 1)})


def _along(curve: list[Point]) -> npt.NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum([_far(a, b) for a, b in pairwise(curve)])])


def _meeting(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    cross = ux * vy - uy * vx
    if abs(cross) < 1e-6 * hypot(ux, uy) * hypot(vx, vy):
        return None
    share = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / cross
    return round(a[0] + share * ux), round(a[1] + share * uy)


def _depth(curve: list[Point], corners: list[Point]) -> float:
    return float(shapely.hausdorff_distance(LineString(curve), LineString(corners), densify=0.1))


def _far(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def _turn(a: Point, b: Point, c: Point) -> float:
    """How far the way bends to the left at b, degrees."""
    ux, uy, vx, vy = b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]
    return degrees(float(np.arctan2(ux * vy - uy * vx, ux * vx + uy * vy)))
