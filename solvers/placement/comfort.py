"""Comfort of a bank's place: daylight on its seats, and floor to spare between it and the main aisle.

Both are looked up for every position beforehand and told in whole steps, so that runs are cut where a step changes and each run
has one price: the model, the zones' bounds and the quick search then know no more than a number. Sight is not looked at here:
what stands between seat and window is known only once all is drawn (layouts/project_goals.py measures that).

daylight       quarters of the waiting rows farther than DAYLIGHT_MM from every window, for each seat and bay
aisle surplus  half metres that lack to SURPLUS_DM between the main aisle and the bank's whole floor, for each who stops there
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from layouts.plan import Level
from layouts.programme import BankRequirement
from layouts.project_goals import DAYLIGHT_MM, SURPLUS_MOST_MM
from solvers.placement.modes import Ground, Mode, Run
from solvers.placement.problem import DM, Weights
from solvers.placement.raster import Raster, Sums, integral
from solvers.placement.spines import spine_boxes
from solvers.placement.standing import sum_along

GRACE_MM = 0.5  # whole and half decimetres never lie at the limit itself
QUARTERS = 4
SURPLUS_DM = SURPLUS_MOST_MM // DM
STEP_DM = 5  # a step of what an aisle lacks

Ints = npt.NDArray[np.int64]
Box = tuple[int, int, int, int]  # x, y, width, height, dm


def comfortable(
    ground: Ground, bank: BankRequirement, modes: tuple[Mode, ...], visits: int, weights: Weights
) -> tuple[Mode, ...]:
    """The modes of a bank with their runs cut where its seats' daylight or the floor beside the main aisle changes."""
    lit = _lit(ground) if weights.daylight and ground.level.windows else None
    aisle = spine_boxes(ground.spine) if weights.aisle_surplus and visits else []
    if lit is None and not aisle:
        return modes
    seats = bank.seats + bank.wheelchair_bays
    return tuple(replace(m, runs=tuple(_cut(ground, seats, m, lit, aisle, visits))) for m in modes)


def _cut(ground: Ground, seats: int, mode: Mode, lit: Sums | None, aisle: list[Box], visits: int) -> Iterator[Run]:
    """A mode's runs in pieces of one price each."""
    for run in mode.runs:
        us = np.arange(run.lo, run.hi + 1)
        dark = seats * _dark_quarters(ground, lit, mode, run, us)
        tight = visits * _lack(aisle, mode, run, us)
        changes = np.flatnonzero((np.diff(dark) != 0) | (np.diff(tight) != 0)) + 1
        for first, after in pairwise([0, *changes.tolist(), len(us)]):
            yield replace(
                run, lo=int(us[first]), hi=int(us[after - 1]), dark=int(dark[first]), tight=int(tight[first])
            )  # fmt: skip


def _dark_quarters(ground: Ground, lit: Sums | None, mode: Mode, run: Run, us: Ints) -> Ints:
    """Quarters of the rows' floor without daylight, rounded up; none where nobody waits."""
    if mode.across_edge is not None:
        rows = mode.across_box()
    elif mode.inside.waiting is not None:
        low, depth = mode.offset(mode.inside.waiting)
        rows = (run.back + low, depth)
    else:
        return np.zeros_like(us)
    if lit is None:
        return np.zeros_like(us)
    whole = rows[1] * mode.inside.length
    has_light = sum_along(ground.raster, lit, mode.axis, rows, us, mode.inside.length).astype(np.int64)
    return -(-QUARTERS * (whole - has_light) // whole)


def _lack(aisle: list[Box], mode: Mode, run: Run, us: Ints) -> Ints:
    """Steps that the floor between the bank and the aisle lacks, begun ones counted."""
    if not aisle:
        return np.zeros_like(us)
    low, depth = mode.offset(mode.inside.full)
    low += run.back
    nearest = np.full(us.shape, SURPLUS_DM)
    for x, y, w, h in aisle:
        (u0, du), (c0, dc) = ((x, w), (y, h)) if mode.axis == "x" else ((y, h), (x, w))
        beside = np.maximum(u0 - us - mode.inside.length, us - u0 - du)
        nearest = np.minimum(nearest, np.maximum(beside, max(0, c0 - low - depth, low - c0 - dc)))
    return -(-(SURPLUS_DM - nearest) // STEP_DM)


def _lit(ground: Ground) -> Sums:
    """Cells whose middle has a window near; worked out once for a level."""
    known = ground.memo.lit
    if not known:
        known.append(integral(_near_windows(ground.level, ground.raster)))
    return known[0]


def _near_windows(level: Level, raster: Raster) -> npt.NDArray[np.bool_]:
    nx, ny = raster.shape()
    x = ((np.arange(nx) + raster.x0) * DM + DM / 2)[:, None]
    y = ((np.arange(ny) + raster.y0) * DM + DM / 2)[None, :]
    near = np.zeros((nx, ny), dtype=np.bool_)
    for window in level.windows:
        (px, py), (qx, qy) = window.p, window.q
        dx, dy = qx - px, qy - py
        along = np.clip(((x - px) * dx + (y - py) * dy) / max(dx * dx + dy * dy, 1), 0.0, 1.0)
        near |= np.hypot(x - px - along * dx, y - py - along * dy) <= DAYLIGHT_MM + GRACE_MM
    return near
