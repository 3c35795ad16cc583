"""A project as a readable folder, the form that people edit, compare and keep under version control.

    project.toml     everything but what stands in the other files; field names as in `planner/project.py`
    demand.csv       day_type,start,service,persons: one row per day type, service and interval from opening to closing
    staff.csv        id,name,skills,contract_hours_per_week,availability,leave,requests,cost_per_hour
                     skills `filing;cashier`, availability `sun 08:00-15:00;mon 08:00-12:00` (empty: whenever open),
                     leave `2026-12-01;2026-12-03..2026-12-05`, requests `2026-12-07 off 3` (date, wish, weight 1-5)
    plan.dxf         the floor plan as the architect drew it; [drawing] in project.toml may give unit and layers
    underlays/       scans and printed pages under the plan, each named by its content; [[underlays]] in project.toml
    plan.json        the floor plan as our own data; where it stands, it is the plan and plan.dxf only its source
    decisions.json   the accepted layout, the pins and the variants, written by `centreline accept` and `centreline pin`
    .answers/        computed answers, one file each; may be deleted at any time

staff.csv may be missing (nobody is hired yet), and so may the plan. Files are UTF-8 with or without byte order mark,
with any line ends. Whatever is unknown, misspelt, of the wrong type or out of range is refused with file and place.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from layouts.findings import BadInput
from layouts.plan import FloorPlan
from planner.as_laid import plan_as_laid
from planner.files import make_folder, read_bytes, read_text, sha256, write_whole
from planner.project import FORMAT_VERSION, Accepted, DrawingSource, Pin, Project, UnderlaySource, Variant
from planner.reading import Fault, plain, plain_short, read_typed
from planner.references import first_fault
from planner.tables import read_demand, read_staff, row_place, write_demand, write_staff
from planner.upgrades import upgrade

PROJECT, DEMAND, STAFF = "project.toml", "demand.csv", "staff.csv"
PLAN_JSON, DECISIONS, UNDERLAYS = "plan.json", "decisions.json", "underlays"
ELSEWHERE = {"arrivals": DEMAND, "staff": STAFF, "plan": "plan.dxf", "accepted": DECISIONS, "variants": DECISIONS}
COLUMN_OF_FIELD = {"start_min": "start"}
TOML_PLACE = re.compile(r" ?\(at (.*)\)$")
TABLE_HEADER = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_-]+)")
ITEM = re.compile(r"(arrivals|staff)\[(\d+)\](?:\.(\w+))?.*")
NO_NUMBER = re.compile(r'"(?:\\.|[^"\\])*"|(-?Infinity|NaN)')  # texts are passed over'


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What people decided about an answer: kept apart from project.toml so that its comments stay theirs."""

    accepted: Accepted | None = None
    pins: tuple[Pin, ...] = ()
    variants: tuple[Variant, ...] = ()


def read_folder(folder: Path) -> Project:
    """The project in `folder`, sound as a whole; BadInput with file and place otherwise."""
    if not folder.is_dir():
        raise BadInput("document.missing_folder", file=str(folder))
    data = _project_table(folder / PROJECT)
    arrivals, arrivals_rows = read_demand(folder / DEMAND)
    has_staff = (folder / STAFF).exists()
    staff, staff_rows = read_staff(folder / STAFF) if has_staff else ((), ())
    decisions = _read_decisions(folder, data)
    given_drawing = data.get("drawing", {})
    drawing_file = folder / drawing_file_name(given_drawing.get("name", "plan.dxf"))
    if drawing_file.exists():
        content = {"sha256": sha256(read_bytes(drawing_file))}
        data["drawing"] = {"name": drawing_file.name} | given_drawing | content
    bare = read_typed(data | {"arrivals": [], "plan": None}, Project, file=folder / PROJECT)
    project = replace(bare, arrivals=arrivals, staff=staff, accepted=decisions.accepted, variants=decisions.variants)
    if decisions.pins:
        project = replace(project, pins=decisions.pins)
    if fault := first_fault(project):
        raise _bad(fault, folder, {"arrivals": arrivals_rows, "staff": staff_rows})
    return replace(project, plan=_read_plan(folder, drawing_file, project))


def write_folder(
    project: Project, folder: Path, drawing: bytes | None = None, underlays: Mapping[str, bytes] | None = None
) -> None:
    """Write the project into `folder`; `drawing` is the imported file the plan came from, `underlays` pictures by content."""
    make_folder(folder)
    write_whole(folder / DEMAND, write_demand(project.arrivals).encode())
    if project.staff:
        write_whole(folder / STAFF, write_staff(project.staff).encode())
    if project.plan is not None:
        write_whole(folder / PLAN_JSON, _json(plain(project.plan)))
    if project.drawing is not None and drawing is not None:
        write_whole(folder / drawing_file_name(project.drawing.name), drawing)
    for underlay in project.underlays:
        if underlay.sha256 in (underlays or {}):
            write_underlay(folder, underlay, (underlays or {})[underlay.sha256])
    write_decisions(folder, Decisions(accepted=project.accepted, pins=project.pins, variants=project.variants))
    write_whole(folder / PROJECT, project_toml(project, with_sha256=drawing is None).encode())


def write_decisions(folder: Path, decisions: Decisions) -> None:
    """Keep what people decided; no file where they decided nothing."""
    if decisions == Decisions():
        (folder / DECISIONS).unlink(missing_ok=True)
    else:
        write_whole(folder / DECISIONS, _json(plain(decisions)))


def project_toml(project: Project, *, with_sha256: bool = True) -> str:
    """project.toml's text: what a person would write by hand, so fields that hold their default are left out."""
    short = plain_short(project)
    table = {k: v for k, v in _without_none(short).items() if k not in ELSEWHERE and k != "pins"}
    table["format_version"] = project.format_version
    if "drawing" in table and not with_sha256:
        table["drawing"].pop("sha256")
    order = [f.name for f in fields(Project)]
    ordered = dict(sorted(table.items(), key=lambda item: (isinstance(item[1], dict | tuple | list), order.index(item[0]))))
    return tomli_w.dumps(ordered)


def replace_drawing_table(file: Path, drawing: DrawingSource) -> None:
    """Put `[drawing]` into project.toml and leave every other line, with its comments, as it stands."""
    _replace_tables(file, "drawing", {k: v for k, v in plain_short(drawing).items() if k != "sha256"})


def replace_underlay_tables(file: Path, underlays: tuple[UnderlaySource, ...]) -> None:
    """Put the `[[underlays]]` into project.toml and leave every other line as it stands."""
    _replace_tables(file, "underlays", [plain_short(underlay) for underlay in underlays])


def _replace_tables(file: Path, name: str, content: Any) -> None:
    kept: list[str] = []
    inside = False
    for line in read_text(file).splitlines():
        if header := TABLE_HEADER.match(line):
            inside = header[1] == name
        if not inside:
            kept.append(line)
    text = "\n".join(kept).rstrip() + "\n\n" + tomli_w.dumps({name: content})
    tomllib.loads(text)  # a table we could not cut out in this way must not spoil the file
    write_whole(file, text.encode())


def write_underlay(folder: Path, underlay: UnderlaySource, body: bytes) -> None:
    """Keep a picture under the name of its content."""
    make_folder(folder / UNDERLAYS)
    write_whole(folder / UNDERLAYS / _underlay_name(underlay), body)


def read_underlay(folder: Path, underlays: tuple[UnderlaySource, ...], digest: str) -> bytes | None:
    """The picture with that content; None where it is not there, BadInput where it is another one."""
    for underlay in underlays:
        file = folder / UNDERLAYS / _underlay_name(underlay)
        if underlay.sha256 == digest and file.is_file():
            body = read_bytes(file)
            if sha256(body) != digest:
                raise BadInput("underlay.changed", file=str(file))
            return body
    return None


def _underlay_name(underlay: UnderlaySource) -> str:
    """A name made of the content only: what people call a file must not choose where it is written."""
    return re.sub(r"[^0-9a-f]", "", underlay.sha256.lower())[:24] + _picture_suffix(underlay.name)


def _picture_suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf") else ".bin"


def drawing_file_name(name: object) -> str:
    """Where a folder keeps the drawing called `name`: plan.dxf, plan.ifc, …"""
    return f"plan{Path(str(name)).suffix.lower()}"


def _project_table(file: Path) -> dict[str, Any]:
    """project.toml as a table of this program's format version."""
    try:
        data = _texts_for_dates(tomllib.loads(read_text(file)))
    except tomllib.TOMLDecodeError as error:
        place = TOML_PLACE.search(str(error))
        reason = TOML_PLACE.sub("", str(error))
        raise BadInput("document.not_toml", file=str(file), place=place[1] if place else "", reason=reason) from None
    for name, other in ELSEWHERE.items():
        if name in data:
            raise BadInput("document.stands_elsewhere", file=str(file), place=name, field=name, other=other)
    if "drawing" in data and not isinstance(data["drawing"], dict):
        raise BadInput("document.not_table", file=str(file), place="drawing", given=str(data["drawing"]))
    version = data.get("format_version", 1)  # the first format did not ask for it
    return upgrade(data, version, file=str(file)) | {"format_version": FORMAT_VERSION}


def _read_decisions(folder: Path, data: dict[str, Any]) -> Decisions:
    file = folder / DECISIONS
    if not file.exists():
        return Decisions()
    decisions = read_typed(read_json(file), Decisions, file=file)
    if decisions.pins and data.get("pins"):
        raise BadInput("document.stands_elsewhere", file=str(folder / PROJECT), place="pins", field="pins", other=DECISIONS)
    return decisions


def _read_plan(folder: Path, drawing_file: Path, project: Project) -> FloorPlan | None:
    """plan.json where it stands, else the drawing, else no plan yet."""
    if (folder / PLAN_JSON).exists():
        return read_typed(read_json(folder / PLAN_JSON), FloorPlan, file=folder / PLAN_JSON)
    if not drawing_file.exists():
        return None
    drawing = project.drawing or DrawingSource(name=drawing_file.name, sha256="")
    return plan_as_laid(drawing_file, drawing, project)


def read_json(file: Path) -> Any:
    """A JSON file's value; numbers that are none (NaN, Infinity) are refused where they stand."""
    text = read_text(file)
    try:
        return json.loads(text, parse_constant=lambda name: _no_number(name, text, file))
    except (json.JSONDecodeError, RecursionError) as error:
        place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput("document.not_json", file=str(file), place=place) from None


def _no_number(name: str, text: str, file: Path) -> float:
    at = next(m.start(1) for m in NO_NUMBER.finditer(text) if m[1] == name)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    raise BadInput("document.not_number", file=str(file), place=f"line {line}, column {column}", given=name)


def _bad(fault: Fault, folder: Path, rows: Mapping[str, tuple[int, ...]]) -> BadInput:
    """A fault of the document as one of the folder's files: rows for what stands in tables."""
    item = ITEM.fullmatch(fault.path)
    if item is None:
        return BadInput(fault.code, file=str(folder / PROJECT), place=fault.path, **fault.values)
    name, index, field = item[1], int(item[2]), item[3]
    place = row_place(rows[name][index], COLUMN_OF_FIELD.get(field, field))
    return BadInput(fault.code, file=str(folder / ELSEWHERE[name]), place=place, **fault.values)


def _texts_for_dates(value: Any) -> Any:
    """TOML writes 2026-12-01 with or without quotes; both mean the same day."""
    if isinstance(value, dict):
        return {k: _texts_for_dates(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_texts_for_dates(v) for v in value]
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    return value


def _without_none(value: Any) -> Any:
    """TOML has no word for nothing: a field without a value is not written."""
    if isinstance(value, dict):
        return {k: _without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_without_none(v) for v in value]
    return value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"
