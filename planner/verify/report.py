"""The report quotes the answers, and no person is named outside the manager's folder."""

from __future__ import annotations

import html
import math
import re
from html.parser import HTMLParser
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked
from planner.verify.roster_files import WORKBOOK, names_in_the_workbook

REPORT = "report/report.html"
NUMBER = re.compile(r"(?<![\w.])-?\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?(?!\d)|(?<![\w.])-?\d+(?:\.\d+)?", re.ASCII)
SHORTEST_NAME = 4


class _Text(HTMLParser):
    """Text of a page by the id of the section it stands in; scripts, styles and drawings left out."""

    def __init__(self) -> None:
        super().__init__()
        self.text: dict[str, list[str]] = {"": []}
        self.section = ""
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self.section = dict(attrs).get("id") or ""
        self.silent += tag in ("script", "style", "svg")

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self.section = ""
        self.silent -= tag in ("script", "style", "svg")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.text.setdefault(self.section, []).append(data)


def _sections(c: Contents) -> dict[str, str]:
    page = _Text()
    page.feed((c.folder / REPORT).read_text("utf-8"))
    return {id: " ".join(words) for id, words in page.text.items()}


def _numbers(text: str) -> list[tuple[float, int]]:
    """Numbers of a text with their decimals, thousands parted by comma or thin space."""
    found = []
    for match in NUMBER.findall(text):
        plain = re.sub(r"[,\u202f\u00a0]", "", match)
        found.append((float(plain), len(plain.partition(".")[2])))
    return found


def _quoted(value: float, numbers: list[tuple[float, int]]) -> bool:
    """Whether some number is the value, rounded (or rounded up, as a gap must be) to the number's own decimals."""
    return any(abs(n - value) <= 10.0**-d * (0.5 + 1e-9) or n == math.ceil(value * 10**d - 1e-6) / 10**d for n, d in numbers)


def _figures(c: Contents) -> list[tuple[str, str, float]]:
    """(section, name, value) of the figures that the report must quote."""
    banks = need(c.answers, "capacity", "banks")
    told: list[tuple[str, str, Any]] = [
        ("capacity", name, sum(int(b.get(name) or 0) for b in banks)) for name in ("positions", "seats", "wheelchair_bays")
    ]
    solution = need(c.answers, "solution")
    told += [("solution", "objective", need(solution, "objective")), ("solution", "bound", need(solution, "bound"))]
    gap = need(solution, "gap")
    if gap is not None and solution["status"] != "optimal":
        told.append(("solution", "gap_percent", 100 * gap))
    told += [("measures", k, need(c.answers, "measures").get(k)) for k in ("linearity_index", "walk_m_per_visit")]
    told.append(("roster", "assignments", len(need(c.answers, "roster", "assignments"))))
    return [(section, name, float(value)) for section, name, value in told if value is not None]


def the_report_quotes_the_answers(c: Contents) -> list[Finding]:
    """Each key figure stands in its section of the report (in the page, when it has no such section)."""
    code, sections = "verify.report_figures", _sections(c)
    whole, wrong = " ".join(sections.values()), []
    figures = _figures(c)
    for section, name, value in figures:
        if not _quoted(value, _numbers(sections.get(section, whole))):
            wrong.append(failed(code, REPORT, figure=f"{section}.{name}", required=value))
    return all_or(wrong, code, figures=len(figures))


def _names(c: Contents) -> tuple[str, ...]:
    """People's names: as given, else those at the head of the workbook's rows of people."""
    if c.names:
        return c.names
    if WORKBOOK not in c.files:
        return ()
    names = [n.strip() for n in names_in_the_workbook(c)]
    return tuple(dict.fromkeys(n for n in names if len(n) >= SHORTEST_NAME))


def _texts(raw: bytes) -> str:
    """A file's text in the ways that names may hide in it: plain, JSON and DXF escapes, HTML entities, UTF-16."""
    text = raw.decode("utf-8", "ignore")
    unescaped = re.sub(r"\\[uU]\+?([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return "\n".join((unescaped, html.unescape(text), raw.decode("utf-16-le", "ignore"))).casefold()


def nobody_is_named_outside_the_manager_s_folder(c: Contents) -> list[Finding]:
    """People's full names, looked for in every file that is not the manager's. The name itself is not told again."""
    code, names = "verify.no_names", _names(c)
    if not names:
        return [unchecked(code, missing="names")]
    wrong = []
    others = [f for f in c.files if not f.startswith("manager/")]
    for file in others:
        text = _texts((c.folder / file).read_bytes())
        hits = sum(1 for name in names if name.casefold() in text or name.casefold() in file.casefold())
        if hits:
            wrong.append(failed(code, file, measured=hits, required=0, unit="names"))
    return all_or(wrong, code, names=len(names), files=len(others))
