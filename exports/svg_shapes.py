"""Shapes as SVG elements: lines, symbols, texts, dimensions, and the style sheet of the layers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

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
    figure_height,
    normal,
    turned,
)
from exports.floor_shapes import angle_deg, between, readable_angle, shift
from exports.layers import LayerStyle, layer_table
from exports.one_line import one_line

FONTS = "Arial, 'Liberation Sans', 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"
# Capitals of Arial are 0.716 of the font's size.
CAPITAL = 0.716
DASHES = {"DASHED": (3.0, 1.5), "CENTER": (8.0, 1.5, 1.5, 1.5)}
TINTS = ("#dbe7f6", "#fbe3cf", "#dcefdc", "#f6dada", "#e9e0f3", "#f7efc4", "#d6eef0", "#f3dcec", "#e6e2d6", "#e0e7d0")
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
FROM_RIGHT, EMBEDDED = "\u202b", "\u202c"
TICK_MM = 1.6
EXTENSION_MM = 5.0


@dataclass(frozen=True, slots=True)
class Pen:
    """How lengths become SVG's: `unit` model units for one millimetre of paper. `inside` a symbol strokes bear their own style:
    where it is used the style sheet's rules, which name the whole drawing, do not reach them."""

    unit: float
    prefix: str
    blocks: frozenset[str]
    rtl: bool = False
    inside: bool = False


def style_sheet(prefix: str, used: set[str], unit: float) -> str:
    rules = [f".{prefix} text{{font-family:{FONTS};stroke:none}}"]
    for name, style in layer_table().items():
        if name in used:
            rules.append(f".{prefix} .{class_name(prefix, name)}{{{_stroke(style, unit)}}}")
            rules.append(f".{prefix}-panel .{class_name(prefix, name)}{{{_stroke(style, 1.0)}}}")
    for i, tint in enumerate(TINTS, start=1):
        rules.append(f".{prefix} .{prefix}-t{i}{{fill:{tint}}}")
    return "".join(rules)


def _stroke(style: LayerStyle, unit: float) -> str:
    dash = DASHES.get(style.linetype)
    dashes = f"stroke-dasharray:{' '.join(number(d * unit) for d in dash)};" if dash else ""
    weight = max(style.weight_mm, 0.05) * unit
    return f"stroke:{style.ink};stroke-width:{number(weight)};{dashes}fill:none;stroke-linejoin:round"


def class_name(prefix: str, layer: str) -> str:
    return f"{prefix}-{layer.lower()}"


def symbol(block: Block, pen: Pen) -> str:
    inner = "".join(line for shape in block.shapes for line in elements(shape, replace(pen, inside=True)))
    return f"<g id={quoteattr(block_id(block.name, pen))}>{inner}</g>"


def block_id(name: str, pen: Pen) -> str:
    return f"{pen.prefix}-{one_line(name).lower()}"


def elements(shape: Shape, pen: Pen) -> Iterator[str]:
    style = layer_table().get(shape.layer)
    own = _stroke(style, pen.unit) if pen.inside and style else ""
    css = "" if shape.layer == "0" else f' style="{own}"' if own else f' class="{class_name(pen.prefix, shape.layer)}"'
    # Inside a symbol, strokes that enclose nothing must not take the fill of the reference.
    bare = css or ' fill="none"'
    match shape:
        case Line(a=a, b=b):
            yield f'<path{bare} d="M{_p(a)}L{_p(b)}"/>'
        case Polyline(points=points, closed=closed):
            paint = f"fill:{style.paint}" if closed and style and style.paint != "none" else ""
            told = f' style="{own};{paint}"' if own else f'{css} style="{paint}"'
            yield f'<path{told if paint else css if closed else bare} d="{_path(points, closed)}"/>'
        case Fill(outer=outer, holes=holes):
            d = "".join(_path(ring, True) for ring in (outer, *holes))
            paint = style.paint if style else "none"
            yield f'<path d="{d}" fill="{paint}" fill-rule="evenodd" stroke="none"/>'
        case Circle(centre=c, radius=r):
            yield f'<circle{css} cx="{number(c[0])}" cy="{number(-c[1])}" r="{number(r)}"/>'
        case Arc():
            yield f'<path{bare} d="{_arc(shape)}"/>'
        case Text():
            yield from _words(shape, pen.rtl)
        case BlockRef():
            yield from _reference(shape, pen, css, style)
        case Dimension():
            yield from _dimension(shape, pen, css)


def _reference(ref: BlockRef, pen: Pen, css: str, style: LayerStyle | None) -> Iterator[str]:
    """Closed strokes of the symbol inherit the reference's fill: its bank's tint, else its layer's paint."""
    if ref.block not in pen.blocks:
        return
    paint = TINTS[(ref.tint - 1) % len(TINTS)] if ref.tint else (style.paint if style else "none")
    turn = f" rotate({number(-ref.rotation_deg)})" if ref.rotation_deg else ""
    where = f"translate({number(ref.at[0])} {number(-ref.at[1])}){turn}"
    tip = f"<title>{safe(ref.id)}</title>" if ref.id else ""
    href = quoteattr("#" + block_id(ref.block, pen))
    yield f'<g{css} style="fill:{paint}" transform="{where}">{tip}<use href={href}/></g>'


def _words(text: Text, rtl: bool = False) -> Iterator[str]:
    """A text's lines; in a language read from the right, lines with letters of such a script are embedded in that direction:
    SVG sets every line from the left else, and full stops and Latin names come to stand at the wrong end."""
    style = layer_table().get(text.layer)
    size = text.height / CAPITAL
    x, y = text.at[0], -text.at[1]
    turn = f' transform="rotate({number(-text.rotation_deg)} {number(x)} {number(y)})"' if text.rotation_deg else ""
    weight = ' font-weight="bold"' if text.bold else ""
    halo = ' paint-order="stroke" style="stroke:#fff;stroke-width:' + number(size * 0.22) + ';stroke-linejoin:round"'
    step, ink = size * 1.25, style.ink if style else "#222222"
    top = y + text.height / 2 - step * (len(text.lines) - 1) / 2
    for i, line in enumerate(text.lines):
        embedded = rtl and any(unicodedata.bidirectional(c) in ("R", "AL") for c in line)
        said = f"{FROM_RIGHT}{safe(line)}{EMBEDDED}" if embedded else safe(line)
        yield (
            f'<text x="{number(x)}" y="{number(top + i * step)}" font-size="{number(size)}"{weight} fill="{ink}" '
            f'text-anchor="{ANCHORS[text.anchor]}"{halo}{turn}>{said}</text>'
        )


def _dimension(dim: Dimension, pen: Pen, css: str) -> Iterator[str]:
    """Extension lines, the dimension line with ticks, and the length in millimetres."""
    n = normal(dim.a, dim.b)
    a, b = shift(dim.a, n, dim.offset), shift(dim.b, n, dim.offset)
    gap, beyond = pen.unit * 1.0, pen.unit * 1.2
    if abs(dim.offset) > gap:
        side = 1 if dim.offset > 0 else -1
        for end, foot in ((a, dim.a), (b, dim.b)):
            start = shift(foot, n, side * max(gap, abs(dim.offset) - EXTENSION_MM * pen.unit))
            yield f'<path{css} d="M{_p(start)}L{_p(shift(end, n, side * beyond))}"/>'
    yield f'<path{css} d="M{_p(a)}L{_p(b)}"/>'
    direction = angle_deg(a, b)
    for end in (a, b):
        tick = (
            turned((TICK_MM * pen.unit / 2, 0), end, direction + 45),
            turned((-TICK_MM * pen.unit / 2, 0), end, direction + 45),
        )
        yield f'<path{css} d="M{_p(tick[0])}L{_p(tick[1])}"/>'
    length = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
    turn = readable_angle(direction)
    height = figure_height(length) * min(1.0, pen.unit / 100.0)
    at = turned((0.0, height * 1.1), between(a, b), turn)
    label = Text(layer=dim.layer, at=at, lines=(f"{length:.0f}",), height=height, rotation_deg=turn)
    yield from _words(label)


def _arc(arc: Arc) -> str:
    start = turned((arc.radius, 0), arc.centre, arc.start_deg)
    end = turned((arc.radius, 0), arc.centre, arc.end_deg)
    large = 1 if (arc.end_deg - arc.start_deg) % 360 > 180 else 0
    return f"M{_p(start)}A{number(arc.radius)} {number(arc.radius)} 0 {large} 0 {_p(end)}"


def _path(points: Sequence[Xy], closed: bool) -> str:
    return "M" + "L".join(_p(p) for p in points) + ("Z" if closed else "")


def _p(point: Xy) -> str:
    return f"{number(point[0])} {number(-point[1])}"


def number(value: float) -> str:
    """A number to 0.01 without a useless tail, so that the same drawing gives the same text."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def safe(text: str) -> str:
    return escape(one_line(text))
