"""Changes of a question that may let its programme fit: how each is told, and what makes it. They are tried in relaxing.py."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from layouts.plan import Door, Level
from layouts.programme import BankRequirement, RoomRequirement
from layouts.staff_ways import staff_ways
from layouts.standing import has_rooms
from layouts.stretching import Put, stretch, stretched_level
from layouts.walkable import level_floor
from solvers.placement.baselines import outline_point, perimeter, sigma_of, staff_arcs, walls_of
from solvers.placement.clash import Asked, Reason
from solvers.placement.columns import in_the_aisle
from solvers.placement.fullness import AT_EASE, fullness
from solvers.placement.prepare import TOILETS
from solvers.placement.problem import DM, Pinned, PlacementProblem
from solvers.placement.toilet_places import are_far
from solvers.room_sizes import forms_mm

DOOR_MM = 1000
SEATS_KEPT = 0.8
LONGER_M = (8.0, 4.0)
ROOMIER = (AT_EASE, 0.54, 0.6)  # shares of the floor that the programme covers in a hall made larger, the easiest first
HALF_A_METRE_MM = 500
MOST_LEFT_OUT = 3  # modules
SHORTEST_SPLIT = 4  # positions
Make = Callable[[PlacementProblem], PlacementProblem]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the question, `kind` of which no two are made at once, and what tells of it.

    `step`: how many of its kind ask for more. Where those do not help it is not tried, where it helps too it is told instead.
    """

    kind: str
    values: dict[str, str | int | float]
    make: Make
    step: int = 0

    def reason(self) -> Reason:
        return f"placement.relax_{self.kind}", self.values

    def is_of(self, known: Collection[Asked]) -> bool:
        """Does it leave out one of these wishes and pins?"""
        return any(kind == self.kind and id in self.values.values() for kind, id in known)


def changes_of(problem: PlacementProblem, left_out: Sequence[str] = ()) -> Iterator[Change]:
    """What may be changed, the cheapest first: each wish or pin; the depth for staff; toilets in two places; another staff
    door; a narrower aisle; a bank in two lines; fewer seats; a longer or deeper hall; what a search came nearest to placing
    without (`left_out`) and the largest staff room elsewhere."""
    for id in dict.fromkeys(w.id for w in problem.wishes):  # about several lines of a bank several have one
        yield Change("wish", {"wish": id}, partial(_without_wish, gone=id))
    for pin in problem.pins:
        yield Change("pin", {"module": pin.element}, partial(_unpinned, gone=pin))
    yield from _staff_zone(problem)
    yield from _toilets(problem)
    yield from _staff_door(problem)
    yield from _aisle(problem)
    yield from _split(problem)
    yield from _seats(problem)
    yield from _larger(problem)
    yield from _leaving(problem, left_out)


def _without_wish(problem: PlacementProblem, gone: str) -> PlacementProblem:
    return replace(problem, wishes=tuple(w for w in problem.wishes if w.id != gone))


def _unpinned(problem: PlacementProblem, gone: Pinned) -> PlacementProblem:
    return replace(problem, pins=tuple(p for p in problem.pins if p != gone))


def _staff_zone(problem: PlacementProblem) -> Iterator[Change]:
    """Counters nearer to the walls, so that columns stand among seats instead of before counters."""
    columns = in_the_aisle(problem)
    if columns is not None and columns.staff_zone_mm is not None:
        depth = columns.staff_zone_mm
        yield Change("staff_zone", {"depth_mm": depth}, partial(_with_rules, staff_zone_mm=depth))


def _toilets(problem: PlacementProblem) -> Iterator[Change]:
    """The only toilets of a large hall in two places, each for half of the people."""
    rooms = [r for r in problem.programme.rooms if r.kind in TOILETS]
    far = are_far(problem.level, problem.programme.rules)
    if far and len(rooms) == 1 and rooms[0].id not in _named(problem):
        yield Change("toilets", {"module": rooms[0].id}, partial(_in_two_places, room=rooms[0]))


def _in_two_places(problem: PlacementProblem, room: RoomRequirement) -> PlacementProblem:
    programme, area = problem.programme, room.area_m2 / 2
    depths = forms_mm(room.kind, area, room.min_width_mm)
    ids = [f"{room.id}-{n}" for n in (1, 2)]
    width = min(room.min_width_mm, *depths)  # half as large they need not be as wide as the whole
    parts = tuple(replace(room, id=ident, area_m2=area, min_width_mm=width, depths_mm=depths) for ident in ids)
    near = tuple(
        replace(n, a=a, b=b)
        for n in programme.nearness
        for a in (ids if n.a == room.id else [n.a])
        for b in (ids if n.b == room.id else [n.b])
    )
    rooms = tuple(p for r in programme.rooms for p in (parts if r.id == room.id else (r,)))
    return replace(problem, programme=replace(programme, rooms=rooms, nearness=near))


def _staff_door(problem: PlacementProblem) -> Iterator[Change]:
    door = another_staff_door(problem.level)
    if door is not None:
        x, y = (round((a + b) / 2000, 1) for a, b in zip(door.p, door.q))

        def make(p: PlacementProblem) -> PlacementProblem:
            return replace(p, level=replace(p.level, doors=(*p.level.doors, door)))

        yield Change("staff_door", {"x_m": x, "y_m": y}, make)


def _aisle(problem: PlacementProblem) -> Iterator[Change]:
    narrow = problem.programme.rules.clear_width_mm
    if narrow < min(problem.programme.rules.spine_widths_mm):
        yield Change("spine", {"width_mm": narrow}, partial(_with_rules, spine_widths_mm=(narrow,)))


def _split(problem: PlacementProblem) -> Iterator[Change]:
    """The largest bank that nobody pinned or wished about, in two lines."""
    named = _named(problem)
    banks = [b for b in problem.programme.banks if b.positions >= SHORTEST_SPLIT and b.id not in named]
    if banks:
        bank = max(banks, key=lambda b: (b.positions, b.id))
        yield Change("split", {"bank": bank.id}, partial(_in_two_lines, bank=bank))


def _in_two_lines(problem: PlacementProblem, bank: BankRequirement) -> PlacementProblem:
    """The first half keeps what does not divide, and the flows."""
    programme = problem.programme
    now = next(b for b in programme.banks if b.id == bank.id)

    def part(name: str, share: Callable[[int], int]) -> BankRequirement:
        return replace(
            now, id=name, positions=share(now.positions), accessible_positions=share(now.accessible_positions),
            seats=share(now.seats), wheelchair_bays=share(now.wheelchair_bays),
        )  # fmt: skip

    halves = (part(bank.id, lambda n: n - n // 2), part(f"{bank.id}-2", lambda n: n // 2))
    banks = tuple(p for b in programme.banks for p in (halves if b.id == bank.id else (b,)))
    return replace(problem, programme=replace(programme, banks=banks))


def _seats(problem: PlacementProblem) -> Iterator[Change]:
    if any(b.seats for b in problem.programme.banks):

        def make(p: PlacementProblem) -> PlacementProblem:
            fewer = tuple(replace(b, seats=int(b.seats * SEATS_KEPT)) for b in p.programme.banks)
            return replace(p, programme=replace(p.programme, banks=fewer))

        yield Change("seats", {"percent": round(100 * (1 - SEATS_KEPT))}, make)


def _larger(problem: PlacementProblem) -> Iterator[Change]:
    """A longer or a deeper hall, where nothing that people drew would have to move along: by what leaves it no fuller than
    halls are in which layouts are found soon; one that is no fuller already by some metres."""
    level = problem.level
    if problem.pins or any(w.area for w in problem.wishes) or problem.hall is not None or has_rooms(level):
        return
    floor = level_floor(level).area / 1e6
    full = fullness(problem.programme, floor)
    sides = [max(p[k] for p in level.outline) - min(p[k] for p in level.outline) for k in (0, 1)]
    axis = sides.index(max(sides))
    steps = [full.need_m2 / share - floor for share in ROOMIER if share < full.share()]
    for kind, along in (("longer", axis), ("deeper", 1 - axis)):
        lacking = [1e6 * m2 / sides[1 - along] for m2 in steps]
        metres = [HALF_A_METRE_MM * ceil(mm / HALF_A_METRE_MM) / 1000 for mm in lacking] or list(LONGER_M)
        for step, by_m in enumerate(dict.fromkeys(metres)):
            put = stretch(level, along, round(1000 * by_m))
            if put is not None:
                yield Change(kind, {"metres": by_m}, partial(_stretched, put=put), step)


def _leaving(problem: PlacementProblem, left_out: Sequence[str]) -> Iterator[Change]:
    """Without the few modules that a search came nearest to placing all others without; without the largest room of staff.
    Toilets stay whatever lacks room."""
    named, programme = _named(problem), problem.programme
    toilets = {r.id for r in programme.rooms if r.kind in TOILETS}
    if 0 < len(left_out) <= MOST_LEFT_OUT and not (named | toilets) & {*left_out}:
        yield Change("leaving", {"modules": ", ".join(left_out)}, partial(without_modules, gone=frozenset(left_out)))
    rooms = [r for r in programme.rooms if r.side == "staff" and r.id not in named and [r.id] != list(left_out)]
    if rooms:
        room = max(rooms, key=lambda r: (r.area_m2, r.id))
        yield Change("leaving", {"modules": room.id}, partial(without_modules, gone=frozenset({room.id})))


def without_modules(problem: PlacementProblem, gone: frozenset[str]) -> PlacementProblem:
    """The question without some modules, whose stops fall out of the flows."""
    programme = problem.programme
    stops = ((f, tuple(s for s in f.stops if s not in gone)) for f in programme.flows)
    return replace(problem, programme=replace(
        programme,
        banks=tuple(b for b in programme.banks if b.id not in gone),
        rooms=tuple(r for r in programme.rooms if r.id not in gone),
        islands=tuple(i for i in programme.islands if i.id not in gone),
        flows=tuple(replace(flow, stops=left) for flow, left in stops if left),
        nearness=tuple(n for n in programme.nearness if not gone & {n.a, n.b}),
    ))  # fmt: skip


def _stretched(problem: PlacementProblem, put: Put) -> PlacementProblem:
    return replace(problem, level=stretched_level(problem.level, put))


def _with_rules(problem: PlacementProblem, **lengths: object) -> PlacementProblem:
    rules = replace(problem.programme.rules, **lengths)  # type: ignore[arg-type]
    return replace(problem, programme=replace(problem.programme, rules=rules))


def _named(problem: PlacementProblem) -> set[str]:
    """Modules that people pinned or wished about."""
    return {m for w in problem.wishes for m in w.modules()} | {p.element for p in problem.pins}


def another_staff_door(level: Level) -> Door | None:
    """A staff door in the middle of the longest stretch of straight wall that no staff door serves yet; of a building with
    rooms, on the edge of the hall that visitors enter."""
    if has_rooms(level):
        return next((_cut(level, way.at) for way in staff_ways(level, ())), None)
    walls = walls_of(level)
    arcs = staff_arcs(level, walls)
    whole = perimeter(walls)

    def served(sigma: float) -> bool:
        return any(a.low <= sigma + turn * whole <= a.high for a in arcs for turn in (-1, 0, 1))

    free = [w for w in walls if w.axis() is not None and not served((w.sigma0 + w.sigma1) / 2)]
    if not free:
        return None
    wall = max(free, key=lambda w: w.sigma1 - w.sigma0)
    x, y, *_ = outline_point(walls, (wall.sigma0 + wall.sigma1) / 2)
    return _cut(level, (round(x * DM), round(y * DM)))


def _cut(level: Level, at: tuple[int, int]) -> Door:
    """A staff door cut into the floor's edge there."""
    walls = walls_of(level)
    x, y, nx, ny = outline_point(walls, sigma_of(walls, *at))
    half = DOOR_MM / 2
    p, q = ((round(x * DM + s * ny * half), round(y * DM - s * nx * half)) for s in (-1, 1))
    return Door(id="another-staff-door", use="staff", p=p, q=q, clear_mm=DOOR_MM)
