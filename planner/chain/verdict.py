"""The verdict on a layout: its measures beside those of the layout before it (the accepted one, else the last candidate)."""

from __future__ import annotations

from typing import Any

from layouts.findings import Finding

Json = dict[str, Any]
LESS_IS_BETTER = ("walk_m_per_visit", "backtrack_share", "crossing", "crossing_persons", "detour", "egress_max_m")
MORE_IS_BETTER = ("linearity", "linearity_index", "adjacency", "visual_access")
GOALS_LESS = ("new_walls_m", "removed_walls_m", "side_changes_per_visit", "staff_floor_per_position_m2")
GOALS_MORE = (
    "floor_per_seat_m2", "aisle_surplus_mm", "daylight_share", "desk_in_sight_share", "same_side_share",
    "welcome_in_sight_share", "display_in_sight_share", "seats_see_display_share", "cash_apart_m",
)  # fmt: skip
ALIKE = 0.005  # of the reference's value: nobody notices a smaller change


def verdict(now: Json, before: Any, name: str | None) -> Json | None:
    """What is better and what is worse than before; None where there is nothing to compare with.

    `now` and `before` are answers of the placement; `same_question` tells whether both were asked for the same.
    """
    if not isinstance(before, dict) or not isinstance(before.get("measures"), dict) or name == now.get("candidate"):
        return None
    rows = [
        *_compared(now.get("measures") or {}, before["measures"], LESS_IS_BETTER, MORE_IS_BETTER),
        *_compared(now.get("goals") or {}, before.get("goals") or {}, GOALS_LESS, GOALS_MORE),
        _failed(now, before),
    ]
    counted = {word: sum(row["verdict"] == word for row in rows) for word in ("better", "worse", "alike")}
    return {
        "reference": name or "",
        "same_question": before.get("asked_digest") == now.get("asked_digest"),
        "measures": rows,
        **counted,
        "overall": _overall(counted),
    }


def _compared(now: Json, before: Json, less: tuple[str, ...], more: tuple[str, ...]) -> list[Json]:
    rows = []
    for name in (*less, *more):
        a, b = before.get(name), now.get(name)
        if isinstance(a, int | float) and isinstance(b, int | float):
            gain = (b - a) if name in more else (a - b)
            word = "alike" if abs(b - a) <= ALIKE * max(abs(a), 1e-9) else "better" if gain > 0 else "worse"
            rows.append({"name": name, "reference": a, "now": b, "change": round(b - a, 4), "verdict": word})
    return rows


def _failed(now: Json, before: Json) -> Json:
    """Checks that fail, as one more measure."""
    a, b = (sum(_fails(f) for f in answer.get("findings") or ()) for answer in (before, now))
    word = "alike" if a == b else "better" if b < a else "worse"
    return {"name": "failed_checks", "reference": a, "now": b, "change": b - a, "verdict": word}


def _fails(finding: Any) -> bool:
    if isinstance(finding, Finding):
        return finding.status == "fail" and finding.severity == "error"
    return isinstance(finding, dict) and finding.get("status") == "fail" and finding.get("severity") == "error"


def _overall(counted: dict[str, int]) -> str:
    if counted["better"] and not counted["worse"]:
        return "better"
    if counted["worse"] and not counted["better"]:
        return "worse"
    return "mixed" if counted["better"] else "alike"
