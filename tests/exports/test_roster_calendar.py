"""The roster as a calendar: one event per duty, in the site's time, stable over repairs."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from exports.roster_calendar import event_uid, write_roster_calendar
from solvers.effort import Effort
from solvers.rostering.problem import RosterProblem
from solvers.rostering.roster import Roster
from solvers.rostering.solve import solve
from tests.builders_roster import small_centre


@pytest.fixture(scope="module")
def answer() -> tuple[RosterProblem, Roster]:
    problem = small_centre()
    return problem, solve(problem, Effort(seconds=3))


def written(answer: tuple[RosterProblem, Roster], path: Path) -> bytes:
    write_roster_calendar(answer[1], answer[0], path, site_name="Dahuk; centre, 1", time_zone="Asia/Baghdad")
    return path.read_bytes()


def test_every_duty_is_one_event_in_the_sites_time(answer, tmp_path):
    calendar = Calendar.from_ical(written(answer, tmp_path / "r.ics"))
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == len(answer[1].assignments) > 0
    for duty in answer[1].assignments:
        event = events[event_uid("Dahuk; centre, 1", duty.person, duty.date)]
        assert event["dtstart"].params["TZID"] == "Asia/Baghdad"
        start, end = event["dtstart"].dt, event["dtend"].dt
        assert (start.date().isoformat(), start.hour * 60 + start.minute) == (duty.date, duty.start_min)
        assert (end - start).total_seconds() / 60 == duty.end_min - duty.start_min
        assert str(event["summary"]) == f"Person {duty.person}: Dahuk; centre, 1"


def test_breaks_stand_in_the_description(answer, tmp_path):
    calendar = Calendar.from_ical(written(answer, tmp_path / "r.ics"))
    texts = {str(event["uid"]): str(event["description"]) for event in calendar.walk("VEVENT")}
    with_break = [duty for duty in answer[1].assignments if duty.break_start_min is not None]
    assert with_break
    for duty in with_break:
        hour = duty.break_start_min // 60
        text = texts[event_uid("Dahuk; centre, 1", duty.person, duty.date)]
        assert f"{hour:02d}:00–{hour + 1:02d}:00 break" in text


def test_the_same_roster_gives_the_same_bytes(answer, tmp_path):
    assert written(answer, tmp_path / "a.ics") == written(answer, tmp_path / "b.ics")


def test_the_time_zone_is_described_in_the_file(answer, tmp_path):
    calendar = Calendar.from_ical(written(answer, tmp_path / "r.ics"))
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Baghdad"]
