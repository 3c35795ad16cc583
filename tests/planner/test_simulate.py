"""`centreline simulate`: what it prints, the same twice, and what it refuses."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from planner.chain.simulating import simulate_days
from planner.cli.entry import run
from planner.source import ROSTER, FolderSource
from solvers.scenarios import Scenario
from tests.example_project import EXAMPLES, read_example
from tests.planner.small_centre import a_small_centre, a_small_folder


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


def test_the_people_of_the_stored_roster_serve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_small_folder(tmp_path)
    assert answer_of(capsys, str(folder), "--days", "10")["roster_in_force"] is None
    assert run(["roster", str(folder), "--seconds", "2", "--json"]) in (0, 1)
    rostered = json.loads(capsys.readouterr().out)
    answer = answer_of(capsys, str(folder), "--days", "30")
    force = answer["roster_in_force"]
    on_duty = [duty for duty in rostered["assignments"] if duty["date"] == force["date"]]
    assert force["used"]
    assert force["roster"] == rostered["solution"]["question_digest"]
    assert force["people"] == len(on_duty)
    source = FolderSource(folder)
    absent = {**rostered, "assignments": [d for d in rostered["assignments"] if d["date"] != force["date"] or d is on_duty[0]]}
    source.answers.put(force["roster"], ROSTER, absent)
    alone = answer_of(capsys, str(folder), "--days", "30")
    assert alone["roster_in_force"]["people"] == 1
    assert alone["closing"]["unserved_per_day"]["value"] > answer["closing"]["unserved_per_day"]["value"]


def test_a_roster_of_another_question_is_named_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_small_folder(tmp_path)
    assert run(["roster", str(folder), "--seconds", "2", "--json"]) in (0, 1)
    text = (folder / "demand.csv").read_text("utf-8")
    (folder / "demand.csv").write_text(text.replace(",4.0", ",14.0").replace(",4\n", ",14\n"), "utf-8")
    capsys.readouterr()
    force = answer_of(capsys, str(folder), "--days", "10")["roster_in_force"]
    assert (force["used"], force["reason"]) == (False, "roster.outdated")


def test_scenarios_of_the_project_stand_beside_its_base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = (
        Scenario(id="one_less", positions={"registration": -1}),
        Scenario(id="nobody_pays", positions={"cashier": -1}),
        Scenario(id="quicker", service_time_factor=0.8, demand_factor=1.1),
    )
    folder = a_small_folder(tmp_path, scenarios=named)
    rows = answer_of(capsys, str(folder), "--days", "60", "--scenarios")["scenarios"]
    base, less, nobody, quicker = rows
    assert [row["name"] for row in rows] == ["base", "one_less", "nobody_pays", "quicker"]
    assert base["tie"]
    assert less["wait_more_min"]["low"] > 0.0
    assert nobody["not_served"]["low"] > 0.4 > base["not_served"]["high"], "their waits are not told by those served"
    assert less["planned"] == {**base["planned"]}, "closing a counter changes what is open, not what is needed"
    assert quicker["visitors_per_day"] == pytest.approx(1.1 * base["visitors_per_day"], rel=0.05)
    assert quicker["changes"] == {"id": "quicker", "service_time_factor": 0.8, "demand_factor": 1.1}


@pytest.mark.parametrize("example", ["dahuk", "justice"])
def test_base_peak_growth_and_both_processes_in_one_run(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = (str(EXAMPLES / example), "--days", "60", "--seed", "5", "--scenarios")
    told = answer_of(capsys, *words)
    rows = {row["name"]: row for row in told["scenarios"]}
    assert list(rows) == ["base", "peak", "growth", "re_engineered", "as_is"]
    base, new, today = rows["base"], rows["re_engineered"], rows["as_is"]
    assert base["wait_mean_min"] == new["wait_mean_min"], "the services of the examples are the new way already"
    assert new["tie"]
    for name in ("peak", "growth", "as_is"):
        more = rows[name]["wait_more_min"]
        assert 0.0 < more["low"] < more["value"] < more["high"], name
        assert rows[name]["wait_mean_min"]["value"] - base["wait_mean_min"]["value"] == pytest.approx(more["value"], abs=2e-4)
        alone, first = rows[name]["wait_mean_min"], base["wait_mean_min"]
        assert more["high"] - more["low"] < alone["high"] - alone["low"] + first["high"] - first["low"], "same days tell more"
        assert rows[name]["planned"]["staff_hours_per_week"] > base["planned"]["staff_hours_per_week"]
    assert today["visitors_per_day"] > 1.2 * new["visitors_per_day"], "second visits and papers that were missing"
    assert answer_of(capsys, *words)["scenarios"] == told["scenarios"]


def test_a_process_named_by_a_scenario_is_lived_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(EXAMPLES / "justice", tmp_path / "copy")
    named = '\n[[scenarios]]\nid = "before"\nprocess = "as_is"\n\n[[scenarios]]\nid = "after"\nprocess = "to_be"\n'
    with (tmp_path / "copy" / "project.toml").open("a", encoding="utf-8") as file:
        file.write(named + 'demand_factor = 1.1\npositions = { notary = 1 }\n')
    rows = answer_of(capsys, str(tmp_path / "copy"), "--days", "40", "--scenarios")["scenarios"]
    assert [row["name"] for row in rows] == ["base", "before", "after"]
    assert rows[1]["changes"] == {"id": "before", "process": "as_is"}
    usual = answer_of(capsys, str(EXAMPLES / "justice"), "--days", "40", "--scenarios")["scenarios"]
    assert rows[1]["wait_more_min"] == next(row for row in usual if row["name"] == "as_is")["wait_more_min"]
    assert rows[2]["visitors_per_day"] == pytest.approx(1.1 * rows[0]["visitors_per_day"], rel=0.02)


def test_new_processes_pay_back_against_those_of_today(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["capacity", str(EXAMPLES / "dahuk"), "--buying", "--json"]) == 0
    payback = json.loads(capsys.readouterr().out)["buying"]["payback"]
    assert payback["against"] == "as_is"
    assert payback["before_per_year"] > payback["after_per_year"]
    assert payback["years"] == pytest.approx(payback["one_off"] / (payback["before_per_year"] - payback["after_per_year"]))


def test_a_refined_plan_is_searched_once_for_all_demands(monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.chain import refining
    from planner.scenarios import study_capacity

    asked: list[object] = []
    found = refining.refine_week
    monkeypatch.setattr(refining, "_known", {})
    monkeypatch.setattr(refining, "refine_week", lambda question, **rest: (asked.append(question), found(question, **rest))[1])
    small = a_small_centre()
    study = study_capacity(replace(small, planning=replace(small.planning, staffing="refined")))
    assert len(asked) == 1
    assert study.capacity["staffing"] == "refined"
    assert {line.staffing for line in study.scenarios} == {"transient"}
    today, planned, more = study.scenarios
    assert today.staff_hours_per_week <= planned.staff_hours_per_week <= more.staff_hours_per_week


def test_a_scenario_of_an_unknown_bank_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_small_folder(tmp_path, scenarios=(Scenario(id="odd", positions={"till": 1}),))
    assert run(["simulate", str(folder), "--days", "2"]) == 2
    assert "till" in capsys.readouterr().err


def test_a_scenario_under_an_undescribed_process_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_small_folder(tmp_path, scenarios=(Scenario(id="new", process="to_be"),))
    assert run(["simulate", str(folder), "--days", "2", "--scenarios"]) == 2
    assert "no processes" in capsys.readouterr().err
