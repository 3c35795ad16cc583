"""Halls that a building with rooms offers: which rooms to join, and which walls must go for it.

A hall is a set of rooms that hangs together once the walls between them that may go are gone, holds every room that an
entrance or exit opens on, and has floor enough for what must stand in it, where floor too narrow for a bank beside an aisle
counts nothing: a hall of corridors is no hall. Several are grown, each by another leaning; the race bounds them all.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from shapely.geometry import Point, Polygon

from layouts.geometry import door_middle, union
from layouts.hall import as_planned, hall_floor
from layouts.layout import Hall, RemovedWall
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level, Space, doors_of_use
from layouts.programme import Programme
from layouts.standing import SLACK_MM, Parting, behind_hall, door_sides, kind_of, partings, rooms_at, shape_of, standing_rules
from layouts.wall_ends import wall_ends
from solvers.placement.baselines import staff_arcs, walls_of
from solvers.placement.modules import bank_insides
from solvers.placement.problem import DM, PlacementProblem
from solvers.placement.rooms import fits

HALLS = 6  # raced at most
KEPT = 4  # questions whose halls are remembered
WAYS = 1.9  # floor of a hall over the floor of what stands in it: aisles, corridors, corners (default)
SIZES = (1.0, 1.12, 1.25, 1.4, 1.6, 1.8)  # times that, at which a growing hall is offered
LEAST_OPENING_MM = 2000  # rooms are joined where at least this much wall may go, doors in it left out
CELL_MM2 = 20e6  # rooms that stand alone in a hall on less than this are made part of it where their walls may go
STAFF_DOORS = 3  # inner doors that are made staff doors at most: each takes floor for its corridor
LOOKS = 3  # for ends of walls that are left
AT_HALL_MM = 1000  # a staff door nearer than this may be one of the hall's
WORTH_DM = 40  # of perimeter that a further staff door must add


@dataclass(frozen=True, slots=True)
class _Join:
    """Two rooms that can be one: the walls that go, metres of them; `wide`: enough of them for the two to be one floor."""

    rooms: tuple[str, str]
    walls: tuple[Parting, ...]
    wide: bool

    def metres(self) -> float:
        return sum(w.length_mm for w in self.walls) / 1000


def halls_for(problem: PlacementProblem) -> tuple[Hall, ...]:
    """The halls to race, different ones, those with least wall to take away first; none where no rooms hang together."""
    return _halls(problem.level, problem.programme)


@lru_cache(maxsize=KEPT)
def _halls(level: Level, programme: Programme) -> tuple[Hall, ...]:
    """They are asked for again for every width of the main aisle."""
    problem = PlacementProblem(level=level, programme=programme)
    seeds = tuple(dict.fromkeys((*rooms_at(level, ENTRANCE_USES), *rooms_at(level, EXIT_USES))))
    spaces = {s.id: s for s in level.spaces}
    joins = tuple(_joins(level, spaces, frozenset(seeds)))
    start = _joined(seeds, joins)
    if not seeds or start is None:
        return ()
    floor = _Floor(level, joins, least_hall_m2(problem, frozenset(seeds)), least_depth_mm(problem))
    found: dict[frozenset[str], Hall] = {}

    def grow(from_rooms: frozenset[str]) -> None:
        for leaning in (_cheapest, _largest, _nearest(level)):
            for rooms in _grown(from_rooms, spaces, floor, leaning):
                if rooms not in found:
                    found[rooms] = _hall(level, rooms, floor.walls(rooms))

    grow(start)
    if programme.banks and not any(_is_staffed(level, hall) for hall in found.values()):
        for room in rooms_at(level, ("staff",)):  # what the staff's door opens on becomes part of the hall
            if (way := _way(start, room, joins)) is not None:
                grow(start | way)
    staffed = {h.spaces: _is_staffed(level, h) for h in found.values()}
    halls = sorted(
        found.values(), key=lambda h: (not staffed[h.spaces], sum(r.length_mm for r in h.removed), len(h.spaces), h.spaces)
    )
    return tuple(halls[:HALLS])


def _is_staffed(level: Level, hall: Hall) -> bool:
    """Do staff come into the hall by any door?"""
    return bool(doors_of_use(as_planned(level, hall), ("staff",)))


def unstaffed(problem: PlacementProblem) -> tuple[tuple[str, dict[str, str | int | float]], ...]:
    """A proof that no hall of any of the rooms has staff behind its counters: the level has no staff door, or the rooms that
    staff reach from it without the public's have walls that stay, and no door, between them and all that can be hall."""
    level = problem.level
    staff = doors_of_use(level, ("staff",))
    if not problem.programme.banks:
        return ()
    if not staff:
        return (("placement.no_staff_door", {"level": level.id}),)
    seeds = frozenset((*rooms_at(level, ENTRANCE_USES), *rooms_at(level, EXIT_USES)))
    hall = set(seeds)
    joins = tuple(_joins(level, {s.id: s for s in level.spaces}, seeds))
    while more := {r for join in joins if hall.intersection(join.rooms) for r in join.rooms} - hall:
        hall |= more
    behind, sides = {*behind_hall(level, seeds), *rooms_at(level, ("staff",))}, door_sides(level)
    led_to = (sides[d.id] for d in level.doors if behind.intersection(sides[d.id]))
    ground = union(shape_of(s) for s in level.spaces if s.id in hall)
    if behind & hall or any(hall.intersection(pair) for pair in led_to):
        return ()
    if not all(any(sides[d.id]) and ground.distance(Point(door_middle(d))) > AT_HALL_MM for d in staff):
        return ()
    doors = ", ".join(d.id for d in staff)
    return (("placement.staff_door_serves_no_hall", {"door": doors, "level": level.id}),)


def no_hall(problem: PlacementProblem) -> tuple[tuple[str, dict[str, str | int | float]], ...]:
    """Why no hall can be made of the building's rooms: no room has the doors, or walls that stay keep those rooms apart."""
    level = problem.level
    for uses in (ENTRANCE_USES, EXIT_USES):
        if not rooms_at(level, uses):
            return (("placement.no_room_at_door", {"use": uses[0], "level": level.id}),)
    names = {s.id: s.name or s.id for s in level.spaces}
    seeds = dict.fromkeys((*rooms_at(level, ENTRANCE_USES), *rooms_at(level, EXIT_USES)))
    return (("placement.rooms_kept_apart", {"rooms": ", ".join(names[s] for s in seeds)}),)


def kept_small(problem: PlacementProblem) -> tuple[tuple[str, dict[str, str | int | float]], ...]:
    """A proof that no hall holds the counters: the rooms that can be joined with those at the doors have less floor than
    counters, their people and islands cover; with the walls that have to stay towards other rooms."""
    level, spaces = problem.level, {s.id: s for s in problem.level.spaces}
    seeds = frozenset((*rooms_at(level, ENTRANCE_USES), *rooms_at(level, EXIT_USES)))
    joins = tuple(_joins(level, spaces, seeds))
    rooms, wide = seeds, [join.rooms for join in joins if join.wide]
    while more := {r for pair in wide if rooms.intersection(pair) for r in pair} - rooms:
        rooms |= more
    walls = tuple(dict.fromkeys(w for join in joins if rooms.issuperset(join.rooms) for w in join.walls))
    area = float(hall_floor(level, _hall(level, rooms, walls, staffed=False)).area) / 1e6
    needed = _solid_m2(problem)
    if area >= needed:
        return ()
    names, never = {s.id: s.name or s.id for s in level.spaces}, standing_rules()["use"]["never_hall"]
    beyond: dict[str, None] = {}
    for parting in partings(level):
        others = [r for r in parting.rooms if r not in rooms and kind_of(spaces[r]) not in never]
        if parting.stays and rooms.intersection(parting.rooms) and others and parting.length_mm >= LEAST_OPENING_MM:
            beyond |= {f"{names[others[0]]} ({parting.wall})": None}
    values: dict[str, str | int | float] = {
        "rooms": ", ".join(names[r] for r in sorted(rooms)), "area_m2": round(area, 1), "needed_m2": round(needed, 1),
        "walls": ", ".join(beyond) or "-",
    }  # fmt: skip
    return (("placement.hall_kept_small", values),)


def _solid_m2(problem: PlacementProblem) -> float:
    """Floor that counters with their staff and visitors, and islands, cover at least: what no other module may touch."""
    insides = (bank_insides(bank, problem.programme.rules) for bank in problem.programme.banks)
    banks = sum(min(i.length * i.solid[1] for i in found if i.solid is not None) for found in insides) * DM * DM
    return (banks + sum(i.width_mm * i.depth_mm for i in problem.programme.islands)) / 1e6


def least_hall_m2(problem: PlacementProblem, seeds: frozenset[str]) -> float:
    """Floor that a hall should have: banks and islands, and rooms that fit into none of the rooms that stand, with ways."""
    rules = problem.programme.rules
    total = sum(i.width_mm * (i.depth_mm + i.front_mm) / 1e6 for i in problem.programme.islands)
    for bank in problem.programme.banks:
        total += min((i.length * (i.full[1] + i.across) for i in bank_insides(bank, rules)), default=0) / 100
    free = [s for s in problem.level.spaces if s.id not in seeds]
    for room in sorted(problem.programme.rooms, key=lambda r: -r.area_m2):
        taken = min((s for s in free if fits(room, s)), key=lambda s: float(shape_of(s).area), default=None)
        if taken is None:
            total += room.area_m2 * 1.3
        else:
            free.remove(taken)
    return total * WAYS


def least_depth_mm(problem: PlacementProblem) -> int:
    """How deep floor is at least where a bank stands, the narrowest main aisle included."""
    rules = problem.programme.rules
    depths = [i.full[1] for bank in problem.programme.banks for i in bank_insides(bank, rules)]
    return min(depths, default=0) * DM + min(rules.spine_widths_mm)


def _joins(level: Level, spaces: dict[str, Space], seeds: frozenset[str]) -> Iterator[_Join]:
    """Pairs of rooms that walls which may go part."""
    by_pair: dict[tuple[str, str], list[Parting]] = {}
    for parting in partings(level):
        if not parting.stays:
            by_pair.setdefault(parting.rooms, []).append(parting)
    never = standing_rules()["use"]["never_hall"]
    for pair, walls in by_pair.items():
        if not any(kind_of(spaces[r]) in never and r not in seeds for r in pair):
            yield _Join(pair, tuple(walls), sum(w.length_mm for w in walls) >= LEAST_OPENING_MM)


@dataclass(frozen=True, slots=True)
class _Floor:
    """What halls are measured by: the floor that must be had, and how deep floor must be to count."""

    level: Level
    joins: tuple[_Join, ...]
    need_m2: float
    depth_mm: int
    known: dict[frozenset[str], Polygon] = field(default_factory=dict)

    def walls(self, rooms: frozenset[str]) -> tuple[Parting, ...]:
        """All walls between the rooms that may go: what is left of them would stand about in the hall."""
        return tuple(dict.fromkeys(w for join in self.joins if rooms.issuperset(join.rooms) for w in join.walls))

    def area_mm2(self, rooms: frozenset[str]) -> float:
        """Floor of the rooms made one that is deep enough for banks."""
        floor, half = self._made(rooms), self.depth_mm / 2
        return float(floor.buffer(-half).buffer(half, join_style="mitre").intersection(floor).area)

    def whole(self, rooms: frozenset[str]) -> frozenset[str]:
        """The rooms with cells that they leave standing alone in their midst, in everybody's way, and that open wide."""
        if rooms.issuperset(r for join in self.joins if join.wide for r in join.rooms):
            return rooms
        cells = [Polygon(h) for h in self._made(rooms).interiors if Polygon(h).area < CELL_MM2]
        inside = {s.id for s in self.level.spaces if any(shape_of(s).representative_point().within(cell) for cell in cells)}
        wide = [join.rooms for join in self.joins if join.wide]
        while more := inside.intersection(r for pair in wide if rooms.intersection(pair) for r in pair) - rooms:
            rooms |= more
            inside -= more
        return rooms

    def _made(self, rooms: frozenset[str]) -> Polygon:
        if rooms not in self.known:
            self.known[rooms] = hall_floor(self.level, _hall(self.level, rooms, self.walls(rooms), staffed=False))
        return self.known[rooms]


def _joined(seeds: tuple[str, ...], joins: tuple[_Join, ...]) -> frozenset[str] | None:
    """The seeds made one: each joined to those before by the way that takes least wall away."""
    if not seeds:
        return None
    rooms: frozenset[str] = frozenset(seeds[:1])
    for seed in seeds[1:]:
        way = _way(rooms, seed, joins)
        if way is None:
            return None
        rooms |= way
    return rooms


def _way(rooms: frozenset[str], goal: str, joins: tuple[_Join, ...]) -> frozenset[str] | None:
    """Rooms between a set of rooms and another room, and that, by least metres of wall (Dijkstra)."""
    queue: list[tuple[float, str, tuple[str, ...]]] = [(0.0, room, ()) for room in sorted(rooms)]
    done: set[str] = set()
    while queue:
        cost, room, way = heapq.heappop(queue)
        if room == goal:
            return frozenset((*way, goal))
        if room in done:
            continue
        done.add(room)
        for join in joins:
            if join.wide and room in join.rooms:
                other = join.rooms[join.rooms[0] == room]
                heapq.heappush(queue, (cost + join.metres(), other, (*way, room)))
    return None


Leaning = Callable[[float, Space], float]


def _cheapest(metres: float, room: Space) -> float:
    """Most floor for a metre of wall."""
    return metres / float(shape_of(room).area)


def _largest(metres: float, room: Space) -> float:
    """The largest room beside the hall."""
    return -float(shape_of(room).area)


def _nearest(level: Level) -> Leaning:
    """Rooms near the line from entrance to exit."""
    ends = [door_middle(d) for uses in (ENTRANCE_USES, EXIT_USES) for d in level.doors if d.use in uses][:2]

    def near(metres: float, room: Space) -> float:
        at = shape_of(room).centroid
        return sum(math.dist((at.x, at.y), end) for end in ends)

    return near


def _grown(start: frozenset[str], spaces: dict[str, Space], floor: _Floor, leaning: Leaning) -> Iterator[frozenset[str]]:
    """A hall that grows by one room at a time, told when it has reached each of the sizes wanted; and as it starts, with no
    walls gone but those between the rooms that it starts from, where these have that floor, deep or not."""
    rooms = start
    if sum(float(shape_of(spaces[r]).area) for r in rooms) >= floor.need_m2 * 1e6:
        yield rooms
    wanted = [share * floor.need_m2 * 1e6 for share in SIZES]
    area = floor.area_mm2(rooms)
    while wanted:
        if area >= wanted[0]:
            wanted = [w for w in wanted if w > area]
            yield rooms
            continue
        metres: dict[str, float] = {}
        beside: set[str] = set()
        for join in floor.joins:
            if len(rooms.intersection(join.rooms)) == 1:
                room = join.rooms[join.rooms[0] in rooms]
                metres[room] = metres.get(room, 0.0) + join.metres()
                beside |= {room} if join.wide else set()
        if not beside:
            yield rooms  # all there is
            return
        rooms = floor.whole(rooms | {min(beside, key=lambda room: (leaning(metres[room], spaces[room]), room))})
        area = floor.area_mm2(rooms)


def _hall(level: Level, rooms: frozenset[str], walls: tuple[Parting, ...], *, staffed: bool = True) -> Hall:
    removed = tuple(RemovedWall(wall=w.wall, polygon=w.polygon, length_mm=w.length_mm) for w in dict.fromkeys(walls))
    hall = Hall(spaces=tuple(sorted(rooms)), removed=removed, behind=behind_hall(level, rooms) if staffed else ())
    if not staffed:
        return hall
    hall = _without_wall_ends(level, hall)
    return replace(hall, staff_doors=_staff_doors(level, hall))


def _without_wall_ends(level: Level, hall: Hall) -> Hall:
    """The ends of walls that would be left standing in the hall's midst go too, at the same price; where two met at a corner
    it is seen only then that the corner stands alone."""
    for _ in range(LOOKS):
        gone = union(Polygon(r.polygon).buffer(SLACK_MM) for r in hall.removed)
        ends = tuple(wall_ends(level, hall_floor(level, hall), gone))
        more = tuple(RemovedWall(wall=wall, polygon=ring, length_mm=round(length)) for wall, ring, length in ends)
        hall = replace(hall, removed=(*hall.removed, *more))
        if not more:
            break
    return hall


def _staff_doors(level: Level, hall: Hall) -> tuple[str, ...]:
    """Inner doors into the hall, from the staff's corridors or else from the room they enter by, that serve most of its
    perimeter; a few at most."""
    spaces = {s.id: s for s in level.spaces}
    ways, sides = standing_rules()["use"]["ways"], door_sides(level)
    lobbies = rooms_at(level, ("staff",))
    inner = [d.id for d in level.doors if d.use == "internal" and any(r in hall.spaces for r in sides[d.id])]
    behind = {d: [r for r in sides[d] if r in hall.behind] for d in inner}
    offered = [d for d in inner if any(kind_of(spaces[r]) in ways for r in behind[d])]
    offered = offered or [d for d in inner if any(r in lobbies for r in behind[d])]
    chosen: tuple[str, ...] = ()
    served = _served_dm(level, hall, chosen)
    while len(chosen) < STAFF_DOORS and offered:
        gains = [(_served_dm(level, hall, (*chosen, door)) - served, door) for door in offered if door not in chosen]
        gain, door = max(gains, key=lambda each: (each[0], each[1]), default=(0.0, ""))
        if gain < WORTH_DM:
            break
        chosen, served = (*chosen, door), served + gain
    return chosen


def _served_dm(level: Level, hall: Hall, doors: tuple[str, ...]) -> float:
    """Perimeter (dm) that the staff doors of a hall can serve, counted once."""
    planned = as_planned(level, replace(hall, staff_doors=doors))
    walls = walls_of(planned)
    whole = walls[-1].sigma1
    spans: list[tuple[float, float]] = []
    for arc in staff_arcs(planned, walls):
        low = arc.low % whole
        high = low + min(arc.high - arc.low, whole)
        spans += [(low, min(high, whole)), (0.0, high - whole)] if high > whole else [(low, high)]
    total, end = 0.0, 0.0
    for low, high in sorted(spans):
        total += max(0.0, high - max(low, end))
        end = max(end, high)
    return total
