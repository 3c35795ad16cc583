"""A picture of what the reader understood: walls, doors, rooms, columns, windows, the outline, and doubts in red."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape, quoteattr

from shapely import Polygon

from layouts import plan as p
from layouts.readers.imported import Doubt, Import

COLOURS = {
    "entrance": "#1a8f3c",
    "exit": "#c2410c",
    "entrance_exit": "#1a8f3c",
    "staff": "#6d28d9",
    "internal": "#64748b",
}
WALL, COLUMN, WINDOW, OUTLINE, DOUBT = "#1f2937", "#374151", "#38bdf8", "#2563eb", "#dc2626"
ROOM_FILL, HALL_FILL, STAIR_FILL = "#f1f5f9", "#e0f2fe", "#fde68a"


def preview_svg(read: Import, *, width_px: int = 1200) -> str:
    """The first level as SVG; y runs up in the plan and down in the picture, so y is negated."""
    level = read.plan.levels[0]
    left, low, right, high = _bounds(level)
    margin = max(right - left, high - low) * 0.06
    legend = margin * 1.2
    view = (left - margin, -high - margin, right - left + 2 * margin, high - low + 2 * margin + legend)
    size = max(right - left, high - low)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view[0]:.0f} {view[1]:.0f} {view[2]:.0f} {view[3]:.0f}" '
        f'width="{width_px}" height="{width_px * view[3] / view[2]:.0f}" font-family="sans-serif">',
        f'<rect x="{view[0]:.0f}" y="{view[1]:.0f}" width="{view[2]:.0f}" height="{view[3]:.0f}" fill="white"/>',
        *(_ring(s.outline.outer, fill=HALL_FILL if s.kind == "hall" else ROOM_FILL) for s in level.spaces),
        *(_ring(o.outline, fill=STAIR_FILL) for o in level.obstacles),
        *(_line(w.a, w.b, WALL, w.thickness_mm, cap="square") for w in level.walls),
        *(_opening(d, level) for d in level.doors),
        *(_line(w.p, w.q, WINDOW, size / 150) for w in level.windows),
        *(_ring(c.outline, fill=COLUMN) for c in level.columns),
        *(_ring(hole, stroke=OUTLINE, width=size / 400, dash=True) for hole in level.holes),
        _ring(level.outline, stroke=OUTLINE, width=size / 400, dash=True),
        *(_door(d, size) for d in level.doors),
        *(_name(s, size) for s in level.spaces),
        *(_doubt(d, size) for d in read.warnings if d.at is not None),
        _legend(read, left, -low + margin, size),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _bounds(level: p.Level) -> tuple[int, int, int, int]:
    """The box round everything drawn."""
    points = [
        *level.outline,
        *(q for w in level.walls for q in (w.a, w.b)),
        *(q for s in level.spaces for q in s.outline.outer),
    ]
    xs, ys = [q[0] for q in points], [q[1] for q in points]
    return min(xs), min(ys), max(xs), max(ys)


def _ring(ring: p.Ring, *, fill: str = "none", stroke: str = "none", width: float = 0, dash: bool = False) -> str:
    points = " ".join(f"{x},{-y}" for x, y in ring)
    dashes = f' stroke-dasharray="{width * 4:.0f}"' if dash else ""
    return f'<polygon points="{points}" fill="{fill}" stroke="{stroke}" stroke-width="{width:.0f}"{dashes}/>'


def _line(a: p.Point, b: p.Point, colour: str, width: float, *, cap: str = "butt") -> str:
    return (
        f'<line x1="{a[0]}" y1="{-a[1]}" x2="{b[0]}" y2="{-b[1]}" stroke="{colour}" stroke-width="{width:.0f}" '
        f'stroke-linecap="{cap}"/>'
    )


def _opening(door: p.Door, level: p.Level) -> str:
    """The gap a door leaves in its wall, painted over the wall."""
    host = next((w for w in level.walls if w.id == door.wall), None)
    if host is None:
        return ""
    half = host.thickness_mm / 2
    length = math.dist(host.a, host.b)
    ux, uy = (host.b[0] - host.a[0]) / length, (host.b[1] - host.a[1]) / length

    def on_wall(q: p.Point) -> p.Point:
        s = (q[0] - host.a[0]) * ux + (q[1] - host.a[1]) * uy
        return round(host.a[0] + ux * s), round(host.a[1] + uy * s)

    return _line(on_wall(door.p), on_wall(door.q), "white", 2 * half + 20)


def _door(door: p.Door, size: float) -> str:
    """The opening as a line in the colour of its use, with its id, use and clear width as a tooltip."""
    words = escape(f"{door.id}: {door.use}, {door.clear_mm} mm, {door.swing}")
    line = _line(door.p, door.q, COLOURS.get(door.use, DOUBT), size / 110)
    return f"<g><title>{words}</title>{line}</g>"


def _name(space: p.Space, size: float) -> str:
    """The room's name and measured area at a point inside it."""

    shape = Polygon(space.outline.outer, space.outline.holes)
    at = shape.representative_point()
    left, _, right, _ = shape.bounds
    letters = max(len(space.name), 8)
    height = min(size / 45, 1.5 * (right - left) / letters)
    return (
        f'<text x="{at.x:.0f}" y="{-at.y:.0f}" font-size="{height:.0f}" text-anchor="middle" fill="{WALL}">'
        f'{escape(space.name)}<tspan x={quoteattr(f"{at.x:.0f}")} dy="1.2em" font-size="{height * 0.75:.0f}">'
        f"{shape.area / 1e6:.1f} m²</tspan></text>"
    )


def _doubt(doubt: Doubt, size: float) -> str:
    """A red ring at the place of a doubt, its code as a tooltip; small for doors, of which there may be many."""
    assert doubt.at is not None
    radius = size / (130 if doubt.code.startswith("door.") else 60)
    words = escape(doubt.code + " " + ", ".join(f"{k}={v}" for k, v in doubt.values.items()))
    return (
        f'<g><title>{words}</title><circle cx="{doubt.at[0]}" cy="{-doubt.at[1]}" r="{radius:.0f}" fill="none" '
        f'stroke="{DOUBT}" stroke-width="{radius / 4:.0f}"/></g>'
    )


def _legend(read: Import, x: float, y: float, size: float) -> str:
    """Unit, area and the colours in use."""
    step, height = size / 7, size / 60
    uses = list(dict.fromkeys(d.use for d in read.plan.levels[0].doors))
    words = f"{read.unit}, {read.outline_m2:.1f} m²"
    cells = [f'<text x="{x:.0f}" y="{y:.0f}" font-size="{height:.0f}" fill="{WALL}">{escape(words)}</text>']
    for i, use in enumerate(uses, 2):
        at = round(x + i * step)
        cells.append(
            _line(
                (at, -round(y - height / 3)),
                (round(at + step / 6), -round(y - height / 3)),
                COLOURS.get(use, DOUBT),
                size / 110,
            )
        )
        cells.append(
            f'<text x="{at + step / 5:.0f}" y="{y:.0f}" font-size="{height:.0f}" fill="{WALL}">{escape(use)}</text>'
        )
    return "".join(cells)
