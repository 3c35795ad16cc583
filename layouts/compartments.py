"""Blocks of several rooms: into which each kind is divided, and how a placed one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from layouts.catalogue import fitting
from layouts.compartment import Compartment, only_door
from layouts.divided_prayer import PRAYER_ROOMS, prayer_rooms
from layouts.divided_staff import BACK_OF_HOUSE, STAFF_SUITE, back_of_house, staff_suite
from layouts.divided_toilets import toilets
from layouts.geometry import sides_mm
from layouts.layout import Item

Divided = Callable[[float, float, Sequence[float]], tuple[Compartment, ...]]

COMBINED: Mapping[str, tuple[str, ...]] = {
    "staff_suite": STAFF_SUITE,
    "back_of_house": BACK_OF_HOUSE,
    "prayer_rooms": PRAYER_ROOMS,
}
"""Rooms planned as one block: sized as the sum of its parts, placed as one, built and named as several."""
DIVIDED: Mapping[str, Divided] = {
    "staff_suite": staff_suite,
    "back_of_house": back_of_house,
    "prayer_rooms": prayer_rooms,
}
OPEN_BLOCKS = ("staff_suite",)  # no walls in them: staff walk through


def parts_of(item: Item, width: float, depth: float) -> tuple[Compartment, ...]:
    """The rooms of a new block; a room that stands is used as it stands."""
    if item.space or not (item.solid or item.kind in OPEN_BLOCKS):
        return ()
    return compartments(item.kind, width, depth, item.shares)


def compartments(kind: str, width: float, depth: float, shares: Sequence[float] = ()) -> tuple[Compartment, ...]:
    """The rooms of a block of that size; none where it is one room. `shares`: their areas, without them the catalogue's."""
    if kind == "toilets":
        return toilets(width, depth)
    if kind not in COMBINED:
        return ()
    return DIVIDED[kind](width, depth, shares or tuple(fitting(part).area_m2 for part in COMBINED[kind]))


def front_doors(item: Item) -> tuple[float, ...]:
    """Where along its front the public enters a room, from the middle of the front: the doors of a divided block, else the one.

    A room that stands has its door where it was set down.
    """
    if item.space or not item.solid:
        return (0.0,)
    width, depth = sides_mm(item)
    rooms = parts_of(item, round(width), round(depth))
    return tuple(r.door_mm for r in rooms if not r.through) or (only_door(round(width))[0],)
