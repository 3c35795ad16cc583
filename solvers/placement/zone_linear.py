"""The zoning model without whole numbers: a bound in a second, and the stretches of floor that it must be told of.

HiGHS solves the linear program; what its answer crowds, or takes of zones that exclude each other, is said and it is solved
again (row generation). The bound is not its objective but
what its multipliers prove by themselves: for any y >= 0, c x >= -b y + sum of the least of (c + A'y)_j x_j over x_j's bounds
(Neumaier and Shcherbina 2004), so no tolerance of the solver can lift it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, vstack

from solvers.effort import Cancel
from solvers.placement.goals import PERSON_METRES
from solvers.placement.modes import Ground
from solvers.placement.zone_floor import Room
from solvers.placement.zone_strips import crowded, strips_of
from solvers.placement.zoning import Zoned

Floats = npt.NDArray[np.float64]
BOUNDLESS = 1 << 50
ROUNDS = 12
AT_ONCE = 60  # stretches that are told in a round
PAIRS_AT_ONCE = 400  # sets of zones that exclude each other, the same
BROKEN = 0.01  # by so much more than one of them is taken
HARDLY = 0.0005  # share of the bound that a round must gain for another one


@dataclass(frozen=True, slots=True)
class Linear:
    """min c x + offset with A x <= b, low <= x <= high."""

    c: Floats
    offset: float
    a: csr_array
    b: Floats
    low: Floats
    high: Floats

    def with_rooms(self, rooms: Iterable[Room], z: npt.NDArray[np.int64]) -> Linear:
        """The same with some more capacities of zones; `z` are the variables of the zones."""
        rooms = list(rooms)
        rows = [r for r, room in enumerate(rooms) for _ in room.chords]
        columns = [int(z[k]) for room in rooms for k, _ in room.chords]
        values = [float(chord) for room in rooms for _, chord in room.chords]
        more = coo_array((values, (rows, columns)), shape=(len(rooms), self.a.shape[1])).tocsr()
        return replace(self, a=vstack([self.a, more]).tocsr(), b=np.append(self.b, [float(room.length) for room in rooms]))


@dataclass(frozen=True, slots=True)
class Solved:
    """The proven bound (person-metres) and the answer; none within the time given, or none at all: no bound."""

    bound: float
    x: Floats | None


def linear_form(model: cp_model.CpModel) -> Linear:
    """A model of linear rules, at-most-ones and exactly-ones; ValueError for any other rule."""
    proto = model.proto
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    most: list[float] = []

    def at_most(terms: Iterable[tuple[int, int]], limit: float, sign: int) -> None:
        for variable, coefficient in terms:
            rows.append(len(most))
            columns.append(variable)
            values.append(float(sign * coefficient))
        most.append(sign * limit)

    for rule in proto.constraints:
        if rule.has_linear() and not list(rule.enforcement_literal):
            terms, domain = list(zip(rule.linear.vars, rule.linear.coeffs)), list(rule.linear.domain)
            if domain[-1] < BOUNDLESS:
                at_most(terms, domain[-1], 1)
            if domain[0] > -BOUNDLESS:
                at_most(terms, domain[0], -1)
        elif rule.has_at_most_one() or rule.has_exactly_one():
            literals = list(rule.at_most_one.literals if rule.has_at_most_one() else rule.exactly_one.literals)
            if min(literals, default=0) < 0:
                raise ValueError("a negated literal")
            at_most(((k, 1) for k in literals), 1, 1)
            if rule.has_exactly_one():
                at_most(((k, 1) for k in literals), 1, -1)
        else:
            raise ValueError(f"not linear: {rule}")
    count = len(proto.variables)
    c = np.zeros(count)
    for variable, coefficient in zip(proto.objective.vars, proto.objective.coeffs):
        c[variable] += coefficient
    domains = [list(v.domain) for v in proto.variables]
    return Linear(
        c, proto.objective.offset, coo_array((values, (rows, columns)), shape=(len(most), count)).tocsr(),
        np.array(most), np.array([d[0] for d in domains], dtype=float), np.array([d[-1] for d in domains], dtype=float),
    )  # fmt: skip


def solve_linear(form: Linear, seconds: float, *, presolve: bool = True) -> Solved:
    """HiGHS' answer with the bound that its multipliers prove; no answer within the time: no bound."""
    highs: Any = linprog  # its types tell methods apart by options that HiGHS has not
    limit: dict[str, Any] = {"time_limit": max(0.1, seconds)} if seconds < float("inf") else {}
    limit["presolve"] = presolve
    bounds = np.stack([form.low, form.high], axis=1)
    found = highs(form.c, A_ub=form.a, b_ub=form.b, bounds=bounds, method="highs", options=limit)
    if found.x is None or found.status != 0:
        return Solved(float("-inf"), None)
    y = np.maximum(0.0, -found.ineqlin.marginals)
    rest = form.c + form.a.T @ y
    proven = -float(form.b @ y) + float(np.minimum(rest * form.low, rest * form.high).sum()) + form.offset
    return Solved(proven / PERSON_METRES, np.asarray(found.x))


def tighten(zoned: Zoned, ground: Ground, seconds: float, enough: float, stop: Cancel | None = None) -> float:
    """Solve, tell the model what the answer crowds, solve again; the bound (person-metres), -inf where time was too short.

    Ends where nothing is crowded, where hardly anything is gained, or at `enough`. The zoned model keeps what it was told.
    """
    until = time.monotonic() + seconds
    strips, form = strips_of(ground, zoned.zones), linear_form(zoned.model)
    z = np.array([letter.index for letter in zoned.z], dtype=np.int64)
    pairs = [Room(tuple((k, 1) for k in numbers), 1) for numbers in zoned.untold]
    taken_of = _matrix(zoned.untold, len(z))
    said: set[Room] = set()
    best = float("-inf")
    for _ in range(ROUNDS):
        if stop:
            break
        solved = solve_linear(form, until - time.monotonic())
        gained, best = solved.bound > best * (1 + HARDLY), max(best, solved.bound)
        if solved.x is None or not gained or best >= enough:
            break
        rooms = [room for room in crowded(strips, solved.x[z]) if room not in said][:AT_ONCE]
        said.update(rooms)
        zoned.tell(rooms)
        over = taken_of @ solved.x[z] - 1
        worst = np.argsort(-over, kind="stable")[:PAIRS_AT_ONCE]
        broken = [pairs[k] for k in worst.tolist() if over[k] > BROKEN]
        if not rooms and not broken:
            break
        form = form.with_rooms([*rooms, *broken], z)
    return best


def _matrix(sets: Sequence[Sequence[int]], width: int) -> csr_array:
    """A row of ones for each set."""
    lengths = [len(numbers) for numbers in sets]
    columns = np.fromiter((k for numbers in sets for k in numbers), dtype=np.int64, count=sum(lengths))
    return csr_array((np.ones(len(columns)), columns, np.cumsum([0, *lengths])), shape=(len(sets), width))
