"""Where parts go when they are aligned, spread or repeated: shifts only, one for each part or group."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layouts.findings import BadInput

Box = tuple[int, int, int, int]
Shift = tuple[int, int]
SIDES = ("left", "right", "top", "bottom", "middle", "centre")
MOST_COPIES = 2_000


def aligned(boxes: Sequence[Box], to: str) -> list[Shift]:
    """Shifts that bring boxes to one side, or one middle line, of the box round them all."""
    if to not in SIDES:
        raise BadInput("edit.not_one_of", place="to", given=to, known=", ".join(SIDES))
    if len(boxes) < 2:
        raise BadInput("edit.too_few", place="align", count=len(boxes), least=2)
    left, low = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, high = max(b[2] for b in boxes), max(b[3] for b in boxes)
    wanted: Callable[[Box], Shift] = {
        "left": lambda b: (left - b[0], 0),
        "right": lambda b: (right - b[2], 0),
        "bottom": lambda b: (0, low - b[1]),
        "top": lambda b: (0, high - b[3]),
        "centre": lambda b: ((left + right - b[0] - b[2]) // 2, 0),
        "middle": lambda b: (0, (low + high - b[1] - b[3]) // 2),
    }[to]
    return [wanted(b) for b in boxes]


def distributed(boxes: Sequence[Box], axis: str, gap_mm: int | None) -> list[Shift]:
    """Shifts for equal gaps along an axis; the first stays, and without a given gap the last one too."""
    if axis not in ("x", "y"):
        raise BadInput("edit.not_one_of", place="axis", given=axis, known="x, y")
    least = 3 if gap_mm is None else 2
    if len(boxes) < least:
        raise BadInput("edit.too_few", place="distribute", count=len(boxes), least=least)
    low, high = (0, 2) if axis == "x" else (1, 3)
    order = sorted(range(len(boxes)), key=lambda i: (boxes[i][low], boxes[i][high]))
    sizes = sum(boxes[i][high] - boxes[i][low] for i in order)
    span = max(boxes[i][high] for i in order) - boxes[order[0]][low]
    gap = float(gap_mm) if gap_mm is not None else (span - sizes) / (len(boxes) - 1)
    shifts: list[Shift] = [(0, 0)] * len(boxes)
    at = float(boxes[order[0]][low])
    for i in order:
        shift = round(at) - boxes[i][low]
        shifts[i] = (shift, 0) if axis == "x" else (0, shift)
        at += boxes[i][high] - boxes[i][low] + gap
    return shifts


def array_shifts(box: Box, columns: int, rows: int, gap_x_mm: int, gap_y_mm: int) -> list[Shift]:
    """Shifts of the copies of a box in columns x rows, the one that stands left out. A gap below 0 runs left or down:
    its size is the gap, its sign the direction."""
    if columns < 1 or rows < 1 or not 1 < columns * rows <= MOST_COPIES:
        raise BadInput("edit.bad_array", place="array", columns=columns, rows=rows, most=MOST_COPIES)
    step_x = _step(box[2] - box[0], gap_x_mm)
    step_y = _step(box[3] - box[1], gap_y_mm)
    return [(c * step_x, r * step_y) for r in range(rows) for c in range(columns) if c or r]


def _step(size: int, gap: int) -> int:
    return size + gap if gap >= 0 else gap - size
