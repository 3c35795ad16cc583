"""A ticket system's log as tickets: every time read, clocks that jump refused with row and column, or left out and told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layouts.findings import BadInput
from planner.intake import cells
from planner.intake.grid import Grid, Line, read_grid
from planner.reading import shown
from solvers.ticket_log import LoggedTicket

CLOCKS_AGREE_MIN = 1.0
"""The printer's clock and the caller's may differ by so much: such a wait counts as none."""
LONGEST_SERVICE_MIN = 8 * 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFile:
    """The tickets, how the file was read, and the rows left out with what was wrong with the first few."""

    tickets: tuple[LoggedTicket, ...]
    grid: Grid
    skipped: int
    faults: tuple[BadInput, ...]
    months_first: bool | None


def read_log(file: Path, *, skip: bool = False, encoding: str = "", given: Mapping[str, str] | None = None) -> LogFile:
    """The log in `file`. A row that cannot be right is refused; with `skip` it is left out and counted."""
    return log_of(read_grid(file, encoding=encoding, given=given, kind="log"), skip=skip)


def log_of(grid: Grid, *, skip: bool = False) -> LogFile:
    """The tickets of a table that was read; BadInput with row and column as `read_log` says."""
    dated = "date" if "date" in grid.columns.at else "arrival"
    months_first = cells.month_first(line.get(dated) for line in grid.lines)
    tickets: list[LoggedTicket] = []
    faults: list[BadInput] = []
    before: dict[tuple[str, str], tuple[int, float]] = {}
    for line in grid.lines:
        try:
            ticket = _ticket(grid, line, dated, bool(months_first))
            _check_order(grid, line, ticket, before)
        except BadInput as fault:
            if not skip:
                raise
            faults.append(fault)
            continue
        tickets.append(ticket)
    if not tickets:
        raise faults[0]
    return LogFile(tickets=tuple(tickets), grid=grid, skipped=len(faults), faults=tuple(faults[:5]), months_first=months_first)


def _ticket(grid: Grid, line: Line, dated: str, months_first: bool) -> LoggedTicket:
    date = cells.date(line.get(dated), months_first=months_first)
    if date is None:
        given = shown(line.get(dated) or "-")
        raise BadInput("intake.not_a_date", file=grid.file, place=line.place(dated), given=given)
    arrived = _minutes(grid, line, "arrival")
    if arrived is None:
        raise BadInput("intake.not_a_time", file=grid.file, place=line.place("arrival"), given="-")
    called, ended = _minutes(grid, line, "call"), _minutes(grid, line, "end")
    called = _forward(grid, line, "call", arrived, called, CLOCKS_AGREE_MIN)
    if called is None and ended is not None:
        raise BadInput("intake.end_without_call", file=grid.file, place=line.place("call"))
    if called is not None:
        ended = _forward(grid, line, "end", called, ended, 0.0)
    if called is not None and ended is not None and ended - called > LONGEST_SERVICE_MIN:
        long = round(ended - called)
        raise BadInput("intake.service_too_long", file=grid.file, place=line.place("end"), minutes=long)
    for role in ("call", "end"):
        other = cells.date(line.get(role), months_first=months_first) if dated == "arrival" else None
        if other is not None and isinstance(line.get(role), str) and other != date:
            raise BadInput("intake.dates_differ", file=grid.file, place=line.place(role), given=other, date=date)
    return LoggedTicket(
        date=date,
        service=cells.plain_text(line.get("service")),
        arrived_min=arrived,
        called_min=called,
        ended_min=ended,
        counter=cells.plain_text(line.get("counter")),
        bank=cells.plain_text(line.get("bank")),
        row=line.number,
    )


def _minutes(grid: Grid, line: Line, role: str) -> float | None:
    value = line.get(role)
    if value is None:
        return None
    found = cells.minutes(value)
    if found is None:
        raise BadInput("intake.not_a_time", file=grid.file, place=line.place(role), given=shown(value))
    return found


def _forward(grid: Grid, line: Line, role: str, before: float, after: float | None, slack: float) -> float | None:
    """`after`, which may lie `slack` before `before` and then counts as the same moment."""
    if after is None or after >= before:
        return after
    if after >= before - slack:
        return before
    given, was = to_the_second(after), to_the_second(before)
    raise BadInput("intake.clock_jumps", file=grid.file, place=line.place(role), given=given, before=was)


def _check_order(grid: Grid, line: Line, ticket: LoggedTicket, before: dict[tuple[str, str], tuple[int, float]]) -> None:
    """Ticket n + 1 of a service is not drawn before ticket n: where it is, somebody set the clock back."""
    number = cells.number(line.get("ticket")) if "ticket" in grid.columns.at else None
    if number is None or number != int(number):
        return
    key = (ticket.date, ticket.service)
    last = before.get(key)
    if last is not None and number == last[0] + 1 and ticket.arrived_min < last[1] - CLOCKS_AGREE_MIN:
        given, was = to_the_second(ticket.arrived_min), to_the_second(last[1])
        raise BadInput(
            "intake.clock_set_back", file=grid.file, place=line.place("arrival"), given=given, before=was, ticket=int(number)
        )
    before[key] = (int(number), ticket.arrived_min)


def to_the_second(minutes: float) -> str:
    """Minutes after midnight as HH:MM:SS."""
    seconds = round(minutes * 60)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
