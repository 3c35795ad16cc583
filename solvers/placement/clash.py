"""Wishes that cannot hold together: the smallest set of them. What would let them: relaxing.py.

Deletion filter (Chinneck 1991): leave one wish out after another; what still does not fit without it was not needed for the
clash. What remains is minimal: leave any one out and a layout exists. Tests are solves of little effort. One that had its
whole time and found nothing leaves its wish out too, for what is kept finds nothing without it either; the set is then not
called proven. One that was cut short tells nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from solvers.effort import Cancel, Effort, Progress
from solvers.placement.problem import PlacementProblem
from solvers.placement.solve import solve

TEST_SECONDS = 5.0  # for one solve without an answer; most have one at once
AS_LONG_AS = 10.0  # times what the programme alone took, and
LEAST_SECONDS = 2.0  # no less: who found nothing until then had its whole time
Fits = Callable[[PlacementProblem, float], bool | None]
Reason = tuple[str, dict[str, str | int | float]]
Asked = tuple[str, str]  # `wish` or `pin`, and its id


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Wishes and pins (module ids) that cannot all hold. `proven`: every test had an answer, and all of them together none.

    `alone`: those of which any one, left out by itself, let a layout be found on the way. `without`: the fewest that were left
    out together where one was; never none of them, since nothing is said to clash before a layout without all was found.
    """

    wishes: tuple[str, ...]
    pins: tuple[str, ...]
    proven: bool
    alone: tuple[Asked, ...] = field(default=(), compare=False)
    without: tuple[Asked, ...] = field(default=(), compare=False)


class Enough(Cancel):
    """One layout answers the question; and people, or the time that is theirs, may stop the asking."""

    def __init__(self, people: Cancel | None, seconds: float = float("inf")) -> None:
        super().__init__()
        self._people, self._end = people, time.monotonic() + seconds

    def __bool__(self) -> bool:
        return super().__bool__() or bool(self._people) or time.monotonic() >= self._end


def fits(problem: PlacementProblem, seconds: float, cancel: Cancel | None = None) -> bool | None:
    """Whether a layout exists; None when a solve of so many seconds did not tell. After them nothing is prepared or proven any
    more, as it is in a solve that stands alone: many of these are made within one wait."""
    enough = Enough(cancel, seconds)

    def told(progress: Progress) -> None:
        if progress.stage == "layout":
            enough.set()

    answer = solve(problem, Effort(seconds=seconds), report=told, cancel=enough, explained=False)
    if answer.layout is not None:
        return True
    return False if answer.record.status == "infeasible" else None


def smallest_clash(
    problem: PlacementProblem, *, seconds: float, cancel: Cancel | None = None, test: Fits | None = None,
    disproven: bool = False,
) -> Clash | None:  # fmt: skip
    """A smallest set of wishes and pins that cannot hold together; None where the programme does not fit even without.

    `disproven`: it is proven that all of them cannot; else that is asked where none of them could be left out.
    """
    test = test or partial(fits, cancel=cancel)
    end = time.monotonic() + seconds
    asked = list(dict.fromkeys(("wish", w.id) for w in problem.wishes)) + [("pin", p.element) for p in problem.pins]
    begun = time.monotonic()
    if not asked or cancel or test(with_these(problem, []), min(TEST_SECONDS, seconds)) is not True:
        return None
    whole = min(TEST_SECONDS, max(LEAST_SECONDS, AS_LONG_AS * (time.monotonic() - begun)))
    kept, proven = list(asked), True
    alone: list[Asked] = []
    without: list[Asked] = list(asked)
    for one in asked:
        left = end - time.monotonic()
        if left <= 0 or cancel:
            proven = False
            break
        fewer = [k for k in kept if k != one]
        answer = test(with_these(problem, fewer), min(TEST_SECONDS, left)) if fewer else True
        if answer is False or (answer is None and left >= whole and not cancel):
            kept = fewer
        if answer:
            gone = [k for k in asked if k not in fewer]
            alone += gone if len(gone) == 1 else []
            without = min(without, gone, key=len)
        proven = proven and answer is not None
    if proven and kept == asked and not disproven:  # each could be left out, and perhaps none need be
        left = end - time.monotonic()
        answer = test(problem, min(TEST_SECONDS, left)) if left > 0 and not cancel else None
        if answer:
            return None
        proven = answer is False
    return Clash(
        wishes=tuple(name for kind, name in kept if kind == "wish"),
        pins=tuple(name for kind, name in kept if kind == "pin"),
        proven=proven, alone=tuple(alone), without=tuple(without),
    )  # fmt: skip


def with_these(problem: PlacementProblem, kept: Sequence[Asked]) -> PlacementProblem:
    """The problem with these wishes and pins alone."""
    return replace(
        problem,
        wishes=tuple(w for w in problem.wishes if ("wish", w.id) in kept),
        pins=tuple(p for p in problem.pins if ("pin", p.element) in kept),
    )
