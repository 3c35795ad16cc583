"""The report's sections on processes before and after, and on areas by source, from the plain answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exports.report_figures import told
from exports.report_html import columns_of, label, paragraph, safe, section, table
from exports.report_sections import finding_sentence
from exports.words import say, unit_in

Answer = Mapping[str, Any]
PER_CASE = ("steps", "documents", "visits_per_case", "contact_min", "clerk_min")
WAYS = ("as_is", "to_be", "saved")
LINES = ("label", "number", "net_m2")
SIZES = ("size", "visits_per_day", "positions", "seats", "net_m2", "gross_m2", "gross_per_daily_visit_m2", "stands")


def processes_section(answer: Answer, language: str = "en") -> str:
    """Each service as it is and as it will be, then the whole centre both ways (`exports/processes_json.py`)."""
    if not answer:
        return ""
    heads = [say(f"report.processes.{h}", {}, language) for h in ("of", *WAYS)]
    services = [
        (f"{each['name']}: {_word(figure, language)}", *(told(each[way][figure], figure) for way in WAYS))
        for each in answer["services"]
        for figure in PER_CASE
    ]
    whole = answer["capacity"]
    rows = [(_word(k, language), *(told(whole[way][k], k) for way in WAYS)) for k in whole["as_is"]]
    lead = {k: whole["saved"][k] for k in ("positions", "staff_hours_per_week", "visits_per_day")}
    return section(
        "processes",
        say("report.processes", {}, language),
        paragraph(say("report.processes.lead", lead, language), "lead"),
        table(heads, rows),
        f"<h3>{safe(say('report.processes.per_case', {}, language))}</h3>",
        table(heads, services),
    )


def areas_section(answer: Answer, language: str = "en") -> str:
    """The schedule of areas, where the centre stands among others, and three sizes (`exports/areas_json.py`)."""
    if not answer:
        return ""
    sums = {k: answer[k] for k in ("net_m2", "with_circulation_m2", "gross_m2")}
    heads = [say(f"report.areas.{h}", {}, language) for h in ("measure", "value", "unit", "stands", "elsewhere", "source")]
    measures = [
        (
            label(f"report.areas.{each['measure']}", each["measure"], language),
            each["value"],
            unit_in(each["unit"], language),
            label(f"report.areas.stands.{each['stands']}", each["stands"], language),
            "; ".join(_band(band) for band in each["bands"]),
            "; ".join(dict.fromkeys(band["source"] for band in each["bands"])),
        )
        for each in answer["measures"]
    ]
    failed = [finding_sentence(f, language) for f in answer["findings"] if f["status"] == "fail"]
    return section(
        "areas",
        say("report.areas", {}, language),
        paragraph(say("report.areas.lead", sums, language), "lead"),
        *(paragraph(text) for text in failed),
        columns_of(answer["lines"], LINES, "report.areas.line", language),
        f"<h3>{safe(say('report.areas.standing', {}, language))}</h3>",
        table(heads, measures),
        f"<h3>{safe(say('report.areas.sizes', {}, language))}</h3>",
        columns_of(answer["sizes"], SIZES, "report.areas.size", language),
    )


def _word(key: str, language: str) -> str:
    return label(f"report.processes.{key}", key, language)


def _band(band: Answer) -> str:
    figures = f"{band['low']:g}" if band["low"] == band["high"] else f"{band['low']:g}–{band['high']:g}"
    return f"{band['name']} {figures}"
