"""Everything of Panel that pages may use, behind small functions of our own, so that its renames are one folder's business.

Three rules live here. Names from files and people are untrusted: what a component would read as HTML or Markdown goes
through `safe_text`. Icons are those that Material ships with itself: a Tabler name would be fetched from another machine.
Widths are stretched, since the components' own default overflows a side panel.
"""

from __future__ import annotations

from planner.ui.kit.fields import (
    button,
    checkbox,
    icon_button,
    many,
    number_field,
    one_of,
    refill,
    select,
    switch,
    text_area,
    text_field,
    whole_field,
)
from planner.ui.kit.files import download, progress, upload
from planner.ui.kit.frames import card, column, dialog, filling, hold, page, row, sides, tabs, whole_page
from planner.ui.kit.looks import FULL, WIDE
from planner.ui.kit.pictures import ON_PAPER, draw, image, plot, svg_uri
from planner.ui.kit.tables import EVEN, set_rows, steadied, table
from planner.ui.kit.words import bullets, chip, figure_of, heading, note, safe_text, say, text

__all__ = [
    "EVEN", "FULL", "ON_PAPER", "WIDE", "bullets", "button", "card", "checkbox", "chip", "column", "dialog", "download",
    "draw", "figure_of", "filling", "heading", "hold", "icon_button", "image", "many", "note", "number_field", "one_of",
    "page", "plot", "progress", "refill", "row", "safe_text", "say", "select", "set_rows", "sides", "steadied", "svg_uri",
    "switch", "table", "tabs", "text", "text_area", "text_field", "upload", "whole_field", "whole_page",
]  # fmt: skip
