"""Where racks stand in a server room: in one row, with room to work before and behind, and a way round to the back.

across : the row lies along the wall with the door, which is at the left; the way to the back is at its right end.
along  : the row lies along the right-hand wall, its front to the left; the way to the back leads round its lower end.

TIA-942 (from memory): 1200 before racks, 1000 behind them, 600 behind at the least.
"""

from __future__ import annotations

from layouts.compartment import Box

RACK_MM = (600.0, 1000.0)
OPENED_MM = 1230.0  # before them, and free behind a door that is pulled open from within (ADA 404.2.4.1: 1220)
FRONT_MM, LEAST_BEHIND_MM = 1200.0, 600.0
BEHIND_MM = ROUND_MM = 1060.0  # a door 900 wide and 150 off the wall may lead on there


def racks_in(room: Box) -> tuple[Box, ...]:
    """The racks that a room of this floor takes, whichever way more of them stand; none where they cannot be got behind."""
    across, along = _across(room), _along(room)
    return across if len(across) >= len(along) else along


def clear_of(room: Box, racks: tuple[Box, ...]) -> tuple[Box, ...]:
    """The floor before and behind a row of racks that stays free, as deep as asked, or as the room is."""
    if not racks:
        return ()
    x0, y0, x1, y1 = (f(r[k] for r in racks) for k, f in enumerate((min, min, max, max)))
    if x1 - x0 == RACK_MM[1] and racks == _along(room):
        return ((x0 - FRONT_MM, y0, x0, y1), (x1, y0, min(x1 + BEHIND_MM, room[2]), y1))
    return ((x0, y0 - FRONT_MM, x1, y0), (x0, y1, x1, min(y1 + BEHIND_MM, room[3])))


def _across(room: Box) -> tuple[Box, ...]:
    x0, y0, x1, y1 = room
    wide, deep = RACK_MM
    low = max(y0 + OPENED_MM, y1 - BEHIND_MM - deep)
    if y1 - low - deep < LEAST_BEHIND_MM:
        return ()
    return tuple((x0 + k * wide, low, x0 + (k + 1) * wide, low + deep) for k in range(int((x1 - x0 - ROUND_MM) // wide)))


def _along(room: Box) -> tuple[Box, ...]:
    x0, y0, x1, y1 = room
    wide, deep = RACK_MM
    left = max(x0 + FRONT_MM, x1 - BEHIND_MM - deep)
    if x1 - left - deep < LEAST_BEHIND_MM:
        return ()
    return tuple((left, y1 - (k + 1) * wide, left + deep, y1 - k * wide) for k in range(int((y1 - y0 - OPENED_MM) // wide)))
