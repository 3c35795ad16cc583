"""What codes say to people: message catalogues `exports/words/*.<language>.toml`, one flat table each.

Values are data, never templates: a name that holds braces stays the name it is. A value may be a part with words of its own,
{code, values}, which is said in the same language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from layouts.findings import BadInput, Finding, Value

FALLBACK = "en"
PLAIN_UNITS = {"m²": "m2", "m³": "m3"}
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ckb")
PLACE = re.compile(
    r"(?:row (?P<row>\d+)|line (?P<line>\d+))(?:, (?:column (?P<column>.+)|character (?P<sign>\d+)))?", re.DOTALL
)


class UnknownCode(KeyError):
    """A code without a sentence: a fault of the program, found by a test, never shown."""


def merge_tables(tables: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
    """One table of many; a code given twice, or one that is not a plain sentence, is refused with its file."""
    merged: dict[str, str] = {}
    home: dict[str, str] = {}
    for file, table in tables:
        for code, sentence in table.items():
            if not isinstance(sentence, str):
                raise ValueError(f"{file}: {code} is not one sentence (are quotes round the code missing?)")
            if code in merged:
                raise ValueError(f"{code} stands in {home[code]} and again in {file}")
            merged[code], home[code] = sentence, file
    return merged


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of one language by code; empty when nobody has translated yet."""
    files = sorted(resources.files(__package__).joinpath("words").iterdir(), key=lambda f: f.name)
    wanted = [f for f in files if f.name.endswith(f".{language}.toml")]
    return merge_tables((f.name, tomllib.loads(f.read_text("utf-8"))) for f in wanted)


def say(code: str, values: Mapping[str, Any] | None = None, language: str = FALLBACK) -> str:
    """The sentence of `code` with its values, in `language` where it is translated, else in English."""
    sentence = catalogue(language).get(code) or catalogue(FALLBACK).get(code)
    if sentence is None:
        raise UnknownCode(code)
    return sentence.format_map({name: _said(value, language) for name, value in (values or {}).items()})


def _said(value: Any, language: str) -> str:
    """A value, or a part that has words of its own."""
    if isinstance(value, Mapping) and "code" in value:  # else it is a table of figures, which no sentence names
        told = dict(value.get("values") or {})
        if "unit" in told:  # a finding within a sentence
            unit = told["unit"]
            told |= {name: people_s_unit(told.get(name), unit)[0] for name in ("measured", "required")}
            told["unit"] = unit_in(people_s_unit(None, unit)[1], language)
        return say(value["code"], told, language)
    return readable(value)


def knows(code: str) -> bool:
    """Whether there is a sentence for `code`."""
    return code in catalogue(FALLBACK)


def sentence_for(finding: Finding, language: str = FALLBACK) -> str:
    """What a finding says: its own values beside measured, required, unit, where, clause and profile."""
    return say(finding.code, {**_of_finding(finding, language), **finding.values}, language)


def sentence_for_input(error: BadInput, language: str = FALLBACK) -> str:
    """What is wrong with what people gave, where, and what was expected."""
    return say(error.code, {"file": error.file, "place": place_in(error.place, language), **error.values}, language)


def place_in(place: str, language: str) -> str:
    """`row 3, column date` as people of a language say it; a place of another kind as it is."""
    found = PLACE.fullmatch(place)
    if found is None:
        return place
    parts = [say(f"place.{name}", {"at": at}, language) for name, at in found.groupdict().items() if at]
    return ("، " if language in RIGHT_TO_LEFT else ", ").join(parts)


def people_s_unit(value: Value | None, unit: str) -> tuple[Value | None, str]:
    """An area as people tell it: 1.21 m² instead of 1210000 mm2; everything else as it is."""
    if unit != "mm2":
        return value, unit
    return (value / 1e6 if isinstance(value, (int, float)) else value), "m²"


def unit_in(unit: str, language: str) -> str:
    """The unit as people of a language write it; one nobody has named as it is."""
    code = f"report.unit.{PLAIN_UNITS.get(unit, unit)}"
    return say(code, {}, language) if knows(code) else unit


def _of_finding(finding: Finding, language: str) -> dict[str, Value | None]:
    measured, unit = people_s_unit(finding.measured, finding.unit)
    return {
        "measured": measured,
        "required": people_s_unit(finding.required, finding.unit)[0],
        "unit": unit_in(unit, language),
        "where": ", ".join(finding.where),
        "clause": finding.clause,
        "profile": finding.profile,
        "edition": finding.edition,
    }


def readable(value: Value | None) -> str:
    """A value for a sentence: numbers without a useless tail, nothing as a dash."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.{3 if abs(value) < 10 else 1}f}".rstrip("0").rstrip(".")
    return str(value)


def direction(language: str) -> str:
    """`rtl` or `ltr`, for pages."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"
