"""The plan held against a log from after the opening: what keeps it, what does not, and the page that tells it."""

from __future__ import annotations

import json

import pytest

from exports.planned_actual_page import planned_actual_html
from planner.chain.comparing import compare_plan
from planner.cli.entry import run
from planner.project import Growth
from tests.planner.intake.logs import a_log
from tests.planner.small_centre import a_small_centre, a_small_folder


def test_the_plan_is_held_against_a_log_that_keeps_it_and_one_that_does_not(tmp_path):
    project = a_small_centre()
    kept = compare_plan(project, a_log(tmp_path), days=200)
    assert [r["figure"] for r in kept["rows"] if r["deviates"] and r["figure"] in ("arrivals", "service_min")] == []
    assert kept["not_held"] == [] and kept["dates"]["count"] == 8
    slower = compare_plan(project, a_log(tmp_path, deed_min=13.0, deeds=6.0), days=200)
    told = {(r["figure"], r["subject"]) for r in slower["rows"] if r["deviates"]}
    assert {("arrivals", "deed"), ("service_min", "deed"), ("wait_min", "registration")} <= told
    assert not any(subject in ("enquiry", "reception") for figure, subject in told if figure != "arrivals_by_interval")
    page = planned_actual_html(slower, "<b>Dahuk</b>")
    assert "Deed: service took" in page and "service time, minutes" in page and "<table>" in page
    assert "<b>" not in page and "&lt;b&gt;Dahuk" in page
    assert json.loads(json.dumps(slower, allow_nan=False)) == slower


def test_a_plan_that_reckons_with_growth_can_be_held_against_its_first_year(tmp_path):
    project = a_small_centre(growth=Growth(per_year=0.3, years=2))
    planned = {
        years: next(r["planned"] for r in compare_plan(project, a_log(tmp_path), years=years, days=30)["rows"])
        for years in (None, 0)
    }
    assert planned[0] == pytest.approx(32.0) and planned[None] == pytest.approx(32 * 1.69)


def test_compare_ends_well_and_says_what_deviates(tmp_path, capsys):
    folder = a_small_folder(tmp_path)
    log, page = a_log(tmp_path, deed_min=14.0), tmp_path / "held.html"
    assert run(["compare", str(folder), "--log", str(log), "--days", "50", "--html", str(page)]) == 0
    printed = capsys.readouterr()
    assert "Deed: service took" in printed.err and "wait_min" in printed.out
    assert "Deed: service took" in page.read_text("utf-8")
