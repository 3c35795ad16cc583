"""How the staff's blocks are divided.

back of house : archive, server room and UPS, each with a door on the staff's corridor; or, in a deep block, the UPS behind
                the server room and entered from it.
staff suite   : an open floor, desks at the left, the staff room at the right behind a screen; staff walk past along the wall.
"""

from __future__ import annotations

from collections.abc import Sequence

from layouts.compartment import WALL_MM, Box, Compartment, bounds_of, corners
from layouts.server_racks import BEHIND_MM, OPENED_MM, RACK_MM, ROUND_MM, racks_in

FROM_WALL_MM = 600.0  # the middle of a door at a room's end, so that 150 lie beside it
ARCHIVE_WIDE_MM, SERVER_WIDE_MM, UPS_WIDE_MM = 1800.0, 2270.0, 1600.0  # at the least
GOOD_SERVER_MM = OPENED_MM + RACK_MM[1] + BEHIND_MM
UPS_DEEP_MM = 800.0 + OPENED_MM  # its cabinets, and before them
ZONE_WIDE_MM = 1900.0
BACK_OF_HOUSE = ("archive", "server_room", "ups_room")
STAFF_SUITE = ("back_office", "staff_room")


def back_of_house(width: float, depth: float, shares: Sequence[float]) -> tuple[Compartment, ...]:
    """The rooms of a block in which what lacks most to its share lacks least; none where they do not fit."""
    left, low, right, high = -width / 2 + WALL_MM, WALL_MM, width / 2 - WALL_MM, depth - WALL_MM
    archive, server, ups = (s / sum(shares) for s in shares)
    block = (left, low, right, high)
    tried = [f for f in (_beside(block, archive, server, ups), _behind(block, archive, server, ups)) if f]
    return min(tried, key=lambda rooms: _lack(rooms, (archive, server, ups)), default=())


def _lack(rooms: Sequence[Compartment], shares: Sequence[float]) -> float:
    """The share of its area that the room lacks which lacks most."""
    areas = [(b[2] - b[0]) * (b[3] - b[1]) for b in map(bounds_of, rooms)]
    return max(1 - area / (share * sum(areas)) for area, share in zip(areas, shares, strict=True))


def _beside(block: Box, archive: float, server: float, ups: float) -> tuple[Compartment, ...]:
    """All along the front; narrow rooms are given their least width at the archive's cost."""
    x0, y0, x1, y1 = block
    wide = x1 - x0 - 2 * WALL_MM
    last, middle = max(UPS_WIDE_MM, wide * ups), max(SERVER_WIDE_MM, wide * server)
    first = wide - middle - last
    a, b = x0 + first, x0 + first + WALL_MM + middle
    if first < ARCHIVE_WIDE_MM or not racks_in((a + WALL_MM, y0, b, y1)):
        return ()
    boxes = ((x0, y0, a, y1), (a + WALL_MM, y0, b, y1), (b + WALL_MM, y0, x1, y1))
    return tuple(_room(kind, box) for kind, box in zip(BACK_OF_HOUSE, boxes, strict=True))


def _behind(block: Box, archive: float, server: float, ups: float) -> tuple[Compartment, ...]:
    """The archive as deep as the block; beside it the server room, with racks that are got behind, and the UPS at its back."""
    x0, y0, x1, y1 = block
    a, deep = x0 + max(ARCHIVE_WIDE_MM, (x1 - x0 - WALL_MM) * archive), y1 - y0 - WALL_MM
    fair = deep * server / (server + ups)
    b = y0 + min(max(fair, GOOD_SERVER_MM), deep - UPS_DEEP_MM)
    front = (a + WALL_MM, y0, x1, b)
    racks = racks_in(front)
    if x1 - a - WALL_MM < SERVER_WIDE_MM or deep - (b - y0) < UPS_DEEP_MM or not racks:
        return ()
    if max(r[2] for r in racks) > x1 - ROUND_MM:  # they stand before the door that leads on
        return ()
    door = x1 - FROM_WALL_MM  # in line with the way round the racks
    back = corners((a + WALL_MM, b + WALL_MM, x1, y1))
    return (
        _room("archive", (x0, y0, a, y1)),
        _room("server_room", front),
        Compartment(kind="ups_room", floor=back, door_mm=door, door_y_mm=b, through="server_room", mirrored=True),
    )


def _room(kind: str, box: Box) -> Compartment:
    return Compartment(kind=kind, floor=corners(box), door_mm=box[0] + FROM_WALL_MM)


def staff_suite(width: float, depth: float, shares: Sequence[float]) -> tuple[Compartment, ...]:
    """Two parts of one floor without walls; none where one would be too narrow to sit in."""
    if width < 2 * ZONE_WIDE_MM:
        return ()
    office = min(max(ZONE_WIDE_MM, width * shares[0] / sum(shares)), width - ZONE_WIDE_MM) - width / 2
    boxes = ((-width / 2, 0.0, office, depth), (office, 0.0, width / 2, depth))
    return tuple(_room(kind, box) for kind, box in zip(STAFF_SUITE, boxes, strict=True))
