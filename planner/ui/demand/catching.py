"""Cells of a spreadsheet that are pasted onto a table of ours, instead of into the one field that is open there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import param
from panel.custom import JSComponent

from planner.ui.demand.paste import MOST_CHARACTERS


class Catch(JSComponent):
    """Tells of cells pasted onto the table with the hook `over`: their text, and the row and column they were pasted on.

    A browser makes one long figure of a column of cells that is pasted into a field of one line.
    """

    over = param.String(default="", doc="The CSS class of the table.")

    _esm = Path(__file__).with_name("catching.js").read_text("utf-8")

    def __init__(self, over: str, on_cells: Callable[[str, int, str], None]) -> None:
        super().__init__(over=over, width=0, height=0, margin=0)
        self._on_cells = on_cells

    def _handle_msg(self, data: Any) -> None:
        told = read_cells(data)
        if told is not None:
            self._on_cells(*told)


def read_cells(data: Any) -> tuple[str, int, str] | None:
    """What the browser says was pasted; None where it says nothing of the kind."""
    if not isinstance(data, dict):
        return None
    text, row, column = data.get("text"), data.get("row"), data.get("column")
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_CHARACTERS or not isinstance(column, str):
        return None
    return text, row if type(row) is int and row >= 0 else 0, column
