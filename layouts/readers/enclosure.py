"""What the walls enclose once openings are closed: rooms, the building's inside, and the hall among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.findings import BadInput
from layouts.readers.classes import hall_rank
from layouts.readers.marks import Label
from layouts.readers.solids import clean_area, clean_ring, polygons_of

LEAST_ROOM_MM2 = 1_000_000.0
SLIVER_MM = 250.0
LEAST_HOLE_MM2 = 10_000.0
MOST_NAMES = 3  # a hall has its name, perhaps an area and a note
LEAST_HALL_MM2 = 30_000_000.0  # an unnamed room smaller than this is nobody's public hall
HALL_SHARE = 0.6  # a room this large a part of the building is the hall even without a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An enclosed area with its names, the largest text first. `open`: not enclosed by walls alone.

    `areas` are texts that write an area and no name.
    """

    area: Polygon
    names: tuple[Label, ...] = ()
    open: bool = False
    areas: tuple[Label, ...] = ()

    @property
    def name(self) -> str:
        """The name with the largest letters."""
        return self.names[0].text if self.names else ""


def enclosed_rooms(closed: BaseGeometry, labels: Sequence[Label]) -> list[Room]:
    """The areas that the closed walls enclose, largest first, each with the labels that lie in it.

    What stands free in a room (a core, a lone wall) is a hole of it, filled: rooms in a core are rooms of their own.
    """
    rooms = []
    solids = polygons_of(closed)
    filled = [clean_area(solid.exterior) for solid in solids]
    tree, words = shapely.STRtree(filled), shapely.STRtree([shapely.Point(label.at) for label in labels])
    for index, solid in enumerate(solids):
        for ring in solid.interiors:
            area = clean_area(ring)
            if area.area < LEAST_ROOM_MM2 or not area.is_valid:
                continue
            islands = [filled[k] for k in tree.query(area, predicate="contains_properly") if k != index]
            outer = [q for q in islands if not any(q is not r and r.covers(q) for r in islands)]
            area = Polygon(area.exterior, [q.exterior for q in outer])
            inside = [labels[k] for k in words.query(area, predicate="contains")]
            rooms.append(Room(area=area, names=tuple(sorted(inside, key=lambda t: (-round(t.height, 3), t.text)))))
    return sorted(rooms, key=lambda room: -room.area.area)


def with_areas(rooms: Sequence[Room], labels: Sequence[Label]) -> list[Room]:
    """The rooms with the texts in them that write nothing but an area."""
    if not labels:
        return list(rooms)
    tree = shapely.STRtree([shapely.Point(label.at) for label in labels])
    return [
        replace(room, areas=tuple(labels[k] for k in sorted(tree.query(room.area, predicate="contains").tolist())))
        for room in rooms
    ]


def open_rooms(inside: Polygon, closed: BaseGeometry, rooms: Sequence[Room], labels: Sequence[Label]) -> list[Room]:
    """The enclosed rooms inside the building, and what floor is left open between its walls, largest first."""
    kept = [room for room in rooms if inside.intersection(room.area).area > 0.5 * room.area.area]
    left = inside.difference(shapely.unary_union([closed, *(room.area for room in kept)]))
    # slivers between a wall and the footprint's straightened edge are no floor
    for part in polygons_of(left.buffer(-SLIVER_MM, quad_segs=2).buffer(SLIVER_MM, quad_segs=2, join_style="mitre")):
        holes = [clean_area(hole).exterior for hole in part.interiors if Polygon(hole).area > LEAST_HOLE_MM2]
        area = Polygon(clean_area(part.exterior).exterior, holes)
        if area.area < LEAST_ROOM_MM2 or not area.is_valid:
            continue
        inner = [label for label in labels if area.contains(shapely.Point(label.at))]
        kept.append(Room(area=area, names=tuple(sorted(inner, key=lambda t: (-round(t.height, 3), t.text))), open=True))
    return sorted(kept, key=lambda room: -room.area.area)


def choose_hall(rooms: Sequence[Room], named: str = "") -> tuple[Room | None, float]:
    """The room to plan and how sure: the one people named, one whose name says so, one far larger than the rest."""
    if named:
        said = [room for room in rooms if any(named.casefold() in label.text.casefold() for label in room.names)]
        return (said[0], 1.0) if said else (None, 0.0)
    total = sum(room.area.area for room in rooms)
    ranked = []
    for room in rooms:
        tall = 0.95 * room.names[0].height if room.names else 0.0
        ranks = [rank for t in room.names if t.height >= tall and (rank := hall_rank(t.text)) is not None]
        if ranks and room.area.area > 0.15 * total:
            ranked.append((min(ranks), -room.area.area, room))
    if ranked:
        hall = min(ranked, key=lambda entry: entry[:2])[2]
        # many names in one area are rooms that could not be told apart, not one hall
        return (hall, 0.95) if len(hall.names) <= MOST_NAMES else (None, 0.0)
    large = rooms and not rooms[0].open and rooms[0].area.area >= max(HALL_SHARE * total, LEAST_HALL_MM2)
    if large and len(rooms[0].names) <= MOST_NAMES:
        return rooms[0], 0.8
    return None, 0.0


def no_such_hall(file: str, hall: str, rooms: Sequence[Room]) -> BadInput:
    """What is said where no room bears the name that people gave: the names there are, or that there are none."""
    known = ", ".join(r.name for r in rooms if r.name)
    if known:
        return BadInput("recipe.hall_unknown", file=file, hall=hall, rooms=known)
    return BadInput("recipe.no_room_named", file=file, hall=hall, rooms=len(rooms))


def inner_envelope(closed: BaseGeometry, rooms: Sequence[Room], thickest: float) -> Polygon | None:
    """The inside of the whole building: its rooms grown together over the walls between them."""
    if not rooms:
        return None
    reach = thickest / 2 + 2
    grown = shapely.unary_union(shapely.buffer([room.area for room in rooms], reach, join_style="mitre"))
    parts = polygons_of(grown.buffer(-reach, join_style="mitre"))
    return Polygon(clean_ring(list(parts[0].exterior.coords)[:-1], 1.5)) if parts else None
