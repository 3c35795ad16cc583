"""Where people stand and sit: seats, places before positions, the line before a bank, ways between them. Millimetres."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import cos, dist, radians, sin

from layouts.layout import Item, LevelLayout
from layouts.plan import Point
from solvers.simulation.walking import SEATED

BEFORE_MM = 500
"""Who is served stands this far before the position's front edge."""
STEP_MM = 600
"""From one to the next in a standing line."""
ROUGH_MM = 400
Way = tuple[Point, ...]


@dataclass(slots=True)
class Pool:
    """Places taken by the lowest number that is free; beyond them people stand in a line that goes on."""

    points: list[Point]
    line_from: Point
    line_step: tuple[float, float]
    free: list[int] = field(default_factory=list)
    taken: int = 0

    def __post_init__(self) -> None:
        self.free = list(range(len(self.points)))
        heapify(self.free)

    def take(self) -> int:
        """A place's number."""
        if self.free:
            return heappop(self.free)
        self.taken += 1
        return len(self.points) + self.taken - 1

    def give(self, number: int) -> None:
        """It is free again, those beyond the last as well."""
        heappush(self.free, number)

    def at(self, number: int) -> Point:
        """Where it is."""
        if number < len(self.points):
            return self.points[number]
        beyond = number - len(self.points)
        return (
            round(self.line_from[0] + self.line_step[0] * beyond),
            round(self.line_from[1] + self.line_step[1] * beyond),
        )


def outward(item: Item) -> tuple[float, float]:
    """The direction from a position towards its public: local -y."""
    turned = radians(item.rotation_deg)
    return sin(turned), -cos(turned)


def before(item: Item, mm: float) -> Point:
    """A point so far before an item's public edge."""
    x, y = outward(item)
    return round(item.insert_mm[0] + x * mm), round(item.insert_mm[1] + y * mm)


def positions_of(items: Iterable[Item], bank: str) -> list[Item]:
    """The places of a bank at which people are served."""
    own = [i for i in items if i.bank == bank and i.kind not in SEATED]
    served = [i for i in own if i.services]
    return served or [i for i in own if i.solid]


def serving(items: list[Item], bank: str) -> Pool | None:
    """Places before the positions of a bank; None where the layout has none."""
    positions = positions_of(items, bank)
    if not positions:
        return None
    last = positions[-1]
    x, y = outward(last)
    return Pool([before(p, BEFORE_MM) for p in positions], before(last, 2 * BEFORE_MM), (x * STEP_MM, y * STEP_MM))


def waiting(items: list[Item], bank: str, *, seated: bool) -> Pool | None:
    """Seats of a bank, or those of everybody; for who stands, a line before the middle position."""
    positions = positions_of(items, bank)
    if not positions:
        return None
    middle = positions[len(positions) // 2]
    x, y = outward(middle)
    line, step = before(middle, BEFORE_MM + 2 * STEP_MM), (x * STEP_MM, y * STEP_MM)
    seats = [i for i in items if i.kind in SEATED]
    own = [i for i in seats if i.bank == bank] or seats
    points = sorted((_middle(s) for s in own), key=lambda p: dist(p, middle.insert_mm)) if seated else []
    return Pool(points, line, step)


def _middle(item: Item) -> Point:
    xs, ys = [p[0] for p in item.polygon], [p[1] for p in item.polygon]
    return round(sum(xs) / len(xs)), round(sum(ys) / len(ys))


OUTSIDE, UP = "", "^"
"""Ends of ways that are no bank: a door to the outside, and a lift or stair to the other storeys."""


class Ways:
    """The routes of one storey, to be walked in either direction; straight where there is none. `upwards`: doors of lifts
    and stairs. `doors`: where people come "in", go "out", and go "up" or come from there."""

    def __init__(self, level: LevelLayout, banks: Iterable[str], upwards: Mapping[str, Point]) -> None:
        known = set(banks)
        self._ways: dict[tuple[str, str], Way] = {}
        self.doors: dict[str, Point] = {}
        for route in level.routes:
            a, b = (i if i in known else UP if i in upwards else OUTSIDE for i in (route.from_id, route.to_id))
            if len(route.centreline) > 1 and a != b:
                line = rough(route.centreline)
                self._ways.setdefault((a, b), line)
                self._ways.setdefault((b, a), tuple(reversed(line)))
                for end, door, place in ((a, "in", 0), (b, "out", -1)):
                    if end not in known:
                        self.doors.setdefault("up" if end == UP else door, route.centreline[place])
        for door in upwards.values():
            self.doors.setdefault("up", door)

    def between(self, start: str, end: str) -> Way:
        """Bends of the way from one bank or door to another; nothing where there is no such route."""
        return self._ways.get((start, end), ())


def rough(line: Iterable[Point]) -> Way:
    """A line with fewer bends, nowhere further than `ROUGH_MM` from the old one."""
    from shapely import LineString

    made = LineString(list(line)).simplify(ROUGH_MM)
    return tuple((round(x), round(y)) for x, y in made.coords)
