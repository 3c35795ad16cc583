"""A bound that branches on where the hubs are: the stops that most visits share, such as reception, cashier and collection.

Zones alone let a cashier stand everywhere in fractions, so that nobody walks far to it. Here every hub has a box, in
which it stands somewhere; then what a visit walks depends on its own bank's zone alone, and what is left is who gets which
floor: a small linear program. Boxes are halved where the bound is lowest (best first), so the lowest leaf is a bound for the
spine at any time. Modules that are alike in all that matters here are counted, not told apart.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array

from solvers.effort import Cancel
from solvers.placement.goals import SCALE, near_units
from solvers.placement.hub_arcs import arc_rows
from solvers.placement.problem import PlacementProblem, Weights
from solvers.placement.variables import Question, arc_ends
from solvers.placement.ways_in import WAY, stops_of
from solvers.placement.zone_costs import alone, lines_in_use, to_doors
from solvers.placement.zone_floor import Room
from solvers.placement.zone_linear import Floats, Linear, solve_linear
from solvers.placement.zone_strips import Strip, crowded, strips_of
from solvers.placement.zones import Zone, zones_of
from solvers.placement.zoning import back_charge, half

SHARED = 3  # visits from so many kinds of trips make a stop a hub
CAPACITIES = 8  # rounds in which crowded floor is said to the first program
NODE_ROUNDS = 1  # the same for each program after it
RECENT, HARDLY = 40, 0.002  # steps that told less than this share of the bound: the tree tells little more
Box = tuple[int, int, int, int]  # least and most y, least and most t of a hub


@dataclass(frozen=True, slots=True)
class Trip:
    """Visitors who walk from stop to stop, the first and the last of which may be doors; what a decimetre off the spine, and
    one against the flow, costs for all of them."""

    stops: tuple[str, ...]
    aside: float
    back: float


def trips_of(question: Question, problem: PlacementProblem, weights: Weights) -> tuple[Trip, ...]:
    """The trips of a programme, at prices that are nowhere above those of goals.py, which rounds a leg's price for all its
    visitors."""
    persons = {(e, f): n for e, f, n in question.legs}
    found = []
    for flow in problem.programme.flows:
        stops = stops_of(flow, frozenset(question.modes), problem.level, question.ground.spine)
        if not stops or not flow.visitors_per_day:
            continue
        legs = [persons[leg] for leg in pairwise(stops)]
        ends = [question.first.get(stops[0], 0), question.last.get(stops[-1], 0)]
        aside = min((round(SCALE * weights.lateral * n) / n for n in (*ends, *legs) if n), default=0.0)
        back = min((back_charge(n, weights) / n for n in legs if n), default=0.0)
        found.append(Trip(stops, flow.visitors_per_day * aside, flow.visitors_per_day * back))
    return tuple(found)


def hubs_of(question: Question, trips: Sequence[Trip]) -> tuple[str, ...]:
    """The modules that at least SHARED trips stop at."""
    users: dict[str, int] = {}
    for trip in trips:
        for stop in dict.fromkeys(s for s in trip.stops if s not in question.doors):
            users[stop] = users.get(stop, 0) + 1
    return tuple(stop for stop, count in users.items() if count >= SHARED)


@dataclass(order=True, slots=True)
class _Node:
    bound: float
    number: int
    zones: dict[str, npt.NDArray[np.bool_]] = field(compare=False)  # for each hub, which of its zones it may take
    x: Floats | None = field(compare=False, default=None)


class HubTree:
    """The bound of one question, raised step by step."""

    def __init__(self, question: Question, problem: PlacementProblem, weights: Weights) -> None:
        self.q, self.w = question, weights
        self.trips = trips_of(question, problem, weights)
        self.hubs = hubs_of(question, self.trips)
        kinds = _kinds(question, weights, self.trips, self.hubs)
        self.kind_of = {e: k for k, members in enumerate(kinds) for e in members}
        self.count = [len(members) for members in kinds]
        of_zones = zones_of(replace(question, modes={m[0]: question.modes[m[0]] for m in kinds}))
        self.zones: tuple[Zone, ...] = of_zones
        self.kind = np.array([self.kind_of[z.element] for z in of_zones], dtype=np.int64)
        self.y = np.array([z.y() for z in of_zones], dtype=np.int64).reshape(-1, 2)
        self.t = np.array([z.t() for z in of_zones], dtype=np.int64).reshape(-1, 2)
        self.strips = strips_of(question.ground, of_zones)
        self.form = self._form()
        self.bound = float("-inf")  # person-metres
        self.done = False
        self.made = 0
        self.open: list[_Node] = []
        self.before: list[float] = []  # what the bound was after each step
        self.lock = threading.Lock()  # a leaf that one thread works on is no leaf to another: the rest alone is no bound

    # -- the program -------------------------------------------------------------------------------------------------

    def _form(self) -> Linear:
        """Costs are those of zones alone; trips are added box by box. The columns: zones, counter lines, steps of arcs."""
        q, w, n = self.q, self.w, len(self.zones)
        rows: list[tuple[dict[int, float], float]] = []
        cost, high = [alone(q, w, z) for z in self.zones], [float(self.count[k]) for k in self.kind]
        offset = float(SCALE * q.through())
        for k, count in enumerate(self.count):
            mine = {int(z): 1.0 for z in np.flatnonzero(self.kind == k)} | {len(cost): 1.0}
            rows += [(mine, float(count)), ({z: -1.0 for z in mine}, -float(count))]
            cost.append(offset)  # a module without a place: no layout has any, and what cannot be placed costs more than all
            high.append(float(count))
        for by_element in lines_in_use(self.zones):
            opened = len(cost)
            cost.append(float(round(SCALE * w.frontline * 10 * q.visitors)))
            high.append(1.0)
            for numbers in by_element.values():
                kind = int(self.kind[numbers[0]])
                rows.append(({**{z: 1.0 / self.count[kind] for z in numbers}, opened: -1.0}, 0.0))
        for space in q.spaces():
            rows.append(({k: 1.0 for k, z in enumerate(self.zones) if z.mode.space == space}, 1.0))
        price = float(round(SCALE * w.staff_arc * q.visitors))
        for steps, said in arc_rows(q.ground.arcs, self.zones, self.kind, self.count, len(cost)):
            cost += [price * step for step in steps]
            high += [1.0] * len(steps)
            rows += said
        offset += round(SCALE * w.walls_removed * q.visitors) * q.removed_dm
        offset += self._together()
        offset += price * sum(high_door - low_door for (_, low_door), (high_door, _) in map(arc_ends, q.ground.arcs))
        a = coo_array(
            ([v for row, _ in rows for v in row.values()],
             ([r for r, (row, _) in enumerate(rows) for _ in row], [c for row, _ in rows for c in row])),
            shape=(len(rows), len(cost)),
        ).tocsr()  # fmt: skip
        form = Linear(
            np.array(cost), offset, a, np.array([limit for _, limit in rows]), np.zeros(len(cost)), np.array(high)
        )  # fmt: skip
        return form.with_rooms((room for strip in self.strips if (room := self._whole(strip)) is not None), np.arange(n))

    def _whole(self, strip: Strip) -> Room | None:
        """All of a strip as a capacity; None where it holds whatever stands on it."""
        a, b = int(strip.lo.min()), int((strip.hi + strip.length).max())
        most = np.zeros(len(self.count))
        np.maximum.at(most, self.kind[strip.zones], strip.length)
        return strip.room(a, b) if float(most @ np.array(self.count)) > b - a else None

    def _together(self) -> float:
        """What rated pairs cost at the least: their own depths hold them apart."""
        least = {e: min(half(z) for z in self.zones if z.element == e) for e in {z.element for z in self.zones}}
        of = {e: least[next(z.element for z in self.zones if self.kind_of[z.element] == k)] for e, k in self.kind_of.items()}
        pairs = [near for near in self.q.near if not near.apart and near.a in of and near.b in of]
        return float(sum(near_units(n, self.q, self.w) * (of[n.a] + of[n.b]) for n in pairs if of[n.a] and of[n.b]))

    # -- trips -------------------------------------------------------------------------------------------------------

    def _boxes(self, node: dict[str, npt.NDArray[np.bool_]]) -> dict[str, Box]:
        """Where each stop surely is: a hub in its box, the others anywhere they have a zone."""
        found = {name: (door.y(), door.y(), door.t, door.t) for name, door in self.q.doors.items()}
        for e, k in self.kind_of.items():
            here = node.get(e, self.kind == k)
            y, t = self.y[here], self.t[here]
            found[e] = (int(y[:, 0].min()), int(y[:, 1].max()), int(t[:, 0].min()), int(t[:, 1].max()))
        return found

    def _walked(self, boxes: dict[str, Box]) -> tuple[Floats, float]:
        """What the trips cost at the least: by the zone of a stop that is no hub, and what is left, for trips between hubs."""
        cost, rest = np.zeros(len(self.zones)), 0.0
        for trip in self.trips:
            own = [s for s in dict.fromkeys(trip.stops) if s in self.kind_of and s not in self.hubs]
            for stop in own:
                here, shared = self.kind == self.kind_of[stop], len(own) * self.count[self.kind_of[stop]]
                cost[here] += _least(trip, boxes, stop, self.y[here], self.t[here]) / shared
            if not own:
                rest += float(_least(trip, boxes, None, self.y[:1], self.t[:1])[0])
        return cost, rest

    # -- the tree ----------------------------------------------------------------------------------------------------

    def tells_little(self) -> bool:
        """Have the last steps raised the bound by next to nothing, or is there nothing left to branch on?"""
        recent = self.before[-RECENT:]
        return self.done or (len(recent) == RECENT and self.bound <= recent[0] * (1 + HARDLY))

    def step(self, seconds: float, cancel: Cancel | None = None) -> None:
        """One more program: at first for all boxes at once, then for both halves of the box whose bound is lowest. Cancelled
        between two programs, a step leaves all as it was. Threads that share a tree step one after the other."""
        with self.lock:
            self._step(seconds, cancel)

    def _step(self, seconds: float, cancel: Cancel | None) -> None:
        if not self.made:
            whole = {h: self.kind == self.kind_of[h] for h in self.hubs}
            node = self._solved(whole, float("-inf"), seconds, CAPACITIES, cancel)
            if node is None and cancel:
                self.made = 0
                return
            if node is not None:
                self.open = [node]
        elif self.open:
            node = heapq.heappop(self.open)
            halves = self._halves(node)
            solved = [self._solved(half, node.bound, seconds, NODE_ROUNDS, cancel) for half in halves]
            if cancel:
                heapq.heappush(self.open, node)
                return
            if not halves or any(n is None for n in solved):
                self.done = True  # told all there is, or out of time: this leaf stays as it is
                heapq.heappush(self.open, node)
            else:
                for n in solved:
                    if n is not None:
                        heapq.heappush(self.open, n)
        self.done = self.done or not self.open
        self.before.append(self.bound)
        self.bound = max(self.bound, self.open[0].bound) if self.open else self.bound

    def _solved(
        self, zones: dict[str, npt.NDArray[np.bool_]], least: float, seconds: float, rounds: int, cancel: Cancel | None = None
    ) -> _Node | None:
        """The program with hubs in their boxes; crowded floor is said to it, and so to all later ones."""
        self.made += 1
        cost, rest = self._walked(self._boxes(zones))
        shut = np.zeros(len(self.zones), dtype=np.bool_)
        for hub, here in zones.items():
            shut |= (self.kind == self.kind_of[hub]) & ~here
        n, x, bound = len(self.zones), None, least
        for _ in range(rounds):
            if cancel:
                break
            form = self.form
            c, high = form.c.copy(), form.high.copy()
            c[:n] += cost
            high[:n][shut] = 0.0
            solved = solve_linear(replace(form, c=c, high=high, offset=form.offset + rest), seconds, presolve=False)
            if solved.x is None:
                break
            gained, bound, x = solved.bound > bound * 1.0005, max(bound, solved.bound), solved.x
            rooms = crowded(self.strips, x[:n]) if gained else []
            if not rooms:
                break
            self.form = form.with_rooms(rooms, np.arange(n))
        return _Node(bound, self.made, zones, x) if x is not None else None

    def _halves(self, node: _Node) -> list[dict[str, npt.NDArray[np.bool_]]]:
        """The hub's box halved that tells most of where the program has its zones: sides first, then the middle of what it
        takes, off the spine or along it."""
        assert node.x is not None
        boxes, x = self._boxes(node.zones), node.x[: len(self.zones)]
        now = self._worth(boxes, x)
        best: tuple[float, list[dict[str, npt.NDArray[np.bool_]]]] = (-1.0, [])
        for hub, here in node.zones.items():
            for of in (self.y, self.t):
                middle = of.sum(axis=1) / 2
                low, high = float(middle[here].min()), float(middle[here].max())
                if low == high:
                    continue
                at = 0.0 if of is self.y and low < 0 < high else (low + high) / 2
                parts = [here & (middle < at), here & (middle >= at)]
                if not parts[0].any() or not parts[1].any():
                    continue
                halves = [{**node.zones, hub: part} for part in parts]
                gains = sorted(self._worth(self._boxes(half), x) - now for half in halves)
                told = gains[0] + 0.1 * gains[1]
                if told > best[0]:
                    best = (told, halves)
        return best[1] if best[0] > 0 else self._spread(node)

    def _spread(self, node: _Node) -> list[dict[str, npt.NDArray[np.bool_]]]:
        """Where hubs tell nothing more: the module that the program spreads over most floor is on one side of its middle."""
        assert node.x is not None
        x, at = node.x[: len(self.zones)], self.y.sum(axis=1) / 2
        best: tuple[float, list[dict[str, npt.NDArray[np.bool_]]]] = (1.0, [])
        for e, kind in self.kind_of.items():
            here = node.zones.get(e, self.kind == kind)
            if self.count[kind] > 1 or not x[here].any():
                continue
            middle = float(np.average(at[here], weights=x[here]))
            far = float(np.abs(at[here] - middle) @ x[here]) * sum(trip.aside for trip in self.trips if e in trip.stops)
            parts = [here & (at < middle), here & (at >= middle)]
            if far > best[0] and parts[0].any() and parts[1].any():
                best = (far, [{**node.zones, e: part} for part in parts])
        return best[1]

    def _worth(self, boxes: dict[str, Box], x: Floats) -> float:
        cost, rest = self._walked(boxes)
        return float(cost @ x) + rest


def _least(trip: Trip, boxes: dict[str, Box], own: str | None, y: npt.NDArray[np.int64], t: npt.NDArray[np.int64]) -> Floats:
    """What a trip costs for each zone of its own stop, at the least: from the spine's beginning, or a door, to its end or
    another door, always as little further as the next stop's interval asks. On a line nothing is shorter."""
    first = boxes[trip.stops[0]] if trip.stops[0].startswith(WAY) else (0, 0, 0, 0)
    at, along = np.full(len(y), float(first[0])), np.full(len(t), float(first[2]))
    off, back = np.zeros(len(y)), np.zeros(len(t))
    for stop in trip.stops:
        y0, y1, t0, t1 = (y[:, 0], y[:, 1], t[:, 0], t[:, 1]) if stop == own else boxes[stop]
        there = np.clip(at, y0, y1)
        off += np.abs(there - at)
        at = there
        back += np.maximum(0.0, along - t1)
        along = np.minimum(np.maximum(along, t0), t1)
    home = np.zeros(len(y)) if trip.stops[-1].startswith(WAY) else np.abs(at)
    return np.asarray(trip.aside * (off + home) + trip.back * back)


def _kinds(question: Question, weights: Weights, trips: Sequence[Trip], hubs: Sequence[str]) -> list[tuple[str, ...]]:
    """Modules that nothing here tells apart: the same places, the same trips. Hubs stand alone."""
    found: dict[object, list[str]] = {}
    for e, modes in question.modes.items():
        own = [trip for trip in trips if e in trip.stops]
        walks = sorted((tuple("" if s == e else s for s in trip.stops), trip.aside, trip.back) for trip in own)
        places, drawn = tuple(replace(mode, element="") for mode in modes), tuple(to_doors(question, weights, e))
        found.setdefault(e if e in hubs else (places, tuple(walks), e in question.aside, drawn), []).append(e)
    return [tuple(members) for members in found.values()]
