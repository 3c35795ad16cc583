"""What the model decides. Domains do the first work: only duties that the rules of a single duty allow have a column.

| letter | meaning |
|---|---|
| x[p, d, o] | person p has duty option o on day d (0/1) |
| y[g, d, w, t] | persons of skill profile g whose break window is w and whose break starts in interval t of day d |
| f[g, d, k, t] | persons of profile g working at skill k in interval t of day d |
| n[g, d, t] | persons of profile g on duty and not on break |
| u[d, k, t] | persons missing |
| s[g, d, t] | persons of profile g on duty, not on break, without a need |

Persons of one profile are interchangeable within an interval, so cover is a small flow per interval; breaks are counted
per profile and window, which is exact because equal windows are interchangeable. f, u and s need no integrality: with x
and y whole, the flow has a whole optimum.
"""

from __future__ import annotations

from dataclasses import dataclass

from solvers.rostering.linear import INF, LinearModel
from solvers.rostering.options import Option, options_of
from solvers.rostering.problem import RosterProblem, slots_of

Profile = tuple[str, ...]
Window = tuple[int, int, int]  # first and last interval of the break's start, its length in intervals


@dataclass(frozen=True, slots=True)
class Variables:
    """Columns of the model by the problem's own keys (persons by id, days by position)."""

    profile: dict[str, Profile]
    options: dict[tuple[str, int], tuple[Option, ...]]
    duty: dict[tuple[str, int], tuple[int, ...]]  # beside options, one column each
    pause: dict[tuple[Profile, int, Window], dict[int, int]]
    work: dict[tuple[Profile, int, str, int], int]
    missing: dict[tuple[int, str, int], int]
    spare: dict[tuple[Profile, int, int], int]
    present: dict[tuple[Profile, int, int], int]
    needed: dict[tuple[int, str, int], int]


def profiles(problem: RosterProblem) -> dict[str, Profile]:
    """Each person's skills as far as any interval needs them, sorted: persons of one profile are interchangeable."""
    asked = {need.skill for need in problem.needs}
    return {person.id: tuple(sorted(asked & set(person.skills))) for person in problem.staff}


def needs_by_slot(problem: RosterProblem) -> dict[tuple[int, str, int], int]:
    """(day, skill, interval) -> persons needed."""
    number = {day.date: index for index, day in enumerate(problem.days)}
    return {
        (
            number[n.date],
            n.skill,
            (n.start_min - problem.days[number[n.date]].open_min) // problem.interval_min,
        ): n.needed
        for n in problem.needs
    }


def make_variables(model: LinearModel, problem: RosterProblem) -> Variables:
    """Add all columns, in an order that the problem alone decides."""
    profile = profiles(problem)
    options = {
        (person.id, d): options_of(problem, person, day)
        for person in problem.staff
        for d, day in enumerate(problem.days)
        if day.day_type
    }
    v = Variables(profile, options, {}, {}, {}, {}, {}, {}, needs_by_slot(problem))
    for key, choices in options.items():
        v.duty[key] = tuple(model.column(whole=True) for _ in choices)
    for (person_id, d), choices in options.items():
        for option in choices:
            _add_pause(model, v, (profile[person_id], d, window_of(option)) if option.window else None)
    for key_need, needed in v.needed.items():
        v.missing[key_need] = model.column(most=needed)
    for group in sorted(set(profile.values())):
        for d, day in enumerate(problem.days):
            for t in range(slots_of(day, problem.interval_min)):
                v.spare[group, d, t] = model.column(most=INF)
                v.present[group, d, t] = model.column(most=INF)
                for skill in group:
                    if (d, skill, t) in v.needed:
                        v.work[group, d, skill, t] = model.column(most=v.needed[d, skill, t])
    return v


def window_of(option: Option) -> Window:
    """The break window of a duty that has a break."""
    if option.window is None:
        raise ValueError("this duty has no break")
    return (*option.window, option.break_slots)


def _add_pause(model: LinearModel, v: Variables, key: tuple[Profile, int, Window] | None) -> None:
    if key is None or key in v.pause:
        return
    first, last, _ = key[2]
    v.pause[key] = {t: model.column(most=INF, whole=True) for t in range(first, last + 1)}
