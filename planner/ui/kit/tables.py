"""Tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import panel as pn

from exports.one_line import steady
from planner.ui.kit.looks import WIDE
from planner.ui.kit.words import Viewable, safe_text

# columns of a table that share its width, whichever way the page reads; the first has names and more room
EVEN = {"layout": "fit_columns"}
WIDEST_COLUMN = 420  # a name longer than that leaves room for what stands beside it
WHOLE_TITLES = (
    ".tabulator-col-title { white-space: normal !important; text-overflow: clip !important; font-size: 13px; }"
    " .tabulator-col .tabulator-col-content { padding-inline: 10px !important; }"
    " .tabulator-col-title { overflow-wrap: anywhere; }"
    # in a narrow window titles need the room of the arrows more: a click on a title sorts all the same
    " @media (max-width: 1150px) { .tabulator-col .tabulator-col-content { padding-inline: 5px !important; }"
    " .tabulator-col .tabulator-col-sorter { display: none !important; }"
    " .tabulator-col-title { padding-inline-end: 0 !important; font-size: 12px !important; } }"
    " .tabulator-rtl .tabulator-row .tabulator-cell > div[style='text-align: left;'] { text-align: start !important; }"
    " .tabulator-rtl .tabulator-row .tabulator-cell { border-left: none !important; }"
    # the row under the pointer: the theme's is white on light blue, which few read well
    " .tabulator-row.tabulator-selectable:not(.tabulator-selected):hover,"
    " .tabulator-row.tabulator-selectable:not(.tabulator-selected):hover .tabulator-cell"
    " { background-color: color-mix(in srgb, currentColor 9%, transparent) !important; color: inherit !important; }"
)


def table(
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    editable: Sequence[str] = (),
    on_edit: Callable[[int, str, Any, Any], None] | None = None,
    on_click: Callable[[int], None] | None = None,
    wrap: Sequence[str] = (),
    numbers: Sequence[str] = (),
    **options: Any,
) -> Viewable:
    """A table: `columns` from field to title. `on_edit(row, field, new, old)`; `on_click(row)`. Cells show text, never HTML.
    `wrap`: columns whose words may need several lines; `numbers`: columns that stand at the right.
    """
    frame = _frame(rows, list(columns))
    more = {"sizing_mode": WIDE, "layout": "fit_data_stretch", "show_index": False, "theme": "materialize"} | options
    more["configuration"] = {"columnDefaults": {"maxInitialWidth": WIDEST_COLUMN}} | options.get("configuration", {})
    more["stylesheets"] = [WHOLE_TITLES, *options.get("stylesheets", ())]
    made = pn.widgets.Tabulator(
        frame,
        titles={field: safe_text(title) for field, title in columns.items()},
        editors={c: None for c in columns if c not in editable},
        disabled=not editable,
        formatters={c: {"type": "textarea"} for c in wrap},
        text_align={c: "right" for c in numbers},
        header_align={c: "right" for c in numbers},
        **more,
    )
    if on_edit is not None:
        made.on_edit(lambda e: on_edit(int(e.row), str(e.column), e.value, e.old))
    if on_click is not None:
        made.on_click(lambda e: on_click(int(e.row)))
    return made


def set_rows(made: Viewable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Other rows into a `table`."""
    columns = list(made.value.columns)
    made.value = _frame(rows, columns)


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    import pandas as pd  # a quarter of a second, and the list of projects has no table

    return pd.DataFrame(steadied(rows, columns), columns=list(columns))


def steadied(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Rows as a table shows them."""
    return [{c: steady(cell) if isinstance(cell := each.get(c), str) else cell for c in columns} for each in rows]
