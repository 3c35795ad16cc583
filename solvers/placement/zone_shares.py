"""How modules share themselves out over zones: the linear program of one question, and the lines that its answers break.

Columns are the zones' shares, what pairs pay, modules without a place, counter lines, ends and steps of staff arcs. Costs are
those of zones by themselves and of pairs of them (zone_pairs.py); of floor only what answers crowd is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from layouts.programme import LayoutRules
from solvers.placement.goals import PERSON_METRES, SCALE
from solvers.placement.hub_arcs import Row, arc_rows
from solvers.placement.problem import Weights
from solvers.placement.rows import rows_of, steps_back
from solvers.placement.variables import Question, arc_ends
from solvers.placement.zone_cliques import crowded_sets, excluded
from solvers.placement.zone_corridors import in_the_way
from solvers.placement.zone_costs import alone, in_any_layout, lines_in_use
from solvers.placement.zone_floor import Room
from solvers.placement.zone_pairs import Bools, Floats, Ints, lines_of_pairs, tables_of
from solvers.placement.zone_program import Line, Program
from solvers.placement.zone_strips import crowded, strips_of, walls, whole
from solvers.placement.zones import Zone, zones_of
from solvers.placement.zoning import at_doors, back_charge

ROOMS, CLIQUES, PAIRS = 40, 60, 40  # stretches of floor, sets of zones that exclude each other, pairs: told in a round
BROKEN = 0.02  # more than whole, or it is not told
LONGEST = (8, 16, 24, 40)  # dm: where zones move off the spine they are shorter here than for CP-SAT, which pays for each
ALONG = 30  # dm: the longest that move along it, of which fewer pass each other on the floor
MANY = 2800  # zones, or they are longer: the program takes a second of each turn then
MIXED, NEW_PAIRS = 0.3, 8  # of answers before, where pairs are looked at; lines of pairs, or the answer alone is looked at
TRACE = 1e-4  # of a module: less of it is looked over
SHORT = 0.3  # person-metres that a line of a pair must ask for
DEAREST = 1e6  # person-metres, or dm: more than any pair costs, any arc is long


class Shares:
    """The program of one question."""

    def __init__(self, question: Question, weights: Weights, rules: LayoutRules) -> None:
        self.q, self.w = question, weights
        self.zones = _as_fine_as_pays(question)
        self.of: dict[str, Ints] = {
            e: np.array([k for k, z in enumerate(self.zones) if z.element == e], dtype=np.int64) for e in question.modes
        }
        ways = in_the_way(question, rules, self.zones)
        self.ever = ~np.diag(ways)
        self.tables = tables_of(question, weights, self.zones, self.of, ways)
        self.apart = excluded(self.tables, self.of, len(self.zones))
        self.strips = strips_of(question.ground, self.zones)
        self.pays = {pair: len(self.zones) + n for n, pair in enumerate(self.tables)}
        self.high = np.ones(len(self.zones))
        self.steady: Floats | None = None
        self.program = self._program()

    def _program(self) -> Program:
        """Costs and lines that are told from the beginning."""
        q, w, zones = self.q, self.w, self.zones
        cost, high = self._by_themselves().tolist(), [1.0] * len(zones)
        rows: list[Row] = []

        def column(price: float, most: float) -> int:
            cost.append(price)
            high.append(most)
            return len(cost) - 1

        for _ in self.pays:
            column(PERSON_METRES, DEAREST)
        offset = in_any_layout(q, w)
        for numbers in self.of.values():
            mine = {int(k): 1.0 for k in numbers} | {column(offset, 1.0): 1.0}  # none lacks a place: dearer than all
            rows += [(mine, 1.0), ({k: -1.0 for k in mine}, -1.0)]
        for by_element in lines_in_use(zones):
            opened = column(float(round(SCALE * w.frontline * 10 * q.visitors)), 1.0)
            rows += [({**dict.fromkeys(numbers, 1.0), opened: -1.0}, 0.0) for numbers in by_element.values()]
        for space in q.spaces():
            rows.append(({k: 1.0 for k, z in enumerate(zones) if z.mode.space == space}, 1.0))
        for row in rows_of(q):
            within = {self.pays[min(e, f), max(e, f)]: -1.0 for e, f, _ in q.legs if {e, f} <= {*row.members}}
            if least := steps_back(q, row, partial(back_charge, w=w)):
                rows.append((within, -least / PERSON_METRES))
        price = float(round(SCALE * w.staff_arc * q.visitors))
        kind = np.array([list(self.of).index(z.element) for z in zones], dtype=np.int64)
        ways = list(arc_rows(q.ground.arcs, zones, kind, [1] * len(self.of), len(cost)))
        walked = [{column(0.0, 1.0): float(step) for step in steps} for steps, _ in ways]
        for way, ((_, said), steps_walked) in enumerate(zip(ways, walked)):
            end = column(price, DEAREST)
            rows += said
            rows += [({**most, end: -1.0}, 0.0) for most in (steps_walked, *self._farthest(way))]
        offset += price * sum(high_door - low_door for (_, low_door), (high_door, _) in map(arc_ends, q.ground.arcs))
        self.high = np.array(high)
        told: list[Line] = [(list(row), list(row.values()), limit) for row, limit in rows]
        told += [self._line(room) for wall in walls(zones) if (room := whole(wall, zones)) is not None]
        return Program(np.array(cost) / PERSON_METRES, offset / PERSON_METRES, told)

    def _by_themselves(self) -> Floats:
        """Zones with the ways in and out that no other module shares."""
        q, w = self.q, self.w
        persons: dict[str, int] = {}
        for e, n in (*q.first.items(), *q.last.items()):
            persons[e] = persons.get(e, 0) + round(SCALE * w.lateral * n)
        legs = {e: q.door_legs(e) for e in q.modes}
        return np.array([
            alone(q, w, z) + persons.get(z.element, 0) * z.lat()[0] + at_doors(legs[z.element], z.t(), z.y(), w)
            for z in self.zones
        ], dtype=float)  # fmt: skip

    def _farthest(self, way: int) -> Iterator[dict[int, float]]:
        """For each module, how far its zones take an arc's end from its door: ways are the arcs' ends, the upper one first."""
        d, down = divmod(way, 2)
        (_, door_low), (door_high, _) = arc_ends(self.q.ground.arcs[d])
        for numbers in self.of.values():
            served = [k for k in numbers.tolist() if (reach := self.zones[k].reach) is not None and reach.arc == d]
            beyond = {k: (door_low - self.zones[k].arc_low() if down else self.zones[k].arc_high() - door_high) for k in served}
            if far := {k: float(dm) for k, dm in beyond.items() if dm > 0}:
                yield far

    def _line(self, room: Room) -> Line:
        return [k for k, _ in room.chords], [float(chord) for _, chord in room.chords], float(room.length)

    def broken(self, x: Floats, allowed: Bools | None = None) -> list[Line]:
        """What an answer breaks: floor, zones that exclude each other, pairs that pay too little. `allowed`: its zones."""
        z = x[: len(self.zones)]
        found = [self._line(room) for room in crowded(self.strips, z)[:ROOMS]]
        found += [(numbers, [1.0] * len(numbers), 1.0) for numbers in crowded_sets(self.apart, z, CLIQUES, BROKEN)]
        steady = self.steady = self._steadied(x, allowed)
        short = [line for line in self._of_pairs(steady) if float(x[line[0]] @ line[1]) > line[2] + SHORT]
        return [*found, *short, *(self._of_pairs(x) if len(short) < NEW_PAIRS else ())]

    def _steadied(self, x: Floats, allowed: Bools | None) -> Floats:
        """The answer with a part of those before it: pairs there tell more (Wentges 1997), for answers leap."""
        if self.steady is None or allowed is None:
            return x
        mixed, before = x.copy(), self.steady.copy()
        before[: len(self.zones)][~allowed] = 0.0
        for numbers in self.of.values():
            if (share := before[numbers].sum()) > MIXED:  # else the module has moved away
                mixed[numbers] += MIXED * (before[numbers] / share * x[numbers].sum() - x[numbers])
        paid = [*self.pays.values()]
        mixed[paid] += MIXED * (before[paid] - x[paid])
        return np.where((mixed > TRACE) | (x > TRACE), mixed, 0.0)

    def _of_pairs(self, x: Floats) -> list[Line]:
        paid = {pair: PERSON_METRES * float(x[column]) for pair, column in self.pays.items()}
        found: list[Line] = []
        for pair, u, v in lines_of_pairs(self.tables, self.of, x[: len(self.zones)], paid)[:PAIRS]:
            values = np.concatenate([u, v]) / PERSON_METRES
            columns = np.concatenate([self.of[pair[0]], self.of[pair[1]]])
            told = np.flatnonzero(values)
            found.append(([*columns[told].tolist(), self.pays[pair]], [*values[told].tolist(), -1.0], 0.0))
        return found

    def left(self, allowed: Bools) -> Bools:
        """Without the zones that no layout takes, and those that exclude all that is left to another module."""
        allowed, shrinks = allowed & self.ever, True
        while shrinks:
            shrinks = False
            for (e, f), table in self.tables.items():
                a, b = self.of[e], self.of[f]
                dead = table.clash[:, allowed[b]].all(axis=1) & allowed[a]
                dead2 = table.clash[allowed[a]].all(axis=0) & allowed[b]
                if dead.any() or dead2.any():
                    allowed[a[dead]], allowed[b[dead2]], shrinks = False, False, True
        return allowed


def _as_fine_as_pays(question: Question) -> tuple[Zone, ...]:
    """Zones that are as short as so many of them allow."""
    zones: tuple[Zone, ...] = ()
    for longest in LONGEST:
        zones = zones_of(question, longest, along=ALONG)
        if len(zones) <= MANY:
            break
    return zones
