"""The row of sums that people copy along with a column of figures: known by its name, or by what it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from planner.intake import cells
from planner.intake.headings import plain_heading

DASHES = ("-", "–", "—")  # how spreadsheets write a zero among amounts
WORDS = (
    "total totals subtotal sum sums all overall المجموع مجموع الإجمالي إجمالي الكل الجملة "
    "razem suma łącznie ogółem summe gesamt insgesamt totaux somme جمع کل کۆ سەرجەم toplam Σ"
)
PLAIN = frozenset(plain_heading(word) for word in WORDS.split())


def names_sums(label: str) -> bool:
    """Whether a row so headed holds sums: it says so, or says nothing. Whatever has a digit may be a time instead."""
    return not label or (not any(c.isdigit() for c in label) and any(plain_heading(word) in PLAIN for word in label.split()))


def are_sums(last: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether every figure of the last row is what stands above it in all; the first cells are labels."""
    told = {k: _amount(cell) for k, cell in enumerate(last) if k and cell}
    found = {k: sum(_amount(row[k]) or 0.0 for row in rows if k < len(row)) for k in told}
    return all(value is not None and abs(value - found[k]) < 0.01 for k, value in told.items())


def _amount(cell: str) -> float | None:
    share = cells.percentage(cell)
    return share if share is not None else 0.0 if cell in DASHES else cells.number(cell)
