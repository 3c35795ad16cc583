"""Modes: for every module, every baseline, setback and inside, the positions at which it stands right.

Columns, outline, doors and lost seats are all settled here, position by position; the solver never sees an obstacle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from layouts.plan import Level
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules, RoomRequirement
from solvers.placement.baselines import MIN_EDGE, Arc, Wall
from solvers.placement.modules import Inside, bank_insides, island_insides, room_insides
from solvers.placement.problem import DM, PlacementProblem, Pose, SpineLine
from solvers.placement.raster import Mask, Raster, Sums, integral
from solvers.placement.round_walls import project_in
from solvers.placement.seat_rows import Box
from solvers.placement.seating import seats_fit
from solvers.placement.spines import spine_boxes

DOOR_ZONE_MM = (500, 1500)  # kept free beside and before an outer door

SIGMA_SCALE = 1000
Element = BankRequirement | RoomRequirement | IslandRequirement
Ints = npt.NDArray[np.int64]
Steps = list[tuple[int, Ints]]
Along = tuple[Ints, Ints, Ints, Mask]  # t, lat, side, and whether visitors come there, all along a line of the raster
Beside = dict[tuple[str, int], Along]  # under (axis, across)


@dataclass(frozen=True, slots=True)
class Run:
    """Positions lo .. hi on which t = ta * u + tb and lat = la * u + lb, all on one side of the spine.

    `back`: world coordinate (dm) of v = 0 here; all runs of a mode share it unless its wall is slanted.
    `dark`: quarters of seats without daylight, `tight`: half metres that visitors lack beside the main aisle (comfort.py).
    """

    lo: int
    hi: int
    ta: int
    tb: int
    la: int
    lb: int
    side: int
    back: int
    dark: int = 0
    tight: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Which staff arc serves a mode, and its perimeter interval in the arc's own turn.

    It is [s * u + low, s * u + high] / SIGMA_SCALE: a slanted wall's perimeter runs faster than its axis.
    """

    arc: int
    s: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Mode:
    """A module on one baseline with one inside: `back` is the world coordinate (dm) of v = 0, `sign` the way of v.

    `back` is None on a slanted wall, where each run has its own: the module steps along the wall, square to the grid.
    `space`: the room that stands which the module takes; its floor lies off the hall.
    """

    element: str
    baseline: str
    axis: str
    back: int | None
    sign: int
    inside: Inside
    runs: tuple[Run, ...]
    reach: tuple[Reach, ...] = ()
    across_edge: int | None = None
    space: str | None = None
    heart: tuple[int, int] | None = None

    def offset(self, v: tuple[int, int]) -> tuple[int, int]:
        """World interval (low, size) across the baseline of the local interval v, for back = 0."""
        a, b = self.sign * v[0], self.sign * v[1]
        return min(a, b), abs(b - a)

    def back_at(self, u: int) -> int:
        """World coordinate of v = 0 when the module's low end is at u."""
        return next(run.back for run in self.runs if run.lo <= u <= run.hi)

    def across_box(self) -> tuple[int, int]:
        """World interval (low, size) of the waiting rows on the far side of the spine."""
        assert self.across_edge is not None
        return (self.across_edge, self.inside.across) if self.sign > 0 else (
            self.across_edge - self.inside.across, self.inside.across)  # fmt: skip

    def pose(self, u: int) -> Pose:
        body = self.inside.body
        return Pose(
            element=self.element, baseline=self.baseline, axis=self.axis, u_dm=u, back_dm=self.back_at(u), sign=self.sign,
            length_dm=self.inside.length, setback_dm=self.inside.setback, variant=self.inside.variant, rows=self.inside.rows,
            room_depth_dm=body[1] - body[0] if body else 0, across_dm=self.across_edge, space=self.space,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FloorMemo:
    """What depends on the level alone, worked out once for all spines: where insides stand, the steps of slanted walls, and the
    floor with daylight."""

    stands: dict[tuple[object, ...], Mask] = field(default_factory=dict)
    lit: list[Sums] = field(default_factory=list)
    steps: dict[tuple[int, int, int, int], Steps] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """What modes are laid on: the level's rasters, walls, arcs and a spine.

    `keep`: floor where nothing solid may stand: before entrances and exits, and the spine, whose width is so kept.
    `memo`, `beside`, `laid`: what was worked out already for the level, for the spine, and from its modes' places (kept.py).
    """

    level: Level
    raster: Raster
    keep: Sums
    walls: tuple[Wall, ...]
    arcs: tuple[Arc, ...]
    spine: SpineLine
    memo: FloorMemo = field(default_factory=FloorMemo, compare=False, repr=False)
    beside: Beside = field(default_factory=dict, compare=False, repr=False)
    laid: dict[tuple[str, ...], tuple[object, object]] = field(default_factory=dict, compare=False, repr=False)


def ground(
    level: Level, raster: Raster, walls: tuple[Wall, ...], arcs: tuple[Arc, ...], spine: SpineLine,
    memo: FloorMemo | None = None,
) -> Ground:  # fmt: skip
    """`memo` may be shared by all spines of one level."""
    keep = _door_zones(level, raster)
    for x, y, w, h in spine_boxes(spine):
        i, j = x - raster.x0, y - raster.y0
        keep[max(0, i) : max(0, i + w), max(0, j) : max(0, j + h)] = True
    return Ground(level, raster, integral(keep), walls, arcs, spine, memo or FloorMemo())


def _door_zones(level: Level, raster: Raster) -> Mask:
    """Cells before entrances and exits where nothing solid may stand."""
    keep = np.zeros_like(raster.inside)
    beside, before = DOOR_ZONE_MM
    for door in level.doors:
        if door.use not in ("entrance", "exit", "entrance_exit"):
            continue
        (px, py), (qx, qy) = door.p, door.q
        flat = abs(px - qx) >= abs(py - qy)
        gx, gy = (beside, before) if flat else (before, beside)
        i0, i1 = (min(px, qx) - gx) // DM - raster.x0, -(-(max(px, qx) + gx) // DM) - raster.x0
        j0, j1 = (min(py, qy) - gy) // DM - raster.y0, -(-(max(py, qy) + gy) // DM) - raster.y0
        keep[max(0, i0) : max(0, i1), max(0, j0) : max(0, j1)] = True
    return keep


def element_modes(problem: PlacementProblem, ground: Ground, element: Element) -> tuple[Mode, ...]:
    """All modes of one module that have at least one position, in a fixed order."""
    rules = problem.programme.rules
    found: list[Mode] = []
    if isinstance(element, IslandRequirement):
        for inside in island_insides(element, rules, at_spine=True):
            found.extend(_spine_modes(ground, element, inside))
        if not element.staffed:
            for inside in island_insides(element, rules, at_spine=False):
                found.extend(_wall_modes(ground, element, inside, rules))
        return tuple(found)
    insides = bank_insides(element, rules) if isinstance(element, BankRequirement) else room_insides(element, rules)
    for inside in dict.fromkeys(insides):
        found.extend(_wall_modes(ground, element, inside, rules))
    return tuple(found)


def _wall_modes(ground: Ground, element: Element, inside: Inside, rules: LayoutRules) -> Iterator[Mode]:
    for wall in ground.walls:
        low, high = wall.span()
        lo, hi = ceil(low - 0.01), floor(high + 0.01) - inside.length
        if high - low < MIN_EDGE or hi < lo:
            continue
        if wall.axis() is None and (inside.across or (inside.desk and inside.setback)):
            continue  # the wedge behind a step is setback enough
        reach: tuple[Reach, ...] = ()
        if inside.staff:
            reach = tuple(reaches(ground.arcs, wall, inside.length, lo, hi))
            if not reach:
                continue
        key = (wall.index, inside.length, lo, hi)
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
        edges = list(_far_edges(ground.spine, axis, sign, back + sign * inside.solid[1], back + sign * inside.full[1]))
    for edge in edges:
        runs: list[Run] = []
        for at, us in steps:
            fits = _stands(ground, element, inside, rules, axis, at, sign, us)
            if not inside.staff and fits.any():
                fits = fits & _clear_of_doors(ground, wall, us, inside.length)
            if edge is not None and fits.any():
                fits = fits & _across_fits(ground, element, inside, rules, axis, sign, edge, us)
            if fits.any():
                runs.extend(runs_at(ground, axis, at, at + sign * inside.front, inside.length, us, fits, element))
        for stretch, part in _by_stretch(ground, wall, runs):
            yield Mode(element.id, f"w{wall.index}{stretch}", axis, back, sign, inside, tuple(part), reach, edge)


def _by_stretch(ground: Ground, wall: Wall, runs: list[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Split runs at the public doors of their wall: no module stands across one, so each side is a wall of its own."""
    if not runs:
        return
    middles = sorted(
        (door.p[0] + door.q[0]) / 2 / DM if wall.dominant() == "x" else (door.p[1] + door.q[1]) / 2 / DM
        for door in ground.level.doors
        if door.use != "staff" and max(abs(_off_wall(wall, p)) for p in (door.p, door.q)) <= 6
    )
    edges = [float("-inf"), *middles, float("inf")]
    for k, (low, high) in enumerate(pairwise(edges)):
        part = [run for run in runs if low <= run.lo < high]
        if part:
            yield "abcdefgh"[k % 8] if middles else "", part


def sum_along(raster: Raster, sums: Sums, axis: str, cross: tuple[int, int], us: Ints, length: int) -> Sums:
    """Sum of a raster over the boxes [u, u + length] x [cross low, cross low + size], for every u."""
    low, size = cross
    nx, ny = raster.shape()
    u0, n_u, c0, n_c = (raster.x0, nx, raster.y0, ny) if axis == "x" else (raster.y0, ny, raster.x0, nx)
    table = sums if axis == "x" else sums.T
    c, d = min(max(low - c0, 0), n_c), min(max(low - c0 + size, 0), n_c)
    strip = table[:, d] - table[:, c]
    first, count = int(us[0]) - u0, len(us)
    last = first + count - 1
    if first >= 0 and last + length <= n_u and int(us[-1]) - u0 == last:  # without gaps, all on the raster
        return strip[first + length : first + length + count] - strip[first : first + count]
    a, b = np.minimum(np.maximum(us - u0, 0), n_u), np.minimum(np.maximum(us - u0 + length, 0), n_u)
    return np.asarray(strip[b] - strip[a])


def _interval(back: int, sign: int, v: tuple[int, int]) -> tuple[int, int]:
    a, b = back + sign * v[0], back + sign * v[1]
    return min(a, b), abs(b - a)


def _stands(
    ground: Ground, element: Element, inside: Inside, rules: LayoutRules, axis: str, back: int, sign: int,
    us: Ints,
) -> Mask:  # fmt: skip
    """Positions at which the module is inside, off doors, and columns fall only where it can live with them."""
    seats = (element.seats, element.wheelchair_bays) if isinstance(element, BankRequirement) and inside.waiting else ()
    key = (inside, seats, axis, back, sign, us.tobytes())
    if (floor_holds := ground.memo.stands.get(key)) is None:
        floor_holds = ground.memo.stands[key] = _on_floor(ground, element, inside, rules, axis, back, sign, us)
    if not floor_holds.any():
        return floor_holds
    kept = sum_along(ground.raster, ground.keep, axis, _interval(back, sign, inside.solid), us, inside.length)
    return np.asarray(floor_holds & (kept == 0), dtype=np.bool_)


def _on_floor(
    ground: Ground, element: Element, inside: Inside, rules: LayoutRules, axis: str, back: int, sign: int, us: Ints
) -> Mask:
    """What of `_stands` is the same beside every spine."""
    raster, length = ground.raster, inside.length
    cross = _interval(back, sign, inside.full)
    ok = sum_along(raster, raster.inside_sums, axis, cross, us, length) == cross[1] * length
    columns = sum_along(raster, raster.column_sums, axis, cross, us, length)
    if not ok.any() or not columns.any():
        return np.asarray(ok, dtype=np.bool_)
    allowed = np.zeros_like(columns)
    for v in inside.columns_allowed:
        if v[1] > v[0]:
            allowed += sum_along(raster, raster.column_sums, axis, _interval(back, sign, v), us, length)
    ok &= columns == allowed
    if inside.waiting and isinstance(element, BankRequirement):
        block = _interval(back, sign, inside.waiting)
        in_block = sum_along(raster, raster.column_sums, axis, block, us, length)
        v0, depth = (back + sign * inside.waiting[0]) * DM, (inside.waiting[1] - inside.waiting[0]) * DM
        _drop_short_of_seats(ok, in_block > 0, ground.level, element, inside, rules, axis, v0, sign, depth, us)
    return np.asarray(ok, dtype=np.bool_)


def _drop_short_of_seats(
    ok: Mask, met: Mask, level: Level, bank: BankRequirement, inside: Inside, rules: LayoutRules, axis: str, v0_mm: int,
    sign: int, depth_mm: int, us: Ints,
) -> None:  # fmt: skip
    """Strike the positions at which columns leave a waiting block too few seats."""
    columns = _columns_beside(level, axis, v0_mm, sign, depth_mm)
    for k in np.nonzero(ok & met)[0]:
        ok[k] = _seats_fit(bank, inside, _at(columns, int(us[k]) * DM, inside.length * DM), rules)


def _seats_fit(bank: BankRequirement, inside: Inside, columns: tuple[Box, ...], rules: LayoutRules) -> bool:
    return seats_fit(inside.length * DM, inside.rows, bank.seats, bank.wheelchair_bays, columns, rules)


def local_columns(level: Level, axis: str, u_mm: int, v0_mm: int, sign: int, length_mm: int, depth_mm: int) -> tuple[Box, ...]:
    """Bounding boxes, in a block's local millimetres, of the columns that touch it."""
    return _at(_columns_beside(level, axis, v0_mm, sign, depth_mm), u_mm, length_mm)


def _columns_beside(level: Level, axis: str, v0_mm: int, sign: int, depth_mm: int) -> tuple[Box, ...]:
    """Bounding boxes of the columns that a block can touch somewhere along its baseline; u as in the world."""
    found = []
    for column in level.columns:
        us = [p[0] if axis == "x" else p[1] for p in column.outline]
        vs = [sign * ((p[1] if axis == "x" else p[0]) - v0_mm) for p in column.outline]
        if min(vs) < depth_mm and max(vs) > 0:
            found.append((min(us), min(vs), max(us), max(vs)))
    return tuple(found)


def _at(columns: tuple[Box, ...], u_mm: int, length_mm: int) -> tuple[Box, ...]:
    return tuple((a - u_mm, b, c - u_mm, d) for a, b, c, d in columns if a < u_mm + length_mm and c > u_mm)


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


def _clear_of_doors(ground: Ground, wall: Wall, us: Ints, length: int) -> Mask:
    """Public modules leave half a metre beside every door of their wall."""
    ok = np.ones(us.shape, dtype=bool)
    low, high = wall.span()
    for door in ground.level.doors:
        along = [c / DM for c in ((door.p[0], door.q[0]) if wall.dominant() == "x" else (door.p[1], door.q[1]))]
        off = max(abs(_off_wall(wall, p)) for p in (door.p, door.q))
        if off > 6 or max(along) < low or min(along) > high:
            continue
        ok &= (us + length <= min(along) - 5) | (us >= max(along) + 5)
    return np.asarray(ok, dtype=np.bool_)


def _off_wall(wall: Wall, p: tuple[int, int]) -> float:
    dx, dy = wall.bx - wall.ax, wall.by - wall.ay
    return ((p[0] / DM - wall.ax) * dy - (p[1] / DM - wall.ay) * dx) / float(np.hypot(dx, dy))


def _far_edges(spine: SpineLine, axis: str, sign: int, solid_end: int, full_end: int) -> Iterator[int]:
    """Far edges of spine segments that run along the module within reach of its aisle."""
    half = spine.width_dm // 2
    seen = set()
    for a, b in zip(spine.points, spine.points[1:]):
        if (a[1] == b[1]) != (axis == "x"):
            continue
        centre = a[1] if axis == "x" else a[0]
        near, far = centre - sign * half, centre - sign * half + sign * spine.width_dm
        if sign * (near - solid_end) >= 0 and sign * (near - full_end) <= 30 and far not in seen:
            seen.add(far)
            yield far


def _across_fits(
    ground: Ground, element: Element, inside: Inside, rules: LayoutRules, axis: str, sign: int, edge: int,
    us: Ints,
) -> Mask:  # fmt: skip
    """Positions whose rows, on the far side of the spine, are inside, off doors, beside one straight run, and seat enough."""
    raster, length = ground.raster, inside.length
    cross = (edge, inside.across) if sign > 0 else (edge - inside.across, inside.across)
    ok = sum_along(raster, raster.inside_sums, axis, cross, us, length) == cross[1] * length
    ok &= sum_along(raster, ground.keep, axis, cross, us, length) == 0
    beside = np.zeros(us.shape, dtype=bool)
    half = ground.spine.width_dm // 2
    for a, b in zip(ground.spine.points, ground.spine.points[1:]):
        if (a[1] == b[1]) == (axis == "x"):
            centre = a[1] if axis == "x" else a[0]
            if edge in (centre - half, centre - half + ground.spine.width_dm):
                ends = sorted((a[0], b[0]) if axis == "x" else (a[1], b[1]))
                beside |= (us >= ends[0] - half) & (us + length <= ends[1] + half)
    ok &= beside
    in_block = sum_along(raster, raster.column_sums, axis, cross, us, length)
    assert isinstance(element, BankRequirement)
    _drop_short_of_seats(ok, in_block > 0, ground.level, element, inside, rules, axis, edge * DM, sign, inside.across * DM, us)
    return np.asarray(ok, dtype=np.bool_)


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
            ok = _island_stands(ground, inside, axis, back, sign, us)
            runs = runs_at(ground, axis, back, back + sign * inside.front, inside.length, us, ok, island)
            if runs:
                yield Mode(island.id, f"s{k}{'+' if sign < 0 else '-'}", axis, back, sign, inside, runs)


def _island_stands(ground: Ground, inside: Inside, axis: str, back: int, sign: int, us: Ints) -> Mask:
    raster, length = ground.raster, inside.length
    cross = _interval(back, sign, inside.full)
    ok = sum_along(raster, raster.inside_sums, axis, cross, us, length) == cross[1] * length
    ok &= sum_along(raster, raster.column_sums, axis, cross, us, length) == 0
    ok &= sum_along(raster, ground.keep, axis, _interval(back, sign, inside.solid), us, length) == 0
    return np.asarray(ok, dtype=np.bool_)


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
