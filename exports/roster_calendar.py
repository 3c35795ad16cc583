"""The roster as a calendar file: one event per duty, in the site's own time zone."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from exports.one_line import one_line
from exports.roster_words import words
from solvers.rostering.problem import RosterProblem
from solvers.rostering.roster import Duty, Roster
from solvers.times import clock


def write_roster_calendar(roster: Roster, problem: RosterProblem, path: Path, *, site_name: str, time_zone: str,
                          language: str = "en") -> None:  # fmt: skip
    """Write the calendar to `path`. The same roster gives the same bytes: stamps are the roster's first day."""
    zone = ZoneInfo(time_zone)
    calendar, site = Calendar(), one_line(site_name)
    calendar.add("prodid", "-//Centreline//Roster//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(site))
    calendar.add("x-wr-timezone", time_zone)
    name = {person.id: one_line(person.name) for person in problem.staff}
    stamp = datetime.combine(date.fromisoformat(problem.days[0].date), time(), tzinfo=UTC)
    for duty in roster.assignments:
        calendar.add_component(_event(duty, name[duty.person], site, zone, stamp, language))
    calendar.add_missing_timezones()
    path.write_bytes(calendar.to_ical())


def event_uid(site_name: str, person: str, on: str) -> str:
    """Stable for a person's day at a site, so that a repaired roster moves the event instead of doubling it."""
    return hashlib.sha256(f"{site_name}\n{person}\n{on}".encode()).hexdigest()[:32] + "@centreline"


def _event(duty: Duty, name: str, site: str, zone: ZoneInfo, stamp: datetime, language: str) -> Event:
    say = words(language)
    event = Event()
    event.add("uid", event_uid(site, duty.person, duty.date))
    event.add("dtstamp", stamp)
    event.add("dtstart", _moment(duty.date, duty.start_min, zone))
    event.add("dtend", _moment(duty.date, duty.end_min, zone))
    event.add("summary", say("calendar.summary", name=name, site=site))
    event.add("location", site)
    parts = [
        (s.start_min, say("calendar.work", start=clock(s.start_min), end=clock(s.end_min),
                          skill=s.skill or say("label.back_office")))
        for s in duty.segments
    ]  # fmt: skip
    if duty.break_start_min is not None:
        end = duty.break_start_min + duty.break_min
        parts.append((duty.break_start_min, say("calendar.break", start=clock(duty.break_start_min), end=clock(end))))
    event.add("description", "\n".join(text for _, text in sorted(parts)))
    return event


def _moment(on: str, minute: int, zone: ZoneInfo) -> datetime:
    return (datetime.combine(date.fromisoformat(on), time()) + timedelta(minutes=minute)).replace(tzinfo=zone)
