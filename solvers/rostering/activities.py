"""From counts to people: who takes which break, and who works at which skill in each interval of their duty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from solvers.rostering.options import Option
from solvers.rostering.problem import RosterProblem, slots_of
from solvers.rostering.roster import SPARE, Duty, Segment
from solvers.rostering.variables import Profile, Window, needs_by_slot, profiles, window_of

# Covering a need outranks everything; then people stay at what they do; last, specialists come before all-rounders.
COVERED, STAYS, RETURNS, NARROW = 1000, 20, 5, 1


@dataclass(frozen=True, slots=True)
class Chosen:
    """A duty chosen for a person on a day, with the interval in which the break starts (None: no break)."""

    person: str
    option: Option
    pause: int | None


Choice = dict[tuple[str, int], Option]
Pauses = dict[tuple[Profile, int, Window], list[int]]


def give_breaks(problem: RosterProblem, choice: Choice, pauses: Pauses) -> dict[int, list[Chosen]]:
    """Hand the break starts of each profile and window to those who have that window, in the order of the staff."""
    profile = profiles(problem)
    left = {key: sorted(starts) for key, starts in pauses.items()}
    days: dict[int, list[Chosen]] = defaultdict(list)
    for person in problem.staff:
        for d in range(len(problem.days)):
            option = choice.get((person.id, d))
            if option is not None:
                starts = left[profile[person.id], d, window_of(option)] if option.window else None
                days[d].append(Chosen(person.id, option, starts.pop(0) if starts is not None else None))
    return days


def duties_of(problem: RosterProblem, choice: Choice, pauses: Pauses) -> tuple[Duty, ...]:
    """Named duties with their activity segments, sorted by date and person."""
    needed = needs_by_slot(problem)
    duties = []
    for d, chosen in give_breaks(problem, choice, pauses).items():
        work = _work_of_day(problem, d, chosen, needed)
        duties += [_duty(problem, d, c, work[c.person]) for c in chosen]
    return tuple(sorted(duties, key=lambda duty: (duty.date, duty.person)))


def _work_of_day(
    problem: RosterProblem, d: int, chosen: list[Chosen], needed: dict[tuple[int, str, int], int]
) -> dict[str, dict[int, str]]:
    """Interval by interval the assignment that covers most, then changes least."""
    skills = {person.id: person.skills for person in problem.staff}
    work: dict[str, dict[int, str]] = {c.person: {} for c in chosen}
    for t in range(slots_of(problem.days[d], problem.interval_min)):
        here = [c.person for c in chosen if _works(c, t)]
        posts = [skill for (day, skill, slot), n in sorted(needed.items()) if (day, slot) == (d, t) for _ in range(n)]
        if not here:
            continue
        gain = np.zeros((len(here), len(posts) + len(here)))
        for row, person in enumerate(here):
            for column, skill in enumerate(posts):
                gain[row, column] = _gain(work[person], skill, skills[person])
        rows, columns = linear_sum_assignment(gain, maximize=True)
        for row, column in zip(rows.tolist(), columns.tolist()):
            held = column < len(posts) and gain[row, column] > 0
            work[here[row]][t] = posts[column] if held else SPARE
    return work


def _gain(done: dict[int, str], skill: str, skills: tuple[str, ...]) -> int:
    if skill not in skills:
        return -COVERED
    last = done[max(done)] if done else SPARE
    stays = STAYS if last == skill else (RETURNS if skill in done.values() else 0)
    return COVERED + stays + NARROW * max(0, 4 - len(skills))


def _works(chosen: Chosen, t: int) -> bool:
    option, pause = chosen.option, chosen.pause
    on_break = pause is not None and pause <= t < pause + option.break_slots
    return option.first <= t < option.after and not on_break


def _duty(problem: RosterProblem, d: int, chosen: Chosen, work: dict[int, str]) -> Duty:
    day, step, option = problem.days[d], problem.interval_min, chosen.option
    segments: list[Segment] = []
    for t in sorted(work):
        start = day.open_min + t * step
        if segments and segments[-1].skill == work[t] and segments[-1].end_min == start:
            start = segments.pop().start_min
        segments.append(Segment(skill=work[t], start_min=start, end_min=day.open_min + (t + 1) * step))
    return Duty(
        person=chosen.person,
        date=day.date,
        start_min=option.start_min,
        end_min=option.end_min,
        break_start_min=None if chosen.pause is None else day.open_min + chosen.pause * step,
        break_min=problem.rules.break_min if chosen.pause is not None else 0,
        segments=tuple(segments),
    )
