"""The drawing flattened: strokes, arcs, labels and blocks in world coordinates, free of any CAD library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from layouts.readers.ending import Ending

XY = tuple[float, float]
Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line, polyline or flattened curve. `insert` numbers the outermost block reference it came from (-1: none)."""

    kind: str
    layer: str
    points: tuple[XY, ...]
    closed: bool = False
    insert: int = -1
    part: int = 0  # 0: counts as the entity in the census; later parts of the same entity do not


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A circular arc: centre, radius and its two ends."""

    layer: str
    centre: XY
    radius: float
    a: XY
    b: XY
    sweep_deg: float
    insert: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Text of any kind at the middle of its box."""

    kind: str
    layer: str
    text: str
    at: XY
    height: float
    insert: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An outermost block reference: its number, name and attributes."""

    number: int
    name: str
    layer: str
    at: XY
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A distance as drawn (drawing units) and as shown: the text written over it, else factor, unit kind and suffix."""

    drawn: float
    text: str = ""
    factor: float = 1.0
    number_kind: int = 2
    suffix: str = ""


@dataclass(slots=True, kw_only=True)
class Marks:
    """All that was found in model space, with what was left out and why: (type, layer, reason) -> count."""

    strokes: list[Stroke] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    dimensions: list[Dimension] = field(default_factory=list)
    skipped: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def skip(self, kind: str, layer: str, reason: str) -> None:
        """Count one entity as left out."""
        key = (kind, layer, reason)
        self.skipped[key] = self.skipped.get(key, 0) + 1


def moved(marks: Marks, scale: float, onto: Callable[[Rows], Rows]) -> Marks:
    """The marks scaled, then put where `onto` puts points (rows x y, already scaled)."""
    lines = [s.points for s in marks.strokes]
    singles = [q for a in marks.arcs for q in (a.centre, a.a, a.b)]
    singles += [*(t.at for t in marks.labels), *(b.at for b in marks.blocks)]
    xs, ys = onto(as_rows([*lines, singles]) * scale).T.tolist()
    places = list(zip(xs, ys))
    rest = iter(places[len(places) - len(singles) :])
    return Marks(
        strokes=[  # not by `replace`, which takes three times as long, and most marks are strokes
            Stroke(
                kind=s.kind,
                layer=s.layer,
                points=tuple(places[end - len(s.points) : end]),
                closed=s.closed,
                insert=s.insert,
                part=s.part,
            )
            for s, end in zip(marks.strokes, accumulate(map(len, lines)))
        ],
        arcs=[replace(a, centre=next(rest), a=next(rest), b=next(rest), radius=a.radius * scale) for a in marks.arcs],
        labels=[replace(t, at=next(rest), height=t.height * scale) for t in marks.labels],
        blocks=[replace(b, at=next(rest)) for b in marks.blocks],
        dimensions=[replace(d, drawn=d.drawn * scale) for d in marks.dimensions],
        skipped=marks.skipped,
    )


def as_rows(lines: Sequence[Sequence[XY]]) -> NDArray[np.float64]:
    """All points of the lines below each other, as rows x y."""
    flat = chain.from_iterable(chain.from_iterable(lines))
    return np.fromiter(flat, dtype=float, count=2 * sum(map(len, lines))).reshape(-1, 2)


def pieces(strokes: Sequence[Stroke], most_corners: int) -> NDArray[np.float64]:
    """The straight pieces of the strokes, those with more corners left out, as rows x1 y1 x2 y2."""
    kept = [s.points for s in strokes if 1 < len(s.points) <= most_corners]
    points = as_rows(kept)
    goes_on = np.ones(len(points), dtype=bool)
    goes_on[np.cumsum([len(each) for each in kept], dtype=int) - 1] = False  # the last point of a stroke begins no piece
    first = np.flatnonzero(goes_on)
    return np.hstack([points[first], points[first + 1]])


def cropped(marks: Marks, box: tuple[float, float, float, float] | None) -> Marks:
    """Only what touches the box (left, low, right, high); the rest is counted as left out."""
    if box is None:
        return marks

    def touches(points: tuple[XY, ...]) -> bool:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return max(xs) >= box[0] and min(xs) <= box[2] and max(ys) >= box[1] and min(ys) <= box[3]

    kept = Marks(blocks=marks.blocks, dimensions=marks.dimensions, skipped=dict(marks.skipped))
    for stroke in marks.strokes:
        if touches(stroke.points):
            kept.strokes.append(stroke)
        else:
            kept.skip(stroke.kind, stroke.layer, "outside_crop")
    for label in marks.labels:
        if touches((label.at,)):
            kept.labels.append(label)
        else:
            kept.skip(label.kind, label.layer, "outside_crop")
    kept.arcs = [arc for arc in marks.arcs if touches((arc.a, arc.b))]
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A drawing as any of our readers hands it on: its marks, the unit its header names (0: none), what is wrong.

    `cut`: where the file breaks off. `paper`: its units are of paper or screen, so that no unit of a building can be meant.
    """

    marks: Marks
    header_unit: int = 0
    damaged: bool = False
    cut: Ending | None = None
    paper: bool = False
