"""Every place a module can take beside one spine, as arrays: what the quick search looks through at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.placement.modes import SIGMA_SCALE, Mode
from solvers.placement.near import middle
from solvers.placement.variables import Question

Ints = npt.NDArray[np.int64]
STEP = 3  # dm between the places looked at in a run; its ends are always among them
FEW = 2000  # places of a module up to which every one is looked at


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one module, row by row: mode, position u, place beside the spine, boxes (x0, y0, x1, y1 in cells of the
    raster; empty ones are zero), and for staff modules the arc with the perimeter interval it needs (dm).

    `mx`, `my`: the middle of the whole box."""

    mode: Ints
    u: Ints
    t: Ints
    lat: Ints
    side: Ints
    full: Ints
    public: Ints
    across: Ints
    arc: Ints
    low: Ints
    high: Ints
    line: Ints
    penalty: Ints
    mx: Ints
    my: Ints


def places_of(question: Question, element: str, lines: dict[tuple[str, int], int]) -> Places:
    """All places of a module; `lines` numbers the counter lines as they are met. Penalty: 0 none, 1 across, 2 queue."""
    rows: list[tuple[int, ...]] = []
    boxes: list[list[tuple[int, int, int, int]]] = []
    step = 1 if sum(run.hi - run.lo + 1 for m in question.modes[element] for run in m.runs) <= FEW else STEP
    x0, y0 = question.ground.raster.x0, question.ground.raster.y0
    for k, mode in enumerate(question.modes[element]):
        number = -1
        for run in mode.runs:
            if mode.inside.desk is not None:
                at = 0 if mode.back is None else mode.back + mode.sign * mode.inside.desk[1]
                number = lines.setdefault((mode.baseline, at), len(lines))
            penalty = {"across": 1, "queue": 2}.get(mode.inside.penalty, 0)
            for u in sorted({*range(run.lo, run.hi + 1, step), run.hi}):
                mid = middle(mode, run, u)
                for arc, low, high in _arcs(mode, u, question):
                    rows.append(
                        (k, u, run.ta * u + run.tb, run.la * u + run.lb, run.side, arc, low, high, number, penalty, *mid)
                    )
                    boxes.append(_boxes(mode, u, run.back, x0, y0))
    table = np.array(rows, dtype=np.int64).reshape(-1, 12)
    shapes = np.array(boxes, dtype=np.int64).reshape(-1, 3, 4)
    return Places(
        mode=table[:, 0], u=table[:, 1], t=table[:, 2], lat=table[:, 3], side=table[:, 4], arc=table[:, 5], low=table[:, 6],
        high=table[:, 7], line=table[:, 8], penalty=table[:, 9], full=shapes[:, 0], public=shapes[:, 1], across=shapes[:, 2],
        mx=table[:, 10], my=table[:, 11],
    )  # fmt: skip


def _arcs(mode: Mode, u: int, question: Question) -> list[tuple[int, int, int]]:
    """The arcs that can serve a staff module here, with the interval it needs; (-1, 0, 0) for the others."""
    if not mode.inside.staff:
        return [(-1, 0, 0)]
    found = []
    for reach in mode.reach:
        arc = question.ground.arcs[reach.arc]
        low, high = (reach.s * u + reach.low) // SIGMA_SCALE, -(-(reach.s * u + reach.high) // SIGMA_SCALE)
        if arc.low <= low and high <= arc.high:
            found.append((reach.arc, low, high))
    return found


def _boxes(mode: Mode, u: int, back: int, x0: int, y0: int) -> list[tuple[int, int, int, int]]:
    """Cell boxes of the whole module, of its public part, and of its rows across the spine."""
    inside = mode.inside

    def cells(cross: tuple[int, int]) -> tuple[int, int, int, int]:
        low, size = cross
        if mode.axis == "x":
            return u - x0, low - y0, u + inside.length - x0, low + size - y0
        return low - x0, u - y0, low + size - x0, u + inside.length - y0

    def local(v: tuple[int, int]) -> tuple[int, int, int, int]:
        low, size = mode.offset(v)
        return cells((back + low, size))

    empty = (0, 0, 0, 0)
    return [
        local(inside.full),
        local(inside.public) if inside.public is not None else empty,
        cells(mode.across_box()) if mode.across_edge is not None else empty,
    ]
