"""Buildings drawn turned: by how much they are turned back before they are read, and what people are told of it.

Site plans are drawn to the site's grid, while furniture stands along walls. Where one direction of walls clearly leads and is
not that of the axes, the drawing is turned before it is read, and the plan's frame says by how much (`Frame.rotation_deg`).
"""

from __future__ import annotations

import numpy as np

from layouts.directions import RIGHT_DEG, SLIGHT_DEG, WITHIN_DEG, directions, edges, folded, median, signed, turn_of
from layouts.findings import Value
from layouts.plan import Level
from layouts.readers.imported import Doubt
from layouts.squaring import Rows, turned_pieces

OF_OUTLINE = 0.6  # of the planned floor's own edge, where that runs another way than most walls
A_WING = 0.2  # of the walls' length: a second direction that people should know of
LEFT_TURNED = "drawing.left_turned"


def turn_of_floor(level: Level, rows: Rows) -> float:
    """The turn that the floor to plan asks for, where its own edge runs another way than most walls; 0 where it does not.

    `rows` are the walls in the level's directions: they say the angle more exactly than the edge in whole millimetres.
    """
    found = directions(edges((level.outline, *level.holes)))
    if not found or found[0].share < OF_OUTLINE or abs(found[0].degrees) <= SLIGHT_DEG:
        return 0.0
    off = (folded(rows) - found[0].degrees + RIGHT_DEG / 2) % RIGHT_DEG - RIGHT_DEG / 2
    near = np.abs(off) <= WITHIN_DEG
    length = np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1])
    more = median(off[near], length[near]) if near.any() else 0.0
    return round(-signed(found[0].degrees + more), 6)


def said_of(rows: Rows, turn_deg: float) -> list[Doubt]:
    """What people should know of a drawing (its walls as drawn) that was read turned by so much."""
    found = directions(turned_pieces(rows, turn_deg))
    main = next((d for d in found if abs(d.degrees) <= WITHIN_DEG), None)
    doubts = []
    if abs(turn_deg) > SLIGHT_DEG:
        doubts.append(Doubt(code="drawing.turned", values=_values(-turn_deg, main.share if main else 0.0)))
    if left := turn_of(turned_pieces(rows, turn_deg)):
        doubts.append(Doubt(code=LEFT_TURNED, values=_values(-left, found[0].share)))
    other = next((d for d in found if d is not main and d.share >= A_WING), None)
    if main is not None and other is not None:
        doubts.append(Doubt(code="drawing.two_directions", values=_values(other.degrees, other.share)))
    return doubts


def _values(degrees: float, share: float) -> dict[str, Value]:
    return {"degrees": round(degrees, 2), "percent": round(100 * share)}
