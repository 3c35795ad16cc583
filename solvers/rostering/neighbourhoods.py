"""Which person-days to free in each round of polish: one list per round, one neighbourhood per part of the horizon.

Parts share no day, so that they can be solved side by side and joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from solvers.rostering.problem import RosterProblem
from solvers.rostering.variables import profiles

Free = Callable[[tuple[str, int]], bool]
CREW = 12  # persons freed together over a part
DAYS = 2  # days freed together for everybody


def neighbourhoods(problem: RosterProblem, seed: int) -> Iterator[list[Free]]:
    """Without end: everybody on one day of each part in turn, then crews with related skills over the parts, mixed."""
    dice = Random(seed)
    parts = _parts(problem)
    for turn in range(max(len(part) for part in parts)):
        yield [_days({part[turn % len(part)]}) for part in parts]
    while True:
        yield [_crew(_related(problem, dice), set(part)) for part in parts]
        yield [_crew(_related(problem, dice), set(part)) for part in parts]
        yield [_days(set(dice.sample(part, min(DAYS, len(part))))) for part in parts]


def _parts(problem: RosterProblem) -> list[list[int]]:
    """The open days of each week."""
    weeks = sorted({day.week for day in problem.days})
    parts = [[d for d, day in enumerate(problem.days) if day.week == week and day.day_type] for week in weeks]
    return [part for part in parts if part] or [[0]]


def _related(problem: RosterProblem, dice: Random) -> set[str]:
    """A person drawn by chance and those who share most skills with them, ties by chance."""
    profile = profiles(problem)
    first = dice.choice(problem.staff).id
    near = {p.id: len(set(profile[p.id]) & set(profile[first])) + dice.random() for p in problem.staff}
    return {first, *sorted(near, key=lambda person: -near[person])[: CREW - 1]}


def _days(days: set[int]) -> Free:
    return lambda key: key[1] in days


def _crew(persons: set[str], days: set[int]) -> Free:
    return lambda key: key[0] in persons and key[1] in days
