"""Doors that a drawing does not name as ways in and out, guessed for people to look over, never taken by themselves.

The likeliest outer door is offered as entrance (`doors_outward.py`), the next one far from it as exit (else one door for both).
A drawing without such doors (part of a larger building, an upper floor) is offered a new one in the floor's edge, at its
largest room. A floor whose size asks for more exits is offered further ones, doors that stand before new ones; one whose exits
all stand near each other is offered one that stands away from them. The staff's doors follow from these: they serve most of the
hall that is made of the rooms at the public's doors (`staff_ways.py`). On an upper storey lifts and stairs are the ways in and
out. What is offered can be taken: it is tried by the edit that takes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from shapely.geometry import Polygon

from layouts.egress import exits_required
from layouts.geometry import diagonal_mm
from layouts.plan import ENTRANCE_USES, EXIT_USES, FloorPlan, Frame, Level, doors_of_use
from layouts.plan import Point as At
from layouts.readers.doors_outward import doors_outward
from layouts.readers.framing import to_source
from layouts.readers.imported import Doubt, OpeningEdit
from layouts.readers.new_doors import ENTRANCE_MM, EXIT_MM, entrance_place, exit_place, middles
from layouts.readers.opening_edits import edited
from layouts.staff_ways import staff_ways
from layouts.standards import profile
from layouts.upwards import uses_above

APART_MM = 6000  # one door for in and out is better than two that stand nearer
PUBLIC = ("entrance", "exit", "entrance_exit")
EGRESS = "ibc-2021"
CROWD = 1.5  # seats and queues are counted beside the floor, which alone is known here


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOffered:
    """A use for a door that stands (`door`), or for a new one (empty): where, in our millimetres and in drawing units."""

    use: str
    at: At
    width_mm: int
    door: str = ""
    serves_mm: int = 0  # of the hall's edge, where it is the staff's
    level: str = ""
    storey: str = ""  # its name, where it is not the one that is planned
    in_drawing: tuple[float, float] = (0.0, 0.0)

    def option(self) -> str:
        """As it is told: the value of `--door`."""
        x, y = (f"{value:.3f}".rstrip("0").rstrip(".") for value in self.in_drawing)
        storey = f" storey={self.storey}" if self.storey else ""
        if self.door:
            return f"change {x},{y} use={self.use}{storey}"
        return f"add {x},{y} use={self.use} width={self.width_mm}{storey}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FewExits:
    """A storey whose drawing shows fewer doors outdoors (above: to stairs) than about so many persons ask for."""

    level: str
    name: str
    doors: int
    persons: int
    exits: int


def ways_offered(plan: FloorPlan, frames: Mapping[str, Frame] = MappingProxyType({})) -> tuple[WayOffered, ...]:
    """Doors for the uses that the levels lack, the planned one first. `frames`: of levels drawn elsewhere than the first."""
    found: list[WayOffered] = []
    for number, level in enumerate(plan.levels):
        place = to_source(frames.get(level.id, plan.frame))
        storey = level.name if number else ""
        for way in _on(_as_reached(level, upper=number > 0)):
            found.append(replace(way, in_drawing=place(way.at), level=level.id, storey=storey))
    return tuple(found)


def few_exits(plan: FloorPlan) -> tuple[FewExits, ...]:
    """The levels whose size asks for more exits than their drawing has doors outdoors."""
    found: list[FewExits] = []
    for number, level in enumerate(plan.levels):
        reached = _as_reached(level, upper=number > 0)
        doors = len(doors_of_use(reached, PUBLIC)) + len(doors_outward(reached))
        persons, exits = _crowd(level)
        if doors < exits:
            found.append(FewExits(level=level.id, name=level.name or level.id, doors=doors, persons=persons, exits=exits))
    return tuple(found)


def _as_reached(level: Level, *, upper: bool) -> Level:
    """With lifts and stairs as an upper level's ways in; without what a reading left no length, which others tell."""
    walls, doors = (tuple(w for w in level.walls if w.a != w.b), tuple(d for d in level.doors if d.p != d.q))
    level = replace(level, walls=walls, doors=doors)
    uses = dict(uses_above(level)) if upper else {}
    return replace(level, doors=tuple(replace(d, use=uses.get(d.id, d.use)) for d in level.doors)) if uses else level


def _on(level: Level) -> Iterator[WayOffered]:
    """Of one level, each on the level as it is once those before are taken."""
    _, exits = _crowd(level)
    for use in _lacking(level):
        both, new = tuple(_both_ways(level)), tuple(_new_exit(level))
        other = (*both, *new) if exits < 2 else (*new, *both)  # where the drawing shows no way out but the way in
        made = _first_taken(level, (*_standing(level, use), *(other if use == "exit" else _new_entrance(level, use))))
        if made is not None:
            yield made[0]
            level = made[1]
    while len(doors_of_use(level, PUBLIC)) < exits:
        made = _first_taken(level, (*_standing(level, "exit"), *_new_exit(level)))
        if made is None:
            break
        yield made[0]
        level = made[1]
    if exits > 1 and not _remote(middles(level, PUBLIC), level):
        far = (*_standing(level, "exit"), *_new_exit(level))
        made = _first_taken(level, tuple(w for w in far if _remote((w.at, *middles(level, PUBLIC)), level)))
        if made is not None:
            yield made[0]
            level = made[1]
    if not doors_of_use(level, ("staff",)):
        for w in staff_ways(level, doors_outward(level)):
            yield WayOffered(use="staff", at=w.at, width_mm=w.width_mm, door=w.door, serves_mm=w.serves_mm)


def _remote(exits: Sequence[At], level: Level) -> bool:
    """Do two of the exits stand so far apart that one of them is left where a fire bars the other?"""
    asked = profile(EGRESS).value("exit_remoteness_share") * diagonal_mm(level.outline)
    return any(math.dist(a, b) >= asked for a, b in combinations(exits, 2))


def _lacking(level: Level) -> Iterator[str]:
    """Uses that no door has; one door for both ways where two would stand beside each other."""
    entrance, exit_ = (not doors_of_use(level, uses) for uses in (ENTRANCE_USES, EXIT_USES))
    if entrance:
        places = [way.at for way in _standing(level, "entrance")]
        one = exit_ and not any(math.dist(a, b) >= APART_MM for a in places for b in places)
        yield "entrance_exit" if one else "entrance"
        exit_ = exit_ and not one
    if exit_:
        yield "exit"


def _standing(level: Level, use: str) -> Iterator[WayOffered]:
    """The doors outdoors, the likeliest first; exits far enough from the doors already used."""
    used = middles(level, (*PUBLIC, "staff"))
    for door in doors_outward(level):
        at = round((door.p[0] + door.q[0]) / 2), round((door.p[1] + door.q[1]) / 2)
        if all(math.dist(at, other) >= (APART_MM if use == "exit" else 1) for other in used):
            yield WayOffered(use=use, at=at, width_mm=door.clear_mm, door=door.id)


def _both_ways(level: Level) -> Iterator[WayOffered]:
    """A door that is the way in, as the way out too."""
    for door in doors_of_use(level, ("entrance",)):
        at = round((door.p[0] + door.q[0]) / 2), round((door.p[1] + door.q[1]) / 2)
        yield WayOffered(use="entrance_exit", at=at, width_mm=door.clear_mm, door=door.id)


def _new_entrance(level: Level, use: str) -> Iterator[WayOffered]:
    at = entrance_place(level)
    if at is not None:
        yield WayOffered(use=use, at=at, width_mm=ENTRANCE_MM)


def _new_exit(level: Level) -> Iterator[WayOffered]:
    used = middles(level, (*PUBLIC, "staff"))
    at = exit_place(level, used)
    if at is not None and all(math.dist(at, other) >= APART_MM for other in used):
        yield WayOffered(use="exit", at=at, width_mm=EXIT_MM)


def _first_taken(level: Level, ways: tuple[WayOffered, ...]) -> tuple[WayOffered, Level] | None:
    """The first one that the edit which takes it finds sound, and the level with it."""
    for way in ways:
        refused: list[Doubt] = []
        action, width = ("change", 0) if way.door else ("add", way.width_mm)
        made = edited(level, OpeningEdit(action=action, at=way.at, use=way.use, width_mm=width), _here, refused)
        if not refused:
            return way, made
    return None


def _here(at: tuple[float, float]) -> At:
    return round(at[0]), round(at[1])


def _crowd(level: Level) -> tuple[int, int]:
    """About how many persons a floor holds, and the exits that they ask for."""
    rules = profile(EGRESS)
    floor_m2 = Polygon(level.outline, level.holes).area / 1e6
    persons = math.ceil(CROWD * floor_m2 / rules.value("business_factor_m2"))
    return persons, exits_required(rules, persons)
