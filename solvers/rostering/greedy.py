"""A first roster in a blink: person after person, the duty that takes most of what is still uncovered.

It obeys every rule, so that there is an answer however short the effort or early the cancel.
"""

from __future__ import annotations

from solvers.rostering.activities import Choice, Pauses
from solvers.rostering.contract import contract_min, week_cap_min
from solvers.rostering.options import Option, options_of
from solvers.rostering.problem import RosterProblem, slots_of
from solvers.rostering.rules import DAY_MIN, past, weeks_of
from solvers.rostering.variables import needs_by_slot, profiles, window_of
from solvers.staff import StaffMember

Left = dict[tuple[int, str, int], int]


def greedy(problem: RosterProblem) -> tuple[Choice, Pauses]:
    """Persons with few skills first; each takes, day by day, the duty that covers most per minute of contract left."""
    left, choice, pauses = needs_by_slot(problem), Choice(), Pauses()
    profile = profiles(problem)
    for person in sorted(problem.staff, key=lambda p: (len(profile[p.id]), p.id)):
        for week in weeks_of(problem):
            budget = week_cap_min(problem, person, problem.days[week[0]].week)
            wanted = contract_min(problem, person, problem.days[week[0]].week)
            open_days = [d for d in week if problem.days[d].day_type]
            days = 0
            for index, d in enumerate(open_days):
                even = wanted / max(1, min(problem.rules.max_days_per_week, len(open_days)) - index)
                option = _best(problem, person, d, left, choice, budget, max(even, 1.0), profile[person.id])
                if option is None or days == problem.rules.max_days_per_week:
                    continue
                choice[person.id, d] = option
                _take(problem, person.id, d, option, left, pauses, profile[person.id])
                budget, wanted, days = budget - option.worked_min, max(0.0, wanted - option.worked_min), days + 1
    return choice, pauses


def _best(problem: RosterProblem, person: StaffMember, d: int, left: Left, choice: Choice, budget: float,
          even: float, profile: tuple[str, ...]) -> Option | None:  # fmt: skip
    if _in_a_row(problem, person.id, d, choice) >= problem.rules.max_consecutive_days:
        return None
    earliest = _eve_end(problem, person.id, d, choice) + problem.rules.min_rest_min - DAY_MIN
    fits = [o for o in options_of(problem, person, problem.days[d]) if o.worked_min <= budget and o.start_min >= earliest]
    slots = range(slots_of(problem.days[d], problem.interval_min))
    use = [max((left.get((d, skill, t), 0) for skill in profile), default=0) > 0 for t in slots]
    return max(
        fits,
        key=lambda o: (sum(use[o.first : o.after]) * problem.interval_min - abs(o.worked_min - even), -o.start_min),
        default=None,
    )


def _take(problem: RosterProblem, person_id: str, d: int, option: Option, left: Left, pauses: Pauses,
          profile: tuple[str, ...]) -> None:  # fmt: skip
    pause = None
    if option.window:
        first, last = option.window
        pause = min(range(first, last + 1), key=lambda t: sum(left.get((d, skill, t), 0) for skill in profile))
        pauses.setdefault((profile, d, window_of(option)), []).append(pause)
    for t in range(option.first, option.after):
        if pause is not None and pause <= t < pause + option.break_slots:
            continue
        most = max(profile, key=lambda skill: left.get((d, skill, t), 0), default=None)
        if most is not None and left.get((d, most, t), 0) > 0:
            left[d, most, t] -= 1


def _in_a_row(problem: RosterProblem, person_id: str, d: int, choice: Choice) -> int:
    run = 0
    while d - run - 1 >= 0 and (person_id, d - run - 1) in choice:
        run += 1
    return run + past(problem, person_id).days_in_a_row if run == d else run


def _eve_end(problem: RosterProblem, person_id: str, d: int, choice: Choice) -> int:
    if d == 0:
        return past(problem, person_id).eve_end_min or DAY_MIN - problem.rules.min_rest_min
    eve = choice.get((person_id, d - 1))
    return eve.end_min if eve else DAY_MIN - problem.rules.min_rest_min
