"""What people get wrong in demand and services: one sentence each, with file, row and column, and exit code 2."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from planner.cli.entry import run
from tests.example_project import EXAMPLES
from tests.planner.small_centre import a_small_centre, a_small_folder

LOG = "date,service,counter,arrival,call,end\n2026-03-01,Stipend,1,09:00,09:05,09:12\n"


def edited(file: str, before: str, after: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert before in text
        (folder / file).write_text(text.replace(before, after, 1), "utf-8")

    return edit


def rows(change: Callable[[list[str]], None]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        lines = (folder / "demand.csv").read_text("utf-8").splitlines()
        change(lines)
        (folder / "demand.csv").write_text("\n".join(lines) + "\n", "utf-8")

    return edit


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (edited("demand.csv", "2.35", "-2.35"), "demand.csv: row 2, column persons is -2.35"),
        (edited("demand.csv", "2.35", ""), "demand.csv, row 2, column persons: '' is not a number"),
        (rows(lambda lines: lines.pop(5)), "has no row from 08:00"),
        (rows(lambda lines: lines.insert(6, lines[5])), "row 7, column start"),
        (edited("project.toml", 'skill = "registration", ', ""), "project.toml: processes[0].visits[0].journey[3].skill"),
        (edited("project.toml", "share = 0.36", "share = 0.66"), "shares of visitor_classes sum to 1.3"),
        (edited("project.toml", 'bank = "registration", ', 'bank = "registration", probability = 1.4, '), "probability is 1.4"),
    ],
)
def test_a_project_that_cannot_be_right(
    spoil: Callable[[Path], None], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLES / "dahuk", tmp_path / "copy")
    spoil(tmp_path / "copy")
    assert run(["capacity", str(tmp_path / "copy")]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_an_overloaded_bank_is_told_with_those_left_at_closing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small = a_small_centre()
    crowd = tuple(replace(row, persons=4.0 * row.persons) for row in small.arrivals)
    narrow = tuple(replace(bank, most_positions=1) if bank.id == "registration" else bank for bank in small.banks)
    folder = a_small_folder(tmp_path, arrivals=crowd, banks=narrow)
    assert run(["capacity", str(folder)]) == 1
    error = capsys.readouterr().err
    assert "registration cannot serve all who come" in error
    assert "still unserved at closing" in error
    assert run(["simulate", str(folder), "--days", "3"]) == 0


def clocks_that_jump(file: Path) -> Path:
    file.write_text(LOG + "2026-03-01,Stipend,1,09:20,09:10,09:22\n", "utf-8")
    return file


def bytes_that_are_no_text(file: Path) -> Path:
    file.write_bytes(b"\xff\xfe\x00\xd8" + b"\x81\x8d\x8f\x90" * 20)
    return file


def merged_cells(file: Path) -> Path:
    book = openpyxl.Workbook()
    for line in (*LOG.splitlines(), "2026-03-01,Stipend,1,09:10,09:15,09:22"):
        book.active.append(line.split(","))
    book.active.merge_cells("B2:B3")
    book.save(file.with_suffix(".xlsx"))
    return file.with_suffix(".xlsx")


def a_formula_as_text(file: Path) -> Path:
    file.write_text("day_type,service,start,persons\npeak,stipend_payment,08:00,=2+3\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (clocks_that_jump, "row 3, column call: the clock jumps"),
        (bytes_that_are_no_text, "is not utf-16 at row 1, character 3"),
        (merged_cells, "row 2, column B: the cells B2:B3 are merged"),
        (a_formula_as_text, "row 2, column persons: '=2+3' is a formula kept as text"),
    ],
)
def test_a_file_that_cannot_be_right(
    made: Callable[[Path], Path], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = made(tmp_path / "given.csv")
    words = ["demand", str(EXAMPLES / "dahuk"), "--from", str(file), "--dry-run", "--service", "Stipend=stipend_payment"]
    assert run(words) == 2
    error = capsys.readouterr().err
    assert file.name in error
    assert told in error
    assert error.count("\n") == 1
