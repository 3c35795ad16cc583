"""How much a person could work at most: what no roster can better, and what contracts cannot be met."""

from __future__ import annotations

from solvers.rostering.contract import week_cap_min
from solvers.rostering.options import options_of
from solvers.rostering.problem import RosterProblem
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
