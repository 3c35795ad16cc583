"""A layout's figures for people on a terminal: how good it is, what its objective is made of, what it was free to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from exports.freedom import freedom_rows
from exports.report_html import label
from exports.words import FALLBACK
from planner.cli.output import print_facts, print_table

HEADLINE = ("status", "objective", "bound", "relaxation_bound", "seconds_to_first", "seconds", "effort", "seed", "reproducible")


def print_placement(answer: Mapping[str, Any]) -> None:
    """The candidate's name, its proof, its terms, what it was free to choose, and its measures."""
    solution = answer["solution"]
    name = {"candidate": answer["candidate"][:12]} if "candidate" in answer else {}
    print_facts(name | {k: solution[k] for k in HEADLINE if solution.get(k) is not None} | _within(solution))
    _print_terms(solution.get("terms") or {})
    print_facts(dict(freedom_rows(solution.get("freedom") or {}, FALLBACK)))
    print_phases(answer.get("phases") or ())
    print_facts({k: v for k, v in (answer.get("measures") or {}).items() if k != "levels"} | _against(answer.get("verdict")))


def print_phases(phases: Sequence[Mapping[str, Any]]) -> None:
    """What each phase opens beside what its year needs, bank by bank."""
    if phases:
        heads = [f"{p['name'] or 'phase'} (year {p['year']})" for p in phases]
        rows = [
            [
                bank["name"],
                *(f"{b['opens']['positions']} of {b['needs']['positions']}, {b['opens']['seats']} seats" for b in columns),
            ]
            for bank, columns in zip(phases[-1]["banks"], zip(*(p["banks"] for p in phases)))
        ]
        print_table(("opens of what is needed", *heads), rows)


def _within(solution: Mapping[str, Any]) -> dict[str, Any]:
    gap = solution.get("gap")
    return {} if gap is None else {"within_percent": round(100 * gap, 1)}


def _print_terms(terms: Mapping[str, float]) -> None:
    """The dearest first, each with its share of the objective."""
    whole = sum(terms.values())
    rows = [
        (label(f"report.term.{term}", term, FALLBACK), f"{value:.0f}", f"{100 * value / whole:.1f}")
        for term, value in sorted(terms.items(), key=lambda each: -each[1])
        if value
    ]
    if rows:
        print_table(("objective made of", "cost", "%"), rows)


def _against(verdict: Mapping[str, Any] | None) -> dict[str, str]:
    return {"against_before": f"{verdict['overall']} (+{verdict['better']} -{verdict['worse']})"} if verdict else {}
