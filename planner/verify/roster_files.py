"""The manager's files against the answers: every duty once in calendar and workbook, and the hours add up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import openpyxl

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked
from planner.verify.roster import duties_of, paid_min

CALENDAR, WORKBOOK = "manager/roster.ics", "manager/roster.xlsx"
DATE_HEADS, START_HEADS, END_HEADS = {"date", "day"}, {"start", "from", "start_min"}, {"end", "to", "end_min"}
PERSON_HEADS, NAME_HEADS = (
    {"id", "person", "staff", "person id", "staff id"},
    {"name", "staff member", "person name", "الاسم"},
)
HOUR_HEADS = {"hours", "paid hours", "worked hours", "work hours"}


def _told(c: Contents) -> Counter[tuple[str, int, int]]:
    return Counter((d["date"], d["start_min"], d["end_min"]) for d in duties_of(c))


def _minutes(day: date, moment: datetime) -> int:
    """Minutes after midnight of `day`, past 1440 for the next day."""
    return (moment.date() - day).days * 1440 + moment.hour * 60 + moment.minute


def _compare(code: str, found: Counter[tuple[str, int, int]], told: Counter[tuple[str, int, int]]) -> list[Finding]:
    wrong = []
    for key in sorted((found - told) + (told - found)):
        day, start, end = key
        wrong.append(
            failed(code, day, measured=found[key], required=told[key], unit="duties", start_min=start, end_min=end)
        )
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
    """All cells of the workbook, sheet by sheet."""
    if "sheets" not in c.read:
        book = openpyxl.load_workbook(c.folder / WORKBOOK, data_only=True)
        c.read["sheets"] = {s.title: [list(row) for row in s.iter_rows(values_only=True)] for s in book.worksheets}
    found: dict[str, list[list[Any]]] = c.read["sheets"]
    return found


def _head(value: Any) -> str:
    return str(value).strip().lower() if isinstance(value, str) else ""


def column(heads: list[str], names: set[str]) -> int | None:
    return next((k for k, h in enumerate(heads) if h in names), None)


def tables(c: Contents, *needed: set[str]) -> list[tuple[list[str], list[list[Any]]]]:
    """Tables of the workbook: from a row that holds a head of every needed set down to the next empty row."""
    found = []
    for rows in sheets(c).values():
        for at, row in enumerate(rows):
            heads = [_head(v) for v in row]
            if all(column(heads, names) is not None for names in needed):
                body = []
                for line in rows[at + 1 :]:
                    if all(v is None or v == "" for v in line):
                        break
                    body.append(line)
                found.append((heads, body))
                break
    return found


def _as_day(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    match = re.search(r"\d{4}-\d{2}-\d{2}", str(value))
    return match.group() if match else None


def _as_minutes(value: Any) -> int | None:
    if isinstance(value, datetime | time):
        return value.hour * 60 + value.minute
    if isinstance(value, int | float):
        return round(value * 1440) if 0 < value < 1 else round(value)
    match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?", str(value).strip())
    return int(match[1]) * 60 + int(match[2]) if match else None


def _duty_table(c: Contents) -> tuple[list[str], list[list[Any]]] | None:
    return next(iter(tables(c, DATE_HEADS, START_HEADS, END_HEADS)), None)


def the_workbook_holds_every_duty(c: Contents) -> list[Finding]:
    """The table of duties in the workbook (heads date, start, end) is the duties; no more and no fewer."""
    code, table = "verify.workbook_duties", _duty_table(c)
    if table is None:
        return (
            [unchecked(code, missing="date, start, end")]
            if not duties_of(c)
            else [failed(code, WORKBOOK, problem="no_table")]
        )
    heads, rows = table
    day, start, end = (column(heads, names) for names in (DATE_HEADS, START_HEADS, END_HEADS))
    found: Counter[tuple[str, int, int]] = Counter()
    for row in rows:
        values = _as_day(row[day or 0]), _as_minutes(row[start or 0]), _as_minutes(row[end or 0])
        if None not in values:
            found[values] += 1  # type: ignore[index]
    return _compare(code, found, _told(c))


def the_workbook_s_hours_add_up(c: Contents) -> list[Finding]:
    """Hours in the table of duties sum to the hours of the duties."""
    code, table = "verify.workbook_hours", _duty_table(c)
    at = column(table[0], HOUR_HEADS) if table else None
    if table is None or at is None:
        return [unchecked(code, missing="hours")]
    told = sum(paid_min(d, need(c.answers, "roster", "rules")) for d in duties_of(c)) / 60
    found = sum(float(r[at]) for r in table[1] if isinstance(r[at], int | float))
    if abs(told - found) > 0.01 * max(1, len(table[1])):
        return [failed(code, WORKBOOK, measured=round(found, 2), required=round(told, 2), unit="hours")]
    return all_or([], code, hours=round(told, 2))
