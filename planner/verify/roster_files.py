"""The manager's files against the answers: every duty once in calendar and workbook, and the hours add up."""

from __future__ import annotations

import math
import re
from collections import Counter
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import openpyxl

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need
from planner.verify.roster import duties_of, paid_min

CALENDAR, WORKBOOK = "manager/roster.ics", "manager/roster.xlsx"
DUTY = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[–-]\s*(\d{1,2}):(\d{2})")  # 08:00–14:30, whatever follows
DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.")  # Sun 1.3.


def _told(c: Contents) -> Counter[tuple[str, int, int]]:
    return Counter((d["date"], d["start_min"], d["end_min"]) for d in duties_of(c))


def _minutes(day: date, moment: datetime) -> int:
    """Minutes after midnight of `day`, past 1440 for the next day."""
    return (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute


def _compare(code: str, found: Counter[tuple[str, int, int]], told: Counter[tuple[str, int, int]]) -> list[Finding]:
    wrong = []
    for key in sorted((found - told) + (told - found)):
        day, start, end = key
        wrong.append(failed(code, day, measured=found[key], required=told[key], unit="duties", start_min=start, end_min=end))
    return all_or(wrong, code, duties=sum(told.values()))


def _time_zone(c: Contents) -> ZoneInfo | None:
    """The site's time zone, where the answers tell it: a calendar may give its times in another."""
    project = need(c.answers, "project")
    site = project.get("site", project) if isinstance(project, dict) else {}
    return ZoneInfo(site["time_zone"]) if site.get("time_zone") else None


def the_calendar_holds_every_duty(c: Contents) -> list[Finding]:
    """Events of the calendar, by local date, start and end, are the duties; no more and no fewer."""
    calendar = icalendar.Calendar.from_ical((c.folder / CALENDAR).read_bytes())
    zone = _time_zone(c)
    found: Counter[tuple[str, int, int]] = Counter()
    for event in calendar.walk("VEVENT"):
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        if isinstance(start, datetime) and isinstance(end, datetime):
            start, end = (t.astimezone(zone) if t.tzinfo and zone else t for t in (start, end))
            day = start.date()
            found[day.isoformat(), _minutes(day, start), _minutes(day, end)] += 1
    return _compare("verify.calendar_duties", found, _told(c))


def sheets(c: Contents) -> dict[str, list[list[Any]]]:
    """All cells of the workbook, sheet by sheet; formulas stand as their text."""
    if "sheets" not in c.read:
        book = openpyxl.load_workbook(c.folder / WORKBOOK)
        c.read["sheets"] = {s.title: [list(row) for row in s.iter_rows(values_only=True)] for s in book.worksheets}
    found: dict[str, list[list[Any]]] = c.read["sheets"]
    return found


def _day_columns(row: list[Any]) -> dict[int, tuple[int, int]]:
    """Columns headed by a day, as (month, day)."""
    found = {k: DAY.search(v) for k, v in enumerate(row) if isinstance(v, str)}
    return {k: (int(m[2]), int(m[1])) for k, m in found.items() if m}


def _headed(rows: list[list[Any]]) -> tuple[int, dict[int, tuple[int, int]]]:
    """The first row with days for heads, and its columns; (-1, {}) when there is none."""
    return next(((at, days) for at, row in enumerate(rows) if (days := _day_columns(row))), (-1, {}))


def week_sheets(c: Contents) -> list[tuple[list[list[Any]], dict[int, tuple[int, int]]]]:
    """Rows of people and columns of days of every sheet that shows duties: a row a person, a column a day."""
    found = []
    for rows in sheets(c).values():
        at, days = _headed(rows)
        if any(isinstance(r[k], str) and DUTY.match(r[k]) for r in rows[at + 1 :] for k in days):
            people = [r for r in rows[at + 1 :] if all(isinstance(r[k], str) for k in days)]
            found.append((people, days))
    return found


def names_in_the_workbook(c: Contents) -> list[str]:
    """What stands at the head of the rows of people."""
    return [str(row[0]) for people, _ in week_sheets(c) for row in people if isinstance(row[0], str)]


def the_workbook_holds_every_duty(c: Contents) -> list[Finding]:
    """Duties on the sheets of the weeks (day of the column, start and end) are the duties; no more and no fewer."""
    code = "verify.workbook_duties"
    told = Counter((date.fromisoformat(d["date"]), d["start_min"], d["end_min"]) for d in duties_of(c))
    wanted = Counter({((day.month, day.day), a, b): n for (day, a, b), n in told.items()})
    found: Counter[tuple[tuple[int, int], int, int]] = Counter()
    for people, days in week_sheets(c):
        for row in people:
            for k, day in days.items():
                if match := DUTY.match(row[k]):
                    h1, m1, h2, m2 = (int(g) for g in match.groups())
                    found[day, h1 * 60 + m1, h2 * 60 + m2] += 1
    wrong = [
        failed(code, f"{month:02}-{day:02}", measured=found[key], required=wanted[key], unit="duties", start_min=key[1])
        for key in sorted((found - wanted) + (wanted - found))
        for month, day in (key[0],)
    ]
    return all_or(wrong, code, duties=sum(wanted.values()))


def the_workbook_s_hours_add_up(c: Contents) -> list[Finding]:
    """Hours at the end of the rows of people sum to the hours of the duties; one more sheet gives them day by day."""
    code, rules = "verify.workbook_hours", need(c.answers, "roster", "rules")
    by_day: Counter[tuple[int, int]] = Counter()
    for d in duties_of(c):
        day = date.fromisoformat(d["date"])
        by_day[day.month, day.day] += paid_min(d, rules)
    told = sum(by_day.values()) / 60
    rows = [row for people, _ in week_sheets(c) for row in people]
    found = math.fsum(_last_number(row) for row in rows)
    wrong: list[Finding] = []
    if abs(told - found) > 0.06 * max(1, len(rows)):
        wrong.append(failed(code, WORKBOOK, measured=round(found, 2), required=round(told, 2), unit="hours"))
    if by_day and not any(_gives(rows, by_day) for rows in sheets(c).values()):
        wrong.append(failed(code, WORKBOOK, problem="hours_by_day"))
    return all_or(wrong, code, hours=round(told, 2))


def _last_number(row: list[Any]) -> float:
    return next((float(v) for v in reversed(row) if isinstance(v, int | float)), 0.0)


def _gives(rows: list[list[Any]], by_day: Counter[tuple[int, int]]) -> bool:
    """Whether the numbers below the days of a sheet are the hours of those days. Sums as formulas count as empty."""
    at, days = _headed(rows)
    sums = Counter[tuple[int, int]]()
    for k, day in days.items():
        sums[day] += round(60 * math.fsum(r[k] for r in rows[at + 1 :] if isinstance(r[k], int | float)))
    return all(abs(sums[day] - by_day[day]) <= 2 for day in sums.keys() | by_day.keys())
