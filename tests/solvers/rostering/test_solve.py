"""Rosters as answers: legal, covered or explained, repeatable, interruptible."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from solvers.effort import Cancel, Effort
from solvers.rostering.as_json import roster_to_json
from solvers.rostering.check import check_roster
from solvers.rostering.explain import explain
from solvers.rostering.measure import changed_days
from solvers.rostering.problem import RosterProblem
from solvers.rostering.repair import Absence, repair
from solvers.rostering.roster import Roster
from solvers.rostering.solve import solve
from solvers.staff import Availability, DayRequest, LabourRules
from tests.builders_roster import desk_need, forty_staff_centre, small_centre, worker

SOON = Effort(seconds=5)


def solved(problem: RosterProblem, effort: Effort = SOON) -> Roster:
    roster = solve(problem, effort)
    assert [finding for finding in check_roster(problem, roster) if finding.status == "fail"] == []
    return roster


def test_a_small_centre_is_covered_and_proven_best():
    roster = solved(small_centre(staff=tuple(worker(name) for name in "ABC"), needs=(desk_need(2),)))
    assert roster.shortages == ()
    assert roster.record.status == "optimal"
    assert sum(roster.record.terms.values()) == pytest.approx(roster.record.objective)


def test_no_better_roster_exists_than_the_best_by_hand():
    """One person, one day of need from 09:00 to 14:00: five hours are the longest duty without a break."""
    closed = tuple(f"2026-02-{day:02d}" for day in range(2, 8))
    rules = LabourRules(start_step_min=60, break_min=60, break_after_min=300)
    roster = solved(small_centre(staff=(worker("A"),), needs=(desk_need(1),), closed=closed, rules=rules))
    assert [(d.start_min, d.end_min, d.break_min) for d in roster.assignments] == [(540, 840, 0)]
    assert roster.record.terms["under_cover"] == 0


def test_a_skill_nobody_holds_is_a_named_shortage():
    roster = solved(small_centre(needs=(desk_need(1, skill="cash"),)))
    assert {(s.skill, s.reason, s.available) for s in roster.shortages} == {("cash", "nobody_holds_skill", 0)}
    assert len(roster.shortages) == 7 * 5


def test_a_skill_too_few_hold_is_told_with_its_number():
    roster = solved(small_centre(needs=(desk_need(3),)))
    assert {(s.skill, s.reason) for s in roster.shortages} == {("desk", "too_few_hold_skill")}


def test_leave_and_availability_are_a_reason():
    away = worker("B", availability=(Availability(weekday="sun", from_min=480, to_min=960),))
    roster = solved(small_centre(staff=(worker("A"), away), needs=(desk_need(2),)))
    monday = {s.reason for s in roster.shortages if s.date == "2026-02-02"}
    assert monday == {"too_few_available"}


def test_hours_used_up_are_a_reason():
    roster = solved(small_centre(staff=(worker("A", contract_hours_per_week=10.0),), needs=(desk_need(1),)))
    assert {s.reason for s in roster.shortages} == {"hours_exhausted"}


def test_wishes_are_granted_when_nothing_is_lost():
    wish = (DayRequest(date="2026-02-03", wish="off", weight=3),)
    roster = solved(small_centre(staff=(worker("A", requests=wish), worker("B")), needs=(desk_need(1),)))
    assert roster.unmet_requests == ()
    assert ("A", "2026-02-03") not in {(d.person, d.date) for d in roster.assignments}


def test_weekends_are_shared():
    staff = tuple(worker(name, contract_hours_per_week=20.0) for name in "ABCD")
    roster = solved(small_centre(staff=staff, weeks=2, needs=(desk_need(1),)), Effort(seconds=10))
    weekends = [person.weekends for person in roster.fairness.persons]
    assert max(weekends) - min(weekends) <= 2


def test_a_floor_that_cannot_be_met_is_infeasible_and_explained():
    narrow = worker("A", availability=(Availability(weekday="sun", from_min=480, to_min=780),))
    problem = replace(small_centre(staff=(narrow, worker("B"))), contract_floor_share=0.8)
    assert solve(problem, SOON).record.status == "infeasible"
    findings = {finding.code: finding for finding in explain(problem)}
    assert findings["roster.floor_out_of_reach"].where == ("A", "2026-02-01")
    assert findings["roster.rules_clash"].values["rules"] == "weekly_hours"


def test_a_contract_out_of_reach_is_a_warning():
    narrow = worker("A", availability=(Availability(weekday="sun", from_min=480, to_min=780),))
    problem = small_centre(staff=(narrow, worker("B")))
    (finding,) = explain(problem)
    assert (finding.code, finding.severity, finding.measured, finding.required) == (
        "roster.contract_out_of_reach", "warning", 5.0, 35.0)  # fmt: skip


def test_an_illness_changes_little():
    problem = small_centre(staff=tuple(worker(name) for name in "ABCD"), needs=(desk_need(2),))
    before = solved(problem)
    ill = next(d for d in before.assignments if d.date == "2026-02-04")
    asked, after = repair(problem, before, [Absence(person=ill.person, dates=(ill.date,))], SOON)
    assert [f for f in check_roster(asked, after) if f.status == "fail"] == []
    changed = changed_days(asked, after.assignments)
    assert (ill.person, ill.date) in changed
    assert len(changed) <= 3
    assert all(date >= ill.date for _, date in changed)


def test_a_cancel_keeps_the_first_roster():
    cancel = Cancel()
    cancel.set()
    problem = forty_staff_centre()
    roster = solve(problem, Effort(seconds=60), cancel=cancel)
    assert roster.record.status == "cancelled"
    assert roster.assignments and not [f for f in check_roster(problem, roster) if f.status == "fail"]


def test_effort_is_respected_and_the_first_roster_is_there_at_once():
    told = []
    roster = solve(forty_staff_centre(), Effort(seconds=2), report=told.append)
    assert roster.record.seconds_to_first is not None
    assert roster.record.seconds_to_first <= roster.record.seconds
    assert told[0].stage == "roster.first"
    assert 0 <= roster.record.bound <= roster.record.objective


def test_the_same_question_has_the_same_roster_in_two_processes():
    text = (
        "import json; from tests.builders_roster import *; from solvers.effort import Effort;"
        "from solvers.rostering.solve import solve; from solvers.rostering.as_json import roster_to_json;"
        "p = small_centre(staff=tuple(worker(n) for n in 'ABCDE'), needs=(desk_need(3),), weeks=2);"
        "print(json.dumps(roster_to_json(solve(p, Effort(seconds=1, reproducible=True)))['assignments']))"
    )
    answers = {
        subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, text=True,
                       env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(answers) == 1
    assert json.loads(answers.pop())


def test_json_names_ids_only():
    problem = small_centre()
    text = json.dumps(roster_to_json(solved(problem)))
    assert '"person": "A"' in text
    assert "Person" not in text
