"""A roster that runs into a season keeps the season's hours on its dates, and the usual ones on the others."""

from __future__ import annotations

from dataclasses import replace

from planner.chain.asked import capacity_of
from planner.chain.rostering import roster_question
from planner.project import Project
from solvers.services import Season
from tests.planner.small_centre import a_small_centre

RAMADAN = Season(
    id="ramadan", name="Ramadan", periods=("2027-02-09..2027-03-09",), factor=0.5, open_min=540, close_min=660, source="a guess"
)


def asked_for(project: Project):
    return roster_question(project, capacity_of(project), "2027-02-07", 1)[0]


def test_dates_of_the_season_have_its_hours_and_its_demand():
    problem = asked_for(a_small_centre(seasons=(RAMADAN,)))
    hours = {day.date: (day.day_type, day.open_min, day.close_min) for day in problem.days if day.day_type}
    assert hours["2027-02-08"] == ("weekday", 480, 720)
    assert hours["2027-02-09"] == ("weekday@ramadan", 540, 660)
    for need in problem.needs:
        if need.date >= "2027-02-09":
            assert 540 <= need.start_min < 660
    usual = asked_for(a_small_centre())
    most = {day: sum(n.needed for n in usual.needs if n.date == day) for day in hours}
    seasonal = {day: sum(n.needed for n in problem.needs if n.date == day) for day in hours}
    assert seasonal["2027-02-08"] == most["2027-02-08"]
    assert 0 < seasonal["2027-02-09"] < most["2027-02-09"]


def test_closed_days_and_weekends_stay_closed():
    small = a_small_centre(seasons=(RAMADAN,))
    closed = replace(small, site=replace(small.site, closed_dates=("2027-02-10",)))
    days = {day.date: day for day in asked_for(closed).days}
    assert days["2027-02-10"].day_type == ""
    assert days["2027-02-12"].day_type == ""


def test_a_season_elsewhere_in_the_year_changes_nothing():
    later = replace(RAMADAN, periods=("2027-06-01..2027-06-30",))
    assert asked_for(a_small_centre(seasons=(later,))) == asked_for(a_small_centre())


def test_the_season_planned_for_holds_on_all_dates():
    small = a_small_centre(seasons=(RAMADAN,))
    planned = asked_for(replace(small, planning=replace(small.planning, season="ramadan")))
    assert {(day.open_min, day.close_min) for day in planned.days if day.day_type} == {(540, 660)}
