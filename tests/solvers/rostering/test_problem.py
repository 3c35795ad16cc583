"""The question of a roster: laid on dates, and refused with a clear code when it is unsound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.findings import BadInput
from solvers.cover import CoverNeed
from solvers.rostering.problem import History, RosterProblem, question_digest, roster_problem
from solvers.services import DayType
from solvers.staff import Availability, DayRequest, LabourRules
from tests.builders_roster import desk_need, forty_staff_centre, small_centre, worker

PLAIN = DayType(id="plain", name="Plain", open_min=480, close_min=960, weekdays=("sun", "mon"))


def asked(
    *, staff=(), needs=(), kinds=(PLAIN,), start_date="2026-02-01", weeks=1, interval_min=60, **more
) -> RosterProblem:
    return roster_problem(needs or (desk_need(1),), kinds, staff or (worker("A"),), LabourRules(),
                          start_date=start_date, weeks=weeks, interval_min=interval_min, **more)  # fmt: skip


def test_needs_fall_on_the_open_dates_of_their_day_type():
    problem = asked(closed_dates=("2026-02-02",), weeks=2)
    assert {need.date for need in problem.needs} == {"2026-02-01", "2026-02-08", "2026-02-09"}
    assert [day.day_type for day in problem.days[:3]] == ["plain", "", ""]
    assert [day.usual for day in problem.days[:3]] == [True, True, False]


def test_finer_needs_count_in_the_interval_that_holds_them():
    needs = tuple(
        CoverNeed(day_type="plain", skill="desk", start_min=480 + 15 * n, length_min=15, needed=n) for n in range(4)
    )
    assert [(n.start_min, n.needed) for n in asked(needs=needs).needs if n.date == "2026-02-01"] == [(480, 3)]


def test_the_realistic_centre_has_forty_people_and_ten_days():
    problem = forty_staff_centre()
    assert len(problem.staff) == 40
    assert sum(bool(day.day_type) for day in problem.days) == 10


def test_the_digest_tells_questions_apart():
    assert question_digest(small_centre()) == question_digest(small_centre())
    assert question_digest(small_centre()) != question_digest(small_centre(needs=(desk_need(2),)))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("roster.no_hours", {"staff": (worker("A", contract_hours_per_week=0.0),)}),
        ("roster.duplicate_person", {"staff": (worker("A"), worker("A"))}),
        ("roster.bad_date", {"start_date": "2026-02-30"}),
        ("roster.bad_date", {"staff": (worker("A", leave=("tomorrow",)),)}),
        ("roster.bad_date", {"closed_dates": ("1.2.2026",)}),
        ("roster.bad_date", {"closed_dates": ("2026-W06-1",)}),  # no date would ever be equal to it
        ("roster.bad_weeks", {"weeks": 0}),
        ("roster.bad_interval", {"interval_min": 7}),
        ("roster.bad_hours", {"kinds": (replace(PLAIN, open_min=960, close_min=480),)}),
        ("roster.hours_not_in_intervals", {"interval_min": 45}),
        ("roster.bad_weekday", {"kinds": (replace(PLAIN, weekdays=("so",)),)}),
        ("roster.bad_availability", {
            "staff": (worker("A", availability=(Availability(weekday="sun", from_min=900, to_min=1500),)),)}),
        ("roster.bad_request", {"staff": (worker("A", requests=(DayRequest(date="2026-02-01", wish="nap"),)),)}),
        ("roster.unknown_person", {"history": (History(person="Z"),)}),
        ("roster.unknown_day_type", {"needs": (replace(desk_need(1), day_type="x"),)}),
        ("roster.bad_need", {"needs": (desk_need(-1),)}),
        ("roster.need_outside_hours", {"needs": (desk_need(1, start_min=900),)}),
        ("roster.bad_weight", {"weights": {"kindness": 3.0}}),
    ],
)  # fmt: skip
def test_an_unsound_question_is_refused(code, changes):
    with pytest.raises(BadInput) as refused:
        asked(**changes)
    assert refused.value.code == code
    assert refused.value.place
