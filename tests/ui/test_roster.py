"""The page Roster in a browser: draw up, drag a duty, by keys too, somebody ill, back again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from planner.chain.asked import ask
from planner.chain.delivering import roster_in_force
from planner.source import ROSTER, FolderSource
from planner.ui.pages.handover import make_package
from planner.ui.roster.week import dates_of, day_name, week_grid
from planner.ui.words import Words
from solvers.effort import Cancel, Effort
from tests.planner.small_centre import a_small_centre, a_small_folder
from tests.ui.waiting import expect

BUSY_S = 200.0  # a helper that is just being started and a search of its own, on a machine with other work


@cache
def drawn_up():
    """A roster of the small centre, worked out once for all tests."""
    from planner.chain import draw_up_roster

    return draw_up_roster(a_small_centre(), Effort(seconds=2.0), None, None, lambda _: None, Cancel())


@pytest.fixture
def with_roster(kept_tab):
    answer = drawn_up()
    kept_tab.workspace.answers.put(answer["solution"]["question_digest"], ROSTER, answer)
    kept_tab.go_to("roster")
    kept_tab.in_step()
    kept_tab.page.locator("td .duty").first.wait_for()
    return kept_tab


def test_a_package_takes_the_roster_that_stands_while_it_answers_today_s_question(tmp_path):
    source = FolderSource(a_small_folder(tmp_path))
    asked, before, within = ask(source.project), date(2026, 11, 1), date(2026, 12, 9)
    assert roster_in_force(source, asked, before) is None
    source.answers.put("a" * 64, ROSTER, drawn_up())
    kept = roster_in_force(source, asked, before)
    assert kept is not None and places(kept.answer) == places(drawn_up())
    people = source.project.staff
    source.project = replace(source.project, staff=(replace(people[0], leave=("2026-12-06",)), *people[1:]))
    assert roster_in_force(source, asked, before) is None
    source.project = replace(source.project, staff=people, planning=replace(source.project.planning, roster_weeks=2))
    assert roster_in_force(source, asked, before) is None
    assert roster_in_force(source, asked, within) is not None, "people work by it"


def test_single_files_are_told_as_they_are_written_and_none_is_left_when_that_is_stopped(tmp_path):
    source, told = FolderSource(a_small_folder(tmp_path)), []
    source.answers.put("a" * 64, ROSTER, drawn_up())
    kinds = ("xlsx", "ics")
    _, files, body = make_package(source, "small", kinds, Effort(seconds=1.0), told.append, Cancel())
    assert [(p.stage, p.done) for p in told] == [("check", None), ("write", 0.0), ("write", 0.5)]
    assert [name for name, _ in files] == ["small.ics", "small.xlsx"] and body
    stopped = Cancel()
    stopped.set()
    assert make_package(source, "small", kinds, Effort(seconds=1.0), told.append, stopped)[1:] == ([], b"")


def test_hours_beside_a_week_are_those_of_that_week():
    project, answer = a_small_centre(), drawn_up()
    first, second = dates_of(answer, 0), dates_of(answer, 1)
    duty = {"person": project.staff[0].id, "start_min": 480, "break_start_min": 600, "break_min": 30, "segments": ()}
    duties = [duty | {"date": first[0], "end_min": 720}, *(duty | {"date": date, "end_min": 780} for date in second[:2])]
    longer = answer | {"weeks": 2, "assignments": duties}

    def told(answer, week):
        return week_grid(project, answer, week, Words("en"), None)["people"][0]["told"].split(" · ")[0]

    assert [told(longer, week) for week in (0, 1)] == ["3.5 h", "9.0 h"]
    assert told(longer | {"rules": longer["rules"] | {"break_paid": True}}, 1) == "10.0 h"
    (worked,) = [p["worked_min"] for p in answer["fairness"]["persons"] if p["person"] == project.staff[0].id]
    assert answer["weeks"] == 1 and told(answer, 0) == f"{worked / 60:.1f} h"


def rosters(tab):
    return tab.workspace.answers.all_of(ROSTER)


def places(answer):
    return {(d["person"], d["date"]): (d["start_min"], d["end_min"]) for d in answer["assignments"]}


def cell(tab, person, date):
    return tab.page.locator(f'td[data-person="{person}"][data-date="{date}"]')


def a_duty_and_a_free_place(tab):
    """A duty of the first week, and somebody without one that day."""
    now = places(rosters(tab)[0].body)
    first_week = sorted({date for _, date in now})[:5]
    people = [p.id for p in tab.workspace.project.staff]
    return next((a, d, b) for a, d in sorted(now) for b in people if d in first_week and (b, d) not in now)


def test_a_roster_is_drawn_up_at_the_press_of_a_button(kept_tab):
    tab = kept_tab
    tab.go_to("roster")
    tab.page.locator(".cl-start-roster").click()
    tab.page.locator(".cl-cancel-roster").wait_for(state="visible")
    tab.page.locator(".cl-cancel-roster").click()
    tab.until(lambda: rosters(tab), BUSY_S)
    tab.page.locator("td .duty").first.wait_for()


def test_the_first_week_is_shown_and_machines_can_read_it(with_roster):
    tab = with_roster
    answer = rosters(tab)[0].body
    dates = sorted({d["date"] for d in answer["assignments"]})
    expect(tab.page.locator("td .duty")).to_have_count(sum(d["date"] <= dates[4] for d in answer["assignments"]))
    assert tab.axe() == []


def test_a_duty_dragged_to_somebody_free_is_theirs_and_comes_back(with_roster):
    tab = with_roster
    person, date, other = a_duty_and_a_free_place(tab)
    before = places(rosters(tab)[0].body)
    cell(tab, person, date).locator(".duty").drag_to(cell(tab, other, date))
    tab.until(lambda: places(rosters(tab)[0].body).get((other, date)) == before[person, date])
    assert (person, date) not in places(rosters(tab)[0].body)
    cell(tab, other, date).locator(".duty.changed").wait_for()
    tab.page.get_by_text("Back to the roster before").click()
    tab.until(lambda: places(rosters(tab)[0].body) == before)


def test_a_duty_is_moved_and_taken_away_by_keys_alone(with_roster):
    tab = with_roster
    person, date, other = a_duty_and_a_free_place(tab)
    people = [p.id for p in tab.workspace.project.staff]
    steps = people.index(other) - people.index(person)
    cell(tab, person, date).focus()
    tab.page.keyboard.press("Enter")
    for _ in range(abs(steps)):
        tab.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
    tab.page.keyboard.press("Enter")
    tab.until(lambda: (other, date) in places(rosters(tab)[0].body))
    cell(tab, other, date).locator(".duty").wait_for()
    cell(tab, other, date).focus()
    tab.page.keyboard.press("Delete")
    tab.until(lambda: (other, date) not in places(rosters(tab)[0].body))


def test_somebody_ill_gets_leave_and_the_roster_is_mended(with_roster):
    tab = with_roster
    person, date = min(places(rosters(tab)[0].body), key=lambda place: (place[1], place[0]))
    choose(tab, ".cl-who", next(p.name for p in tab.workspace.project.staff if p.id == person))
    tab.in_step()
    choose(tab, ".cl-when", day_name(date, Words("en")))
    tab.page.locator(".cl-sick").click()
    tab.until(lambda: any(date in p.leave for p in tab.workspace.project.staff if p.id == person))
    tab.until(lambda: (person, date) not in places(rosters(tab)[0].body), BUSY_S)


def choose(tab, box, option):
    tab.page.locator(f"{box} [role=combobox]").click()
    tab.page.get_by_role("menuitem", name=option, exact=True).click()
