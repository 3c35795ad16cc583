"""Modes: for every module, every baseline, setback and inside, the positions at which it stands right; the ground they are on.

Columns, outline, doors and lost seats are all settled position by position (standing.py, laying.py); the solver never sees an
obstacle.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from layouts.plan import Level
from layouts.programme import BankRequirement, IslandRequirement, RoomRequirement
from solvers.placement.baselines import Arc, Wall
from solvers.placement.modules import Inside
from solvers.placement.problem import DM, Pose, SpineLine
from solvers.placement.raster import Mask, Raster, Sums, integral
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
    """What depends on the level alone, worked out once for all spines: where insides stand, what is off doors, the steps of
    slanted walls, and the floor with daylight."""

    stands: dict[tuple[object, ...], Mask] = field(default_factory=dict)
    off_doors: dict[tuple[int, int, bytes], Mask] = field(default_factory=dict)
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
