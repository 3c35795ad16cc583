"""The roster: cover laid on dates, solved, checked without the solver, and told as plain data with ids only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from exports.layout_json import finding_to_json
from layouts.findings import BadInput, told_values
from planner.chain.asked import capacity_of, planned_demand
from planner.chain.closures import Closure, closures_of
from planner.chain.mending import changes_between
from planner.chain.roster_seasons import seasonal_days
from planner.project import Project
from solvers.capacity import CapacityPlan
from solvers.effort import Cancel, Effort, Report, SolutionRecord
from solvers.rostering.as_json import roster_to_json
from solvers.rostering.check import check_roster
from solvers.rostering.edit import DutyMove, edited
from solvers.rostering.explain import explain
from solvers.rostering.problem import WEEKDAYS, RosterProblem, question_digest, roster_problem
from solvers.rostering.repair import Absence, repair_problem
from solvers.rostering.roster import CoverLine, Duty, Fairness, PersonSum, Roster, Segment, Shortage, UnmetRequest
from solvers.rostering.solve import solve

MOST_SECONDS = 20.0
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rostered:
    """A roster with its question and what is told of it."""

    problem: RosterProblem
    roster: Roster
    answer: Json

    def explanation(self) -> list[Json]:
        """Why there is no roster: rules that clash, needs out of reach."""
        return [{"code": f.code, "values": told_values(f)} for f in explain(self.problem) if f.status == "fail"]


def draw_up_roster(project: Project, effort: Effort, weeks: int | None, repair: Any, report: Report, cancel: Cancel) -> Json:
    """What `centreline roster` prints and stores."""
    return roster_of(project, capacity_of(project), effort, weeks, repair, report, cancel).answer


def roster_of(
    project: Project, capacity: CapacityPlan, effort: Effort, weeks: int | None, repair: Any, report: Report, cancel: Cancel
) -> Rostered:
    """Solve the roster for the project's horizon, or mend an earlier one with few changes."""
    start, length = first_date(project), weeks or project.planning.roster_weeks
    hint: Roster | None = None
    if repair is not None:
        start, length = _days_of(repair, start, length)
    problem, closures = roster_question(project, capacity, start, length)
    asked = question_digest(problem)
    if repair is not None:
        hint = roster_from_json(repair)
        problem = _mended(problem, hint, repair)
    work = replace(effort, seconds=min(effort.seconds, MOST_SECONDS))
    roster = solve(problem, work, hint=hint, report=report, cancel=cancel)
    answer = _answer(problem, roster, closures) | {"asked_digest": asked}
    if repair is not None:
        answer |= {"changes": changes_between(repair.get("roster", repair), answer)}
    rostered = Rostered(problem=problem, roster=roster, answer=answer)
    return rostered if roster.assignments else replace(rostered, answer=answer | {"explanation": rostered.explanation()})


def stored_roster(project: Project, capacity: CapacityPlan, answer: Any, *, file: str) -> Rostered:
    """A roster from an earlier run with its question put again; BadInput where demand, staff or rules have changed since."""
    roster = roster_from_json(answer)
    start, weeks = answer.get("start_date"), answer.get("weeks")
    if not isinstance(start, str) or not isinstance(weeks, int):
        raise BadInput("roster.not_a_roster", place=file, reason="start_date, weeks")
    problem, _ = roster_question(project, capacity, start, weeks)
    if answer.get("asked_digest") != question_digest(problem):
        raise BadInput("roster.outdated", file=file)
    return Rostered(problem=problem, roster=roster, answer=answer)


def edit_roster(project: Project, answer: Any, moves: Sequence[DutyMove], *, file: str) -> Json:
    """A stored roster after changes by hand, with fresh figures and findings; BadInput where it is outdated."""
    stored = stored_roster(project, capacity_of(project), answer, file=file)
    roster = edited(stored.problem, stored.roster, moves)
    closures = tuple(Closure(**c) for c in answer.get("closures", ()))
    return _answer(stored.problem, roster, closures) | {"asked_digest": answer["asked_digest"], "edited": True}


def roster_question(
    project: Project, capacity: CapacityPlan, start: str, length: int
) -> tuple[RosterProblem, tuple[Closure, ...]]:
    """The cover of each kind of day on the dates of the horizon, those in a season with its hours and demand."""
    if not project.staff:
        raise BadInput("staff.nobody", file=project.id)
    closures = closures_of(project, start, length)
    seasonal = seasonal_days(project, capacity, start, length)
    problem = roster_problem(
        (*capacity.cover, *seasonal.cover),
        (*planned_demand(project)[2], *seasonal.day_types),  # the planned season's hours, where there is one
        project.staff,
        project.labour,
        start_date=start,
        weeks=length,
        closed_dates=tuple(c.date for c in closures),
        interval_min=project.planning.interval_min,
        dated=seasonal.dated,
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


def _days_of(repair: Any, start: str, weeks: int) -> tuple[str, int]:
    """An earlier roster is mended on its own days, also when its weeks have begun; on the project's where it tells none."""
    body = repair.get("roster", repair) if isinstance(repair, dict) else {}
    told, length = body.get("start_date"), body.get("weeks")
    return (told, length) if isinstance(told, str) and isinstance(length, int) else (start, weeks)


def roster_from_json(told: Any) -> Roster:
    """An earlier roster, as `centreline roster --json` or a package's answers.json tells it; BadInput where it is none."""
    body = told.get("roster", told) if isinstance(told, dict) else None
    try:
        return _roster(body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput("roster.not_a_roster", place="--repair", reason=str(error)[:80]) from None


def _roster(body: Any) -> Roster:
    fairness = body["fairness"]
    persons = tuple(PersonSum(**{"contract_min": 0, **p}) for p in fairness["persons"])
    return Roster(
        record=SolutionRecord(**body["solution"]),
        assignments=tuple(Duty(**{**d, "segments": tuple(Segment(**s) for s in d["segments"])}) for d in body["assignments"]),
        shortages=tuple(Shortage(**s) for s in body["shortages"]),
        cover=tuple(CoverLine(**c) for c in body["cover"]),
        fairness=Fairness(**{**fairness, "persons": persons}),
        unmet_requests=tuple(UnmetRequest(**r) for r in body.get("unmet_requests", ())),
    )


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
