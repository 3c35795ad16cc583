"""Wishes that cannot hold together: the smallest set of them. What would let them: relaxing.py.

Deletion filter (Chinneck 1991): leave one wish out after another; what still does not fit without it was not needed for the
clash. What remains is minimal: leave any one out and a layout exists. Tests are solves of little effort, and hardly one of
tight wishes ends with a proof. So each wish is first left out alone: where a layout is found, every clash holds it; where those
make a clash by themselves, the others are bystanders, whatever the searches for them told. Only where they do not is one left
out too that had its whole time and found nothing; the set is then not called proven. One that was cut short tells nothing.
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
TURN = 2.0  # times what the programme alone took, for each wish left out alone
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
    asked = list(dict.fromkeys(("wish", w.id) for w in problem.wishes)) + [("pin", p.element) for p in problem.pins]
    sieve = _Sieve(problem, asked, time.monotonic() + seconds, test or partial(fits, cancel=cancel), cancel)
    begun = time.monotonic()
    if not asked or cancel or sieve.test([], TEST_SECONDS) is not True:
        return None
    took = time.monotonic() - begun
    needed, unclear = sieve.one_by_one(took)
    kept, proven = [*needed, *unclear], not unclear
    if unclear and (len(needed) > 1 or (needed and sieve.left() > 0)):  # of one alone a test says that it clashes with the hall
        answer = sieve.test(needed, TEST_SECONDS)
        if not answer:
            kept, proven, unclear = needed, answer is False, []
    if unclear and (partner := sieve.partner_of(needed, unclear, took)):
        kept = [*needed, partner]
    elif unclear:
        kept = sieve.without_bystanders(kept, unclear, min(TEST_SECONDS, max(LEAST_SECONDS, AS_LONG_AS * took)))
    if proven and kept == asked and not disproven:  # each could be left out, and perhaps none need be
        answer = sieve.test(asked, TEST_SECONDS)
        if answer:
            return None
        proven = answer is False
    return Clash(
        wishes=tuple(name for kind, name in asked if kind == "wish" and (kind, name) in kept),
        pins=tuple(name for kind, name in asked if kind == "pin" and (kind, name) in kept),
        proven=proven, alone=tuple(sieve.alone), without=tuple(sieve.without),
    )  # fmt: skip


@dataclass(slots=True)
class _Sieve:
    """The tests of one question within its time, and what layouts were found without: each `alone`, and the fewest together."""

    problem: PlacementProblem
    asked: list[Asked]
    end: float
    fits: Fits
    cancel: Cancel | None
    alone: list[Asked] = field(default_factory=list)
    without: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.without = list(self.asked)

    def left(self) -> float:
        return 0.0 if self.cancel else self.end - time.monotonic()

    def test(self, kept: Sequence[Asked], most: float) -> bool | None:
        """Is there a layout with these alone? None where no time was left for it, or it did not tell."""
        if self.left() <= 0:
            return None
        answer = self.fits(with_these(self.problem, kept), min(most, self.left()))
        if answer and kept:
            gone = [k for k in self.asked if k not in kept]
            self.alone += gone if len(gone) == 1 else []
            self.without = min(self.without, gone, key=len) if gone else self.without
        return answer

    def one_by_one(self, took: float) -> tuple[list[Asked], list[Asked]]:
        """Each left out alone: those without which a layout was found, which every clash holds, and those of which nothing was
        told. What is disproven without is left out for good. All have a turn, however little time there is: `took` is what
        the programme alone took."""
        kept = list(self.asked)
        needed: list[Asked] = []
        unclear: list[Asked] = []
        for number, one in enumerate(self.asked):
            fair = self.left() / (len(self.asked) - number + 1)  # and one for what is needed
            fewer = [k for k in kept if k != one]
            answer = self.test(fewer, min(TEST_SECONDS, max(fair, TURN * took))) if fewer else True
            if answer is False:
                kept = fewer
            else:
                (needed if answer else unclear).append(one)
        return needed, unclear

    def partner_of(self, needed: list[Asked], unclear: list[Asked], took: float) -> Asked | None:
        """The first of those of which nothing was told that lets no layout be found beside the needed ones."""
        for one in unclear if needed else ():
            whole = self.left() >= TURN * took
            if not self.test([*needed, one], TEST_SECONDS) and whole:
                return one
        return None

    def without_bystanders(self, kept: list[Asked], unclear: list[Asked], whole: float) -> list[Asked]:
        """Those of which nothing was told are left out one after another where a test has its `whole` time and finds nothing
        without them either."""
        for one in unclear:
            left = self.left()
            fewer = [k for k in kept if k != one]
            answer = self.test(fewer, TEST_SECONDS) if fewer else True
            if answer is False or (answer is None and left >= whole):
                kept = fewer
        return kept


def with_these(problem: PlacementProblem, kept: Sequence[Asked]) -> PlacementProblem:
    """The problem with these wishes and pins alone."""
    return replace(
        problem,
        wishes=tuple(w for w in problem.wishes if ("wish", w.id) in kept),
        pins=tuple(p for p in problem.pins if ("pin", p.element) in kept),
    )
