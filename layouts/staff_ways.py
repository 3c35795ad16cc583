"""Doors for the staff: those by which they come behind the counters along most of the edge of the hall that visitors enter.

Visitors' doors cut a hall's edge into stretches, and staff who keep off visitors' floor serve the stretch that their door opens
on. A door that stands serves it where it opens on the hall, or on rooms from which an inner door leads there; else a new one is
cut where the hall lies at the floor's edge. Where one door leaves more than a third of the edge unserved, a second is sought.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, union
from layouts.hall import hall_floor
from layouts.layout import Hall, RemovedWall
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, Level
from layouts.plan import Point as At
from layouts.standing import behind_hall, door_sides, has_rooms, kind_of, partings, rooms_at, shape_of, standing_rules

ON_EDGE_MM = 450.0  # a door so near a hall's edge opens on it
CLEAR_MM = 1000  # wanted between a door of the staff's and one of the public's
JAMB_MM = 200  # at least, beside any opening
STAFF_MM, MARGIN_MM = 1000, 400  # wall left on both sides
ENOUGH = 2 / 3  # of the hall's edge served by one door
MOST = 2
LOBBY = 0.5  # of the largest room: rooms at the public's doors that are smaller together lead to the hall and are none


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffWay:
    """A door that stands (`door`) or a new one, and how much of the hall's edge it opens to the staff."""

    at: At
    width_mm: int
    door: str
    serves_mm: int


Span = tuple[float, float]  # along the ring; past its length where it runs over the start


def staff_ways(level: Level, outer: Sequence[Door]) -> list[StaffWay]:
    """For what no staff door opens on yet. `outer`: doors without a use in the floor's edge; visitors' doors have theirs."""
    rooms = _hung_together(level, _seeds(level)) if has_rooms(level) else frozenset[str]()
    edge = _Edge.of(level, rooms)
    there = [door_middle(d) for d in level.doors if d.use == "staff"]
    left = [s for s in edge.stretches() if all(edge.along(at, s) is None for at in there)]
    found: list[StaffWay] = []
    while left and len(found) < MOST and sum(map(_length, left)) > (1 - ENOUGH) * edge.ring.length:
        choices = [*_standing(level, edge, rooms, outer, left), *_new(level, edge, left)]
        best = max(choices, key=lambda choice: choice[0], default=None)
        if best is None:
            break
        _, way, served = best
        found.append(way)
        left = [stretch for stretch in left if stretch not in served]
    return found


@dataclass(frozen=True, slots=True)
class _Edge:
    """The edge of the hall that is made of the rooms at the public's doors, and where on it these doors are."""

    ring: LineString
    public: tuple[Span, ...]

    @classmethod
    def of(cls, level: Level, rooms: frozenset[str]) -> _Edge:
        ring = LineString(_floor(level, rooms).exterior.coords)
        public = (d for d in level.doors if d.use in (*ENTRANCE_USES, *EXIT_USES))
        spans = sorted(_span(ring, d) for d in public if ring.distance(Point(door_middle(d))) <= ON_EDGE_MM)
        return cls(ring, tuple(spans))

    def stretches(self) -> Iterator[Span]:
        """From each of the public's doors to the next one; all round where there is none."""
        whole = float(self.ring.length)
        if not self.public:
            yield 0.0, whole
        for (_, end), (start, _) in zip(self.public, (*self.public[1:], self.public[0]) if self.public else ()):
            yield end, start if start >= end else start + whole

    def along(self, at: tuple[float, float], stretch: Span) -> float | None:
        """How far a point of the edge is from the nearer end of a stretch; None where it is not on it."""
        if self.ring.distance(Point(at)) > ON_EDGE_MM:
            return None
        s, whole = float(self.ring.project(Point(at))), float(self.ring.length)
        s = s if s >= stretch[0] else s + whole
        return min(s - stretch[0], stretch[1] - s) if s <= stretch[1] else None


def _seeds(level: Level) -> tuple[str, ...]:
    """The rooms at the public's doors; where these are lobbies, the largest room of the floor too."""
    never, areas = standing_rules()["use"]["never_hall"], {s.id: float(shape_of(s).area) for s in level.spaces}
    may = [s.id for s in level.spaces if kind_of(s) not in never]
    rooms = tuple(r for r in rooms_at(level, (*ENTRANCE_USES, *EXIT_USES)) if r in may)
    largest = max(may, key=lambda r: areas[r], default="")
    lobbies = bool(rooms) and sum(areas[r] for r in rooms) < LOBBY * areas[largest]
    return (*rooms, largest) if lobbies else rooms


def _hung_together(level: Level, seeds: tuple[str, ...]) -> frozenset[str]:
    """The rooms at the public's doors, with the fewest others by which walls that may go join them to the first."""
    pairs = {p.rooms for p in partings(level) if not p.stays and p.length_mm >= STAFF_MM}
    beside = {room: sorted({r for pair in pairs if room in pair for r in pair} - {room}) for pair in pairs for room in pair}
    rooms = frozenset(seeds[:1])
    for seed in seeds[1:]:
        ways: list[tuple[str, ...]] = [(room,) for room in sorted(rooms)]
        k = 0
        seen = set(rooms)
        while k < len(ways) and seed not in rooms:
            way, k = ways[k], k + 1
            rooms |= frozenset(way) if way[-1] == seed else frozenset()
            further = [r for r in beside.get(way[-1], []) if r not in seen]
            seen.update(further)
            ways += [(*way, r) for r in further]
    return rooms


def _floor(level: Level, rooms: frozenset[str]) -> Polygon:
    if not rooms:
        return Polygon(level.outline)
    between = (p for p in partings(level) if not p.stays and rooms.issuperset(p.rooms))
    gone = tuple(RemovedWall(wall=p.wall, polygon=p.polygon, length_mm=p.length_mm) for p in between)
    return hall_floor(level, Hall(spaces=tuple(sorted(rooms)), removed=gone))


def _span(ring: LineString, door: Door) -> Span:
    low, high = sorted(float(ring.project(Point(end))) for end in (door.p, door.q))
    return (low, high) if high - low < ring.length / 2 else (high, low + float(ring.length))


def _length(stretch: Span) -> float:
    return stretch[1] - stretch[0]


Choice = tuple[tuple[float, ...], StaffWay, list[Span]]


def _choice(way: StaffWay, served: list[Span], rank: int, clear: float) -> Choice:
    """With how good it is: the edge that it opens, whether it is clear of the public's doors, whether it stands."""
    serves = round(sum(map(_length, served)))
    return (serves // 1000, clear >= CLEAR_MM, rank, clear), replace(way, serves_mm=serves), served


def _standing(level: Level, edge: _Edge, rooms: frozenset[str], outer: Sequence[Door], left: list[Span]) -> Iterator[Choice]:
    """Doors that stand, each with the stretches that it serves."""
    for door in outer:
        at = door_middle(door)
        way = StaffWay(at=(round(at[0]), round(at[1])), width_mm=door.clear_mm, door=door.id, serves_mm=0)
        inner = _inner(level, door, rooms)
        for doors, rank in (((door,), 2), (inner, 1)):
            clear = {s: [c for d in doors if (c := edge.along(door_middle(d), s)) is not None] for s in left}
            served = [s for s, found in clear.items() if found]
            if served:
                yield _choice(way, served, rank, min(max(clear[s]) for s in served))


def _inner(level: Level, door: Door, rooms: frozenset[str]) -> tuple[Door, ...]:
    """The inner doors by which staff who come in there get to the hall without passing through it."""
    told = replace(level, doors=tuple(replace(d, use="staff") if d.id == door.id else d for d in level.doors))
    behind, sides = frozenset(behind_hall(told, rooms)), door_sides(level)
    between = (d for d in level.doors if d.use == "internal" and d.id != door.id)
    return tuple(d for d in between if rooms.intersection(sides[d.id]) and behind.intersection(sides[d.id]))


def _new(level: Level, edge: _Edge, left: list[Span]) -> Iterator[Choice]:
    """New doors where the hall lies at the floor's edge, as far along each stretch from the public's doors as can be."""
    openings = [*((d.p, d.q) for d in level.doors), *((w.p, w.q) for w in level.windows)]
    taken = union(LineString(ends).buffer(JAMB_MM) for ends in openings)
    for a, b in zip(level.outline, (*level.outline[1:], level.outline[0])):
        side = LineString([a, b])
        for piece in lines_of(side.intersection(edge.ring.buffer(ON_EDGE_MM, cap_style="flat")).difference(taken)):
            if piece.length < STAFF_MM + 2 * MARGIN_MM:
                continue
            margin = MARGIN_MM + STAFF_MM / 2
            for stretch in left:
                at = max(places_along(piece, margin), key=lambda p: edge.along(p, stretch) or 0.0)
                clear = edge.along(at, stretch)
                if clear is not None and clear >= STAFF_MM / 2 + JAMB_MM:
                    way = StaffWay(at=(round(at[0]), round(at[1])), width_mm=STAFF_MM, door="", serves_mm=0)
                    yield _choice(way, [stretch], 0, clear)


def places_along(piece: LineString, margin: float) -> list[tuple[float, float]]:
    """Middles that a door in a straight piece of wall may have: both ends and between them, every half metre."""
    steps = max(1, int((piece.length - 2 * margin) // 500))
    along = (margin + k * (piece.length - 2 * margin) / steps for k in range(steps + 1))
    return [(p.x, p.y) for p in map(piece.interpolate, along)]


def lines_of(shape: BaseGeometry) -> list[LineString]:
    return [g for g in getattr(shape, "geoms", (shape,)) if isinstance(g, LineString) and not g.is_empty]
