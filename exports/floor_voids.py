"""Floor that is closed off, by what it serves for: too narrow to enter it is a duct, else a cupboard or a store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import shapely

from exports.drawing import Block, Shape, Text
from exports.floor_fittings import tag_at
from exports.words import say
from layouts.layout import Item

CUPBOARD_MM, STORE_MM = 600.0, 1200.0  # a shelf; somebody among shelves
ROUNDED_MM = 10.0
NAME_MM, LARGEST_MM = 130.0, 230.0


def use_of(void: Item) -> str:
    """`duct`, `cupboard` or `store`, by the widest circle that has room in it."""
    area = shapely.Polygon(void.polygon)
    wide = 2 * shapely.maximum_inscribed_circle(area, ROUNDED_MM).length + ROUNDED_MM
    return "store" if wide >= STORE_MM else "cupboard" if wide >= CUPBOARD_MM else "duct"


def void_name(void: Item, language: str) -> str:
    return say(f"drawing.void.{use_of(void)}", {}, language)


def draw_void_names(items: Sequence[Item], language: str) -> tuple[list[Shape], list[Block]]:
    """Name and area in each that can be used, small, where it is widest; a duct has no room for them."""
    shapes: list[Shape] = []
    blocks: list[Block] = []
    for item in used_voids(items):
        area = shapely.Polygon(item.polygon)
        tag, block = tag_at(area, item.kind, item.id, void_name(item, language), area.area / 1e6, language)
        circle = shapely.maximum_inscribed_circle(area, ROUNDED_MM)
        x, y = circle.coords[0]
        small = {"at": (round(x, 1), round(y, 1)), "height": round(min(LARGEST_MM, max(NAME_MM, circle.length / 5)), 1)}
        shapes += [replace(s, **small) if isinstance(s, Text) else s for s in tag]
        blocks.append(block)
    return shapes, blocks


def used_voids(items: Sequence[Item]) -> Iterator[Item]:
    """Cupboards and stores."""
    return (item for item in items if item.kind == "void" and use_of(item) != "duct")
