"""Positions refined by simulation: kept with the project, used by what follows, and never believed unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from planner import chain
from planner.chain import refining
from planner.chain.asked import capacity_of, recall_staffing
from planner.cli.entry import run
from planner.project import Planning, Project
from planner.source import FolderSource
from tests.planner.small_centre import a_small_centre, a_small_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(refining, "_known", {})
    return a_small_folder(tmp_path, planning=replace(a_small_centre().planning, staffing="refined"))


def refined_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    assert run(["capacity", str(folder), "--refine", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_was_refined_is_stored_and_taken_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = refined_once(folder, capsys)
    assert told["staffing"] == "refined"
    assert told["standard"]["holds_over"] == "day"
    (day,) = told["refined"]["days"]
    assert day["hours"] <= day["hours_by_formula"]
    for bank in day["banks"]:
        assert bank["p_within"]["high"] >= bank["share_within"]
    refining._known.clear()
    source = FolderSource(folder)
    assert recall_staffing(source.answers, source.project), "judged anew and found good"
    plan = capacity_of(source.project)
    assert {each.bank.id: list(each.day.open) for each in plan.banks} == {bank["id"]: bank["open"] for bank in day["banks"]}


def test_cover_follows_the_refined_positions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = refined_once(folder, capsys)
    most = {need["skill"]: 0 for need in told["cover"]}
    for need in told["cover"]:
        most[need["skill"]] = max(most[need["skill"]], need["needed"])
    assert most == {bank["id"]: bank["positions"] for bank in told["banks"]}


@pytest.mark.parametrize("spoiled", [[], [[0] * 8], "many", [{"day_type": "weekday", "bank": "cashier", "open": [1, 1.5]}]])
def test_a_stored_answer_that_does_not_hold_is_not_used(folder: Path, spoiled: object) -> None:
    source = FolderSource(folder)
    question = chain.capacity_question(source.project)
    source.answers.put(refining.staffing_digest(question, "day"), refining.STAFFING, {"opened": spoiled})
    assert not recall_staffing(source.answers, source.project)


def test_positions_that_break_the_promise_are_not_used_either(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = refined_once(folder, capsys)
    source = FolderSource(folder)
    banks = told["refined"]["days"][0]["banks"]
    assert any(max(bank["open"]) > 1 for bank in banks)
    rows = [{"day_type": "weekday", "bank": bank["id"], "open": [1] * len(bank["open"])} for bank in banks]
    question = chain.capacity_question(source.project)
    source.answers.put(refining.staffing_digest(question, "day"), refining.STAFFING, {"opened": rows})
    refining._known.clear()
    assert not recall_staffing(source.answers, source.project)


def test_another_question_has_another_answer() -> None:
    project: Project = a_small_centre()
    exact = replace(project, planning=Planning(staffing="transient"))
    names = {refining.staffing_digest(chain.capacity_question(each), "day") for each in (project, exact)}
    assert len(names) == 2
