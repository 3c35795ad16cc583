"""How much a person could work at most: what no roster can better, and what contracts cannot be met."""

from __future__ import annotations

from solvers.rostering.contract import horizon_contract_min, week_cap_min
from solvers.rostering.options import options_of
from solvers.rostering.problem import FAIR_STEPS, RosterProblem
from solvers.staff import StaffMember


def most_min(problem: RosterProblem, person: StaffMember, week: int) -> int:
    """Most minutes of one week: sums of one duty a day on at most max_days_per_week days that stay within the cap.
    Rules between days are left out, so this is an upper bound, and exact where they do not bind."""
    cap = week_cap_min(problem, person, week)
    sums = {(0, 0)}  # (days worked, minutes)
    for day in problem.days:
        if day.week == week and day.day_type:
            lengths = {option.worked_min for option in options_of(problem, person, day)}
            sums |= {
                (days + 1, minutes + length)
                for days, minutes in sums
                for length in lengths
                if days < problem.rules.max_days_per_week and minutes + length <= cap + 1e-6
            }
    return max(minutes for _, minutes in sums)


def least_fair_hours(problem: RosterProblem) -> float:
    """fair_hours when everyone works as much as they could: no roster has less, whatever else it does."""
    weeks = sorted({day.week for day in problem.days})
    least = 0.0
    for person in problem.staff:
        most = sum(most_min(problem, person, week) for week in weeks)
        contract = horizon_contract_min(problem, person)
        least += sum(max(0.0, (1 - step) * contract - most) / 60 for step in FAIR_STEPS)
    return least
