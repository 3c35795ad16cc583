"""Rosters changed by hand: figures follow, broken rules are told, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from layouts.findings import BadInput
from solvers.effort import Effort
from solvers.rostering.check import check_roster
from solvers.rostering.edit import DutyMove, edited
from solvers.rostering.problem import RosterProblem
from solvers.rostering.roster import SPARE, Roster
from solvers.rostering.solve import solve
from tests.planner.small_centre import a_small_centre


@cache
def small() -> tuple[RosterProblem, Roster]:
    from planner.chain.asked import capacity_of
    from planner.chain.rostering import first_date, roster_question

    project = a_small_centre()
    problem, _ = roster_question(project, capacity_of(project), first_date(project), 1)
    return problem, solve(problem, Effort(seconds=5.0, reproducible=True))


def failing(problem: RosterProblem, roster: Roster) -> set[str]:
    return {f.code for f in check_roster(problem, roster) if f.status == "fail"}


def test_a_duty_taken_away_is_missed_where_it_was_needed() -> None:
    problem, roster = small()
    duty = next(d for d in roster.assignments if any(s.skill != SPARE for s in d.segments))
    changed = edited(problem, roster, [DutyMove(person=duty.person, date=duty.date)])
    assert len(changed.assignments) == len(roster.assignments) - 1
    worked = {p.person: p.worked_min for p in roster.fairness.persons}
    now = {p.person: p.worked_min for p in changed.fairness.persons}
    assert now[duty.person] < worked[duty.person]
    before = sum(c.rostered for c in roster.cover)
    assert sum(c.rostered for c in changed.cover) < before


def test_figures_of_a_changed_roster_pass_the_check_that_knows_no_solver() -> None:
    problem, roster = small()
    duty = roster.assignments[0]
    changed = edited(problem, roster, [DutyMove(person=duty.person, date=duty.date)])
    sums = {"roster.cover_adds_up", "roster.shortages_are_named", "roster.persons_add_up", "roster.terms_add_up"}
    assert not failing(problem, changed) & sums


def test_two_people_exchange_their_duties_of_a_day_and_back_again() -> None:
    problem, roster = small()
    first = roster.assignments[0]
    other = next(d for d in roster.assignments if d.date == first.date and d.person != first.person)
    move = DutyMove(person=first.person, date=first.date, to_person=other.person, to_date=other.date)
    changed = edited(problem, roster, [move])
    hours = {(d.person, d.date): (d.start_min, d.end_min) for d in changed.assignments}
    assert hours[other.person, first.date] == (first.start_min, first.end_min)
    assert hours[first.person, first.date] == (other.start_min, other.end_min)
    assert len(changed.assignments) == len(roster.assignments)


def test_work_that_the_new_person_has_no_skill_for_becomes_back_office_work() -> None:
    problem, roster = small()
    duty = next(d for d in roster.assignments if any(s.skill != SPARE for s in d.segments))
    held = {s.skill for s in duty.segments} - {SPARE}
    without = replace(problem.staff[-1], id="new", skills=("no such skill",))
    more = replace(problem, staff=(*problem.staff, without))
    changed = edited(more, roster, [DutyMove(person=duty.person, date=duty.date, to_person="new", to_date=duty.date)])
    given = next(d for d in changed.assignments if d.person == "new")
    assert held and {s.skill for s in given.segments} == {SPARE}
    assert "roster.only_held_skills" not in failing(more, changed)


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (DutyMove(person="nobody", date="2026-12-06"), "roster.no_such_duty"),
        (DutyMove(person="", date="", to_person="nobody", to_date=""), "roster.no_such_duty"),
    ],
)
def test_a_duty_that_is_not_there_cannot_be_moved(move: DutyMove, code: str) -> None:
    problem, roster = small()
    with pytest.raises(BadInput) as error:
        edited(problem, roster, [move])
    assert error.value.code == code


def test_a_duty_cannot_go_to_an_unknown_person_or_a_closed_day() -> None:
    problem, roster = small()
    duty = roster.assignments[0]
    with pytest.raises(BadInput) as error:
        edited(problem, roster, [DutyMove(person=duty.person, date=duty.date, to_person="nobody", to_date=duty.date)])
    assert error.value.code == "roster.unknown_person"
    with pytest.raises(BadInput) as error:
        edited(problem, roster, [DutyMove(person=duty.person, date=duty.date, to_person=duty.person, to_date="1999-01-01")])
    assert error.value.code == "roster.closed_then"
