"""How wishes about one module narrow the places it may take, before any solve.

A wish about two is measured on every layout that is found (check_wishes.py), and a layout that breaks it is refused with a
cut. Bounds stay proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import shapely
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle
from layouts.plan import ENTRANCE_USES, Level, doors_of_use
from solvers.placement.check_wishes import SLIVER_MM2
from solvers.placement.modes import Mode, Run
from solvers.placement.wish import DM, Wish


def allowed(wishes: Iterable[Wish], level: Level, mode: Mode) -> tuple[Run, ...]:
    """The positions at which a module's own ground, its staff's side with it, can hold to the wishes about it alone."""
    found = mode.runs
    for wish in wishes:
        if wish.kind == "keep_out" and wish.module in ("", mode.element):
            found = tuple(_kept(mode, found, partial(_stays_off, Polygon(wish.area))))
        elif wish.kind == "near_entrance" and wish.module == mode.element:
            doors = shapely.MultiPoint([door_middle(d) for d in doors_of_use(level, ENTRANCE_USES)])
            found = tuple(_kept(mode, found, partial(_within, doors, wish.within_m * 1000 + 1)))
    return found


def _stays_off(area: Polygon, ground: Polygon) -> bool:
    return bool(ground.intersection(area).area <= SLIVER_MM2)


def _within(places: BaseGeometry, most_mm: float, ground: Polygon) -> bool:
    return bool(ground.distance(places) <= most_mm)


def _kept(mode: Mode, runs: Sequence[Run], holds: Callable[[Polygon], bool]) -> Iterator[Run]:
    """The runs' positions at which a test of the module's ground holds, as runs again."""
    for run in runs:
        good = [u for u in range(run.lo, run.hi + 1) if holds(_ground_at(mode, u, run.back))]
        for lo, hi in _stretches(good):
            yield replace(run, lo=lo, hi=hi)


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of every unbroken row of whole numbers."""
    start: int | None = None
    for k, n in enumerate(numbers):
        start = n if start is None else start
        if k + 1 == len(numbers) or numbers[k + 1] != n + 1:
            yield start, n
            start = None


def _ground_at(mode: Mode, u: int, back: int) -> Polygon:
    """The module's own ground in millimetres when its low end is at u."""
    low, high = sorted((back + mode.sign * mode.inside.solid[0], back + mode.sign * mode.inside.solid[1]))
    ends = (u, low, u + mode.inside.length, high)
    return box(*(n * DM for n in (ends if mode.axis == "x" else (ends[1], ends[0], ends[3], ends[2]))))
