"""A bound that branches on where modules stand: of the places that walks depend on most, a module is on one side or the other.

At each leaf a linear program shares the modules out over the zones that are left to them (zone_shares.py). The lowest leaf is a
bound for the spine at any time. Where branching tells little more, it is floor that lacks: the whole model is asked about the
zones of that leaf alone. Several threads may work on it, each on a leaf of its own.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace

import numpy as np

from layouts.programme import LayoutRules
from solvers.effort import Cancel
from solvers.placement.modes import Mode, Run
from solvers.placement.problem import Weights
from solvers.placement.variables import Question
from solvers.placement.zone_glop import Basis
from solvers.placement.zone_pairs import Bools, Floats
from solvers.placement.zone_program import Program
from solvers.placement.zone_shares import Shares

ROOT_ROUNDS, ROUNDS = 6, 3  # of lines told to the first program in a step, and to each after it
ROOT_STEPS = 6
HARDLY = 0.0003  # share of the bound that a round gains for another one
LITTLE = 0.0002  # share of the bound that both halves gain, or the whole model is asked
FEWER = 0.6  # of as many zones as the whole model told nothing of: leaves with more are halved from then on, without asking
ENOUGH = 0.02  # share of the best objective: a leaf that comes so near is left there until all have come as near
SPREAD = 0.02  # of a module, or it is where it is
PRIOR, MORE = 1000.0, 0.1  # how soon a module's own branchings say what it tells; the weight of the higher half
Way = tuple[str, int]  # a module, off the spine (0) or along it (1)


@dataclass(order=True, slots=True)
class Leaf:
    """Zones that are left, the least that a layout in them costs (person-metres), and what the program made of them.

    `stuck`: the whole model is to be asked; `asked`: how often it was for nothing; `halve`: whatever that tells;
    `zones_told_all`: what zones cost there is known to the end; `rough`: the program's last answer still broke lines; `basis`:
    where to start from; `busy`: somebody works on it."""

    bound: float
    number: int
    open: Bools = field(compare=False)
    x: Floats | None = field(compare=False, default=None)
    stuck: bool = field(compare=False, default=False)
    halve: bool = field(compare=False, default=False)
    asked: int = field(compare=False, default=0)
    zones_told_all: bool = field(compare=False, default=False)
    rough: bool = field(compare=False, default=False)
    basis: Basis | None = field(compare=False, default=None)
    busy: bool = field(compare=False, default=False)


class ZoneTree:
    """The bound of one question, raised step by step."""

    def __init__(self, question: Question, weights: Weights, rules: LayoutRules) -> None:
        self.q = question
        self.shares = Shares(question, weights, rules)
        self.places = np.array([(sum(z.y()) / 2, sum(z.t()) / 2) for z in self.shares.zones])  # off the spine and along it
        self.worth = _worth(question, weights)
        self.gains: dict[Way, tuple[float, float]] = {}  # what branching on each told, over what it was worth
        self.leaves = [Leaf(float("-inf"), 0, np.ones(len(self.shares.zones), dtype=np.bool_))]  # the lowest first
        self.programs = [self.shares.program]  # that nobody works with
        self.lock = threading.Lock()
        self.made = 0
        self.most_asked = float("inf")  # zones of a leaf of which the whole model may still tell something

    def bound(self) -> float:
        """The least that any layout costs: the lowest leaf."""
        return min((leaf.bound for leaf in self.leaves), default=float("inf"))

    def left(self) -> float:
        """The lowest leaf that nobody works on."""
        return min((leaf.bound for leaf in self.leaves if not leaf.busy), default=float("inf"))

    def take(self) -> Leaf | None:
        """The lowest leaf that nobody works on, for whoever asks, until it is given back."""
        with self.lock:
            leaf = min((leaf for leaf in self.leaves if not leaf.busy), default=None)
            if leaf is not None:
                leaf.busy = True
            return leaf

    def give_back(self, leaf: Leaf) -> None:
        leaf.busy = False

    def step(self, seconds: float, below: float) -> None:
        """One more turn of the lowest leaf that nobody works on."""
        if (leaf := self.take()) is not None:
            self.turn(leaf, seconds, below)
            self.give_back(leaf)

    def turn(self, leaf: Leaf, seconds: float, below: float, cancel: Cancel | None = None) -> None:
        """At first all zones, then both halves of a leaf. What holds no layout that costs less than `below` is closed. A turn
        that is cancelled leaves all as it was."""
        with self.lock:
            program = self.programs.pop() if self.programs else self.shares.program.twin()
        self._turn(program, leaf, seconds, below, cancel)
        self.programs.append(program)

    def _turn(self, program: Program, leaf: Leaf, seconds: float, below: float, cancel: Cancel | None) -> None:
        if leaf.x is None or (self.made < ROOT_STEPS and leaf.rough):
            again = self._solved(program, leaf, leaf.open, ROOT_ROUNDS, seconds, below, cancel)
            if again.x is not None:  # else it was out of time, and stays as it was
                self._instead(leaf, [again], below)
            return
        found = self._halves(leaf)
        if found is None:
            leaf.stuck = True
            return
        way, far, halves = found
        solved = [self._solved(program, leaf, half, ROUNDS, seconds, below, cancel) for half in halves]
        if cancel:
            return
        if any(one.x is None and one.bound < below for one in solved):
            leaf.stuck = True  # no answer: this leaf stays as it is
            return
        less, more = sorted(min(one.bound, below) - leaf.bound for one in solved)
        gain, over = self.gains.get(way, (0.0, 0.0))
        self.gains[way] = gain + less + MORE * min(more, less / MORE), over + far
        little = less <= leaf.bound * LITTLE and max(one.bound for one in solved) < below
        if little and not leaf.halve and leaf.open.sum() <= self.most_asked:
            leaf.stuck = True
            return
        self._instead(leaf, solved, below)

    def _instead(self, leaf: Leaf, parts: list[Leaf], below: float) -> None:
        """At once, so that no one ever sees the bound of the rest alone."""
        with self.lock:
            others = [one for one in self.leaves if one is not leaf]
            self.leaves = sorted([*others, *(one for one in parts if one.bound < below)])

    def stuck(self) -> Leaf | None:
        """The lowest leaf, where branching tells little more."""
        return self.leaves[0] if self.leaves and self.leaves[0].stuck else None

    def next_bound(self) -> float:
        """That of the lowest leaf but one."""
        return min((leaf.bound for leaf in self.leaves[1:3]), default=float("-inf"))

    def told(self, leaf: Leaf, bound: float, below: float, *, closed: bool) -> None:
        """What the whole model proved of a leaf; where it proved nothing, the leaf is halved whatever that tells, and so is
        every other one until it has clearly fewer zones: nothing would be proved of those either."""
        raised = bound > leaf.bound * (1 + LITTLE)
        leaf.bound, leaf.stuck, leaf.halve, leaf.asked = max(leaf.bound, bound), False, not raised, leaf.asked + (not raised)
        if not raised and not closed:
            self.most_asked = min(self.most_asked, FEWER * int(leaf.open.sum()))
        self._instead(leaf, [] if closed else [leaf], below)

    def _solved(
        self, program: Program, whole: Leaf, allowed: Bools, rounds: int, seconds: float, below: float, cancel: Cancel | None
    ) -> Leaf:
        """The program with these zones of a leaf; what its answer breaks is told to it, and so to all later ones."""
        self.made += 1
        allowed, high = self.shares.left(allowed), self.shares.high.copy()
        high[: len(self.shares.zones)][~allowed] = 0.0
        leaf = Leaf(whole.bound, self.made, allowed.copy(), rough=True, basis=whole.basis)
        wanted = (1 - ENOUGH) * below if whole.bound < (1 - ENOUGH) * below else below
        for n in range(rounds):
            answer = program.solve(high, seconds, leaf.basis, cancel)
            if answer.x is None or answer.beyond is None:
                break
            gained = answer.bound > leaf.bound * (1 + HARDLY)
            leaf.bound, leaf.x, leaf.basis = max(leaf.bound, answer.bound), answer.x, answer.basis
            leaf.open &= answer.beyond[: len(allowed)] <= below - answer.bound  # no layout that costs less takes the others
            leaf.rough = not n or gained
            broken = self.shares.broken(answer.x, allowed) if leaf.rough and leaf.bound < wanted else []
            if not broken:
                leaf.rough = False
                break
            program.tell(broken)
        return leaf

    def _halves(self, leaf: Leaf) -> tuple[Way, float, list[Bools]] | None:
        """The module whose shares lie farthest apart, times what that told so far: on one side of their middle or the other."""
        assert leaf.x is not None
        x = np.clip(leaf.x[: len(self.shares.zones)], 0.0, 1.0)
        best: tuple[float, tuple[Way, float, list[Bools]] | None] = (0.0, None)
        told = np.array([*self.gains.values(), (1e-3, 1e-3)]).sum(axis=0)
        usual = float(told[0] / told[1])
        for e, numbers in self.shares.of.items():
            here = numbers[leaf.open[numbers]]
            if x[here].sum() < SPREAD:
                continue
            for axis, at in enumerate(self.places[here].T):
                middle = float(np.average(at, weights=x[here]))
                far = float(np.average(np.abs(at - middle), weights=x[here])) * self.worth[e, axis]
                gain, over = self.gains.get((e, axis), (0.0, 0.0))
                much = far * (gain + usual * PRIOR) / (over + PRIOR)
                if much > best[0] and (at < middle).any() and (at >= middle).any():
                    halves = [leaf.open.copy(), leaf.open.copy()]
                    halves[0][here[at >= middle]] = False
                    halves[1][here[at < middle]] = False
                    best = (much, ((e, axis), far, halves))
        return best[1]

    def question_of(self, leaf: Leaf) -> Question:
        """The question with the positions alone that a leaf leaves open."""
        modes: dict[str, list[Mode]] = {e: [] for e in self.q.modes}
        for e, whole_modes in self.q.modes.items():
            mine = [self.shares.zones[k] for k in self.shares.of[e].tolist() if leaf.open[k]]
            for mode in whole_modes:
                runs = sorted({replace(z.run, lo=z.lo, hi=z.hi) for z in mine if z.mode is mode}, key=_along)
                if runs:
                    modes[e].append(replace(mode, runs=tuple(_joined(runs))))
        return replace(self.q, modes={e: tuple(ms) for e, ms in modes.items()})


def _along(run: Run) -> tuple[int, ...]:
    return run.back, run.ta, run.tb, run.la, run.lb, run.side, run.dark, run.tight, run.lo


def _joined(runs: list[Run]) -> list[Run]:
    """Pieces of one run that follow each other are one again."""
    found: list[Run] = []
    for run in runs:
        if found and replace(found[-1], hi=run.hi) == replace(run, lo=found[-1].lo) and found[-1].hi + 1 == run.lo:
            found[-1] = replace(run, lo=found[-1].lo)
        else:
            found.append(run)
    return found


def _worth(q: Question, w: Weights) -> dict[Way, float]:
    """What a decimetre that a module is moved off the spine, or along it, may cost: which of them to branch on."""
    off = dict.fromkeys(q.modes, 0.0)
    for stops, n in (*(((e, f), n) for e, f, n in q.legs), *(((e,), n) for ends in (q.first, q.last) for e, n in ends.items())):
        for e in stops:
            if e in off:
                off[e] += w.lateral * n
    for near in q.near:
        for e in (near.a, near.b):
            if e in off and not near.apart:
                off[e] += w.nearness * q.visitors * near.share
    for e in q.modes:
        off[e] += (w.room_share if e in q.aside else w.staff_arc) * q.visitors
    return {(e, axis): worth for e, worth in off.items() for axis in (0, 1)}
