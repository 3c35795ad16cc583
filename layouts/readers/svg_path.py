"""SVG path data and transforms as points: the grammar of SVG 1.1 §8.3, curves in a fixed number of steps."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from layouts.readers.marks import XY

TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
STEPS = 16
MOST_TOKENS = 200_000
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def times(m: Matrix, n: Matrix) -> Matrix:
    """First n, then m."""
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )


def apply(m: Matrix, q: XY) -> XY:
    """The point through the matrix."""
    return m[0] * q[0] + m[2] * q[1] + m[4], m[1] * q[0] + m[3] * q[1] + m[5]


def matrix_of(text: str) -> Matrix:
    """A transform attribute; what is not understood leaves things where they are."""
    made = SAME
    for name, inner in re.findall(r"(\w+)\s*\(([^)]*)\)", text[:2000]):
        n = [float(v) for v in re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", inner)]
        if name == "matrix" and len(n) == 6:
            made = times(made, (n[0], n[1], n[2], n[3], n[4], n[5]))
        elif name == "translate" and n:
            made = times(made, (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0.0))
        elif name == "scale" and n:
            made = times(made, (n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0))
        elif name == "rotate" and n:
            c, s = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
            turn: Matrix = (c, s, -s, c, 0, 0)
            if len(n) == 3:
                turn = times(times((1, 0, 0, 1, n[1], n[2]), turn), (1, 0, 0, 1, -n[1], -n[2]))
            made = times(made, turn)
    return made


def subpaths(data: str) -> Iterator[tuple[list[XY], bool, bool]]:
    """Each subpath as (points, closed, whether it is one circular arc)."""
    at: XY = (0.0, 0.0)
    start, control = at, at
    points: list[XY] = []
    arcs = 0
    before = ""
    for command, n in _commands(data):
        kind, rel = command.upper(), command.islower()

        def to(x: float, y: float, rel: bool = rel, at: XY = at) -> XY:
            return (at[0] + x, at[1] + y) if rel else (x, y)

        if kind == "M":
            if len(points) > 1:
                yield points, False, arcs == 1
            at = start = to(n[0], n[1])
            points, arcs = [at], 0
        elif kind == "Z":
            if len(points) > 1:
                yield [*points, start], True, False
            at, points, arcs = start, [start], 0
        else:
            curve, control = _curve(kind, n, at, to, control, before)
            points += curve
            arcs = 1 if kind == "A" and len(points) == len(curve) + 1 else 2
            at = points[-1]
        before = kind
    if len(points) > 1:
        yield points, False, arcs == 1


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Commands with their numbers; repeated numbers repeat the command (after M: L)."""
    command, numbers = "", list[float]()
    for count, found in enumerate(TOKEN.finditer(data)):
        if count > MOST_TOKENS:
            return
        letter, number = found.groups()
        if letter:
            command, numbers = letter, []
            if letter in "Zz":
                yield letter, []
            continue
        value = float(number)
        if not command or command in "Zz" or not math.isfinite(value):
            return
        numbers.append(value)
        if len(numbers) == COUNTS[command.upper()]:
            yield command, numbers
            numbers = []
            command = {"M": "L", "m": "l"}.get(command, command)


def _curve(kind: str, n: list[float], at: XY, to: object, control: XY, before: str) -> tuple[list[XY], XY]:
    """The points of one command after `at`, and the control point for a smooth successor."""
    place = to  # a function of two numbers
    assert callable(place)
    if kind == "H":
        end = (place(n[0], 0.0)[0], at[1])
        return [end], end
    if kind == "V":
        end = (at[0], place(0.0, n[0])[1])
        return [end], end
    if kind == "L":
        end = place(n[0], n[1])
        return [end], end
    if kind in "CS":
        first = place(n[0], n[1]) if kind == "C" else _mirrored(control, at, before in ("C", "S"))
        rest = n[2:] if kind == "C" else n
        second, end = place(rest[0], rest[1]), place(rest[2], rest[3])
        return [_cubic(at, first, second, end, k / STEPS) for k in range(1, STEPS + 1)], second
    if kind in "QT":
        mid = place(n[0], n[1]) if kind == "Q" else _mirrored(control, at, before in ("Q", "T"))
        end = place(n[2], n[3]) if kind == "Q" else place(n[0], n[1])
        first = (at[0] + 2 / 3 * (mid[0] - at[0]), at[1] + 2 / 3 * (mid[1] - at[1]))
        second = (end[0] + 2 / 3 * (mid[0] - end[0]), end[1] + 2 / 3 * (mid[1] - end[1]))
        return [_cubic(at, first, second, end, k / STEPS) for k in range(1, STEPS + 1)], mid
    end = place(n[5], n[6])
    return arc_points(at, end, n[0], n[1], n[2], bool(n[3]), bool(n[4])), end


def _mirrored(control: XY, at: XY, smooth: bool) -> XY:
    return (2 * at[0] - control[0], 2 * at[1] - control[1]) if smooth else at


def _cubic(a: XY, b: XY, c: XY, d: XY, t: float) -> XY:
    """Bernstein form of a cubic curve."""
    u = 1 - t
    w = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return sum(k * q[0] for k, q in zip(w, (a, b, c, d))), sum(k * q[1] for k, q in zip(w, (a, b, c, d)))


def arc_points(a: XY, b: XY, rx: float, ry: float, turn_deg: float, large: bool, sweep: bool) -> list[XY]:
    """An elliptical arc from its ends (SVG 1.1 appendix F.6.5), without the first point."""
    rx, ry = abs(rx), abs(ry)
    if rx == 0 or ry == 0 or a == b:
        return [b]
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    dx, dy = (a[0] - b[0]) / 2, (a[1] - b[1]) / 2
    x, y = c * dx + s * dy, -s * dx + c * dy
    grow = (x / rx) ** 2 + (y / ry) ** 2
    if grow > 1:
        rx, ry = rx * math.sqrt(grow), ry * math.sqrt(grow)
    below = (rx * y) ** 2 + (ry * x) ** 2
    k = math.sqrt(max(0.0, (rx * ry) ** 2 - below) / below) * (-1 if large == sweep else 1)
    cx, cy = k * rx * y / ry, -k * ry * x / rx
    start = math.atan2((y - cy) / ry, (x - cx) / rx)
    span = math.atan2((-y - cy) / ry, (-x - cx) / rx) - start
    span += 2 * math.pi * ((sweep and span < 0) - (not sweep and span > 0))
    mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    made = []
    for i in range(1, STEPS + 1):
        t = start + span * i / STEPS
        px, py = cx + rx * math.cos(t), cy + ry * math.sin(t)
        made.append((c * px - s * py + mx, s * px + c * py + my))
    made[-1] = b
    return made
