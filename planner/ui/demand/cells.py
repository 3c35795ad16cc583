"""What people type into a cell as the project has it, and back."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exports.one_line import steady
from layouts.findings import BadInput
from planner.intake import cells
from planner.reading import shown
from planner.ui.words import Words
from solvers.times import clock

LONGEST = 200
MOST_DECIMALS = 2
LEAST_SEEN = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field of the project as a column: how it is shown and read. `choices`: a list to choose from; `fixed`: only shown;
    `marked`: what is shown is HTML already, every sign of which is escaped."""

    show: Callable[[Any], Any]
    read: Callable[[Any, str], Any]
    choices: tuple[str, ...] = field(default=())
    fixed: bool = False
    marked: bool = False


def _text(given: Any, place: str) -> str:
    text = "" if given is None else steady(str(given)).strip()
    if len(text) > LONGEST:
        raise BadInput("page.demand.too_long", place=place, given=len(text), most=LONGEST)
    return text


def _name(given: Any, place: str) -> str:
    text = _text(given, place)
    if not text:
        raise BadInput("page.demand.no_name", place=place)
    return text


def _number(given: Any, place: str) -> float:
    value = cells.number(given)
    if value is None or not math.isfinite(value):
        raise BadInput("page.demand.not_a_number", place=place, given=shown(given if given is not None else "-"))
    return round(value, 6)


def _whole(given: Any, place: str) -> int:
    value = _number(given, place)
    if value != int(value):
        raise BadInput("page.demand.not_whole", place=place, given=shown(given))
    return int(value)


def _share(given: Any, place: str) -> float:
    told = cells.percentage(given)
    return round((_number(given, place) if told is None else told) / 100, 8)


def _plain(value: float) -> str:
    """12 or 7.5, as text: a browser's own field for numbers leaves commas, signs and other digits out without a word."""
    return f"{round(value, 4):.4f}".rstrip("0").rstrip(".")


def evened(values: Sequence[float | None]) -> list[str]:
    """The figures of one column with as many decimals as the longest of them needs, two at most."""
    known = [v for v in values if v is not None]
    digits = next((d for d in range(MOST_DECIMALS) if all(abs(round(v, d) - v) < LEAST_SEEN for v in known)), MOST_DECIMALS)
    return ["" if v is None else f"{v:.{digits}f}" for v in values]


def _clock(given: Any, place: str) -> int:
    if cells.plain_text(given) == "24:00":
        return 1440
    value = cells.minutes(given)
    if value is None:
        raise BadInput("page.demand.not_a_time", place=place, given=shown(given if given is not None else "-"))
    return round(value)


def _weekdays(given: Any, place: str) -> tuple[str, ...]:
    from planner.intake.headings import plain_heading, weekday_names

    found = []
    for part in str(given or "").replace(";", ",").replace("،", ",").replace(" ", ",").split(","):
        if not part.strip():
            continue
        day = weekday_names().get(plain_heading(part), part.strip().lower()[:3])
        if day not in WEEKDAYS:
            raise BadInput("page.demand.not_a_weekday", place=place, given=shown(part), known=", ".join(WEEKDAYS))
        found.append(day)
    return tuple(dict.fromkeys(found))


WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
TEXT = Cell(show=str, read=_text)
NAME = Cell(show=str, read=_name)
NUMBER = Cell(show=_plain, read=_number)
WHOLE = Cell(show=lambda v: str(int(v)), read=_whole)
SHARE = Cell(show=lambda v: _plain(100 * v), read=_share)
TIME = Cell(show=clock, read=_clock)


def named_from(names: Mapping[str, str]) -> Cell:
    """One of the project's things by name (`names`: id to name), escaped, since the browser's list reads names as HTML."""
    seen = list(names.values())
    labels = {i: html.escape(n if seen.count(n) == 1 else f"{n} ({i})", quote=False) for i, n in names.items()}
    ids = {label: ident for ident, label in labels.items()}

    def read(given: Any, place: str) -> str:
        told = _name(given, place)
        return ids.get(told, told)

    def show(ident: str) -> str:
        return labels.get(ident) or html.escape(ident, quote=False)

    return Cell(show=show, read=read, choices=tuple(labels.values()), marked=True)


def days_in(words: Words) -> Cell:
    """Weekdays in the reader's own words; those of other languages are understood too."""
    named = {day: words(f"roster_file.weekday.{day}") for day in WEEKDAYS}
    of_ours = {name.casefold(): day for day, name in named.items()}

    def read(given: Any, place: str) -> tuple[str, ...]:
        parts = [part.strip() for part in re.split(r"[,;،]", str(given or ""))]
        return _weekdays(", ".join(of_ours.get(part.casefold(), part) for part in parts), place)

    comma = "، " if words.direction == "rtl" else ", "
    return Cell(show=lambda days: comma.join(named[day] for day in days), read=read)


def yes_or_no(words: Words) -> Cell:
    """Yes or no, chosen from a list."""
    named = named_from({name: words(f"page.demand.{name}") for name in ("yes", "no")})
    return Cell(
        show=lambda on: named.show("yes" if on else "no"), read=lambda given, place: named.read(given, place) == "yes",
        choices=named.choices, marked=True,
    )  # fmt: skip
