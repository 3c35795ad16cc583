"""Shapes of a drawing as DXF entities: all BYLAYER, each with its kind and id as XDATA."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ezdxf.document import Drawing as Document
from ezdxf.entities import DXFGraphic, Insert
from ezdxf.enums import InsertUnits
from ezdxf.layouts import BaseLayout

from exports.bulges import Bulged, bulged
from exports.drawing import (
    Arc,
    Block,
    BlockRef,
    Circle,
    Dimension,
    Fill,
    Line,
    Polyline,
    Shape,
    Text,
    Xy,
)
from exports.dxf_frame import Place
from exports.dxf_tables import APPID, Names
from exports.dxf_text import mtext, pieces
from exports.floor_shapes import readable_angle
from exports.one_line import one_line

INVISIBLE = 1
MIDDLE_OF = {"left": 4, "center": 5, "right": 6}
TAG_TEXT_MM = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Where to draw and how our lengths and names become the file's."""

    doc: Document
    layout: BaseLayout
    place: Place
    names: Names
    scale: int

    def points(self, points: Sequence[Xy], *, closed: bool = True) -> list[Bulged]:
        """In the file's unit, with a bulge for each arc."""
        return [(*self.place.point((x, y)), bulge) for x, y, bulge in bulged(points, closed=closed)]


def add_blocks(pen: Pen, blocks: Sequence[Block]) -> None:
    """Each symbol as a block on layer 0 in the file's unit, with the definitions of its attributes."""
    only_scaled = Place(mm_per_unit=pen.place.mm_per_unit)
    for block in blocks:
        target = pen.doc.blocks.new(pen.names.block(block.name))
        target.units = cast(InsertUnits, pen.doc.units)
        inner = Pen(doc=pen.doc, layout=target, place=only_scaled, names=pen.names, scale=pen.scale)
        for shape in block.shapes:
            _entity(inner, shape)
        for tag in block.tags:
            height = inner.place.length(TAG_TEXT_MM)
            attributes = {"height": height, "flags": INVISIBLE, "style": pen.names.text_style, "layer": "0"}
            target.add_attdef(tag, (0, 0), "", dxfattribs=attributes)


def add_shapes(pen: Pen, shapes: Iterable[Shape]) -> list[DXFGraphic]:
    """Write the shapes in their order and mark each with what it shows."""
    found: list[DXFGraphic] = []
    for shape in shapes:
        entity = _entity(pen, shape)
        strings = [shape.kind or "drawing", *pieces(shape.id)]
        entity.set_xdata(APPID, [(1000, one_line(text)) for text in strings])
        found.append(entity)
    return found


def _entity(pen: Pen, shape: Shape) -> DXFGraphic:
    base = {"layer": pen.names.layer(shape.layer)}
    place, layout = pen.place, pen.layout
    match shape:
        case Line(a=a, b=b):
            return layout.add_line(place.point(a), place.point(b), dxfattribs=base)
        case Polyline(points=points, closed=closed):
            return layout.add_lwpolyline(pen.points(points, closed=closed), format="xyb", close=closed, dxfattribs=base)
        case Fill(outer=outer, holes=holes):
            hatch = layout.add_hatch(color=256, dxfattribs=base)
            hatch.paths.add_polyline_path(pen.points(outer), is_closed=True, flags=1)
            for hole in holes:
                hatch.paths.add_polyline_path(pen.points(hole), is_closed=True, flags=16)
            return hatch
        case Circle(centre=c, radius=r):
            return layout.add_circle(place.point(c), place.length(r), dxfattribs=base)
        case Arc(centre=c, radius=r, start_deg=start, end_deg=end):
            return layout.add_arc(place.point(c), place.length(r), place.angle(start), place.angle(end), dxfattribs=base)
        case Text():
            return _text(pen, shape, base)
        case BlockRef():
            return _insert(pen, shape, base)
        case Dimension(a=a, b=b, offset=offset):
            style = pen.names.dim_style(pen.scale)
            if _read_from_above(a, b):
                a, b, offset = b, a, -offset
            dim = layout.add_aligned_dim(
                place.point(a), place.point(b), place.length(offset), dimstyle=style, dxfattribs=base | _reading(place, a, b)
            )
            return _rendered(pen, dim, base["layer"])
    raise TypeError(f"{type(shape).__name__} is no shape of a drawing")


def _read_from_above(a: Xy, b: Xy) -> bool:
    """Whether figures along the way from a to b stand on their heads: viewers draw them as the way runs."""
    along = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) % 360
    return abs(readable_angle(along) % 360 - along) > 1e-6


def _reading(place: Place, a: Xy, b: Xy) -> dict[str, float]:
    """The direction of a dimension's text where the file's directions are not the plan's: read from below or from the right
    of the plan, as it lies on the sheet."""
    if not place.rotation_deg:
        return {}
    return {"text_rotation": place.angle(readable_angle(math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))))}


def _rendered(pen: Pen, dim: Any, layer: str) -> DXFGraphic:
    """Most viewers show a dimension only through its rendered block, some of them in that block's own layers."""
    dim.render()
    for part in pen.doc.blocks.get(dim.dimension.dxf.geometry):
        if part.dxf.layer == "0":
            part.dxf.layer = layer
    shown: DXFGraphic = dim.dimension
    return shown


def _text(pen: Pen, text: Text, base: dict[str, Any]) -> DXFGraphic:
    attributes = {
        **base,
        "insert": pen.place.point(text.at),
        "char_height": pen.place.length(text.height),
        "style": pen.names.bold_style if text.bold else pen.names.text_style,
        "attachment_point": MIDDLE_OF[text.anchor],
        "rotation": pen.place.angle(text.rotation_deg),
    }
    return pen.layout.add_mtext(mtext(text.lines), dxfattribs=attributes)


def _insert(pen: Pen, ref: BlockRef, base: dict[str, Any]) -> Insert:
    at = pen.place.point(ref.at)
    turn = pen.place.angle(ref.rotation_deg)
    insert: Insert = pen.layout.add_blockref(pen.names.block(ref.block), at, dxfattribs={**base, "rotation": turn})
    for tag, value in ref.values:
        attributes = {**base, "height": pen.place.length(TAG_TEXT_MM), "style": pen.names.text_style, "rotation": turn}
        attribute = insert.add_attrib(tag, one_line(value), at, dxfattribs=attributes)
        attribute.is_invisible = True
    return insert
