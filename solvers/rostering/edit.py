"""A roster changed by hand: a duty given to somebody else or to another day. All its figures are worked out anew.

Nothing is refused here but what cannot be said: the solver-free check tells which rules the changed roster breaks, and
the shortages it brings are named, so that people see the price of a change before they keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layouts.findings import BadInput
from solvers.effort import SolutionRecord
from solvers.rostering.measure import cover_lines, fairness, points, unmet_requests
from solvers.rostering.problem import RosterDay, RosterProblem
from solvers.rostering.roster import SPARE, Duty, Roster, Segment
from solvers.rostering.shortages import shortages_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyMove:
    """The duty of `person` on `date` goes to `to_person` on `to_date`; a duty that stands there comes back in exchange.

    `to_person` empty: the duty is taken away.
    """

    person: str
    date: str
    to_person: str = ""
    to_date: str = ""


def edited(problem: RosterProblem, roster: Roster, moves: Sequence[DutyMove]) -> Roster:
    """The roster after the moves, one after the other; BadInput where there is no such duty, person or open day."""
    duties = list(roster.assignments)
    for move in moves:
        duties = _moved(problem, duties, move)
    duties.sort(key=lambda duty: (duty.date, duty.person))
    terms = points(problem, duties)
    return Roster(
        record=_record(roster.record, terms),
        assignments=tuple(duties),
        shortages=shortages_of(problem, duties),
        cover=cover_lines(problem, duties),
        fairness=fairness(problem, duties),
        unmet_requests=unmet_requests(problem, duties),
    )


def _moved(problem: RosterProblem, duties: list[Duty], move: DutyMove) -> list[Duty]:
    at = {(duty.person, duty.date): duty for duty in duties}
    duty = at.get((move.person, move.date))
    if duty is None:
        raise BadInput("roster.no_such_duty", place=f"{move.person}, {move.date}")
    kept = [d for d in duties if d is not duty]
    if not move.to_person:
        return kept
    day = _open_day(problem, move.to_date)
    back = at.get((move.to_person, move.to_date))
    if back is duty:
        return duties
    if back is not None:
        kept = [d for d in kept if d is not back]
        kept.append(_given(problem, back, move.person, _open_day(problem, move.date)))
    return [*kept, _given(problem, duty, move.to_person, day)]


def _given(problem: RosterProblem, duty: Duty, person_id: str, day: RosterDay) -> Duty:
    """The same hours for another person or day; work that the person has no skill for becomes back-office work."""
    person = next((p for p in problem.staff if p.id == person_id), None)
    if person is None:
        raise BadInput("roster.unknown_person", place="move", id=person_id)
    segments: list[Segment] = []
    for segment in duty.segments:
        skill = segment.skill if segment.skill in person.skills else SPARE
        if segments and segments[-1].skill == skill and segments[-1].end_min == segment.start_min:
            segments[-1] = replace(segments[-1], end_min=segment.end_min)
        else:
            segments.append(replace(segment, skill=skill))
    return replace(duty, person=person_id, date=day.date, segments=tuple(segments))


def _open_day(problem: RosterProblem, date: str) -> RosterDay:
    day = next((d for d in problem.days if d.date == date and d.day_type), None)
    if day is None:
        raise BadInput("roster.closed_then", place=date)
    return day


def _record(record: SolutionRecord, terms: dict[str, float]) -> SolutionRecord:
    """The bound still holds, being proven for every roster that keeps the rules; one below it has left them behind."""
    objective = sum(terms.values())
    bound = record.bound if record.bound is not None and record.bound <= objective + 1e-6 else None
    gap = None if bound is None else max(0.0, (objective - bound) / max(abs(objective), 1e-9))
    return replace(record, status="feasible", objective=objective, terms=terms, bound=bound, gap=gap)
