"""Where a module stands right: on the floor, off doors and the spine's width, with columns only where it can live with them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layouts.plan import Level
from layouts.programme import BankRequirement, LayoutRules
from solvers.placement.baselines import Wall
from solvers.placement.modes import Element, Ground, Ints
from solvers.placement.modules import Inside
from solvers.placement.problem import DM, SpineLine
from solvers.placement.raster import Mask, Raster, Sums
from solvers.placement.seat_rows import Box
from solvers.placement.seating import seats_fit


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


def stands(
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
    """What of `stands` is the same beside every spine."""
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


def island_stands(ground: Ground, inside: Inside, axis: str, back: int, sign: int, us: Ints) -> Mask:
    raster, length = ground.raster, inside.length
    cross = _interval(back, sign, inside.full)
    ok = sum_along(raster, raster.inside_sums, axis, cross, us, length) == cross[1] * length
    ok &= sum_along(raster, raster.column_sums, axis, cross, us, length) == 0
    ok &= sum_along(raster, ground.keep, axis, _interval(back, sign, inside.solid), us, length) == 0
    return np.asarray(ok, dtype=np.bool_)


def clear_of_doors(ground: Ground, wall: Wall, us: Ints, length: int) -> Mask:
    """Public modules leave half a metre beside every door of their wall."""
    key = (wall.index, length, us.tobytes())
    if (found := ground.memo.off_doors.get(key)) is None:
        found = ground.memo.off_doors[key] = _off_doors(ground.level, wall, us, length)
    return found


def _off_doors(level: Level, wall: Wall, us: Ints, length: int) -> Mask:
    ok = np.ones(us.shape, dtype=bool)
    low, high = wall.span()
    for door in level.doors:
        along = [c / DM for c in ((door.p[0], door.q[0]) if wall.dominant() == "x" else (door.p[1], door.q[1]))]
        off = max(abs(off_wall(wall, p)) for p in (door.p, door.q))
        if off > 6 or max(along) < low or min(along) > high:
            continue
        ok &= (us + length <= min(along) - 5) | (us >= max(along) + 5)
    return np.asarray(ok, dtype=np.bool_)


def off_wall(wall: Wall, p: tuple[int, int]) -> float:
    dx, dy = wall.bx - wall.ax, wall.by - wall.ay
    return ((p[0] / DM - wall.ax) * dy - (p[1] / DM - wall.ay) * dx) / float(np.hypot(dx, dy))


def far_edges(spine: SpineLine, axis: str, sign: int, solid_end: int, full_end: int) -> Iterator[int]:
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


def across_fits(
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


def _drop_short_of_seats(
    ok: Mask, met: Mask, level: Level, bank: BankRequirement, inside: Inside, rules: LayoutRules, axis: str, v0_mm: int,
    sign: int, depth_mm: int, us: Ints,
) -> None:  # fmt: skip
    """Strike the positions at which columns leave a waiting block too few seats."""
    columns = columns_beside(level, axis, v0_mm, sign, depth_mm)
    for k in np.nonzero(ok & met)[0]:
        ok[k] = _seats_fit(bank, inside, columns_at(columns, int(us[k]) * DM, inside.length * DM), rules)


def _seats_fit(bank: BankRequirement, inside: Inside, columns: tuple[Box, ...], rules: LayoutRules) -> bool:
    return seats_fit(inside.length * DM, inside.rows, bank.seats, bank.wheelchair_bays, columns, rules)


def local_columns(level: Level, axis: str, u_mm: int, v0_mm: int, sign: int, length_mm: int, depth_mm: int) -> tuple[Box, ...]:
    """Bounding boxes, in a block's local millimetres, of the columns that touch it."""
    return columns_at(columns_beside(level, axis, v0_mm, sign, depth_mm), u_mm, length_mm)


def columns_beside(level: Level, axis: str, v0_mm: int, sign: int, depth_mm: int) -> tuple[Box, ...]:
    """Bounding boxes of the columns that a block can touch somewhere along its baseline; u as in the world."""
    found = []
    for column in level.columns:
        us = [p[0] if axis == "x" else p[1] for p in column.outline]
        vs = [sign * ((p[1] if axis == "x" else p[0]) - v0_mm) for p in column.outline]
        if min(vs) < depth_mm and max(vs) > 0:
            found.append((min(us), min(vs), max(us), max(vs)))
    return tuple(found)


def columns_at(columns: tuple[Box, ...], u_mm: int, length_mm: int) -> tuple[Box, ...]:
    return tuple((a - u_mm, b, c - u_mm, d) for a, b, c, d in columns if a < u_mm + length_mm and c > u_mm)
