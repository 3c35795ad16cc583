"""The layout in force, walked and checked anew before it is used: answers may be old, or come from elsewhere."""

from __future__ import annotations

from typing import Any

from exports.layout_json import layout_to_json
from planner.chain.asked import Asked
from planner.chain.checking import Judged, judge
from planner.chain.phasing import phases_json
from planner.digest import digest
from planner.project import BY_HAND
from planner.source import InForce, ProjectSource, candidate, layout_in_force

Json = dict[str, Any]


def asked_digest(asked: Asked) -> str:
    """The name of what must be placed and where, pins left out."""
    return digest((asked.level, asked.programme, *((one.level, one.programme) for one in asked.others)))


def accepted_answer(source: ProjectSource, asked: Asked) -> tuple[Judged, Json] | None:
    """The layout people decided for, when it answers today's question: as it was found, or as they changed it by hand.

    A layout changed or drawn by hand has no bound: whatever was proven was proven of another layout.
    """
    accepted = source.project.accepted
    if accepted is None:
        return None
    if accepted.candidate == BY_HAND:
        judged = judge(asked, accepted.layout)
        return judged, refreshed(asked, judged, {"solution": by_hand(None)})
    if source.answers.get(accepted.candidate) is None:
        return None
    stored = candidate(source, accepted.candidate)
    if stored is None or not answers_today_s_question(stored, asked):
        return None
    judged = judge(asked, accepted.layout)
    if stored.layout == accepted.layout:
        return judged, refreshed(asked, judged, stored.answer)
    return judged, refreshed(asked, judged, {"solution": by_hand(stored.answer.get("solution"))})


def by_hand(found: Any) -> Json:
    """The record of a layout that people changed after it was found (`found`: that record), or drew themselves."""
    earlier = found if isinstance(found, dict) else {}
    return {
        "status": "by_hand", "objective": None, "bound": None, "gap": None, "relaxation_bound": None, "terms": {},
        "freedom": {}, "seed": earlier.get("seed", 0), "effort": earlier.get("effort", ""),
        "reproducible": bool(earlier.get("reproducible", False)), "seconds_to_first": None, "seconds": 0.0,
        "versions": earlier.get("versions", {}), "question_digest": earlier.get("question_digest", ""),
    }  # fmt: skip


def answers_today_s_question(force: InForce, asked: Asked) -> bool:
    return isinstance(force.answer, dict) and force.answer.get("asked_digest") == asked_digest(asked)


def in_force_today(source: ProjectSource, asked: Asked) -> tuple[InForce, Judged, Json] | None:
    """The layout in force with fresh figures; None when nothing was placed yet."""
    force = layout_in_force(source)
    if force is None:
        return None
    judged = judge(asked, force.layout)
    return force, judged, refreshed(asked, judged, force.answer)


def refreshed(asked: Asked, judged: Judged, answer: Any) -> Json:
    """A stored answer's record with everything else measured again."""
    plan = asked.project.plan
    assert plan is not None
    return {
        "solution": answer.get("solution", {}) if isinstance(answer, dict) else {},
        "measures": judged.measures_json(),
        "layout": layout_to_json(plan, judged.layout),
        "findings": judged.checked(),
        "not_checked": judged.not_checked(),
        "goals": judged.goals_json(),
        "phases": phases_json(asked, judged.layout),
    }
