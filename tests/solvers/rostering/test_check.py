"""The check finds what is tampered with: a figure, a shortage, a sum."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import solvers.rostering.check
import solvers.rostering.check_figures
from solvers.effort import Effort
from solvers.rostering.check import check_roster
from solvers.rostering.problem import RosterProblem
from solvers.rostering.roster import Roster, Segment
from solvers.rostering.solve import solve
from tests.builders_roster import desk_need, small_centre, worker


@pytest.fixture(scope="module")
def answer() -> tuple[RosterProblem, Roster]:
    problem = small_centre(
        staff=(worker("A"), worker("B")), needs=(desk_need(2, length_min=420), desk_need(1, skill="cash"))
    )
    return problem, solve(problem, Effort(seconds=3))


def failed(problem: RosterProblem, roster: Roster) -> set[str]:
    return {finding.code for finding in check_roster(problem, roster) if finding.status == "fail"}


def test_an_honest_roster_passes_every_check(answer):
    findings = check_roster(*answer)
    assert {finding.status for finding in findings} == {"pass"}
    assert len(findings) == len({finding.code for finding in findings}) == 20


def test_a_hidden_shortage_is_found(answer):
    problem, roster = answer
    assert "roster.shortages_are_named" in failed(problem, replace(roster, shortages=roster.shortages[1:]))


def test_an_invented_cover_is_found(answer):
    problem, roster = answer
    line = replace(roster.cover[0], rostered=roster.cover[0].rostered + 1)
    assert failed(problem, replace(roster, cover=(line, *roster.cover[1:]))) == {"roster.cover_adds_up"}


def test_hours_that_are_not_worked_are_found(answer):
    problem, roster = answer
    first = roster.fairness.persons[0]
    wrong = replace(roster.fairness, persons=(replace(first, worked_min=first.worked_min + 60),
                                              *roster.fairness.persons[1:]))  # fmt: skip
    assert failed(problem, replace(roster, fairness=wrong)) == {"roster.persons_add_up"}


def test_points_that_do_not_sum_are_found(answer):
    problem, roster = answer
    record = replace(roster.record, terms={**roster.record.terms, "over_cover": -5.0})
    assert failed(problem, replace(roster, record=record)) == {"roster.terms_add_up"}


def test_a_bound_above_the_objective_is_found(answer):
    problem, roster = answer
    record = replace(roster.record, bound=roster.record.objective + 1)
    assert failed(problem, replace(roster, record=record)) == {"roster.bound_holds"}


def test_a_duty_of_a_stranger_is_found(answer):
    problem, roster = answer
    stranger = replace(roster.assignments[0], person="Z")
    assert "roster.known_people_and_days" in failed(
        problem, replace(roster, assignments=(stranger, *roster.assignments))
    )


def test_work_during_a_break_is_found(answer):
    problem, roster = answer
    index, duty = next((i, d) for i, d in enumerate(roster.assignments) if d.break_start_min is not None)
    busy = replace(duty, segments=(Segment(skill="desk", start_min=duty.start_min, end_min=duty.end_min),))
    changed = (*roster.assignments[:index], busy, *roster.assignments[index + 1 :])
    assert "roster.segments_fill_duty" in failed(problem, replace(roster, assignments=changed))


@pytest.mark.parametrize("module", [solvers.rostering.check, solvers.rostering.check_figures])
def test_the_check_knows_nothing_of_the_model(module):
    text = Path(module.__file__).read_text("utf-8")
    for name in ("variables", "rules", "goals", "options", "model", "measure", "contract", "linear", "scipy", "numpy"):
        assert f"rostering.{name} " not in text
        assert f"import {name}" not in text
