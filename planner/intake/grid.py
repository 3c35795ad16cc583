"""A CSV or XLSX file as rows of cells under known headings, each cell with the place that a spreadsheet shows for it."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.files import read_bytes
from planner.intake.decoding import decoded, delimiter_of
from planner.intake.headings import Columns, columns_of, no_columns
from planner.reading import shown
from planner.tables import row_place

HEADINGS_WITHIN = 25
"""Titles and notes may stand above the headings, up to this many rows."""
MOST_UNPACKED = 512 * 1024 * 1024
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
PROTECTED = "EncryptedPackage".encode("utf-16-le")  # a workbook with a password lies in a file of that old form

Cells = Sequence[Any] | Mapping[int, Any]
"""A row: of a text in order, of a sheet those that are filled by their place. One stray word in a sheet's last column leaves
16 thousand places before it empty."""
Rows = Iterator[tuple[int, Cells]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row below the headings."""

    number: int
    cells: Cells
    columns: Columns

    def get(self, role: str) -> Any:
        """The cell of `role`; None where the file has no such column or the cell is empty."""
        at = self.columns.at.get(role)
        value = _cell(self.cells, at) if at is not None else None
        return None if isinstance(value, str) and not value.strip() else value

    def place(self, role: str) -> str:
        return row_place(self.number, self.columns.headings.get(role, role))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A file's rows below its headings, and how it was read."""

    file: str
    columns: Columns
    lines: tuple[Line, ...]
    encoding: str
    delimiter: str


def read_grid(file: Path, *, encoding: str = "", given: Mapping[str, str] | None = None, kind: str = "") -> Grid:
    """The table in `file`; BadInput with row and column where it is not one."""
    body = read_bytes(file)
    if body.startswith(OLD_EXCEL) and PROTECTED in body:
        raise BadInput("intake.protected", file=str(file))
    if body.startswith(OLD_EXCEL) or file.suffix.lower() == ".xls":
        raise BadInput("intake.old_excel", file=str(file))
    if file.suffix.lower() == ".gz":
        body = _unpacked(body, file)
    if body.startswith(b"PK"):
        sheet, encoding, sign = _sheet(body, file, values=False), "xlsx", ""
        rows = list(_of_sheet(sheet, body, file))
    else:
        sheet = None
        text, encoding = decoded(body, str(file), encoding)
        sign = delimiter_of(text)
        rows = list(_of_text(text, sign, file))
    columns, first = _headings(str(file), rows, given or {}, kind)
    lines = tuple(_line(number, cells, columns, str(file)) for number, cells in rows if number > first and _any(cells))
    if not lines:
        raise BadInput("intake.no_rows", file=str(file), place=f"row {first + 1}")
    if sheet is not None:
        _refuse_merged(sheet, file, first, columns)
    return Grid(file=str(file), columns=columns, lines=lines, encoding=encoding, delimiter=sign)


def _headings(file: str, rows: Sequence[tuple[int, Cells]], given: Mapping[str, str], kind: str) -> tuple[Columns, int]:
    upper = [(number, _filled(cells)) for number, cells in rows[:HEADINGS_WITHIN]]
    for number, filled in upper:
        if columns := columns_of(list(filled.values()), given, kind):
            places = list(filled)
            return replace(columns, at={role: places[n] for role, n in columns.at.items()}), number
    raise no_columns(file, [(number, list(filled.values())) for number, filled in upper], given, kind)


def _line(number: int, cells: Cells, columns: Columns, file: str) -> Line:
    line = Line(number=number, cells=cells, columns=columns)
    for role in columns.at:
        value = line.get(role)
        if isinstance(value, str) and value.lstrip().startswith("="):
            raise BadInput("intake.formula_as_text", file=file, place=line.place(role), given=shown(value))
    return line


def _cell(cells: Cells, at: int) -> Any:
    if isinstance(cells, Mapping):
        return cells.get(at)
    return cells[at] if at < len(cells) else None


def _any(cells: Cells) -> bool:
    return any(cell is not None and str(cell).strip() for cell in (cells.values() if isinstance(cells, Mapping) else cells))


def _filled(cells: Cells) -> dict[int, Any]:
    """The cells that hold something by their place, from the first."""
    places = sorted(cells.items()) if isinstance(cells, Mapping) else enumerate(cells)
    return {at: cell for at, cell in places if cell is not None and str(cell).strip()}


def _of_text(text: str, sign: str, file: Path) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, list(cells)
    except csv.Error as error:
        raise BadInput("table.not_csv", file=str(file), place=f"line {reader.line_num}", reason=str(error)) from None


def _of_sheet(sheet: Any, body: bytes, file: Path) -> Rows:
    """Values, as last calculated where they are formulas."""
    values: Any = None
    for number, row in _rows_of(sheet):
        cells: dict[int, Any] = {}
        for at, cell in row.items():
            if cell.data_type == "f":
                values = values or _sheet(body, file, values=True)
                told = values.cell(cell.row, cell.column).value
                if told is None:
                    place = f"row {cell.row}, column {cell.column_letter}"
                    raise BadInput("intake.formula_without_value", file=str(file), place=place)
                cells[at - 1] = _as_shown(told, cell)
            elif cell.data_type == "e":
                place = f"row {cell.row}, column {cell.column_letter}"
                raise BadInput("intake.error_cell", file=str(file), place=place, given=shown(cell.value))
            else:
                cells[at - 1] = _as_shown(cell.value, cell)
        yield number, cells


def _rows_of(sheet: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    """Rows that hold something, by their number; each with its cells by column.

    The sheet's own rows make a cell of every empty place: with one stray word in a corner there are 17 milliard of them.
    """
    rows: dict[int, dict[int, Any]] = {}
    for (number, column), cell in sheet._cells.items():
        if cell.value is not None:
            rows.setdefault(number, {})[column] = cell
    yield from sorted(rows.items())


def _as_shown(value: Any, cell: Any) -> Any:
    """A number that the sheet shows as a percentage, with its sign: 35 %, where the cell holds 0.35."""
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format or ""):
        return f"{round(100 * value, 6):g} %"
    return value


def _sheet(body: bytes, file: Path, *, values: bool) -> Any:
    """The first sheet that holds more than one row."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise BadInput("intake.too_large", file=str(file), most_mb=MOST_UNPACKED // 2**20)
        book = load_workbook(io.BytesIO(body), data_only=values)
        sheets = [sheet for sheet in book.worksheets if sheet.max_row > 1]
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise; all mean that this is no workbook
        raise BadInput("intake.not_a_workbook", file=str(file), reason=shown(error)) from None
    if not sheets:
        raise BadInput("intake.no_rows", file=str(file), place="row 1")
    return sheets[0]


def _refuse_merged(sheet: Any, file: Path, headings_row: int, columns: Columns) -> None:
    """Merged cells above the headings are titles; below them nobody knows which row a value belongs to."""
    used = {at + 1 for at in columns.at.values()}
    for merged in sorted(sheet.merged_cells.ranges, key=lambda each: each.bounds):
        if merged.max_row > headings_row and any(merged.min_col <= column <= merged.max_col for column in used):
            place = f"row {merged.min_row}, column {merged.coord.split(':')[0].rstrip('0123456789')}"
            raise BadInput("intake.merged_cells", file=str(file), place=place, given=merged.coord)


def _unpacked(body: bytes, file: Path) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            text = packed.read(MOST_UNPACKED + 1)
    except (OSError, EOFError):
        raise BadInput("intake.not_gzip", file=str(file)) from None
    if len(text) > MOST_UNPACKED:
        raise BadInput("intake.too_large", file=str(file), most_mb=MOST_UNPACKED // 2**20)
    return text
