"""Which person-days to free in each round of polish: one list per round, one neighbourhood per part of the horizon.

Parts share no day, so that they can be solved side by side and joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from solvers.rostering.problem import RosterProblem
from solvers.rostering.variables import profiles

Free = Callable[[tuple[str, int]], bool]
LEAST_CREW, MOST_CREW = 3, 30
MOST_DAYS = 2


@dataclass(slots=True)
class Size:
    """How much a round frees; it shrinks when a round cannot be solved to its end, and grows when it can."""

    crew: float = 6.0  # persons freed together over a part
    days: int = 1  # days freed together for everybody
    crew_is_free: bool = False  # else days are

    def learn(self, solved: bool) -> None:
        """Adapt what the last round freed to how it went."""
        if self.crew_is_free:
            self.crew = min(MOST_CREW, self.crew + 1) if solved else max(LEAST_CREW, 0.7 * self.crew)
        else:
            self.days = min(MOST_DAYS, self.days + 1) if solved else 1


def neighbourhoods(problem: RosterProblem, seed: int, size: Size) -> Iterator[list[Free]]:
    """Without end: everybody on one day of each part in turn, then crews with related skills over the parts, mixed."""
    dice = Random(seed)
    parts = _parts(problem)
    for turn in range(max(len(part) for part in parts)):
        yield [_days({part[turn % len(part)]}) for part in parts]
    while True:
        size.crew_is_free = True
        yield [_crew(_related(problem, dice, int(size.crew)), set(part)) for part in parts]
        yield [_crew(_related(problem, dice, int(size.crew)), set(part)) for part in parts]
        size.crew_is_free = False
        yield [_days(set(dice.sample(part, min(size.days, len(part))))) for part in parts]


def _parts(problem: RosterProblem) -> list[list[int]]:
    """The open days of each week."""
    weeks = sorted({day.week for day in problem.days})
    parts = [[d for d, day in enumerate(problem.days) if day.week == week and day.day_type] for week in weeks]
    return [part for part in parts if part] or [[0]]


def _related(problem: RosterProblem, dice: Random, crew: int) -> set[str]:
    """A person drawn by chance and those who share most skills with them, ties by chance."""
    profile = profiles(problem)
    first = dice.choice(problem.staff).id
    near = {p.id: len(set(profile[p.id]) & set(profile[first])) + dice.random() for p in problem.staff}
    return {first, *sorted(near, key=lambda person: -near[person])[: crew - 1]}


def _days(days: set[int]) -> Free:
    return lambda key: key[1] in days


def _crew(persons: set[str], days: set[int]) -> Free:
    return lambda key: key[0] in persons and key[1] in days
