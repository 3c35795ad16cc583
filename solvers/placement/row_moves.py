"""A move of the quick search: the banks of one counter line are put close together in the order that costs least (rows.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import numpy.typing as npt

from solvers.placement.goals import SCALE, near_units
from solvers.placement.places import Ints, Places
from solvers.placement.problem import Weights
from solvers.placement.rows import MOST_EXACT, Tolls, least_order, rows_of
from solvers.placement.variables import Question
from solvers.placement.zoning import back_charge

AT_EASE = 11  # modules of a row that are ordered exactly in a few milliseconds; longer rows are ordered once
Choice = dict[str, int]
Free = Callable[[str, Choice], npt.NDArray[np.bool_]]  # which places of a module are free beside those that stand


class RowMoves:
    """Counter lines of one question put in order."""

    def __init__(self, question: Question, weights: Weights, places: Mapping[str, Places], free: Free) -> None:
        self.q, self.w, self.places, self.free = question, weights, places, free
        self.ordered: set[tuple[str, ...]] = set()

    def unavoidable(self) -> Choice:
        """The rows that no layout can avoid, each from its low end in its best order; what finds no place is left out.

        Where a wall is nearly full, modules that are put in one by one leave gaps that hold none of the others.
        """
        choice: Choice = {}
        for row in rows_of(self.q):
            lengths, forward = row.lengths, row.way > 0
            start = min(int(self.places[e].u.min()) for e in row.members)
            shortest = {e: self._first(e, length) for e, length in zip(row.members, lengths)}
            own = partial(self._by_itself, shortest, list(row.members), start, row.way)
            _, order = least_order(lengths, self._tolls(list(row.members), forward=forward), own)
            self.ordered.add(tuple(row.members[k] for k in order))
            for e, length in ((row.members[k], lengths[k]) for k in order):
                free = np.flatnonzero(self.free(e, choice) & (self.places[e].u >= start) & self._of_length(e, length))
                if len(free):
                    choice[e] = int(free[np.argmin(self.places[e].u[free])])
                    start = self._u(choice, e) + length
        return choice

    def _of_length(self, e: str, length: int) -> npt.NDArray[np.bool_]:
        lengths = np.array([mode.inside.length for mode in self.q.modes[e]])
        return np.asarray(lengths[self.places[e].mode] == length)

    def _first(self, e: str, length: int) -> int:
        """The lowest place of a module with an inside of this length."""
        alike = np.flatnonzero(self._of_length(e, length))
        return int(alike[np.argmin(self.places[e].u[alike])])

    def some(self, choice: Choice, rng: np.random.Generator) -> list[str]:
        """The banks of one counter line, low end first; none where they are too many to order exactly, or ordered before."""
        lines: dict[int, list[str]] = {}
        for e, k in choice.items():
            if (line := int(self.places[e].line[k])) >= 0:
                lines.setdefault(line, []).append(e)
        rows = [sorted(members, key=lambda e: self._u(choice, e)) for members in lines.values()]
        rows = [row for row in rows if 1 < len(row) <= MOST_EXACT]
        row = rows[int(rng.integers(len(rows)))] if rows else []
        return [] if len(row) > AT_EASE and tuple(row) in self.ordered else row

    def in_order(self, choice: Choice, row: list[str]) -> Choice:
        """The banks put from the row's low end in the best order; unchanged where that fits not."""
        start = self._u(choice, row[0])
        lengths = tuple(self.q.modes[e][int(self.places[e].mode[choice[e]])].inside.length for e in row)
        forward = self._t(choice, row[-1]) >= self._t(choice, row[0])
        tolls = self._tolls(row, forward=forward)
        _, order = least_order(lengths, tolls, partial(self._by_itself, choice, row, start, 1 if forward else -1))
        self.ordered.add(tuple(row[k] for k in order))
        moved = {e: k for e, k in choice.items() if e not in row}
        for e in (row[k] for k in order):
            p, k = self.places[e], choice[e]
            free = np.flatnonzero(self.free(e, moved) & (p.line == p.line[k]) & (p.mode == p.mode[k]) & (p.u >= start))
            if not len(free):
                return choice
            moved[e] = int(free[np.argmin(p.u[free])])
            start = self._u(moved, e) + lengths[row.index(e)]
        return moved

    def _u(self, choice: Choice, e: str) -> int:
        return int(self.places[e].u[choice[e]])

    def _t(self, choice: Choice, e: str) -> int:
        return int(self.places[e].t[choice[e]])

    def _tolls(self, row: list[str], *, forward: bool) -> Tolls:
        """What a decimetre between two banks of a row costs, the first of them standing lower."""
        tolls = [[0] * len(row) for _ in row]
        for e, f, n in self.q.legs:
            if e in row and f in row:
                i, j = row.index(e), row.index(f)
                low, high = (j, i) if forward else (i, j)  # the walk from e to f goes back where it meets f first
                tolls[low][high] += back_charge(n, self.w)
        for near in self.q.near:
            if near.a in row and near.b in row and not near.apart:
                i, j = row.index(near.a), row.index(near.b)
                for low, high in ((i, j), (j, i)):
                    tolls[low][high] += near_units(near, self.q, self.w)
        return tuple(tuple(line) for line in tolls)

    def _by_itself(self, choice: Choice, row: list[str], start: int, way: int, k: int, below: Ints) -> Ints:
        """What ways to doors and to modules elsewhere cost, with the k-th bank so many dm beyond the row's low end."""
        e, q = row[k], self.q
        t = self._t(choice, e) + way * (start + below - self._u(choice, e))
        cost = SCALE * (q.first.get(e, 0) - q.last.get(e, 0)) * t
        for a, b, n in q.legs:
            if e not in (a, b):
                continue
            cost = cost + SCALE * n * (t if b == e else -t)
            other = b if a == e else a
            if other in choice and other not in row:
                ahead = (self._t(choice, other) - t) * (1 if a == e else -1)
                cost = cost + back_charge(n, self.w) * np.maximum(0, -ahead)
        for door, n, comes in q.door_legs(e):
            cost = cost + back_charge(n, self.w) * np.maximum(0, door.t - t if comes else t - door.t)
        return np.asarray(cost)
