"""The sheet as evidence of scale: a frame of paper size drawn round the plan, and the scale that is written on it.

A frame of ISO 216 paper holds 1 : √2; at 1:100 an A1 sheet is 84.1 m long. The steps between papers (√2) and between our
units (2.54, 10, 12, …) never meet, so frame and written scale together leave one unit.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from layouts.readers.labels import INDIC
from layouts.readers.marks import XY, Label, Stroke
from layouts.readers.sizes import UNITS_MM, Kind, single

PAPER_MM = (1189.0, 841.0, 594.0, 420.0, 297.0)  # longer sides of A0 to A4
SCALES = {10, 20, 25, 50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 1000}
WRITTEN = re.compile(r"(?<![\d.,:/])1\s*[:/∶：]\s*(\d{2,4})(?![\d.,:/])")
ROOT_2 = 0.004  # how near the frame's sides must be to √2
NEAR = 0.01
PRECISE = (0.99, 1.01)
HOLDS = 0.7  # of everything drawn


def sheet(strokes: Sequence[Stroke], labels: Sequence[Label]) -> Kind:
    """What each frame says with the scale written in the drawing: drawing units in a millimetre."""
    written = written_scale(labels)
    told = [] if written is None else [1 / unit for side in frames(strokes) if (unit := _unit(side, written))]
    return Kind(name="sheet", met=single(told), ranges=(PRECISE,), weight=3.0, most=2, enough=1)


def written_scale(labels: Sequence[Label]) -> int | None:
    """The one scale written in the drawing, None where there is none or several (details, sections)."""
    found = Counter(
        int(number) for label in labels for number in WRITTEN.findall(label.text.translate(INDIC)) if int(number) in SCALES
    )
    return next(iter(found)) if len(found) == 1 else None


def frames(strokes: Sequence[Stroke]) -> list[float]:
    """Longer sides of rectangles of paper's shape that hold most of the drawing."""
    everything = np.asarray([p for s in strokes for p in s.points[:4]]).reshape(-1, 2)
    found = []
    for stroke in strokes:
        corners = list(dict.fromkeys(stroke.points))
        if len(corners) != 4 or not (sides := _sides(corners)):
            continue
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        inside = (everything >= (min(xs), min(ys))).all(axis=1) & (everything <= (max(xs), max(ys))).all(axis=1)
        if inside.mean() >= HOLDS:
            found.append(sides)
    return found


def _sides(corners: Sequence[XY]) -> float:
    """The longer side of an upright rectangle of paper's shape, else 0."""
    if len({x for x, _ in corners}) != 2 or len({y for _, y in corners}) != 2:
        return 0.0
    width, height = (max(c) - min(c) for c in zip(*corners))
    longer, shorter = max(width, height), min(width, height)
    return longer if shorter > 0 and abs(longer / shorter / math.sqrt(2) - 1) <= ROOT_2 else 0.0


def _unit(side: float, written: int) -> float | None:
    """The unit of ours in which a side of this length is paper at the written scale; None without exactly one."""
    told = {mm for mm in UNITS_MM for paper in PAPER_MM if abs(side * mm / (paper * written) - 1) <= NEAR}
    return told.pop() if len(told) == 1 else None
