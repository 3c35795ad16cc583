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
from solvers.placement.corridors import corridor_cells
from solvers.placement.goals import SCALE, near_units
from solvers.placement.model import Cut, same_mode
from solvers.placement.modes import Ground
from solvers.placement.near import APART_DM, away, doors
from solvers.placement.places import Ints, Places, places_of
from solvers.placement.problem import DM, Pose, Weights
from solvers.placement.row_moves import RowMoves
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
        self.strip = [corridor_cells(question.ground, arc, rules) for arc in question.ground.arcs]
        self.shape = question.ground.raster.shape()
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
        floor = _Floor(self.shape, self.strip, self.q.ground)
        for pose in sorted((p for p in poses if p.element in self.places), key=lambda p: self.order.index(p.element)):
            k = self._nearest(pose)
            if k is not None and floor.allows(self.places[pose.element])[k]:
                choice[pose.element] = k
                floor.put(self.places[pose.element], k)
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

    def _far_from_toilets(self, choice: Choice) -> bool:
        """Is some public stop farther from every toilet than the profile allows (see toilets_are_near)?"""
        for e in self.public if self.q.toilets else ():
            p, k = self.places[e], choice[e]
            ways = []
            for w in self.q.toilets:
                o, j = self.places[w], choice[w]
                ways.append(abs(int(p.t[k]) - int(o.t[j])) + int(p.lat[k]) + int(o.lat[j]))
            if min(ways) > self.toilet_distance:
                return True
        return False

    def _near_toilets(self, e: str, choice: Choice) -> npt.NDArray[np.bool_]:
        """Places of a module that keep the toilets near, as far as those that stand already can tell."""
        p = self.places[e]
        if e in self.public and all(w in choice for w in self.q.toilets):
            others, enough = self.q.toilets, np.any
        elif self.q.toilets == (e,):
            others, enough = tuple(f for f in self.public if f in choice), np.all
        else:
            others, enough = (), np.all
        ways = [abs(p.t - o.t[k]) + p.lat + o.lat[k] for f in others for o, k in ((self.places[f], choice[f]),)]
        if not ways:
            return np.ones(len(p.u), dtype=np.bool_)
        return np.asarray(enough([way <= self.toilet_distance for way in ways], axis=0))

    def _round(self) -> None:
        """Take some modules out and put them back, those without a place first; at the start all are without."""
        choice = self.current[1] if self.current is not None else {}
        whole = len(choice) == len(self.order)
        if whole and self.rng.random() < ROW_SHARE and (row := self.rows.some(choice, self.rng)):
            self._accept(self.rows.in_order(choice, row, self._laid({e: k for e, k in choice.items() if e not in row})))
            return
        missing = [e for e in self.order if e not in choice]
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
        if whole and (self._breaks(choice) or self._far_from_toilets(choice)):
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
        wanted = np.vstack([box[k] for box in (p.full, p.across) if box[k, 2] > 0])
        names = sorted(choice)
        gone = set()
        for f in names:
            o, j = self.places[f], choice[f]
            taken = np.vstack([box[j] for box in (o.full, o.across) if box[j, 2] > 0])
            if _touch(taken, wanted).any():
                gone.add(f)
        more = min(int(self.rng.integers(1, 4)), len(names))
        return gone | set(self.rng.choice(names, size=more, replace=False).tolist())

    def _shuffled(self, names: list[str], jitter: float) -> list[str]:
        keys = {e: k + jitter * self.rng.random() for k, e in enumerate(names)}
        return sorted(names, key=lambda e: keys[e])

    # -- insertion --------------------------------------------------------------------------------------------------

    def _insert(self, kept: Choice, todo: list[str], noise: float) -> Choice:
        """Put the modules of `todo`, one after the other, where each is cheapest; those that find no place are left out."""
        choice = dict(kept)
        floor = self._laid(choice)
        for e in todo:
            p = self.places[e]
            free = floor.allows(p) & self._near_toilets(e, choice)
            if not free.any():
                continue
            cost = self._costs(e, choice) * (1 + noise * self.rng.random(len(p.u)))
            cost[~free] = np.inf
            k = int(np.argmin(cost))
            choice[e] = k
            floor.put(p, k)
        return choice if floor.sound() else dict(kept)

    def _laid(self, choice: Choice) -> _Floor:
        """The floor with these modules on it."""
        floor = _Floor(self.shape, self.strip, self.q.ground)
        for e, k in choice.items():
            floor.put(self.places[e], k)
        return floor

    def _costs(self, e: str, choice: Choice) -> npt.NDArray[np.float64]:
        """What each place of a module would cost, given where the others stand (person-decimetres)."""
        q, w, p = self.q, self.w, self.places[e]
        length = q.ground.spine.length_dm()
        cost = np.zeros(len(p.u))
        cost += q.first.get(e, 0) * (p.t + w.lateral * p.lat)
        cost += q.last.get(e, 0) * (length - p.t + w.lateral * p.lat)
        if e in q.aside:
            cost += w.room_share * q.visitors * p.lat
        for f, n, onward in self.legs_of[e]:
            if f in choice:
                o, k = self.places[f], choice[f]
                ahead = o.t[k] - p.t if onward else p.t - o.t[k]
                cost += n * (ahead + (1 + w.backtrack) * np.maximum(0, -ahead))
                cost += n * w.lateral * np.where(p.side == o.side[k], np.abs(p.lat - o.lat[k]), p.lat + o.lat[k])
        for f, weight, apart in self.near_of[e]:
            if (at := self._middle(f, choice)) is not None:
                distance = np.abs(p.mx - at[0]) + np.abs(p.my - at[1])
                cost += weight * (np.maximum(0, APART_DM - distance) if apart else distance)
        used = {int(self.places[f].line[k]) for f, k in choice.items()}
        fresh = (p.line >= 0) & ~np.isin(p.line, list(used))
        cost += fresh * (w.frontline * 10 * q.visitors)
        cost += w.staff_arc * q.visitors * np.where(p.arc >= 0, p.high - p.low, 0)
        lengths = np.array([m.inside.length for m in q.modes[e]])
        cost += np.where(p.penalty == 1, w.across * lengths[p.mode] * q.visitors, 0)
        cost += np.where(p.penalty == 2, w.queue_in_spine * 10 * q.visitors, 0)
        return cost + 1.0

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


class _Floor:
    """What is taken so far: whole modules, their public parts, and the staff corridors they ask for."""

    def __init__(self, shape: tuple[int, int], strips: list[tuple[int, Ints]], ground: Ground) -> None:
        self.shape = shape
        self.boxes = np.zeros((0, 4), dtype=np.int64)
        self.public = np.zeros(shape[0] * shape[1] + 1, dtype=bool)  # one cell more, always free, for padded rows
        self.staff = np.zeros(shape[0] * shape[1] + 1, dtype=np.int32)
        self.staff_sums: npt.NDArray[np.int32] | None = None
        self.strips, self.ground = strips, ground
        self.ends = [[int(np.floor(a.door_low)), int(np.ceil(a.door_high))] for a in ground.arcs]
        self.limits = [[int(np.ceil(a.low)), int(a.high)] for a in ground.arcs]
        for d in range(len(strips)):
            self._lay(d, self.ends[d][0], self.ends[d][1])

    def allows(self, p: Places) -> npt.NDArray[np.bool_]:
        """Which places of a module are free: nothing under it, no corridor under its public part, its arc can reach it."""
        if self.staff_sums is None:
            self.staff_sums = _sums(self.staff[:-1].reshape(self.shape))
        ok = ~_touch(p.full, self.boxes) & ~_touch(p.across, self.boxes)
        ok &= (_over(self.staff_sums, p.public) == 0) & (_over(self.staff_sums, p.across) == 0)
        for d, (low, high) in enumerate(self.limits):
            ok &= (p.arc != d) | ((p.low >= low) & (p.high <= high))
        return np.asarray(ok, dtype=np.bool_)

    def put(self, p: Places, k: int) -> None:
        taken = [box[k] for box in (p.full, p.across) if box[k, 2] > 0]
        self.boxes = np.vstack([self.boxes, *taken])
        d = int(p.arc[k])
        if d >= 0:
            a, b = self.ends[d]
            self.ends[d] = [min(a, int(p.low[k])), max(b, int(p.high[k]))]
            self._lay(d, self.ends[d][0], a)
            self._lay(d, b, self.ends[d][1])
        floor = self.public[:-1].reshape(self.shape)
        for boxes in (p.public, p.across):
            x0, y0, x1, y1 = boxes[k]
            floor[x0:x1, y0:y1] = True
        for other in range(len(self.strips)):
            self._limit(other)

    def sound(self) -> bool:
        """Does no corridor run under public floor? A module can meet its own, round a corner."""
        return not bool((self.public & (self.staff > 0)).any())

    def _lay(self, d: int, low: int, high: int) -> None:
        first, cells = self.strips[d]
        if high > low:
            self.staff[cells[max(0, low - first) : high - first].ravel()] = 1
            self.staff[-1] = 0
            self.staff_sums = None

    def _limit(self, d: int) -> None:
        """How far the corridor of arc d can grow before it meets public floor."""
        first, cells = self.strips[d]
        met = np.asarray(self.public[cells]).max(axis=1)
        a, b = self.ends[d][0] - first, self.ends[d][1] - first
        before, after = np.nonzero(met[: max(0, a)])[0], np.nonzero(met[max(0, b) :])[0]
        low = first + (int(before[-1]) + 1 if len(before) else 0)
        high = first + b + int(after[0]) if len(after) else self.limits[d][1]
        self.limits[d] = [max(self.limits[d][0], low), min(self.limits[d][1], high)]


def _touch(boxes: Ints, others: Ints) -> npt.NDArray[np.bool_]:
    """Which boxes overlap any of the others; empty boxes overlap nothing."""
    hit = np.zeros(len(boxes), dtype=np.bool_)
    x0, y0, x1, y1 = boxes.T
    for a0, b0, a1, b1 in others.tolist():
        hit |= (x0 < a1) & (a0 < x1) & (y0 < b1) & (b0 < y1)
    return hit


def _sums(mask: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int32)
    sums[1:, 1:] = mask.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32)
    return sums


def _over(sums: npt.NDArray[np.int32], boxes: Ints) -> npt.NDArray[np.int32]:
    x0, y0, x1, y1 = boxes.T
    return np.asarray(sums[x1, y1] - sums[x0, y1] - sums[x1, y0] + sums[x0, y0], dtype=np.int32)
