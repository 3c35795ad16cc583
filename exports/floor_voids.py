"""Floor that is closed off, by what it serves for: too narrow, or without a place for a door, it is a duct; else a cupboard or
a store; before a window plants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import shapely

from exports.drawing import Block, Shape, Text
from exports.floor_shapes import polygons_of
from exports.floor_void_doors import ROUNDED_MM, STORE_MM, Closed, widest_mm
from exports.room_tags import tag_at
from exports.words import say

NAME_MM, LARGEST_MM = 130.0, 230.0


def use_of(closed: Closed) -> str:
    """`plants`, `duct`, `cupboard` or `store`, by its window, its door and the widest circle that has room in it."""
    if closed.planted:
        return "plants"
    if closed.door is None:
        return "duct"
    return "store" if widest_mm(floor_in(closed)) >= STORE_MM else "cupboard"


def floor_in(closed: Closed) -> shapely.Polygon:
    """Its floor within its walls."""
    return max(polygons_of(closed.inside), key=lambda p: p.area, default=shapely.Polygon(closed.item.polygon))


def void_name(closed: Closed, language: str) -> str:
    return say(f"drawing.void.{use_of(closed)}", {}, language)


def draw_void_names(closed: Sequence[Closed], language: str) -> tuple[list[Shape], list[Block]]:
    """Name and area in each that can be used, small, where it is widest; a duct has no room for them."""
    shapes: list[Shape] = []
    blocks: list[Block] = []
    for one in used_voids(closed):
        area = floor_in(one)
        tag, block = tag_at(area, one.item.kind, one.item.id, void_name(one, language), area.area / 1e6, language)
        circle = shapely.maximum_inscribed_circle(area, ROUNDED_MM)
        x, y = circle.coords[0]
        small = {"at": (round(x, 1), round(y, 1)), "height": round(min(LARGEST_MM, max(NAME_MM, circle.length / 5)), 1)}
        shapes += [replace(s, **small) if isinstance(s, Text) else s for s in tag]
        blocks.append(block)
    return shapes, blocks


def used_voids(closed: Sequence[Closed]) -> Iterator[Closed]:
    """Cupboards and stores."""
    return (one for one in closed if use_of(one) in ("cupboard", "store"))
