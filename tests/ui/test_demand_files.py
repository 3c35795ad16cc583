"""Files offered for arrivals: logs that are read, questions that they leave open, and files that are refused."""

from __future__ import annotations

import io

import pytest

from layouts.findings import BadInput
from planner.intake.naming import IntakeOptions
from planner.ui.demand.asking import questions_of, with_answers
from planner.ui.demand.taking import MOST_MB, Offered, check_offered, taken_from
from planner.ui.words import Words
from solvers.effort import Cancel
from tests.ui.test_demand_edits import SMALL


def a_log(days: int = 3) -> bytes:
    out = io.StringIO("")
    out.write("date,arrival,call,end,service\n")
    for day in range(days):
        for n in range(30):
            at = 485 + 7 * n
            clock = [f"{(at + k) // 60:02d}:{(at + k) % 60:02d}" for k in (0, 4, 4 + 6 + n % 5)]
            out.write(f"2026-11-{1 + day:02d},{','.join(clock)},Deed\n")
    return out.getvalue().encode()


def test_a_file_that_leaves_something_open_is_read_once_people_have_said_it():
    body = a_log().replace(b"call", b"rung up").replace(b"Deed", b"Akt")
    offered, answers, asked = Offered(name="t.csv", body=body), {}, []
    for choice in ("rung up", "deed"):
        with pytest.raises(BadInput) as open_question:
            taken_from(SMALL, offered, with_answers(IntakeOptions(), answers), lambda _: None, Cancel())
        (question,) = questions_of(open_question.value, SMALL, Words("ar"))
        asked.append((question.part, question.key))
        assert choice in question.choices.values()
        answers[question.part, question.key] = choice
    assert asked == [("columns", "call"), ("services", "Akt")]
    taken = taken_from(SMALL, offered, with_answers(IntakeOptions(), answers), lambda _: None, Cancel())
    assert sum(a.persons for a in taken.project.arrivals if a.service == "deed") == pytest.approx(30.0)
    assert questions_of(BadInput("intake.not_text", file="x"), SMALL, Words("en")) == []
    assert Words("ar").of_input(BadInput("intake.negative", file="x", place="row 3, column n", given="-1")).count("row") == 0


def test_a_log_gives_arrivals_and_names_the_file_as_people_know_it():
    taken = taken_from(SMALL, Offered(name="tickets of May.csv", body=a_log()), IntakeOptions(), lambda _: None, Cancel())
    assert taken.told["kind"] == "log" and taken.told["file"] == "tickets of May.csv"
    deeds = [a.persons for a in taken.project.arrivals if a.service == "deed"]
    assert sum(deeds) == pytest.approx(30.0)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.exe", b"MZ", "page.demand.file.ending"),
        ("a.csv", b"", "page.demand.file.empty"),
        ("a.csv", bytes((MOST_MB + 1) * 2**20), "page.demand.file.too_large"),
    ],
)
def test_files_of_another_kind_or_size_are_refused_before_they_are_read(name, body, code):
    with pytest.raises(BadInput) as told:
        check_offered(Offered(name=name, body=body))
    assert told.value.code == code and "/" not in Words("en").of_input(told.value)


def test_a_broken_file_is_told_by_its_own_name_and_not_by_the_folder_it_was_read_in():
    with pytest.raises(BadInput) as told:
        taken_from(SMALL, Offered(name="x.csv", body=b"nothing,of,this\n1,2,3\n"), IntakeOptions(), lambda _: None, Cancel())
    assert told.value.file == "x.csv"
    assert "/file" not in Words("en").of_input(told.value)
