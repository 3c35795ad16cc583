"""A room of a block: what all divided blocks have in common. Axes: x along the front from its middle, y from it inwards; mm."""

from __future__ import annotations

from dataclasses import dataclass

WALL_MM = 100.0  # round the block and between its rooms
DOOR_MM, JAMB_MM = 900.0, 50.0
CORNER_MM = 150.0  # between the corner of a room that is not divided and its door
PULLED_MM = 1535.0  # free behind a door that is pulled open straight on, by every profile: 1525 (ADA; ISO, UN/ESCWA 1500)
PUSHED_MM = 1510.0  # and before one that is pushed open: 1500 (ISO, UN/ESCWA; ADA 1220); both with 10 for rounding
MARK = ">"  # between a block's id and the kind of a room of it
Box = tuple[float, float, float, float]
Outline = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """A room of a block: its kind, its floor, the middle of its door in the block's front (`out`: it opens to the public).

    `door_y_mm`: how deep in the block the wall with its door begins, where it is entered from another of its rooms.
    `through`: that room's kind. `mirrored`: what stands in it is set up for a door at the right.
    """

    kind: str
    floor: Outline
    door_mm: float
    out: bool = False
    door_y_mm: float = 0.0
    through: str = ""
    mirrored: bool = False
    cubicles: tuple[Box, ...] = ()
    basins: tuple[Box, ...] = ()
    pan: Box | None = None


def corners(box: Box) -> Outline:
    """The outline of a room that is a rectangle."""
    x0, y0, x1, y1 = box
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def bounds_of(room: Compartment) -> Box:
    """The rectangle that a room's floor lies in."""
    xs, ys = [x for x, _ in room.floor], [y for _, y in room.floor]
    return min(xs), min(ys), max(xs), max(ys)


def only_door(width: float) -> tuple[float, float]:
    """The door of a new room that is not divided: how far along its front from the middle, near the left end; how wide."""
    clear = min(DOOR_MM, width - 2 * WALL_MM - 100)
    roomy = width > clear + 2 * WALL_MM + 2 * CORNER_MM
    return (-width / 2 + WALL_MM + CORNER_MM + clear / 2 if roomy else 0.0), clear
