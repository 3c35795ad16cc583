"""Answers -> one self-contained HTML page: nothing is fetched, everything prints, every text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from exports import report_charts as drawn
from exports import report_sections as sections
from exports.report_demand import areas_section, processes_section
from exports.report_html import paragraph, safe
from exports.report_phases import phases_section
from exports.report_sources import sources_section
from exports.report_verdict import verdict_section
from exports.words import direction, say

# The page may load nothing and run nothing, whatever a name in it tries.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def report_html(answers: Mapping[str, Any], *, picture: str = "", language: str = "en") -> str:
    """The report of `answers` (the JSON of the command line, with `project` as its summary and `assumptions`).

    `picture` is the SVG text of the plan. A part without an answer is left out of the page.
    """
    project = answers.get("project") or {}
    title = str(project.get("title") or project.get("name") or say("report.title", {}, language))
    parts = [
        sections.asked(project, language),
        sections.picture(picture, language),
        sections.capacity(answers.get("capacity") or {}, language),
        processes_section(answers.get("processes") or {}, language),
        areas_section(answers.get("areas") or {}, language),
        drawn.staffing(answers.get("capacity") or {}, language),
        drawn.simulation(answers.get("simulation") or {}, _names(answers), language),
        drawn.scenarios(answers.get("scenarios") or (), language),
        drawn.buying(answers.get("buying") or {}, language),
        sections.solution(answers.get("solution") or {}, language),
        sections.measures(answers.get("measures") or {}, language),
        verdict_section(answers.get("verdict"), language),
        phases_section(answers.get("phases") or (), language),
        sections.findings(answers.get("findings") or (), answers.get("not_checked") or (), language),
        sections.roster(answers.get("roster") or {}, language),
        sections.assumptions(answers.get("assumptions") or (), language),
        sources_section(answers, language),
        sections.origin(answers, language),
    ]
    return page_of(title, say("report.subtitle", {}, language), parts, language)


def page_of(title: str, subtitle: str, parts: Sequence[str], language: str) -> str:
    """A whole page of ready sections (HTML); the title and the subtitle are plain text."""
    style = resources.files(__package__).joinpath("report.css").read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{safe(language)}" dir="{direction(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{safe(title)}</h1>{paragraph(subtitle)}</header>\n<main>\n"
        + "".join(parts)
        + f"</main>\n<footer>{paragraph(say('report.foot', {}, language))}</footer>\n</body>\n</html>\n"
    )


def _names(answers: Mapping[str, Any]) -> dict[str, str]:
    """What people call services and banks."""
    capacity = answers.get("capacity") or {}
    known = [*capacity.get("services", ()), *capacity.get("banks", ())]
    return {str(each["id"]): str(each["name"]) for each in known if each.get("name")}
