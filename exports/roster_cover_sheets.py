"""The sheets that judge a roster: needed against rostered, shortages with their reasons, fairness per person."""

from __future__ import annotations

from collections import Counter

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from exports.roster_sheets import BLACK, HEAD, for_print, heads, put, widths
from exports.roster_words import Words, day_title
from solvers.rostering.problem import RosterProblem
from solvers.rostering.roster import Roster
from solvers.staff import StaffMember
from solvers.times import clock

DAYS_A_PAGE = 2


def cover_sheet(book: Workbook, roster: Roster, problem: RosterProblem, title: str, say: Words) -> None:
    """A row per interval, two columns per skill; a shortage is white on black with its number at the end."""
    sheet = book.create_sheet(say("sheet.cover"))
    skills = sorted({line.skill for line in roster.cover})
    told = {(line.date, line.start_min, line.skill): line for line in roster.cover}
    heads(sheet, 1, [say("label.date"), say("label.time"), *(s for skill in skills for s in (skill, "")),
                     say("label.missing")])  # fmt: skip
    heads(sheet, 2, ["", "", *([say("label.needed"), say("label.rostered")] * len(skills)), ""])
    for number in range(len(skills)):
        sheet.merge_cells(start_row=1, end_row=1, start_column=3 + 2 * number, end_column=4 + 2 * number)
    row, shown = 3, 0
    for day in problem.days:
        for start in range(day.open_min, day.close_min, problem.interval_min):
            put(sheet, row, 1, day_title(day, say))
            put(sheet, row, 2, clock(start))
            missing = 0
            for column, skill in enumerate(skills):
                line = told.get((day.date, start, skill))
                short = line is not None and line.rostered < line.needed
                put(sheet, row, 3 + 2 * column, line.needed if line else 0)
                put(sheet, row, 4 + 2 * column, line.rostered if line else 0, bold=short, fill=BLACK if short else None)
                missing += line.needed - line.rostered if line and short else 0
            put(sheet, row, 3 + 2 * len(skills), missing or None, bold=True, fill=BLACK if missing else None)
            row += 1
        shown += bool(day.day_type)
        if day.day_type and shown % DAYS_A_PAGE == 0:
            sheet.row_breaks.append(Break(id=row - 1))
    widths(sheet, [11, 8, *([7.5] * (2 * len(skills))), 9])
    for_print(sheet, title=title, say=say, head_rows=2, name_columns=2)


def shortage_sheet(book: Workbook, roster: Roster, title: str, say: Words) -> None:
    """Every shortage with number and reason; one clear line when there is none."""
    sheet = book.create_sheet(say("sheet.shortages"))
    heads(sheet, 1, [say(f"label.{key}") for key in ("date", "time", "skill", "missing", "available", "reason")])
    if not roster.shortages:
        put(sheet, 2, 1, say("label.none_missing"), left=True, box=False)
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=6)
    for row, s in enumerate(roster.shortages, start=2):
        values: tuple[str | int, ...] = (s.date, clock(s.start_min), s.skill, s.missing, s.available, say(f"reason.{s.reason}"))
        for column, value in enumerate(values, start=1):
            put(sheet, row, column, value)
    widths(sheet, [13, 9, 24, 10, 12, 38])
    for_print(sheet, title=title, say=say, head_rows=1, landscape=False)


def fairness_sheet(book: Workbook, roster: Roster, people: list[StaffMember], title: str, say: Words) -> None:
    """Hours against contract, weekend, early and late duties, wishes not met: one row a person, sums below."""
    sheet = book.create_sheet(say("sheet.fairness"))
    keys = ("name", "contract", "worked", "share", "duties", "weekends", "early", "late", "unmet")
    heads(sheet, 1, [say(f"label.{key}") for key in keys])
    sums = {person.person: person for person in roster.fairness.persons}
    unmet = Counter(request.person for request in roster.unmet_requests)
    for row, person in enumerate(people, start=2):
        own = sums[person.id]
        share = own.worked_min / own.contract_min if own.contract_min else None
        put(sheet, row, 1, person.name, left=True)
        hours = (own.contract_min / 60, own.worked_min / 60)
        for column, value in enumerate(hours, start=2):
            put(sheet, row, column, value).number_format = "0.0"
        put(sheet, row, 4, share).number_format = "0 %"
        counts = (own.duties, own.weekends, own.early, own.late, unmet[person.id])
        for column, count in enumerate(counts, start=5):
            put(sheet, row, column, count)
    last = len(people) + 2
    put(sheet, last, 1, say("label.total"), bold=True, fill=HEAD, left=True)
    all_sums = roster.fairness.persons
    totals = (sum(s.contract_min for s in all_sums) / 60, sum(s.worked_min for s in all_sums) / 60,
              roster.fairness.mean_share, sum(s.duties for s in all_sums), sum(s.weekends for s in all_sums),
              sum(s.early for s in all_sums), sum(s.late for s in all_sums), len(roster.unmet_requests))  # fmt: skip
    for column, total in enumerate(totals, start=2):
        cell = put(sheet, last, column, total, bold=True, fill=HEAD)
        cell.number_format = "0 %" if column == 4 else ("0.0" if column < 4 else "0")
    widths(sheet, [26, 11, 11, 9, 9, 10, 9, 9, 14])
    for_print(sheet, title=title, say=say, head_rows=1, landscape=False)
