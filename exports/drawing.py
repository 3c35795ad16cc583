"""Drawing: plain shapes on named layers, the middle form between a layout and a file. Millimetres, y upwards.

A drawing knows no file format. Writers (`dxf`, `svg`) turn it into one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

Xy = tuple[float, float]
Anchor = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What every shape has: its layer and, for the way back, the kind and id of the thing it shows."""

    layer: str
    kind: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Shape):
    a: Xy
    b: Xy


@dataclass(frozen=True, slots=True, kw_only=True)
class Polyline(Shape):
    points: tuple[Xy, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill(Shape):
    """An area painted in its layer's colour; `holes` stay bare."""

    outer: tuple[Xy, ...]
    holes: tuple[tuple[Xy, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle(Shape):
    centre: Xy
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc(Shape):
    """Counter-clockwise from `start_deg` to `end_deg`."""

    centre: Xy
    radius: float
    start_deg: float
    end_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Shape):
    """One or more lines of text, centred vertically on `at`; `height` is the height of capitals."""

    at: Xy
    lines: tuple[str, ...]
    height: float
    rotation_deg: float = 0.0
    anchor: Anchor = "center"
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRef(Shape):
    """A block set down at `at`, turned counter-clockwise, with its attribute values. `tint` groups on screen."""

    block: str
    at: Xy
    rotation_deg: float = 0.0
    values: tuple[tuple[str, str], ...] = ()
    tint: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Shape):
    """The measured distance a-b, its line `offset` to the left of the way from a to b (negative: to the right)."""

    a: Xy
    b: Xy
    offset: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A named symbol round its own origin; geometry on layer 0 so that it takes the layer it is set down on."""

    name: str
    shapes: tuple[Shape, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Something beside the plan (north arrow, legend, schedule), in millimetres of paper from its lower left corner."""

    name: str
    width: float
    height: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes in drawing order (first is lowest), the blocks they use, panels for the sheet at 1:`scale`, and schedules for
    a sheet of their own."""

    title: str
    subtitle: str
    shapes: tuple[Shape, ...]
    blocks: tuple[Block, ...]
    panels: tuple[Panel, ...] = ()
    schedules: tuple[Panel, ...] = ()
    scale: int = 100
    language: str = "en"

    def block(self, name: str) -> Block:
        return next(block for block in self.blocks if block.name == name)


def figure_height(length: float) -> float:
    """How high a dimension's figure is in the plan: 2.5 mm at 1:100, in a short one as much as stands between its ends."""
    figures = max(1, len(f"{length:.0f}"))
    return max(125.0, min(250.0, 0.9 * length / (0.74 * figures)))


def turned(point: Xy, at: Xy, rotation_deg: float) -> Xy:
    """A block's own `point` in the drawing, when the block stands at `at` turned by `rotation_deg`."""
    turn = math.radians(rotation_deg)
    x, y = point
    return at[0] + x * math.cos(turn) - y * math.sin(turn), at[1] + x * math.sin(turn) + y * math.cos(turn)


def carried(shape: Shape, go: Callable[[Xy], Xy]) -> Shape:
    """The shape with all its points taken to where `go` says; angles, heights and words stay."""
    one: dict[str, Any] = {name: go(getattr(shape, name)) for name in ("a", "b", "centre", "at") if hasattr(shape, name)}
    many: dict[str, Any] = {n: tuple(map(go, getattr(shape, n))) for n in ("points", "outer") if hasattr(shape, n)}
    if isinstance(shape, Fill):
        many["holes"] = tuple(tuple(map(go, hole)) for hole in shape.holes)
    return replace(shape, **one, **many)


def points_of(shape: Shape, blocks: dict[str, Block]) -> list[Xy]:
    """Points that span the shape, for the extents of a drawing."""
    match shape:
        case Line(a=a, b=b):
            return [a, b]
        case Polyline(points=points) | Fill(outer=points):
            return list(points)
        case Circle(centre=c, radius=r):
            return [(c[0] - r, c[1] - r), (c[0] + r, c[1] + r)]
        case Arc(centre=c, radius=r, start_deg=start, end_deg=end):
            sweep = (end - start) % 360 or 360
            steps = math.ceil(sweep / 15)
            return [turned((r, 0.0), c, start + sweep * i / steps) for i in range(steps + 1)]
        case Text(at=at, height=h, lines=lines):
            reach = h * max(len(line) for line in lines) * 0.45
            return [(at[0] - reach, at[1] - h * len(lines)), (at[0] + reach, at[1] + h * len(lines))]
        case BlockRef(block=name, at=at, rotation_deg=turn):
            return [turned(p, at, turn) for s in blocks[name].shapes for p in points_of(s, blocks)] or [at]
        case Dimension(a=a, b=b, offset=offset):
            left, reach = normal(a, b), offset + math.copysign(2 * figure_height(math.dist(a, b)), offset)
            return [a, b, *((p[0] + left[0] * reach, p[1] + left[1] * reach) for p in (a, b))]
    raise TypeError(f"{type(shape).__name__} is no shape of a drawing")


def normal(a: Xy, b: Xy) -> Xy:
    """The unit vector to the left of the way from a to b."""
    length = math.dist(a, b) or 1.0
    return -(b[1] - a[1]) / length, (b[0] - a[0]) / length


def extents(drawing: Drawing) -> tuple[float, float, float, float]:
    """Least x, least y, greatest x, greatest y of all shapes (panels not counted)."""
    blocks = {block.name: block for block in drawing.blocks}
    points = [point for shape in drawing.shapes for point in points_of(shape, blocks)] or [(0.0, 0.0)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)
