"""The report's verdict: the layout's measures beside those of the layout before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exports.report_html import label, paragraph, section, table
from exports.words import say


def verdict_section(verdict: Mapping[str, Any] | None, language: str) -> str:
    """Nothing where there was no layout before."""
    if not verdict:
        return ""
    heads = [say(f"report.verdict.{h}", {}, language) for h in ("measure", "reference", "now", "change", "verdict")]
    rows = [
        (
            label(f"report.measure.{r['name']}", r["name"], language), r["reference"], r["now"], r["change"],
            say(f"report.verdict.{r['verdict']}", {}, language),
        )
        for r in verdict["measures"]
    ]  # fmt: skip
    values = {k: verdict[k] for k in ("better", "worse", "alike")} | {"reference": str(verdict["reference"])[:12]}
    told = say("report.verdict.sum", values, language)
    other = "" if verdict["same_question"] else say("report.verdict.other_question", {}, language)
    return section("verdict", say("report.verdict", {}, language), paragraph(told), paragraph(other), table(heads, rows))
