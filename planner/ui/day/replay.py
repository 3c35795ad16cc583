"""A traced day as the player's data: for everybody a row of stays and walks, and how many wait at each bank by the minute.

A move is five numbers: second it begins, second it ends, what the visitor does, way (place in `ways`), bank. A way of one
point is a stay. Where there is no layout nobody has a place, and the counts alone are played.
"""

from __future__ import annotations

import itertools
from math import dist, fsum
from typing import Any

from layouts.layout import Layout
from layouts.plan import Point
from planner.chain.tracing import TracedDay
from planner.project import Project
from planner.ui.day.places import Pool, Way, Ways, serving, waiting
from solvers.capacity import BEHIND_THE_SCENES
from solvers.simulation.trace import TracedVisit, TracedVisitor
from solvers.simulation.walking import PACE_M_PER_MIN

Json = dict[str, Any]
WALKING, WAITING, SERVED = range(3)
AT_ONCE_MIN = 0.05
PACE_MM_PER_MIN = PACE_M_PER_MIN * 1000


def replay_of(project: Project, traced: TracedDay, layout: Layout | None) -> Json:
    """`ways` in centimetres; `counts[bank][minute]` = (waiting, served); `within_s` by bank, after which a wait is late."""
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
        "ways": [],
        "people": [],
    }  # fmt: skip
    return told | walked_through(project, traced, layout, hall) if layout and on_one_storey(layout) else told


def on_one_storey(layout: Layout) -> bool:
    """Whether one picture shows all of it: people of several storeys, drawn on one of them, would stand where nobody is."""
    return sum(bool(level.items) for level in layout.levels) < 2


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


class _Stage:
    """Pools of places by bank, and the ways walked so far, each kept once."""

    def __init__(self, project: Project, layout: Layout, hall: list[int]) -> None:
        items = [item for level in layout.levels for item in level.items]
        self.ids = [b.id for b in project.banks]
        self.ways = Ways(layout, [self.ids[n] for n in hall])
        self.serving: dict[int, Pool] = {}
        self.waiting: dict[int, Pool] = {}
        seats: dict[tuple[Point, ...], Pool] = {}
        for n in hall:
            served = serving(items, self.ids[n])
            wait = waiting(items, self.ids[n], seated=project.banks[n].waiting == "seats")
            if served is not None and wait is not None:
                self.serving[n] = served
                # banks that share the seats of the hall share one pool of them
                self.waiting[n] = seats.setdefault(tuple(sorted(wait.points)), wait) if wait.points else wait
        self.kept: dict[Way, int] = {}

    def way(self, points: Way) -> int:
        return self.kept.setdefault(points, len(self.kept))


def walked_through(project: Project, traced: TracedDay, layout: Layout, hall: list[int]) -> Json:
    """Everybody's moves, in the order of the day's events, since places are taken and given back in that order."""
    stage = _Stage(project, layout, hall)
    door = stage.ways.doors.get("in")
    out = stage.ways.doors.get("out", door)
    if door is None or out is None:
        return {}
    events = sorted(_events(traced.visitors, set(stage.serving)))
    moves: list[list[list[int]]] = [[] for _ in traced.visitors]
    at: list[Point] = [door] * len(traced.visitors)
    since = [v.came_min for v in traced.visitors]
    came_from = [""] * len(traced.visitors)
    held: dict[int, tuple[Pool, int]] = {}
    for now, order, who, number in events:
        person = traced.visitors[who]
        if who in held:
            pool, place = held.pop(who)
            pool.give(place)
        if order == END:
            continue
        if order == LEAVE:
            _walk(stage, moves[who], came_from[who], "", at[who], out, now, None, -1)
            continue
        visit = person.visits[number]
        bank, id_ = hall.index(visit.bank), stage.ids[visit.bank]
        pool = stage.waiting[visit.bank] if order == JOIN else stage.serving[visit.bank]
        place = pool.take()
        held[who] = (pool, place)
        target = pool.at(place)
        leaving = since[who] if order == JOIN or came_from[who] != id_ else now
        arrived = _walk(stage, moves[who], came_from[who], id_, at[who], target, leaving, max(now, leaving), bank)
        until = _until(person, visit, order, traced.problem.close_min)
        if until > arrived:
            doing = WAITING if order == JOIN else SERVED
            moves[who].append([_s(arrived), _s(until), doing, stage.way((target,)), bank])
        at[who], came_from[who], since[who] = target, id_, until
    ways = [[[round(x / 10), round(y / 10)] for x, y in way] for way in stage.kept]
    return {"ways": ways, "people": [[n for move in each for n in move] for each in moves]}


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


def _walk(
    stage: _Stage, moves: list[list[int]], start: str, end: str, a: Point, b: Point, leaving: float, due: float | None,
    bank: int,
) -> float:  # fmt: skip
    """A walk along the layout's route, there when it is due; without a due time at a walking pace. The minute of arrival."""
    bends = stage.ways.between(start, end) if start != end else ()
    way = tuple(dict.fromkeys((a, *bends[1:-1], b)))
    length = fsum(dist(p, q) for p, q in itertools.pairwise(way))
    needed = length / PACE_MM_PER_MIN
    arrived = leaving + needed if due is None else max(due, leaving + min(needed, 1.0))
    began = leaving if due is None else max(leaving, arrived - max(needed, 0.05))
    if len(way) > 1:
        moves.append([_s(began), _s(arrived), WALKING, stage.way(way), bank])
    return arrived


def _s(minutes: float) -> int:
    return round(60 * minutes)
