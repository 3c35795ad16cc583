"""The manager's roster as a workbook: a printable sheet per week, posts by the half-hour, cover, hours, fairness.

Names are untrusted: they are stored as text. Sums on the sheet Hours are live formulas, all other figures are values.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from exports.roster_cover_sheets import cover_sheet, fairness_sheet, shortage_sheet
from exports.roster_sheets import BAND, HEAD, clean, for_print, heads, put, put_formula, widths
from exports.roster_words import Words, day_title, span, words
from solvers.rostering.measure import worked_min
from solvers.rostering.problem import RosterDay, RosterProblem, slots_of
from solvers.rostering.roster import Duty, Roster
from solvers.staff import StaffMember
from solvers.times import clock

LETTERS_A_LINE = 34
RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he")


def write_roster_workbook(roster: Roster, problem: RosterProblem, path: Path, *, title: str, language: str = "en") -> None:
    """Write the workbook to `path`."""
    say, book = words(language), Workbook()
    book.remove(book.active)
    people = by_post(problem)
    weeks = sorted({day.week for day in problem.days})
    for week in weeks:
        _week_sheet(book, roster, problem, people, week, title, say)
    for week in weeks:
        _posts_sheet(book, roster, problem, people, week, title, say)
    cover_sheet(book, roster, problem, title, say)
    shortage_sheet(book, roster, title, say)
    _hours_sheet(book, roster, problem, people, title, say)
    fairness_sheet(book, roster, people, title, say)
    _about_sheet(book, roster, problem, title, say)
    for sheet in book.worksheets:
        sheet.sheet_view.rightToLeft = language.split("-")[0] in RIGHT_TO_LEFT
    book.properties.title, book.properties.creator = clean(title)[:200], "Centreline"
    book.save(path)


def by_post(problem: RosterProblem) -> list[StaffMember]:
    """People in the order of their first skill, then name."""
    return sorted(problem.staff, key=lambda person: (person.skills[:1], person.name, person.id))


def abbreviations(problem: RosterProblem) -> dict[str, str]:
    """A short sign per skill, no two alike: as many letters as it takes, three at least."""
    skills = sorted({need.skill for need in problem.needs} | {s for person in problem.staff for s in person.skills})
    short: dict[str, str] = {}
    for skill in skills:
        length = next((n for n in range(3, len(skill)) if skill[:n] not in short.values()), len(skill))
        short[skill] = skill[:length]
    return short


def _week_sheet(
    book: Workbook, roster: Roster, problem: RosterProblem, people: list[StaffMember], week: int, title: str, say: Words
) -> None:
    sheet = book.create_sheet(say("sheet.week", number=week + 1))
    days = [day for day in problem.days if day.week == week and day.usual]
    put(sheet, 1, 1, title, size=14, bold=True, left=True, box=False)
    period = say("label.week_of", first=days[0].date, last=days[-1].date) if days else ""
    put(sheet, 2, 1, period, left=True, box=False)
    heads(sheet, 3, [say("label.name"), *(day_title(day, say) for day in days), say("label.hours")])
    at = {(duty.person, duty.date): duty for duty in roster.assignments}
    for row, person in enumerate(people, start=4):
        fill = BAND if row % 2 else None
        put(sheet, row, 1, person.name, bold=True, left=True, fill=fill)
        own = [at.get((person.id, day.date)) for day in days]
        texts = [_day_text(person, day, duty, say) for day, duty in zip(days, own)]
        for column, text in enumerate(texts, start=2):
            put(sheet, row, column, text, size=8, fill=fill)
        total = put(sheet, row, len(days) + 2, sum(worked_min(problem, d) for d in own if d) / 60, bold=True, fill=fill)
        total.number_format = "0.0"
        lines = max((_lines(text) for text in texts), default=1)
        sheet.row_dimensions[row].height = 4 + 10.5 * max(2, lines)
    last = len(people) + 4
    put(sheet, last, 1, say("label.on_duty"), bold=True, fill=HEAD, left=True)
    for column, day in enumerate(days, start=2):
        put(sheet, last, column, sum((p.id, day.date) in at for p in people), bold=True, fill=HEAD)
    dates = {day.date for day in days}
    whole = sum(worked_min(problem, d) for d in roster.assignments if d.date in dates) / 60
    put(sheet, last, len(days) + 2, whole, bold=True, fill=HEAD).number_format = "0.0"
    widths(sheet, [24, *([23.0] * len(days)), 8])
    for_print(sheet, title=title, say=say, head_rows=3)


def _lines(text: str) -> int:
    """Lines that a text takes in a day's column."""
    return sum(1 + len(line) // LETTERS_A_LINE for line in text.split("\n"))


def _day_text(person: StaffMember, day: RosterDay, duty: Duty | None, say: Words) -> str:
    """08:00–14:30 · break 11:00, and the posts below, the longest first; or leave, closed, off."""
    if duty is None:
        kind = "leave" if day.date in person.leave else ("off" if day.day_type else "closed")
        return say(f"label.{kind}")
    text = span(duty.start_min, duty.end_min)
    if duty.break_start_min is not None:
        text += " · " + say("label.break", time=clock(duty.break_start_min))
    time = Counter[str]()
    for segment in duty.segments:
        time[segment.skill] += segment.end_min - segment.start_min
    posts = [skill for skill, _ in time.most_common() if skill]
    return f"{text}\n{', '.join(posts) or say('label.back_office')}"


def _posts_sheet(
    book: Workbook, roster: Roster, problem: RosterProblem, people: list[StaffMember], week: int, title: str, say: Words
) -> None:
    """Who works where, interval by interval: one page a day."""
    sheet = book.create_sheet(say("sheet.posts", number=week + 1))
    days = [day for day in problem.days if day.week == week and day.day_type]
    first = min((day.open_min for day in days), default=0)
    slots = max((slots_of(day, problem.interval_min) + (day.open_min - first) // problem.interval_min for day in days),
                default=0)  # fmt: skip
    times = [clock(first + t * problem.interval_min) for t in range(slots)]
    heads(sheet, 1, [say("label.date"), say("label.name"), *times])
    short = abbreviations(problem)
    name = {person.id: person.name for person in people}
    order = {person.id: number for number, person in enumerate(people)}
    row = 2
    for day in days:
        for duty in sorted((d for d in roster.assignments if d.date == day.date), key=lambda d: order[d.person]):
            put(sheet, row, 1, day_title(day, say))
            put(sheet, row, 2, name[duty.person], left=True)
            for t in range(slots):
                _post(sheet, row, t + 3, duty, first + t * problem.interval_min, short)
            sheet.row_dimensions[row].height = 12.5  # so that forty people fit on a page
            row += 1
        sheet.row_breaks.append(Break(id=row - 1))
    widths(sheet, [10, 22, *([6.5] * slots)])
    for_print(sheet, title=title, say=say, head_rows=1, name_columns=2)


def _post(sheet: Worksheet, row: int, column: int, duty: Duty, minute: int, short: dict[str, str]) -> None:
    skill = next((s.skill for s in duty.segments if s.start_min <= minute < s.end_min), None)
    if skill is not None:
        put(sheet, row, column, short.get(skill, "·"), size=8)
    elif duty.start_min <= minute < duty.end_min:
        put(sheet, row, column, "||", size=8, fill=HEAD)
    else:
        put(sheet, row, column, "", size=8, box=False)


def _hours_sheet(book: Workbook, roster: Roster, problem: RosterProblem, people: list[StaffMember], title: str,
                 say: Words) -> None:  # fmt: skip
    sheet = book.create_sheet(say("sheet.hours"))
    days = [day for day in problem.days if day.day_type]
    heads(sheet, 1, [say("label.name"), *(day_title(day, say) for day in days), say("label.total")])
    worked = {(duty.person, duty.date): worked_min(problem, duty) / 60 for duty in roster.assignments}
    end = get_column_letter(len(days) + 1)
    for row, person in enumerate(people, start=2):
        put(sheet, row, 1, person.name, left=True)
        for column, day in enumerate(days, start=2):
            put(sheet, row, column, worked.get((person.id, day.date))).number_format = "0.0"
        put_formula(sheet, row, len(days) + 2, f"=SUM(B{row}:{end}{row})").number_format = "0.0"
    last = len(people) + 2
    put(sheet, last, 1, say("label.total"), bold=True, fill=HEAD, left=True)
    for column in range(2, len(days) + 3):
        letter = get_column_letter(column)
        put_formula(sheet, last, column, f"=SUM({letter}2:{letter}{last - 1})").number_format = "0.0"
    widths(sheet, [24, *([9.0] * len(days)), 10])
    for_print(sheet, title=title, say=say, head_rows=1)


def _about_sheet(book: Workbook, roster: Roster, problem: RosterProblem, title: str, say: Words) -> None:
    sheet, record = book.create_sheet(say("sheet.about")), roster.record
    put(sheet, 1, 1, title, size=14, bold=True, left=True, box=False)
    lines: list[tuple[str, str | float | None]] = [
        (say("about.period"), say("label.week_of", first=problem.days[0].date, last=problem.days[-1].date)),
        (say("about.status"), record.status),
        (say("about.points"), record.objective),
        (say("about.bound"), record.bound),
        (say("about.gap"), None if record.gap is None else f"{100 * record.gap:.1f} %"),
        *((say("about.goal", goal=name), points) for name, points in record.terms.items()),
        (say("about.rules"), problem.rules.source),
        (say("about.abbreviations"), ", ".join(f"{sign} = {skill}" for skill, sign in abbreviations(problem).items())),
    ]
    for row, (label, value) in enumerate(lines, start=3):
        put(sheet, row, 1, label, left=True)
        put(sheet, row, 2, value, left=True).number_format = "0.0"
    row = len(lines) + 4
    for key in ("about.sums", "about.marks"):
        put(sheet, row, 1, say(key, edge=problem.edge_min), left=True, box=False)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.row_dimensions[row].height = 28
        row += 1
    widths(sheet, [42, 60])
    for_print(sheet, title=title, say=say, head_rows=1, landscape=False)
