"""The command line: exit codes, one sentence for what is wrong, one JSON object and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exports.layout_json import layout_to_json
from layouts.layout import Item, Layout, LevelLayout
from planner import chain
from planner.answers import FolderAnswers
from planner.cli.entry import run
from planner.folder import read_folder
from planner.project import Project
from planner.reading import plain
from tests.planner.builders import DEMAND, a_folder, a_plan

SQUARE = ((0, 0), (1500, 0), (1500, 800), (0, 800))
PLACED = Layout(
    levels=(
        LevelLayout(
            level="l0",
            items=(Item(id="n1", kind="counter", bank="notary", polygon=SQUARE, insert_mm=(750, 0), rotation_deg=0.0),),
            public=(),
            staff=(),
        ),
    )
)


def a_placement(status: str = "feasible", digest: str = "ab" * 32, **more: Any) -> dict[str, Any]:
    return {
        "solution": {"status": status, "question_digest": digest},
        "measures": {},
        "layout": layout_to_json(a_plan(), PLACED) if status in ("feasible", "cancelled") else None,
        "findings": [],
        "not_checked": [],
    } | more


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path)


def answers(monkeypatch: pytest.MonkeyPatch, name: str, answer: dict[str, Any]) -> None:
    monkeypatch.setattr(chain, name, lambda *_: answer)


@pytest.mark.parametrize(("status", "code"), [("feasible", 0), ("infeasible", 3), ("unknown", 4), ("cancelled", 130)])
def test_the_status_of_a_solution_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, folder: Path, status: str, code: int
) -> None:
    answers(monkeypatch, "place_layout", a_placement(status))
    assert run(["place", str(folder), "--json"]) == code


def test_a_failed_check_and_a_shortage_exit_1(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    failed = {"code": "x", "status": "fail", "severity": "error", "where": [], "values": {}}
    answers(monkeypatch, "place_layout", a_placement(findings=[failed]))
    assert run(["place", str(folder), "--json"]) == 1
    short = {"solution": {"status": "optimal", "question_digest": "cd" * 32}, "shortages": [{"missing": 1}]}
    answers(monkeypatch, "draw_up_roster", short)
    assert run(["roster", str(folder), "--json"]) == 1


def test_no_plan_is_explained_in_sentences(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reasons = [{"code": "layout.none_yet", "values": {"file": "the north wing"}}]
    answers(monkeypatch, "place_layout", a_placement("infeasible", explanation=reasons))
    assert run(["place", str(folder)]) == 3
    told = capsys.readouterr().err
    assert "the north wing" in told
    assert "proven" in told


def test_json_is_one_object_on_stdout_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, "place_layout", a_placement())
    run(["place", str(folder), "--json"])
    assert json.loads(capsys.readouterr().out)["solution"]["status"] == "feasible"


def test_bad_input_is_one_sentence_with_place_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = a_folder(tmp_path, demand=DEMAND.replace("6.5", "-1"))
    assert run(["capacity", str(broken)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "demand.csv" in told.err
    assert "row 3, column persons is -1;" in told.err


def test_bad_input_with_json_is_one_object_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["capacity", str(tmp_path / "nowhere"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "document.missing_project"


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["place"], ["place", "p", "--effort", "heroic"], ["place", "p", "--seconds", "-1"], ["plan", "p"]],
)
def test_a_mistyped_command_is_one_sentence_and_exit_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert re.match(r"\w.*; expected", told), "what is wrong comes first"


def test_a_candidate_is_stored_accepted_and_pinned(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    assert run(["check", str(folder)]) == 2, "nothing is placed yet"
    assert run(["pin", str(folder), "notary"]) == 2, "nothing is accepted yet"
    answers(monkeypatch, "place_layout", a_placement())
    assert run(["place", str(folder)]) == 0
    assert run(["accept", str(folder), "abab"]) == 0
    assert run(["pin", str(folder), "notary", "n1"]) == 0
    assert run(["pin", str(folder), "throne"]) == 2
    project = read_folder(folder)
    assert project.accepted is not None
    assert project.accepted.layout == PLACED
    assert [p.id for p in project.pins] == ["notary", "n1"]


@pytest.mark.parametrize("layout", [None, 7, {}, {"levels": 3}, {"frame": {}, "levels": [{"id": "l0"}]}])
def test_an_answer_from_elsewhere_that_is_no_layout_is_refused(folder: Path, layout: Any) -> None:
    FolderAnswers(folder).put("ab" * 32, "placement", {"layout": layout})
    assert run(["accept", str(folder)]) == 2


def test_nothing_is_placed_without_a_sound_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_folder(tmp_path, plan=False)
    assert run(["place", str(folder)]) == 2
    assert "centreline import" in capsys.readouterr().err
    door = replace(a_plan().levels[0].doors[0], use="internal", p=(5000, 4000), q=(6000, 4000))
    level = replace(a_plan().levels[0], doors=(door,))
    (folder / "plan.json").write_text(json.dumps(plain(replace(a_plan(), levels=(level,)))), "utf-8")
    assert run(["place", str(folder)]) == 2
    told = capsys.readouterr().err
    assert "plan.json" in told
    assert "d1" in told


def test_an_unknown_candidate_is_refused(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    answers(monkeypatch, "place_layout", a_placement())
    run(["place", str(folder)])
    assert run(["accept", str(folder), "ffff"]) == 2


def test_check_uses_the_newest_candidate_and_names_it(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[Project] = []
    monkeypatch.setattr(chain, "check_layout", lambda project: seen.append(project) or {"findings": []})
    for digest in ("11" * 32, "22" * 32):
        answers(monkeypatch, "place_layout", a_placement(digest=digest))
        run(["place", str(folder)])
    capsys.readouterr()
    assert run(["check", str(folder), "--json"]) == 0
    named = json.loads(capsys.readouterr().out)["layout_in_force"]
    assert named == {"candidate": "22" * 32, "accepted": False}
    assert seen[0].accepted is not None


def test_a_fault_of_ours_is_not_taken_for_a_failed_check(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def broken(_: Project) -> dict[str, Any]:
        raise RuntimeError("ours")

    monkeypatch.setattr(chain, "plan_capacity", broken)
    assert run(["capacity", str(folder)]) == 70
