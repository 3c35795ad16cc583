"""How the sheets of a roster look: paper, fonts, borders, and texts that can never become formulas."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.roster_words import Words

THIN = Side(style="thin", color="999999")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEAD = PatternFill("solid", fgColor="D9D9D9")
BAND = PatternFill("solid", fgColor="F5F5F5")
BLACK = PatternFill("solid", fgColor="222222")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(vertical="center", wrap_text=True)
PLAIN = Alignment(vertical="center")


def clean(text: str) -> str:
    """Text without the signs that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n" or " " <= sign < "\ud800" or "\ue000" <= sign != "\uffff")


def put(sheet: Worksheet, row: int, column: int, value: str | float | None, *, size: float = 9, bold: bool = False,
        fill: PatternFill | None = None, left: bool = False, box: bool = True) -> Cell:  # fmt: skip
    """Write one cell. Texts are stored as texts: what starts with = + - @ is shown, never computed."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    else:
        cell.value = value
    cell.font = Font(size=size, bold=bold, color="FFFFFF" if fill is BLACK else "000000")
    cell.alignment = CENTRED if not left else (LEFT if box else PLAIN)
    if box:
        cell.border = BOX
    if fill is not None:
        cell.fill = fill
    return cell


def put_formula(sheet: Worksheet, row: int, column: int, formula: str) -> Cell:
    """Write a formula of our own making."""
    cell = put(sheet, row, column, None, bold=True)
    cell.value = formula
    return cell


def heads(sheet: Worksheet, row: int, labels: list[str]) -> None:
    """A row of column heads."""
    for column, label in enumerate(labels, start=1):
        put(sheet, row, column, label, bold=True, fill=HEAD)


def widths(sheet: Worksheet, sizes: list[float]) -> None:
    """Column widths in characters."""
    for column, size in enumerate(sizes, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = size


def for_print(sheet: Worksheet, *, title: str, say: Words, head_rows: int, name_columns: int = 1,
              landscape: bool = True) -> None:  # fmt: skip
    """A4, one page wide, heads repeated on every page, title above and page number below."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.75, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_title_rows = f"1:{head_rows}"
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.left.text, sheet.oddHeader.right.text = clean(title)[:200].replace("&", "&&"), "&A"
    sheet.oddFooter.center.text = f"{say('label.page')} &P {say('label.of')} &N"
    sheet.freeze_panes = f"{get_column_letter(name_columns + 1)}{head_rows + 1}"
