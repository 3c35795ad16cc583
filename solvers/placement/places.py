"""Every place a module can take beside one spine, as arrays: what the quick search looks through at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from solvers.placement.kept import is_pinned, kept
from solvers.placement.modes import SIGMA_SCALE, Mode
from solvers.placement.near import middle
from solvers.placement.variables import Question

Ints = npt.NDArray[np.int64]
STEP = 3  # dm between the places looked at in a run; its ends are always among them
COLUMNS = 12  # of a place
FEW = 2000  # places of a module up to which every one is looked at


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one module, row by row: mode, position u, place beside the spine, boxes (x0, y0, x1, y1 in cells of the
    raster; empty ones are zero), for staff modules the arc with the perimeter interval it needs (dm), and the number
    of the room that stands which the place takes (-1: none).

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
    space: Ints


def places_of(question: Question, element: str, lines: dict[tuple[str, int], int]) -> Places:
    """All places of a module; `lines` numbers the counter lines as they are met. Penalty: 0 none, 1 across, 2 queue."""
    modes = question.modes[element]
    own, rooms, found = kept(
        question.ground, ("places", element), modes, lambda: _laid_out(question, element), keep=not is_pinned(modes)
    )
    spaces = question.spaces()
    numbers = np.array([lines.setdefault(line, len(lines)) for line in own] + [-1], dtype=np.int64)
    names = np.array([spaces.index(room) for room in rooms] + [-1], dtype=np.int64)
    return replace(found, line=numbers[found.line], space=names[found.space])


def _laid_out(question: Question, element: str) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...], Places]:
    """The places with the counter lines they lie on and the rooms that stand which they take, numbered in their order; the
    last number, -1, is none."""
    lines: dict[tuple[str, int], int] = {}
    tables: list[Ints] = [np.zeros((0, COLUMNS), dtype=np.int64)]
    shapes: list[Ints] = [np.zeros((0, 3, 4), dtype=np.int64)]
    step = 1 if sum(run.hi - run.lo + 1 for m in question.modes[element] for run in m.runs) <= FEW else STEP
    x0, y0 = question.ground.raster.x0, question.ground.raster.y0
    modes = question.modes[element]
    spaces = tuple(dict.fromkeys(mode.space for mode in modes if mode.space is not None))
    for k, mode in enumerate(modes):
        number = -1
        if mode.inside.desk is not None and mode.runs:
            at = 0 if mode.back is None else mode.back + mode.sign * mode.inside.desk[1]
            number = lines.setdefault((mode.baseline, at), len(lines))
        penalty = {"across": 1, "queue": 2}.get(mode.inside.penalty, 0)
        us, run = _positions(mode, step)
        of = [np.array([getattr(r, name) for r in mode.runs], dtype=np.int64)[run] for name in ("ta", "tb", "la", "lb", "side")]
        boxes = _boxes(mode, us, np.array([r.back for r in mode.runs], dtype=np.int64)[run], x0, y0)
        mx, my = _middles(mode, us, run)
        served: list[tuple[Ints, Ints, Ints]] = []  # by each arc: the run, the row of the table, the boxes
        for arc, low, high, fits in _arcs(mode, us, question):
            rows = np.empty((len(us), COLUMNS), dtype=np.int64)
            columns: tuple[Ints | int, ...] = (
                k, us, of[0] * us + of[1], of[2] * us + of[3], of[4], arc, low, high, number, penalty, mx, my,
            )  # fmt: skip
            for n, column in enumerate(columns):
                rows[:, n] = column
            served.append((run, rows, boxes) if fits.all() else (run[fits], rows[fits], boxes[fits]))
        if len(served) == 1:
            tables.append(served[0][1])
            shapes.append(served[0][2])
        elif served:
            order = np.argsort(np.concatenate([one[0] for one in served]), kind="stable")
            tables.append(np.concatenate([one[1] for one in served])[order])
            shapes.append(np.concatenate([one[2] for one in served])[order])
    table, shape = np.concatenate(tables), np.concatenate(shapes)
    numbers = [spaces.index(mode.space) if mode.space is not None else -1 for mode in modes]
    rooms = np.array(numbers, dtype=np.int64)[table[:, 0]] if len(numbers) else table[:, 0]
    places = Places(
        mode=table[:, 0], u=table[:, 1], t=table[:, 2], lat=table[:, 3], side=table[:, 4], arc=table[:, 5], low=table[:, 6],
        high=table[:, 7], line=table[:, 8], penalty=table[:, 9], full=shape[:, 0], public=shape[:, 1], across=shape[:, 2],
        mx=table[:, 10], my=table[:, 11], space=rooms,
    )  # fmt: skip
    return tuple(lines), spaces, places


def _positions(mode: Mode, step: int) -> tuple[Ints, Ints]:
    """The positions looked at in all runs of a mode, and which run each of them belongs to."""
    parts = [np.arange(run.lo, run.hi + 1, step) for run in mode.runs]
    parts = [us if us[-1] == run.hi else np.append(us, run.hi) for us, run in zip(parts, mode.runs)]
    return np.concatenate([*parts, np.zeros(0, dtype=np.int64)]), np.repeat(np.arange(len(parts)), [len(us) for us in parts])


def _middles(mode: Mode, us: Ints, run: Ints) -> tuple[Ints, Ints]:
    """The middles of the whole box at every position."""
    at = np.array([middle(mode, r, 0) for r in mode.runs], dtype=np.int64).reshape(-1, 2)[run]
    dx, dy = (0, 0) if mode.heart else (1, 0) if mode.axis == "x" else (0, 1)
    return at[:, 0] + dx * us, at[:, 1] + dy * us


def _arcs(mode: Mode, us: Ints, question: Question) -> Iterator[tuple[int, Ints, Ints, npt.NDArray[np.bool_]]]:
    """The arcs that can serve a staff module, with the intervals it needs there and where it can; (-1, 0, 0) for the others."""
    if not mode.inside.staff:
        yield -1, np.zeros_like(us), np.zeros_like(us), np.ones(len(us), dtype=np.bool_)
        return
    for reach in mode.reach:
        arc = question.ground.arcs[reach.arc]
        low, high = (reach.s * us + reach.low) // SIGMA_SCALE, -(-(reach.s * us + reach.high) // SIGMA_SCALE)
        yield reach.arc, low, high, (arc.low <= low) & (high <= arc.high)


def _boxes(mode: Mode, us: Ints, back: Ints, x0: int, y0: int) -> Ints:
    """Cell boxes of the whole module, of its public part, and of its rows across the spine, for every position."""
    inside = mode.inside
    found = np.zeros((len(us), 3, 4), dtype=np.int64)
    along, cross = (0, 1) if mode.axis == "x" else (1, 0)
    origin = (x0, y0)

    def put(n: int, low: Ints, size: int) -> None:
        found[:, n, along], found[:, n, 2 + along] = us - origin[along], us + (inside.length - origin[along])
        found[:, n, cross], found[:, n, 2 + cross] = low - origin[cross], low + (size - origin[cross])

    def local(v: tuple[int, int]) -> tuple[Ints, int]:
        low, size = mode.offset(v)
        return back + low, size

    if inside.full[1] > inside.full[0]:  # a room behind the hall takes none of its floor
        put(0, *local(inside.full))
    if inside.public is not None:
        put(1, *local(inside.public))
    if mode.across_edge is not None:
        low, size = mode.across_box()
        put(2, np.full_like(us, low), size)
    return found
