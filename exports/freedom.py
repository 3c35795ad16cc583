"""What an optimiser was free to choose, in a reader's words: a bound means nothing without it.

Told by a solution's `freedom`: spines and what was proven for each, walls that could be built, halls that were raced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exports.report_html import label
from exports.words import knows, say

PLAIN = ("setbacks_mm", "position_step_mm", "modules", "modes", "layouts_refused_by_check", "layouts_laid_aside")
Row = tuple[str, object]


def freedom_rows(freedom: Mapping[str, Any], language: str) -> Iterator[Row]:
    """Name and value of each part; where there are storeys each part names its own."""
    levels = freedom.get("levels")
    if levels is None:
        yield from _rows(freedom, language)
        return
    for level, each in levels.items():
        yield from ((f"{name} · {level}", value) for name, value in _rows(each, language))


def _rows(freedom: Mapping[str, Any], language: str) -> Iterator[Row]:
    for key in ("spines", "spine_bounds"):
        if freedom.get(key):
            yield _name(key, language), _counted(freedom[key]) if key == "spines" else _range_of(freedom[key], language)
    if freedom.get("typologies"):
        yield _name("typologies", language), ", ".join(_typology(name, language) for name in freedom["typologies"])
    if freedom.get("built"):
        yield _name("built", language), _range_of([bound for _, _, bound in freedom["built"]], language)
    if freedom.get("typology"):
        yield _name("typology", language), _typology(freedom["typology"], language)
    if freedom.get("halls"):
        yield _name("halls", language), len(freedom["halls"])
    for key in PLAIN:
        if freedom.get(key):
            yield _name(key, language), freedom[key]


def _name(key: str, language: str) -> str:
    return label(f"report.freedom.{key}", key, language)


def _counted(value: Any) -> object:
    return len(value) if isinstance(value, list | tuple) else value


def _range_of(bounds: Sequence[float | None], language: str) -> str:
    """The least and the greatest; None is a spine on which no layout stands at all."""
    known = sorted(bound for bound in bounds if bound is not None)
    if not known:
        return say("report.freedom.none", {}, language)
    low, high = f"{known[0]:,.0f}", f"{known[-1]:,.0f}"
    return low if low == high else say("report.freedom.range", {"low": low, "high": high}, language)


def _typology(name: str, language: str) -> str:
    kind, _, number = name.partition("-")
    code = f"report.typology.{kind}"
    return say(code, {"number": number}, language) if knows(code) else name
