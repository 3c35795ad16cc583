"""What stands in the rooms of a divided block: in toilets cubicles, basins and the accessible one's fittings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exports import blocks_rooms as rooms
from exports.blocks_rooms import JAMB_MM, LEAF_MM, SWING_MM, THIN_MM, TURNING_MM, WALL_MM, pan_at
from exports.blocks_shapes import Shapes, arc, circle, line, mirrored, on_floor, rect, shifted, wheelchair
from exports.drawing import Shape
from layouts.compartment import Box, Compartment, bounds_of
from layouts.compartments import COMBINED
from layouts.divided_prayer import PRAYER_ROOMS

SYMBOLS = {
    "archive": rooms.archive,
    "server_room": rooms.server_room,
    "ups_room": rooms.ups_room,
    "back_office": rooms.back_office,
    "staff_room": rooms.staff_room,
    "prayer_room_men": rooms.prayer_room,
    "prayer_room_women": rooms.prayer_room,
}
SCREEN_MM, NARROWEST_MM = 60.0, 1600.0


def divided(rooms: Iterable[Compartment], *, across: bool = False) -> Shapes:
    """The strokes of all rooms of a block; the walls between them are its shell's. `across`: how mats lie in prayer rooms."""
    return tuple(shape for room in rooms for shape in inside(room, across=across))


def inside(room: Compartment, *, across: bool = False) -> Shapes:
    """What stands in one of them: as in a room of its kind alone, from its door; in toilets what their division names."""
    if room.kind not in SYMBOLS:
        return tuple(_toilets(room))
    x0, y0, x1, y1 = bounds_of(room)
    wall = WALL_MM if y0 else 0.0  # an open floor has none
    size = (x1 - x0 + 2 * wall, y1 - y0 + 2 * wall)
    shapes = rooms.prayer_room(*size, across=True) if across and room.kind in PRAYER_ROOMS else SYMBOLS[room.kind](*size)
    placed = (mirrored(s) if room.mirrored else s for s in shapes)
    return (*(shifted(s, 0.0, ((x0 + x1) / 2, y0 - wall)) for s in placed), *_screen(room))


def _screen(room: Compartment) -> Shapes:
    """Between desks and the staff room of an open floor, short of the way along the wall."""
    x0, y0, _, y1 = bounds_of(room)
    return (rect(x0 - SCREEN_MM / 2, SWING_MM, x0 + SCREEN_MM / 2, y1),) if room.kind == "staff_room" and not y0 else ()


def in_one_room(kind: str, shares: Sequence[float], w: float, d: float) -> Shapes:
    """What stands in a room that serves as a whole block: the furniture of its parts side by side, as wide as their shares; in
    a narrow one that of the first alone."""
    shapes: list[Shape] = []
    at, wide = -w / 2 + WALL_MM, w - 2 * WALL_MM
    if wide * min(shares) / sum(shares) < NARROWEST_MM:
        return SYMBOLS[COMBINED[kind][0]](w, d)
    for part, share in zip(COMBINED[kind], shares, strict=True):
        own = wide * share / sum(shares)
        shapes += (shifted(s, 0.0, (at + own / 2, 0.0)) for s in SYMBOLS[part](own + 2 * WALL_MM, d))
        at += own
    return tuple(shapes)


def _toilets(room: Compartment) -> Iterator[Shape]:
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
