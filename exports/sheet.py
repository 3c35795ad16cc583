"""The sheet an architect signs: paper, scale, view of the plan and what stands round it, in paper millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from exports.drawing import Drawing, Line, Polyline, Shape, Text, Xy
from exports.floor_panels import scale_panel
from exports.words import say

SIZES = (("A3", 420.0, 297.0), ("A2", 594.0, 420.0), ("A1", 841.0, 594.0), ("A0", 1189.0, 841.0))
# Each lying, then standing: a long narrow hall needs no larger paper than a wide one.
PAPERS = tuple(paper for name, w, h in SIZES for paper in ((name, w, h), (name, h, w)))
SCALES = (100, 200, 500)
BORDER_MM = 10.0
COLUMN_MM = 112.0
TITLE_MM = 46.0
SPARE_MM = 6.0
GAP_MM = 3.0
INK = "A-ANNO-TTLB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Paper size, scale, the middle and size of the view of the plan, and the shapes round it."""

    paper: str
    width: float
    height: float
    scale: int
    view_middle: Xy
    view_size: Xy
    shapes: tuple[Shape, ...]


def paper_for(width_mm: float, height_mm: float, panels_mm: float = 0.0) -> tuple[str, float, float, int]:
    """The smallest paper that holds the plan and its column of panels, at the largest of our scales."""
    for scale in SCALES:
        for name, w, h in PAPERS:
            free_w, free_h = w - 2 * BORDER_MM - COLUMN_MM - SPARE_MM, h - 2 * BORDER_MM - SPARE_MM
            if width_mm / scale <= free_w and height_mm / scale <= free_h and panels_mm <= free_h - TITLE_MM:
                return name, w, h, scale
    return *SIZES[-1], SCALES[-1]


def sheet_of(drawing: Drawing, width_mm: float, height_mm: float) -> Sheet:
    """The sheet of a plan of that size."""
    panels_mm = sum(panel.height + GAP_MM for panel in drawing.panels)
    paper, w, h, scale = paper_for(width_mm, height_mm, panels_mm)
    left = w - BORDER_MM - COLUMN_MM
    view = (left - BORDER_MM, h - 2 * BORDER_MM)
    shapes = [
        *_frame(w, h, left),
        *_title_block(drawing, paper, scale, left),
        *_panels(drawing, scale, left, h),
    ]
    return Sheet(
        paper=paper,
        width=w,
        height=h,
        scale=scale,
        view_middle=(BORDER_MM + view[0] / 2, BORDER_MM + view[1] / 2),
        view_size=view,
        shapes=tuple(shapes),
    )


def _frame(w: float, h: float, left: float) -> Iterator[Shape]:
    b = BORDER_MM
    yield Polyline(layer=INK, kind="sheet", points=((b, b), (w - b, b), (w - b, h - b), (b, h - b)), closed=True)
    yield Line(layer=INK, kind="sheet", a=(left, b), b=(left, h - b))
    yield Line(layer=INK, kind="sheet", a=(left, b + TITLE_MM), b=(w - b, b + TITLE_MM))


def _title_block(drawing: Drawing, paper: str, scale: int, left: float) -> Iterator[Shape]:
    rows = (
        (drawing.title, 4.0, True),
        (drawing.subtitle, 2.5, False),
        (say("drawing.sheet.title", {}, drawing.language), 2.5, False),
        (say("drawing.sheet.scale", {"scale": scale, "paper": paper}, drawing.language), 2.5, False),
        (say("drawing.note.concept", {}, drawing.language), 3.0, True),
    )
    for i, (text, height, bold) in enumerate(rows):
        if text:
            at = (left + 8, BORDER_MM + TITLE_MM - 8.0 * (i + 1))
            fitted = min(height, (COLUMN_MM - 14) / (0.8 * len(text)))
            yield Text(layer=INK, kind="title", at=at, lines=(text,), height=fitted, anchor="left", bold=bold)


def _panels(drawing: Drawing, scale: int, left: float, h: float) -> Iterator[Shape]:
    """Panels from the top of the column downwards; the scale bar anew when the sheet is at another scale."""
    y = h - BORDER_MM - 4.0
    for given in drawing.panels:
        panel = scale_panel(scale, drawing.language) if given.name == "scale" else given
        y -= panel.height
        for shape in panel.shapes:
            yield moved(shape, (left + 8.0, y))
        y -= GAP_MM


def moved(shape: Shape, by: Xy) -> Shape:
    """The shape shifted on paper."""

    def go(p: Xy) -> Xy:
        return p[0] + by[0], p[1] + by[1]

    one = {name: go(getattr(shape, name)) for name in ("a", "b", "centre", "at") if hasattr(shape, name)}
    many = {name: tuple(map(go, getattr(shape, name))) for name in ("points", "outer") if hasattr(shape, name)}
    return replace(shape, **one, **many)
