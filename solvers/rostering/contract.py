"""What a contract asks of a person in one week of the horizon, in minutes."""

from __future__ import annotations

from solvers.rostering.problem import RosterProblem
from solvers.staff import StaffMember


def contract_min(problem: RosterProblem, person: StaffMember, week: int) -> float:
    """Contract minutes of `week`, less the share of leave and closures:
    60 * hours * (usual days that are open and not leave) / (usual days); usual days are the weekdays on which the
    centre opens and the person is available."""
    weekdays = {w.weekday for w in person.availability}
    usual = [d for d in problem.days if d.week == week and d.usual and (not weekdays or d.weekday in weekdays)]
    possible = [d for d in usual if d.day_type and d.date not in person.leave]
    return 60.0 * person.contract_hours_per_week * len(possible) / len(usual) if usual else 0.0


def week_cap_min(problem: RosterProblem, person: StaffMember, week: int) -> float:
    """Most minutes of work in the week: the contract with its overtime, at most the legal limit."""
    legal = 60.0 * problem.rules.max_hours_per_week
    return min(legal, (1 + problem.overtime_share) * contract_min(problem, person, week))


def week_floor_min(problem: RosterProblem, person: StaffMember, week: int) -> float:
    """Least minutes of work in the week."""
    return problem.contract_floor_share * contract_min(problem, person, week)


def horizon_contract_min(problem: RosterProblem, person: StaffMember) -> float:
    """Contract minutes of the whole horizon."""
    return sum(contract_min(problem, person, week) for week in sorted({day.week for day in problem.days}))
