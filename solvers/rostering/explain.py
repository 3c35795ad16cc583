"""Why a roster cannot be what people wish: contracts out of reach, rules that clash, missing skills and hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from layouts.findings import Finding, Severity, Value
from solvers.rostering.contract import contract_min, week_cap_min, week_floor_min
from solvers.rostering.linear import LinearModel, Work, run
from solvers.rostering.problem import RosterProblem
from solvers.rostering.reach import most_min
from solvers.rostering.rules import BINDING_RULES
from solvers.rostering.variables import Variables, make_variables
from solvers.staff import StaffMember

Rule = Callable[[LinearModel, RosterProblem, Variables], None]


def explain(problem: RosterProblem) -> tuple[Finding, ...]:
    """Errors: no roster exists, and which rules clash. Warnings: what no roster can reach. Empty: nothing to say."""
    return (
        *(finding for person in problem.staff for finding in _clashes(problem, person)),
        *(finding for person in problem.staff for finding in _out_of_reach(problem, person)),
        *_missing_skills(problem),
        *_missing_hours(problem),
    )


def possible(problem: RosterProblem, person: StaffMember, rules: tuple[Rule, ...] = BINDING_RULES) -> bool:
    """Whether the person alone can keep `rules`. Rules bind nobody to anybody else, so each can be asked alone."""
    memory = tuple(h for h in problem.history if h.person == person.id)
    alone = replace(problem, staff=(person,), needs=(), history=memory)
    model = LinearModel()
    v = make_variables(model, alone)
    for rule in rules:
        rule(model, alone, v)
    return run(model.program(), Work()).status != "infeasible"


def _clashes(problem: RosterProblem, person: StaffMember) -> Iterator[Finding]:
    """Rules each of which, left out alone, would let the person be rostered; all of them when no single one does."""
    nothing_asked = problem.contract_floor_share == 0 and problem.known is None  # then no duty at all is a legal roster
    if nothing_asked or possible(problem, person):
        return
    names = [
        rule.__name__
        for rule in BINDING_RULES
        if possible(problem, person, tuple(other for other in BINDING_RULES if other is not rule))
    ]
    yield _finding("roster.rules_clash", "error", (person.id,), values={"rules": ", ".join(names or ["several"])})


def _out_of_reach(problem: RosterProblem, person: StaffMember) -> Iterator[Finding]:
    for week in sorted({day.week for day in problem.days}):
        most, contract = most_min(problem, person, week), contract_min(problem, person, week)
        first = next(day.date for day in problem.days if day.week == week)
        if most < week_floor_min(problem, person, week):
            yield _finding("roster.floor_out_of_reach", "error", (person.id, first), most / 60,
                           week_floor_min(problem, person, week) / 60)  # fmt: skip
        elif most < contract - problem.interval_min:
            yield _finding("roster.contract_out_of_reach", "warning", (person.id, first), most / 60, contract / 60)


def _missing_skills(problem: RosterProblem) -> Iterator[Finding]:
    for skill in sorted({need.skill for need in problem.needs}):
        holders = sum(skill in person.skills for person in problem.staff)
        most = max(need.needed for need in problem.needs if need.skill == skill)
        if holders == 0:
            yield _finding("roster.nobody_holds_skill", "warning", (skill,), 0, most, "persons")
        elif holders < most:
            yield _finding("roster.too_few_hold_skill", "warning", (skill,), holders, most, "persons")


def _missing_hours(problem: RosterProblem) -> Iterator[Finding]:
    """Needed person-hours of a week against the hours that the holders of the skills may work."""
    for week in sorted({day.week for day in problem.days}):
        dates = [day.date for day in problem.days if day.week == week]
        here = [need for need in problem.needs if need.date in dates]
        skills = sorted({need.skill for need in here})
        for asked in [(skill,) for skill in skills] + [tuple(skills)]:
            needed = sum(n.needed for n in here if n.skill in asked) * problem.interval_min / 60
            holders = [p for p in problem.staff if set(asked) & set(p.skills)]
            hours = sum(week_cap_min(problem, p, week) for p in holders) / 60
            if needed > hours and holders:
                yield _finding("roster.hours_too_few", "warning", (*asked, dates[0]), hours, needed)


def _finding(code: str, severity: Severity, where: tuple[str, ...], measured: float | None = None,
             required: float | None = None, unit: str = "h",
             values: dict[str, Value] | None = None) -> Finding:  # fmt: skip
    return Finding(code=code, status="fail", severity=severity, certainty="read", profile="labour", measured=measured,
                   required=required, unit=unit if measured is not None else "", where=where,
                   values=values or {})  # fmt: skip
