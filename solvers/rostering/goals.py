"""What is wished for, in points: one function each, shape goal(model, problem, v) -> its linear expression.

GOALS is the whole list; weights are data in the problem. measure.py recomputes every goal from the duties alone.
"""

from __future__ import annotations

from collections.abc import Callable

from solvers.rostering.contract import contract_min, horizon_contract_min
from solvers.rostering.linear import INF, LinearModel
from solvers.rostering.options import Option
from solvers.rostering.problem import FAIR_STEPS, RosterDay, RosterProblem
from solvers.rostering.rules import of_day, past, weeks_of
from solvers.rostering.variables import Variables
from solvers.staff import DayRequest

Expression = list[tuple[int, float]]


def under_cover(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Person-hours missing. Adds sum_g f[g, d, k, t] + u[d, k, t] = need."""
    hours = problem.interval_min / 60
    flows: dict[object, list[tuple[int, float]]] = {key: [(column, 1.0)] for key, column in v.missing.items()}
    for (_, d, skill, t), column in v.work.items():
        flows[d, skill, t].append((column, 1.0))
    for key, terms in flows.items():
        d, skill, t = key  # type: ignore[misc]
        needed = v.needed[d, skill, t]
        model.row(terms, low=needed, high=needed)
    return [(column, hours) for column in v.missing.values()]


def over_cover(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Person-hours on duty without a need."""
    return [(column, problem.interval_min / 60) for column in v.spare.values()]


def contract_hours(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Hours below the contract, week by week."""
    short: Expression = []
    for person in problem.staff:
        for week in weeks_of(problem):
            target = contract_min(problem, person, problem.days[week[0]].week)
            column = model.column(most=INF)
            model.row([(column, 60.0), *((c, o.worked_min) for d in week for o, c in of_day(v, person.id, d))], low=target)
            short.append((column, 1.0))
    return short


def fair_hours(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Hours of the horizon below (1 - step) of the contract, for each of FAIR_STEPS: a convex cost, so that a shortfall
    is shared instead of falling on one person."""
    beyond: Expression = []
    days = range(len(problem.days))
    for person in problem.staff:
        target = horizon_contract_min(problem, person)
        worked = model.column(most=INF)
        terms = [(c, float(o.worked_min)) for d in days for o, c in of_day(v, person.id, d)]
        model.row([(worked, -60.0), *terms], low=0, high=0)
        for step in FAIR_STEPS:
            column = model.column(most=INF)
            model.row([(column, 1.0), (worked, 1.0)], low=(1 - step) * target / 60)
            beyond.append((column, 1.0))
    return beyond


def fair_weekends(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Weekend duties of a person beyond the fair share plus one."""
    return _shared(model, problem, v, lambda day, option: day.weekday in problem.weekend, "weekends")


def fair_early(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Early duties of a person beyond the fair share plus one."""
    return _shared(model, problem, v, lambda day, option: option.early, "early")


def fair_late(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Late duties of a person beyond the fair share plus one."""
    return _shared(model, problem, v, lambda day, option: option.late, "late")


def requests(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Weights of unmet requests: off, no duty; on, a duty; early, none that ends late; late, none that starts early."""
    number = {day.date: d for d, day in enumerate(problem.days) if day.day_type}
    unmet: Expression = []
    for person in problem.staff:
        for request in person.requests:
            if request.date not in number or request.date in person.leave:
                continue
            options = list(of_day(v, person.id, number[request.date]))
            if request.wish == "on":
                column = model.column(most=1)
                model.row([(column, 1.0), *((c, 1.0) for _, c in options)], low=1)
                unmet.append((column, float(request.weight)))
            else:
                unmet += [(c, float(request.weight)) for o, c in options if breaks_wish(request, o)]
    return unmet


def cost(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Hours worked, each at the person's cost over the mean cost of all (so that no currency weighs more)."""
    mean = sum(p.cost_per_hour for p in problem.staff) / max(len(problem.staff), 1)
    if mean <= 0:
        return []
    return [
        (c, o.worked_min / 60 * person.cost_per_hour / mean)
        for person in problem.staff
        for d in range(len(problem.days))
        for o, c in of_day(v, person.id, d)
    ]


def changes(model: LinearModel, problem: RosterProblem, v: Variables) -> Expression:
    """Person-days that differ from the known roster: 1 - x where a duty is known, x where none is."""
    if problem.known is None:
        return []
    changed: Expression = []
    known = {(k.person, k.date): (k.start_min, k.end_min) for k in problem.known}
    for (person_id, d), columns in v.duty.items():
        old = known.get((person_id, problem.days[d].date))
        options = v.options[person_id, d]
        if old is None:
            changed += [(c, 1.0) for c in columns]
        else:
            column = model.column(most=1)
            same = [(c, 1.0) for o, c in zip(options, columns) if (o.start_min, o.end_min) == old]
            model.row([(column, 1.0), *same], low=1)
            changed.append((column, 1.0))
    return changed


GOALS = (
    under_cover,
    over_cover,
    contract_hours,
    fair_hours,
    fair_weekends,
    fair_early,
    fair_late,
    requests,
    cost,
    changes,
)


def breaks_wish(request: DayRequest, option: Option) -> bool:
    """Whether a duty runs against the wish of its date."""
    return request.wish == "off" or (request.wish == "early" and option.late) or (request.wish == "late" and option.early)


def _shared(model: LinearModel, problem: RosterProblem, v: Variables, marked: Callable[[RosterDay, Option], bool],
            memory: str) -> Expression:  # fmt: skip
    """n_p - share_p * sum of n - 1, where positive; share_p is the person's part of all contract hours, n counts the
    marked duties of the horizon and those remembered."""
    contract = {p.id: horizon_contract_min(problem, p) for p in problem.staff}
    whole = sum(contract.values())
    if whole <= 0:
        return []
    total, excess, counted = model.column(most=INF), [], []
    for person in problem.staff:
        terms = [(c, 1.0) for d, day in enumerate(problem.days) for o, c in of_day(v, person.id, d) if marked(day, o)]
        before = float(getattr(past(problem, person.id), memory))
        count, column = model.column(least=before, most=INF), model.column(most=INF)
        model.row([(count, -1.0), *terms], low=-before, high=-before)
        model.row([(column, 1.0), (count, -1.0), (total, contract[person.id] / whole)], low=-1)
        counted.append((count, 1.0))
        excess.append((column, 1.0))
    model.row([(total, -1.0), *counted], low=0, high=0)
    return excess
