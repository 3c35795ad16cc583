"""`centreline simulate`: what it prints, the same twice, and what it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from planner.chain_simulation import simulate_days
from planner.cli.entry import run
from tests.example_project import EXAMPLES, read_example


def answer_of(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert run(["simulate", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_waits_with_intervals_people_use_and_abandonment(capsys: pytest.CaptureFixture[str]) -> None:
    answer = answer_of(capsys, str(EXAMPLES / "dahuk"), "--days", "60", "--seed", "7", "--stress")
    assert answer["days"] == 60
    assert answer["seed"] == 7
    for service in answer["services"]:
        wait = service["wait_mean_min"]
        assert wait["low"] < wait["value"] < wait["high"]
        assert service["abandoned"]["value"] == 0.0
    assert all(0.0 < bank["utilisation"]["value"] < 1.0 for bank in answer["banks"])
    assert answer["occupancy"]["peak"] == sorted(answer["occupancy"]["peak"])
    assert [row["name"] for row in answer["stress"]] == ["1", "0.9", "1.1", "1.2"]
    again = answer_of(capsys, str(EXAMPLES / "dahuk"), "--days", "60", "--seed", "7", "--stress")
    assert {**answer, "seconds": 0} == {**again, "seconds": 0}


def test_the_table_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", str(EXAMPLES / "justice"), "--days", "20"]) == 0
    told = capsys.readouterr()
    assert "notary" in told.out
    assert "±" in told.out


def test_no_days_and_no_project_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", str(EXAMPLES / "dahuk"), "--days", "0"]) == 2
    assert run(["simulate", str(tmp_path / "nothing.centreline")]) == 2
    shutil.copytree(EXAMPLES / "dahuk", tmp_path / "copy")
    text = (tmp_path / "copy" / "demand.csv").read_text("utf-8").replace("2.35", "-2.35", 1)
    (tmp_path / "copy" / "demand.csv").write_text(text, "utf-8")
    assert run(["simulate", str(tmp_path / "copy")]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_a_day_answers_alike_through_the_chain() -> None:
    answer = simulate_days(read_example("justice"), days=20, seed=1)
    assert answer["walking"] == {"measured": False, "call_min": {}}
    assert answer["closing"]["unserved_per_day"]["value"] == 0.0
