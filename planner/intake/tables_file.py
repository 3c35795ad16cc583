"""A table of arrivals per interval, or of totals per day, in other people's words and days, as arrivals of the project."""

from __future__ import annotations

from collections import defaultdict
from math import fsum

from layouts.findings import BadInput
from planner.intake import cells
from planner.intake.grid import Grid, Line
from planner.intake.naming import IntakeOptions, day_type_ids, service_ids
from planner.project import Project
from planner.reading import shown
from solvers.demand_profiles import TEXTBOOK_DAY, arrivals_from_totals, profile_of
from solvers.services import Arrivals
from solvers.times import clock

PROFILES = ("project", "textbook", "flat")


def arrivals_of_table(project: Project, grid: Grid, options: IntakeOptions) -> tuple[tuple[Arrivals, ...], int]:
    """From rows of (day, start, service, persons); several weekdays or dates of one kind of day are averaged.

    Beside the arrivals: how many rows are of days on which the project is closed.
    """
    seen: dict[tuple[str, str, int, str], Line] = {}
    sums: dict[tuple[str, str, int], float] = defaultdict(float)
    within: dict[tuple[str, str], set[str]] = defaultdict(set)
    step = project.planning.interval_min
    days = {day.id: day for day in project.day_types}
    names = _services(project, grid, options)
    months_first = bool(cells.month_first(line.get("day_type") for line in grid.lines))
    unused = 0
    for line in grid.lines:
        start = cells.minutes(line.get("start"))
        if start is None:
            given = shown(line.get("start") or "-")
            raise BadInput("intake.not_a_time", file=grid.file, place=line.place("start"), given=given)
        service, persons = names[_name(line)], _persons(grid, line)
        kinds, part = day_type_ids(project, grid, line, months_first=months_first)
        unused += not kinds
        for kind in kinds:
            day = days[kind]
            at = round(start)
            if not day.open_min <= at < day.close_min or (at - day.open_min) % step:
                raise BadInput(
                    "intake.not_an_interval", file=grid.file, place=line.place("start"), given=clock(at),
                    open=clock(day.open_min), close=clock(day.close_min), interval_min=step,
                )  # fmt: skip
            if (other := seen.get((kind, service, at, part))) is not None:
                raise BadInput(
                    "intake.interval_twice", file=grid.file, place=line.place("start"), service=shown(service),
                    given=clock(at), other=other.number,
                )  # fmt: skip
            seen[kind, service, at, part] = line
            within[kind, service].add(part)
            sums[kind, service, at] += persons
    _refuse_gaps(project, grid, seen)
    rows = tuple(
        Arrivals(day_type=kind, service=service, start_min=at, persons=round(total / len(within[kind, service]), 4))
        for (kind, service, at), total in sums.items()
    )
    return rows, unused


def arrivals_of_totals(project: Project, grid: Grid, options: IntakeOptions) -> tuple[tuple[Arrivals, ...], int]:
    """From rows of (day, service, persons a day); weekdays or dates of one kind are averaged, the profile spreads the day."""
    names = _services(project, grid, options)
    months_first = bool(cells.month_first(line.get("day_type") for line in grid.lines))
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    unused = 0
    for line in grid.lines:
        kinds, part = day_type_ids(project, grid, line, months_first=months_first)
        unused += not kinds
        for kind in kinds:
            found[kind, names[_name(line)]][part] += _persons(grid, line)
    totals = {key: fsum(parts.values()) / len(parts) for key, parts in found.items()}
    if options.profile not in PROFILES:
        known = ", ".join(PROFILES)
        raise BadInput("document.not_one_of", file="", place="--profile", given=shown(options.profile), known=known)
    profiles = {key: _profile(project, options.profile, *key) for key in totals}
    return arrivals_from_totals(totals, project.day_types, profiles, project.planning.interval_min), unused


def _profile(project: Project, wanted: str, day_type: str, service: str) -> tuple[float, ...]:
    if wanted == "flat":
        return (1.0,)
    return profile_of(project.arrivals, day_type, service) if wanted == "project" else TEXTBOOK_DAY


def _services(project: Project, grid: Grid, options: IntakeOptions) -> dict[str, str]:
    first: dict[str, Line] = {}
    for line in grid.lines:
        first.setdefault(_name(line), line)
    return service_ids(project, first, grid, options.services)


def _name(line: Line) -> str:
    return cells.plain_text(line.get("service"))


def _persons(grid: Grid, line: Line) -> float:
    value = line.get("persons")
    if value is None:
        raise BadInput("intake.missing", file=grid.file, place=line.place("persons"), wanted="a number of persons")
    persons = cells.number(value)
    if persons is None:
        raise BadInput("intake.not_a_number", file=grid.file, place=line.place("persons"), given=shown(value))
    if persons < 0:
        raise BadInput("intake.negative", file=grid.file, place=line.place("persons"), given=shown(value))
    return persons


def _refuse_gaps(project: Project, grid: Grid, seen: dict[tuple[str, str, int, str], Line]) -> None:
    step = project.planning.interval_min
    for day in project.day_types:
        groups = {(service, part): line for (kind, service, _, part), line in seen.items() if kind == day.id}
        for (service, part), line in groups.items():
            for start in range(day.open_min, day.close_min, step):
                if (day.id, service, start, part) not in seen:
                    raise BadInput(
                        "intake.interval_missing", file=grid.file, place=line.place("start"), service=shown(service),
                        given=clock(start), open=clock(day.open_min), close=clock(day.close_min),
                    )  # fmt: skip
