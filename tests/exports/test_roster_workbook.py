"""The roster as a workbook: sums that reconcile, texts that stay texts, sheets that print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.roster_workbook import write_roster_workbook
from solvers.effort import Effort
from solvers.rostering.problem import RosterProblem
from solvers.rostering.roster import Roster
from solvers.rostering.solve import solve
from tests.builders_roster import desk_need, small_centre, worker


@pytest.fixture(scope="module")
def answer() -> tuple[RosterProblem, Roster]:
    staff = (worker("A"), worker("B", leave=("2026-02-02",)), worker("C", contract_hours_per_week=12.0))
    problem = small_centre(staff=staff, needs=(desk_need(3), desk_need(1, skill="cash")), weeks=2)
    return problem, solve(problem, Effort(seconds=3))


@pytest.fixture
def book(answer: tuple[RosterProblem, Roster], tmp_path: Path):
    path = tmp_path / "دهوك roster.xlsx"
    write_roster_workbook(answer[1], answer[0], path, title="Centre & sons")
    return load_workbook(path)


def test_there_is_one_printable_sheet_a_week(book):
    for name in ("Week 1", "Week 2"):
        sheet = book[name]
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.oddHeader.left.text == "Centre && sons"
        assert [cell.value for cell in sheet["A"]][3:6] == ["Person A", "Person B", "Person C"]


def test_hours_of_the_weeks_reconcile_with_the_roster(book, answer):
    roster = answer[1]
    worked = sum(person.worked_min for person in roster.fairness.persons) / 60
    weeks = [book[name] for name in ("Week 1", "Week 2")]
    bottom = [sheet.cell(row=sheet.max_row, column=sheet.max_column).value for sheet in weeks]
    each = sum(sheet.cell(row=row, column=sheet.max_column).value for sheet in weeks for row in (4, 5, 6))
    assert sum(bottom) == pytest.approx(worked) == pytest.approx(each)
    fair = book["Fairness"]
    assert fair.cell(row=fair.max_row, column=3).value == pytest.approx(worked)


def test_the_hours_sheet_holds_live_sums_over_all_its_numbers(book, answer):
    sheet = book["Hours"]
    people, days = len(answer[0].staff), 14
    assert sheet.cell(row=2, column=days + 2).value == "=SUM(B2:O2)"
    assert sheet.cell(row=people + 2, column=days + 2).value == f"=SUM(P2:P{people + 1})"
    numbers = [sheet.cell(row=r, column=c).value or 0 for r in range(2, people + 2) for c in range(2, days + 2)]
    assert sum(numbers) == pytest.approx(sum(p.worked_min for p in answer[1].fairness.persons) / 60)


def test_shortages_stand_out_and_are_listed_with_their_reason(book, answer):
    cover, listed = book["Cover"], book["Shortages"]
    dark = [cell for row in cover.iter_rows(min_row=3) for cell in row if cell.fill.fgColor.rgb == "00222222"]
    missing = sum(cover.cell(row=row, column=cover.max_column).value or 0 for row in range(3, cover.max_row + 1))
    assert missing == sum(s.missing for s in answer[1].shortages) > 0
    assert len(dark) >= len(answer[1].shortages)
    assert listed.max_row == len(answer[1].shortages) + 1
    assert "nobody holds the skill" in {cell.value for cell in listed["F"]}


def test_leave_is_written_into_the_week(book):
    assert book["Week 1"].cell(row=5, column=3).value == "leave"


@pytest.mark.parametrize("name", ["=1+1", "+44", "-x", "@SUM(A1)", '=HYPERLINK("http://x")', "\x07bell\ud800", "a\nb"])
def test_names_never_become_formulas(answer, tmp_path, name):
    problem, roster = answer
    problem = replace(problem, staff=(replace(problem.staff[0], name=name), *problem.staff[1:]))
    write_roster_workbook(roster, problem, tmp_path / "r.xlsx", title=name)
    book = load_workbook(tmp_path / "r.xlsx")
    shown = name.strip("\x07\ud800")
    for sheet in ("Week 1", "Fairness", "Hours"):
        cells = [cell for row in book[sheet].iter_rows() for cell in row if cell.value == shown]
        assert cells
        assert all(cell.data_type == "s" for cell in cells)
    formulas = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert all(formula.startswith("=SUM(") for formula in formulas)


def test_arabic_sheets_run_from_right_to_left(answer, tmp_path):
    write_roster_workbook(answer[1], answer[0], tmp_path / "r.xlsx", title="مركز", language="ar")
    assert all(sheet.sheet_view.rightToLeft for sheet in load_workbook(tmp_path / "r.xlsx"))
