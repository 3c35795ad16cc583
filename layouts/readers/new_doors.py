"""Places for doors that a drawing does not show, in the floor's edge: before its largest room, exits far from the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from shapely.geometry import LineString, Point

from layouts.geometry import door_middle, union
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level
from layouts.plan import Point as At
from layouts.staff_ways import lines_of, places_along
from layouts.standing import has_rooms, rooms_at, shape_of

ON_EDGE_MM = 150.0  # single lines stand half a wall's thickness off the floor's edge
ENTRANCE_MM, EXIT_MM = 1800, 1200
CORNER_MM = 600  # wall left beside a new door
MARGIN_MM, JAMB_MM = 400, 200  # the least, beside corners and beside other openings
HALL_MM = 450.0  # a room this near the floor's edge lies at it


def entrance_place(level: Level) -> At | None:
    """In the middle of a long edge before the largest room."""
    edges = [edge for edge in _edges(level) if math.dist(*edge) >= ENTRANCE_MM + 2 * CORNER_MM]
    rooms = sorted(level.spaces, key=lambda s: -float(shape_of(s).area))[:1]

    def worth(edge: tuple[At, At]) -> tuple[float, float]:
        near = max((-float(shape_of(room).distance(Point(_middle(edge)))) for room in rooms), default=0.0)
        return min(near, -ON_EDGE_MM), math.dist(*edge)

    best = max(edges, key=worth, default=None)
    return _middle(best) if best else None


def exit_place(level: Level, others: Sequence[At]) -> At | None:
    """Where the rooms at the public's doors lie at the floor's edge, as far from the other doors as can be."""
    rooms = set(rooms_at(level, (*ENTRANCE_USES, *EXIT_USES))) if has_rooms(level) else set[str]()
    public = union(shape_of(s).buffer(HALL_MM) for s in level.spaces if s.id in rooms) if rooms else None
    openings = [*((d.p, d.q) for d in level.doors), *((w.p, w.q) for w in level.windows)]
    taken = union(LineString(ends).buffer(JAMB_MM, cap_style="square") for ends in openings)
    places: list[tuple[float, float]] = []
    for edge in _edges(level):
        side = LineString(edge).difference(taken)
        for piece in lines_of(side.intersection(public) if public is not None else side):
            if piece.length >= EXIT_MM + 2 * MARGIN_MM:
                places += places_along(piece, EXIT_MM / 2 + MARGIN_MM)
    best = max(places, key=lambda at: min((math.dist(at, other) for other in others), default=0.0), default=None)
    return (round(best[0]), round(best[1])) if best else None


def middles(level: Level, uses: tuple[str, ...]) -> list[At]:
    """Where the doors of these uses are."""
    return [(round(x), round(y)) for x, y in (door_middle(d) for d in level.doors if d.use in uses)]


def _edges(level: Level) -> Iterator[tuple[At, At]]:
    ring = level.outline
    return (edge for edge in zip(ring, (*ring[1:], ring[0])) if edge[0] != edge[1])


def _middle(edge: tuple[At, At]) -> At:
    (ax, ay), (bx, by) = edge
    return round((ax + bx) / 2), round((ay + by) / 2)
