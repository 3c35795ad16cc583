"""What stands in the rooms of a divided block of toilets: cubicles with their doors, basins, the accessible one's fittings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exports.blocks_rooms import JAMB_MM, LEAF_MM, THIN_MM, TURNING_MM, pan_at
from exports.blocks_shapes import Shapes, arc, circle, line, on_floor, rect, wheelchair
from exports.drawing import Shape
from layouts.compartments import Box, Compartment


def divided(rooms: Iterable[Compartment]) -> Shapes:
    """The strokes of all rooms of a block; the walls between them are its shell's."""
    return tuple(shape for room in rooms for shape in _room(room))


def _room(room: Compartment) -> Iterator[Shape]:
    for cubicle in room.cubicles:
        yield from _cubicle(cubicle, walled=cubicle != room.cubicles[-1])
    for x0, y0, x1, y1 in room.basins:
        yield rect(x0, y0, x1, y1)
        yield circle(((x0 + x1) / 2, (y0 + y1) / 2), min(150.0, (x1 - x0) / 2 - 50))
    if room.pan is not None:
        yield from _accessible(room, room.pan)


def _cubicle(box: Box, *, walled: bool) -> Iterator[Shape]:
    """A pan at the back wall; the door opens inwards beside it."""
    x0, y0, x1, y1 = box
    hinge, leaf = x1 - JAMB_MM, min(LEAF_MM, x1 - x0 - 2 * JAMB_MM)
    yield from pan_at((x0 + x1) / 2, y1)
    if walled:
        yield line((x1, y1), (x1, y0))
    yield line((x0, y0), (hinge - leaf, y0))
    yield line((hinge, y0), (x1, y0))
    yield from on_floor(line((hinge, y0), (hinge, y0 + leaf)), arc((hinge, y0), leaf, 90, 180))


def _accessible(room: Compartment, pan: Box) -> Iterator[Shape]:
    """The pan with a rail on either side, and the circle in which a wheelchair turns behind the door."""
    (x0, y0), (x1, y1) = room.floor[0], room.floor[2]
    middle, radius = ((x0 + x1) / 2, y0 + TURNING_MM / 2), TURNING_MM / 2
    yield from pan_at((pan[0] + pan[2]) / 2, y1)
    yield line((x1 - 60, y1 - 150), (x1 - 60, y1 - 850))
    yield line((pan[0] - 150, y1), (pan[0] - 150, y1 - 600))
    yield from on_floor(arc(middle, radius, 0, 180), arc(middle, radius, 180, 360), *wheelchair(middle, 420))


def ground_of(room: Compartment) -> tuple[Box, ...]:
    """The floor that its fittings take, cubicles as one body."""
    rows = room.cubicles
    body = ((rows[0][0], rows[0][1] - THIN_MM / 2, rows[-1][2], rows[-1][3]),) if rows else ()
    return (*body, *room.basins, *((room.pan,) if room.pan is not None else ()))
