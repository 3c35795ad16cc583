"""The direction of prayer, drawn in prayer rooms as an arrow: mats lie along the walls nearest to it.

The way of the great circle from the centre to the Kaaba, as spherical trigonometry has it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import shapely

from exports.drawing import Line, Polyline, Shape, Xy, turned
from exports.item_boxes import size_of
from exports.room_shells import floor_of, rooms_of
from layouts.layout import Item

LAYER = "A-ANNO-QIBL-N"
KAABA = (21.4225, 39.8262)  # degrees north and east
PRAYER_KINDS = ("prayer_room", "prayer_room_men", "prayer_room_women", "prayer_rooms")
ARROW_MM, HEAD_MM = 900.0, 260.0
ASIDE = 0.3  # of the room's length off its middle, where its name stands


def qibla_deg(latitude_deg: float, longitude_deg: float) -> float:
    """The direction of prayer at a place, degrees clockwise from true north."""
    lat, goal = math.radians(latitude_deg), math.radians(KAABA[0])
    turn = math.radians(KAABA[1] - longitude_deg)
    return math.degrees(math.atan2(math.sin(turn), math.cos(lat) * math.tan(goal) - math.sin(lat) * math.cos(turn))) % 360.0


def prayer_deg(place: Xy | None, north_deg: float) -> float | None:
    """The direction of prayer in the plan, counter-clockwise from its x axis; None where nobody said where it stands."""
    return None if place is None else (north_deg - qibla_deg(*place)) % 360.0


def draw_prayer(items: Iterable[Item], place: Xy | None, north_deg: float) -> Iterator[Shape]:
    """An arrow in every prayer room; none where nobody said where on earth (latitude, longitude) the centre stands."""
    degrees = prayer_deg(place, north_deg)
    if degrees is None:
        return
    turn = math.radians(degrees)
    for item in items:
        if item.kind in PRAYER_KINDS:
            for room, door in _rooms(item):
                yield from _arrow(item.id, _spot(room, door), (math.cos(turn), math.sin(turn)))


def _rooms(item: Item) -> Iterator[tuple[shapely.Polygon, Xy]]:
    """The rooms that it is, with the place of each one's door; a room alone has its at the left end."""
    rooms = [(floor_of(r, item), r.door_mm) for r in rooms_of(item)]
    for room, x in rooms or [(shapely.Polygon(item.polygon), -size_of(item)[0] / 2)]:
        yield room, turned((x, 0.0), item.insert_mm, item.rotation_deg)


def _spot(room: shapely.Polygon, door: Xy) -> Xy:
    """A place in the room beside its name, away from its door."""
    middle = room.representative_point() if not room.contains(room.centroid) else room.centroid
    x0, y0, x1, y1 = room.bounds
    off = (ASIDE * (x1 - x0), 0.0) if x1 - x0 >= y1 - y0 else (0.0, ASIDE * (y1 - y0))
    beside = [(middle.x + k * off[0], middle.y + k * off[1]) for k in (1, -1)]
    inside = room.buffer(-ARROW_MM / 2)
    far = max(beside, key=lambda p: math.dist(p, door))
    return far if inside.contains(shapely.Point(far)) else (middle.x, middle.y)


def _arrow(id: str, at: Xy, d: Xy) -> Iterator[Shape]:
    def put(ahead: float, aside: float) -> Xy:
        return (at[0] + d[0] * ahead - d[1] * aside, at[1] + d[1] * ahead + d[0] * aside)

    tip = ARROW_MM / 2
    yield Line(layer=LAYER, kind="qibla", id=id, a=put(-tip, 0), b=put(tip, 0))
    head = (put(tip, 0), put(tip - HEAD_MM, HEAD_MM / 2), put(tip - HEAD_MM, -HEAD_MM / 2))
    yield Polyline(layer=LAYER, kind="qibla", id=id, points=head, closed=True)
