"""The layout in force, walked and checked anew before it is used: answers may be old, or come from elsewhere."""

from __future__ import annotations

from typing import Any

from exports.layout_json import layout_to_json
from planner.chain.asked import Asked
from planner.chain.checking import Judged, judge
from planner.digest import digest
from planner.source import InForce, ProjectSource, candidate, layout_in_force

Json = dict[str, Any]


def asked_digest(asked: Asked) -> str:
    """The name of what must be placed and where, pins left out."""
    return digest((asked.level, asked.programme))


def accepted_answer(source: ProjectSource, asked: Asked) -> tuple[Judged, Json] | None:
    """The layout people decided for, when it answers today's question and is stored with how it was found."""
    accepted = source.project.accepted
    if accepted is None or source.answers.get(accepted.candidate) is None:
        return None
    stored = candidate(source, accepted.candidate)
    if stored is None or stored.layout != accepted.layout or not answers_today_s_question(stored, asked):
        return None
    judged = judge(asked, accepted.layout)
    return judged, refreshed(asked, judged, stored.answer)


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
    }
