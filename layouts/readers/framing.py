"""Drawing units to our millimetres and back, as a plan's frame says: ours = rotate(scale * source) - origin."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from layouts.plan import Frame, Point
from layouts.readers.marks import XY

Box = tuple[float, float, float, float]


def to_ours(frame: Frame) -> Callable[[XY], XY]:
    """Drawing units to our millimetres, not rounded."""
    c, s, scale = *_turn(frame.rotation_deg), frame.scale_to_mm
    left, low = frame.origin_mm

    def at(q: XY) -> XY:
        x, y = q[0] * scale, q[1] * scale
        return x * c - y * s - left, x * s + y * c - low

    return at


def to_source(frame: Frame) -> Callable[[XY], XY]:
    """Our millimetres to drawing units."""
    c, s, scale = *_turn(frame.rotation_deg), frame.scale_to_mm
    left, low = frame.origin_mm

    def at(q: XY) -> XY:
        x, y = q[0] + left, q[1] + low
        return (x * c + y * s) / scale, (y * c - x * s) / scale

    return at


def box_round(points: Sequence[XY]) -> Box:
    """The box round points: left, low, right, high."""
    xs, ys = [q[0] for q in points], [q[1] for q in points]
    return min(xs), min(ys), max(xs), max(ys)


def box_in_source(box: Box, frame: Frame) -> Box:
    """The box in drawing units that holds a box of our millimetres."""
    left, low, right, high = box
    return box_round([to_source(frame)(q) for q in ((left, low), (right, low), (right, high), (left, high))])


def whole(at: Callable[[XY], XY]) -> Callable[[XY], Point]:
    """To whole millimetres."""

    def rounded(q: XY) -> Point:
        x, y = at(q)
        return round(x), round(y)

    return rounded


def _turn(degrees: float) -> tuple[float, float]:
    return (math.cos(math.radians(degrees)), math.sin(math.radians(degrees))) if degrees else (1.0, 0.0)
