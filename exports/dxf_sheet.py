"""The sheet: a paper-space layout at true scale with title block, locked viewport, legend and schedule."""

from __future__ import annotations

from dataclasses import replace

from ezdxf.document import Drawing as Document

from exports.drawing import Drawing, Line, Panel, Polyline, Shape, Text, Xy, turned
from exports.dxf_entities import Pen, add_shapes
from exports.dxf_frame import Place
from exports.dxf_tables import Names
from exports.floor_panels import scale_panel
from exports.words import say

PAPERS = (("A3", 420.0, 297.0), ("A2", 594.0, 420.0), ("A1", 841.0, 594.0), ("A0", 1189.0, 841.0))
SCALES = (100, 200, 500)
BORDER_MM = 10.0
COLUMN_MM = 112.0
TITLE_MM = 46.0
LOCKED = 0x4000


def sheet_for(width_mm: float, height_mm: float, panels_mm: float = 0.0) -> tuple[str, float, float, int]:
    """The smallest paper that holds the plan and its column of panels, at the largest of our scales."""
    for scale in SCALES:
        for name, w, h in PAPERS:
            free_w, free_h = w - 2 * BORDER_MM - COLUMN_MM, h - 2 * BORDER_MM
            if width_mm / scale <= free_w - 6 and height_mm / scale <= free_h - 6 and panels_mm <= free_h - TITLE_MM:
                return name, w, h, scale
    name, w, h = PAPERS[-1]
    return name, w, h, SCALES[-1]


def add_sheet(
    doc: Document, drawing: Drawing, names: Names, place: Place, box: tuple[float, float, float, float]
) -> str:
    """Add the layout and say its name. `box`: extents of the plan in the file's own unit and directions."""
    width_mm, height_mm = (box[2] - box[0]) * place.mm_per_unit, (box[3] - box[1]) * place.mm_per_unit
    panels_mm = sum(panel.height + 3 for panel in drawing.panels)
    paper, w, h, scale = sheet_for(width_mm, height_mm, panels_mm)
    name = f"{names.tag} {paper} 1-{scale}"
    layout = doc.layouts.new(name)
    layout.page_setup(size=(w, h), margins=(0, 0, 0, 0), units="mm", name=name)
    view_w, view_h = w - 2 * BORDER_MM - COLUMN_MM, h - 2 * BORDER_MM
    viewport = layout.add_viewport(
        center=(BORDER_MM + view_w / 2, BORDER_MM + view_h / 2),
        size=(view_w, view_h),
        view_center_point=((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
        view_height=place.length(view_h * scale),
        status=2,
        dxfattribs={"layer": names.layer("A-ANNO-NPLT")},
    )
    viewport.dxf.flags = viewport.dxf.flags | LOCKED
    pen = Pen(doc=doc, layout=layout, place=Place(), names=names, scale=scale)
    left, top = w - BORDER_MM - COLUMN_MM, h - BORDER_MM
    shapes = [*_frame(w, h, left), *_title_block(drawing, paper, scale, left)]
    y = top - 4.0
    for panel in _rescaled(drawing, scale):
        y -= panel.height
        shapes += [
            moved(shape, (left + 8.0, y), -place.rotation_deg if panel.name == "north" else 0.0, panel)
            for shape in panel.shapes
        ]
        y -= 3.0
    add_shapes(pen, shapes)
    return name


def _rescaled(drawing: Drawing, scale: int) -> list[Panel]:
    """The scale bar is drawn anew when the sheet is not at the drawing's own scale."""
    if scale == drawing.scale:
        return list(drawing.panels)
    return [scale_panel(scale, drawing.language) if p.name == "scale" else p for p in drawing.panels]


def _frame(w: float, h: float, left: float) -> list[Shape]:
    b = BORDER_MM
    edge = ((b, b), (w - b, b), (w - b, h - b), (b, h - b))
    return [
        Polyline(layer="A-ANNO-TTLB", kind="sheet", points=edge, closed=True),
        Line(layer="A-ANNO-TTLB", kind="sheet", a=(left, b), b=(left, h - b)),
        Line(layer="A-ANNO-TTLB", kind="sheet", a=(left, b + TITLE_MM), b=(w - b, b + TITLE_MM)),
    ]


def _title_block(drawing: Drawing, paper: str, scale: int, left: float) -> list[Shape]:
    rows = (
        (drawing.title, 4.0, True),
        (drawing.subtitle, 2.5, False),
        (say("drawing.sheet.title", {}, drawing.language), 2.5, False),
        (say("drawing.sheet.scale", {"scale": scale, "paper": paper}, drawing.language), 2.5, False),
        (say("drawing.note.concept", {}, drawing.language), 3.0, True),
    )
    shapes: list[Shape] = []
    y = BORDER_MM + TITLE_MM - 8.0
    for text, height, bold in rows:
        fitted = min(height, (COLUMN_MM - 14) / (0.8 * max(1, len(text))))
        shapes.append(
            Text(
                layer="A-ANNO-TTLB",
                kind="title",
                at=(left + 8, y),
                lines=(text,),
                height=fitted,
                anchor="left",
                bold=bold,
            )
        )
        y -= 8.0
    return [shape for shape in shapes if isinstance(shape, Text) and shape.lines[0]]


def moved(shape: Shape, by: Xy, turn: float = 0.0, panel: Panel | None = None) -> Shape:
    """The shape shifted on paper, turned round the panel's middle where the file's directions are turned."""
    middle = (panel.width / 2, panel.height / 2) if panel and turn else (0.0, 0.0)

    def go(p: Xy) -> Xy:
        x, y = turned((p[0] - middle[0], p[1] - middle[1]), middle, turn) if turn else p
        return x + by[0], y + by[1]

    changes: dict[str, object] = {}
    for name in ("a", "b", "centre", "at"):
        if hasattr(shape, name):
            changes[name] = go(getattr(shape, name))
    for name in ("points", "outer"):
        if hasattr(shape, name):
            changes[name] = tuple(go(p) for p in getattr(shape, name))
    return replace(shape, **changes)
