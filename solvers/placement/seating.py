"""Seats, gangway and wheelchair bays inside one waiting block, at 1 mm: the same count serves the model and the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from layouts.programme import LayoutRules
from solvers.placement.seat_rows import Box, whole_rows

CLEAR_OF_COLUMN_MM = 50
BAY_ALONE = 10.0  # unease of wheelchair bays with no seat right beside them
PAST_THE_END = 12.0  # unease of a gangway beside the rows instead of through them
LONGEST_TO_END = 7  # seats of a row that has its way out at one end
WAYS_PAST_THE_END = tuple(range(-2, -LONGEST_TO_END - 1, -1))  # as `Way.before`: rows of so many seats before the gangway



class Way(NamedTuple):
    """Where a block's gangway runs: seats before it, counted from the low end, or from the high one where bays stand there.
    Below zero: past the end of rows of so many seats (WAYS_PAST_THE_END)."""

    before: int
    bays_high: bool = False


@dataclass(frozen=True, slots=True)
class Seating:
    """Boxes of seats (row by row from the aisle) and bays, where the gangway runs (u0, u1), and how ill the seats stand
    together (0: not at all; see `seat_rows.whole_rows`)."""

    seats: tuple[Box, ...]
    bays: tuple[Box, ...]
    gangway: tuple[int, int]
    unease: float = 0.0


@lru_cache(maxsize=200_000)
def seat_block(
    length_mm: int,
    rows: int,
    seats: int,
    bays: int,
    columns: tuple[Box, ...],
    rules: LayoutRules,
    *,
    gangway: int | None = None,
) -> Seating | None:
    """The block that seats `seats` in `rows` rows, or None when it cannot. `gangway` fixes how many seats stand before it.

    Bays stand at the low end beside the first rows; one gangway crosses all rows where they stay whole (nobody alone, few
    pairs, no long row with one way out), as near the middle as that allows. Seats beyond those asked for are left out.
    """
    if gangway is not None and gangway < 0:
        return _before_a_way(rows, seats, bays, columns, rules, length_mm=length_mm, longest=-gangway)
    places = max(0, length_mm - rules.gangway_mm) // rules.seat_width_mm
    options = range(places + 1) if gangway is None else (gangway,)
    best: Seating | None = None
    for before in sorted(options, key=lambda k: abs(k - places / 2)):
        off_middle = abs(before - places / 2)
        for flush in (True, False):
            tried = _with_gangway(length_mm, rows, bays, columns, rules, before, flush=flush)
            if tried is None or len(tried.seats) < seats:
                continue
            kept, unease = whole_rows(tried.seats, len(tried.seats) - seats, tried.gangway)
            unease += off_middle + (0.0 if _beside(tried.bays, kept) else BAY_ALONE)
            if best is None or unease < best.unease:
                best = Seating(kept, tried.bays, tried.gangway, unease)
    return best


@lru_cache(maxsize=200_000)
def seats_fit(length_mm: int, rows: int, seats: int, bays: int, columns: tuple[Box, ...], rules: LayoutRules) -> bool:
    """Has `seat_block` an answer? Counted, without laying out a seat."""
    options = gangway_options(length_mm, rules)
    middle_first = sorted(options, key=lambda k: abs(k - (len(options) - 1) / 2))
    ways = [(before, flush) for before in middle_first for flush in _flush(before, bays)]
    return any(_count(length_mm, rows, bays, columns, rules, *way) >= seats for way in ways)


def all_ways(
    length_mm: int, rows: int, bays: int, columns: tuple[Box, ...], rules: LayoutRules
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Every gangway through all rows, with bays at either end: how many seats it leaves, and where it runs."""
    for high in (False, True) if bays else (False,):
        seen = turned(columns, length_mm) if high else columns
        for before in gangway_options(length_mm, rules):
            for flush in _flush(before, bays):
                count = _count(length_mm, rows, bays, seen, rules, before, flush)
                if count >= 0:
                    start = _start(bays * rules.wheelchair_bay_mm[0], rules.seat_width_mm, before, flush)
                    end = start + rules.gangway_mm
                    yield count, (length_mm - end, length_mm - start) if high else (start, end)


def past_the_end(
    length_mm: int, rows: int, seats: int, bays: int, columns: tuple[Box, ...], rules: LayoutRules
) -> list[tuple[int, int]]:
    """Gangways beside short rows that seat all asked for, from there to the end of their block at least, bays at either end."""
    found = []
    for longest in range(2, LONGEST_TO_END + 1):
        if rows * longest >= seats:
            for high in (False, True):
                seen = turned(columns, length_mm) if high else columns
                block = _before_a_way(rows, seats, bays, seen, rules, length_mm=length_mm, longest=longest)
                if block is not None:
                    start, end = block.gangway[0], max(length_mm, block.gangway[1])
                    found.append((length_mm - end, length_mm - start) if high else (start, end))
    return found


def _flush(before: int, bays: int) -> tuple[bool, ...]:
    """Whether rows that end at a gangway may be moved up to the bays: both, where there are bays and seats beside them."""
    return (True, False) if bays and before else (False,)


def _start(bay_end: int, width: int, before: int, flush: bool) -> int:
    """Where a gangway behind so many seats begins; right behind the bays where there are none."""
    start = max(before * width, bay_end)
    return start - (start - bay_end) % width if flush else start


def _count(length_mm: int, rows: int, bays: int, columns: tuple[Box, ...], rules: LayoutRules, before: int, flush: bool) -> int:
    """Seats of `_with_gangway`: all that the rows hold, less those on columns; -1 where gangway or bays cannot be so."""
    bay_w, bay_d = rules.wheelchair_bay_mm
    bay_end, width, pitch, off = bays * bay_w, rules.seat_width_mm, rules.row_pitch_mm, CLEAR_OF_COLUMN_MM
    bay_rows = ceil(bay_d / pitch) if bays else 0
    if 0 < before * width < bay_end:
        return -1
    start = _start(bay_end, width, before, flush)
    after = start + rules.gangway_mm
    if after > length_mm or (bays and any(_hits((0, 0, bay_end, bay_d), c) for c in columns)):
        return -1
    left = [(start - (bay_end if row < bay_rows else 0)) // width for row in range(rows)]
    right = (length_mm - after) // width
    lost: set[tuple[int, int]] = set()  # (row, seat): seats left of the gangway count down from -1, those right of it up from 0
    for u0, v0, u1, v1 in columns:
        before_it = range(max(0, (start - u1 - off) // width), max(0, -(-(start - u0 + off) // width)))
        behind_it = range(max(0, (u0 - off - after) // width), min(right, -(-(u1 + off - after) // width)))
        for row in range(rows):
            if (row + 1) * pitch - width < v1 + off and v0 - off < (row + 1) * pitch:
                lost |= {(row, -1 - i) for i in before_it if i < left[row]} | {(row, i) for i in behind_it}
    return sum(left) + rows * right - len(lost)


def mirrored(block: Seating, length_mm: int) -> Seating:
    """The same block seen from its other end."""
    seats = tuple(sorted(turned(block.seats, length_mm), key=lambda s: (s[1], s[0])))
    gangway = (length_mm - block.gangway[1], length_mm - block.gangway[0])
    return Seating(seats, turned(block.bays, length_mm), gangway, block.unease)


def turned(boxes: tuple[Box, ...], length_mm: int) -> tuple[Box, ...]:
    """Boxes in a block seen from its other end, in their order."""
    return tuple((length_mm - u1, v0, length_mm - u0, v1) for u0, v0, u1, v1 in boxes)


def gangway_options(length_mm: int, rules: LayoutRules) -> range:
    """Numbers of seats that may stand before the gangway."""
    return range(max(0, length_mm - rules.gangway_mm) // rules.seat_width_mm + 1)


def _with_gangway(
    length_mm: int, rows: int, bays: int, columns: tuple[Box, ...], rules: LayoutRules, before: int, *, flush: bool
) -> Seating | None:
    """All seats that stand round a gangway behind `before` seats; `flush`: moved up to the bays, so that no gap is left."""
    bay_w, bay_d = rules.wheelchair_bay_mm
    bay_end = bays * bay_w
    bay_rows = ceil(bay_d / rules.row_pitch_mm) if bays else 0
    if 0 < before * rules.seat_width_mm < bay_end:
        return None
    start = _start(bay_end, rules.seat_width_mm, before, flush)
    gangway = (start, start + rules.gangway_mm)
    if gangway[1] > length_mm:
        return None
    bay_boxes = tuple((k * bay_w, 0, (k + 1) * bay_w, bay_d) for k in range(bays))
    if any(_hits(box, c) for box in bay_boxes for c in columns):
        return None
    seats: list[Box] = []
    for row in range(rows):
        v0 = row * rules.row_pitch_mm + rules.row_pitch_mm - rules.seat_width_mm
        low = bay_end if row < bay_rows else 0
        u = gangway[0] - rules.seat_width_mm
        while u >= low:
            seats.append((u, v0, u + rules.seat_width_mm, v0 + rules.seat_width_mm))
            u -= rules.seat_width_mm
        u = gangway[1]
        while u + rules.seat_width_mm <= length_mm:
            seats.append((u, v0, u + rules.seat_width_mm, v0 + rules.seat_width_mm))
            u += rules.seat_width_mm
    return Seating(_off_columns(seats, columns), bay_boxes, gangway)


def _off_columns(seats: list[Box], columns: tuple[Box, ...]) -> tuple[Box, ...]:
    """The seats that stand on no column, told row by row: most rows have none."""
    rows = {v0: v1 for _, v0, _, v1 in seats}
    hit = {v0: [c for c in columns if _hits((c[0], v0, c[2], v1), c)] for v0, v1 in rows.items()}
    return tuple(s for s in seats if not hit[s[1]] or not any(_hits(s, c) for c in hit[s[1]]))


def _before_a_way(
    rows: int, seats: int, bays: int, columns: tuple[Box, ...], rules: LayoutRules, *, length_mm: int, longest: int
) -> Seating | None:
    """Rows of at most `longest` seats that begin right at the bays, with the gangway past their other end, beyond the block
    if need be: whoever asks for it knows that the floor is free there. None where they seat too few."""
    bay_w, bay_d = rules.wheelchair_bay_mm
    bay_end, width = bays * bay_w, rules.seat_width_mm
    start = bay_end + longest * width
    bay_boxes = tuple((k * bay_w, 0, (k + 1) * bay_w, bay_d) for k in range(bays))
    if start > length_mm or any(_hits(box, c) for box in bay_boxes for c in columns):
        return None
    bay_rows = ceil(bay_d / rules.row_pitch_mm) if bays else 0
    found = []
    for row in range(rows):
        v1 = (row + 1) * rules.row_pitch_mm
        us = range(bay_end if row < bay_rows else start % width, start, width)
        found += [(u, v1 - width, u + width, v1) for u in us[-LONGEST_TO_END:]]
    free = _off_columns(found, columns)
    if len(free) < seats:
        return None
    gangway = (start, start + rules.gangway_mm)
    kept, unease = whole_rows(free, len(free) - seats, gangway)
    return Seating(kept, bay_boxes, gangway, unease + PAST_THE_END + (0.0 if _beside(bay_boxes, kept) else BAY_ALONE))


def _beside(bays: tuple[Box, ...], seats: tuple[Box, ...]) -> bool:
    """Does a seat stand right beside the bays, for whoever comes along? (True where there are none.)"""
    return not bays or any(s[0] == bays[-1][2] and s[1] < bays[-1][3] for s in seats)


def _hits(box: Box, column: Box) -> bool:
    c = CLEAR_OF_COLUMN_MM
    return box[0] < column[2] + c and column[0] - c < box[2] and box[1] < column[3] + c and column[1] - c < box[3]
