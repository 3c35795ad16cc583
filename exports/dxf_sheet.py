"""The sheets as paper-space layouts with locked viewports at true scale, square to the plan.

A building that lies turned in its site's directions is seen turned back: what is signed is read like the pictures of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ezdxf.document import Drawing as Document

from exports.drawing import Block
from exports.dxf_entities import Pen, add_blocks, add_shapes
from exports.dxf_frame import Place
from exports.dxf_tables import Names
from exports.sheet import TITLE_BLOCK, TITLE_TAGS, Sheet

LOCKED = 0x4000
VIEW_LAYER = "A-ANNO-NPLT"


def add_sheets(doc: Document, sheets: Sequence[Sheet], names: Names, place: Place) -> tuple[str, ...]:
    """Add a layout for each sheet of the set and say their names."""
    if sheets:
        paper = Pen(doc=doc, layout=doc.modelspace(), place=Place(), names=names, scale=1)
        add_blocks(paper, [Block(name=TITLE_BLOCK, shapes=(), tags=TITLE_TAGS)])
    return tuple(_add_sheet(doc, sheet, names, place) for sheet in sheets)


def _add_sheet(doc: Document, sheet: Sheet, names: Names, place: Place) -> str:
    scaled = f"{sheet.paper} 1-{sheet.scale}" if sheet.view_centre is not None else sheet.paper
    name = f"{names.tag} {sheet.code} {scaled}"
    layout = doc.layouts.new(name)
    layout.page_setup(size=(sheet.width, sheet.height), margins=(0, 0, 0, 0), units="mm", name=name)
    if sheet.view_centre is not None:
        viewport = layout.add_viewport(
            center=sheet.view_middle,
            size=sheet.view_size,
            view_center_point=replace(place, rotation_deg=0.0).point(sheet.view_centre),
            view_height=place.length(sheet.view_size[1] * sheet.scale),
            status=2,
            dxfattribs={"layer": names.layer(VIEW_LAYER)},
        )
        viewport.dxf.view_twist_angle = place.rotation_deg % 360
        viewport.dxf.flags = viewport.dxf.flags | LOCKED
    add_shapes(Pen(doc=doc, layout=layout, place=Place(), names=names, scale=sheet.scale), sheet.shapes)
    return name
