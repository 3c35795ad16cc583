"""Symbols of waiting: seats, wheelchair bays, the children's corner."""

from __future__ import annotations

from exports.blocks_shapes import Shapes, box, chair, circle, rect, wheelchair

SEAT_MM = 550
ROW_MM = 900
GANGWAY_MM = 1350.0  # from the room's outline to the ends of its rows: 1220 before the first seat, a wall and rounding
FIRST_ROW_MM = 1650.0  # to the first row: 1525 behind the door, a wall and rounding


def seat(w: float, d: float) -> Shapes:
    """One chair, or a beam of chairs side by side; the public front edge is where the legs are, the back is away."""
    count = max(1, round(w / SEAT_MM))
    pitch, size = w / count, min(w / count, d) * 0.9
    middles = (-w / 2 + pitch * (i + 0.5) for i in range(count))
    return tuple(s for x in middles for s in chair((x, d / 2), 0, size))


def seat_rows(w: float, d: float) -> Shapes:
    """A room of seats in rows 900 apart: a wheelchair turns behind the door in its front wall and goes along the side wall."""
    across, rows = int((w - GANGWAY_MM - 400) // SEAT_MM), int((d - FIRST_ROW_MM) // ROW_MM)
    left = -w / 2 + GANGWAY_MM
    places = ((left + (c + 0.5) * SEAT_MM, FIRST_ROW_MM + r * ROW_MM + 250) for r in range(rows) for c in range(across))
    return tuple(s for at in places for s in chair(at, 0, SEAT_MM * 0.9))


def wheelchair_bay(w: float, d: float) -> Shapes:
    """A marked place with the sign of access."""
    return (*box(w, d), *wheelchair((0, d / 2), min(w, d) * 0.62))


def children_corner(w: float, d: float) -> Shapes:
    """A mat with a low table and four small chairs."""
    middle, table = (0.0, d / 2), min(w, d) * 0.16
    mat = rect(-w / 2 + 100, 100, w / 2 - 100, d - 100)
    reach = table + 220
    places = ((reach, 0, -90), (0, reach, 0), (-reach, 0, 90), (0, -reach, 180))
    seats = (s for x, y, turn in places for s in chair((middle[0] + x, middle[1] + y), turn, 300))
    return (*box(w, d), mat, circle(middle, table), *seats)
