"""Rows of the roster's tables: who carries how much, where people are missing and why, which rules are broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from planner.project import Project
from planner.ui.names import Names, known_of_project
from planner.ui.roster.names import skill_name
from planner.ui.words import Words

Rows = list[dict[str, Any]]


def fairness_rows(project: Project, answer: Mapping[str, Any], words: Words) -> Rows:
    """Hours worked against contract, duties by kind, wishes not met; the least laden first."""
    names = {p.id: p.name for p in project.staff}
    unmet = Counter(r["person"] for r in answer.get("unmet_requests", ()))
    rows = []
    for person in sorted(answer["fairness"]["persons"], key=lambda p: (_share(p) is None, _share(p) or 0.0)):
        rows.append(
            {
                "name": names.get(person["person"], person["person"]),
                "contract": words.number(person.get("contract_min", 0) / 60, 1),
                "worked": words.number(person["worked_min"] / 60, 1),
                "share": words.share(_share(person)),
                "duties": person["duties"],
                "early": person["early"],
                "late": person["late"],
                "unmet": unmet[person["person"]],
            }
        )
    return rows


def _share(person: Mapping[str, Any]) -> float | None:
    contract = person.get("contract_min") or 0
    return person["worked_min"] / contract if contract else None


def shortage_rows(project: Project, answer: Mapping[str, Any], words: Words, most: int) -> tuple[Rows, str]:
    """Shortages with their reasons, and a word about those beyond `most`."""
    found = answer["shortages"]
    rows = [
        {
            "date": s["date"],
            "time": words.clock(s["start_min"]),
            "skill": skill_name(project, s["skill"]),
            "missing": s["missing"],
            "reason": words(f"roster_file.reason.{s['reason']}"),
            "available": s["available"],
        }
        for s in found[:most]
    ]
    return rows, words("page.roster.more", count=len(found) - most) if len(found) > most else ""


def broken_rules(project: Project, answer: Mapping[str, Any], words: Words) -> list[str]:
    """Rules that the roster breaks, each with where: only a roster changed by hand breaks any."""
    names = Names(words.language, known_of_project(project) | {p.id: p.name for p in project.staff})
    return [
        f"{words.of_finding(f, names)} {names.where(f.get('where') or ())}".strip()
        for f in answer.get("findings", ())
        if f["status"] == "fail"
    ]
