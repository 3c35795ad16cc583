"""A room's name and area, as a block with attributes and as text."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from exports.drawing import Block, BlockRef, Shape, Text
from exports.one_line import drawn
from exports.room_shells import floor_of, inside_of, rooms_of
from exports.words import knows, say
from layouts.compartment import MARK
from layouts.layout import Item


def kind_name(kind: str, language: str) -> str:
    """What people call this kind; an unknown one keeps its id, in words."""
    code = f"drawing.kind.{kind}"
    return say(code, {}, language) if knows(code) else kind.replace("_", " ")


def room_tags(item: Item, language: str) -> tuple[list[Shape], Block]:
    """The names and areas of a divided block's rooms, or of the room that the item is."""
    rooms = rooms_of(item)
    if not rooms:
        return room_tag(item, language)
    named = [(floor_of(r, item), r) for r in rooms]
    tags = [
        tag_at(floor, r.kind, f"{item.id}{MARK}{r.kind}", kind_name(r.kind, language), floor.area / 1e6, language)
        for floor, r in named
    ]
    return [shape for shapes, _ in tags for shape in shapes], tags[0][1]


def room_tag(item: Item, language: str) -> tuple[list[Shape], Block]:
    """The room's name and area as a tag block with attributes and as plain text (some viewers show no attributes)."""
    name = item.label or kind_name(item.kind, language)
    return tag_at(shapely.Polygon(item.polygon), item.kind, item.id, name, inside_of(item).area / 1e6, language)


def tag_at(
    area: BaseGeometry, kind: str, id: str, name: str, area_m2: float, language: str, layer: str = "A-AREA-IDEN-N"
) -> tuple[list[Shape], Block]:
    """A room's name and area (m2) inside it, as a block with attributes and as text: across, or upright where it is narrow."""
    shown = drawn(name)
    middle = area.representative_point() if not area.convex_hull.equals(area) else area.centroid
    span_x, span_y = area.bounds[2] - area.bounds[0], area.bounds[3] - area.bounds[1]
    upright = span_y > 1.6 * span_x and span_x < 2600
    reach = span_y if upright else span_x
    height = max(130.0, min(230.0, reach * 0.85 / (0.68 * max(8, len(shown)))))
    text_area = say("drawing.area", {"area": f"{area_m2:.1f}"}, language)
    values = (("ID", id), ("NAME", name), ("AREA", f"{area_m2:.1f}"))
    turn = 90.0 if upright else 0.0
    at = (round(middle.x, 1), round(middle.y, 1))
    tag = Block(name="CL_ROOM_TAG", shapes=(), tags=("ID", "NAME", "AREA"))
    ref = BlockRef(layer=layer, kind="room_tag", id=id, block=tag.name, at=at, values=values)
    text = Text(layer=layer, kind=kind, id=id, at=at, lines=(shown, text_area), height=height, rotation_deg=turn)
    return [ref, text], tag
