"""Drawing -> SVG: own writer; text stays text, the same drawing gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal
from xml.sax.saxutils import quoteattr

from exports.drawing import BlockRef, Drawing, Panel, Shape, extents, points_of
from exports.floor_panels import as_read
from exports.one_line import one_line
from exports.sheet import BORDER_MM, Sheet
from exports.svg_shapes import Pen, elements, number, safe, style_sheet, symbol
from exports.words import direction

MARGIN_PAPER_MM = 6.0
GAP_MM = 4.0
TALL_MM = 30.0
Where = Literal["right", "below", "none"]


def svg_text(drawing: Drawing, *, panels: Where = "right", prefix: str = "cl", width: str = "100%") -> str:
    """The drawing as one SVG document; user units are millimetres of the building.

    `panels` puts legend and schedule beside the plan (a sheet), below it (a page) or nowhere.
    `prefix` keeps class names and ids apart when several drawings stand in one page.
    """
    symbols = frozenset(b.name for b in drawing.blocks if b.shapes)
    pen = Pen(float(drawing.scale), prefix, symbols, direction(drawing.language) == "rtl")
    x0, y0, x1, y1 = extents(drawing)
    margin = MARGIN_PAPER_MM * pen.unit
    placed = _placed(drawing, panels, (x0, y0, x1, y1), margin)
    right = max([x1, *(x + p.width * pen.unit for p, x, _ in placed)]) + margin
    low = min([y0, *(y for _, _, y in placed)]) - margin
    box = (x0 - margin, -(y1 + margin), right - x0 + margin, y1 + margin - low)
    used = {shape.layer for shape in drawing.shapes} | {s.layer for p in drawing.panels for s in p.shapes}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{prefix}" width="{width}" '
        f'viewBox="{" ".join(number(v) for v in box)}" role="img" aria-label={quoteattr(one_line(drawing.title))}>',
        f"<title>{safe(drawing.title)}</title>",
        f"<style>{style_sheet(prefix, used, pen.unit)}</style>",
        "<defs>",
        *(symbol(block, pen) for block in drawing.blocks if block.shapes),
        "</defs>",
        f'<rect x="{number(box[0])}" y="{number(box[1])}" width="{number(box[2])}" height="{number(box[3])}" fill="#ffffff"/>',
        *(line for shape in drawing.shapes for line in elements(shape, pen)),
    ]
    for panel, x, y in placed:
        lines += _panel(panel, x, y, pen)
    return "\n".join([*lines, "</svg>"]) + "\n"


def sheet_svg(drawing: Drawing, sheet: Sheet, *, prefix: str = "cl") -> str:
    """The whole sheet with frame and title block; in millimetres of paper. Of the plan it holds what its view shows."""
    drawn = frozenset(b.name for b in drawing.blocks if b.shapes)
    pen = Pen(float(sheet.scale), prefix, drawn, direction(drawing.language) == "rtl")
    small = replace(pen, unit=1.0)
    middle = sheet.view_centre or (0.0, 0.0)
    shown = _in_view(drawing, sheet)
    symbols = {s.block for s in shown if isinstance(s, BlockRef)}
    x, y = BORDER_MM, sheet.height - BORDER_MM - sheet.view_size[1]
    at = (sheet.view_middle[0] - middle[0] / sheet.scale, sheet.height - sheet.view_middle[1] + middle[1] / sheet.scale)
    used = {shape.layer for shape in (*shown, *sheet.shapes)}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{prefix}" width="{number(sheet.width)}mm" '
        f'height="{number(sheet.height)}mm" viewBox="0 0 {number(sheet.width)} {number(sheet.height)}">',
        f"<title>{safe(drawing.title)}</title>",
        f"<style>{style_sheet(prefix, used, pen.unit)}</style>",
        "<defs>",
        f'<clipPath id="{prefix}-view"><rect x="{number(x)}" y="{number(y)}" width="{number(sheet.view_size[0])}" '
        f'height="{number(sheet.view_size[1])}"/></clipPath>',
        *(symbol(block, pen) for block in drawing.blocks if block.shapes and block.name in symbols),
        "</defs>",
        f'<g clip-path="url(#{prefix}-view)">',
        f'<g transform="translate({at[0]:.6f} {at[1]:.6f}) scale({1 / sheet.scale:.6f})">',
        *(line for shape in shown for line in elements(shape, pen)),
        "</g>",
        "</g>",
        f'<g class="{prefix}-panel" transform="translate(0 {number(sheet.height)})">',
        *(line for shape in sheet.shapes for line in elements(shape, small)),
        "</g>",
    ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _in_view(drawing: Drawing, sheet: Sheet) -> tuple[Shape, ...]:
    """What lies in the sheet's view of the plan, wholly or in part."""
    if sheet.view_centre is None:
        return ()
    blocks = {block.name: block for block in drawing.blocks}
    (x, y), (w, h) = sheet.view_centre, sheet.view_size
    half_w, half_h = w * sheet.scale / 2, h * sheet.scale / 2

    def meets(shape: Shape) -> bool:
        points = points_of(shape, blocks)
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return min(xs) < x + half_w and max(xs) > x - half_w and min(ys) < y + half_h and max(ys) > y - half_h

    return tuple(shape for shape in drawing.shapes if meets(shape))


def _placed(
    drawing: Drawing, panels: Where, box: tuple[float, float, float, float], margin: float
) -> list[tuple[Panel, float, float]]:
    """Each panel with its lower left corner in the plan: in a column beside it, or in columns under it."""
    x0, y0, x1, y1 = box
    own = [as_read(panel, drawing.language) for panel in drawing.panels]
    if panels == "right":
        return _column(own, x1 + margin * 2, y1, drawing.scale)
    if panels == "none":
        return []
    tall = [p for p in own if p.height > TALL_MM]
    small = [p for p in own if p.height <= TALL_MM]
    columns = [*([p] for p in tall), small]
    step = max(p.width + 8.0 for p in drawing.panels) * drawing.scale
    top = y0 - margin
    return [place for i, column in enumerate(columns) for place in _column(column, x0 + i * step, top, drawing.scale)]


def _column(panels: Sequence[Panel], x: float, top: float, scale: int) -> list[tuple[Panel, float, float]]:
    """Panels one under the other from `top` downwards."""
    placed, y = [], top
    for panel in panels:
        y -= panel.height * scale
        placed.append((panel, x, y))
        y -= GAP_MM * scale
    return placed


def _panel(panel: Panel, x: float, y: float, pen: Pen) -> Iterator[str]:
    """A panel is drawn in millimetres of paper: the same pen with one unit to the millimetre, scaled up."""
    small = replace(pen, unit=1.0)
    yield f'<g class="{pen.prefix}-panel" transform="translate({number(x)} {number(-y)}) scale({number(pen.unit)})">'
    for shape in panel.shapes:
        yield from elements(shape, small)
    yield "</g>"
