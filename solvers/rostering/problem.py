"""The question of the roster: who can work, when the centre is open, how many persons each interval needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date as Date
from datetime import timedelta

from layouts.findings import BadInput
from solvers.cover import CoverNeed
from solvers.rostering.soundness import refuse_unsound_cover, refuse_unsound_staff, refuse_unsound_time
from solvers.services import DayType
from solvers.staff import LabourRules, StaffMember

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Points per unit; an hour of uncovered need outweighs everything that people could be given in its place.
WEIGHTS: Mapping[str, float] = {
    "under_cover": 100.0,  # per person-hour missing
    "over_cover": 0.5,  # per person-hour on duty without a need
    "contract_hours": 2.0,  # per hour below the contract
    "fair_hours": 2.0,  # per hour below the contract beyond each of FAIR_STEPS
    "fair_weekends": 6.0,  # per duty beyond the fair share plus one
    "fair_early": 1.0,
    "fair_late": 1.0,
    "requests": 8.0,  # per unmet request and its weight 1..5
    "cost": 0.1,  # per hour of average pay
    "changes": 15.0,  # per person-day changed in a repair
}
# Shares of the contract; being further below costs more with each, so that shortfalls are shared.
FAIR_STEPS = (0.05, 0.10, 0.20)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterDay:
    """One date of the horizon. Closed days have `day_type` "" and open_min = close_min. `week` counts from 0.

    `usual`: the centre opens on this weekday, though a closure may fall on the date.
    """

    date: str
    weekday: str
    week: int
    usual: bool
    day_type: str
    open_min: int
    close_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalNeed:
    """`needed` persons working at `skill` during the interval that starts `start_min` on `date`."""

    date: str
    skill: str
    start_min: int
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What `person` brings from before the horizon: days worked in a row up to its eve, end of the eve's duty (minutes
    after the eve's midnight; 0: none), and weekend, early and late duties that fairness remembers."""

    person: str
    days_in_a_row: int = 0
    eve_end_min: int = 0
    weekends: int = 0
    early: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDuty:
    """A duty of a roster that people already have: in a repair, every person-day that differs counts as a change."""

    person: str
    date: str
    start_min: int
    end_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterProblem:
    """The whole question. Hours a week stay within contract_floor_share..1 + overtime_share of the contract.

    A duty is early when it starts less than `edge_min` after opening, late when it ends less than `edge_min` before
    closing. `weekend` are the weekdays that are shared out fairly. `known` is None but in a repair; dates before
    `frozen_before` then stay as they are known.
    """

    days: tuple[RosterDay, ...]
    interval_min: int
    needs: tuple[IntervalNeed, ...]
    staff: tuple[StaffMember, ...]
    rules: LabourRules
    history: tuple[History, ...] = ()
    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))
    weekend: tuple[str, ...] = ("fri", "sat")
    edge_min: int = 60
    contract_floor_share: float = 0.0
    overtime_share: float = 0.0
    known: tuple[KnownDuty, ...] | None = None
    frozen_before: str = ""


def roster_problem(
    needs: tuple[CoverNeed, ...],
    day_types: tuple[DayType, ...],
    staff: tuple[StaffMember, ...],
    rules: LabourRules,
    *,
    start_date: str,
    weeks: int,
    closed_dates: tuple[str, ...] = (),
    interval_min: int = 30,
    history: tuple[History, ...] = (),
    weights: Mapping[str, float] | None = None,
    dated: Mapping[str, str] | None = None,
) -> RosterProblem:
    """Lay day types and their needs on dates. A date belongs to the first day type that names its weekday, or, where that
    day is open, to the one that `dated` names for it: Ramadan's Sunday in place of the usual one.

    Needs of another grid than `interval_min` count in every interval they touch, the largest one winning.
    """
    first = refuse_unsound_time(day_types, start_date, weeks, closed_dates, interval_min)
    refuse_unsound_staff(staff, history)
    refuse_unsound_cover(needs, day_types)
    days = tuple(_day(first, offset, day_types, closed_dates, dated or {}) for offset in range(7 * weeks))
    return RosterProblem(
        days=days,
        interval_min=interval_min,
        needs=tuple(need for day in days for need in _needs_on(day, needs, interval_min)),
        staff=staff,
        rules=rules,
        history=history,
        weights=_weights(weights or {}),
    )


def question_digest(problem: RosterProblem) -> str:
    """SHA-256 of the question in canonical JSON: the same question has the same digest on every machine."""
    text = json.dumps(asdict(problem), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def slots_of(day: RosterDay, interval_min: int) -> int:
    """Number of intervals of a day's opening."""
    return (day.close_min - day.open_min) // interval_min


def _weights(changed: Mapping[str, float]) -> dict[str, float]:
    for name, points in changed.items():
        if name not in WEIGHTS or points < 0:
            raise BadInput("roster.bad_weight", place=f"weights.{name}", value=points, known=", ".join(WEIGHTS))
    return {**WEIGHTS, **changed}


def _day(
    first: Date, offset: int, day_types: tuple[DayType, ...], closed: tuple[str, ...], dated: Mapping[str, str]
) -> RosterDay:
    date = first + timedelta(days=offset)
    weekday = WEEKDAYS[date.weekday()]
    kind = next((t for t in day_types if weekday in t.weekdays), None)
    if kind is not None and date.isoformat() in dated:
        kind = next(t for t in day_types if t.id == dated[date.isoformat()])
    is_open = kind is not None and date.isoformat() not in closed
    return RosterDay(
        date=date.isoformat(),
        weekday=weekday,
        week=offset // 7,
        usual=kind is not None,
        day_type=kind.id if kind and is_open else "",
        open_min=kind.open_min if kind and is_open else 0,
        close_min=kind.close_min if kind and is_open else 0,
    )


def _needs_on(day: RosterDay, needs: tuple[CoverNeed, ...], interval_min: int) -> tuple[IntervalNeed, ...]:
    most: dict[tuple[str, int], int] = {}
    for need in needs:
        if need.day_type != day.day_type or need.needed == 0:
            continue
        for start in range(day.open_min, day.close_min, interval_min):
            if start < need.start_min + need.length_min and need.start_min < start + interval_min:
                most[need.skill, start] = max(most.get((need.skill, start), 0), need.needed)
    return tuple(
        IntervalNeed(date=day.date, skill=skill, start_min=start, needed=needed)
        for (skill, start), needed in sorted(most.items())
    )
