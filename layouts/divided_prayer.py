"""How a block of prayer rooms is divided: men's and women's side by side, doors at its outer ends, so that nobody looks from
one into the other; places to wash on both sides of the wall between, whose pipes serve both."""

from __future__ import annotations

from collections.abc import Sequence

from layouts.compartment import WALL_MM, Compartment, corners

FROM_WALL_MM = 600.0  # the middle of a door at a room's end, so that 150 lie beside it
LEAST_WIDE_MM = 2450.0  # of either room: a stool where one washes leaves 600 beside the door (ISO 21542)
PRAYER_ROOMS = ("prayer_room_men", "prayer_room_women")


def prayer_rooms(width: float, depth: float, shares: Sequence[float]) -> tuple[Compartment, ...]:
    """The two rooms of a block of that size; none where one would be too narrow."""
    left, low, right, high = -width / 2 + WALL_MM, WALL_MM, width / 2 - WALL_MM, depth - WALL_MM
    wide = right - left - WALL_MM
    first = wide * shares[0] / sum(shares)
    if min(first, wide - first) < LEAST_WIDE_MM:
        return ()
    men, women = (left, low, left + first, high), (left + first + WALL_MM, low, right, high)
    return (
        Compartment(kind="prayer_room_men", floor=corners(men), door_mm=left + FROM_WALL_MM),
        Compartment(kind="prayer_room_women", floor=corners(women), door_mm=right - FROM_WALL_MM, mirrored=True),
    )
