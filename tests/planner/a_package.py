"""A small package made by hand round the small centre: two people, two days, three counters."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import asdict, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import ezdxf
import icalendar
import openpyxl

from exports.floor_solids import storeys
from exports.glb import write_glb
from exports.layout_json import finding_to_json, layout_to_json
from layouts.access import check_access
from layouts.flow import measure_flow
from layouts.layout import Layout, LevelLayout
from layouts.plan import FloorPlan, Frame, Level
from layouts.routes import find_routes
from layouts.standards import profile
from tests.layouts.centre import a_centre

FRAME = Frame(source_unit="m", scale_to_mm=1000.0, origin_mm=(5000, -2000), rotation_deg=0.0)
NAMES = {"p1": "Layla Example-One", "p2": "Karim Example-Two"}
ZONE = ZoneInfo("Asia/Baghdad")


def duty(person: str, date: str, start: int = 480, end: int = 900) -> dict[str, Any]:
    """Seven hours with half an hour's break in the middle, all on one skill."""
    middle = (start + end) // 2 // 30 * 30
    segments = [
        {"skill": "clerk", "start_min": start, "end_min": middle},
        {"skill": "clerk", "start_min": middle + 30, "end_min": end},
    ]
    return {
        "person": person,
        "date": date,
        "start_min": start,
        "end_min": end,
        "break_start_min": middle,
        "break_min": 30,
        "segments": segments,
    }


RULES = {
    "min_shift_min": 240,
    "max_shift_min": 540,
    "max_hours_per_week": 48.0,
    "max_days_per_week": 5,
    "max_consecutive_days": 6,
    "min_rest_min": 660,
    "break_min": 30,
    "break_after_min": 300,
    "break_window_from_min": 120,
    "break_window_to_min": 330,
    "break_paid": False,
    "start_step_min": 30,
}


def a_roster() -> dict[str, Any]:
    """Both on the first day, one on the second; two are needed at ten each day, so the second day is short of one."""
    duties = [duty("p1", "2026-03-01"), duty("p2", "2026-03-01", 510, 930), duty("p1", "2026-03-02")]
    return {
        "solution": a_solution(3.0),
        "assignments": duties,
        "rules": RULES,
        "interval_min": 30,
        "people": [{"id": "p1", "skills": ["clerk"]}, {"id": "p2", "skills": ["clerk"]}],
        "cover": [
            {"date": "2026-03-01", "start_min": 600, "skill": "clerk", "needed": 2, "rostered": 2},
            {"date": "2026-03-02", "start_min": 600, "skill": "clerk", "needed": 2, "rostered": 1},
        ],
        "shortages": [
            {"date": "2026-03-02", "start_min": 600, "skill": "clerk", "missing": 1, "reason": "nobody_left"}
        ],
        "fairness": {
            "persons": [
                {"person": "p1", "worked_min": 780, "duties": 2},
                {"person": "p2", "worked_min": 390, "duties": 1},
            ]
        },
    }


def a_solution(objective: float) -> dict[str, Any]:
    return {
        "status": "feasible",
        "objective": objective,
        "bound": objective * 0.95,
        "gap": 0.05,
        "relaxation_bound": objective * 0.9,
        "terms": {"walking": objective * 0.75, "lateral": objective * 0.25},
        "freedom": {"spines": 3, "setbacks": 3},
        "seed": 1,
    }


def the_answers() -> dict[str, Any]:
    level, layout, programme = a_centre()
    routes = find_routes(level, layout, programme.flows, clear_width_mm=1500)
    layout = replace(layout, routes=routes)
    found = check_access(level, layout, programme, profile("iraq-default"))
    told = [finding_to_json(f) for f in found]
    bank = asdict(programme.banks[0])
    return {
        "project": {"id": "small"},
        "capacity": {"banks": [{**bank, "open": [3]}], "services": []},
        "programme": json.loads(json.dumps(asdict(programme))),
        "solution": a_solution(274_400.0),
        "measures": asdict(measure_flow(level, layout, programme, egress_max_m=17.0)),
        "layout": layout_to_json(FloorPlan(levels=(level,), frame=FRAME), Layout(levels=(layout,))),
        "findings": [f for f in told if f["status"] != "not_checked"],
        "not_checked": [f for f in told if f["status"] == "not_checked"],
        "roster": a_roster(),
        "engine": {"centreline": "0.1.0"},
    }


def write_dxf(path: Path, answers: dict[str, Any]) -> None:
    """Items as marked blocks in metres, where the frame puts them."""
    doc = ezdxf.new("R2010", units=6)
    doc.appids.add("CENTRELINE")
    for item in answers["layout"]["levels"][0]["items"]:
        if item["kind"] not in doc.blocks:
            doc.blocks.new(item["kind"]).add_line((0, 0), (1, 0))
        x, y = item["insert_mm"]
        at = ((x + FRAME.origin_mm[0]) / 1000, (y + FRAME.origin_mm[1]) / 1000)
        insert = doc.modelspace().add_blockref(item["kind"], at, dxfattribs={"rotation": item["rotation_deg"]})
        insert.set_xdata("CENTRELINE", [(1000, item["kind"]), (1000, item["id"])])
    doc.saveas(path)


def write_calendar(path: Path, duties: list[dict[str, Any]]) -> None:
    calendar = icalendar.Calendar()
    for d in duties:
        event = icalendar.Event()
        day = datetime.fromisoformat(d["date"])
        for name, minutes in (("dtstart", d["start_min"]), ("dtend", d["end_min"])):
            event.add(name, day.replace(hour=minutes // 60, minute=minutes % 60, tzinfo=ZONE))
        event.add("summary", NAMES[d["person"]])
        calendar.add_component(event)
    path.write_bytes(calendar.to_ical())


def write_workbook(path: Path, duties: list[dict[str, Any]]) -> None:
    """A sheet of the week (a row a person, a column a day) and a sheet of hours whose sums are formulas."""
    book = openpyxl.Workbook()
    week, hours = book.active, book.create_sheet("Hours")
    dates = sorted({d["date"] for d in duties})
    heads = ["Name", *(f"Day {int(d[8:])}.{int(d[5:7])}." for d in dates)]
    week.append(["Small centre"])
    week.append([*heads, "Hours"])
    hours.append([*heads, "Total"])
    at = {(d["person"], d["date"]): d for d in duties}
    for person, name in NAMES.items():
        own = [at.get((person, date)) for date in dates]
        worked = [(d["end_min"] - d["start_min"] - d["break_min"]) / 60 if d else None for d in own]
        spans = [f"{clock(d['start_min'])}–{clock(d['end_min'])} · break\nclerk" if d else "off" for d in own]
        week.append([name, *spans, sum(h for h in worked if h)])
        hours.append([name, *worked, "=SUM(B2:C2)"])
    week.append(["On duty", *(sum((p, d) in at for p in NAMES) for d in dates)])
    hours.append(["Total", *("=SUM(B2:B3)" for _ in dates)])
    book.save(path)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def write_report(path: Path, answers: dict[str, Any]) -> None:
    bank, solution, measures = answers["capacity"]["banks"][0], answers["solution"], answers["measures"]
    path.write_text(
        f"""<html><body><section id="capacity">{bank["positions"]} positions, {bank["seats"]} seats,
        {bank["wheelchair_bays"]} bay</section>
        <section id="solution">objective {solution["objective"]:,.0f}, bound {solution["bound"]:,.0f},
        within {100 * solution["gap"]:.1f} %</section>
        <section id="measures">{measures["linearity_index"]:.1f} {measures["walk_m_per_visit"]:.1f} m</section>
        <section id="roster">{len(answers["roster"]["assignments"])} duties</section></body></html>""",
        "utf-8",
    )


def write_manifest(folder: Path) -> None:
    files = {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != "manifest.json"
    }
    (folder / "manifest.json").write_text(json.dumps({"files": files}), "utf-8")


@cache
def the_model() -> bytes:
    """The small centre in three dimensions."""
    level, layout, _ = a_centre()
    return model_of(level, layout)


def model_of(level: Level, layout: LevelLayout) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.glb"
        write_glb(storeys(FloorPlan(levels=(level,)), Layout(levels=(layout,))), file)
        return file.read_bytes()


def write_package(folder: Path, answers: dict[str, Any]) -> Path:
    """The whole package from its answers."""
    for name in ("architect", "manager", "report"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "answers.json").write_text(json.dumps(answers), "utf-8")
    write_dxf(folder / "architect/plan.dxf", answers)
    (folder / "architect/model.glb").write_bytes(the_model())
    duties = answers["roster"]["assignments"]
    write_calendar(folder / "manager/roster.ics", duties)
    write_workbook(folder / "manager/roster.xlsx", duties)
    write_report(folder / "report/report.html", answers)
    write_manifest(folder)
    return folder
