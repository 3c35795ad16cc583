"""Hard rules that bind several duties together, one function each. RULES holds them and the rules of a single duty.

Every function here has the shape rule(model, problem, v): it adds rows and returns nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from solvers.rostering.contract import week_cap_min, week_floor_min
from solvers.rostering.linear import LinearModel
from solvers.rostering.options import DUTY_RULES, Option
from solvers.rostering.problem import History, RosterProblem
from solvers.rostering.variables import Variables, window_of

DAY_MIN = 24 * 60


def one_duty_a_day(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """sum over o of x[p, d, o] <= 1."""
    for columns in v.duty.values():
        if columns:
            model.row([(c, 1) for c in columns], high=1)


def breaks_are_taken(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """As many breaks start in a window as duties have that window: sum_t y[g, d, w, t] = sum of x with window w."""
    owing: dict[object, list[int]] = {key: [] for key in v.pause}
    for (person_id, d), options in v.options.items():
        for option, column in zip(options, v.duty[person_id, d]):
            if option.window:
                owing[v.profile[person_id], d, window_of(option)].append(column)
    for key, starts in v.pause.items():
        model.row([*((c, 1) for c in starts.values()), *((c, -1) for c in owing[key])], low=0, high=0)


def only_held_skills(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """Persons on duty and not on break work at skills of their profile or are spare:
    n[g, d, t] = n[g, d, t - 1] + duties and returns from breaks that start - those that end = sum_k f[g, d, k, t] + s;
    f has no column for a skill not held. Steps instead of sums keep each duty in two rows only."""
    rows: dict[object, list[tuple[int, float]]] = {}
    for (group, d, t), column in v.present.items():
        rows[group, d, t] = [(column, -1)]
        if t:
            rows[group, d, t].append((v.present[group, d, t - 1], 1))
    for (person_id, d), options in v.options.items():
        for option, column in zip(options, v.duty[person_id, d]):
            group = v.profile[person_id]
            rows[group, d, option.first].append((column, 1))
            if (group, d, option.after) in rows:
                rows[group, d, option.after].append((column, -1))
    for (group, d, (_, _, length)), starts in v.pause.items():
        for start, column in starts.items():
            rows[group, d, start].append((column, -1))
            if (group, d, start + length) in rows:
                rows[group, d, start + length].append((column, 1))
    for terms in rows.values():
        model.row(terms, low=0, high=0)
    _share_out(model, v)


def weekly_hours(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """Worked minutes of a week stay between the contract's floor and the lower of contract and legal limit."""
    for person in problem.staff:
        for week in weeks_of(problem):
            terms = [(c, float(o.worked_min)) for d in week for o, c in of_day(v, person.id, d)]
            number = problem.days[week[0]].week
            floor, cap = week_floor_min(problem, person, number), week_cap_min(problem, person, number)
            if terms or floor > 0:
                model.row(terms, low=floor, high=cap)


def days_a_week(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """At most max_days_per_week duties in each week of the horizon."""
    for person in problem.staff:
        for week in weeks_of(problem):
            model.row([(c, 1) for d in week for _, c in of_day(v, person.id, d)], high=problem.rules.max_days_per_week)


def consecutive_days(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """At most max_consecutive_days duties in any max_consecutive_days + 1 days on end, earlier days included."""
    most = problem.rules.max_consecutive_days
    for person in problem.staff:
        before = min(past(problem, person.id).days_in_a_row, most)
        for first in range(-before, len(problem.days) - most):
            run = range(max(first, 0), first + most + 1)
            model.row([(c, 1) for d in run for _, c in of_day(v, person.id, d)], high=most + min(first, 0))


def rest_between_duties(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """A duty starts no sooner than min_rest_min after the end of the day before's:
    for each end e: sum of x[d] ending at e or later + sum of x[d + 1] starting before e + rest - 24 h <= 1."""
    for person in problem.staff:
        _keep_rest_from_eve(model, problem, v, person.id)
        for d in range(len(problem.days) - 1):
            for end in sorted({o.end_min for o, _ in of_day(v, person.id, d)}):
                earliest = end + problem.rules.min_rest_min - DAY_MIN
                soon = [(c, 1.0) for o, c in of_day(v, person.id, d + 1) if o.start_min < earliest]
                if soon:
                    model.row([*soon, *((c, 1.0) for o, c in of_day(v, person.id, d) if o.end_min >= end)], high=1)


def past_days_stay(model: LinearModel, problem: RosterProblem, v: Variables) -> None:
    """In a repair, a duty known before `frozen_before` is had again, unless leave forbids it."""
    number = {day.date: d for d, day in enumerate(problem.days)}
    for known in problem.known or ():
        columns = v.duty.get((known.person, number[known.date]), ()) if known.date in number else ()
        if known.date < problem.frozen_before and columns:
            model.row([(c, 1) for c in columns], low=1)


BINDING_RULES = (
    one_duty_a_day,
    breaks_are_taken,
    only_held_skills,
    weekly_hours,
    days_a_week,
    consecutive_days,
    rest_between_duties,
    past_days_stay,
)
RULES = (*DUTY_RULES, *BINDING_RULES)


def weeks_of(problem: RosterProblem) -> tuple[tuple[int, ...], ...]:
    """Positions of the days of each week."""
    weeks = sorted({day.week for day in problem.days})
    return tuple(tuple(d for d, day in enumerate(problem.days) if day.week == week) for week in weeks)


def of_day(v: Variables, person_id: str, d: int) -> Iterator[tuple[Option, int]]:
    """Options of a person on a day with their columns; none when the centre is closed."""
    return zip(v.options.get((person_id, d), ()), v.duty.get((person_id, d), ()))


def past(problem: RosterProblem, person_id: str) -> History:
    """What the person brings from before; nothing when it is not known."""
    return next((h for h in problem.history if h.person == person_id), History(person=person_id))


def _share_out(model: LinearModel, v: Variables) -> None:
    uses: dict[object, list[tuple[int, float]]] = {key: [(column, -1), (v.spare[key], 1)] for key, column in v.present.items()}
    for (group, d, _, t), column in v.work.items():
        uses[group, d, t].append((column, 1))
    for terms in uses.values():
        model.row(terms, low=0, high=0)


def _keep_rest_from_eve(model: LinearModel, problem: RosterProblem, v: Variables, person_id: str) -> None:
    eve_end = past(problem, person_id).eve_end_min
    earliest = eve_end + problem.rules.min_rest_min - DAY_MIN
    soon = [(c, 1.0) for o, c in of_day(v, person_id, 0) if o.start_min < earliest]
    if eve_end and soon:
        model.row(soon, high=0)
