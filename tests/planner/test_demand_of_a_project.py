"""A project's demand beyond counts: processes, areas, seasons, bookings, and tables that do not hold together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from exports.report import report_html
from layouts.findings import BadInput
from planner.chain.demanding import areas_of, demand_of, processes_of, with_process, year_of
from planner.cli.entry import run
from planner.folder import read_folder, write_folder
from solvers.services import Appointments, JointVisit, Process, Season, Visit
from tests.planner.small_centre import a_small_centre, a_small_folder, step

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


AS_IS = Process(
    service="deed",
    variant="as_is",
    completion=0.5,
    visits=(Visit(name="Filing", documents=4, journey=(step("registration", 12.0),)),),
)


def test_processes_stand_side_by_side_with_the_capacity_each_needs(tmp_path, capsys):
    folder = a_small_folder(tmp_path, processes=(AS_IS,))
    assert run(["processes", str(folder), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    (deed,) = answer["services"]
    assert (deed["as_is"]["visits_per_case"], deed["to_be"]["visits_per_case"]) == (2.0, 1.0)
    assert answer["capacity"]["saved"]["positions"] > 0
    assert processes_of(read_folder(folder)) == answer
    with pytest.raises(BadInput, match=r"processes\.none"):
        processes_of(a_small_centre())


@pytest.mark.parametrize("name", ["dahuk", "justice"])
def test_the_examples_gain_by_re_engineering(name):
    answer = processes_of(read_folder(EXAMPLES / name))
    assert len(answer["services"]) == 4
    for service in answer["services"]:
        assert service["saved"]["documents"] > 0 and service["saved"]["clerk_min"] > 0
    assert answer["capacity"]["saved"]["positions"] > 5 and answer["capacity"]["saved"]["staff_hours_per_week"] > 200


def test_the_report_shows_processes_and_areas_in_words_and_harmless_names():
    project = read_folder(EXAMPLES / "dahuk")
    named = replace(project.services[0], name="<b>Stipend</b>")
    project = replace(project, services=(named, *project.services[1:]))
    answers = {"areas": areas_of(project), "processes": processes_of(project)}
    page = report_html(answers)
    saved = answers["processes"]["capacity"]["saved"]
    assert f"{saved['positions']} fewer positions" in page
    assert "&lt;b&gt;Stipend" in page and "<b>Stipend" not in page
    assert "crowded 0.4–0.6" in page and "Gross m²" in page
    assert "Before and after" not in report_html({})


@pytest.mark.parametrize("name", ["dahuk", "justice"])
def test_the_examples_can_be_planned_for_ramadan(name):
    project = read_folder(EXAMPLES / name)
    fasting = replace(project, planning=replace(project.planning, season="ramadan"))
    usual, short = demand_of(project)["day_types"], demand_of(fasting)["day_types"]
    for before, after in zip(usual, short):
        assert after["persons_per_day"] == pytest.approx(0.8 * before["persons_per_day"], rel=1e-3)
        assert (after["starts_min"][0], after["starts_min"][-1]) == (540, 750)
    assert year_of(project, 2027)["seasons"] == {"ramadan": 30}


def test_the_re_engineered_scenario_is_the_project_as_it_stands():
    project = read_folder(EXAMPLES / "dahuk")
    demand = {variant: demand_of(with_process(project, variant))["day_types"] for variant in ("", "as_is", "to_be")}
    assert demand["to_be"] == demand[""] != demand["as_is"]


def test_areas_tell_where_the_centre_stands_and_three_sizes(tmp_path, capsys):
    folder = a_small_folder(tmp_path)
    assert run(["areas", str(folder), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["floor_m2"] == 300.0 and answer == areas_of(read_folder(folder))
    assert [row["size"] for row in answer["sizes"]] == ["this", "small", "medium", "large"]
    nets = [row["net_m2"] for row in answer["sizes"][1:]]
    assert nets == sorted(nets)
    assert answer["net_m2"] < answer["with_circulation_m2"] < answer["gross_m2"]
    assert {f["code"] for f in answer["findings"]} >= {"areas.floor_per_visit", "areas.hall_per_window"}


def test_a_centre_without_plan_is_measured_by_the_floor_it_asks_for():
    answer = areas_of(a_small_centre(plan=None))
    per_visit = next(m["value"] for m in answer["measures"] if m["measure"] == "floor_per_daily_visit")
    assert answer["floor_m2"] is None and per_visit == pytest.approx(answer["gross_m2"] / 56, abs=1e-3)


def test_the_year_of_a_project_knows_its_holidays_and_seasons():
    season = Season(id="ramadan", name="Ramadan", periods=("2027-02-08..2027-03-09",), factor=0.5)
    year = year_of(a_small_centre(seasons=(season,)), 2027)
    months = {row["month"]: row["persons"] / row["open_days"] for row in year["months"]}
    assert months["2027-01"] == pytest.approx(56.0) and months["2027-02"] < 40
    assert any(closed["name"] for closed in year["closed"]) and year["open_days"] < 262


def test_seasons_joint_visits_and_bookings_reach_the_capacity_question(tmp_path, capsys):
    season = Season(id="rush", name="Rush", periods=("06-01..08-31",), factor=2.0, open_min=480, close_min=660)
    project = a_small_centre(
        seasons=(season,),
        joint_visits=(JointVisit(services=("deed", "enquiry"), share=0.25),),
        appointments=(Appointments(service="enquiry", booked_share=0.3, no_show_share=0.0, slot_min=20),),
    )
    project = replace(project, planning=replace(project.planning, season="rush"))
    folder = tmp_path / "rush"
    write_folder(project, folder)
    assert read_folder(folder) == project
    assert run(["demand", str(folder), "--json"]) == 0
    (day,) = json.loads(capsys.readouterr().out)["day_types"]
    assert {s["id"]: s["per_day"] for s in day["services"]} == pytest.approx(
        {"deed": 48.0, "enquiry": 32.0, "deed+enquiry": 16.0}
    )
    assert (day["starts_min"][0], day["starts_min"][-1]) == (480, 630)
    assert run(["capacity", str(folder), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {s["id"] for s in answer["services"]} == {"deed", "enquiry", "deed+enquiry"}
    assert run(["simulate", str(folder), "--days", "5", "--json"]) == 0


def joined(*services: str) -> JointVisit:
    return JointVisit(services=services, share=0.2)


def season(period: str = "01-01", **more: int) -> Season:
    return Season(id="x", name="x", periods=(period,), **more)


@pytest.mark.parametrize(
    ("changed", "code", "place"),
    [
        ({"joint_visits": (joined("deed", "card"),)}, "document.dangling_id", "joint_visits[0].services[1]"),
        ({"joint_visits": (joined("deed"),)}, "document.not_several_services", "joint_visits[0].services"),
        ({"seasons": (season("soon"),)}, "document.not_a_period", "seasons[0].periods[0]"),
        ({"seasons": (season(open_min=600, close_min=540),)}, "document.ends_before_start", "seasons[0].close_min"),
        ({"processes": (replace(AS_IS, service="card"),)}, "document.dangling_id", "processes[0].service"),
        ({"processes": (AS_IS, AS_IS)}, "document.process_twice", "processes[1]"),
        ({"processes": (replace(AS_IS, variant="later"),)}, "document.not_one_of", "processes[0].variant"),
        (
            {"appointments": (Appointments(service="deed", booked_share=0.7, no_show_share=0.1),) * 2},
            "document.shares_above_one",
            "appointments[1].booked_share",
        ),
    ],
)  # fmt: skip
def test_demand_that_does_not_hold_together_is_refused_with_file_and_place(tmp_path, changed, code, place, capsys):
    folder = tmp_path / "bad"
    write_folder(a_small_centre(**changed), folder)
    assert run(["demand", str(folder), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], error["place"]) == (code, place)
    assert error["file"].endswith("project.toml") and error["sentence"].startswith(error["file"])


def test_an_overloaded_service_is_told_with_its_backlog_at_closing_and_no_exception(tmp_path, capsys):
    project = a_small_centre()
    banks = tuple(replace(bank, most_positions=1 if bank.id == "registration" else 0) for bank in project.banks)
    folder = tmp_path / "crowded"
    write_folder(replace(project, banks=banks), folder)
    assert run(["capacity", str(folder), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    (overload,) = [f for f in answer["findings"] if f["code"] == "capacity.overload"]
    assert overload["where"] == ["registration"] and overload["measured"] == pytest.approx(2.0, abs=0.1)
    bank = next(b for b in answer["banks"] if b["id"] == "registration")
    assert bank["positions"] == 1 and min(bank["load_erlang"]) >= 1.0


@pytest.mark.parametrize(
    ("cell", "code"),
    [("-1", "document.out_of_range"), ("", "table.not_number"), ("many", "table.not_number"), ("nan", "table.not_number")],
)
def test_a_wrong_count_in_the_project_s_own_table_is_refused_with_row_and_column(tmp_path, capsys, cell, code):
    folder = a_small_folder(tmp_path)
    lines = (folder / "demand.csv").read_text("utf-8").splitlines()
    lines[3] = lines[3].rpartition(",")[0] + f",{cell}"
    (folder / "demand.csv").write_text("\n".join(lines), "utf-8")
    assert run(["capacity", str(folder), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], error["place"]) == (code, "row 4, column persons")
    assert "demand.csv" in error["sentence"] and "row 4, column persons" in error["sentence"]


def test_arabic_digits_are_read_in_the_project_s_own_table_too(tmp_path):
    folder = a_small_folder(tmp_path)
    text = (folder / "demand.csv").read_text("utf-8")
    (folder / "demand.csv").write_text(text.replace("08:00", "٠٨:٠٠").replace(",4\n", ",٤\n"), "utf-8")
    assert read_folder(folder).arrivals == a_small_centre().arrivals
