"""Every rule alone, allowing and refusing: in the model with its variables fixed, and in the solver-free check."""

from __future__ import annotations

import inspect
import sys
from dataclasses import replace

import pytest

from solvers.rostering import options as one
from solvers.rostering import rules as many
from solvers.rostering.check import breaches
from solvers.rostering.linear import LinearModel, Work, run
from solvers.rostering.options import DUTY_RULES, Option
from solvers.rostering.problem import History, KnownDuty, RosterProblem
from solvers.rostering.roster import Duty
from solvers.rostering.rules import BINDING_RULES, RULES
from solvers.rostering.variables import Variables, make_variables, window_of
from solvers.staff import Availability, LabourRules
from tests.builders_roster import desk_need, duty, small_centre, worker

FULL = (480, 960)  # 08:00-16:00
MORNING = (480, 720)


def allows(rule, problem: RosterProblem, *duties: Duty) -> bool:
    """Whether `rule` alone accepts the duties; the check must say the same of that rule's code."""
    accepted = _single(rule, problem, duties) if rule in DUTY_RULES else _bound(rule, problem, duties)
    code = f"roster.{'has_its_break' if rule is many.breaks_are_taken else rule.__name__}"
    assert accepted == (code not in {finding.code for finding in breaches(problem, duties)})
    return accepted


def _single(rule, problem: RosterProblem, duties: tuple[Duty, ...]) -> bool:
    staff = {person.id: person for person in problem.staff}
    days = {day.date: day for day in problem.days}
    return all(rule(problem, staff[d.person], days[d.date], _option(problem, d)) for d in duties)


def _option(problem: RosterProblem, d: Duty) -> Option:
    day = next(day for day in problem.days if day.date == d.date)
    option = one._option(problem, day, (d.start_min - 480) // 60, (d.end_min - 480) // 60)
    held = option.window is not None and d.break_start_min is not None
    fits = held and option.window[0] <= (d.break_start_min - 480) // 60 <= option.window[1]
    return replace(option, window=option.window if fits else None)


def _bound(rule, problem: RosterProblem, duties: tuple[Duty, ...]) -> bool:
    model = LinearModel()
    v = make_variables(model, problem)
    rule(model, problem, v)
    for key, columns in v.duty.items():
        for option, column in zip(v.options[key], columns):
            wanted = (key[0], problem.days[key[1]].date, option.start_min, option.end_min)
            count = sum((d.person, d.date, d.start_min, d.end_min) == wanted for d in duties)
            model.least[column] = model.most[column] = count
    known = _fix_breaks(model, problem, v, duties) if rule is many.breaks_are_taken else True
    held = _fix_work(model, problem, v, duties) if rule is many.only_held_skills else True
    return known and held and run(model.program(), Work()).status != "infeasible"


def _fix_breaks(model: LinearModel, problem: RosterProblem, v: Variables, duties: tuple[Duty, ...]) -> bool:
    for columns in v.pause.values():
        for column in columns.values():
            model.most[column] = 0
    for d in duties:
        if d.break_start_min is not None:
            day = next(n for n, day in enumerate(problem.days) if day.date == d.date)
            window = window_of(
                one._option(problem, problem.days[day], (d.start_min - 480) // 60, (d.end_min - 480) // 60)
            )
            column = v.pause[v.profile[d.person], day, window].get((d.break_start_min - 480) // 60)
            if column is None:
                return False
            model.least[column] = model.most[column] = 1
    return True


def _fix_work(model: LinearModel, problem: RosterProblem, v: Variables, duties: tuple[Duty, ...]) -> bool:
    number = {day.date: d for d, day in enumerate(problem.days)}
    for d in duties:
        for segment in d.segments:
            for t in range((segment.start_min - 480) // 60, (segment.end_min - 480) // 60):
                key = (v.profile[d.person], number[d.date], segment.skill, t)
                if t > 0 and key not in v.work and segment.skill not in v.profile[d.person]:
                    return False
    return True


def test_duties_stay_within_opening_hours():
    problem = small_centre(close_min=840)
    assert allows(one.keeps_opening_hours, problem, duty("A", 1, 480, 840, 600))
    assert not allows(one.keeps_opening_hours, problem, duty("A", 1, 480, 960, 600))


def test_duties_are_neither_too_short_nor_too_long():
    problem = small_centre(rules=LabourRules(min_shift_min=240, max_shift_min=420, start_step_min=60, break_min=60))
    assert allows(one.keeps_shift_length, problem, duty("A", 1, *MORNING))
    assert not allows(one.keeps_shift_length, problem, duty("A", 1, 480, 660))
    assert not allows(one.keeps_shift_length, problem, duty("A", 1, *FULL, 660))


def test_duties_start_on_the_grid():
    problem = small_centre(rules=LabourRules(start_step_min=120, break_min=60))
    assert allows(one.starts_on_the_grid, problem, duty("A", 1, 600, 840))
    assert not allows(one.starts_on_the_grid, problem, duty("A", 1, 540, 840))


def test_long_duties_have_their_break_inside_its_window():
    problem = small_centre()
    assert allows(one.has_its_break, problem, duty("A", 1, *FULL, 600), duty("B", 1, *MORNING))
    assert not allows(one.has_its_break, problem, duty("A", 1, *FULL))
    assert not allows(one.has_its_break, problem, duty("A", 1, *FULL, 540))


def test_people_work_when_they_are_available():
    person = worker("A", availability=(Availability(weekday="sun", from_min=480, to_min=780),))
    problem = small_centre(staff=(person,))
    assert allows(one.keeps_availability, problem, duty("A", 1, *MORNING))
    assert not allows(one.keeps_availability, problem, duty("A", 1, *FULL, 660))
    assert not allows(one.keeps_availability, problem, duty("A", 2, *MORNING))


def test_nobody_works_during_leave():
    problem = small_centre(staff=(worker("A", leave=("2026-02-02",)),))
    assert allows(one.keeps_leave, problem, duty("A", 1, *MORNING))
    assert not allows(one.keeps_leave, problem, duty("A", 2, *MORNING))


def test_days_already_worked_stay_in_a_repair():
    known = (KnownDuty(person="A", date="2026-02-01", start_min=480, end_min=720),)
    problem = replace(small_centre(), known=known, frozen_before="2026-02-02")
    assert allows(many.past_days_stay, problem, duty("A", 1, *MORNING), duty("B", 3, *MORNING))
    assert not allows(many.past_days_stay, problem, duty("B", 3, *MORNING))
    option = one._option(problem, problem.days[0], 0, 4)
    assert one.keeps_the_past(problem, problem.staff[0], problem.days[0], option)
    assert not one.keeps_the_past(problem, problem.staff[1], problem.days[0], option)


def test_a_person_has_one_duty_a_day():
    assert allows(many.one_duty_a_day, small_centre(), duty("A", 1, *MORNING), duty("A", 2, *MORNING))
    assert not allows(many.one_duty_a_day, small_centre(), duty("A", 1, *MORNING), duty("A", 1, 720, 960))


def test_breaks_counted_equal_breaks_owed():
    assert allows(many.breaks_are_taken, small_centre(), duty("A", 1, *FULL, 660))
    assert not allows(many.breaks_are_taken, small_centre(), duty("A", 1, *FULL))
    assert not allows(many.breaks_are_taken, small_centre(), duty("A", 1, *FULL, 480))


def test_people_work_at_skills_they_hold():
    problem = small_centre(needs=(desk_need(1), desk_need(1, skill="cash")))
    assert allows(many.only_held_skills, problem, duty("A", 1, *MORNING))
    assert not allows(many.only_held_skills, problem, duty("A", 1, *MORNING, skill="cash"))


def test_hours_of_a_week_stay_within_the_contract():
    week = [duty("A", day, *FULL, 660) for day in range(1, 6)]
    assert allows(many.weekly_hours, small_centre(), *week)
    assert not allows(many.weekly_hours, small_centre(), *week, duty("A", 6, *MORNING))


def test_hours_of_a_week_stay_within_the_legal_limit():
    rules = LabourRules(start_step_min=60, break_min=60, max_hours_per_week=8)
    problem = small_centre(rules=rules)
    assert allows(many.weekly_hours, problem, duty("A", 1, *MORNING), duty("A", 2, *MORNING))
    assert not allows(many.weekly_hours, problem, duty("A", 1, *MORNING), duty("A", 2, 480, 780))


def test_hours_of_a_week_reach_the_floor_of_the_contract():
    problem = replace(small_centre(staff=(worker("A", contract_hours_per_week=8.0),)), contract_floor_share=0.9)
    assert allows(many.weekly_hours, problem, duty("A", 1, *MORNING), duty("A", 2, *MORNING))
    assert not allows(many.weekly_hours, problem, duty("A", 1, *MORNING))


def test_people_work_at_most_so_many_days_a_week():
    five = [duty("A", day, *MORNING) for day in (1, 2, 3, 5, 6)]
    assert allows(many.days_a_week, small_centre(), *five)
    assert not allows(many.days_a_week, small_centre(), *five, duty("A", 7, *MORNING))


def test_people_do_not_work_too_many_days_on_end():
    rules = LabourRules(start_step_min=60, break_min=60, max_consecutive_days=3)
    problem = small_centre(rules=rules, history=(History(person="B", days_in_a_row=2),))
    assert allows(many.consecutive_days, problem, *(duty("A", day, *MORNING) for day in (1, 2, 3, 5)))
    assert not allows(many.consecutive_days, problem, *(duty("A", day, *MORNING) for day in (1, 2, 3, 4)))
    assert allows(many.consecutive_days, problem, duty("B", 1, *MORNING))
    assert not allows(many.consecutive_days, problem, duty("B", 1, *MORNING), duty("B", 2, *MORNING))


def test_people_rest_between_duties():
    rules = LabourRules(start_step_min=60, break_min=60, min_rest_min=18 * 60)
    problem = small_centre(rules=rules, history=(History(person="B", eve_end_min=960),))
    assert allows(many.rest_between_duties, problem, duty("A", 1, 600, 840), duty("A", 2, *MORNING))
    assert not allows(many.rest_between_duties, problem, duty("A", 1, 720, 960), duty("A", 2, *MORNING))
    assert allows(many.rest_between_duties, problem, duty("B", 1, 600, 840))
    assert not allows(many.rest_between_duties, problem, duty("B", 1, *MORNING))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_is_tested_in_both_forms(rule):
    text = inspect.getsource(sys.modules[__name__])
    names = (f"one.{rule.__name__}", f"many.{rule.__name__}")
    assert any(f"assert allows({n}" in text or f"assert {n}(" in text for n in names)
    assert any(f"assert not allows({n}" in text or f"assert not {n}(" in text for n in names)


def test_the_list_of_rules_is_whole():
    assert {*DUTY_RULES, *BINDING_RULES} == set(RULES)
