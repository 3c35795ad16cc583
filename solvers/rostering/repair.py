"""Re-rostering after absences with as few changes as possible for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layouts.findings import BadInput
from solvers.effort import Cancel, Effort, Report
from solvers.rostering.problem import KnownDuty, RosterProblem
from solvers.rostering.roster import Roster
from solvers.rostering.solve import solve
from solvers.staff import StaffMember


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """`person` cannot work on `dates`."""

    person: str
    dates: tuple[str, ...]


def repair_problem(problem: RosterProblem, roster: Roster, absences: Sequence[Absence]) -> RosterProblem:
    """The same question, but: absences are leave, days before the first absence stay as they are, and every changed
    person-day costs the weight `changes`."""
    days = {day.date for day in problem.days}
    for absence in absences:
        if absence.person not in {person.id for person in problem.staff}:
            raise BadInput("roster.unknown_person", place="absences", id=absence.person)
        for date in absence.dates:
            if date not in days:
                raise BadInput("roster.absence_outside", place=f"absences[{absence.person}]", date=date,
                               first=problem.days[0].date, last=problem.days[-1].date)  # fmt: skip
    dates = [date for absence in absences for date in absence.dates]
    return replace(
        problem,
        staff=tuple(_with_leave(person, absences) for person in problem.staff),
        known=tuple(
            KnownDuty(person=duty.person, date=duty.date, start_min=duty.start_min, end_min=duty.end_min)
            for duty in roster.assignments
        ),
        frozen_before=min(dates, default=problem.days[-1].date),
    )


def repair(problem: RosterProblem, roster: Roster, absences: Sequence[Absence], effort: Effort, *,
           report: Report | None = None, cancel: Cancel | None = None) -> tuple[RosterProblem, Roster]:  # fmt: skip
    """The repaired question and its roster; `changed_days` of measure.py tells who is affected."""
    asked = repair_problem(problem, roster, absences)
    return asked, solve(asked, effort, hint=roster, report=report, cancel=cancel)


def _with_leave(person: StaffMember, absences: Sequence[Absence]) -> StaffMember:
    dates = [date for absence in absences if absence.person == person.id for date in absence.dates]
    return replace(person, leave=tuple(dict.fromkeys((*person.leave, *dates))))
