"""Whatever bytes come, the answer is a table or one sentence, never a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from exports.words import sentence_for_input
from layouts.findings import BadInput
from planner.intake.log_file import read_log
from planner.intake.taking import take_file
from tests.planner.small_centre import a_small_centre

PROJECT = a_small_centre()
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELL = st.one_of(
    st.sampled_from(
        ["Deed", "sun", "mon", "08:00", "08:30", "2027-01-03", "-1", "٣", "=A1", "", "1e9", "99:99", "31.02.2027", "\u202e"]
    ),
    st.text(max_size=6),
)
HEADINGS = st.sampled_from(
    [
        "Date,Service,Arrival,Called,End",
        "day_type,start,service,persons",
        "day,service,persons",
        "time,waiting,open,service,date",
    ]
)


def told(file: Path) -> str:
    """The sentence, or nothing where the file was taken."""
    try:
        take_file(PROJECT, file)
    except BadInput as error:
        return sentence_for_input(error)
    return ""


@QUIET
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_a_sentence(tmp_path, body):
    file = tmp_path / "any.csv"
    file.write_bytes(body)
    assert told(file).endswith((".", ")"))


@QUIET
@given(HEADINGS, st.lists(st.lists(CELL, min_size=1, max_size=6), max_size=6), st.sampled_from(",;\t"))
def test_any_cells_under_known_headings_are_taken_or_refused_in_a_sentence(tmp_path, headings, rows, sign):
    file = tmp_path / "any.csv"
    file.write_text("\n".join([headings.replace(",", sign), *(sign.join(row) for row in rows)]), "utf-8")
    sentence = told(file)
    assert sentence == "" or "any.csv" in sentence


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_is_taken_or_refused_in_a_sentence(tmp_path, seed):
    chance, file = random.Random(seed), tmp_path / "log.xlsx"
    book = Workbook()
    for row in (["Date", "Service", "Arrival", "Called", "End"], ["2027-01-03", "Deed", "08:05", "08:10", "08:20"]):
        book.active.append(row)
    book.save(file)
    body = bytearray(file.read_bytes())
    for _ in range(chance.randint(1, 30)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    file.write_bytes(bytes(body[: chance.randint(len(body) // 2, len(body))]))
    try:
        assert read_log(file).tickets
    except BadInput as error:
        assert "log.xlsx" in sentence_for_input(error)
