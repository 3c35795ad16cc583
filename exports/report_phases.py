"""The report's table of phases: how many positions and seats of each bank are open, beside what the year needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exports.report_html import section, table
from exports.words import say


def phases_section(phases: Sequence[Mapping[str, Any]], language: str) -> str:
    """One row a bank, one column a phase; nothing where the centre opens at once."""
    if not phases:
        return ""
    heads = [say("report.phases.bank", {}, language)]
    heads += [say("report.phases.phase", {"phase": p["phase"], "year": p["year"]}, language) for p in phases]
    rows = []
    for k, bank in enumerate(phases[-1]["banks"]):
        cells = [_cell(p["banks"][k], language) for p in phases if k < len(p["banks"])]
        rows.append([bank["name"], *cells])
    return section("phases", say("report.phases", {}, language), table(heads, rows))


def _cell(row: Mapping[str, Any], language: str) -> str:
    opens, needs = row["opens"], row["needs"]
    values = {"positions": opens["positions"], "needed": needs["positions"], "seats": opens["seats"]}
    return say("report.phases.open", values, language)
