"""demand.csv and staff.csv: what a planner fills in with a spreadsheet, read cell by cell and written back."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from layouts.findings import BadInput
from planner.files import read_text
from planner.ranges import is_date
from planner.reading import shown
from solvers.services import Arrivals
from solvers.staff import Availability, DayRequest, StaffMember
from solvers.times import clock

DEMAND_COLUMNS = ("day_type", "start", "service", "persons")
STAFF_COLUMNS = (
    "id",
    "name",
    "skills",
    "contract_hours_per_week",
    "availability",
    "leave",
    "requests",
    "cost_per_hour",
)
LONGEST_LEAVE_DAYS = 3 * 366
CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
COMPUTED = re.compile(r"'*[=+\-@\t\r]")
"""How a text begins that a spreadsheet would compute; an apostrophe before it makes it a text, as people write it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; `number` is what a spreadsheet shows beside it."""

    file: Path
    number: int
    cells: dict[str, str]

    def bad(self, code: str, column: str, given: str) -> BadInput:
        return BadInput(code, file=str(self.file), place=row_place(self.number, column), given=shown(given))

    def text(self, column: str) -> str:
        return self.cells[column]

    def number_in(self, column: str) -> float:
        text = self.cells[column].strip()
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "_" in text:
            raise self.bad("table.not_number", column, text)
        return value

    def minutes(self, column: str, text: str) -> int:
        match = CLOCK.fullmatch(text.strip())
        minutes = int(match[1]) * 60 + int(match[2]) if match else -1
        if match is None or int(match[2]) > 59 or minutes > 24 * 60:
            raise self.bad("table.not_a_time", column, text)
        return minutes

    def date(self, column: str, text: str) -> str:
        if not is_date(text):
            raise self.bad("table.not_a_date", column, text)
        return text

    def parts(self, column: str) -> tuple[str, ...]:
        """What stands between the semicolons of a cell."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())


def row_place(number: int, column: str) -> str:
    return f"row {number}, column {column}"


def read_demand(file: Path) -> tuple[tuple[Arrivals, ...], tuple[int, ...]]:
    """The arrivals of demand.csv and the row each stands in."""
    rows = tuple(_rows(file, DEMAND_COLUMNS))
    arrivals = tuple(
        Arrivals(
            day_type=row.text("day_type").strip(),
            start_min=row.minutes("start", row.text("start")),
            service=row.text("service").strip(),
            persons=row.number_in("persons"),
        )
        for row in rows
    )
    return arrivals, tuple(row.number for row in rows)


def write_demand(arrivals: tuple[Arrivals, ...]) -> str:
    return _table(DEMAND_COLUMNS, ((a.day_type, clock(a.start_min), a.service, _number(a.persons)) for a in arrivals))


def read_staff(file: Path) -> tuple[tuple[StaffMember, ...], tuple[int, ...]]:
    """The staff of staff.csv and the row each stands in."""
    rows = tuple(_rows(file, STAFF_COLUMNS))
    return tuple(_member(row) for row in rows), tuple(row.number for row in rows)


def write_staff(staff: tuple[StaffMember, ...]) -> str:
    """staff.csv as text, which reads back as the same people."""
    return _table(
        STAFF_COLUMNS,
        (
            (
                m.id,
                m.name,
                ";".join(m.skills),
                _number(m.contract_hours_per_week),
                ";".join(f"{a.weekday} {clock(a.from_min)}-{clock(a.to_min)}" for a in m.availability),
                ";".join(_runs(m.leave)),
                ";".join(f"{r.date} {r.wish} {r.weight}" for r in m.requests),
                _number(m.cost_per_hour),
            )
            for m in staff
        ),
    )


def _member(row: Row) -> StaffMember:
    if not row.text("contract_hours_per_week").strip():
        raise row.bad("staff.no_hours_given", "contract_hours_per_week", row.text("id"))
    return StaffMember(
        id=row.text("id").strip(),
        name=row.text("name").strip(),
        skills=row.parts("skills"),
        contract_hours_per_week=row.number_in("contract_hours_per_week"),
        availability=tuple(_availability(row, part) for part in row.parts("availability")),
        leave=tuple(date for part in row.parts("leave") for date in _dates(row, part)),
        requests=tuple(_request(row, part) for part in row.parts("requests")),
        cost_per_hour=row.number_in("cost_per_hour") if row.text("cost_per_hour").strip() else 0.0,
    )


def _availability(row: Row, part: str) -> Availability:
    """`sun 08:00-15:00`."""
    weekday, _, times = part.partition(" ")
    start, dash, end = times.partition("-")
    if not dash:
        raise row.bad("table.not_availability", "availability", part)
    return Availability(
        weekday=weekday.lower(),
        from_min=row.minutes("availability", start),
        to_min=row.minutes("availability", end),
    )


def _dates(row: Row, part: str) -> Iterator[str]:
    """`2026-12-01`, or every day of `2026-12-03..2026-12-05`."""
    first, dots, last = (text.strip() for text in part.partition(".."))
    start = datetime.date.fromisoformat(row.date("leave", first))
    end = datetime.date.fromisoformat(row.date("leave", last)) if dots else start
    days = (end - start).days
    if not 0 <= days <= LONGEST_LEAVE_DAYS:
        raise row.bad("table.not_a_leave", "leave", part)
    for day in range(days + 1):
        yield (start + datetime.timedelta(days=day)).isoformat()


def _runs(dates: tuple[str, ...]) -> Iterator[str]:
    """Dates as written by people: three and more days on end become `first..last`."""
    runs: list[list[str]] = []
    for date in dates:
        if runs and datetime.date.fromisoformat(date) == datetime.date.fromisoformat(runs[-1][-1]) + datetime.timedelta(days=1):
            runs[-1].append(date)
        else:
            runs.append([date])
    for run in runs:
        if len(run) > 2:
            yield f"{run[0]}..{run[-1]}"
        else:
            yield from run


def _request(row: Row, part: str) -> DayRequest:
    """`2026-12-07 off 3`; the weight may be left out."""
    words = part.split()
    if len(words) not in (2, 3) or not (len(words) == 2 or words[2].isdecimal()):
        raise row.bad("table.not_a_request", "requests", part)
    weight = int(words[2]) if len(words) == 3 else 1
    return DayRequest(date=row.date("requests", words[0]), wish=words[1].lower(), weight=weight)


def _rows(file: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table with just these columns, in any order; empty rows are passed over."""
    reader = csv.reader(io.StringIO(read_text(file), newline=""), strict=True)
    header: tuple[str, ...] | None = None
    try:
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = tuple(cell.strip() for cell in cells)
                _check_header(file, header, columns)
                continue
            if len(cells) != len(header):
                raise BadInput("table.wrong_cells", file=str(file), place=f"row {number}", given=len(cells), wanted=len(header))
            yield Row(file=file, number=number, cells=dict(zip(header, map(_said, cells))))
    except csv.Error as error:
        raise BadInput("table.not_csv", file=str(file), place=f"line {reader.line_num}", reason=str(error)) from None
    if header is None:
        raise BadInput("table.empty", file=str(file), place="row 1", wanted=",".join(columns))


def _check_header(file: Path, header: tuple[str, ...], columns: tuple[str, ...]) -> None:
    if sorted(header) != sorted(columns):
        given = shown(",".join(header))
        raise BadInput("table.wrong_columns", file=str(file), place="row 1", given=given, wanted=",".join(columns))


def _table(columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(tuple(map(_text, row)) for row in rows)
    return text.getvalue()


def _text(cell: str) -> str:
    """The cell as a text in every spreadsheet: nobody's name becomes a formula. `_said` takes it back."""
    return f"'{cell}" if COMPUTED.match(cell) else cell


def _said(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and COMPUTED.match(cell) else cell


def _number(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
