"""A quick search for good layouts: greedy insertion, then taking a few modules out and putting them back better.

It knows the rules of rules.py on the places of places.py, costs layouts by the goals of goals.py, and proves nothing; its
layouts are hints for CP-SAT, which knows every position and gives the bounds (large neighbourhood search, Shaw 1998).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layouts.programme import LayoutRules
from solvers.placement.goals import SCALE, near_units
from solvers.placement.model import Cut, same_mode
from solvers.placement.near import APART_DM, away, doors
from solvers.placement.places import Ints, Places, places_of
from solvers.placement.problem import DM, Pose, Weights
from solvers.placement.row_moves import RowMoves
from solvers.placement.taken import Covered, Taken, spots_of
from solvers.placement.variables import Question

Choice = dict[str, int]
KEPT = 12
UNPLACED = 1e9
ROW_SHARE = 0.1  # of the rounds put a counter line in its best order
SHAKE = 0.02  # accept a layout up to 2 % worse than the one in hand, so that the search does not stick


@dataclass(frozen=True, slots=True)
class Found:
    """A layout of the quick search: its cost in person-metres, poses and staff arcs (id, A, B)."""

    cost: float
    poses: tuple[Pose, ...]
    arcs: tuple[tuple[str, int, int], ...]


class QuickSearch:
    """The search on one question (one spine). `run` may be called again to go on."""

    def __init__(self, question: Question, rules: LayoutRules, weights: Weights, seed: int) -> None:
        self.q, self.w = question, weights
        self.rng = np.random.default_rng(seed)
        self.lines: dict[tuple[str, int], int] = {}
        self.places: dict[str, Places] = {e: places_of(question, e, self.lines) for e in question.modes}
        self.covered = Covered(spots_of(question, self.places, rules))
        self.alone = {e: self._cost_alone(e) for e in question.modes}
        self.toilet_distance = rules.toilet_distance_mm // DM
        self.public = tuple(
            e
            for e, modes in question.modes.items()
            if e not in question.toilets
            and any(m.inside.public is not None and (not m.inside.staff or m.inside.desk) for m in modes)
        )
        self.legs_of: dict[str, list[tuple[str, int, bool]]] = {e: [] for e in question.modes}
        for e, f, n in question.legs:
            self.legs_of[e].append((f, n, True))
            self.legs_of[f].append((e, n, False))
        self.near_of: dict[str, list[tuple[str, float, bool]]] = {e: [] for e in question.modes}
        for near in question.near:
            weight = near_units(near, question, weights) / SCALE
            for one, other in ((near.a, near.b), (near.b, near.a)):
                if one in self.near_of:
                    self.near_of[one].append((other, weight, near.apart))
        self.order = sorted(question.modes, key=lambda e: (len(self.places[e].u), e))
        self.forbidden: list[dict[str, npt.NDArray[np.bool_]]] = []
        self.pool: list[tuple[float, Choice]] = []
        self.current: tuple[float, Choice] | None = None
        self.rows = RowMoves(question, weights, self.places)

    def begin(self, poses: tuple[Pose, ...]) -> int:
        """Start from an earlier answer: modules stand where they stood while that is free, the others are put in anew.

        What has fewest places, such as a module that is pinned now, comes before what stood in its way.
        How many could stay; 0 where nothing of it is known here.
        """
        choice: Choice = {}
        taken = Taken(self.q, self.places, self.covered)
        for pose in sorted((p for p in poses if p.element in self.places), key=lambda p: self.order.index(p.element)):
            k = self._nearest(pose)
            if k is not None and (taken.free(pose.element) & self._near_toilets(pose.element, choice))[k]:
                choice[pose.element] = k
                taken.put(pose.element, k)
        if choice and all(len(p.u) for p in self.places.values()):
            self._accept(self._insert(choice, [e for e in self.order if e not in choice], 0.0))
        return len(choice)

    def _nearest(self, pose: Pose) -> int | None:
        """The place of the pose's mode that is nearest to it."""
        modes = self.q.modes.get(pose.element, ())
        alike = [k for k, mode in enumerate(modes) if same_mode(mode, pose)]
        if not alike:
            return None
        p = self.places[pose.element]
        off = np.where(np.isin(p.mode, alike), np.abs(p.u - pose.u_dm), np.iinfo(np.int64).max)
        return int(np.argmin(off)) if len(off) else None

    def run(self, *, seconds: float, rounds: int | None, stop: Callable[[], bool]) -> tuple[Found, ...]:
        """Search for `seconds` (or exactly `rounds` rounds); the best layouts so far, best first."""
        if any(len(p.u) == 0 for p in self.places.values()):
            return ()
        until = time.monotonic() + seconds
        done = 0
        while not stop() and (done < rounds if rounds is not None else time.monotonic() < until):
            self._round()
            done += 1
        return tuple(self._found(cost, choice) for cost, choice in self.pool)

    def forbid(self, cut: Cut) -> None:
        """Never again all modules of the cut in its intervals."""
        masks = {}
        for e, pose, low, high in cut.parts:
            p, modes = self.places[e], self.q.modes[e]
            alike = np.array([k for k, mode in enumerate(modes) if same_mode(mode, pose)])
            masks[e] = np.isin(p.mode, alike) & (p.u >= low) & (p.u <= high)
        self.forbidden.append(masks)
        self.pool = [(cost, choice) for cost, choice in self.pool if not self._breaks(choice)]
        if self.current is not None and self._breaks(self.current[1]):
            self.current = (UNPLACED, self.current[1])

    def _breaks(self, choice: Choice) -> bool:
        return any(all(e in choice and mask[choice[e]] for e, mask in masks.items()) for masks in self.forbidden)

    def _near_toilets(self, e: str, choice: Choice) -> npt.NDArray[np.bool_]:
        """Places from which a toilet is near enough, and for the last toilet those near all that have none yet."""
        p, q = self.places[e], self.q
        ok = np.ones(len(p.u), dtype=np.bool_)
        standing = [w for w in q.toilets if w in choice]
        if e in self.public and len(standing) == len(q.toilets) > 0:
            ok = np.logical_or.reduce([self._ways(p, w, choice[w]) <= self.toilet_distance for w in standing])
        elif e in q.toilets and len(standing) == len(q.toilets) - 1:
            for f in self.public:
                if f in choice and not any(
                    self._ways(self.places[f], w, choice[w])[choice[f]] <= self.toilet_distance for w in standing
                ):
                    ok &= self._ways(p, f, choice[f]) <= self.toilet_distance
        return np.asarray(ok, dtype=np.bool_)

    def _ways(self, p: Places, f: str, k: int) -> Ints:
        """From every place of a module along the spine to another module (dm)."""
        o = self.places[f]
        return np.asarray(np.abs(p.t - o.t[k]) + p.lat + o.lat[k])

    def _round(self) -> None:
        """Take some modules out and put them back, those without a place first; at the start all are without."""
        choice = self.current[1] if self.current is not None else {}
        missing = [e for e in self.order if e not in choice]
        if choice and not missing and self.rng.random() < ROW_SHARE and (row := self.rows.some(choice, self.rng)):
            others = self._laid({e: k for e, k in choice.items() if e not in row})
            self._accept(self.rows.in_order(choice, row, others))
            return
        if missing and choice and self.rng.random() < 0.5:
            gone = self._in_the_way(choice, missing)
        else:
            gone = self._some(choice, most=10 if missing else 6) if choice else set()
        kept = {e: k for e, k in choice.items() if e not in gone}
        todo = self._shuffled(missing, 3.0) + self._shuffled([e for e in self.order if e in gone], 4.0)
        self._accept(self._insert(kept, todo, 0.08 if choice else 0.3))

    def _accept(self, choice: Choice) -> None:
        """Keep a layout in hand that is better, or hardly worse; a module without a place outweighs all else."""
        whole = len(choice) == len(self.order)
        if whole and self._breaks(choice):
            return
        cost = self._cost(choice) if whole else UNPLACED * (len(self.order) - len(choice))
        if self.current is None or cost <= self.current[0] * (1 + SHAKE * self.rng.random() ** 2):
            self.current = (cost, choice)
        better = whole and (len(self.pool) < KEPT or cost < self.pool[-1][0])
        if better and all(choice != other for _, other in self.pool):
            self.pool = sorted([*self.pool, (cost, choice)], key=lambda p: p[0])[:KEPT]

    def _some(self, choice: Choice, most: int) -> set[str]:
        """Two to `most` modules: any, or neighbours along the spine."""
        names = sorted(choice)
        size = int(self.rng.integers(2, min(most, len(names)) + 1)) if len(names) > 2 else len(names)
        if self.rng.random() < 0.5:
            return set(self.rng.choice(names, size=size, replace=False).tolist())
        middle = self.places[(e := str(self.rng.choice(names)))].t[choice[e]]
        near = sorted(names, key=lambda f: (abs(int(self.places[f].t[choice[f]]) - int(middle)), f))
        return set(near[:size])

    def _in_the_way(self, choice: Choice, missing: list[str]) -> set[str]:
        """The modules that stand where one without a place could stand, and one or two more to make room."""
        e = str(self.rng.choice(missing))
        p = self.places[e]
        k = int(self.rng.integers(len(p.u)))
        names = sorted(choice)
        gone = {f for f in names if self.covered.by(f, e, k)[choice[f]]}
        more = min(int(self.rng.integers(1, 4)), len(names))
        return gone | set(self.rng.choice(names, size=more, replace=False).tolist())

    def _shuffled(self, names: list[str], jitter: float) -> list[str]:
        keys = {e: k + jitter * self.rng.random() for k, e in enumerate(names)}
        return sorted(names, key=lambda e: keys[e])

    # -- insertion --------------------------------------------------------------------------------------------------

    def _insert(self, kept: Choice, todo: list[str], noise: float) -> Choice:
        """Put the modules of `todo`, one after the other, where each is cheapest; those that find no place are left out."""
        choice = dict(kept)
        taken = self._laid(choice)
        for e in todo:
            free = np.nonzero(taken.free(e) & self._near_toilets(e, choice))[0]
            if not len(free):
                continue
            cost = self._costs(e, choice, taken, free) * (1 + noise * self.rng.random(len(free)))
            k = int(free[np.argmin(cost)])
            choice[e] = k
            taken.put(e, k)
        return choice

    def _laid(self, choice: Choice) -> Taken:
        """The floor with these modules on it."""
        taken = Taken(self.q, self.places, self.covered)
        for e, k in choice.items():
            taken.put(e, k)
        return taken

    def _cost_alone(self, e: str) -> npt.NDArray[np.float64]:
        """What each place of a module costs wherever the others stand (person-decimetres)."""
        q, w, p = self.q, self.w, self.places[e]
        cost = np.ones(len(p.u))
        cost += q.first.get(e, 0) * (p.t + w.lateral * p.lat)
        cost += q.last.get(e, 0) * (q.ground.spine.length_dm() - p.t + w.lateral * p.lat)
        if e in q.aside:
            cost += w.room_share * q.visitors * p.lat
        lengths = np.array([m.inside.length for m in q.modes[e]])
        if len(lengths):
            cost += np.where(p.penalty == 1, w.across * lengths[p.mode] * q.visitors, 0)
        cost += np.where(p.penalty == 2, w.queue_in_spine * 10 * q.visitors, 0)
        return cost

    def _costs(self, e: str, choice: Choice, taken: Taken, free: Ints) -> npt.NDArray[np.float64]:
        """What each free place of a module would cost, given where the others stand (person-decimetres)."""
        q, w, p = self.q, self.w, self.places[e]
        cost = self.alone[e][free]
        t, lat, side, line, arc = p.t[free], p.lat[free], p.side[free], p.line[free], p.arc[free]
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
        used = np.zeros(len(self.lines) + 1, dtype=np.bool_)  # the last stands for no line
        used[[*(int(self.places[f].line[k]) for f, k in choice.items()), -1]] = True
        cost += ~used[line] * (w.frontline * 10 * q.visitors)
        for d, (a, b) in enumerate(taken.ends):
            grown = np.maximum(0, a - p.low[free]) + np.maximum(0, p.high[free] - b)
            cost += np.where(arc == d, w.staff_arc * q.visitors * grown, 0)
        return cost

    def _cost(self, choice: Choice) -> float:
        """The whole objective of a layout, person-metres a day."""
        q, w = self.q, self.w
        at = {e: (self.places[e], k) for e, k in choice.items()}
        length = q.ground.spine.length_dm()
        total = 0.0
        for e, n in q.first.items():
            p, k = at[e]
            total += n * (p.t[k] + w.lateral * p.lat[k])
        for e, n in q.last.items():
            p, k = at[e]
            total += n * (length - p.t[k] + w.lateral * p.lat[k])
        for e, f, n in q.legs:
            (p, k), (o, j) = at[e], at[f]
            ahead = o.t[j] - p.t[k]
            total += n * (ahead + (1 + w.backtrack) * max(0, -ahead))
            total += n * w.lateral * (abs(p.lat[k] - o.lat[j]) if p.side[k] == o.side[j] else p.lat[k] + o.lat[j])
        total += sum(w.room_share * q.visitors * at[e][0].lat[at[e][1]] for e in q.aside)
        total += w.frontline * 10 * q.visitors * len({int(p.line[k]) for p, k in at.values() if p.line[k] >= 0})
        for e, (p, k) in at.items():
            if p.penalty[k] == 1:
                total += w.across * q.modes[e][int(p.mode[k])].inside.length * q.visitors
            elif p.penalty[k] == 2:
                total += w.queue_in_spine * 10 * q.visitors
        total += sum(w.staff_arc * q.visitors * (b - a) for _, a, b in self._ends(choice))
        for near in q.near:
            one, other = self._middle(near.a, choice), self._middle(near.b, choice)
            assert one is not None and other is not None
            total += near_units(near, q, w) / SCALE * away(one, other, apart=near.apart)
        return float(total) / 10

    def _middle(self, e: str, choice: Choice) -> tuple[int, int] | None:
        """The middle of a module or a door; None for a module without a place."""
        if e in choice:
            p, k = self.places[e], choice[e]
            return int(p.mx[k]), int(p.my[k])
        return None if e in self.places else doors(self.q.ground.spine.points)[e]

    def _ends(self, choice: Choice) -> tuple[tuple[str, int, int], ...]:
        ends = []
        for d, arc in enumerate(self.q.ground.arcs):
            a, b = int(np.floor(arc.door_low)), int(np.ceil(arc.door_high))
            for e, k in choice.items():
                if self.places[e].arc[k] == d:
                    a, b = min(a, int(self.places[e].low[k])), max(b, int(self.places[e].high[k]))
            ends.append((arc.id, a, b))
        return tuple(ends)

    def _found(self, cost: float, choice: Choice) -> Found:
        poses = tuple(
            self.q.modes[e][int(self.places[e].mode[k])].pose(int(self.places[e].u[k])) for e, k in sorted(choice.items())
        )
        return Found(cost, poses, self._ends(choice))
