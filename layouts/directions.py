"""The main directions of straight pieces, walls or a floor's edges: square ones are one direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layouts.plan import Ring
from layouts.squaring import Rows

SLIGHT_DEG = 0.3  # less is how the drawing was scanned or measured, and within what a wall may be out of line
WITHIN_DEG = 0.5  # walls that run the same way
APART_DEG = 3.0  # walls that run another way
LEADS = 0.5  # of the walls' length that must run the main way
OVER_AXES = 2.0  # as much of it as runs along the axes
SHORTEST_MM = 250.0  # shorter pieces are jambs, steps and parts of curves
STEP_DEG = 0.1
RIGHT_DEG = 90.0


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
    length, turn = np.hypot(long[:, 2] - long[:, 0], long[:, 3] - long[:, 1]), folded(long)
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
        degrees = signed(best * STEP_DEG + median(off[near], length[near] ** 2))  # long pieces tell it better
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


def edges(rings: Sequence[Ring]) -> Rows:
    """The edges of rings as pieces."""
    return np.asarray([(*ring[i - 1], *ring[i]) for ring in rings for i in range(len(ring))], dtype=float).reshape(-1, 4)


def folded(rows: Rows) -> Rows:
    """Directions of pieces in degrees, those square to each other alike: 0 to 90."""
    turn: Rows = np.degrees(np.arctan2(rows[:, 3] - rows[:, 1], rows[:, 2] - rows[:, 0])) % RIGHT_DEG
    return turn


def signed(degrees: float) -> float:
    """The same direction from above -45 to 45."""
    return RIGHT_DEG / 2 - (RIGHT_DEG / 2 - degrees) % RIGHT_DEG


def median(values: Rows, weights: Rows) -> float:
    """The value up to which half of the weight lies."""
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(weights[order])
    return float(values[order][int(np.searchsorted(sums, sums[-1] / 2))])
