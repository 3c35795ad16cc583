"""A traced day as the player's data: for everybody a row of stays and walks, and how many wait at each bank by the minute.

A move is five numbers: second it begins, second it ends, what the visitor does, way (place in `ways`), bank. A way of one
point is a stay. A way lies on one storey: who goes to another walks to the lift or stair of the one and from that of the other;
the ride takes no time, as in the simulation. Where there is no layout nobody has a place, and the counts alone are played.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import dist, fsum
from typing import TYPE_CHECKING, Any

from layouts.geometry import door_middle
from layouts.layout import Layout
from layouts.plan import Point
from layouts.upwards import UPWARDS, leads_to
from planner.project import Project
from planner.ui.day.places import OUTSIDE, UP, Pool, Way, Ways, serving, waiting
from solvers.capacity import BEHIND_THE_SCENES
from solvers.simulation.walking import PACE_M_PER_MIN

if TYPE_CHECKING:  # the simulation is loaded where a day is lived through
    from planner.chain.tracing import TracedDay
    from solvers.simulation.trace import TracedVisit, TracedVisitor

Json = dict[str, Any]
WALKING, WAITING, SERVED = range(3)
AT_ONCE_MIN = 0.05
PACE_MM_PER_MIN = PACE_M_PER_MIN * 1000


def replay_of(project: Project, traced: TracedDay, layout: Layout | None) -> Json:
    """`ways` in centimetres, `on[way]` its place among `storeys`; `counts[bank][minute]` = (waiting, served); `within_s` by
    bank, after which a wait is late."""
    hall = [n for n, b in enumerate(project.banks) if b.kind not in BEHIND_THE_SCENES]
    problem = traced.problem
    first = int(problem.open_min)
    ends = [v.left_min or v.came_min for v in traced.visitors]
    last = int(max([problem.close_min, *ends])) + 1
    banks = [
        {"id": project.banks[n].id, "name": project.banks[n].name, "within_s": 60 * problem.banks[n].within_min} for n in hall
    ]
    told: Json = {
        "seed": traced.seed,
        "first": first,
        "last": last,
        "banks": banks,
        "counts": [counts_of(traced.visitors, n, first, last) for n in hall],
        "inside": inside_of(traced.visitors, first, last),
        "storeys": [],
        "ways": [],
        "on": [],
        "people": [],
    }  # fmt: skip
    return told | walked_through(project, traced, layout, hall) if layout else told


def counts_of(visitors: tuple[TracedVisitor, ...], bank: int, first: int, last: int) -> list[list[int]]:
    """People (with companions) waiting and visitors being served at the start of each minute."""
    rows = [[0, 0] for _ in range(last - first)]
    for person in visitors:
        for visit in person.visits:
            if visit.bank == bank and visit.present:
                called = last if visit.called_min is None else visit.called_min
                _add(rows, 0, visit.joined_min, min(called, person.left_min or last), first, person.persons)
                _add(rows, 1, called, visit.ended_min or last, first, 1)
    return rows


def inside_of(visitors: tuple[TracedVisitor, ...], first: int, last: int) -> list[int]:
    """People inside at the start of each minute."""
    rows = [[0] for _ in range(last - first)]
    for person in visitors:
        _add(rows, 0, person.came_min, last if person.left_min is None else person.left_min, first, person.persons)
    return [row[0] for row in rows]


def _add(rows: list[list[int]], column: int, start: float, end: float, first: int, persons: int) -> None:
    """Those who are there from `start` to `end` are seen at every whole minute in between."""
    for minute in range(max(0, int(-(-start // 1)) - first), min(len(rows), int(-(-end // 1)) - first)):
        rows[minute][column] += persons


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody is: storey, point, and of which bank or door the point is."""

    storey: int
    point: Point
    of: str


class _Stage:
    """Storeys with people on them, pools of places by bank, and the ways walked so far, each kept once."""

    def __init__(self, project: Project, layout: Layout, hall: list[int]) -> None:
        self.ids = [b.id for b in project.banks]
        banks = [self.ids[n] for n in hall]
        self.levels = [level for level in layout.levels if level.items or level.routes]
        self.ways = [Ways(level, banks, upwards_of(project, level.level)) for level in self.levels]
        self.storey: dict[int, int] = {}
        self.serving: dict[int, Pool] = {}
        self.waiting: dict[int, Pool] = {}
        seats: dict[tuple[int, tuple[Point, ...]], Pool] = {}
        for n in hall:
            for at, level in enumerate(self.levels):
                served = serving(list(level.items), self.ids[n])
                wait = waiting(list(level.items), self.ids[n], seated=project.banks[n].waiting == "seats")
                if served is not None and wait is not None:
                    self.storey[n], self.serving[n] = at, served
                    # banks that share the seats of their storey share one pool of them
                    self.waiting[n] = seats.setdefault((at, tuple(sorted(wait.points))), wait) if wait.points else wait
                    break
        self.kept: dict[tuple[int, Way], int] = {}

    def way(self, storey: int, points: Way) -> int:
        return self.kept.setdefault((storey, points), len(self.kept))

    def door(self, *wanted: str) -> _Place | None:
        """The first storey's door of the first of these kinds that there is: upper storeys are come to from below."""
        for name in wanted:
            for at, ways in enumerate(self.ways):
                if name in ways.doors:
                    return _Place(at, ways.doors[name], UP if name == "up" else OUTSIDE)
        return None

    def legs(self, a: _Place, b: _Place) -> list[tuple[int, Way]]:
        """The ways from one place to another, one on each storey that is walked on."""
        if a.storey == b.storey:
            return [(a.storey, self._on(a.storey, a.point, a.of, b.point, b.of))]
        found = []
        if (lift := self.ways[a.storey].doors.get("up")) is not None:
            found.append((a.storey, self._on(a.storey, a.point, a.of, lift, UP)))
        if (lift := self.ways[b.storey].doors.get("up")) is not None:
            found.append((b.storey, self._on(b.storey, lift, UP, b.point, b.of)))
        return found

    def _on(self, storey: int, a: Point, start: str, b: Point, end: str) -> Way:
        bends = self.ways[storey].between(start, end) if start != end else ()
        return tuple(dict.fromkeys((a, *bends[1:-1], b)))


def upwards_of(project: Project, level: str) -> dict[str, Point]:
    """Doors of a storey's lifts and stairs, lifts first, with the middle of each."""
    storey = next((lv for lv in project.plan.levels if lv.id == level), None) if project.plan else None
    if storey is None:
        return {}
    kinds = {door.id: leads_to(storey, door) for door in storey.doors}
    ordered = sorted((d for d in storey.doors if kinds[d.id]), key=lambda d: UPWARDS.index(kinds[d.id]))
    return {d.id: _whole(door_middle(d)) for d in ordered}


def walked_through(project: Project, traced: TracedDay, layout: Layout, hall: list[int]) -> Json:
    """Everybody's moves, in the order of the day's events, since places are taken and given back in that order."""
    stage = _Stage(project, layout, hall)
    door, out = stage.door("in", "out", "up"), stage.door("out", "in", "up")
    if door is None or out is None:
        return {}
    events = sorted(_events(traced.visitors, set(stage.serving)))
    moves: list[list[list[int]]] = [[] for _ in traced.visitors]
    at: list[_Place] = [door] * len(traced.visitors)
    since = [v.came_min for v in traced.visitors]
    held: dict[int, tuple[Pool, int]] = {}
    for now, order, who, number in events:
        person = traced.visitors[who]
        if who in held:
            pool, place = held.pop(who)
            pool.give(place)
        if order == END:
            continue
        if order == LEAVE:
            _walk(stage, moves[who], at[who], out, now, None, -1)
            continue
        visit = person.visits[number]
        bank, id_ = hall.index(visit.bank), stage.ids[visit.bank]
        pool = stage.waiting[visit.bank] if order == JOIN else stage.serving[visit.bank]
        place = pool.take()
        held[who] = (pool, place)
        target = _Place(stage.storey[visit.bank], pool.at(place), id_)
        leaving = since[who] if order == JOIN or at[who].of != id_ else now
        arrived = _walk(stage, moves[who], at[who], target, leaving, max(now, leaving), bank)
        until = _until(person, visit, order, traced.problem.close_min)
        if until > arrived:
            doing = WAITING if order == JOIN else SERVED
            moves[who].append([_s(arrived), _s(until), doing, stage.way(target.storey, (target.point,)), bank])
        at[who], since[who] = target, until
    ways = [[[round(x / 10), round(y / 10)] for x, y in way] for _, way in stage.kept]
    people = [[n for move in each for n in move] for each in moves]
    return {"storeys": [lv.level for lv in stage.levels], "ways": ways, "on": [on for on, _ in stage.kept], "people": people}


END, LEAVE, CALL, JOIN = range(4)


def _events(visitors: tuple[TracedVisitor, ...], banks: set[int]) -> list[tuple[float, int, int, int]]:
    """(minute, what, who, which visit): at the same moment places are given back before they are taken. Who is called at
    once goes straight to the position."""
    found = []
    for who, person in enumerate(visitors):
        for number, visit in enumerate(person.visits):
            if visit.present and visit.bank in banks:
                if visit.called_min is None or visit.called_min - visit.joined_min > AT_ONCE_MIN:
                    found.append((visit.joined_min, JOIN, who, number))
                if visit.called_min is not None:
                    found.append((visit.called_min, CALL, who, number))
                if visit.ended_min is not None:
                    found.append((visit.ended_min, END, who, number))
        if person.left_min is not None:
            found.append((person.left_min, LEAVE, who, -1))
    return found


def _until(person: TracedVisitor, visit: TracedVisit, order: int, close_min: float) -> float:
    ends = visit.called_min if order == JOIN else visit.ended_min
    if ends is None:
        ends = person.left_min
    return max(close_min, visit.joined_min) if ends is None else ends


def _walk(stage: _Stage, moves: list[list[int]], a: _Place, b: _Place, leaving: float, due: float | None, bank: int) -> float:
    """A walk along the layout's routes, there when it is due; without a due time at a walking pace. The minute of arrival."""
    legs = stage.legs(a, b)
    lengths = [fsum(dist(p, q) for p, q in itertools.pairwise(way)) for _, way in legs]
    needed = fsum(lengths) / PACE_MM_PER_MIN
    arrived = leaving + needed if due is None else max(due, leaving + min(needed, 1.0))
    began = leaving if due is None else max(leaving, arrived - max(needed, 0.05))
    walked = 0.0
    for (storey, way), length in zip(legs, lengths, strict=True):
        if len(way) > 1:
            start, walked = walked, walked + length
            share = (arrived - began) / fsum(lengths)
            moves.append([_s(began + start * share), _s(began + walked * share), WALKING, stage.way(storey, way), bank])
    return arrived


def _whole(point: tuple[float, float]) -> Point:
    return round(point[0]), round(point[1])


def _s(minutes: float) -> int:
    return round(60 * minutes)
