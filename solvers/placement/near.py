"""Nearness (Muther's A E I O U X) as a goal: what each rated pair weighs, and how far apart two modules lie.

cost = V x w x sum over rated pairs of share x distance; share = rating's weight / all ratings' weights (layouts/adjacency.py).
The distance is |dx| + |dy| between the modules' middles; a pair rated X pays for what it lacks to APART_DM instead.
The middle is in whole decimetres: half the length (rounded down) beyond the low end, half the depth beyond the low edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layouts.adjacency import WEIGHTS
from layouts.programme import Nearness
from solvers.placement.modes import Mode, Run

APART_DM = 100  # middles of modules that must not be near (planning default: two module depths)
DOORS = ("entrance", "exit")

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Near:
    """Two modules (or a module and a door) that a rating draws together, or with `apart` holds asunder, by `share` of 1."""

    a: str
    b: str
    share: float
    apart: bool


def rated(nearness: Iterable[Nearness], known: Iterable[str]) -> tuple[Near, ...]:
    """The ratings between things that stand on this level, their shares summing to 1. U and unknown names weigh nothing."""
    names = {*known, *DOORS}
    found = [n for n in nearness if n.a in names and n.b in names and n.a != n.b and WEIGHTS[n.rating] > 0]
    found = [n for n in found if not (n.a in DOORS and n.b in DOORS)]
    total = sum(WEIGHTS[n.rating] for n in found)
    return tuple(Near(n.a, n.b, WEIGHTS[n.rating] / total, n.rating == "X") for n in found)


def middle(mode: Mode, run: Run, u: int) -> Point:
    """(x, y) of the middle of a module's whole box, or of the room that stands which it takes, dm."""
    if mode.heart is not None:
        return mode.heart
    low, size = mode.offset(mode.inside.full)
    along, across = u + mode.inside.length // 2, run.back + low + size // 2
    return (along, across) if mode.axis == "x" else (across, along)


def away(one: Point, other: Point, *, apart: bool) -> int:
    """What a pair is charged for: its distance, or what it lacks to APART_DM."""
    distance = abs(one[0] - other[0]) + abs(one[1] - other[1])
    return max(0, APART_DM - distance) if apart else distance


def doors(spine_points: tuple[Point, ...]) -> Mapping[str, Point]:
    """Where the doors are that the spine joins."""
    return {"entrance": spine_points[0], "exit": spine_points[-1]}
