"""The sheet as a paper-space layout with a locked viewport at true scale, square to the plan.

A building that lies turned in its site's directions is seen turned back: what is signed is read like the pictures of it.
"""

from __future__ import annotations

from ezdxf.document import Drawing as Document

from exports.drawing import Drawing
from exports.dxf_entities import Pen, add_shapes
from exports.dxf_frame import Place
from exports.dxf_tables import Names
from exports.sheet import sheet_of

LOCKED = 0x4000


def add_sheet(doc: Document, drawing: Drawing, names: Names, place: Place, box: tuple[float, float, float, float]) -> str:
    """Add the layout and say its name. `box`: extents of the plan in the file's own unit and the plan's directions."""
    width_mm, height_mm = (box[2] - box[0]) * place.mm_per_unit, (box[3] - box[1]) * place.mm_per_unit
    sheet = sheet_of(drawing, width_mm, height_mm)
    name = f"{names.tag} {sheet.paper} 1-{sheet.scale}"
    layout = doc.layouts.new(name)
    layout.page_setup(size=(sheet.width, sheet.height), margins=(0, 0, 0, 0), units="mm", name=name)
    viewport = layout.add_viewport(
        center=sheet.view_middle,
        size=sheet.view_size,
        view_center_point=((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
        view_height=place.length(sheet.view_size[1] * sheet.scale),
        status=2,
        dxfattribs={"layer": names.layer("A-ANNO-NPLT")},
    )
    viewport.dxf.view_twist_angle = place.rotation_deg % 360
    viewport.dxf.flags = viewport.dxf.flags | LOCKED
    add_shapes(Pen(doc=doc, layout=layout, place=Place(), names=names, scale=sheet.scale), sheet.shapes)
    return name
