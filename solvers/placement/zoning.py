"""The zoning relaxation: which zone each module takes, no positions at all. Its optimum is a bound for one spine.

Every constraint here is implied by rules.py and every cost is at most that of goals.py, for all positions in the zones.
Costs are in hundredths of a person-decimetre, as in goals.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import cast

from ortools.sat.python import cp_model

from solvers.placement.goals import PERSON_METRES, SCALE, Expression, daylight_price, near_units, surplus_price
from solvers.placement.kept import is_pinned, kept
from solvers.placement.modes import Mode
from solvers.placement.near import doors
from solvers.placement.problem import DM, PlacementProblem, SpineLine, Weights
from solvers.placement.rows import rows_of, steps_back
from solvers.placement.variables import Question, arc_ends
from solvers.placement.ways_in import Beside, least_back, least_sideways, through
from solvers.placement.zone_floor import Room, exclusions, lines
from solvers.placement.zone_strips import walls, whole
from solvers.placement.zones import ZONE_DM, Zone, zones_of

Place = Callable[[Zone], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Zoning:
    """The model in the making: z[k] tells that zone k is the one its module takes."""

    model: cp_model.CpModel
    q: Question
    w: Weights
    zones: tuple[Zone, ...]
    z: tuple[cp_model.IntVar, ...]
    of: dict[str, list[int]]

    y: dict[str, cp_model.IntVar] = field(default_factory=dict)
    ends: list[tuple[cp_model.IntVar, cp_model.IntVar]] = field(default_factory=list)
    stairs: dict[tuple[str, Place, int], tuple[list[int], list[Expression]]] = field(default_factory=dict)

    def some(self, numbers: Iterable[int]) -> Expression:
        return sum(self.z[k] for k in numbers)

    def beyond(self, e: str, place: Place, end: int, mark: int) -> Expression:
        """Is the zone taken whose least (`end` 0) or greatest (1) coordinate is `mark` or more?

        Told step by step, each from the one above, so that the matrix stays sparse: sums of all zones at every mark made it
        fifty times as full.
        """
        if (e, place, end) not in self.stairs:
            at: dict[int, list[int]] = {}
            for k in self.of[e]:
                at.setdefault(place(self.zones[k])[end], []).append(k)
            marks, steps = sorted(at), [cast(Expression, 0)]
            for here in reversed(marks):
                step = self.model.new_bool_var("")
                self.model.add(step == steps[-1] + self.some(at[here]))
                steps.append(step)
            self.stairs[e, place, end] = marks, steps[::-1]
        marks, steps = self.stairs[e, place, end]
        return steps[bisect_left(marks, mark)]

    def moves(self, e: str) -> bool:
        """Has the module a zone in which its distance off the spine changes?"""
        return any(self.zones[k].run.la and self.zones[k].lo < self.zones[k].hi for k in self.of[e])

    def signed(self, e: str) -> Expression:
        """y_e, between the least and the most of the zone that is taken."""
        if not self.moves(e):
            return sum(self.zones[k].y()[0] * self.z[k] for k in self.of[e])
        if e not in self.y:
            ends = [end for k in self.of[e] for end in self.zones[k].y()]
            y = self.y[e] = self.model.new_int_var(min(ends), max(ends), f"y[{e}]")
            self.model.add(y >= sum(self.zones[k].y()[0] * self.z[k] for k in self.of[e]))
            self.model.add(y <= sum(self.zones[k].y()[1] * self.z[k] for k in self.of[e]))
        return self.y[e]


@dataclass(frozen=True, slots=True)
class Zoned:
    """The relaxation of one question: its zones and their letters. It can be told of more room.

    `untold` are sets of zones of which at most one can be taken: `whole` tells them. `ends`: of the staff arcs.
    """

    model: cp_model.CpModel
    zones: tuple[Zone, ...]
    z: tuple[cp_model.IntVar, ...]
    untold: list[list[int]]
    ends: list[tuple[cp_model.IntVar, cp_model.IntVar]]

    def tell(self, rooms: Iterable[Room]) -> None:
        """These stretches of floor hold no more than their length."""
        for room in rooms:
            self.model.add(sum(chord * self.z[k] for k, chord in room.chords) <= room.length)

    def whole(self) -> cp_model.CpModel:
        """The model with all that is known of zones."""
        for numbers in self.untold:
            self.model.add_at_most_one(self.z[k] for k in numbers)
        self.untold.clear()
        return self.model


def zoning_model(question: Question, weights: Weights, below: float | None = None) -> cp_model.CpModel:
    """The model alone; `below` asks for an objective (person-metres) under it."""
    return zoned(question, weights, below).whole()


def zoned(question: Question, weights: Weights, below: float | None = None, longest: int = ZONE_DM) -> Zoned:
    """The relaxation of one question; `longest`: zones in which moving along a wall changes the way off the spine."""
    model = cp_model.CpModel()
    zones = zones_of(question, longest)
    of: dict[str, list[int]] = {e: [] for e in question.modes}
    for k, zone in enumerate(zones):
        of[zone.element].append(k)
    m = _Zoning(model, question, weights, zones, tuple(model.new_bool_var(f"z{k}") for k in range(len(zones))), of)
    for numbers in of.values():
        model.add_exactly_one(m.z[k] for k in numbers)
    told = Zoned(model, zones, m.z, [[*same, *others] for same, others in exclusions(zones)], m.ends)
    told.tell(lines(question.ground, zones))
    told.tell(room for wall in walls(zones) if (room := whole(wall, zones)) is not None)
    for space in question.spaces():
        model.add_at_most_one(m.z[k] for k, zone in enumerate(zones) if zone.mode.space == space)
    total = _single(m) + _between(m) + _arcs(m) + _frontlines(m) + _nearness(m)
    model.minimize(total)
    if below is not None:
        model.add(total <= int(below * PERSON_METRES) - 1)
    return told


def _single(m: _Zoning) -> Expression:
    """What a zone costs by itself, at the least: ways in and out, rooms at hand, disliked insides; and the spine's length."""
    q, w = m.q, m.w
    walked: dict[str, int] = {}
    for e, n in (*q.first.items(), *q.last.items()):
        walked[e] = walked.get(e, 0) + round(SCALE * w.lateral * n)
    for e in q.aside:
        walked[e] = walked.get(e, 0) + round(SCALE * w.room_share * q.visitors)
    total: Expression = SCALE * q.through()
    total += round(SCALE * w.walls_removed * q.visitors) * q.removed_dm
    for one, other, n in q.between_doors():
        total += back_charge(n, w) * max(0, one.t - other.t) + round(SCALE * w.lateral * n) * abs(one.y() - other.y())
    for e, persons in walked.items():
        total += persons * _distance(m, e)
    by_door = {e: q.door_legs(e) for e in m.of}
    for k, zone in enumerate(m.zones):
        total += at_doors(by_door[zone.element], zone.t(), zone.y(), w) * m.z[k]
        if uneasy := daylight_price(q, w) * zone.run.dark + surplus_price(w) * zone.run.tight:
            total += uneasy * m.z[k]
        if zone.mode.inside.walls:
            total += round(SCALE * w.new_walls * q.visitors) * zone.mode.inside.walls * m.z[k]
        if zone.mode.inside.penalty == "across":
            total += round(SCALE * w.across * zone.mode.inside.length * q.visitors) * m.z[k]
        elif zone.mode.inside.penalty == "queue":
            total += round(SCALE * w.queue_in_spine * 10 * q.visitors) * m.z[k]
    return total


def _distance(m: _Zoning, e: str) -> Expression:
    """lat_e = |y_e|, and at least that of the zone that is taken."""
    least: Expression = sum(m.zones[k].lat()[0] * m.z[k] for k in m.of[e])
    if not m.moves(e):
        return least
    lat = m.model.new_int_var(0, max(m.zones[k].lat()[1] for k in m.of[e]), f"lat[{e}]")
    m.model.add(lat >= least)
    m.model.add(lat >= m.signed(e))
    m.model.add(lat >= -m.signed(e))
    return lat


def _between(m: _Zoning) -> Expression:
    """Legs: sideways |y_e - y_f| and back max(0, t_e - t_f), level by level; forward walks add up to the spine's length.

    At each level the way is walked where one end lies surely beyond it and the other surely not: sum of the levels' widths
    is the distance, and of all linear forms this one is the tightest (Kantorovich on a line).
    """
    total: Expression = 0
    backwards: dict[tuple[str, str], Expression] = {}
    for e, f, n in m.q.module_legs():
        side = round(SCALE * m.w.lateral * n)
        total += side * _sideways(m, e, f)
        backwards[e, f] = back_charge(n, m.w) * _levels(m, (e, f), None, Zone.t)
    for row in rows_of(m.q):
        within = [leg for leg in backwards if {*leg} <= {*row.members}]
        least = steps_back(m.q, row, partial(back_charge, w=m.w))
        if least:  # zones know no order along a wall: the row's best one is a bound for all of them together
            cost = m.model.new_int_var(least, cp_model.INT32_MAX * SCALE, "")
            m.model.add(cost >= sum(backwards.pop(leg) for leg in within))
            total += cost
    return total + sum(backwards.values())


def back_charge(persons: int, w: Weights) -> int:
    """What a decimetre walked against the flow costs: there and back, and the dislike of it."""
    return 2 * SCALE * persons + round(SCALE * persons * (w.backtrack - 1))


def at_doors(legs: Iterable[tuple[Beside, int, bool]], t: tuple[int, int], y: tuple[int, int], w: Weights) -> int:
    """The least that legs between a module and doors cost beyond their way along the flow, anywhere in a stretch."""
    return sum(
        back_charge(n, w) * least_back(t, door, comes=comes) + round(SCALE * w.lateral * n) * least_sideways(y, door)
        for door, n, comes in legs
    )


def _sideways(m: _Zoning, e: str, f: str) -> Expression:
    """At least |y_e - y_f|."""
    surely = _levels(m, (e, f), (f, e), Zone.y)
    if not m.moves(e) and not m.moves(f):
        return surely
    rest = m.model.new_int_var(0, 2 * sum(m.q.ground.raster.shape()), "")
    m.model.add(surely + rest >= m.signed(e) - m.signed(f))
    m.model.add(surely + rest >= m.signed(f) - m.signed(e))
    return surely + rest


def _levels(m: _Zoning, way: tuple[str, str], also: tuple[str, str] | None, place: Place) -> Expression:
    """How far the first of a way surely lies beyond the second (dm), and the other way round with `also`."""
    total: Expression = 0
    marks = sorted({end for e in way for k in m.of[e] for end in place(m.zones[k])})
    for low, high in pairwise(marks):
        crossed: cp_model.IntVar | None = None
        for e, f in (way,) if also is None else (way, also):
            surely = any(place(m.zones[k])[0] >= high for k in m.of[e])
            if surely and any(place(m.zones[k])[1] < high for k in m.of[f]):
                crossed = m.model.new_bool_var("") if crossed is None else crossed
                m.model.add(m.beyond(e, place, 0, high) <= m.beyond(f, place, 1, high) + crossed)
        if crossed is not None:
            total += (high - low) * crossed
    return total


def _arcs(m: _Zoning) -> Expression:
    """B_d - A_d is at least the length of all that arc d serves, and reaches every zone that it serves."""
    total: Expression = 0
    for d, arc in enumerate(m.q.ground.arcs):
        ends = arc_ends(arc)
        a, b = m.model.new_int_var(*ends[0], ""), m.model.new_int_var(*ends[1], "")
        m.ends.append((a, b))
        low, high = ends[0][1], ends[1][0]
        served = [k for k, zone in enumerate(m.zones) if zone.reach is not None and zone.reach.arc == d]
        m.model.add(b - a >= sum(m.zones[k].mode.inside.length * m.z[k] for k in served))
        for e in m.of:
            mine = [k for k in served if m.zones[k].element == e]
            m.model.add(a <= low - sum(max(0, low - m.zones[k].arc_low()) * m.z[k] for k in mine))
            m.model.add(b >= high + sum(max(0, m.zones[k].arc_high() - high) * m.z[k] for k in mine))
        total += round(SCALE * m.w.staff_arc * m.q.visitors) * (b - a)
    return total


def _frontlines(m: _Zoning) -> Expression:
    """A counter line is opened by any of its zones."""
    users: dict[tuple[str, int], dict[str, list[int]]] = {}
    for k, zone in enumerate(m.zones):
        desk, mode = zone.mode.inside.desk, zone.mode
        if desk is not None:
            line = 0 if mode.back is None else mode.back + mode.sign * desk[1]
            users.setdefault((mode.baseline, line), {}).setdefault(zone.element, []).append(k)
    total: Expression = 0
    for by_element in users.values():
        opened = m.model.new_bool_var("")
        for numbers in by_element.values():
            m.model.add(m.some(numbers) <= opened)
        total += round(SCALE * m.w.frontline * 10 * m.q.visitors) * opened
    return total


def _nearness(m: _Zoning) -> Expression:
    """Rated pairs are as far apart as the nearest ends of their zones, at least, on each axis, and as their own depths hold
    them: modules side by side, or one behind the other, are half of both apart. An X costs nothing here."""
    q = m.q
    entrances = doors(q.ground.spine.points)
    total: Expression = 0
    for near in q.near:
        if near.apart:
            continue
        price = near_units(near, q, m.w)
        if near.a in entrances or near.b in entrances:
            e, door = (near.b, near.a) if near.a in entrances else (near.a, near.b)
            total += price * sum(off(m.zones[k], entrances[door]) * m.z[k] for k in m.of[e])
            continue
        apart: Expression = 0
        for axis in (0, 1):
            gap = m.model.new_int_var(0, 2 * sum(q.ground.raster.shape()), "")
            for e, f in ((near.a, near.b), (near.b, near.a)):
                m.model.add(gap >= _taken(m, m.of[e], Zone.low_middle, axis) - _taken(m, m.of[f], Zone.high_middle, axis))
            apart += gap
        if all(half(m.zones[k]) for e in (near.a, near.b) for k in m.of[e]):
            m.model.add(apart >= sum(half(m.zones[k]) * m.z[k] for e in (near.a, near.b) for k in m.of[e]))
        total += price * apart
    return total


def off(zone: Zone, point: tuple[int, int]) -> int:
    """How far the module's middle is from a point, at the least."""
    return sum(max(0, a - at, at - b) for a, b, at in zip(zone.low_middle(), zone.high_middle(), point))


def half(zone: Zone) -> int:
    """From the middle of a module's box to its nearest side, rounded down; 0 for a room that takes no floor of the hall."""
    depth = zone.mode.inside.full[1] - zone.mode.inside.full[0]
    return min(depth, zone.mode.inside.length) // 2 if depth > 0 and zone.mode.heart is None else 0


def _taken(m: _Zoning, numbers: list[int], end: Callable[[Zone], tuple[int, int]], axis: int) -> Expression:
    return sum(end(m.zones[k])[axis] * m.z[k] for k in numbers)


def least_at_a_glance(question: Question, weights: Weights) -> float:
    """A bound without any model (person-metres): the spine's length, and every module at its least distance off it;
    modules that can only stand in a row, in the best order that a row has."""
    least = {
        e: kept(question.ground, ("least off", e), modes, partial(_least_off, modes), keep=not is_pinned(modes))
        for e, modes in question.modes.items()
    }
    total = PERSON_METRES * least_on(question.ground.spine, question)
    total += round(SCALE * weights.walls_removed * question.visitors) * question.removed_dm
    total += sum(round(SCALE * weights.lateral * n) * least[e] for e, n in (*question.first.items(), *question.last.items()))
    total += sum(round(SCALE * weights.room_share * question.visitors) * least[e] for e in question.aside)
    total += sum(steps_back(question, row, partial(back_charge, w=weights)) for row in rows_of(question))
    return total / PERSON_METRES


def _least_off(modes: tuple[Mode, ...]) -> int:
    """The least distance off the spine (dm) of all places; 0 where there is none."""
    return min((min(run.la * u + run.lb for u in (run.lo, run.hi)) for mode in modes for run in mode.runs), default=0)


def least_on(spine: SpineLine, question: Question) -> float:
    """What the length of a spine alone costs (person-metres), whatever is built beside it."""
    return SCALE * through(spine.length_dm(), question.legs, question.last, question.doors) / PERSON_METRES


def price_of_hall(problem: PlacementProblem, weights: Weights) -> float:
    """What the walls that go for a hall cost at the least that any layout in it does (person-metres)."""
    removed_dm = sum(w.length_mm for w in problem.hall.removed) // DM if problem.hall is not None else 0
    visitors = sum(f.visitors_per_day for f in problem.programme.flows)
    return round(SCALE * weights.walls_removed * visitors) * removed_dm / PERSON_METRES
