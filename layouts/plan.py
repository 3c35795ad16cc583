"""The building as data: frozen, whole millimetres, nothing computed.

All coordinates are millimetres in the project's own frame (`Frame` tells how the source drawing maps onto it).
Rings are counter-clockwise, not closed (the first point is not repeated). Ids are unique within a level.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[int, int]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """An area: one outer ring and any number of holes, millimetres."""

    outer: Ring
    holes: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How the source drawing maps onto ours: ours = rotate(scale_to_mm * source) - origin_mm."""

    source_unit: str = "mm"
    scale_to_mm: float = 1.0
    origin_mm: Point = (0, 0)
    rotation_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """A wall by its centreline from `a` to `b`.

    `structural`: it stays (True), it may go at a price (False), or nobody said and its thickness tells (None).
    """

    id: str
    a: Point
    b: Point
    thickness_mm: int
    structural: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A door leaf or doorway.

    `p`-`q` is the clear opening on the face of the wall towards the hall (on the level's outline for an outer door).
    `use`: entrance | exit | entrance_exit | staff | internal.  `swing`: in | out | slide | none (seen from the hall).
    `hinge`: p | q.  `clear_mm` is the clear width with the leaf open.
    """

    id: str
    use: str
    p: Point
    q: Point
    clear_mm: int
    swing: str = "in"
    hinge: str = "p"
    wall: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window in the outline from `p` to `q`."""

    id: str
    p: Point
    q: Point
    sill_mm: int = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column by its outline."""

    id: str
    outline: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Anything solid that stays: shaft, stair, planter."""

    id: str
    kind: str
    outline: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A room that stands in the building. `kind` is a catalogue id where known, else empty."""

    id: str
    name: str
    kind: str
    outline: Polygon


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One storey.

    `outline` is the inner face of the envelope of the floor that may be planned (the hall): what lies outside it,
    and inside `holes`, is not ours to furnish. Entrances, exits and staff doors lie on the outline or a hole's edge.
    """

    id: str
    name: str
    elevation_mm: int
    outline: Ring
    holes: tuple[Ring, ...] = ()
    walls: tuple[Wall, ...] = ()
    doors: tuple[Door, ...] = ()
    windows: tuple[Window, ...] = ()
    columns: tuple[Column, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    spaces: tuple[Space, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPlan:
    """The whole building. `north_deg`: the direction of north, degrees counter-clockwise from +x."""

    levels: tuple[Level, ...]
    frame: Frame = field(default_factory=Frame)
    north_deg: float = 90.0


TOLD_DOOR = "door-told-"  # how ids begin of doors that people told of a drawing that does not show them
ENTRANCE_USES = ("entrance", "entrance_exit")
EXIT_USES = ("exit", "entrance_exit")


def doors_of_use(level: Level, uses: tuple[str, ...]) -> tuple[Door, ...]:
    """The level's doors of the given uses, in the plan's order."""
    return tuple(door for door in level.doors if door.use in uses)
