"""What layouts cost in the quick search: the goals of goals.py on places, of one module at once or of a whole layout."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
import numpy.typing as npt

from solvers.placement.goals import SCALE, daylight_price, near_units, surplus_price
from solvers.placement.near import APART_DM, away, doors
from solvers.placement.places import Ints, Places
from solvers.placement.problem import Weights
from solvers.placement.variables import Question

Choice = dict[str, int]
Floats = npt.NDArray[np.float64]


class Costs:
    """The costs of one question; `lines` counts the counter lines that the places lie on."""

    def __init__(self, question: Question, weights: Weights, places: dict[str, Places], lines: int) -> None:
        self.q, self.w, self.places, self.lines = question, weights, places, lines
        self.legs_of: dict[str, list[tuple[str, int, bool]]] = {e: [] for e in question.modes}
        self.legs = question.module_legs()
        for e, f, n in self.legs:
            self.legs_of[e].append((f, n, True))
            self.legs_of[f].append((e, n, False))
        self.near_of: dict[str, list[tuple[str, float, bool]]] = {e: [] for e in question.modes}
        for near in question.near:
            weight = near_units(near, question, weights) / SCALE
            for one, other in ((near.a, near.b), (near.b, near.a)):
                if one in self.near_of:
                    self.near_of[one].append((other, weight, near.apart))
        self.doors = [(floor(arc.door_low), ceil(arc.door_high)) for arc in question.ground.arcs]
        self.alone = {e: self._alone(e) for e in question.modes}

    def _alone(self, e: str) -> Floats:
        """What each place of a module costs wherever the others stand (person-decimetres)."""
        q, w, p = self.q, self.w, self.places[e]
        cost = np.ones(len(p.u))
        cost += q.first.get(e, 0) * (p.t + w.lateral * p.lat)
        cost += q.last.get(e, 0) * (q.ground.spine.length_dm() - p.t + w.lateral * p.lat)
        for door, n, comes in q.door_legs(e):
            ahead = p.t - door.t if comes else door.t - p.t
            cost += n * (ahead + (1 + w.backtrack) * np.maximum(0, -ahead))
            cost += n * w.lateral * np.where(p.side == door.side, np.abs(p.lat - door.lat), p.lat + door.lat)
        if e in q.aside:
            cost += w.room_share * q.visitors * p.lat
        if len(p.u):
            lengths = np.array([m.inside.length for m in q.modes[e]])
            cost += np.where(p.penalty == 1, w.across * lengths[p.mode] * q.visitors, 0)
            cost += w.crowding * q.visitors * np.array([m.inside.crowded for m in q.modes[e]])[p.mode]
            cost += w.new_walls * q.visitors * np.array([m.inside.walls for m in q.modes[e]])[p.mode]
        for k, mode in enumerate(q.modes[e]):
            for run in mode.runs:
                if run.dark or run.tight:
                    here = (p.mode == k) & (p.u >= run.lo) & (p.u <= run.hi)
                    cost += here * ((daylight_price(q, w) * run.dark + surplus_price(w) * run.tight) / SCALE)
        cost += np.where(p.penalty == 2, w.queue_in_spine * 10 * q.visitors, 0)
        return cost

    def here(self, e: str, choice: Choice, free: Ints) -> Floats:
        """What some places of a module would cost, given where the others stand (person-decimetres)."""
        q, w, p = self.q, self.w, self.places[e]
        cost = self.alone[e][free]
        t, lat, side = p.t[free], p.lat[free], p.side[free]
        for f, n, onward in self.legs_of[e]:
            if f in choice:
                o, k = self.places[f], choice[f]
                ahead = o.t[k] - t if onward else t - o.t[k]
                cost += n * (ahead + (1 + w.backtrack) * np.maximum(0, -ahead))
                cost += n * w.lateral * np.where(side == o.side[k], np.abs(lat - o.lat[k]), lat + o.lat[k])
        for f, weight, apart in self.near_of[e]:
            if (at := self._middle(f, choice)) is not None:
                distance = np.abs(p.mx[free] - at[0]) + np.abs(p.my[free] - at[1])
                cost += weight * (np.maximum(0, APART_DM - distance) if apart else distance)
        opened = np.zeros(self.lines + 1, dtype=np.bool_)  # the last stands for no line
        opened[[*(int(self.places[f].line[k]) for f, k in choice.items()), -1]] = True
        cost += ~opened[p.line[free]] * (w.frontline * 10 * q.visitors)
        if int(p.arc.max()) >= 0:
            arc, low, high = p.arc[free], p.low[free], p.high[free]
            for d, (a, b) in enumerate(self.ends(choice)):
                grown = np.maximum(0, a - low) + np.maximum(0, high - b)
                cost += (arc == d) * (w.staff_arc * q.visitors * grown)
        return cost

    def whole(self, choice: Choice) -> float:
        """The whole objective of a layout, person-metres a day."""
        q, w = self.q, self.w
        at = {e: (self.places[e], k) for e, k in choice.items()}
        total = sum(float(self.alone[e][k]) - 1.0 for e, k in choice.items())
        total += self.always()
        for e, f, n in self.legs:
            (p, k), (o, j) = at[e], at[f]
            ahead = o.t[j] - p.t[k]
            total += n * (ahead + (1 + w.backtrack) * max(0, -ahead))
            total += n * w.lateral * (abs(p.lat[k] - o.lat[j]) if p.side[k] == o.side[j] else p.lat[k] + o.lat[j])
        total += w.frontline * 10 * q.visitors * len({int(p.line[k]) for p, k in at.values() if p.line[k] >= 0})
        total += sum(w.staff_arc * q.visitors * (b - a) for a, b in self.ends(choice))
        for near in q.near:
            one, other = self._middle(near.a, choice), self._middle(near.b, choice)
            assert one is not None and other is not None
            total += near_units(near, q, w) / SCALE * away(one, other, apart=near.apart)
        return float(total) / 10

    def always(self) -> float:
        """What every layout costs: walls taken away, ways from door to door (person-decimetres)."""
        q, w = self.q, self.w
        total = w.walls_removed * q.removed_dm * q.visitors
        for a, b, n in q.between_doors():
            total += n * (b.t - a.t + (1 + w.backtrack) * max(0, a.t - b.t) + w.lateral * abs(a.y() - b.y()))
        return total

    def _middle(self, e: str, choice: Choice) -> tuple[int, int] | None:
        """The middle of a module or a door; None for a module without a place."""
        if e in choice:
            p, k = self.places[e], choice[e]
            return int(p.mx[k]), int(p.my[k])
        return None if e in self.places else doors(self.q.ground.spine.points)[e]

    def ends(self, choice: Choice) -> list[tuple[int, int]]:
        """How far each staff arc reaches for the modules that stand."""
        ends = list(self.doors)
        for e, k in choice.items():
            p = self.places[e]
            d = int(p.arc[k])
            if d >= 0:
                ends[d] = (min(ends[d][0], int(p.low[k])), max(ends[d][1], int(p.high[k])))
        return ends
