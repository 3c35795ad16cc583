"""The figures that stand beside a roster, computed again from its duties: cover, shortages, sums per person, points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layouts.findings import Finding, Value
from solvers.rostering.problem import RosterProblem
from solvers.rostering.roster import Roster

TOLERANCE = 1e-6
FIGURE_CODES = (
    "roster.cover_adds_up",
    "roster.shortages_are_named",
    "roster.persons_add_up",
    "roster.terms_add_up",
    "roster.bound_holds",
)


def figure_findings(problem: RosterProblem, roster: Roster) -> tuple[Finding, ...]:
    """Failing findings where a figure differs from the duties, else one passing finding per figure."""
    wrong = list(_wrong(problem, roster))
    failed = {code for code, _ in wrong}
    fails = tuple(_found(code, "fail", values) for code, values in wrong)
    return (*fails, *(_found(code, "pass", {}) for code in FIGURE_CODES if code not in failed))


def _wrong(problem: RosterProblem, roster: Roster) -> Iterator[tuple[str, dict[str, Value]]]:
    yield from _cover(problem, roster)
    yield from _persons(problem, roster)
    yield from _points(problem, roster)


def _cover(problem: RosterProblem, roster: Roster) -> Iterator[tuple[str, dict[str, Value]]]:
    step = problem.interval_min
    told = {(c.date, c.skill, c.start_min): (c.needed, c.rostered) for c in roster.cover}
    named = {(s.date, s.skill, s.start_min): s.missing for s in roster.shortages}
    for need in problem.needs:
        key = (need.date, need.skill, need.start_min)
        here = sum(
            1
            for duty in roster.assignments
            for s in duty.segments
            if duty.date == need.date and s.skill == need.skill
            and s.start_min <= need.start_min and need.start_min + step <= s.end_min
        )  # fmt: skip
        if told.pop(key, None) != (need.needed, here):
            yield "roster.cover_adds_up", {"date": need.date, "skill": need.skill, "start_min": need.start_min}
        if named.pop(key, 0) != max(0, need.needed - here):
            yield "roster.shortages_are_named", {"date": need.date, "skill": need.skill, "start_min": need.start_min}
    for date, skill, start in told:
        yield "roster.cover_adds_up", {"date": date, "skill": skill, "start_min": start}
    for date, skill, start in named:
        yield "roster.shortages_are_named", {"date": date, "skill": skill, "start_min": start}


def _persons(problem: RosterProblem, roster: Roster) -> Iterator[tuple[str, dict[str, Value]]]:
    day = {d.date: d for d in problem.days}
    told = {s.person: s for s in roster.fairness.persons}
    for person in problem.staff:
        own = [duty for duty in roster.assignments if duty.person == person.id and duty.date in day]
        unpaid = 0 if problem.rules.break_paid else 1
        worked = sum(duty.end_min - duty.start_min - unpaid * duty.break_min for duty in own)
        early = len([1 for duty in own if duty.start_min < day[duty.date].open_min + problem.edge_min])
        late = len([1 for duty in own if duty.end_min > day[duty.date].close_min - problem.edge_min])
        weekends = len([1 for duty in own if day[duty.date].weekday in problem.weekend])
        said = told.get(person.id)
        mine = (worked, len(own), weekends, early, late)
        if said is None or (said.worked_min, said.duties, said.weekends, said.early, said.late) != mine:
            yield "roster.persons_add_up", {"person": person.id, "worked_min": worked, "duties": len(own)}


def _points(problem: RosterProblem, roster: Roster) -> Iterator[tuple[str, dict[str, Value]]]:
    record = roster.record
    if record.objective is None:
        return
    terms: Mapping[str, float] = record.terms
    if abs(sum(terms.values()) - record.objective) > TOLERANCE * max(1.0, abs(record.objective)):
        yield "roster.terms_add_up", {"terms": sum(terms.values()), "objective": record.objective}
    hour = problem.interval_min / 60
    again = {
        "under_cover": hour * sum(s.missing for s in roster.shortages),
        "over_cover": sum((s.end_min - s.start_min) / 60 for d in roster.assignments for s in d.segments if not s.skill),
        "requests": float(sum(request.weight for request in roster.unmet_requests)),
    }
    for name, amount in again.items():
        if abs(amount * problem.weights[name] - terms.get(name, 0.0)) > TOLERANCE * max(1.0, abs(amount)):
            yield "roster.terms_add_up", {"term": name, "points": terms.get(name, 0.0), "again": amount}
    if record.bound is not None and record.bound > record.objective + TOLERANCE * max(1.0, abs(record.objective)):
        yield "roster.bound_holds", {"bound": record.bound, "objective": record.objective}


def _found(code: str, status: str, values: Mapping[str, Value]) -> Finding:
    failed = status == "fail"
    return Finding(code=code, status="fail" if failed else "pass", severity="error" if failed else "info",
                   certainty="read", profile="roster", values=dict(values))  # fmt: skip
