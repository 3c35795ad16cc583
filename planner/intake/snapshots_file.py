"""Snapshots of a ticket board (people waiting, open counters, last ticket called) as days observed of each service."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from layouts.findings import BadInput
from planner.intake import cells
from planner.intake.grid import Grid, Line
from planner.intake.headings import plain_heading
from planner.intake.naming import IntakeOptions
from planner.reading import shown
from solvers.simulation.snapshots import ObservedDay, Snapshot, observed_day, service_min

LEAST_SNAPSHOTS = 12
"""A day with fewer says little."""
MOST_OFFICES_TOLD = 30
MOST_CALLED_A_STEP = 40
"""A ticket number that steps farther between two looks was reset or belongs to another roll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedService:
    """A service of one office: its days by date, and counter-minutes per visitor where lines stood all the time."""

    service: str
    first: Line
    days: dict[str, ObservedDay]
    service_min: float | None


def observed_services(grid: Grid, options: IntakeOptions, interval_min: int) -> tuple[ObservedService, ...]:
    """Every service of the office named (a file of one office needs no name). Rows with status 0 are looks at a closed line."""
    months_first = bool(cells.month_first(line.get("date") for line in grid.lines))
    offices = sorted({str(line.get("office") or "") for line in grid.lines})
    chosen = [name for name in offices if not options.office or plain_heading(name) == plain_heading(options.office)]
    if len(chosen) != 1:
        known = ", ".join(shown(name) for name in offices[:MOST_OFFICES_TOLD])
        raise BadInput(
            "intake.which_office", file=grid.file, place="--office", given=shown(options.office or "-"), known=known,
            names="\n".join(offices),
        )  # fmt: skip
    looks: dict[str, dict[str, dict[float, Snapshot]]] = defaultdict(lambda: defaultdict(dict))
    first: dict[str, Line] = {}
    last_ticket: dict[tuple[str, str], int] = {}
    for line in grid.lines:
        if str(line.get("office") or "") != chosen[0]:
            continue
        name = cells.plain_text(line.get("service"))
        date = cells.date(line.get("date"), months_first=months_first) or ""
        at = cells.minutes(line.get("time"))
        if at is None or ("date" in grid.columns.at and not date):
            role = "time" if at is None else "date"
            code = "intake.not_a_time" if at is None else "intake.not_a_date"
            raise BadInput(code, file=grid.file, place=line.place(role), given=shown(line.get(role) or "-"))
        waiting, opened = _whole(grid, line, "waiting"), _whole(grid, line, "open")
        ticket = _digits(line) or last_ticket.get((name, date), 0)
        last_ticket[name, date] = ticket
        first.setdefault(name, line)
        looks[name][date][at] = Snapshot(at_min=at, waiting=waiting, open=opened, ticket=ticket)
    return tuple(_service(name, first[name], days, interval_min) for name, days in looks.items())


def _service(name: str, line: Line, looks: dict[str, dict[float, Snapshot]], interval_min: int) -> ObservedService:
    days = {date: _without_resets([row[at] for at in sorted(row)]) for date, row in looks.items()}
    whole = {date: day for date, day in days.items() if len(day) >= LEAST_SNAPSHOTS}
    return ObservedService(
        service=name,
        first=line,
        days={date: observed_day(day, interval_min=interval_min, place=name) for date, day in whole.items()},
        service_min=service_min(list(whole.values())),
    )


def _without_resets(day: list[Snapshot]) -> list[Snapshot]:
    """Tickets counted from the first look on; a step back or a great leap counts as nobody called."""
    told, count, before = [], 0, day[0].ticket
    for each in day:
        step = each.ticket - before
        count += step if 0 <= step <= MOST_CALLED_A_STEP else 0
        before = each.ticket
        told.append(Snapshot(at_min=each.at_min, waiting=each.waiting, open=each.open, ticket=count))
    return told


def _whole(grid: Grid, line: Line, role: str) -> int:
    value = line.get(role)
    found = cells.number(value) if value is not None else 0.0
    if found is None or found != int(found):
        raise BadInput("intake.not_a_number", file=grid.file, place=line.place(role), given=shown(value))
    if found < 0:
        raise BadInput("intake.negative", file=grid.file, place=line.place(role), given=shown(value))
    return int(found)


def _digits(line: Line) -> int:
    """A012 is the twelfth ticket of A."""
    digits = "".join(c for c in cells.plain_text(line.get("ticket")) if c.isdigit())
    return int(digits[-6:]) if digits else 0
