"""A block's lines and curves once, for all its references: a plan holds one chair a thousand times.

Only for blocks of plain lines and curves, referenced upright and equally scaled on both axes; all others (texts, hatches,
blocks in blocks, stretched and mirrored references) are opened one by one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layouts.readers.curve_points import FARTHEST, points_of
from layouts.readers.marks import XY

PLAIN = {"LINE", "ARC", "CIRCLE", "LWPOLYLINE"}
NOT_SHOWN = "ATTDEF"  # a reference shows its own attributes in place of these
EQUAL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockMark:
    """One line or curve of a block: its kind, its layer in the block, and whether it is hidden by itself."""

    kind: str
    layer: str
    invisible: bool
    closed: bool

    @property
    def is_arc(self) -> bool:
        """Whether it may be a door's swing."""
        return self.kind == "ARC"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockShape:
    """The marks of a block and all their points in one array, in the block's own coordinates; `ends` parts it by marks."""

    marks: tuple[BlockMark, ...]
    points: NDArray[np.float64]
    ends: tuple[int, ...]


class BlockMarks:
    """The shapes of the blocks met so far; None for those that must be opened one by one."""

    def __init__(self) -> None:
        self.shapes: dict[str, BlockShape | None] = {}

    def of(self, name: str, block: Any) -> BlockShape | None:
        """The shape of the block."""
        if name not in self.shapes:
            self.shapes[name] = _shape(block)
        return self.shapes[name]


def placed(reference: Any, known: BlockMarks) -> list[tuple[BlockMark, tuple[XY, ...]]] | None:
    """The marks of a reference's block with their points in the drawing; None where it must be opened."""
    block = reference.block()
    shape = known.of(str(reference.dxf.name).lower(), block) if block is not None else None
    if shape is None:
        return None
    m = tuple(reference.matrix44())
    (a, b), (c, d), (x, y) = (m[0], m[1]), (m[4], m[5]), (m[12], m[13])
    size = abs(a) + abs(b)
    upright = abs(m[2]) + abs(m[6]) + abs(m[8]) + abs(m[9]) <= EQUAL * size
    if not (upright and size > 0 and abs(a - d) <= EQUAL * size and abs(b + c) <= EQUAL * size and m[10] > 0):
        return None
    points = shape.points @ np.array([(a, b), (c, d)]) + (x, y)
    if not (np.abs(points) < FARTHEST).all() or not abs(m[14]) < FARTHEST:
        return None
    xy = [(px, py) for px, py in points.tolist()]
    return [(mark, tuple(xy[i:j])) for mark, i, j in zip(shape.marks, (0, *shape.ends), shape.ends)]


def _shape(block: Any) -> BlockShape | None:
    """The block's marks, None where it holds more than sound lines and curves."""
    marks, points, ends = list[BlockMark](), list[XY](), list[int]()
    for entity in block:
        kind = entity.dxftype()
        if kind == NOT_SHOWN:
            continue
        layer = str(entity.dxf.get("layer", "0"))
        if kind not in PLAIN or not layer.isprintable() or (kind == "LWPOLYLINE" and entity.has_arc):
            return None
        size, found = points_of(entity, kind)
        kept = [p for p in found if p is not None]
        if len(kept) != len(found) or len(kept) < 2 or not size > 0:
            return None
        closed = len(kept) > 3 and math.dist(kept[0], kept[-1]) <= size * 1e-9
        invisible = bool(entity.dxf.get("invisible", 0))
        marks.append(BlockMark(kind=kind, layer=layer, invisible=invisible, closed=closed))
        points += kept
        ends.append(len(points))
    return BlockShape(marks=tuple(marks), points=np.asarray(points, dtype=float).reshape(-1, 2), ends=tuple(ends))
