"""The programme: what must be placed, in the architect's sense of the word. Prepared fully; nothing is looked up later."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRules:
    """The lengths that shape modules, millimetres, from an access profile and the catalogue of fittings."""

    profile: str
    counter_width_mm: int
    accessible_counter_width_mm: int
    desk_depth_mm: int
    staff_zone_mm: int
    customer_zone_mm: int
    approach_aisle_mm: int
    seat_width_mm: int
    row_pitch_mm: int
    gangway_mm: int
    spine_widths_mm: tuple[int, ...]
    clear_width_mm: int
    turning_mm: int
    staff_corridor_mm: int
    room_front_mm: int
    wheelchair_bay_mm: tuple[int, int]
    setbacks_mm: tuple[int, ...] = (0, 1200, 2400)
    toilet_distance_mm: int = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRequirement:
    """A bank of pooled counters with its own waiting.

    `kind` is the catalogue id of its counters (counter, cashier, collection, …). `accessible_positions` of the
    `positions` are accessible ones. `seats` includes nothing else; `wheelchair_bays` come beside seats.
    """

    id: str
    label: str
    kind: str
    services: tuple[str, ...]
    positions: int
    accessible_positions: int
    seats: int
    wheelchair_bays: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRequirement:
    """A room to place along a wall: net area, least width, on the public or the staff side. `kind` is a catalogue id.

    `shares`: of several rooms planned as one block (`layouts.compartments`), the areas of each by the standards.
    """

    id: str
    label: str
    kind: str
    area_m2: float
    min_width_mm: int
    side: str
    depths_mm: tuple[int, ...] = ()
    shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IslandRequirement:
    """A free-standing or wall-hugging public-side fitting: reception, kiosks, document check, photo bay, security.

    `width_mm` along its front, `depth_mm` away from the public, `front_mm` of clear floor before it.
    `positions` is the number of desks or machines. `within_first` is the share of the spine, from the entrance, it must
    stand in (1.0: anywhere).
    """

    id: str
    label: str
    kind: str
    services: tuple[str, ...]
    positions: int
    accessible_positions: int
    width_mm: int
    depth_mm: int
    front_mm: int
    within_first: float = 1.0
    staffed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Visitors per day who walk entrance -> stops in order -> exit. Stops are ids of banks, rooms or islands,
    or of a door within the building (a lift's) by which they go to another floor and come back.

    `enters`, `leaves`: the doors by which they come onto the level and go from it, where that is not theirs to choose: one of
    several entrances, a lift. Empty: the nearest door (and in the placement the ends of the spine).
    """

    service: str
    visitors_per_day: int
    stops: tuple[str, ...]
    enters: str = ""
    leaves: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """A closeness rating (Muther): A, E, I, O, U or X between two module ids."""

    a: str
    b: str
    rating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All that must be placed on one level."""

    banks: tuple[BankRequirement, ...]
    rooms: tuple[RoomRequirement, ...]
    islands: tuple[IslandRequirement, ...]
    flows: tuple[Flow, ...]
    rules: LayoutRules
    nearness: tuple[Nearness, ...] = ()
