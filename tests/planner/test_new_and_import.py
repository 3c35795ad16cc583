"""From an example to a project of one's own, and from a drawing to its plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.cli.entry import run
from planner.examples import example
from planner.folder import read_folder
from planner.source import open_source

DAHUK_PLAN = example("dahuk") / "plan.dxf"
JUSTICE_PLAN = example("justice") / "plan.dxf"


@pytest.mark.parametrize(("template", "name"), [("dahuk", "dahuk"), ("labour", "dahuk"), ("justice", "justice")])
def test_a_new_folder_is_the_example(tmp_path: Path, template: str, name: str) -> None:
    assert run(["new", str(tmp_path / "mine"), "--template", template]) == 0
    assert read_folder(tmp_path / "mine") == read_folder(example(name))
    assert not (tmp_path / "mine" / ".answers").exists()


def test_a_new_file_holds_the_example_and_its_drawing_and_unpacks_to_it(tmp_path: Path) -> None:
    file, folder = tmp_path / "مركز.centreline", tmp_path / "مركز"
    assert run(["new", str(file), "--template", "justice"]) == 0
    with open_source(file) as source:
        assert source.project == read_folder(example("justice"))
        assert source.drawing() == JUSTICE_PLAN.read_bytes()
    assert run(["unpack", str(file)]) == 0
    assert read_folder(folder) == read_folder(example("justice"))
    assert (folder / "plan.dxf").read_bytes() == JUSTICE_PLAN.read_bytes()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    assert run(["new", str(tmp_path / "mine")]) == 0
    assert run(["new", str(tmp_path / "mine")]) == 2
    assert run(["pack", str(tmp_path / "mine")]) == 0
    assert run(["pack", str(tmp_path / "mine")]) == 2
    assert run(["unpack", str(tmp_path / "mine.centreline")]) == 2


@pytest.mark.parametrize("name", ["mine", "mine.centreline"])
def test_another_drawing_takes_the_plans_place_only_when_asked(tmp_path: Path, name: str) -> None:
    project = tmp_path / name
    run(["new", str(project), "--template", "dahuk"])
    assert run(["import", str(JUSTICE_PLAN), "--into", str(project)]) == 2
    assert run(["import", str(JUSTICE_PLAN), "--into", str(project), "--revise"]) == 0
    with open_source(project) as source:
        assert source.project.plan == read_folder(example("justice")).plan
        assert source.drawing() == JUSTICE_PLAN.read_bytes()


def test_an_import_leaves_the_comments_of_project_toml(tmp_path: Path) -> None:
    run(["new", str(tmp_path / "mine"), "--template", "dahuk"])
    toml = tmp_path / "mine" / "project.toml"
    before = toml.read_text("utf-8")
    assert "# " in before
    run(["import", str(JUSTICE_PLAN), "--into", str(tmp_path / "mine"), "--revise"])
    run(["import", str(DAHUK_PLAN), "--into", str(tmp_path / "mine"), "--revise"])
    after = toml.read_text("utf-8")
    assert after.startswith(before.rstrip())
    assert after.count("[drawing]") == 1


def test_an_import_says_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "read.svg"
    assert run(["import", str(DAHUK_PLAN), "--preview", str(picture), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["unit"] == "mm"
    assert 600 <= told["outline_m2"] <= 900
    assert told["doors"] > 2
    assert {"spaces", "walls", "columns", "confidence", "warnings", "census", "scale_to_mm"} <= set(told)
    assert picture.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize(("name", "code"), [("plan.odt", "drawing.unknown_kind"), ("none.dxf", "document.missing_file")])
def test_what_is_no_drawing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, code: str) -> None:
    assert run(["import", str(tmp_path / name), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code
