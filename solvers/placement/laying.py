"""Modes laid along walls and spine: what stands right there, cut into runs on which its place beside the spine is affine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor

import numpy as np

from layouts.plan import Door
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules
from solvers.placement.baselines import MIN_EDGE, Arc, Wall
from solvers.placement.modes import SIGMA_SCALE, Along, Element, Ground, Ints, Mode, Reach, Run, Steps
from solvers.placement.modules import Inside, bank_insides, island_insides, room_insides
from solvers.placement.problem import DM, PlacementProblem
from solvers.placement.raster import Mask
from solvers.placement.round_walls import project_in
from solvers.placement.spines import spine_boxes
from solvers.placement.standing import across_fits, clear_of_doors, far_edges, island_stands, off_wall, stands

Reached = dict[tuple[int, int, int, int], tuple[Reach, ...]]  # of one module, by wall, length, least and highest place


def element_modes(problem: PlacementProblem, ground: Ground, element: Element) -> tuple[Mode, ...]:
    """All modes of one module that have at least one position, in a fixed order."""
    rules = problem.programme.rules
    found: list[Mode] = []
    reached: Reached = {}
    if isinstance(element, IslandRequirement):
        for inside in island_insides(element, rules, at_spine=True):
            found.extend(_spine_modes(ground, element, inside))
        if not element.staffed:
            for inside in island_insides(element, rules, at_spine=False):
                found.extend(_wall_modes(ground, element, inside, rules, reached))
        return tuple(found)
    insides = bank_insides(element, rules) if isinstance(element, BankRequirement) else room_insides(element, rules)
    for inside in dict.fromkeys(insides):
        found.extend(_wall_modes(ground, element, inside, rules, reached))
    return tuple(found)


def _wall_modes(
    ground: Ground, element: Element, inside: Inside, rules: LayoutRules, reached: Reached
) -> Iterator[Mode]:
    for wall in ground.walls:
        low, high = wall.span()
        lo, hi = ceil(low - 0.01), floor(high + 0.01) - inside.length
        if high - low < MIN_EDGE or hi < lo:
            continue
        if wall.axis() is None and (inside.across or (inside.desk and inside.setback)):
            continue  # the wedge behind a step is setback enough
        key = (wall.index, inside.length, lo, hi)
        reach: tuple[Reach, ...] = ()
        if inside.staff:
            if (known := reached.get(key)) is None:
                known = reached[key] = tuple(reaches(ground.arcs, wall, inside.length, lo, hi))
            reach = known
            if not reach:
                continue
        if (steps := ground.memo.steps.get(key)) is None:
            steps = ground.memo.steps[key] = _steps(wall, inside.length, lo, hi)
        yield from _modes_on(ground, element, inside, rules, wall, steps, reach)


def _steps(wall: Wall, length: int, lo: int, hi: int) -> Steps:
    """Where v = 0 is, for which positions: one place on a straight wall, a stair of places on a slanted one."""
    us = np.arange(lo, hi + 1)
    if wall.axis() is not None:
        at = wall.at(lo)
        return [(ceil(at - 0.01) if wall.sign() > 0 else floor(at + 0.01), us)]
    places: dict[int, list[int]] = {}
    for u in range(lo, hi + 1):
        ends = (wall.at(u), wall.at(u + length))
        places.setdefault(ceil(max(ends)) if wall.sign() > 0 else floor(min(ends)), []).append(u)
    return [(back, np.array(at)) for back, at in places.items()]


def _modes_on(
    ground: Ground,
    element: Element,
    inside: Inside,
    rules: LayoutRules,
    wall: Wall,
    steps: Steps,
    reach: tuple[Reach, ...],
) -> Iterator[Mode]:
    axis, sign = wall.dominant(), wall.sign()
    back = steps[0][0] if wall.axis() is not None else None
    edges: list[int | None] = [None]
    if inside.across and back is not None:
        edges = list(far_edges(ground.spine, axis, sign, back + sign * inside.solid[1], back + sign * inside.full[1]))
    for edge in edges:
        runs: list[Run] = []
        for at, us in steps:
            fits = stands(ground, element, inside, rules, axis, at, sign, us)
            if not inside.staff and fits.any():
                fits = fits & clear_of_doors(ground, wall, us, inside.length)
            if edge is not None and fits.any():
                fits = fits & across_fits(ground, element, inside, rules, axis, sign, edge, us)
            if fits.any():
                runs.extend(runs_at(ground, axis, at, at + sign * inside.front, inside.length, us, fits, element))
        for stretch, part in _by_stretch(ground, wall, runs):
            yield Mode(element.id, f"w{wall.index}{stretch}", axis, back, sign, inside, tuple(part), reach, edge)


def _by_stretch(ground: Ground, wall: Wall, runs: list[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Split runs at the public doors of their wall: no module stands across one, so each side is a wall of its own."""
    if not runs:
        return
    middles = _public_doors(ground.level.doors, wall)
    edges = [float("-inf"), *middles, float("inf")]
    for k, (low, high) in enumerate(pairwise(edges)):
        part = [run for run in runs if low <= run.lo < high]
        if part:
            yield "abcdefgh"[k % 8] if middles else "", part


@lru_cache(maxsize=1024)
def _public_doors(doors: tuple[Door, ...], wall: Wall) -> tuple[float, ...]:
    """The middles of the public doors in a wall, along it (dm)."""
    found = (
        (door.p[0] + door.q[0]) / 2 / DM if wall.dominant() == "x" else (door.p[1] + door.q[1]) / 2 / DM
        for door in doors
        if door.use != "staff" and max(abs(off_wall(wall, p)) for p in (door.p, door.q)) <= 6
    )
    return tuple(sorted(found))


def _spine_modes(ground: Ground, island: IslandRequirement, inside: Inside) -> Iterator[Mode]:
    """Islands on both sides of every spine segment, facing it."""
    for k, (x, y, w, h) in enumerate(spine_boxes(ground.spine)):
        a, b = ground.spine.points[k], ground.spine.points[k + 1]
        axis = "x" if a[1] == b[1] else "y"
        low, size = (x, w) if axis == "x" else (y, h)
        cross, width = (y, h) if axis == "x" else (x, w)
        touching = inside.full[1] if inside.variant == "beside" else inside.body[1] if inside.body else 0
        us = np.arange(low, low + size - inside.length + 1)
        if not len(us):
            continue
        for sign, edge in ((1, cross), (-1, cross + width)):  # v runs towards the spine
            back = edge - sign * touching
            ok = island_stands(ground, inside, axis, back, sign, us)
            runs = runs_at(ground, axis, back, back + sign * inside.front, inside.length, us, ok, island)
            if runs:
                yield Mode(island.id, f"s{k}{'+' if sign < 0 else '-'}", axis, back, sign, inside, runs)


def reaches(arcs: tuple[Arc, ...], wall: Wall, length: int, lo: int, hi: int) -> Iterator[Reach]:
    """Arcs that can hold the module somewhere between lo and hi on this wall."""
    ends = [wall.sigma(u) for u in (lo, lo + length, hi, hi + length)]
    least, most, slope = min(ends), max(ends), wall.sigma(lo + 1) - wall.sigma(lo)
    for index, arc in enumerate(arcs):
        for turn in (-1, 0, 1, 2):
            shift = turn * arc.round
            if min(most + shift, arc.high) - max(least + shift, arc.low) < length - 1:
                continue
            base = wall.sigma(0) + shift
            low, high = (base, base + length * slope) if slope > 0 else (base + length * slope, base)
            grace = 0.01 if wall.axis() is not None else -0.5
            yield Reach(
                index,
                round(slope * SIGMA_SCALE),
                floor((low + grace) * SIGMA_SCALE),
                ceil((high - grace) * SIGMA_SCALE),
            )


def runs_at(
    ground: Ground, axis: str, back: int, front: int, length: int, us: Ints, ok: Mask, element: Element
) -> tuple[Run, ...]:
    """Split the good positions into maximal runs on which t and lat are affine and the side is one."""
    good = np.nonzero(ok)[0]
    if not len(good):
        return ()
    at = us[good]
    along = _along(ground, axis, front)
    if getattr(element, "side", "public") == "public":  # nobody comes to what stands in a pocket behind built walls
        reached = along[3][at + length // 2 - _first(ground, axis)]
        good, at = good[reached], at[reached]
    t, lat, side = (line[at + length // 2 - _first(ground, axis)] for line in along[:3])
    if isinstance(element, IslandRequirement) and element.within_first < 1.0:
        early = t <= element.within_first * ground.spine.length_dm()
        good, at, t, lat, side = good[early], at[early], t[early], lat[early], side[early]
    steps_t, steps_lat = np.diff(t), np.diff(lat)
    parted = (np.diff(good) != 1) | (np.diff(side) != 0)
    bent = parted.copy()
    bent[1:] |= (steps_t[1:] != steps_t[:-1]) | (steps_lat[1:] != steps_lat[:-1])
    ends = np.nonzero(bent)[0]
    runs: list[Run] = []
    start = 0
    while start < len(good):
        end, ta, la = start, 0, 0
        if start < len(parted) and not parted[start]:
            later = int(np.searchsorted(ends, start, side="right"))
            end = int(ends[later]) if later < len(ends) else len(good) - 1
            ta, la = int(steps_t[start]), int(steps_lat[start])
        u = int(at[start])
        runs.append(Run(u, int(at[end]), ta, int(t[start]) - ta * u, la, int(lat[start]) - la * u, int(side[start]), back))
        start = end + 1
    return tuple(runs)


def _first(ground: Ground, axis: str) -> int:
    return ground.raster.x0 if axis == "x" else ground.raster.y0


def _along(ground: Ground, axis: str, across: int) -> Along:
    """t, lat, side and reach of every point of a line along the raster, from its first cell's edge to its last one's."""
    if (found := ground.beside.get((axis, across))) is None:
        us = np.arange(ground.raster.shape()[0 if axis == "x" else 1] + 1) + _first(ground, axis)
        cross = np.full_like(us, across)
        found = project_in(ground.level, ground.spine, *((us, cross) if axis == "x" else (cross, us)))
        ground.beside[axis, across] = found
    return found
