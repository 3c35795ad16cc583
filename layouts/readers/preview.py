"""A picture of what the reader understood: walls, rooms, doors, columns, windows and doubts, with a key beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import shapely
from shapely import Polygon

from layouts import plan as p
from layouts.findings import Value
from layouts.readers import svg_shapes as svg
from layouts.readers.imported import Doubt, Import
from layouts.readers.marks import XY

COLOURS = {
    "entrance": "#15803d",
    "exit": "#c2410c",
    "entrance_exit": "#0f766e",
    "staff": "#7e22ce",
    "internal": "#475569",
}
INK, FAINT = "#111827", "#6b7280"
WALL, COLUMN, WINDOW, OUTLINE, DOUBT = "#1f2937", "#b45309", "#0ea5e9", "#2563eb", "#dc2626"
HALL, STAIR = "#bfdbfe", "#fde68a"
TINTS = ("#e7f0ea", "#f3ece2", "#eae9f5", "#e3f0f2", "#f5e9ec", "#eef0dd")
MOST_LISTED = 14
LOOKED_AT = 16  # heights in a room at which its name may stand
Say = Callable[[str, Mapping[str, Value]], str]


def codes(code: str, values: Mapping[str, Value]) -> str:
    """Words where no catalogue is at hand: the code with its values."""
    return " ".join((code, *(f"{name}={value}" for name, value in values.items())))


def preview_svg(read: Import, *, width_px: int = 1400, say: Say = codes) -> str:
    """The first level as SVG; `say` puts codes into words."""
    level = read.plan.levels[0]
    left, low, right, high = bounds(level)
    size = max(right - left, high - low)
    margin = size * 0.04
    panel = max(size * 0.42, (high - low) * 0.3)
    key, end = _key(read, level, right + margin * 1.5, high, size / 52, say)
    view = (left - margin, min(low, end) - margin, right + margin + panel, high + margin)
    parts = [
        *_rooms(level),
        *(svg.ring(o.outline, fill=STAIR, stroke=WALL, width=size / 900) for o in level.obstacles),
        *(svg.line(w.a, w.b, WALL, w.thickness_mm, cap="square") for w in level.walls),
        *(opening(d, level) for d in level.doors),
        *(svg.line(w.p, w.q, WINDOW, size / 220) for w in level.windows),
        *(svg.ring(c.outline, fill=COLUMN) for c in level.columns),
        *(svg.ring(r, stroke=OUTLINE, width=size / 450, dash=True) for r in (level.outline, *level.holes)),
        *(_door(d, size) for d in level.doors),
        *(text for s in level.spaces for text in _name(s, size)),
        *_doubts(read, size, say),
        *key,
    ]
    return svg.page(view, parts, width_px=width_px)


def bounds(level: p.Level) -> svg.Box:
    """The box round everything drawn."""
    points = [
        *level.outline,
        *(q for w in level.walls for q in (w.a, w.b)),
        *(q for s in level.spaces for q in s.outline.outer),
    ]
    xs, ys = [q[0] for q in points], [q[1] for q in points]
    return min(xs), min(ys), max(xs), max(ys)


def _rooms(level: p.Level) -> Iterator[str]:
    """Rooms in soft tints, so that neighbours can be told apart; the hall in blue."""
    for number, space in enumerate(level.spaces):
        tint = HALL if space.kind == "hall" else TINTS[number % len(TINTS)]
        yield svg.titled(space.name or space.id, svg.area(space.outline, fill=tint))


def opening(door: p.Door, level: p.Level) -> str:
    """The gap a door leaves in its wall, painted over the wall."""
    host = next((w for w in level.walls if w.id == door.wall), None)
    if host is None:
        return ""
    length = math.dist(host.a, host.b)
    ux, uy = (host.b[0] - host.a[0]) / length, (host.b[1] - host.a[1]) / length

    def on_wall(q: p.Point) -> p.Point:
        s = (q[0] - host.a[0]) * ux + (q[1] - host.a[1]) * uy
        return round(host.a[0] + ux * s), round(host.a[1] + uy * s)

    a, b = on_wall(door.p), on_wall(door.q)
    return svg.line(a, b, "white", min(host.thickness_mm, max(math.dist(a, b), 150)) + 20)


def _door(door: p.Door, size: float) -> str:
    """The opening in the colour of its use; outer doors stronger than inner ones."""
    thick = size / (170 if door.use == "internal" else 90)
    title = f"{door.id}: {door.use}, {door.clear_mm} mm, {door.swing}"
    return svg.titled(title, svg.line(door.p, door.q, COLOURS.get(door.use, DOUBT), thick))


def _name(space: p.Space, size: float) -> Iterator[str]:
    """The room's name and measured area where it has most room for them, if it has any."""
    shape = Polygon(space.outline.outer, space.outline.holes)
    height, at = _roomiest(shape, max(len(space.name), 7), size / 60)
    if height < size / 260:
        return
    if space.name:
        yield svg.words(at, space.name, height, INK, anchor="middle", bold=True)
    below = 1.15 if space.name else 0.3
    yield svg.words((at[0], at[1] - height * below), f"{shape.area / 1e6:.1f} m²", height * 0.8, FAINT, anchor="middle")


def _roomiest(shape: Polygon, letters: int, most: float) -> tuple[float, XY]:
    """The largest height of so many letters over one another, and the middle of the place where they fit, near the centre."""
    left, low, right, high = shape.bounds
    levels = [low + (high - low) * k / LOOKED_AT for k in range(1, LOOKED_AT)]
    cuts = shapely.intersection(shape, shapely.linestrings([[(left, y), (right, y)] for y in levels]))
    lines = [part for part in shapely.get_parts(cuts) if part.length > 0]
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    tall = 0.9 * shapely.distance(middles, shape.boundary)
    heights = np.minimum(np.minimum(tall, 1.7 * shapely.length(lines) / letters), most)
    far = shapely.distance(middles, shape.centroid)
    best = max(range(len(lines)), key=lambda k: (round(float(heights[k]) / most, 2), -far[k]), default=None)
    return (0.0, (left, low)) if best is None else (float(heights[best]), (middles[best].x, middles[best].y))


def _doubts(read: Import, size: float, say: Say) -> Iterator[str]:
    """A red ring at the place of each doubt; small for doors, of which there may be many."""
    for doubt in read.warnings:
        if doubt.at is not None:
            radius = size / (150 if doubt.code.startswith("door.") else 70)
            yield svg.titled(_said(doubt, say), svg.circle(doubt.at, radius, stroke=DOUBT))


def _said(doubt: Doubt, say: Say) -> str:
    return say(doubt.code, {"file": "", "place": "", **doubt.values})


def _key(read: Import, level: p.Level, x: float, top: float, height: float, say: Say) -> tuple[list[str], float]:
    """Beside the plan: what it measures, how sure each part is, the colours, the doubts in words; and where that ends."""
    step, y = height * 1.55, top - height
    left, low, right, high = Polygon(level.outline).bounds
    size_m = f"{(right - left) / 1000:.1f} × {(high - low) / 1000:.1f} m"
    made = [svg.words((x, y), f"{size_m}, {read.outline_m2:.0f} m²", height * 1.5, INK, bold=True)]
    y -= step * 1.3
    unit = {"unit": read.unit or "-", "scale": f"{read.scale_to_mm:.6g}"}
    made.append(svg.words((x, y), say("preview.unit", unit), height, INK))
    for part, sure in read.confidence.items():
        y -= step
        made += _bar(x, y, height, sure, say(f"preview.sure_{part}", {}))
    y -= step * 0.6
    for shape, code in _samples(read, level, height):
        y -= step
        made += [shape(x, y), svg.words((x + height * 3.2, y), say(code, {}), height, INK)]
    y -= step * 0.6
    told: dict[str, tuple[str, int]] = {}
    for doubt in read.warnings:
        text, count = told.get(doubt.code, (_said(doubt, say), 0))
        told[doubt.code] = (text, count + 1)
    for text, count in list(told.values())[:MOST_LISTED]:
        for number, row in enumerate(_rows(text if count == 1 else f"{count} × {text}", 46)):
            y -= step * (1.15 if number == 0 else 0.8)
            made.append(svg.words((x + (0 if number == 0 else height), y), row, height * 0.72, DOUBT))
    return made, y


def _bar(x: float, y: float, height: float, sure: float, label: str) -> Iterator[str]:
    """How sure the reader is of one part: green, amber or red."""
    colour = "#15803d" if sure >= 0.75 else "#d97706" if sure >= 0.4 else DOUBT
    full, end = height * 5, height * 5 * sure
    low = round(y + height * 0.35)
    yield svg.line((round(x), low), (round(x + full), low), "#e5e7eb", height * 0.6)
    yield svg.line((round(x), low), (round(x + end), low), colour, height * 0.6)
    yield svg.words((x + full + height * 0.8, y), f"{label} {100 * sure:.0f} %", height, INK)


def _samples(read: Import, level: p.Level, height: float) -> Iterator[tuple[Callable[[float, float], str], str]]:
    """The colours that this picture uses, each with the code of its name."""

    def stroke(colour: str, width: float, dash: bool = False) -> Callable[[float, float], str]:
        def draw(x: float, y: float) -> str:
            middle = round(y + height * 0.35)
            return svg.line((round(x), middle), (round(x + height * 2.4), middle), colour, width, dash=dash)

        return draw

    yield stroke(OUTLINE, height * 0.18, dash=True), "preview.outline"
    if level.walls:
        yield stroke(WALL, height * 0.5), "preview.wall"
    if level.columns:
        yield stroke(COLUMN, height * 0.8), "preview.column"
    if level.windows:
        yield stroke(WINDOW, height * 0.35), "preview.window"
    if any(space.kind == "hall" for space in level.spaces):
        yield stroke(HALL, height), "preview.hall"
    if level.spaces:
        yield stroke(TINTS[0], height), "preview.room"
    if level.obstacles:
        yield stroke(STAIR, height), "preview.stair"
    for use in dict.fromkeys(door.use for door in level.doors):
        yield stroke(COLOURS.get(use, DOUBT), height * 0.45), f"preview.door_{use}"
    if any(doubt.at is not None for doubt in read.warnings):
        half = height / 2
        yield lambda x, y: svg.circle((round(x + height), round(y + half * 0.7)), half, stroke=DOUBT), "preview.doubt"


def _rows(text: str, letters: int) -> list[str]:
    """The text in rows of about that many letters."""
    rows = [""]
    for word in text.split():
        if len(rows[-1]) + len(word) + 1 > letters and rows[-1]:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return rows[:4]
