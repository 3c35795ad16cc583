"""Small strokes that symbols are made of, all on layer 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from exports.drawing import Arc, Circle, Line, Polyline, Shape, Xy, carried, turned

Shapes = tuple[Shape, ...]
INHERIT = "0"
ON_FLOOR = "on_floor"
MAT = "mat"


def line(a: Xy, b: Xy) -> Line:
    return Line(layer=INHERIT, a=a, b=b)


def stroke(*points: Xy) -> Polyline:
    return Polyline(layer=INHERIT, points=points)


def ring(*points: Xy) -> Polyline:
    return Polyline(layer=INHERIT, points=points, closed=True)


def rect(x0: float, y0: float, x1: float, y1: float) -> Polyline:
    return ring((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def circle(centre: Xy, radius: float) -> Circle:
    return Circle(layer=INHERIT, centre=centre, radius=radius)


def arc(centre: Xy, radius: float, start_deg: float, end_deg: float) -> Arc:
    return Arc(layer=INHERIT, centre=centre, radius=radius, start_deg=start_deg, end_deg=end_deg)


def on_floor(*shapes: Shape) -> Shapes:
    """Strokes that show what happens on the floor, where nothing stands: a door's swing, room to turn, a sign."""
    return tuple(replace(s, kind=ON_FLOOR) for s in shapes)


def box(width: float, depth: float) -> Shapes:
    """A plain thing of that size."""
    return (rect(-width / 2, 0, width / 2, depth),)


def chair(at: Xy, facing_deg: float = 0.0, size: float = 480) -> Shapes:
    """A chair seen from above, its middle at `at`, facing -y when `facing_deg` is 0."""
    half, back, round_off = size / 2, size * 0.14, size * 0.14
    seat = (
        (-half + round_off, -half), (half - round_off, -half), (half, -half + round_off),
        (half, half - back), (-half, half - back), (-half, -half + round_off),
    )  # fmt: skip
    rest = ((-half, half - back), (half, half - back), (half, half), (-half, half))
    return tuple(ring(*(turned(p, at, facing_deg) for p in part)) for part in (seat, rest))


def office_chair(at: Xy, facing_deg: float = 0.0) -> Shapes:
    """A round working chair with a curved back, facing -y when `facing_deg` is 0."""
    return (
        circle(at, 230),
        arc(at, 290, 40 + facing_deg, 140 + facing_deg),
    )


def screen(at: Xy, width: float = 480, turn_deg: float = 0.0) -> Shapes:
    """A monitor with its foot."""
    flat = ((-width / 2, -25), (width / 2, -25), (width / 2, 25), (-width / 2, 25))
    foot = ((-90, 25), (90, 25), (90, 110), (-90, 110))
    return tuple(ring(*(turned(p, at, turn_deg) for p in part)) for part in (flat, foot))


def wheelchair(at: Xy, size: float) -> Shapes:
    """The sign of access as strokes: head, trunk, arm, leg and wheel within a square of `size` round `at`."""

    def p(x: float, y: float) -> Xy:
        return at[0] + (x - 50) * size / 100, at[1] + (y - 50) * size / 100

    return (
        circle(p(38, 89), 9 * size / 100),
        stroke(p(39, 78), p(43, 46), p(68, 46), p(81, 14), p(93, 19)),
        stroke(p(41, 64), p(64, 64)),
        arc(p(45, 30), 27 * size / 100, 118, 12),
    )


def shifted(shape: Shape, turn: float, by: Xy) -> Shape:
    """The stroke turned round its axes' origin and shifted."""

    def go(p: Xy) -> Xy:
        x, y = turned(p, by, turn)
        return round(x, 2), round(y, 2)

    return _moved(shape, go, lambda start, end: ((start + turn) % 360, (end + turn) % 360 or 360.0))


def mirrored(shape: Shape) -> Shape:
    """The stroke seen in a mirror along the y axis."""
    return _moved(shape, lambda p: (-p[0], p[1]), lambda start, end: ((180 - end) % 360, (180 - start) % 360 or 360.0))


def _moved(shape: Shape, go: Callable[[Xy], Xy], angles: Callable[[float, float], Xy]) -> Shape:
    taken = carried(shape, go)
    if isinstance(taken, Arc):
        start, end = angles(taken.start_deg, taken.end_deg)
        return replace(taken, start_deg=start, end_deg=end)
    return taken
