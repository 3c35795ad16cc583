"""New arrivals and service times into a readable folder: demand.csv whole, project.toml line by line, comments kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from planner.files import read_text, write_whole
from planner.folder import DEMAND, PROJECT, project_toml, read_folder
from planner.project import Project
from planner.reading import plain
from planner.tables import write_demand
from solvers.services import ServiceTime

HEADER = re.compile(r"\s*\[{1,2}\s*([A-Za-z0-9_.\- ]+?)\s*\]{1,2}\s*(#.*)?$")
STEPS_OPEN = re.compile(r"\s*journey\s*=\s*\[")
STEP_INLINE = re.compile(r"\s*\{")
TIME = re.compile(r'\btime\s*=\s*\{(?:[^{}"]|"[^"]*")*\}')


def write_demand_of(project: Project, folder: Path) -> None:
    """Write the arrivals and the times that differ from the folder's. Where a time cannot be changed in its own line,
    project.toml is written anew as a whole."""
    before = read_folder(folder)
    changed = {
        (i, j): step.time
        for i, service in enumerate(project.services)
        for j, step in enumerate(service.journey)
        if step.time != before.services[i].journey[j].time
    }
    write_whole(folder / DEMAND, write_demand(project.arrivals).encode())
    if not changed:
        return
    text = with_times(read_text(folder / PROJECT), changed)
    write_whole(folder / PROJECT, (text or project_toml(project, with_sha256=False)).encode())


def with_times(text: str, changed: Mapping[tuple[int, int], ServiceTime]) -> str | None:
    """project.toml with these times, by (service, step); None where they do not stand in lines of their own.

    Steps stand as [[services.journey]] tables, or one a line in `journey = [`.
    """
    lines, service, step, section = list[str](), -1, -1, ""
    left = dict(changed)
    for line in text.splitlines():
        if header := HEADER.match(line):
            section = header[1].replace(" ", "")
            service, step = (service + 1, -1) if section == "services" else (service, step)
            step += section == "services.journey"
        elif section == "services" and STEPS_OPEN.match(line):
            section = "inline"
        elif section == "inline":
            step += bool(STEP_INLINE.match(line))
        inside = section in ("services.journey", "inline") and TIME.search(line)
        time = left.pop((service, step), None) if inside else None
        lines.append(line if time is None else TIME.sub(partial(_put, time), line, count=1))
    new = "\n".join(lines) + "\n"
    return new if not left and _holds(new, changed) else None


def _put(time: ServiceTime, _: object) -> str:
    """In place of the time that a line tells."""
    return _time(time)


def _time(time: ServiceTime) -> str:
    return f"time = {{ {', '.join(f'{k} = {_value(v)}' for k, v in plain(time).items())} }}"


def _value(value: Any) -> str:
    import tomli_w

    return tomli_w.dumps({"v": value}).removeprefix("v = ").strip()


def _holds(text: str, changed: Mapping[tuple[int, int], ServiceTime]) -> bool:
    """Whether what was written reads back as what was meant."""
    services = tomllib.loads(text)["services"]
    return all(services[i]["journey"][j]["time"] == plain(time) for (i, j), time in changed.items())
