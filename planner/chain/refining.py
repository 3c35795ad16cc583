"""Positions refined by simulation: found once for a question, kept, and judged anew where they come from a file."""

from __future__ import annotations

from typing import Any

from layouts.findings import BadInput, Finding
from planner.answers import AnswerStore
from planner.digest import digest
from solvers.capacity import CapacityQuestion, OpenedDay
from solvers.effort import Cancel, Report
from solvers.simulation.refine import RefinedWeek, judge_week, refine_week

STAFFING = "staffing"
DAYS, SEED = 300, 1
Json = dict[str, Any]

_known: dict[str, RefinedWeek] = {}
"""What this process has refined or recalled, by the digest of the question: the same question has the same answer."""


def refined_week(
    question: CapacityQuestion, holds: str, report: Report | None = None, cancel: Cancel | None = None
) -> RefinedWeek:
    """Every kind of day refined; a second time the answer is at hand. What a cancel left unfinished is not kept."""
    name = staffing_digest(question, holds)
    if name not in _known:
        found = refine_week(question, definition=holds, days=DAYS, seed=SEED, report=report, cancel=cancel)
        if found.cancelled:
            return found
        _known[name] = found
    return _known[name]


def staffing_digest(question: CapacityQuestion, holds: str) -> str:
    return digest((question, holds, DAYS, SEED))


def recall(answers: AnswerStore, question: CapacityQuestion, holds: str) -> bool:
    """Positions that were stored with the project, judged on simulated days before they are used; False without any."""
    name = staffing_digest(question, holds)
    if name in _known:
        return True
    opened = _opened(answers.get(name))
    if not opened:
        return False
    try:
        judged = judge_week(question, opened, definition=holds, days=DAYS, seed=SEED)
    except BadInput:  # an answer from elsewhere that does not fit the question is none
        return False
    if any(refined.misses for _, refined in judged.days):
        return False
    _known[name] = judged
    return True


def keep(answers: AnswerStore, question: CapacityQuestion, holds: str) -> None:
    """Store what was refined, so that later commands need not search."""
    name = staffing_digest(question, holds)
    week = _known.get(name)
    if week is not None:
        rows = [{"day_type": each.day_type, "bank": each.bank, "open": list(each.open)} for each in week.opened]
        answers.put(name, STAFFING, {"definition": week.definition, "opened": rows})


def missed(week: RefinedWeek) -> tuple[Finding, ...]:
    """Banks that miss the standard on unseen days by more than the interval of the estimate."""
    return tuple(
        Finding(
            code="capacity.standard_missed",
            status="fail",
            severity="error",
            certainty="default",
            profile="",
            measured=round(refined.judged.bank(bank).p_within.value, 4),
            required=refined.judged.bank(bank).share_within,
            unit="share",
            where=(bank,),
            values={"day_type": day, "bank": bank, "days": refined.judged.days},
        )
        for day, refined in week.days
        for bank in refined.misses
    )


def _opened(told: Any) -> tuple[OpenedDay, ...]:
    """The stored rows; none where they are not what we store."""
    rows = told.get("opened") if isinstance(told, dict) else None
    found = []
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict) or not isinstance(row.get("open"), list):
            return ()
        if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= 10_000 for n in row["open"]):
            return ()
        found.append(OpenedDay(day_type=str(row.get("day_type")), bank=str(row.get("bank")), open=tuple(row["open"])))
    return tuple(found)
