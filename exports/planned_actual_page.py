"""Planned against actual as a page of its own: what came after the opening, held against the plan in public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exports.report import page_of
from exports.report_html import columns_of, label, paragraph, section
from exports.words import FALLBACK, say

MOST_SENTENCES = 20
"""Whole days, service times and waits first; the table holds all."""
COLUMNS = ("figure", "name", "day", "start", "planned", "actual", "low", "high", "count", "deviates")


def planned_actual_html(answer: Mapping[str, Any], name: str, language: str = FALLBACK) -> str:
    """The page of what `planned_actual_to_json` gives with {dates}: what deviates in sentences, then the table (intervals only
    where they deviate). `name` is the centre's."""
    rows = [
        row | {"figure": label(f"planned.figure.{row['figure']}", row["figure"], language), "day": row["day_type"]}
        for row in sorted(answer["rows"], key=lambda row: not row["deviates"])
        if row["figure"] != "arrivals_by_interval" or row["deviates"]
    ]
    told = sorted(answer["findings"], key=lambda each: each["code"] == "planned.arrivals_by_interval")
    said = [say(f["code"], {**f, "where": ", ".join(f["where"]), **f["values"]}, language) for f in told[:MOST_SENTENCES]]
    counts = {"deviating": answer["deviating"], "rows": len(answer["rows"]), "days": answer["dates"]["count"]}
    title = say("planned.title", {}, language)
    body = section(
        "planned-actual",
        title,
        paragraph(say("planned.lead", counts, language), "lead"),
        *(paragraph(text) for text in said),
        columns_of(rows, COLUMNS, "planned.column", language),
    )
    return page_of(name, title, (body,), language)
