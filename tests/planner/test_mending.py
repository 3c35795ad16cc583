"""Who cannot come, as a manager writes it, and what becomes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from layouts.findings import BadInput
from planner.chain.mending import absence_told, changes_between, with_leave
from planner.cli.entry import run
from planner.folder import read_folder
from solvers.rostering.repair import Absence
from tests.planner.small_centre import a_small_centre, a_small_folder


def test_an_absence_is_a_person_and_a_date_or_a_span_of_dates() -> None:
    assert absence_told("s07:2026-12-07") == Absence(person="s07", dates=("2026-12-07",))
    assert absence_told("علي:2026-12-30..2027-01-01").dates == ("2026-12-30", "2026-12-31", "2027-01-01")


@pytest.mark.parametrize(
    "text", ["s07", "s07:tomorrow", "s07:2026-13-01", ":2026-12-07", "s07:2026-12-09..2026-12-07", "a.json"]
)
def test_what_is_no_absence_is_none(text: str) -> None:
    assert absence_told(text) is None


def test_leave_goes_to_the_person_alone_and_once() -> None:
    project = a_small_centre()
    person = project.staff[1].id
    away = [Absence(person=person, dates=("2026-12-07",))]
    twice = with_leave(with_leave(project, away), away)
    assert [p.leave.count("2026-12-07") for p in twice.staff] == [int(p.id == person) for p in project.staff]


def test_nobody_of_that_id_is_bad_input() -> None:
    with pytest.raises(BadInput) as refused:
        with_leave(a_small_centre(), [Absence(person="nobody", dates=("2026-12-07",))])
    assert refused.value.code == "roster.unknown_person"


def test_changes_are_told_as_hours_before_and_now() -> None:
    def duty(person: str, start: int) -> dict:
        return {"date": "2026-12-07", "person": person, "start_min": start, "end_min": start + 300}

    before = {"assignments": [duty("a", 480), duty("b", 480)]}
    after = {"assignments": [duty("a", 480), duty("c", 540)]}
    assert changes_between(before, after) == [
        {"date": "2026-12-07", "person": "b", "was": "08:00-13:00", "now": ""},
        {"date": "2026-12-07", "person": "c", "was": "", "now": "09:00-14:00"},
    ]


def test_a_sick_call_on_the_command_line_changes_the_newest_roster_and_enters_leave(tmp_path: Path, capsys) -> None:
    folder = a_small_folder(tmp_path)
    assert run(["roster", str(folder), "--repair", "s2:2026-12-09"]) == 2
    assert "draw one up first" in capsys.readouterr().err
    run(["roster", str(folder), "--seconds", "2", "--json"])
    before = json.loads(capsys.readouterr().out)
    ill, day = next((d["person"], d["date"]) for d in before["assignments"] if d["date"] > "2026-12-06")
    run(["roster", str(folder), "--seconds", "2", "--repair", f"{ill}:{day}", "--json"])
    after = json.loads(capsys.readouterr().out)
    assert [c["now"] for c in after["changes"] if (c["person"], c["date"]) == (ill, day)] == [""]
    assert day in next(p for p in read_folder(folder).staff if p.id == ill).leave
    assert run(["roster", str(folder), "--repair", "tomorrow"]) == 2
    assert "neither an absence like" in capsys.readouterr().err
