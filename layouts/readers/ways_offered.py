"""Doors that a drawing does not name as ways in and out, guessed for people to look over, never taken by themselves.

The widest outer door is offered as entrance, the next one far from it as exit (else one door for both). A drawing without such
doors (part of a larger building, an upper floor) is offered a new one in the floor's edge, at its largest room. The staff's
doors follow from these: they serve most of the hall that is made of the rooms at the public's doors (`staff_ways.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shapely.geometry import LineString, Point, Polygon

from layouts.geometry import door_middle
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, FloorPlan, Level, doors_of_use
from layouts.plan import Point as At
from layouts.readers.framing import to_source
from layouts.staff_ways import staff_ways
from layouts.standing import shape_of

ON_EDGE_MM = 150.0  # single lines stand half a wall's thickness off the floor's edge
WIDEST_MM = 4000  # wider openings are gates for vehicles, or glass
APART_MM = 6000  # one door for in and out is better than two that stand nearer
LEAST_MM, ENTRANCE_MM = 750, 1800
CORNER_MM = 600  # wall left beside a new door


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOffered:
    """A use for a door that stands (`door`), or for a new one (empty): where, in our millimetres and in drawing units."""

    use: str
    at: At
    in_drawing: tuple[float, float]
    width_mm: int
    door: str = ""
    serves_mm: int = 0  # of the hall's edge, where it is the staff's

    def option(self) -> str:
        """As it is told: the value of `--door`."""
        x, y = (f"{value:.3f}".rstrip("0").rstrip(".") for value in self.in_drawing)
        if self.door:
            return f"change {x},{y} use={self.use}"
        return f"add {x},{y} use={self.use} width={self.width_mm}"


def ways_offered(plan: FloorPlan) -> tuple[WayOffered, ...]:
    """Doors for the uses that the planned level lacks."""
    if not plan.levels:
        return ()
    level = _with_length(plan.levels[0])
    place = to_source(plan.frame)
    found: list[WayOffered] = []
    for use in _lacking(level):
        taken = [_at(d) for d in level.doors if d.use != "internal"]
        chosen = _standing(level, use, taken) or _new(level)
        if chosen is None:
            continue
        at, width, door = chosen
        found.append(WayOffered(use=use, at=at, in_drawing=place(at), width_mm=width, door=door))
        level = _with(level, found[-1])
    if not doors_of_use(level, ("staff",)):
        for way in staff_ways(level, _outer(level)):
            told = WayOffered(
                use="staff", at=way.at, in_drawing=place(way.at), width_mm=way.width_mm, door=way.door, serves_mm=way.serves_mm
            )
            found.append(told)
    return tuple(found)


def _with_length(level: Level) -> Level:
    """Without walls and doors that a reading left no length: their faults are told by others."""
    walls, doors = (tuple(w for w in level.walls if w.a != w.b), tuple(d for d in level.doors if d.p != d.q))
    return replace(level, walls=walls, doors=doors)


def _with(level: Level, way: WayOffered) -> Level:
    """The level as it is once the offer is taken."""
    if way.door:
        return replace(level, doors=tuple(replace(d, use=way.use) if d.id == way.door else d for d in level.doors))
    edge = next((a, b) for a, b in _edges(level.outline) if LineString([a, b]).distance(Point(way.at)) <= 1)
    (ax, ay), (bx, by), half = *edge, way.width_mm / 2 / math.dist(*edge)
    dx, dy = (bx - ax) * half, (by - ay) * half
    ends = (tuple(round(c + side * d) for c, d in zip(way.at, (dx, dy))) for side in (-1, 1))
    p, q = ((x, y) for x, y in ends)
    return replace(level, doors=(*level.doors, Door(id=f"offered-{way.use}", use=way.use, p=p, q=q, clear_mm=way.width_mm)))


def _lacking(level: Level) -> Iterator[str]:
    """Uses that no door has; one door for both ways where two would stand beside each other."""
    entrance, exit_ = (not doors_of_use(level, uses) for uses in (ENTRANCE_USES, EXIT_USES))
    if entrance:
        one = exit_ and not _two_apart(level)
        yield "entrance_exit" if one else "entrance"
        exit_ = exit_ and not one
    if exit_:
        yield "exit"


def _outer(level: Level) -> list[Door]:
    """Doors without a use in the floor's edge, the widest first."""
    edge = Polygon(level.outline).exterior
    doors = (d for d in level.doors if d.use == "internal" and LEAST_MM <= d.clear_mm <= WIDEST_MM)
    outer = [d for d in doors if all(edge.distance(Point(q)) <= ON_EDGE_MM for q in (d.p, d.q))]
    return sorted(outer, key=lambda d: (-d.clear_mm, d.id))


def _two_apart(level: Level) -> bool:
    middles = [door_middle(d) for d in _outer(level)]
    return any(math.dist(a, b) >= APART_MM for a in middles for b in middles)


Chosen = tuple[At, int, str]


def _standing(level: Level, use: str, taken: list[At]) -> Chosen | None:
    """The widest outer door that is far enough from those already used."""
    for door in _outer(level):
        if all(math.dist(_at(door), other) >= (APART_MM if use == "exit" else 1) for other in taken):
            return _at(door), door.clear_mm, door.id
    return None


def _new(level: Level) -> Chosen | None:
    """A door in the floor's edge, before the largest room."""
    edges = [edge for edge in _edges(level.outline) if math.dist(*edge) >= ENTRANCE_MM + 2 * CORNER_MM]
    rooms = sorted(level.spaces, key=lambda s: -float(shape_of(s).area))[:1]

    def worth(edge: tuple[At, At]) -> tuple[float, float]:
        near = max((-float(shape_of(room).distance(Point(_middle(edge)))) for room in rooms), default=0.0)
        return min(near, -ON_EDGE_MM), math.dist(*edge)

    best = max(edges, key=worth, default=None)
    return (_middle(best), ENTRANCE_MM, "") if best else None


def _edges(ring: tuple[At, ...]) -> Iterator[tuple[At, At]]:
    yield from zip(ring, (*ring[1:], ring[0]))


def _at(door: Door) -> At:
    x, y = door_middle(door)
    return round(x), round(y)


def _middle(edge: tuple[At, At]) -> At:
    (ax, ay), (bx, by) = edge
    return round((ax + bx) / 2), round((ay + by) / 2)
