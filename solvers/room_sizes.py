"""Net areas of rooms from the people who use them. Figures: default where no source is named."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from layouts.catalogue import fitting
from layouts.compartment import WALL_MM, bounds_of
from layouts.compartments import COMBINED, compartments
from layouts.divided_toilets import LEAST_BEHIND_MM, LEAST_BESIDE_MM, cubicles_in

WC_PER_MEN = 125
WC_PER_WOMEN = 65
"""IPC-2018 table 403.1, A-3 public halls: one WC per 125 men, one per 65 women."""
LEAST_WC_PER_SEX = 2
"""So that one may fail (default)."""
CUBICLE_M2 = 3.0
"""A cubicle 900 x 1500 with its share of basin and circulation (default)."""
LOBBY_M2 = 3.0
"""Screened lobby of each sex (default)."""
ACCESSIBLE_WC_M2 = 4.6
"""2000 x 2300, a room with a door of its own: AD M 5.10 asks 1700 x 2200 (from memory), a circle clear of WC and basin more."""
ACCESSIBLE_WC_WITH_WALLS = 1.15

PRAYING_SHARE = 0.10
"""Share of those in the hall who pray at the same time (default)."""
PRAYER_M2_PER_PERSON = 1.1
ABLUTION_M2 = 3.0

RESTING_SHARE = 0.25
"""Share of the staff on duty who rest at the same time (default: four half-hours of breaks overlap little)."""
STAFF_ROOM_M2_PER_PERSON = 1.8

SHARE_OF_WOMEN = 0.5
"""Men and women come in equal numbers unless counted (IPC 403.1.1)."""

WALLS_BETWEEN_M2 = {"back_of_house": 1.5, "prayer_rooms": 0.5}
"""What the walls between the rooms of a block take: without it each would lack to its own area."""

DEPTHS_MM = (2400, 2700, 3000, 3600, 4200, 4800, 5400, 6000)
LEAST_DEPTH_MM = {"toilets": 3900, "toilet_accessible": 2400}
"""New rooms that are less deep leave no clear floor between cubicles and basins as they are set up (tried, 5 to 9.4 m long),
or none before the door of an accessible toilet (tried, 3.7 to 8 m2).
A room that stands is used by its least width all the same, and its check tells."""
DIVIDED_DEPTHS_MM = tuple(ceil(least[1] / 100) * 100 for least in (LEAST_BESIDE_MM, LEAST_BEHIND_MM))
"""At which new toilets are divided: women, accessible and men side by side, or two behind the third on a short front."""
PRAYER_DEPTHS_MM = (2400, 2700, 3000, 3300, 3600, 3900, 4200, 4800, 5400, 6000, 7200, 8400)
"""Of a row of two rooms: about a row of mats from one to the next, so that the shortest front is offered too."""
LARGE_DEPTHS_MM = (6600, 7200, 8400, 9600, 12000)
LARGE_M2 = 90.0
"""Only open offices and halls are larger; they may be deeper than a room that daylight must reach from one side."""
GREATEST_SLENDERNESS = 3.0
"""A room longer than three times its depth is a corridor (default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """Who the rooms are for: people in the hall at its peak, staff on duty at once, back-office workers at once."""

    hall: int
    on_duty: int
    back_office: int


NOBODY = Users(hall=0, on_duty=0, back_office=0)


def toilets_m2(users: Users) -> float:
    """Cubicles per sex by IPC's ratios, lobbies, and one accessible WC (AD M 5.10) with its walls."""
    women = ceil(users.hall * SHARE_OF_WOMEN)
    men = users.hall - women
    cubicles = max(LEAST_WC_PER_SEX, ceil(men / WC_PER_MEN)) + max(LEAST_WC_PER_SEX, ceil(women / WC_PER_WOMEN))
    return cubicles * CUBICLE_M2 + 2 * LOBBY_M2 + ACCESSIBLE_WC_M2 * ACCESSIBLE_WC_WITH_WALLS


def prayer_room_m2(users: Users) -> float:
    """For one sex: those who pray at a time x 1.1 m2, with ablution; never below the catalogue's room."""
    persons = ceil(users.hall / 2 * PRAYING_SHARE)
    return max(fitting("prayer_room_men").area_m2, persons * PRAYER_M2_PER_PERSON + ABLUTION_M2)


def back_office_m2(users: Users) -> float:
    """Desks used at once x area per person; room for one at the least."""
    return max(1, users.back_office) * fitting("back_office").area_m2


def staff_room_m2(users: Users) -> float:
    """Those who rest at a time x 1.8 m2; never below the catalogue's room."""
    return max(fitting("staff_room").area_m2, ceil(users.on_duty * RESTING_SHARE) * STAFF_ROOM_M2_PER_PERSON)


def room_m2(kind: str, users: Users) -> float:
    """Net area of one room of `kind` from the standards; without a rule of its own, the catalogue's."""
    if kind == "toilets":
        return toilets_m2(users)
    if kind in ("prayer_room_men", "prayer_room_women"):
        return prayer_room_m2(users)
    if kind == "back_office":
        return back_office_m2(users)
    if kind == "staff_room":
        return staff_room_m2(users)
    if kind in COMBINED:
        return sum(room_m2(part, users) for part in COMBINED[kind]) + WALLS_BETWEEN_M2.get(kind, 0.0)
    return fitting(kind).area_m2


def forms_mm(kind: str, area_m2: float, min_width_mm: int) -> tuple[int, ...]:
    """Depths at which a new room of a kind is offered: blocks of several rooms such that they are divided, toilets with all
    cubicles that their area is for; what is too small for that, and all else, as their usual depths allow."""
    if kind == "toilets":
        asked = max(2 * LEAST_WC_PER_SEX, floor((area_m2 - toilets_m2(NOBODY)) / CUBICLE_M2) + 2 * LEAST_WC_PER_SEX)
        divided = tuple(d for d in DIVIDED_DEPTHS_MM if cubicles_in(_length_mm(area_m2, d), d) >= asked)
        if divided:
            return divided
    if kind == "prayer_rooms":  # a row of rooms, none of them a corridor, may be as long as it likes
        rows = tuple(d for d in PRAYER_DEPTHS_MM if _in_shape(kind, _length_mm(area_m2, d), d))
        if rows:
            return rows
    usual = depths_mm(area_m2, min_width_mm, least_mm=LEAST_DEPTH_MM.get(kind, 0))
    return tuple(d for d in usual if kind in COMBINED and compartments(kind, _length_mm(area_m2, d), d)) or usual


def _in_shape(kind: str, width: int, depth: int) -> bool:
    """Whether a block of that size is divided, into rooms that are no corridors."""
    sides = [(x1 - x0, y1 - y0) for x0, y0, x1, y1 in map(bounds_of, compartments(kind, width, depth))]
    return bool(sides) and all(max(s) <= GREATEST_SLENDERNESS * min(s) for s in sides)


def _length_mm(area_m2: float, depth_mm: int) -> int:
    """How long a room along a wall is, its own walls round it."""
    return ceil((area_m2 * 1e6 / (depth_mm - 2 * WALL_MM) + 2 * WALL_MM) / 100) * 100


def depths_mm(area_m2: float, min_width_mm: int, *, least_mm: int = 0) -> tuple[int, ...]:
    """Depths, from `least_mm`, at which both sides are >= the least width within the walls and the longer is at most three
    times the shorter.

    A room that fits none of the usual depths is square.
    """
    offered = DEPTHS_MM + LARGE_DEPTHS_MM if area_m2 >= LARGE_M2 else DEPTHS_MM
    fitting_depths = tuple(
        depth
        for depth in offered
        if depth >= least_mm
        and depth - 2 * WALL_MM >= min_width_mm
        and (width := area_m2 * 1e6 / depth) >= min_width_mm
        and max(width, depth) <= GREATEST_SLENDERNESS * min(width, depth)
    )
    square = max(min_width_mm, (area_m2 * 1e6) ** 0.5) + 2 * WALL_MM
    return fitting_depths or (max(least_mm, ceil(square / 100) * 100),)
