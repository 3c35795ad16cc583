"""What the walls enclose once openings are closed: rooms, the building's inside, and the hall among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.readers.classes import hall_rank
from layouts.readers.marks import Label
from layouts.readers.solids import clean_ring, polygons_of

LEAST_ROOM_MM2 = 1_000_000.0
HALL_SHARE = 0.6  # a room this large a part of the building is the hall even without a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An enclosed area with its names, the largest text first."""

    area: Polygon
    names: tuple[Label, ...] = ()

    @property
    def name(self) -> str:
        """The name with the largest letters."""
        return self.names[0].text if self.names else ""


def enclosed_rooms(closed: BaseGeometry, labels: Sequence[Label]) -> list[Room]:
    """The areas that the closed walls enclose, largest first, each with the labels that lie in it."""
    rooms = []
    solids = polygons_of(closed)
    for solid in solids:
        for ring in solid.interiors:
            area = Polygon(clean_ring(list(ring.coords)[:-1])) if len(ring.coords) > 4 else Polygon(ring)
            if area.area < LEAST_ROOM_MM2 or not area.is_valid:
                continue
            inside = [label for label in labels if area.contains(shapely.Point(label.at))]
            rooms.append(Room(area=area, names=tuple(sorted(inside, key=lambda t: (-t.height, t.text)))))
    return sorted(rooms, key=lambda room: -room.area.area)


def choose_hall(rooms: Sequence[Room], named: str = "") -> tuple[Room | None, float]:
    """The room to plan and how sure: the one people named, one whose name says so, one far larger than the rest."""
    if named:
        said = [room for room in rooms if any(named.casefold() in label.text.casefold() for label in room.names)]
        return (said[0], 1.0) if said else (None, 0.0)
    total = sum(room.area.area for room in rooms)
    ranked = []
    for room in rooms:
        ranks = [rank for label in room.names if (rank := hall_rank(label.text)) is not None]
        if ranks and room.area.area > 0.15 * total:
            ranked.append((min(ranks), -room.area.area, room))
    if ranked:
        return min(ranked, key=lambda entry: entry[:2])[2], 0.95
    if rooms and rooms[0].area.area >= HALL_SHARE * total:
        return rooms[0], 0.8
    return None, 0.0


def inner_envelope(closed: BaseGeometry, rooms: Sequence[Room], thickest: float) -> Polygon | None:
    """The inside of the whole building: its rooms grown together over the walls between them."""
    if not rooms:
        return None
    reach = thickest / 2 + 2
    grown = shapely.unary_union([room.area.buffer(reach, join_style="mitre") for room in rooms])
    parts = polygons_of(grown.buffer(-reach, join_style="mitre"))
    return Polygon(clean_ring(list(parts[0].exterior.coords)[:-1], 1.5)) if parts else None
