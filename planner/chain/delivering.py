"""The main job: everything asked and answered once, every deliverable written, the finished package checked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from exports.capacity_json import capacity_to_json
from exports.pdf import write_pdf
from exports.report import report_html
from exports.roster_calendar import write_roster_calendar
from exports.roster_workbook import write_roster_workbook
from exports.svg import svg_text
from planner.chain.asked import Asked, ask, costs_to_json, programme_to_json
from planner.chain.checking import Judged
from planner.chain.drawing import floor_drawing, write_architect_s_dxf
from planner.chain.package import check_place, new_package, write_answers
from planner.chain.placing import Found, candidate_name, earlier_poses, place
from planner.chain.rostering import Rostered, roster_of
from planner.chain.summing import assumptions, engine_json, project_summary
from planner.folder import write_folder
from planner.packing import hide_people
from planner.source import PLACEMENT, ROSTER, ProjectSource
from planner.verify import verify_package
from solvers.effort import Cancel, Effort, Progress, Report

Json = dict[str, Any]
PRIVATE = ("unmet_requests",)  # wishes of people stay in the manager's folder


def deliver(source: ProjectSource, out_dir: Path, effort: Effort, report: Report, cancel: Cancel) -> Json:
    """Capacity, programme, placement, checks, roster, package, verification. Nothing is written where nothing fits."""
    check_place(out_dir)
    report(Progress(stage="capacity"))
    asked = ask(source.project)
    found = place(asked, effort, report, cancel, earlier_poses(source))
    if found.judged is None:
        return found.answer
    source.answers.put(candidate_name(found.answer), PLACEMENT, found.answer)
    rostered = roster_of(source.project, asked.capacity, effort, None, None, report, cancel)
    source.answers.put(rostered.answer["solution"]["question_digest"], ROSTER, rostered.answer)
    answers = answers_of(asked, found, rostered)
    report(Progress(stage="write"))
    with new_package(out_dir) as folder:
        write_package(folder, source, answers, found.judged, rostered)
    report(Progress(stage="verify"))
    return _told(out_dir, answers, verify_package(out_dir, names=[p.name for p in source.project.staff]))


def answers_of(asked: Asked, found: Found, rostered: Rostered) -> Json:
    """answers.json: all that was computed, people as ids."""
    placed = found.answer
    roster = public_roster(rostered.answer)
    return {
        "project": project_summary(asked),
        "capacity": capacity_to_json(asked.capacity),
        "programme": programme_to_json(asked.programme),
        "costs": costs_to_json(asked),
        "solution": placed["solution"],
        "measures": placed["measures"],
        "layout": placed["layout"],
        "findings": [*placed["findings"], *roster.pop("findings")],
        "not_checked": placed["not_checked"],
        "roster": roster,
        "assumptions": assumptions(asked, roster["closures"]),
        "engine": engine_json(),
    }


def public_roster(answer: Mapping[str, Any]) -> Json:
    """The roster without what people wished for and without hours that would tell their leave."""
    told = {k: v for k, v in answer.items() if k not in PRIVATE}
    persons = [{k: v for k, v in p.items() if k != "contract_min"} for p in told["fairness"]["persons"]]
    return told | {"fairness": told["fairness"] | {"persons": persons}}


def write_package(folder: Path, source: ProjectSource, answers: Json, judged: Judged, rostered: Rostered) -> None:
    """Every deliverable into an empty folder."""
    project = source.project
    for name in ("architect", "manager", "report"):
        (folder / name).mkdir()
    drawing = floor_drawing(project, judged.layout, judged.findings)
    write_architect_s_dxf(source, drawing, folder / "architect/plan.dxf")
    write_pdf(drawing, folder / "architect/plan.pdf")
    (folder / "architect/plan.svg").write_text(svg_text(drawing), "utf-8")
    write_manager_s_files(source, rostered, folder / "manager/roster.xlsx", folder / "manager/roster.ics")
    page = report_html(answers, picture=svg_text(drawing, panels="below"), language=project.site.language)
    (folder / "report/report.html").write_text(page, "utf-8")
    write_folder(replace(hide_people(project), accepted=None, pins=()), folder / "project", source.drawing())
    write_answers(folder, answers)


def write_manager_s_files(source: ProjectSource, rostered: Rostered, workbook: Path | None, calendar: Path | None) -> None:
    """The workbook and the calendar, in the site's language and time zone."""
    site, language = source.project.site, source.project.site.language
    if workbook is not None:
        write_roster_workbook(rostered.roster, rostered.problem, workbook, title=site.name, language=language)
    if calendar is not None:
        write_roster_calendar(
            rostered.roster, rostered.problem, calendar, site_name=site.name, time_zone=site.time_zone, language=language
        )


def _told(out_dir: Path, answers: Json, verified: Json) -> Json:
    """The answers, the verification and the sums people look at first."""
    solution, measures = answers["solution"], answers["measures"]
    gap = solution["gap"]
    return {
        "package": str(out_dir),
        "status": solution["status"],
        "objective": solution["objective"],
        "bound": solution["bound"],
        "within_percent": None if gap is None else round(100 * gap, 1),
        "linearity_index": measures["linearity_index"],
        "walk_m_per_visit": measures["walk_m_per_visit"],
        "duties": len(answers["roster"]["assignments"]),
        "shortages_named": len(answers["roster"]["shortages"]),
    } | answers | {
        "findings": [*answers["findings"], *(f for f in verified["findings"])],
        "not_checked": [*answers["not_checked"], *verified["not_checked"]],
        "shortages": answers["roster"]["shortages"],
        "verified": verified["counts"],
    }
