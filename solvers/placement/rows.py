"""Modules in a row on one wall: the order that costs least, exactly, by dynamic programming over subsets.

toll[i, j] is what a decimetre between the middles of i and j costs when i stands lower than j. Put from the low end, each next
module k is crossed by all ways between those below it (S) and those above it (R): its length times their tolls; its halves lie
on the ways that end at it. So the least cost of a set below is a function of the set alone (Picard and Queyranne 1981).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from solvers.placement.modes import Mode, Run
from solvers.placement.variables import Question

MOST_EXACT = 17  # modules whose subsets are gone through; a second and 100 MB at most

Ints = npt.NDArray[np.int64]
Tolls = tuple[tuple[int, ...], ...]
Cost = Callable[[int, Ints], Ints]  # of a module by itself, where its low end has so many dm of the row below it


def least_order(lengths: tuple[int, ...], tolls: Tolls, own: Cost | None = None) -> tuple[int, tuple[int, ...]]:
    """The least cost of a row that stands without gaps, and the order, low end first.

    `own` adds what places cost by themselves. Between gaps nothing gets cheaper, so without `own` it is the least cost of any
    row of these modules in any order.
    """
    n = len(lengths)
    toll = np.array(tolls, dtype=np.int64).reshape(n, n)
    sets = np.arange(1 << n)
    inside = [(sets >> k & 1).astype(bool) for k in range(n)]
    below: Ints = sum((length * mine for length, mine in zip(lengths, inside)), np.zeros(1 << n, dtype=np.int64))
    down = [sum(toll[i, k] * inside[i] for i in range(n)) for k in range(n)]  # tolls from the set up to k
    up = [sum(toll[k, j] * inside[j] for j in range(n)) for k in range(n)]  # from k up to the set
    crossing = np.zeros(1 << n, dtype=np.int64)  # from the set to all outside it
    for i in range(n):
        crossing += np.where(inside[i], toll[i].sum() - up[i], 0)
    least = np.full(1 << n, np.iinfo(np.int64).max, dtype=np.int64)
    last = np.zeros(1 << n, dtype=np.int8)
    least[0] = 0
    counts = sum(mine.astype(np.int64) for mine in inside)
    for size in range(1, n + 1):
        of_size = sets[counts == size]
        for k, length in enumerate(lengths):
            now = of_size[inside[k][of_size]]
            before = now ^ (1 << k)
            cost = least[before] + length * (crossing[before] - down[k][before])
            cost += (length // 2) * down[k][before] + (length - length // 2) * (toll[k].sum() - up[k][now])
            if own is not None:
                cost += own(k, below[before])
            better = cost < least[now]
            least[now[better]], last[now[better]] = cost[better], k
    order: list[int] = []
    rest = (1 << n) - 1
    while rest:
        order.append(int(last[rest]))
        rest ^= 1 << order[-1]
    return int(least[-1]), tuple(reversed(order))


@dataclass(frozen=True, slots=True)
class Row:
    """Modules that can stand on one stretch of a straight wall only, with the spine along it: the least lengths they have.

    `way` is 1 where the walk goes from the low end to the high one."""

    members: tuple[str, ...]
    lengths: tuple[int, ...]
    way: int


def rows_of(question: Question) -> tuple[Row, ...]:
    """The rows that no layout of the question can avoid."""
    found: dict[tuple[str, int, int], list[str]] = {}
    for e, modes in question.modes.items():
        if (kind := _only_kind(modes)) is not None:
            found.setdefault(kind, []).append(e)
    return tuple(
        Row(tuple(members), tuple(min(m.inside.length for m in question.modes[e]) for e in members), way)
        for (_, way, _), members in found.items()
        if 1 < len(members) <= MOST_EXACT
    )


def _only_kind(modes: tuple[Mode, ...]) -> tuple[str, int, int] | None:
    """The kind of all a module's places; None where they differ, which most do at the second one looked at."""
    kinds = (_kind(mode, run) for mode in modes for run in mode.runs)
    first = next(kinds, None)
    return first if first is not None and all(kind == first for kind in kinds) else None


def _kind(mode: Mode, run: Run) -> tuple[str, int, int] | None:
    """The wall, the walk's way along it and where it starts; None where places are no row along the spine."""
    if mode.back is None or not mode.baseline.startswith("w") or abs(run.ta) != 1:
        return None
    return mode.baseline, run.ta, run.tb - run.ta * (mode.inside.length // 2)


def steps_back(question: Question, row: Row, charge: Callable[[int], int]) -> int:
    """The least sum of charge(persons) x dm over the legs within the row that walk against the flow, whatever its order."""
    tolls = {(e, f): charge(n) for e, f, n in question.legs}
    lower_first = [[tolls.get((f, e) if row.way > 0 else (e, f), 0) for f in row.members] for e in row.members]
    return _least(row.lengths, tuple(tuple(line) for line in lower_first))


@lru_cache(maxsize=64)
def _least(lengths: tuple[int, ...], tolls: Tolls) -> int:
    return least_order(lengths, tolls)[0] if any(any(line) for line in tolls) else 0
