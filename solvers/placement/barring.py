"""Wishes that leave one module no place of its own, found before any solve: near the entrance, and off the floor there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from solvers.placement.modes import Mode
from solvers.placement.prepare import elements_of, prepare, widths_of
from solvers.placement.problem import PlacementProblem
from solvers.placement.wish import Wish
from solvers.placement.wishes import allowed

ABOUT_ONE = ("near_entrance", "keep_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A module with places in the hall as it stands, and a smallest set of wishes (ids) that take all of them."""

    module: str
    wishes: tuple[str, ...]


def barred(problem: PlacementProblem) -> tuple[Barred, ...]:
    """The modules that wishes bar from every place along every aisle of every width, at the walls that stand.

    Sets are minimal: without any one of its wishes the module has places. Walls that may be built are not looked at, so that
    this explains and proves nothing.
    """
    if not any(w.kind in ABOUT_ONE for w in problem.wishes):
        return ()
    free = replace(problem, wishes=(), pins=())
    questions = list(chain.from_iterable(prepare(free, width).questions for width in widths_of(free)))
    found = []
    for element in elements_of(problem):
        mine = [w for w in problem.wishes if w.kind in ABOUT_ONE and w.module in ("", element.id)]
        modes = list(chain.from_iterable(q.modes[element.id] for q in questions))
        if mine and modes and not _has_place(problem, modes, mine):
            found.append(Barred(module=element.id, wishes=tuple(w.id for w in _smallest(problem, modes, mine))))
    return tuple(found)


def _smallest(problem: PlacementProblem, modes: Sequence[Mode], wishes: Sequence[Wish]) -> list[Wish]:
    """Deletion filter: what bars all the same without a wish did not need it."""
    kept = list(wishes)
    for wish in wishes:
        fewer = [w for w in kept if w is not wish]
        if not _has_place(problem, modes, fewer):
            kept = fewer
    return kept


def _has_place(problem: PlacementProblem, modes: Iterable[Mode], wishes: Sequence[Wish]) -> bool:
    return any(allowed(wishes, problem.level, mode) for mode in modes)
