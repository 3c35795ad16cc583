"""What is said of the optimum: bound, gap and terms are arithmetic that anyone can repeat."""

from __future__ import annotations

import math
from typing import Any

from layouts.findings import Finding
from planner.verify.contents import Contents
from planner.verify.found import all_or, failed, need, unchecked

SOLVED = ("optimal", "feasible", "cancelled")
BY_HAND = "by_hand"  # people changed the layout after it was found: nothing is proven of it, and nothing may be said
FIGURES = ("objective", "bound", "gap", "relaxation_bound")
CLOSE = 1e-6


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=CLOSE, abs_tol=CLOSE)


def _of(code: str, part: str, solution: Any) -> list[Finding]:
    if need(solution, "status") == BY_HAND:
        said = [name for name in FIGURES if need(solution, name) is not None]
        return [failed(code, part, problem=name) for name in said] or [unchecked(code, missing="bound", status=BY_HAND)]
    wrong: list[Finding] = []
    objective, bound, gap = (need(solution, k) for k in ("objective", "bound", "gap"))
    terms = need(solution, "terms")
    if need(solution, "status") not in SOLVED or objective is None:
        return [failed(code, part, problem="no_answer", status=str(solution["status"]))]
    if not _close(math.fsum(terms.values()), objective):
        wrong.append(failed(code, part, problem="terms", measured=math.fsum(terms.values()), required=objective))
    for name in ("bound", "relaxation_bound"):
        limit = need(solution, name)
        if limit is not None and limit > objective + CLOSE * max(1.0, abs(objective)):
            wrong.append(failed(code, part, problem=name, measured=limit, required=objective))
    if bound is not None:
        again = (objective - bound) / max(abs(objective), 1e-9)
        if gap is None or not math.isclose(again, gap, rel_tol=1e-4, abs_tol=1e-4):
            wrong.append(failed(code, part, problem="gap", measured=-1.0 if gap is None else gap, required=round(again, 6)))
        if solution["status"] == "optimal" and again > 1e-4:
            wrong.append(failed(code, part, problem="not_optimal", measured=round(again, 6), required=0.0))
    if not solution.get("freedom"):
        wrong.append(failed(code, part, problem="freedom"))
    return wrong


def the_layout_s_bound_holds(c: Contents) -> list[Finding]:
    """Terms sum to the objective, no bound exceeds it, the gap is their difference; the freedom it means is told."""
    code = "verify.bound_placement"
    return all_or(_of(code, "placement", need(c.answers, "solution")), code)


def the_roster_s_bound_holds(c: Contents) -> list[Finding]:
    """The same for the roster, whose freedom is its question."""
    code = "verify.bound_roster"
    solution = need(c.answers, "roster").get("solution")
    if solution is None:
        return [unchecked(code, missing="roster.solution")]
    wrong = [f for f in _of(code, "roster", solution) if f.values.get("problem") != "freedom"]
    return all_or(wrong, code)
