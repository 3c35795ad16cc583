"""Names in other people's files as ids of the project: services, kinds of day, and pairs typed as NAME=VALUE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layouts.findings import BadInput
from planner.intake import cells
from planner.intake.grid import Grid, Line
from planner.intake.headings import plain_heading, weekday_names
from planner.project import Project
from planner.reading import shown
from solvers.services import Service, Step
from solvers.ticket_log import weekday_of


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOptions:
    """How people want a file read: rows that cannot be right left out, its encoding, its columns by role, its services by
    their ids, the office of a file that holds several, the day's profile for totals, service times left as they are.

    `board_times`: take times from snapshots too, which is right only where a counter serves one line.
    """

    skip: bool = False
    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    office: str = ""
    profile: str = "project"
    keep_times: bool = False
    board_times: bool = False


def pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    """NAME=VALUE, as typed."""
    found = {}
    for text in texts:
        name, sign, value = text.rpartition("=")
        if not sign or not name.strip() or not value.strip():
            raise BadInput("intake.bad_pair", place=option, given=shown(text))
        found[name.strip()] = value.strip()
    return found


def service_ids(project: Project, names: Mapping[str, Line], grid: Grid, given: Mapping[str, str]) -> dict[str, str]:
    """Names of a file -> ids of the project; `names` holds the first line of each. A project of one service needs none."""
    known = {plain_heading(text): service.id for service in project.services for text in (service.name, service.id)}
    wanted = {plain_heading(name): value for name, value in given.items()}
    ids = {service.id for service in project.services}
    unknown = [name for name in names if (wanted.get(plain_heading(name)) or known.get(plain_heading(name))) not in ids]
    found = {}
    for name, line in names.items():
        id_ = wanted.get(plain_heading(name)) or known.get(plain_heading(name))
        if not name and len(ids) == 1:
            id_ = next(iter(ids))
        if id_ not in ids:
            raise BadInput(
                "intake.unknown_service", file=grid.file, place=line.place("service"), given=shown(id_ or name or "-"),
                known=", ".join(sorted(ids)), names="\n".join(unknown),
            )  # fmt: skip
        found[name] = id_
    return found


def day_type_ids(project: Project, grid: Grid, line: Line, *, months_first: bool = False) -> tuple[tuple[str, ...], str]:
    """The kinds of day that a cell means (by id, name, weekday or date) and what distinguishes it within them."""
    value = line.get("day_type")
    text = cells.plain_text(value)
    for day in project.day_types:
        if plain_heading(text) in (plain_heading(day.id), plain_heading(day.name)) and text:
            return (day.id,), ""
    date = cells.date(value, months_first=months_first)
    weekday = weekday_of(date) if date else weekday_names().get(plain_heading(text), "")
    kinds = tuple(day.id for day in project.day_types if weekday in day.weekdays)
    if not weekday:
        known = ", ".join(day.id for day in project.day_types)
        raise BadInput("intake.unknown_day", file=grid.file, place=line.place("day_type"), given=shown(text), known=known)
    return kinds, date or weekday


def main_step(project: Project, service: Service) -> Step | None:
    """Where a ticket system sees the visitor: the longest step in the hall."""
    from solvers.capacity import BEHIND_THE_SCENES

    hall = {bank.id for bank in project.banks if bank.kind not in BEHIND_THE_SCENES}
    return max((s for s in service.journey if s.bank in hall), key=lambda s: s.time.mean_min, default=None)
