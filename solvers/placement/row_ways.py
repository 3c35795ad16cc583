"""Where nobody walks through a bank's rows of seats, whichever of its gangways is chosen.

Rows that hold hardly more seats than are asked for leave few gangways to choose from, and a column in one shuts it.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from layouts.plan import Level
from layouts.programme import LayoutRules
from solvers.placement.modes import Mode
from solvers.placement.problem import DM
from solvers.placement.seat_rows import Box
from solvers.placement.seating import all_ways, past_the_end
from solvers.placement.standing import columns_at, columns_beside

Stretch = tuple[int, int]


def columns_of(mode: Mode, level: Level) -> tuple[Box, ...]:
    """The columns that a bank's rows can meet, wherever it stands along its baseline."""
    inside = mode.inside
    if inside.waiting is None or mode.back is None:
        return ()
    back, depth = (mode.back + mode.sign * inside.waiting[0]) * DM, (inside.waiting[1] - inside.waiting[0]) * DM
    return columns_beside(level, mode.axis, back, mode.sign, depth)


def shut_boxes(mode: Mode, u_dm: int, beside: tuple[Box, ...], rules: LayoutRules) -> list[Box]:
    """Floor of a bank's rows, in mm along and off its baseline, that no gangway opens from this place; `beside`: its columns.

    None where its rows stand across the main aisle, and none along a slanted wall, where they lean.
    """
    inside = mode.inside
    if inside.waiting is None or mode.back is None or not inside.rows:
        return []
    low, length = inside.waiting[0] * DM, inside.length * DM
    columns = columns_at(beside, u_dm * DM, length)
    first = rules.row_pitch_mm - rules.seat_width_mm  # before the first row's seats are the knees of those who sit there
    shut = shut_stretches(length, inside.rows, inside.seats, inside.bays, columns, rules)
    return [(u0, low + first, u1, low + inside.rows * rules.row_pitch_mm) for u0, u1 in shut]


@lru_cache(maxsize=200_000)
def shut_stretches(
    length_mm: int, rows: int, seats: int, bays: int, columns: tuple[Box, ...], rules: LayoutRules
) -> tuple[Stretch, ...]:
    """The stretches of a block, along its rows, in which no gangway that leaves seats enough lets people through.

    None where so many seats are to spare that all rows may end early: whoever draws them leaves out which it likes.
    """
    ways, most = [], -1
    for count, gangway in all_ways(length_mm, rows, bays, columns, rules):
        most = max(most, count)
        if count >= seats and _lets_through(gangway, columns, rules.clear_width_mm):
            ways.append(gangway)
    if most - seats >= rows * ceil(rules.clear_width_mm / rules.seat_width_mm):
        return ()
    beyond = past_the_end(length_mm, rows, seats, bays, columns, rules)
    ways += [gangway for gangway in beyond if _lets_through(gangway, columns, rules.clear_width_mm)]
    if not ways:
        return ((0, length_mm),)
    low, high = min(a for a, _ in ways), max(b for _, b in ways)
    return tuple(s for s in ((0, low), (high, length_mm)) if s[1] > s[0])


def _lets_through(gangway: Stretch, columns: tuple[Box, ...], clear_mm: int) -> bool:
    """Do columns leave a way as wide as visitors need along a gangway?"""
    at = gangway[0]
    for u0, _, u1, _ in sorted(columns):
        if u0 < gangway[1] and u1 > gangway[0]:
            if u0 - at >= clear_mm:
                return True
            at = max(at, u1)
    return gangway[1] - at >= clear_mm
