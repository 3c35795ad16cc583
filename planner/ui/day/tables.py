"""Simulated days as tables: services, banks, scenarios with their differences, and the animated day by the hour."""

from __future__ import annotations

from typing import Any

from planner.project import Project
from planner.ui.words import Words

Json = dict[str, Any]
MANY = 100


def with_interval(estimate: Json | None, words: Words, digits: int = 1, factor: float = 1.0) -> str:
    """12.3 (11.8 … 12.9), 112 (110 … 113); nothing as a dash."""
    if estimate is None or estimate["value"] is None:
        return "–"
    if factor == 1.0 and abs(estimate["value"]) >= MANY:  # parts of a minute are noise then, and the cell would cut them
        digits = 0
    value = words.number(factor * estimate["value"], digits)
    if estimate["low"] is None or estimate["high"] is None:
        return value
    low, high = (words.number(factor * estimate[end], digits) for end in ("low", "high"))
    return f"{value} ({low}\u00a0…\u00a0{high})"  # a cell breaks before it, not within


def bank_rows(project: Project, answer: Json, words: Words) -> list[Json]:
    """Banks, those that do not keep their promise marked by a word."""
    names = {b.id: b.name for b in project.banks}
    rows = []
    for bank in answer["banks"]:
        share, standard = bank["p_within"], bank["standard"]
        value = None if share is None else share["value"]
        kept = value is None or value >= standard["share_within"]
        rows.append(
            {
                "name": names.get(bank["id"], bank["id"]),
                "visits": words.number(bank["visits_per_day"]),
                "within": with_interval(share, words, 1, 100),
                "promise": words(
                    "page.day.promise", share=words.share(standard["share_within"]), minutes=f"{standard['within_min']:g}"
                ),
                "kept": words("page.day.kept" if kept else "page.day.not_kept"),
                "mean": with_interval(bank["wait_mean_min"], words),
                "p90": with_interval(bank["wait_p90_min"], words),
                "use": with_interval(bank["utilisation"], words, 0, 100),
                "line": bank["waiting"][-1] if bank["waiting"] else "",
            }
        )
    return rows


def service_rows(project: Project, answer: Json, words: Words) -> list[Json]:
    """Services from door to door."""
    names = {s.id: s.name for s in project.services}
    return [
        {
            "name": names.get(s["id"], s["id"]),
            "visitors": words.number((s["visitors_per_day"] or {}).get("value"), 1),
            "within": with_interval(s["p_within"], words, 1, 100),
            "mean": with_interval(s["wait_mean_min"], words),
            "p90": with_interval(s["wait_p90_min"], words),
            "time": with_interval(s["time_mean_min"], words),
        }
        for s in answer["services"]
    ]


def scenario_rows(answer: Json, words: Words) -> list[Json]:
    """Scenarios on the same days; a difference whose interval holds 0 is told as such."""
    return [
        {
            "name": words.known(f"page.day.scenario.{row['name']}", row["name"]),
            "visitors": words.number(row["visitors_per_day"]),
            "mean": with_interval(row["wait_mean_min"], words),
            "more": "–" if n == 0 else with_interval(row["wait_more_min"], words, 2),
            "within": with_interval(row["p_within"], words, 1, 100),
            "within_more": "–" if n == 0 else with_interval(row["within_more"], words, 1, 100),
            "apart": "" if n == 0 else words("page.day.tie" if row["tie"] else "page.day.apart"),
            "unserved": with_interval(row["not_served"], words),
            "needs": row["planned"]["positions"],
        }
        for n, row in enumerate(answer.get("scenarios") or ())
    ]


def hour_rows(replay: Json, words: Words) -> list[Json]:
    """The animated day in words: at every full hour who waits where, and how many are inside."""
    rows = []
    for minute in range(-(-replay["first"] // 60) * 60, replay["last"], 60):
        at = minute - replay["first"]
        row: Json = {"at": words.clock(minute), "inside": replay["inside"][at]}
        for n, counts in enumerate(replay["counts"]):
            row[f"b{n}"] = counts[at][0]
        rows.append(row)
    return rows
