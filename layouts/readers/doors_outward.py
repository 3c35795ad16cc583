"""Doors without a use that lead outdoors, the likeliest way in first: guesses for people to look over.

A door in the floor's edge leads outdoors, and so does one between a room and a porch. Where visitors come in, the drawing says
by the room behind it (an entry, a lobby, a hall), a drawn leaf and its width; nobody comes in through a store or a bath.
"""

from __future__ import annotations

from shapely.geometry import Point, Polygon

from layouts.plan import Door, Level, Space
from layouts.readers.classes import door_use
from layouts.readers.porches import porches_at
from layouts.standing import door_sides, kind_of, shape_of

ON_EDGE_MM = 150.0  # single lines stand half a wall's thickness off the floor's edge
LEAST_MM, WIDEST_MM = 750, 4000  # wider openings are gates for vehicles, or glass
CLOSET_M2 = 3.0
FRONT, HERE, BACK = 2, 1, 0
WAYS_IN, NO_WAYS_IN = ("hall", "corridor"), ("wet", "plant", "stair", "lift")


def doors_outward(level: Level) -> list[Door]:
    """The likeliest way in first. What opens a porch itself is no door of the house."""
    edge = Polygon(level.outline).exterior
    doors = [d for d in level.doors if d.use == "internal" and LEAST_MM <= d.clear_mm <= WIDEST_MM]
    outward = [d for d in doors if all(edge.distance(Point(q)) <= ON_EDGE_MM for q in (d.p, d.q))]
    spaces = {s.id: s for s in level.spaces}
    rooms = {d.id: [spaces[s] for s in door_sides(level)[d.id] if s is not None] for d in doors}
    outward = [d for d in outward if not any(kind_of(room) == "outside" for room in rooms[d.id])]
    outward += [d for d in doors if d not in outward and porches_at(level, d)]
    return sorted(outward, key=lambda d: (-how_front(rooms[d.id]), d.swing == "none", -d.clear_mm, d.id))


def how_front(rooms: list[Space]) -> int:
    """What the rooms at a door say of it: that visitors come in there, nothing, or that nobody does."""
    inside = [room for room in rooms if kind_of(room) != "outside"]
    if any(kind_of(room) in WAYS_IN or "entrance" in door_use(room.name) for room in inside):
        return FRONT
    small = all(shape_of(room).area < CLOSET_M2 * 1e6 for room in inside)
    return BACK if inside and (small or any(kind_of(room) in NO_WAYS_IN for room in inside)) else HERE
