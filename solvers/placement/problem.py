"""The question and the answer of the placement. Lengths in the model are whole decimetres (dm); plans are in millimetres."""

from __future__ import annotations

from dataclasses import dataclass, field

from layouts.findings import Finding
from layouts.layout import Hall, Item, Layout
from layouts.plan import Level, Obstacle
from layouts.programme import Programme
from layouts.standards import Profile
from solvers.effort import SolutionRecord
from solvers.placement.wish import DM, Wish

__all__ = ["BEHIND", "DM", "Missing", "Pinned", "Placement", "PlacementProblem", "Pose", "SpineLine", "Weights", "Wish"]


BEHIND = "behind"  # the baseline of a room that staff reach without the hall


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Goals' weights per daily visitor, from the placement study; open to the planner as data.

    `backtrack`: metres charged per metre walked against the flow, beyond the walk itself.  `lateral`: per metre off the spine.
    `room_lateral`, `room_share`: visitors to toilets and prayer as a share.  `staff_arc`: per metre of staff perimeter.
    `frontline`: metres charged for every counter line opened (aligns the banks).  `across`: metres charged per metre of a bank
    that waits across the spine.  `queue_in_spine`: metres charged for a fitting whose queue stands in the spine.
    `nearness`: metres charged per metre that the rated pairs lie apart, on the mean by their ratings (near.py).
    `new_walls`: metres charged for every metre of wall that is built round rooms: rooms that stand cost none.
    `walls_removed`: metres charged for every metre of a standing wall that is taken away for the hall.
    `crowding`: metres charged for every square metre that waiting areas lack to SEAT_FLOOR_M2 a seat (0: no matter).
    `daylight`: metres charged for every seat without a window near (0: no matter; comfort.py).
    `aisle_surplus`: metres charged, for each who stops at a bank, per metre that the floor beside the main aisle lacks there to
    one and a half (0: no matter).
    """

    backtrack: float = 5.0
    lateral: float = 1.0
    room_share: float = 0.08
    staff_arc: float = 0.05
    frontline: float = 0.3
    across: float = 0.03
    queue_in_spine: float = 0.4
    nearness: float = 0.1
    walls_removed: float = 0.1
    new_walls: float = 0.002
    crowding: float = 0.0
    daylight: float = 0.0
    aisle_surplus: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """A module that stays where it was: its pose in an earlier answer, and its items as they `stood` in it (stood.py)."""

    element: str
    pose: Pose
    stood: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Where one module stands, enough to draw it without the model.

    The module's local frame has u along its baseline and v from its back to its front. `axis` is the world axis of u,
    `u_dm` the world coordinate of the module's low end, `back_dm` the world coordinate (other axis) of v = 0 and `sign` the
    direction of v. `variant` and `rows` tell which inside it has; `across_dm` is the far edge of the spine where its
    waiting begins, if it waits across the spine. `space` is the room that stands which it takes: then the pose is at its door.
    """

    element: str
    baseline: str
    axis: str
    u_dm: int
    back_dm: int
    sign: int
    length_dm: int
    setback_dm: int
    variant: str
    rows: int = 0
    room_depth_dm: int = 0
    across_dm: int | None = None
    space: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementProblem:
    """One level and what must stand on it. `hall`: how `level` was made of a building's rooms, once that is chosen.

    `toilets_by_doors`: the only toilets stand near entrance and exit too; given up where nothing fits so (`solve`).
    `access`, `egress`: profiles whose rules about ways a layout keeps as long as one that does is found (keeping.py); None:
    not asked of it.
    """

    level: Level
    programme: Programme
    weights: Weights = field(default_factory=Weights)
    pins: tuple[Pinned, ...] = ()
    max_spines: int = 5
    wishes: tuple[Wish, ...] = ()
    hall: Hall | None = None
    toilets_by_doors: bool = True
    access: Profile | None = field(default=None, hash=False)  # the question is found again by all else that it holds
    egress: Profile | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpineLine:
    """A candidate spine: orthogonal centreline in dm, and its width."""

    id: str
    points: tuple[tuple[int, int], ...]
    width_dm: int

    def length_dm(self) -> int:
        return sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in zip(self.points, self.points[1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Why nothing fits: the modules that found no place, and what would help (codes)."""

    elements: tuple[str, ...]
    reasons: tuple[tuple[str, dict[str, str | int | float]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The answer: a layout, the poses it was drawn from, the record of the solve; or why there is none.

    `blocks`: the walls that its typology builds into the level; poses, arcs and spine refer to the level with them.
    `hall`: the rooms that its hall is made of, where the building had rooms; all else refers to the level as planned with it.
    `given_up`: the rules about ways that no layout was found to keep.
    """

    record: SolutionRecord
    layout: Layout | None
    poses: tuple[Pose, ...] = ()
    arcs: tuple[tuple[str, int, int], ...] = ()
    spine: SpineLine | None = None
    missing: Missing | None = None
    blocks: tuple[Obstacle, ...] = ()
    hall: Hall | None = None
    given_up: tuple[Finding, ...] = ()
