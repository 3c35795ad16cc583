"""The gates, posts and screens of a screening as items, none on another's ground."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.geometry import parts, ring_shape
from layouts.layout import Item
from layouts.plan import Ring
from layouts.screening import ARCH, ARCH_MM, BYPASS, POST_MM, SCREEN, SCREEN_MM
from layouts.screening_site import Stand


def line_items(stand: Stand, lanes: int, wide: int, screens: Sequence[Polygon]) -> tuple[Item, ...]:
    """From the table's corner outwards: an arch for each lane and the bypass, posts between them; then the screens."""
    found: list[Item] = []
    posts: list[Ring] = []
    y = 0
    for n, (kind, width) in enumerate([(ARCH, ARCH_MM)] * lanes + [(BYPASS, wide)], start=1):
        posts.append(stand.box(0, y, SCREEN_MM, y + POST_MM))
        y += POST_MM
        found.append(_gate(stand, kind, f"SA{n:02d}" if kind == ARCH else "SB01", y, y + width))
        y += width
    return (*found, *_bodies(posts, screens))


def _gate(stand: Stand, kind: str, name: str, low: float, high: float) -> Item:
    """An opening, its front towards those who come."""
    x, y = stand.at(0, (low + high) / 2)
    turn = round(math.degrees(math.atan2(-stand.on[0], stand.on[1])) % 360, 3)
    return Item(
        id=name, kind=kind, polygon=stand.box(0, low, SCREEN_MM, high), insert_mm=(round(x), round(y)), rotation_deg=turn,
        solid=False, accessible=kind == BYPASS,
    )  # fmt: skip


def _bodies(posts: Sequence[Ring], screens: Sequence[Polygon]) -> Iterator[Item]:
    """Posts and screens; what meets at a corner is the earlier one's."""
    taken: BaseGeometry = Polygon()
    for number, shape in enumerate((*map(ring_shape, posts), *screens), start=1):
        rest = max(parts(shape.difference(taken)), key=lambda p: p.area, default=Polygon())
        taken = taken.union(shape)
        if rest.area > SCREEN_MM:
            yield _body(f"SC{number:02d}", rest)


def _body(name: str, shape: Polygon) -> Item:
    """A screen with its long edge as its front, in whole millimetres."""
    whole = max(parts(shapely.set_precision(shape, 1.0)), key=lambda p: p.area)
    points = [(round(x), round(y)) for x, y in shapely.get_coordinates(orient(whole).exterior)[:-1].tolist()]
    edges = list(zip(points, points[1:] + points[:1]))
    (ax, ay), (bx, by) = max(edges, key=lambda e: (math.dist(*e), e))
    return Item(
        id=name, kind=SCREEN, polygon=tuple(points), insert_mm=(round((ax + bx) / 2), round((ay + by) / 2)),
        rotation_deg=round(math.degrees(math.atan2(by - ay, bx - ax)) % 360, 3),
    )  # fmt: skip
