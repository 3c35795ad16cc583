"""The main job: everything asked and answered once, every deliverable written, the finished package checked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from exports.layout_json import finding_to_json
from exports.pdf import write_pdf
from exports.report import report_html
from exports.roster_calendar import write_roster_calendar
from exports.roster_workbook import write_roster_workbook
from layouts.findings import BadInput, Finding
from planner.answers import newest
from planner.chain.answering import answers_of
from planner.chain.asked import Asked, ask
from planner.chain.checking import Judged
from planner.chain.drawing import floor_drawings, pictures, write_architect_s_dxf, write_model, write_svgs
from planner.chain.package import check_place, new_package, write_answers
from planner.chain.placement_question import earlier_poses
from planner.chain.placing import place
from planner.chain.rostering import Rostered, first_date, roster_of, stored_roster
from planner.chain.settled import accepted_answer
from planner.chain.simulating import lived_answers
from planner.folder import write_folder
from planner.packing import hide_people
from planner.project import Project
from planner.source import PLACEMENT, ROSTER, ProjectSource
from planner.verify import verify_package
from solvers.effort import Cancel, Effort, Progress, Report

Json = dict[str, Any]


def deliver(
    source: ProjectSource, out_dir: Path, effort: Effort, report: Report, cancel: Cancel, *, keep_roster: bool = False
) -> Json:
    """Capacity, programme, placement, checks, roster, package, verification. Nothing is written where nothing fits.

    `keep_roster`: the newest roster that was drawn up, changed by hand or mended goes in as it stands, where it answers
    today's question.
    """
    check_place(out_dir)
    if not source.project.staff:
        raise BadInput("staff.nobody", file=str(source.path))
    report(Progress(stage="capacity"))
    asked = ask(source.project)
    judged, placed = settled_layout(source, asked, effort, report, cancel)
    if judged is None:
        return placed
    rostered = roster_in_force(source, asked) if keep_roster else None
    if rostered is None:
        rostered = roster_of(source.project, asked.capacity, effort, None, None, report, cancel)
        if not rostered.roster.assignments:
            return placed | {"solution": rostered.answer["solution"], "explanation": rostered.explanation()}
        source.answers.put(rostered.answer["solution"]["question_digest"], ROSTER, rostered.answer)
    answers = answers_of(asked, placed, rostered.answer) | {"layout_in_force": placed["layout_in_force"]}
    answers |= lived_answers(source.project, judged.layout, rostered.answer, report, cancel)
    report(Progress(stage="write"))
    with new_package(out_dir) as folder:
        write_package(folder, source, answers, judged, rostered)
    report(Progress(stage="verify"))
    return _told(out_dir, answers, verify_package(out_dir, names=[p.name for p in source.project.staff]))


def roster_in_force(source: ProjectSource, asked: Asked, today: date | None = None) -> Rostered | None:
    """The newest roster of the project's horizon, or one whose weeks have begun; None where none answers today's question."""
    kept = newest(source.answers, ROSTER)
    project = source.project
    if kept is None or not (_of_horizon(kept.body, project) or _runs_on(kept.body, today or date.today())):
        return None
    try:
        return stored_roster(project, asked.capacity, kept.body, file=str(source.path))
    except BadInput as error:
        if error.code != "roster.outdated":
            raise
        return None


def _of_horizon(answer: Json, project: Project) -> bool:
    return (answer.get("start_date"), answer.get("weeks")) == (first_date(project), project.planning.roster_weeks)


def _runs_on(answer: Json, today: date) -> bool:
    """Whether people work by it now: else a roster mended for a sick call would be drawn up anew from its first day on."""
    start, weeks = answer.get("start_date"), answer.get("weeks")
    if not isinstance(start, str) or not isinstance(weeks, int):
        return False
    first = date.fromisoformat(start)
    return first <= today < first + timedelta(weeks=weeks)


def settled_layout(
    source: ProjectSource, asked: Asked, effort: Effort, report: Report, cancel: Cancel
) -> tuple[Judged | None, Json]:
    """The accepted layout where it answers today's question; else a new one, kept as a candidate."""
    accepted = source.project.accepted
    decided = accepted_answer(source, asked)
    if decided is not None and accepted is not None:
        judged, placed = decided
        return judged, placed | {"layout_in_force": {"candidate": accepted.candidate, "accepted": True}}
    found = place(asked, effort, report, cancel, earlier_poses(source))
    if found.judged is None:
        return None, found.answer
    name = found.answer["candidate"]
    source.answers.put(name, PLACEMENT, found.answer)
    told = found.answer | {"layout_in_force": {"candidate": name, "accepted": False}}
    if accepted is not None:
        told["findings"] = [*told["findings"], finding_to_json(outdated(accepted.candidate))]
    return found.judged, told


def outdated(candidate: str) -> Finding:
    """The accepted layout was made for another programme or plan, so a new one was made."""
    return Finding(
        code="layout.accepted_is_outdated", status="fail", severity="warning", certainty="read", profile="project",
        values={"candidate": candidate[:12]},
    )  # fmt: skip


def write_package(folder: Path, source: ProjectSource, answers: Json, judged: Judged, rostered: Rostered) -> None:
    """Every deliverable into an empty folder."""
    project = source.project
    for name in ("architect", "manager", "report"):
        (folder / name).mkdir()
    drawings = floor_drawings(project, judged.layout, judged.findings)
    write_architect_s_dxf(source, drawings, folder / "architect/plan.dxf")
    write_pdf(drawings, folder / "architect/plan.pdf")
    write_svgs(drawings, folder / "architect/plan.svg")
    write_model(project, judged.layout, glb=folder / "architect/model.glb", stl=folder / "architect/model.stl")
    write_manager_s_files(source, rostered, folder / "manager/roster.xlsx", folder / "manager/roster.ics")
    page = report_html(answers, picture=pictures(drawings), language=project.site.language)
    (folder / "report/report.html").write_text(page, "utf-8")
    write_folder(replace(hide_people(project), accepted=None, pins=(), variants=()), folder / "project", source.drawing())
    write_answers(folder, answers)


def write_manager_s_files(source: ProjectSource, rostered: Rostered, workbook: Path | None, calendar: Path | None) -> None:
    """The workbook and the calendar, in the site's language and time zone."""
    site, roster, problem = source.project.site, rostered.roster, rostered.problem
    if workbook is not None:
        write_roster_workbook(roster, problem, workbook, title=site.name, language=site.language)
    if calendar is not None:
        write_roster_calendar(roster, problem, calendar, site_name=site.name, time_zone=site.time_zone, language=site.language)


def _told(out_dir: Path, answers: Json, verified: Json) -> Json:
    """The sums people look at first, the answers, and what the finished package's own check found."""
    solution, measures, roster = answers["solution"], answers["measures"], answers["roster"]
    gap = solution.get("gap")
    sums = {
        "package": str(out_dir),
        "status": solution.get("status"),
        "objective": solution.get("objective"),
        "bound": solution.get("bound"),
        "within_percent": None if gap is None else round(100 * gap, 1),
        "linearity_index": measures["linearity_index"],
        "walk_m_per_visit": measures["walk_m_per_visit"],
        "duties": len(roster["assignments"]),
        "shortages_named": len(roster["shortages"]),
        "checks_passed": verified["counts"].get("pass", 0),
    }
    return (
        sums
        | answers
        | {
            "findings": [*answers["findings"], *verified["findings"]],
            "not_checked": [*answers["not_checked"], *verified["not_checked"]],
            "shortages": roster["shortages"],
            "verified": verified["counts"],
        }
    )
