"""What stands where on a floor: the answer of the placement, and what routes add to it. Millimetres throughout."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.plan import Door, Point, Polygon, Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearZone:
    """Floor that belongs to an item and must stay free of solids.

    `use`: customer (before a counter), aisle (approach), queue, front (before a room or kiosk), turning (circle's square),
    staff (behind a counter), knee.
    """

    use: str
    polygon: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One placed thing: a counter, a seat, a room, a partition, a gate.

    `kind` is a catalogue id. `bank` is the id of the module it belongs to (a bank, room or island of the programme).
    `insert_mm` and `rotation_deg` place the catalogue's block: its local origin is the middle of its public front edge,
    local +y points away from the public (towards staff or wall); rotation counter-clockwise.
    `space` names an existing Space it stands in, if any. `solid` things may not be walked through. `shares`: the areas of the
    rooms that a block is divided into, in the order of its kind; without them the catalogue's.
    """

    id: str
    kind: str
    polygon: Ring
    insert_mm: Point
    rotation_deg: float
    bank: str | None = None
    services: tuple[str, ...] = ()
    label: str = ""
    clear_zones: tuple[ClearZone, ...] = ()
    accessible: bool = False
    pinned: bool = False
    space: str | None = None
    seats: int = 0
    phase: int = 0
    solid: bool = True
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spine:
    """The main public aisle from entrance to exit."""

    centreline: tuple[Point, ...]
    width_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A walked route on free public floor with its narrowest clear width and where that is."""

    from_id: str
    to_id: str
    visitors_per_day: int
    centreline: tuple[Point, ...]
    length_mm: int
    clear_width_mm: int
    narrowest: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedWall:
    """A stretch of a standing wall that goes: between which rooms it stood, where, and how long it is."""

    wall: str
    polygon: Ring
    length_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The hall made of a standing building's rooms: `spaces` joined where the `removed` walls stood.

    `staff_doors`: inner doors through which the staff come into it. `behind`: rooms that the staff reach without it.
    `doors`: new ones, from the hall into rooms that are used. `uses`: doors that serve otherwise than the plan says, such as
    a lift's, by which visitors come onto an upper floor. Without `spaces` the level's outline is the floor.
    """

    spaces: tuple[str, ...]
    removed: tuple[RemovedWall, ...] = ()
    staff_doors: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    doors: tuple[Door, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLayout:
    """What stands on one level. `public` and `staff` are floor areas that never overlap.

    `hall`: which rooms the planned floor was made of, where the building had rooms; None where the level's outline is it.
    """

    level: str
    items: tuple[Item, ...]
    public: tuple[Polygon, ...]
    staff: tuple[Polygon, ...]
    spine: Spine | None = None
    routes: tuple[Route, ...] = ()
    hall: Hall | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What stands where, level by level."""

    levels: tuple[LevelLayout, ...]
