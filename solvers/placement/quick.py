"""A quick search for good layouts without a solver: put in what is missing, throwing out what is in its way; then take a few
modules out and put them back better, in compiled rounds (quick_kernel.py), by simulated annealing.

It knows the rules of rules.py on the places of places.py, costs layouts by the goals of goals.py, and proves nothing; its
layouts are hints for CP-SAT, which knows every position and gives the bounds (large neighbourhood search, Shaw 1998; guided
ejection, Nagata and Braysy 2009).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layouts.programme import LayoutRules
from solvers.placement.model import Cut, same_mode
from solvers.placement.places import Ints, Places, places_of
from solvers.placement.problem import DM, Pose, Weights
from solvers.placement.quick_access import Access
from solvers.placement.quick_costs import Choice, Costs
from solvers.placement.quick_kernel import APART, UNREACHED, fill, improve
from solvers.placement.quick_tables import State, Tables, state_of, tables_of
from solvers.placement.row_moves import RowMoves
from solvers.placement.taken import Exclusions, spots_of
from solvers.placement.toilets import Toilets
from solvers.placement.variables import Question

KEPT = 24  # layouts; at one cost to the metre their indices lie ten points apart
ROW_SHARE = 0.1  # of the turns put a counter line in its best order
BURST, WEIGHS = 400, 8  # compiled rounds in a turn, which count as so many of the others; between two turns other threads work
NOISES = (0.0, 0.02, 0.08)  # of the costs on which places are chosen, one of them in a round
FIRST_NOISE = 0.3  # while there is no whole layout yet
FILLING = 1600  # compiled rounds at most in which what gave way to a pin comes in again
EVERY, FILLED = 3, 200  # compiled rounds that make room instead of every so many-th turn in Python, which finds other ways out
STARTS, FIRST_BURSTS = 6, 2  # more beginnings from an earlier answer, with a burst each, after so many bursts of the first
HOT, COLD = 0.01, 0.0003  # of its cost that a layout may become dearer by, at a cycle's begin and end
FIRST_CYCLE, LONGEST_CYCLE = 8_000, 128_000  # compiled rounds; each cycle is twice as long as the one before
FEW, SHORT_CYCLE = 20, 2_400  # up to so many modules: many short cycles, a few longer ones between
ARRIVALS, ALIKE = 4, 0.0003  # cycles at the best layout (so near its cost) after which the search is settled
SOON = 200  # turns until all modules have a place, after which the search may begin anew


@dataclass(frozen=True, slots=True)
class Found:
    """A layout of the quick search: its cost in person-metres, poses and staff arcs (id, A, B)."""

    cost: float
    poses: tuple[Pose, ...]
    arcs: tuple[tuple[str, int, int], ...]


def turn_of(n: int) -> int:
    """How many times as long as the shortest the n-th cycle is: 1, 1, 2, 1, 1, 2, 4, … so that whichever length finds most
    has about as much time as each other one (Luby, Sinclair and Zuckerman 1993)."""
    whole = 1 << n.bit_length()
    return whole // 2 if n == whole - 1 else turn_of(n - whole // 2 + 1)


class QuickSearch:
    """The search on one question (one spine). `run` may be called again to go on."""

    def __init__(self, question: Question, rules: LayoutRules, weights: Weights, seed: int) -> None:
        self.q, self.w = question, weights
        self.rng = np.random.default_rng(seed)
        lines: dict[tuple[str, int], int] = {}
        self.places: dict[str, Places] = {e: places_of(question, e, lines) for e in question.modes}
        self.toilets = Toilets(question, self.places, rules.toilet_distance_mm // DM)
        self.exclusions = Exclusions(spots_of(question, self.places, rules), self.toilets.too_far)
        self.costs = Costs(question, weights, self.places, len(lines))
        self.access = Access(question, self.places, rules)
        self.order = sorted(question.modes, key=lambda e: (len(self.places[e].u), e))
        self.forbidden: list[dict[str, npt.NDArray[np.bool_]]] = []
        self.pool: list[tuple[float, Choice]] = []
        self.current: tuple[float, Choice] = (float("inf"), {})
        self.rows = RowMoves(question, weights, self.places, self._free)
        self.hard = dict.fromkeys(question.modes, 1.0)  # how often a module found no place
        self.lacking: tuple[str, ...] = tuple(self.order)  # the fewest modules that a layout in hand had no place for
        self.tables: Tables | None = None
        self.state: State | None = None
        self.cycle, self.cycles = SHORT_CYCLE if self.is_small() else FIRST_CYCLE, 1
        self.seed, self.sought, self.bursts = seed, 0, 0
        self.ends: list[tuple[float, Choice]] = []
        self.arrivals, self.arrived = 0, float("inf")
        self.stayed: Choice = {}  # what could stay where it stood in the earlier answer
        self.fills = False  # do compiled rounds make room too? They find worse layouts, sooner
        self.starts = 0  # beginnings from there that are still to come, and the return to the best of them

    def begin(self, poses: tuple[Pose, ...]) -> int:
        """Start from an earlier answer: modules stand where they stood while that is free, the others are put in anew.

        What has fewest places, such as a module that is pinned now, comes before what stood in its way.
        How many could stay; 0 where nothing of it is known here.
        """
        choice: Choice = {}
        if not self.bursts:  # what is nearly right is bettered for a while before the search begins anew
            self.cycle = FIRST_CYCLE
        for pose in sorted((p for p in poses if p.element in self.places), key=lambda p: self.order.index(p.element)):
            k = self._nearest(pose)
            if k is not None and self._free(pose.element, choice)[k]:
                choice[pose.element] = k
        if choice and all(len(p.u) for p in self.places.values()):
            self._accept(self._insert(choice, [e for e in self.order if e not in choice], 0.0))
            if not self.pool:
                self.stayed, self.starts = choice, STARTS + 1
                self.fill(FILLING)
        return len(choice)

    def _start_again(self) -> None:
        """Once more from the earlier answer, where what gave way may come in elsewhere: one beginning alone may stand so badly
        that a whole cycle does not mend it. After the last one the search goes on from the best."""
        self.starts -= 1
        if self.starts:
            self.current = (float("inf"), {})
            gone = self._shuffled([e for e in self.order if e not in self.stayed], 3.0)
            self._accept(self._insert(self.stayed, gone, FIRST_NOISE))
            if len(self.current[1]) < len(self.order):
                self.fill(FILLING)
        if not self.starts or len(self.current[1]) < len(self.order):
            self.current = self.pool[0]

    def fill(self, rounds: int) -> None:
        """Compiled rounds in which modules without a place in the layout in hand come in, until all stand."""
        t, s = self._compiled()
        choice = self.current[1]
        s.now[:] = [t.base[k] + choice.get(e, 0) for k, e in enumerate(self.q.modes)]
        missing = np.array([e not in choice for e in self.q.modes], dtype=np.uint8)
        hard = np.array([self.hard[e] for e in self.q.modes])
        fill(t, s, missing, hard, FIRST_NOISE, rounds)
        self.hard = dict(zip(self.q.modes, hard.tolist()))
        places = self._choice(s.now)
        self._accept({e: places[e] for e, lacks in zip(self.q.modes, missing.tolist()) if not lacks})

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
            done += self._round()
        return self.best()

    def best(self) -> tuple[Found, ...]:
        """The best layouts so far, best first."""
        return tuple(self._found(cost, choice) for cost, choice in self.pool)

    def choices(self) -> tuple[Found, ...]:
        """What is worth a walk: the best layouts, which are often much alike, and where the cycles ended, which differ more."""
        others = [one for one in self.ends if one not in self.pool and not self._breaks(one[1])]
        return tuple(self._found(*one) for one in sorted([*self.pool, *others], key=lambda p: p[0]))

    def without_place(self) -> int:
        """How many modules have no place in the layout in hand; none once there was a whole one."""
        return 0 if self.pool else len(self.order) - len(self.current[1])

    def forbid(self, cut: Cut) -> None:
        """Never again all modules of the cut in its intervals."""
        masks = {}
        for e, pose, low, high in cut.parts:
            p, modes = self.places[e], self.q.modes[e]
            alike = np.array([k for k, mode in enumerate(modes) if same_mode(mode, pose)])
            masks[e] = np.isin(p.mode, alike) & (p.u >= low) & (p.u <= high)
        self.forbidden.append(masks)
        if self.state is not None:
            self._tell_of(masks)
        best = self.pool[:1]
        self.pool = [(cost, choice) for cost, choice in self.pool if not self._breaks(choice)]
        if self.pool[:1] != best:  # cycles that came to it came to nothing
            self.arrivals, self.arrived = 0, float("inf")
        if self._breaks(self.current[1]):
            self.current = (float("inf"), self.current[1])

    def forbid_only(self, cuts: Sequence[Cut]) -> None:
        """Forget what was forbidden, but for these."""
        self.forbidden = []
        if self.tables is not None:
            self.state = state_of(self.tables, KEPT, self.seed)
        for cut in cuts:
            self.forbid(cut)

    def _breaks(self, choice: Choice) -> bool:
        return any(all(e in choice and mask[choice[e]] for e, mask in masks.items()) for masks in self.forbidden)

    def _round(self) -> int:
        """While modules have no place: make room for one. Then: take some out and put them back better, again and again. How
        many rounds it counts as."""
        choice = self.current[1]
        missing = [e for e in self.order if e not in choice]
        if missing:
            self.sought += 1
            if self.fills and choice and self.sought % EVERY == 0:
                self.fill(FILLED)
                return WEIGHS * FILLED // BURST
            self._accept(self._made_room(choice, missing) if choice else self._begun(missing))
        elif self.starts and self.pool and self.bursts >= FIRST_BURSTS + STARTS + 1 - self.starts:
            self._start_again()
        elif self.rng.random() < ROW_SHARE and (row := self.rows.some(choice, self.rng)):
            self._accept(self.rows.in_order(choice, row))
        else:
            self._burst()
            return WEIGHS
        return 1

    def _burst(self) -> None:
        """Some compiled rounds (quick_kernel.py) from the layout in hand."""
        t, s = self._compiled()
        s.now[:] = [t.base[k] + self.current[1][e] for k, e in enumerate(self.q.modes)]
        s.costs[:2] = self.current[0], self.pool[-1][0] if len(self.pool) == KEPT else float("inf")
        s.pooled[0] = 0
        improve(t, s, np.array(NOISES), BURST, self.cycle, HOT, COLD)
        self.bursts += 1
        self.current = float(s.costs[0]), self._choice(s.now)
        for k in range(int(s.pooled[0])):
            self._pool(float(s.pool_cost[k]), self._choice(s.pool[k]))
        if s.turn[0] >= self.cycle:
            self._cycle_over(float(s.costs[2]))
            s.turn[0], s.costs[2] = 0, float("inf")

    def _compiled(self) -> tuple[Tables, State]:
        """What compiled rounds read and write, made when it is first asked for."""
        if self.tables is None or self.state is None:
            self.tables = tables_of(self.q, self.w, self.places, self.exclusions.spots, self.costs, self.access, self.toilets, self.order)  # fmt: skip # noqa: E501
            self.state = state_of(self.tables, KEPT, self.seed)
            for masks in self.forbidden:
                self._tell_of(masks)
        return self.tables, self.state

    def _cycle_over(self, least: float) -> None:
        """The search begins anew, or goes on in place where a layout was hard to find; it counts how many cycles have come
        to the best layout known."""
        if self.pool:
            best = self.pool[0][0]
            self.arrivals = 0 if best < (1 - ALIKE) * self.arrived else self.arrivals
            self.arrivals += least <= (1 + ALIKE) * best
            self.arrived = best
        cost, choice = self.current
        if cost < UNREACHED and not any(self._alike(choice, other) for _, other in self.ends):
            self.ends = sorted([*self.ends, (cost, choice)], key=lambda p: p[0])[:KEPT]
        self.cycles += 1
        self.cycle = min(SHORT_CYCLE * turn_of(self.cycles) if self.is_small() else 2 * self.cycle, LONGEST_CYCLE)
        if self.sought <= SOON:
            self.current, self.sought = (float("inf"), {}), 0

    def is_small(self) -> bool:
        """Are there so few modules that the search does better to begin anew often than to cool slowly?"""
        return len(self.q.modes) <= FEW

    def settled(self) -> bool:
        """Have cycles that began anew come to the same best layout so often that no better one is likely?"""
        return self.arrivals >= ARRIVALS

    def _choice(self, places: Ints) -> Choice:
        assert self.tables is not None
        return dict(zip(self.q.modes, (places - self.tables.base[:-1]).tolist()))

    def _tell_of(self, masks: dict[str, npt.NDArray[np.bool_]]) -> None:
        """The compiled rounds hear of a cut."""
        assert self.tables is not None and self.state is not None
        t, s = self.tables, self.state
        row, of = np.zeros((1, int(t.base[-1])), dtype=np.uint8), np.zeros((1, len(t.base) - 1), dtype=np.uint8)
        for k, e in enumerate(self.q.modes):
            if e in masks:
                of[0, k] = 1
                row[0, t.base[k] : t.base[k + 1]] = masks[e]
        self.state = s._replace(
            cut=np.concatenate([s.cut, row]), cut_of=np.concatenate([s.cut_of, of]), cuts=s.cuts + 1
        )  # fmt: skip

    def _begun(self, missing: list[str]) -> Choice:
        """A beginning: rows that no layout can avoid stand first, the others come in at places drawn at random."""
        rows = self.rows.unavoidable()
        return self._insert(rows, self._shuffled([e for e in missing if e not in rows], 3.0), FIRST_NOISE)

    def _accept(self, choice: Choice) -> None:
        """Keep a layout in hand that costs no more than the one before; one that lacks modules only where it is still to be
        filled."""
        whole = len(choice) == len(self.order)
        if not whole:
            if len(self.current[1]) < len(self.order):
                self.current = (float("inf"), choice)
            if len(self.order) - len(choice) < len(self.lacking):
                self.lacking = tuple(e for e in self.order if e not in choice)
            return
        if self._breaks(choice):
            if len(self.current[1]) < len(self.order):  # stands, and must be changed somewhere
                self.current = (float("inf"), choice)
            return
        cost = self.costs.whole(choice)
        if cost > self.current[0]:
            return
        cost += UNREACHED * self.access.unreached(choice, self.costs.ends(choice))
        if cost > self.current[0]:
            return
        self.current = (cost, choice)
        if cost < UNREACHED:
            self._pool(cost, choice)

    def _pool(self, cost: float, choice: Choice) -> None:
        """Among the best layouts, instead of those that are like it; not where one of those costs less."""
        like = [(c, other) for c, other in self.pool if self._alike(choice, other)]
        if all(cost < c for c, _ in like):
            others = [one for one in self.pool if one not in like]
            self.pool = sorted([*others, (cost, choice)], key=lambda p: p[0])[:KEPT]

    def _alike(self, choice: Choice, other: Choice) -> bool:
        """Does every module stand within APART of where it stands in the other layout?"""
        for e, k in choice.items():  # most stand in the very same place
            if k != other[e]:
                a, b = self.places[e].full[k], self.places[e].full[other[e]]
                if abs(int(a[0] - b[0])) + abs(int(a[1] - b[1])) > APART:
                    return False
        return True

    def _some(self, choice: Choice) -> set[str]:
        """Two to eight modules: any, neighbours along the spine, or neighbours on the floor."""
        names = sorted(choice)
        size = int(self.rng.integers(2, min(8, len(names)) + 1)) if len(names) > 2 else len(names)
        kind, one = self.rng.random(), str(self.rng.choice(names))
        if kind < 0.4:
            return set(self.rng.choice(names, size=size, replace=False).tolist())
        if kind < 0.7:
            at = {f: int(self.places[f].t[choice[f]]) for f in names}
            far = {f: abs(at[f] - at[one]) for f in names}
        else:
            boxes = {f: self.places[f].full[choice[f]].tolist() for f in names}
            x, y = boxes[one][0] + boxes[one][2], boxes[one][1] + boxes[one][3]
            far = {f: abs(x0 + x1 - x) + abs(y0 + y1 - y) for f, (x0, y0, x1, y1) in boxes.items()}
        return set(sorted(names, key=lambda f: (far[f], f))[:size])

    def _made_room(self, choice: Choice, missing: list[str]) -> Choice:
        """One module that has no place is put where the least is in its way, and that leaves; then all try to come in again.

        What was left out often weighs more, so that modules which are hard to place are not thrown out for easy ones.
        """
        e = str(self.rng.choice(missing))
        self.hard[e] += 1.0
        way = self.exclusions.weighed(e, choice, self.hard)
        way *= 1 + 0.5 * self.rng.random(len(way))
        k = int(np.argmin(way))
        if not np.isfinite(way[k]):
            return choice  # stands nowhere, not even alone
        kept = {f: j for f, j in choice.items() if not self.exclusions.by(e, f, j)[k]}
        kept[e] = k
        stranded = self.toilets.stranded(kept)
        if e in stranded:  # it stays: a toilet comes to it instead
            stranded = {str(self.rng.choice(self.toilets.toilets))}
        kept = {f: j for f, j in kept.items() if f not in stranded}
        gone = [f for f in self.order if f in choice and f not in kept]
        if self.rng.random() < 0.5 and len(kept) > 2:  # and others move aside
            moved = self._some(kept) - {e}
            gone += [f for f in self.order if f in moved]
            kept = {f: j for f, j in kept.items() if f not in moved}
        rest = [f for f in self.order if f != e and (f in missing or f in gone)]  # in an order that no run changes
        todo = sorted(rest, key=lambda f: -self.hard[f] * self.rng.random())
        return self._insert(kept, todo, FIRST_NOISE)

    def _shuffled(self, names: list[str], jitter: float) -> list[str]:
        keys = {e: k + jitter * self.rng.random() for k, e in enumerate(names)}
        return sorted(names, key=lambda e: keys[e])

    def _free(self, e: str, choice: Choice) -> npt.NDArray[np.bool_]:
        return self.exclusions.free(e, choice) & self.toilets.near(e, choice)

    def _insert(self, kept: Choice, todo: list[str], noise: float) -> Choice:
        """Put the modules of `todo`, one after the other, where each is cheapest; those that find no place are left out."""
        choice = dict(kept)
        for e in todo:
            free = np.nonzero(self._free(e, choice))[0]
            if not len(free):
                continue
            cost = self.costs.here(e, choice, free)
            if noise:
                cost *= 1 + noise * self.rng.random(len(free))
            choice[e] = int(free[np.argmin(cost)])
        return choice

    def _found(self, cost: float, choice: Choice) -> Found:
        poses = tuple(
            self.q.modes[e][int(self.places[e].mode[k])].pose(int(self.places[e].u[k])) for e, k in sorted(choice.items())
        )
        arcs = tuple((arc.id, a, b) for arc, (a, b) in zip(self.q.ground.arcs, self.costs.ends(choice)))
        return Found(cost, poses, arcs)
