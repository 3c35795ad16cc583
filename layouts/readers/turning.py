"""Buildings drawn turned: the main direction of their walls, and what is drawn brought square to it.

Site plans are drawn to the site's grid, while furniture stands along walls. Where one direction of walls clearly leads and is
not that of the axes, the drawing is turned before it is read, and the plan's frame says by how much (`Frame.rotation_deg`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layouts.findings import Value
from layouts.plan import Level, Ring
from layouts.readers.imported import Doubt
from layouts.readers.squaring import turned_pieces

Rows = NDArray[np.float64]  # straight pieces, x1 y1 x2 y2
SLIGHT_DEG = 0.3  # less is how the drawing was scanned or measured, and within what a wall may be out of line
WITHIN_DEG = 0.5  # walls that run the same way
APART_DEG = 3.0  # walls that run another way
LEADS = 0.5  # of the walls' length that must run the main way
OVER_AXES = 2.0  # as much of it as runs along the axes
OF_OUTLINE = 0.6  # of the planned floor's own edge, where that runs another way than most walls
A_WING = 0.2  # of the walls' length: a second direction that people should know of
SHORTEST_MM = 250.0  # shorter pieces are jambs, steps and parts of curves
STEP_DEG = 0.1
RIGHT_DEG = 90.0
LEFT_TURNED = "drawing.left_turned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """A direction of walls, degrees counter-clockwise from the axes (-45 to 45), and its share of their length."""

    degrees: float
    share: float


def directions(rows: Rows) -> tuple[Direction, ...]:
    """The two main directions of walls, square ones taken together: the peaks of length by angle, each a weighted median."""
    long = rows[np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1]) >= SHORTEST_MM]
    if not len(long):
        return ()
    length, turn = np.hypot(long[:, 2] - long[:, 0], long[:, 3] - long[:, 1]), _folded(long)
    bins = np.round(turn / STEP_DEG).astype(np.int64) % round(RIGHT_DEG / STEP_DEG)
    by_angle = np.bincount(bins, length, round(RIGHT_DEG / STEP_DEG))
    reach, found = round(WITHIN_DEG / STEP_DEG), list[Direction]()
    for _ in range(2):
        held = np.sum([np.roll(by_angle, k) for k in range(-reach, reach + 1)], axis=0)
        best = int(np.argmax(held))
        if held[best] <= 0:
            break
        off = (turn - best * STEP_DEG + RIGHT_DEG / 2) % RIGHT_DEG - RIGHT_DEG / 2
        near = np.abs(off) <= WITHIN_DEG + STEP_DEG
        degrees = _signed(best * STEP_DEG + _median(off[near], length[near]))
        found.append(Direction(degrees=degrees, share=float(length[near].sum() / length.sum())))
        for k in range(-round(APART_DEG / STEP_DEG), round(APART_DEG / STEP_DEG) + 1):
            by_angle[(best + k) % len(by_angle)] = 0.0
    return tuple(found)


def turn_of(rows: Rows) -> float:
    """By how many degrees a drawing must be turned to stand square to its walls; 0 where no direction clearly leads."""
    found = directions(rows)
    if not found or found[0].share < LEADS or abs(found[0].degrees) <= SLIGHT_DEG:
        return 0.0
    axes = next((d.share for d in found if abs(d.degrees) <= SLIGHT_DEG), 0.0)
    return 0.0 if found[0].share < OVER_AXES * axes else round(-found[0].degrees, 6)


def turn_of_floor(level: Level, rows: Rows) -> float:
    """The turn that the floor to plan asks for, where its own edge runs another way than most walls; 0 where it does not.

    `rows` are the walls in the level's directions: they say the angle more exactly than the edge in whole millimetres.
    """
    found = directions(edges((level.outline, *level.holes)))
    if not found or found[0].share < OF_OUTLINE or abs(found[0].degrees) <= SLIGHT_DEG:
        return 0.0
    off = (_folded(rows) - found[0].degrees + RIGHT_DEG / 2) % RIGHT_DEG - RIGHT_DEG / 2
    near = np.abs(off) <= WITHIN_DEG
    length = np.hypot(rows[:, 2] - rows[:, 0], rows[:, 3] - rows[:, 1])
    more = _median(off[near], length[near]) if near.any() else 0.0
    return round(-_signed(found[0].degrees + more), 6)


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


def edges(rings: Sequence[Ring]) -> Rows:
    """The edges of rings as pieces."""
    return np.asarray([(*ring[i - 1], *ring[i]) for ring in rings for i in range(len(ring))], dtype=float).reshape(-1, 4)


def edges_of(areas: Sequence[BaseGeometry]) -> Rows:
    """The edges of areas as pieces."""
    rings = shapely.get_rings([part for area in areas for part in shapely.get_parts(area)])
    pieces = [np.hstack([points[:-1], points[1:]]) for points in map(shapely.get_coordinates, rings)]
    return np.vstack(pieces) if pieces else np.empty((0, 4))


def _folded(rows: Rows) -> Rows:
    """Directions of pieces in degrees, those square to each other alike: 0 to 90."""
    turn: Rows = np.degrees(np.arctan2(rows[:, 3] - rows[:, 1], rows[:, 2] - rows[:, 0])) % RIGHT_DEG
    return turn


def _signed(degrees: float) -> float:
    """The same direction from above -45 to 45."""
    return RIGHT_DEG / 2 - (RIGHT_DEG / 2 - degrees) % RIGHT_DEG


def _median(values: Rows, weights: Rows) -> float:
    """The value up to which half of the weight lies."""
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(sums, sums[-1] / 2))])


def _values(degrees: float, share: float) -> dict[str, Value]:
    return {"degrees": round(degrees, 2), "percent": round(100 * share)}
