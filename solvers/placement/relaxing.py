"""What would let a programme fit: changes that are tried, one at a time and then two together; none is guessed.

Which tests bind says what is tried first: columns before counters, toilets that are far, one staff door, a hall without depth
or wall enough. A change alone comes before any pair, and what is cheaper to make before what is dearer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from layouts.plan import Door, Level
from layouts.programme import BankRequirement, RoomRequirement
from layouts.staff_ways import staff_ways
from layouts.standing import has_rooms
from layouts.stretching import Put, stretch, stretched_level
from solvers.effort import Cancel
from solvers.placement.baselines import outline_point, perimeter, sigma_of, staff_arcs, walls_of
from solvers.placement.clash import TEST_SECONDS, Asked, Fits, Reason, fits
from solvers.placement.columns import in_the_aisle
from solvers.placement.prepare import TOILETS
from solvers.placement.problem import DM, Pinned, PlacementProblem, Wish
from solvers.placement.toilet_places import are_far
from solvers.room_sizes import forms_mm

DOOR_MM = 1000
SEATS_KEPT = 0.8
LONGER_M = (4, 8)
SHORTEST_SPLIT = 4  # positions
ALONE_SHARE = 0.6  # of the time for changes alone
EACH_SHARE = 0.25  # of the time at most for one test
Make = Callable[[PlacementProblem], PlacementProblem]

# Which changes ease what a reason tells.
EASES = {
    "placement.columns_in_the_way": ("staff_zone", "split"), "placement.columns_in_the_aisle": ("staff_zone", "split"),
    "placement.fits_nowhere": ("staff_zone", "split"), "placement.one_toilet_place": ("toilets",),
    "placement.left_out": ("staff_zone", "spine", "longer", "split"), "placement.frontage": ("staff_door", "longer"),
    "placement.one_side_only": ("staff_door",), "placement.one_staff_door": ("staff_door",),
    "placement.too_shallow": ("spine", "seats", "staff_zone"), "placement.no_spine": ("spine",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the question, `kind` of which no two are made at once, and what tells of it."""

    kind: str
    values: dict[str, str | int | float]
    make: Make

    def reason(self) -> Reason:
        return f"placement.relax_{self.kind}", self.values

    def is_of(self, known: Collection[Asked]) -> bool:
        """Does it leave out one of these wishes and pins?"""
        return any(kind == self.kind and id in self.values.values() for kind, id in known)


def what_would_relax(
    problem: PlacementProblem, *, seconds: float, reasons: Sequence[Reason] = (), cancel: Cancel | None = None,
    test: Fits | None = None, known: Collection[Asked] = (), clashing: Collection[Asked] = (),
) -> tuple[tuple[Reason, ...], ...]:  # fmt: skip
    """Changes with which a layout was found, each alone; where none is enough, two together. `reasons`: why nothing fits.
    `known`: wishes and pins of which it is found already that a layout exists without the one; they are told first. Those
    that are `clashing` are tried before others."""

    def turn(change: Change) -> tuple[bool, bool, int]:
        asked = change.kind in ("wish", "pin")  # what people asked for beyond the programme comes first
        return not asked, not change.is_of(clashing), -_eased((change,), reasons)

    changes = sorted(changes_of(problem), key=turn)
    test = test or partial(fits, cancel=cancel)
    begun = time.monotonic()
    found: list[tuple[Reason, ...]] = [(change.reason(),) for change in changes if change.is_of(known)]
    for change in changes:
        if change.is_of(known):
            continue
        left = begun + (1 if found else ALONE_SHARE) * seconds - time.monotonic()
        if left <= 0 or cancel:
            break
        if test(change.make(problem), min(TEST_SECONDS, EACH_SHARE * seconds, left)):
            found.append((change.reason(),))
    if found:
        return tuple(found)
    pairs = [pair for pair in combinations(changes, 2) if pair[0].kind != pair[1].kind]
    pairs.sort(key=lambda pair: (-_eased(pair, reasons), -sum(_eased((change,), reasons) for change in pair)))
    for one, other in pairs:
        left = begun + seconds - time.monotonic()
        if left <= 0 or cancel:
            break
        if test(other.make(one.make(problem)), min(TEST_SECONDS, EACH_SHARE * seconds, left)):
            return ((one.reason(), other.reason()),)
    return ()


def _eased(changes: tuple[Change, ...], reasons: Sequence[Reason]) -> int:
    """How many of the reasons are eased by some of the changes."""
    kinds = {change.kind for change in changes}
    return sum(bool(kinds.intersection(EASES.get(code, ()))) for code, _ in reasons)


def changes_of(problem: PlacementProblem) -> Iterator[Change]:
    """What may be changed, the cheapest first: each wish or pin; the depth for staff; toilets in two places; another staff
    door; a narrower aisle; a bank in two lines; fewer seats; a longer hall."""
    for wish in problem.wishes:
        yield Change("wish", {"wish": wish.id}, partial(_without, gone=wish))
    for pin in problem.pins:
        yield Change("pin", {"module": pin.element}, partial(_without, gone=pin))
    yield from _staff_zone(problem)
    yield from _toilets(problem)
    yield from _staff_door(problem)
    yield from _aisle(problem)
    yield from _split(problem)
    yield from _seats(problem)
    yield from _longer(problem)


def _without(problem: PlacementProblem, gone: Wish | Pinned) -> PlacementProblem:
    wishes = tuple(w for w in problem.wishes if w != gone)
    return replace(problem, wishes=wishes, pins=tuple(p for p in problem.pins if p != gone))


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


def _longer(problem: PlacementProblem) -> Iterator[Change]:
    """A longer hall, where nothing that people drew would have to move along."""
    level = problem.level
    if problem.pins or any(w.area for w in problem.wishes) or problem.hall is not None or has_rooms(level):
        return
    sides = [max(p[k] for p in level.outline) - min(p[k] for p in level.outline) for k in (0, 1)]
    axis = sides.index(max(sides))
    for metres in LONGER_M:
        put = stretch(level, axis, 1000 * metres)
        if put is not None:
            yield Change("longer", {"metres": metres}, partial(_stretched, put=put))


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
