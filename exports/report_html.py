"""Small pieces of HTML. Every text passes through `safe`; nothing else writes text into a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from exports.one_line import one_line
from exports.report_figures import told
from exports.words import knows, readable, say, unit_in

GROUPED_FROM = 10_000
NUMBER = re.compile(r"-?[\d.,]+( [±…] [\d.,]+)?( %)?")
FIGURES = re.compile(r"[\x20-\x7e±–−…%→×÷≤≥²³]*\d[\x20-\x7e±–−…%→×÷≤≥²³]*")


def safe(value: object) -> str:
    """Any value as text that cannot become markup."""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if value is None or isinstance(value, int | float | str):
        text = _figure(value)
    elif isinstance(value, Mapping):
        text = ", ".join(f"{k}: {readable(v) if not isinstance(v, list | dict | tuple) else v}" for k, v in value.items())
    elif isinstance(value, Sequence):
        text = ", ".join(readable(v) if isinstance(v, int | float | str) else str(v) for v in value)
    else:
        text = str(value)
    return escape(one_line(text), quote=True)


def _figure(value: int | float | str | None) -> str:
    """A value as `readable` tells it, large numbers in groups of three."""
    text = readable(value)
    if isinstance(value, str) or value is None or abs(value) < GROUPED_FROM:
        return text
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def figure(value: object) -> str:
    """A value as `safe` tells it. Among Arabic words too, figures keep their order from left to right: else `2.2 ± 0.1` is read
    as 0.1 ± 2.2, and a sign stands behind its number.
    """
    text = safe(value)
    return f'<bdi dir="ltr">{text}</bdi>' if FIGURES.fullmatch(text) else text


def section(id: str, heading: str, *parts: str) -> str:
    """A section of the page; without content it is not there."""
    body = "".join(part for part in parts if part)
    return f'<section id="{safe(id)}"><h2>{safe(heading)}</h2>{body}</section>\n' if body else ""


def paragraph(text: str, css: str = "") -> str:
    mark = f' class="{safe(css)}"' if css else ""
    return f"<p{mark}>{safe(text)}</p>" if text else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], css: Sequence[str] = ()) -> str:
    """A table; a row's class by its place in `css`."""
    lines = [f"<tr>{''.join(f'<th>{safe(h)}</th>' for h in heads)}</tr>"]
    marks = [*css]
    for i, row in enumerate(rows):
        mark = f' class="{safe(marks[i])}"' if i < len(marks) and marks[i] else ""
        cells = "".join(f"<td{_number(cell)}>{figure(cell)}</td>" for cell in row)
        lines.append(f"<tr{mark}>{cells}</tr>")
    return f"<table><thead>{lines[0]}</thead><tbody>{''.join(lines[1:])}</tbody></table>" if len(lines) > 1 else ""


def _number(cell: object) -> str:
    plain = isinstance(cell, int | float) and not isinstance(cell, bool)
    return ' class="n"' if plain or (isinstance(cell, str) and NUMBER.fullmatch(cell)) else ""


def facts(pairs: Iterable[tuple[str, object]]) -> str:
    """A list of names and values; empty values are left out."""
    kept = [(name, value) for name, value in pairs if value not in (None, "", [], {}, ())]
    return f"<dl>{''.join(f'<div><dt>{safe(n)}</dt><dd>{figure(v)}</dd></div>' for n, v in kept)}</dl>" if kept else ""


def columns_of(rows: Sequence[Mapping[str, Any]], known: Sequence[str], place: str, language: str) -> str:
    """The rows' known columns, those that any row fills, under their names in people's words."""
    used = [key for key in known if any(row.get(key) not in (None, "", [], {}) for row in rows)]
    heads = [label(f"{place}.{key}", key, language) for key in used]
    return table(heads, ([_cell(row.get(key), key, language) for key in used] for row in rows))


def _cell(value: Any, key: str, language: str) -> Any:
    """Long lists (a number for every interval) as their range, units as people write them."""
    if key == "unit":
        return unit_in(str(value or ""), language)
    if isinstance(value, list | tuple) and len(value) > 6 and all(isinstance(v, int | float) for v in value):
        low, high = readable(min(value)), readable(max(value))
        return low if low == high else f"{low} … {high}"
    return told(value, key)


def label(code: str, key: str, language: str) -> str:
    """The word for a key; one nobody has named is shown as it is, readable."""
    return say(code, {}, language) if knows(code) else key.replace("_", " ")
