"""The roster: cover laid on dates, solved, checked without the solver, and told as plain data with ids only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from exports.layout_json import finding_to_json
from layouts.findings import BadInput
from planner.chain.asked import capacity_of
from planner.chain.closures import Closure, closures_of
from planner.project import Project
from solvers.capacity import CapacityPlan
from solvers.effort import Cancel, Effort, Report
from solvers.rostering.as_json import roster_to_json
from solvers.rostering.check import check_roster
from solvers.rostering.problem import WEEKDAYS, RosterProblem, question_digest, roster_problem
from solvers.rostering.repair import Absence, repair_problem
from solvers.rostering.roster import Duty, Fairness, Roster, Segment
from solvers.rostering.solve import solve

MOST_SECONDS = 20.0
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rostered:
    """A roster with its question and what is told of it."""

    problem: RosterProblem
    roster: Roster
    answer: Json


def draw_up_roster(
    project: Project, effort: Effort, weeks: int | None, repair: Any, report: Report, cancel: Cancel
) -> Json:
    """What `centreline roster` prints and stores."""
    return roster_of(project, capacity_of(project), effort, weeks, repair, report, cancel).answer


def roster_of(
    project: Project, capacity: CapacityPlan, effort: Effort, weeks: int | None, repair: Any, report: Report, cancel: Cancel
) -> Rostered:
    """Solve the roster for the project's horizon, or mend an earlier one with few changes."""
    problem, closures = roster_question(project, capacity, weeks)
    hint: Roster | None = None
    if repair is not None:
        hint = roster_from_json(repair)
        problem = _mended(problem, hint, repair)
    work = replace(effort, seconds=min(effort.seconds, MOST_SECONDS))
    roster = solve(problem, work, hint=hint, report=report, cancel=cancel)
    roster = replace(roster, record=replace(roster.record, question_digest=question_digest(problem)))
    return Rostered(problem=problem, roster=roster, answer=_answer(problem, roster, closures))


def roster_question(project: Project, capacity: CapacityPlan, weeks: int | None) -> tuple[RosterProblem, tuple[Closure, ...]]:
    """The cover of each kind of day on the dates of the horizon."""
    if not project.staff:
        raise BadInput("staff.nobody", file=project.id)
    start, length = first_date(project), weeks or project.planning.roster_weeks
    closures = closures_of(project, start, length)
    problem = roster_problem(
        capacity.cover,
        project.day_types,
        project.staff,
        project.labour,
        start_date=start,
        weeks=length,
        closed_dates=tuple(c.date for c in closures),
        interval_min=project.planning.interval_min,
    )
    return problem, closures


def first_date(project: Project) -> str:
    """The project's own first date, else the next first working day of a week."""
    if project.planning.roster_start:
        return project.planning.roster_start
    open_on = {w for day in project.day_types for w in day.weekdays}
    wanted = next((w for w in ("sun", *WEEKDAYS) if w in open_on), "sun")
    today = date.today()
    return (today + timedelta(days=(WEEKDAYS.index(wanted) - today.weekday() - 1) % 7 + 1)).isoformat()


def roster_from_json(told: Any) -> Roster:
    """An earlier roster, as `centreline roster --json` or answers.json tells it; BadInput where it is none."""
    body = told.get("roster", told) if isinstance(told, dict) else None
    try:
        duties = tuple(_duty(d) for d in body["assignments"])  # type: ignore[index]
        record = body["solution"]  # type: ignore[index]
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("roster.not_a_roster", place="repair", reason=str(error)[:80]) from None
    from solvers.effort import SolutionRecord

    fairness = Fairness(persons=(), lowest_share=0.0, highest_share=0.0, mean_share=0.0)
    return Roster(
        record=SolutionRecord(**record), assignments=duties, shortages=(), cover=(), fairness=fairness, unmet_requests=()
    )


def _duty(told: Any) -> Duty:
    segments = tuple(Segment(**s) for s in told["segments"])
    return Duty(**{**told, "segments": segments})


def _mended(problem: RosterProblem, earlier: Roster, told: Any) -> RosterProblem:
    """Absences: those named in the file, and duties that fall on what is leave by now. Without any, all may change."""
    named = [Absence(person=a["person"], dates=tuple(a["dates"])) for a in told.get("absences", ())]
    leave = {(p.id, d) for p in problem.staff for d in p.leave}
    clashes = [Absence(person=d.person, dates=(d.date,)) for d in earlier.assignments if (d.person, d.date) in leave]
    mended = repair_problem(problem, earlier, [*named, *clashes])
    return mended if named or clashes else replace(mended, frozen_before=problem.days[0].date)


def _answer(problem: RosterProblem, roster: Roster, closures: Sequence[Closure]) -> Json:
    """The roster as data; a roster that fails its own check says so."""
    return roster_to_json(roster) | {
        "start_date": problem.days[0].date,
        "weeks": len({day.week for day in problem.days}),
        "interval_min": problem.interval_min,
        "rules": asdict(problem.rules),
        "people": [{"id": p.id, "skills": list(p.skills)} for p in problem.staff],
        "closures": [asdict(c) for c in closures],
        "findings": [finding_to_json(f) for f in check_roster(problem, roster)],
    }
