"""A file of arrivals or a ticket log, read in a process of its own; what it says is shown before it enters the project."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from layouts.findings import BadInput
from planner.intake.naming import IntakeOptions
from planner.intake.taking import Taken, take_file
from planner.project import Project
from planner.ui.helpers import in_process
from planner.ui.jobs import Work
from planner.ui.words import Words
from solvers.effort import Cancel, Report

KIND = "intake"
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".gz")
MOST_MB = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file as people gave it."""

    name: str
    body: bytes


def taking_work(project: Project, offered: Offered, options: IntakeOptions) -> Work:
    """Read it; the job's result is a `Taken`."""
    check_offered(offered)
    return in_process(taken_from, project, offered, options)


def check_offered(offered: Offered) -> None:
    """The browser's own limit may be got round."""
    name = PurePath(offered.name).name
    if len(offered.body) > MOST_MB * 2**20:
        raise BadInput("page.demand.file.too_large", file=name, given=len(offered.body) // 2**20, most=MOST_MB)
    if not name.lower().endswith(ENDINGS):
        raise BadInput("page.demand.file.ending", file=name, known=", ".join(ENDINGS))
    if not offered.body:
        raise BadInput("page.demand.file.empty", file=name)


def taken_from(project: Project, offered: Offered, options: IntakeOptions, report: Report, cancel: Cancel) -> Taken:
    """Sentences name the file, never the folder it lies in for a moment."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / plain_name(offered.name)
        file.write_bytes(offered.body)
        try:
            taken = take_file(project, file, options)
        except BadInput as error:
            raise BadInput(error.code, file=offered.name, place=error.place, **error.values) from error
    return Taken(project=taken.project, told=taken.told | {"file": offered.name})


def plain_name(name: str) -> str:
    """A name that every disk takes and that leads nowhere else; sources of service times quote it."""
    return re.sub(r"[^\w .()-]|^[ .]+", "_", name)[-80:]


def told_lines(told: dict[str, Any], words: Words) -> list[str]:
    """What was read and what was left, line by line."""
    kind = words(f"page.demand.file.kind.{told['kind']}")
    lines = [words("page.demand.file.read", file=told["file"], kind=kind, rows=told["rows"])]
    if dates := told.get("dates"):
        if isinstance(dates, dict):
            lines.append(words("page.demand.file.dates", first=dates["first"], last=dates["last"], count=dates["count"]))
        else:
            lines.append(words("page.demand.file.dates", first=dates[0], last=dates[-1], count=len(dates)))
    for name in ("used", "skipped", "outside_hours", "on_other_days", "left_out_in_season"):
        if told.get(name):
            lines.append(words(f"page.demand.file.{name}", count=told[name]))
    if told["kind"] == "log":
        lines += [words(f"page.demand.file.order.{'month' if told['date_order'].startswith('month') else 'day'}")]
    return lines


def fault_lines(told: dict[str, Any], words: Words, file: str) -> list[str]:
    """Rows that cannot be right, each with its place."""
    return [
        words.of_input(BadInput(f["code"], file=file, place=f["place"], **f["values"])) for f in (told.get("faults") or [])[:20]
    ]


def before_after_rows(project: Project, told: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """Persons a day by kind of day, before and after."""
    names = {d.id: d.name for d in project.day_types}
    change = told["persons_per_day"]
    return [
        {"day": names.get(id_, id_), "before": words.number(before, 1), "after": words.number(change["after"].get(id_), 1)}
        for id_, before in change["before"].items()
    ]


def time_rows(project: Project, told: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """Service times found in the file beside those of the project."""
    names = {s.id: s.name for s in project.services}
    banks = {b.id: b.name for b in project.banks}
    return [
        {
            "service": names.get(row["service"], row["service"]),
            "bank": banks.get(row["bank"], row["bank"]),
            "before": words.minutes(row["before"]["mean_min"]),
            "after": words.minutes(row["after"]["mean_min"]),
            "cv": words.number(row["after"].get("cv"), 2),
        }
        for row in told.get("times") or ()
    ]


def wait_rows(told: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """What a log says of each of its services."""
    return [
        {
            "service": row["name_in_file"],
            "tickets": row["tickets"],
            "per_day": words.number(row["per_day"], 1),
            "left": words.share(row["left_share"], 1),
            "mean": words.minutes(row["wait_mean_min"]),
            "p90": words.minutes(row["wait_p90_min"]),
        }
        for row in (told.get("services") or ())
        if "wait_mean_min" in row
    ]
