"""Drawing -> SVG: own writer; text stays text, the same drawing gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from exports.drawing import (
    Arc,
    Block,
    BlockRef,
    Circle,
    Dimension,
    Drawing,
    Fill,
    Line,
    Panel,
    Polyline,
    Shape,
    Text,
    Xy,
    extents,
    normal,
    turned,
)
from exports.floor_shapes import angle_deg, between, readable_angle, shift
from exports.layers import LayerStyle, layer_table

FONTS = "Arial, 'Liberation Sans', 'Noto Sans', 'Noto Sans Arabic', 'DejaVu Sans', sans-serif"
# Capitals of Arial are 0.716 of the font's size.
CAPITAL = 0.716
DASHES = {"DASHED": (3.0, 1.5), "CENTER": (8.0, 1.5, 1.5, 1.5)}
TINTS = ("#dbe7f6", "#fbe3cf", "#dcefdc", "#f6dada", "#e9e0f3", "#f7efc4", "#d6eef0", "#f3dcec", "#e6e2d6", "#e0e7d0")
MARGIN_PAPER_MM = 6.0
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
TICK_MM = 1.6
EXTENSION_MM = 5.0


@dataclass(frozen=True, slots=True)
class _Pen:
    """How lengths become SVG's: `unit` model units for one millimetre of paper."""

    unit: float
    prefix: str
    blocks: frozenset[str]


def svg_text(drawing: Drawing, *, panels: bool = True, prefix: str = "cl", width: str = "100%") -> str:
    """The drawing as one SVG document; user units are millimetres of the building.

    `prefix` keeps class names and ids apart when several drawings stand in one page.
    """
    pen = _Pen(float(drawing.scale), prefix, frozenset(b.name for b in drawing.blocks if b.shapes))
    x0, y0, x1, y1 = extents(drawing)
    margin = MARGIN_PAPER_MM * pen.unit
    placed = _place_panels(drawing, x1 + margin * 2, y0, y1) if panels else []
    right = max([x1, *(x + p.width * pen.unit for p, x, _ in placed)]) + margin
    low = min([y0, *(y for _, _, y in placed)]) - margin
    box = (x0 - margin, -(y1 + margin), right - x0 + margin, y1 + margin - low)
    used = {shape.layer for shape in drawing.shapes} | {s.layer for p in drawing.panels for s in p.shapes}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{prefix}" width="{width}" '
        f'viewBox="{" ".join(_n(v) for v in box)}" role="img" aria-label={quoteattr(_clean(drawing.title))}>',
        f"<title>{_text(drawing.title)}</title>",
        f"<style>{_css(prefix, used, pen.unit)}</style>",
        "<defs>",
        *(_symbol(block, pen) for block in drawing.blocks if block.shapes),
        "</defs>",
        f'<rect x="{_n(box[0])}" y="{_n(box[1])}" width="{_n(box[2])}" height="{_n(box[3])}" fill="#ffffff"/>',
        *(line for shape in drawing.shapes for line in _shape(shape, pen)),
    ]
    for panel, x, y in placed:
        lines += _panel(panel, x, y, pen)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _place_panels(drawing: Drawing, x: float, low: float, top: float) -> list[tuple[Panel, float, float]]:
    """Panels one under the other, right of the plan, from its top downwards."""
    placed, y = [], top
    for panel in drawing.panels:
        y -= panel.height * drawing.scale
        placed.append((panel, x, y))
        y -= 4.0 * drawing.scale
    return placed


def _panel(panel: Panel, x: float, y: float, pen: _Pen) -> Iterator[str]:
    """A panel is drawn in millimetres of paper: the same pen with one unit to the millimetre, scaled up."""
    small = _Pen(1.0, pen.prefix, pen.blocks)
    yield f'<g class="{pen.prefix}-panel" transform="translate({_n(x)} {_n(-y)}) scale({_n(pen.unit)})">'
    for shape in panel.shapes:
        yield from _shape(shape, small)
    yield "</g>"


def _css(prefix: str, used: set[str], unit: float) -> str:
    rules = [f".{prefix} text{{font-family:{FONTS};stroke:none}}"]
    for name, style in layer_table().items():
        if name in used:
            rules.append(f".{prefix} .{_class(prefix, name)}{{{_stroke(style, unit)}}}")
            rules.append(f".{prefix}-panel .{_class(prefix, name)}{{{_stroke(style, 1.0)}}}")
    for i, tint in enumerate(TINTS, start=1):
        rules.append(f".{prefix} .{prefix}-t{i}{{fill:{tint}}}")
    return "".join(rules)


def _stroke(style: LayerStyle, unit: float) -> str:
    dash = DASHES.get(style.linetype)
    dashes = f"stroke-dasharray:{' '.join(_n(d * unit) for d in dash)};" if dash else ""
    weight = max(style.weight_mm, 0.05) * unit
    return f"stroke:{style.ink};stroke-width:{_n(weight)};{dashes}fill:none;stroke-linejoin:round"


def _class(prefix: str, layer: str) -> str:
    return f"{prefix}-{layer.lower()}"


def _symbol(block: Block, pen: _Pen) -> str:
    inner = "".join(line for shape in block.shapes for line in _shape(shape, pen))
    return f"<g id={quoteattr(_id(block.name, pen))}>{inner}</g>"


def _id(name: str, pen: _Pen) -> str:
    return f"{pen.prefix}-{_clean(name).lower()}"


def _shape(shape: Shape, pen: _Pen) -> Iterator[str]:
    css = "" if shape.layer == "0" else f' class="{_class(pen.prefix, shape.layer)}"'
    # Inside a symbol, strokes that enclose nothing must not take the fill of the reference.
    bare = css or ' fill="none"'
    style = layer_table().get(shape.layer)
    match shape:
        case Line(a=a, b=b):
            yield f'<path{bare} d="M{_p(a)}L{_p(b)}"/>'
        case Polyline(points=points, closed=closed):
            solid = f' style="fill:{style.paint}"' if closed and style and style.paint != "none" else ""
            yield f'<path{css if closed else bare}{solid} d="{_path(points, closed)}"/>'
        case Fill(outer=outer, holes=holes):
            d = "".join(_path(ring, True) for ring in (outer, *holes))
            paint = style.paint if style else "none"
            yield f'<path d="{d}" fill="{paint}" fill-rule="evenodd" stroke="none"/>'
        case Circle(centre=c, radius=r):
            yield f'<circle{css} cx="{_n(c[0])}" cy="{_n(-c[1])}" r="{_n(r)}"/>'
        case Arc():
            yield f'<path{bare} d="{_arc(shape)}"/>'
        case Text():
            yield from _words(shape)
        case BlockRef():
            yield from _reference(shape, pen, css, style)
        case Dimension():
            yield from _dimension(shape, pen, css)


def _reference(ref: BlockRef, pen: _Pen, css: str, style: LayerStyle | None) -> Iterator[str]:
    """Closed strokes of the symbol inherit the reference's fill: its bank's tint, else its layer's paint."""
    if ref.block not in pen.blocks:
        return
    paint = TINTS[(ref.tint - 1) % len(TINTS)] if ref.tint else (style.paint if style else "none")
    turn = f" rotate({_n(-ref.rotation_deg)})" if ref.rotation_deg else ""
    where = f"translate({_n(ref.at[0])} {_n(-ref.at[1])}){turn}"
    tip = f"<title>{_text(ref.id)}</title>" if ref.id else ""
    href = quoteattr("#" + _id(ref.block, pen))
    yield f'<g{css} style="fill:{paint}" transform="{where}">{tip}<use href={href}/></g>'


def _words(text: Text) -> Iterator[str]:
    style = layer_table().get(text.layer)
    size = text.height / CAPITAL
    x, y = text.at[0], -text.at[1]
    turn = f' transform="rotate({_n(-text.rotation_deg)} {_n(x)} {_n(y)})"' if text.rotation_deg else ""
    weight = ' font-weight="bold"' if text.bold else ""
    halo = ' paint-order="stroke" style="stroke:#fff;stroke-width:' + _n(size * 0.22) + ';stroke-linejoin:round"'
    step, ink = size * 1.25, style.ink if style else "#222222"
    top = y + text.height / 2 - step * (len(text.lines) - 1) / 2
    for i, line in enumerate(text.lines):
        yield (
            f'<text x="{_n(x)}" y="{_n(top + i * step)}" font-size="{_n(size)}"{weight} fill="{ink}" '
            f'text-anchor="{ANCHORS[text.anchor]}"{halo}{turn}>{_text(line)}</text>'
        )


def _dimension(dim: Dimension, pen: _Pen, css: str) -> Iterator[str]:
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
    height = 1.8 * pen.unit if length > 700 else 1.4 * pen.unit
    at = turned((0.0, height * 1.1), between(a, b), turn)
    label = Text(layer=dim.layer, at=at, lines=(f"{length:.0f}",), height=height, rotation_deg=turn)
    yield from _words(label)


def _arc(arc: Arc) -> str:
    start = turned((arc.radius, 0), arc.centre, arc.start_deg)
    end = turned((arc.radius, 0), arc.centre, arc.end_deg)
    large = 1 if (arc.end_deg - arc.start_deg) % 360 > 180 else 0
    return f"M{_p(start)}A{_n(arc.radius)} {_n(arc.radius)} 0 {large} 0 {_p(end)}"


def _path(points: Sequence[Xy], closed: bool) -> str:
    return "M" + "L".join(_p(p) for p in points) + ("Z" if closed else "")


def _p(point: Xy) -> str:
    return f"{_n(point[0])} {_n(-point[1])}"


def _n(value: float) -> str:
    """A number to 0.01 without a useless tail, so that the same drawing gives the same text."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _clean(text: str) -> str:
    """Without the control characters that XML forbids."""
    return "".join(c if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff" else " " for c in text)


def _text(text: str) -> str:
    return escape(_clean(text))
