"""Sums that reconcile across the answers: flows, measures, findings."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked


def walking_is_the_routes_sum(c: Contents) -> list[Finding]:
    """Walking per visit (M1) = sum over routes of visitors x length / visitors, from the routes' own figures."""
    code = "verify.walking"
    told = need(c.answers, "measures", "walk_m_per_visit")
    visitors = sum(f["visitors_per_day"] for f in need(c.answers, "programme", "flows") if f["stops"])
    work = sum(r["visitors_per_day"] * r["length_mm"] for level in c.levels() for r in need(level, "routes"))
    if visitors == 0:
        return [unchecked(code, missing="programme.flows")]
    again = work / visitors / 1000
    if not math.isclose(again, told, rel_tol=0.005, abs_tol=0.05):
        return [failed(code, measured=told, required=round(again, 3), unit="m")]
    return all_or([], code, walk_m_per_visit=round(again, 3))


LIMITS = {
    "backtrack_share": (0.0, 1.0),
    "linearity_index": (0.0, 100.0),
    "crossing": (0.0, math.inf),
    "crossing_persons": (0.0, math.inf),
    "detour": (0.999, math.inf),
    "adjacency": (0.0, 1.0),
    "visual_access": (0.0, 1.0),
    "egress_max_m": (0.0, 1000.0),
}


def measures_lie_in_their_ranges(c: Contents) -> list[Finding]:
    """Shares are shares, an index runs to 100, an accessible walk is never shorter than the shortest."""
    code, measures, wrong = "verify.measures_range", need(c.answers, "measures"), []
    for name, (low, high) in LIMITS.items():
        value = measures.get(name)
        if value is not None and not low - 1e-9 <= value <= high + 1e-9:
            wrong.append(failed(code, name, measured=value, required=low if value < low else high))
    return all_or(wrong, code)


def findings_are_not_silent(c: Contents) -> list[Finding]:
    """Findings have a code and a known status, and a pass agrees with its own figures.

    A failed check that the package itself tells of is repeated as a warning: it is honest, and no fault of the package.
    """
    code, wrong = "verify.findings", []
    found: list[Any] = need(c.answers, "findings")
    for f in found:
        if not f.get("code") or f.get("status") not in ("pass", "fail", "not_applicable", "not_checked"):
            wrong.append(failed(code, str(f.get("code")), problem="status"))
        elif f["status"] == "pass" and not _holds(f):
            wrong.append(failed(code, f["code"], problem="passes_though_short", measured=f["measured"], required=f["required"]))
        elif f["status"] == "fail" and f.get("severity") == "error":
            told = failed(code, f["code"], *map(str, f.get("where", ())), problem="failed_check")
            wrong.append(replace(told, severity="warning"))
    if not found:
        wrong.append(failed(code, "findings", problem="missing"))
    need(c.answers, "not_checked")
    return all_or(wrong, code, findings=len(found))


AT_MOST = (
    "distance", "disjoint", "free", "gangway", "larger_than_floor", "passing_space", "common_path", "dead_end",
    "dead_end_turning", "counter_height", "reach_range", "protruding_objects",
)  # fmt: skip


def _holds(finding: Any) -> bool:
    """Whether a passed finding's own figures agree; limits from above are known by their codes."""
    measured, required = finding.get("measured"), finding.get("required")
    if measured is None or required is None:
        return True
    slack = 2000.0 if finding.get("unit") == "mm2" else 2.0 if finding.get("unit") == "mm" else 1e-3
    at_most = finding["code"].rsplit(".", 1)[-1].endswith(AT_MOST)
    return bool(measured <= required + slack) if at_most else bool(measured >= required - slack)
