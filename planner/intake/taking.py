"""A file into the project: what kind it is, the project with its demand, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum
from pathlib import Path
from typing import Any

from exports.demand_json import logged_to_json, time_to_json
from layouts.findings import BadInput
from planner.intake.grid import Grid, Line, read_grid
from planner.intake.headings import check_given
from planner.intake.log_file import LogFile, log_of
from planner.intake.naming import IntakeOptions, main_step, service_ids
from planner.intake.snapshots_file import ObservedService, observed_services
from planner.intake.tables_file import arrivals_of_table, arrivals_of_totals
from planner.project import Project
from planner.references import first_fault
from solvers.seasons import is_in
from solvers.services import Arrivals, ServiceTime
from solvers.ticket_log import (
    LEAST_FOR_A_FIT,
    LoggedTicket,
    arrivals_from_log,
    summarise_log,
    weekday_of,
    with_logged,
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The project with the file's demand, and the summary that is told (shape: `exports/demand_json.py`)."""

    project: Project
    told: Json


def take_file(project: Project, file: Path, options: IntakeOptions | None = None) -> Taken:
    """Arrivals, and from logs and snapshots service times, of `file` in place of the project's own."""
    options = options or IntakeOptions()
    check_given(options.columns)
    grid = read_grid(file, encoding=options.encoding, given=options.columns)
    taken = TAKERS[grid.columns.kind](project, grid, options)
    if fault := first_fault(taken.project):
        raise BadInput(fault.code, file=grid.file, place=fault.path, **fault.values)
    read = {"kind": grid.columns.kind, "file": file.name, "rows": len(grid.lines), "encoding": grid.encoding}
    columns = {"columns": dict(grid.columns.headings), "delimiter": grid.delimiter}
    return Taken(project=taken.project, told=read | columns | taken.told | _before_and_after(project, taken.project))


def _take_log(project: Project, grid: Grid, options: IntakeOptions) -> Taken:
    log = log_of(grid, skip=options.skip)
    ids = log_services(project, log, options.services)
    tickets = tuple(replace(t, service=ids[t.service]) for t in log.tickets)
    in_season = {t.date for t in tickets if any(is_in(season, t.date) for season in project.seasons)}
    arrivals = arrivals_from_log(
        tickets,
        project.day_types,
        interval_min=project.planning.interval_min,
        factors={name: arrival_factor(project, name) for name in ids.values()},
        closed=in_season,
    )
    if not arrivals.rows:
        raise _nothing_used(project, grid)
    summary = summarise_log(tickets, interval_min=project.planning.interval_min)
    changed, times = project, list[Json]()
    if not options.keep_times:
        fits = {s.service: s.time for s in summary.services if s.time and s.time.count >= LEAST_FOR_A_FIT}
        found = {
            name: fit.as_service_time(f"ticket log {Path(grid.file).name}, {fit.count} visits") for name, fit in fits.items()
        }
        changed, times = with_times(project, found)
    told = logged_to_json(summary, {id_: name for name, id_ in ids.items()}) | {
        "skipped": log.skipped,
        "faults": [{"code": f.code, "file": f.file, "place": f.place, "values": f.values} for f in log.faults],
        "date_order": "month first" if log.months_first else "day first",
        "used": arrivals.used,
        "outside_hours": arrivals.early_or_late,
        "on_other_days": arrivals.on_closed_days,
        "left_out_in_season": len(in_season),
        "days_by_type": dict(arrivals.days),
        "times": times,
    }
    return Taken(project=replace(changed, arrivals=with_logged(project.arrivals, arrivals.rows)), told=told)


def _take_snapshots(project: Project, grid: Grid, options: IntakeOptions) -> Taken:
    observed = [each for each in observed_services(grid, options, project.planning.interval_min) if each.days]
    if options.services:  # a board shows many lines; those named are taken
        observed = [each for each in observed if each.service in options.services]
    ids = service_ids(project, {each.service: each.first for each in observed}, grid, options.services)
    tickets = [t for each in observed for t in _as_tickets(each, ids[each.service])]
    rows = _mean_days(project, observed, ids)
    if not rows:
        raise _nothing_used(project, grid)
    found = {}
    for each in observed:
        step = main_step(project, next(s for s in project.services if s.id == ids[each.service]))
        if each.service_min is not None and step is not None:
            source = f"board snapshots {Path(grid.file).name}, per open counter"
            found[ids[each.service]] = replace(step.time, mean_min=round(each.service_min, 3), source=source)
    changed, times = with_times(project, found if options.board_times and not options.keep_times else {})
    services = [
        {
            "id": ids[each.service],
            "name_in_file": each.service,
            "days": len(each.days),
            "served_per_day": round(fsum(d.served for d in each.days.values()) / len(each.days), 2),
            "service_min": None if each.service_min is None else round(each.service_min, 3),
        }
        for each in observed
    ]
    told = {"services": services, "dates": sorted({t.date for t in tickets}), "times": times}
    return Taken(project=replace(changed, arrivals=with_logged(project.arrivals, rows)), told=told)


def _take_table(project: Project, grid: Grid, options: IntakeOptions) -> Taken:
    return _with_rows(project, grid, *arrivals_of_table(project, grid, options))


def _take_totals(project: Project, grid: Grid, options: IntakeOptions) -> Taken:
    taken = _with_rows(project, grid, *arrivals_of_totals(project, grid, options))
    return replace(taken, told=taken.told | {"profile": options.profile})


def _with_rows(project: Project, grid: Grid, rows: tuple[Arrivals, ...], unused: int) -> Taken:
    if not rows:
        raise _nothing_used(project, grid)
    return Taken(project=replace(project, arrivals=with_logged(project.arrivals, rows)), told={"on_other_days": unused})


def _nothing_used(project: Project, grid: Grid) -> BadInput:
    known = ", ".join(w for day in project.day_types for w in day.weekdays)
    return BadInput("intake.nothing_used", file=grid.file, rows=len(grid.lines), known=known)


TAKERS = {"log": _take_log, "snapshots": _take_snapshots, "table": _take_table, "totals": _take_totals}


def log_services(project: Project, log: LogFile, given: Mapping[str, str]) -> dict[str, str]:
    """The log's names of services -> the project's ids."""
    lines = {line.number: line for line in log.grid.lines}
    first: dict[str, Line] = {}
    for ticket in log.tickets:
        first.setdefault(ticket.service, lines[ticket.row])
    return service_ids(project, first, log.grid, given)


def arrival_factor(project: Project, service: str) -> float:
    """Visits seen -> visits that the project's demand starts from: it adds repeats and takes no-shows off by itself."""
    completion = next(s.completion for s in project.services if s.id == service)
    away = fsum(a.booked_share * a.no_show_share for a in project.appointments if a.service == service)
    return completion / (1.0 - away)


def with_times(project: Project, found: Mapping[str, ServiceTime]) -> tuple[Project, list[Json]]:
    """The project with these times at its services' main steps, and each time before and after."""
    services, told = [], []
    for service in project.services:
        step, new = main_step(project, service), found.get(service.id)
        if step is None or new is None:
            services.append(service)
            continue
        at = service.journey.index(step)
        journey = (*service.journey[:at], replace(step, time=new), *service.journey[at + 1 :])
        services.append(replace(service, journey=journey))
        told.append({"service": service.id, "bank": step.bank, "before": time_to_json(step.time), "after": time_to_json(new)})
    return replace(project, services=tuple(services)), told


def _as_tickets(each: ObservedService, service: str) -> list[LoggedTicket]:
    return [LoggedTicket(date=date, service=service, arrived_min=day.open_min) for date, day in each.days.items()]


def _mean_days(project: Project, observed: list[ObservedService], ids: Mapping[str, str]) -> tuple[Arrivals, ...]:
    """Mean persons by kind of day and interval; what came before opening or after closing counts at the edge."""
    step, rows = project.planning.interval_min, []
    for each in observed:
        factor = arrival_factor(project, ids[each.service])
        for kind in project.day_types:
            days = [day for date, day in each.days.items() if weekday_of(date) in kind.weekdays]
            if not days:
                continue
            starts = range(kind.open_min, kind.close_min, step)
            sums = dict.fromkeys(starts, 0.0)
            for day in days:
                for n, persons in enumerate(day.persons):
                    at = day.open_min + n * day.interval_min
                    at = kind.open_min + (at - kind.open_min) // step * step
                    sums[int(min(max(at, starts[0]), starts[-1]))] += persons
            rows += [
                Arrivals(day_type=kind.id, service=ids[each.service], start_min=at, persons=round(n / len(days) * factor, 4))
                for at, n in sums.items()
            ]
    return tuple(rows)


def _before_and_after(before: Project, after: Project) -> Json:
    def per_day(project: Project) -> dict[str, float]:
        return {
            day.id: round(fsum(row.persons for row in project.arrivals if row.day_type == day.id), 2)
            for day in project.day_types
        }

    return {"persons_per_day": {"before": per_day(before), "after": per_day(after)}}
