"""The report's list of sources: what stands behind the ids that assumptions and areas name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from exports.report_html import safe, section
from exports.words import say
from layouts.sources import cited


def sources_section(answers: Mapping[str, Any], language: str) -> str:
    """The sources named anywhere in the report's assumptions and bands of areas, by number; none, no section."""
    found = cited(_named(answers))
    items = "".join(f"<div><dt>{safe(s.id)}</dt><dd>{safe(s.citation)}</dd></div>" for s in found)
    return section("sources", say("report.sources", {}, language), f'<dl class="sources">{items}</dl>' if found else "")


def _named(answers: Mapping[str, Any]) -> Iterator[str]:
    for each in answers.get("assumptions") or ():
        yield f"{each.get('source') or ''} {each.get('clause') or ''}"
    for measure in (answers.get("areas") or {}).get("measures") or ():
        for band in measure["bands"]:
            yield str(band["source"])
