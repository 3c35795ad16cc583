"""Cells copied from a spreadsheet as arrivals of one kind of day.

Three shapes are understood: a block with the times down the side and the services along the top (either may be left out
where the block has just as many rows or columns as the table), or one column of numbers for a chosen service. A column of
percentages that make up the whole is a day's shape: it is laid over the persons whom the service has on that day now.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layouts.findings import BadInput
from planner.intake import cells
from planner.intake.headings import plain_heading
from planner.project import Project
from planner.reading import shown
from planner.ui.demand.edits import intervals_of, persons_of, with_persons
from planner.ui.demand.sums import DASHES, are_sums, names_sums
from solvers.services import DayType
from solvers.times import clock

MOST_CHARACTERS = 2_000_000
ROUNDED = 1.0  # per cent that rounded shares may miss of the whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What the text says, before anybody has agreed to it: `persons[(service, start)]`, and the project with it."""

    persons: dict[tuple[str, int], float]
    changed: int
    before: float
    after: float
    project: Project


def pasted(project: Project, day: DayType, text: str, service: str = "") -> Pasted:
    """`service`: whose column a single column of numbers is. BadInput names row and column of the pasted text."""
    lines = _lines(text)
    rows, above, beside = _block([row for row in lines if any(row)])
    at = [n for n, row in enumerate(lines, 1) if any(row)][above:]  # of each row, the line that it stands on
    starts = intervals_of(day, project.planning.interval_min)
    names = _along_the_top(project, rows[0], at[0] - 1, beside)
    if names is not None:
        rows, at = rows[1:], at[1:]
    body = _without_sums(rows, at[-1] if at else 0, beside, starts)
    timed = bool(body) and all(_is_time(row[0]) for row in body)
    width = max(len(row) for row in body) - timed if body else 0
    services = names[len(names) - width :] if names is not None else _columns(project, width, service)
    if body and not timed:
        body, at = _with_gaps(lines, at[0], at[len(body) - 1], beside, width, wanted=len(starts))
    if not timed and len(body) != len(starts):
        raise BadInput("page.demand.paste.rows", place=_place(1, 0), given=len(body), wanted=len(starts))
    found: dict[tuple[str, int], float] = {}
    shares: dict[str, list[tuple[int, float, str, str]]] = {}
    counted: set[tuple[str, bool]] = set()
    for n, row in enumerate(body):
        start = _start(row[0], starts, at[n], beside) if timed else starts[n]
        for k, cell in enumerate(row[timed : timed + width]):
            id_ = services[k]
            if id_ is None:
                continue
            place = _place(at[n], beside + k + timed + 1)
            if (share := cells.percentage(cell)) is not None:
                shares.setdefault(id_, []).append((start, share, place, shown(cell)))
            else:
                found[id_, start] = _persons(cell, place)
                counted.add((id_, bool(cell)))
    now = persons_of(project, day.id)
    for id_, told in shares.items():
        found |= _spread(id_, told, now, mixed=(id_, True) in counted)
    if not found:
        raise BadInput("page.demand.paste.empty")
    return Pasted(
        persons=found,
        changed=sum(abs(now.get(key, 0.0) - value) > 1e-9 for key, value in found.items()),
        before=round(sum(now.values()), 2),
        after=round(sum((now | found).values()), 2),
        project=with_persons(project, day.id, found),
    )


def anchored(project: Project, day: DayType, text: str, service: str, row: int) -> str:
    """Bare figures pasted onto one cell of the table, with the times and services that they lie on; else the text as it is.

    An empty cell among them lies on a cell of the table too, and empties it, as in a spreadsheet: nobody comes then.
    """
    rows = _lines(text)
    starts = intervals_of(day, project.planning.interval_min)[row : row + len(rows)]
    at = next((n for n, s in enumerate(project.services) if s.id == service), len(project.services))
    wide = max(map(len, rows))
    alone = _names_alone(project)
    names = [s.name if plain_heading(s.name) in alone else s.id for s in project.services[at : at + wide]]
    bare = all(not cell or _is_figure(cell) or cell in DASHES for cells_ in rows for cell in cells_)
    if not bare or len(starts) < len(rows) or len(names) < wide:
        return text
    written = io.StringIO()
    lines = csv.writer(written, delimiter="\t", lineterminator="\n")
    lines.writerow(["", *names])
    lines.writerows([clock(start), *cells_, *[""] * (wide - len(cells_))] for start, cells_ in zip(starts, rows, strict=True))
    return written.getvalue()


def _block(rows: list[list[str]]) -> tuple[list[list[str]], int, int]:
    """The rows without a title above them and without empty columns before them, and how many of both."""
    beside = min(next(n for n, cell in enumerate(row) if cell) for row in rows)
    cut = [row[beside:] for row in rows]
    one_column = not any(any(row[1:]) for row in cut)  # then what stands above it is its heading
    whole = (n for n, row in enumerate(cut) if any(row[1:]) or _is_figure(row[0]) or _is_time(row[0]))
    above = 0 if one_column else next(whole)
    return cut[above:], above, beside


def _with_gaps(
    lines: list[list[str]], first: int, last: int, beside: int, width: int, *, wanted: int
) -> tuple[list[list[str]], list[int]]:
    """Figures without times by their lines: an empty line among them is an interval in which nobody comes, and so is one
    above them where the day is whole only with it."""
    begin = first
    while begin > 1 and not any(lines[begin - 2]) and last - begin + 1 < wanted:
        begin -= 1
    begin = begin if last - begin + 1 == wanted else first
    at = list(range(begin, last + 1))
    return [(lines[n - 1][beside:] + [""] * width)[: max(width, len(lines[n - 1]) - beside)] for n in at], at


def _without_sums(body: list[list[str]], last: int, beside: int, starts: Sequence[int]) -> list[list[str]]:
    """Below a column of times a last row without one may hold their sums; BadInput where it holds other persons."""
    if len(body) < 2 or not all(_is_time(row[0]) for row in body[:-1]) or _is_time(body[-1][0]) or _is_figure(body[-1][0]):
        return body
    if any(body[-1][1:]) and not names_sums(body[-1][0]) and not are_sums(body[-1], body[:-1]):
        raise _no_time(body[-1][0], starts, last, beside)
    return body[:-1]


def _lines(text: str) -> list[list[str]]:
    """All rows to the last that holds something, empty ones between them too."""
    if len(text) > MOST_CHARACTERS:
        raise BadInput("page.demand.too_long", place="", given=len(text), most=MOST_CHARACTERS)
    sign = "\t" if "\t" in text else ";" if ";" in text else "," if _commas_part(text) else "\t"
    rows = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines(), delimiter=sign)]
    filled = [n for n, row in enumerate(rows) if any(row)]
    if not filled:
        raise BadInput("page.demand.paste.empty")
    return rows[: filled[-1] + 1]


def _commas_part(text: str) -> bool:
    """Commas part cells, unless every line is one number with a decimal comma."""
    return any(not _is_figure(line) for line in text.splitlines() if line.strip())


def _along_the_top(project: Project, row: Sequence[str], above: int, beside: int) -> list[str | None] | None:
    """Services by heading; None where the first row is numbers already. The first cell and the last (a sum) may be none."""
    numbers = all(_is_figure(cell) or not cell or cell in DASHES for cell in row[1:])
    if numbers and (_is_time(row[0]) or _is_figure(row[0])):
        return None
    known = {plain_heading(s.id): s.id for s in project.services} | _names_alone(project)
    found = [known.get(plain_heading(cell)) for cell in row]
    names = shown(", ".join(s.name for s in project.services))
    for k, (cell, id_) in enumerate(zip(row, found, strict=True)):
        if id_ is None and cell and 0 < k < len(row) - 1:
            place = _place(above + 1, beside + k + 1)
            raise BadInput("page.demand.paste.service", place=place, given=shown(cell), known=names)
    if not any(found):
        place = _place(above + 1, beside + 1)
        raise BadInput("page.demand.paste.service", place=place, given=shown(row[0]), known=names)
    return found


def _names_alone(project: Project) -> dict[str, str]:
    """Services by their plain names, but for those that share one: these go by their ids."""
    seen = Counter(plain_heading(s.name) for s in project.services)
    return {plain: s.id for s in project.services if seen[plain := plain_heading(s.name)] == 1}


def _columns(project: Project, width: int, service: str) -> list[str | None]:
    if width == 1 and service:
        return [service]
    if width in (len(project.services), len(project.services) + 1):  # the table's own sum may come along
        return [*(s.id for s in project.services), None]
    raise BadInput("page.demand.paste.columns", place=_place(1, 1), given=width, wanted=len(project.services))


def _is_time(cell: str) -> bool:
    return ":" in cell and cells.minutes(cell.split("–")[0].split("-")[0].strip()) is not None


def _start(cell: str, starts: Sequence[int], row: int, beside: int) -> int:
    at = cells.minutes(cell.split("–")[0].split("-")[0].strip())
    if at is None or round(at) not in starts:
        raise _no_time(cell, starts, row, beside)
    return round(at)


def _no_time(cell: str, starts: Sequence[int], row: int, beside: int) -> BadInput:
    first, last = (clock(starts[0]), clock(starts[-1])) if starts else ("-", "-")
    return BadInput("page.demand.paste.time", place=_place(row, beside + 1), given=shown(cell), first=first, last=last)


def _is_figure(cell: str) -> bool:
    return cells.number(cell) is not None or cells.percentage(cell) is not None


def _persons(cell: str, place: str) -> float:
    value = cells.number(cell) if cell and cell not in DASHES else 0.0
    if value is None or value < 0:
        raise BadInput("page.demand.paste.number", place=place, given=shown(cell))
    return value


def _spread(
    service: str, told: Sequence[tuple[int, float, str, str]], now: Mapping[tuple[str, int], float], *, mixed: bool
) -> dict[tuple[str, int], float]:
    """The service's persons of the day by the shares told; BadInput where they make up no whole or nobody comes yet."""
    whole, persons = sum(share for _, share, _, _ in told), sum(n for (of, _), n in now.items() if of == service)
    _, _, place, given = next((one for one in told if one[1] < 0), told[0])
    if mixed or any(share < 0 for _, share, _, _ in told) or abs(whole - 100) > ROUNDED:
        raise BadInput("page.demand.paste.percent", place=place, given=given, whole=f"{whole:g}")
    if persons <= 0:
        raise BadInput("page.demand.paste.nobody", place=place, given=given)
    return {(service, start): round(persons * share / whole, 4) for start, share, _, _ in told}


def _place(row: int, column: int) -> str:
    return f"{row}:{column}" if column else f"{row}"
