"""Where the need is not covered, and why as far as it can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from solvers.rostering.contract import week_cap_min
from solvers.rostering.measure import cover_lines, worked_min
from solvers.rostering.options import Option, options_of
from solvers.rostering.problem import IntervalNeed, RosterProblem
from solvers.rostering.roster import Duty, Shortage

REASONS = (
    "nobody_holds_skill",  # no member of staff has it
    "too_few_hold_skill",  # fewer members of staff than needed have it
    "too_few_available",  # leave, availability and shift rules leave fewer than needed at that time
    "hours_exhausted",  # those not on duty have worked their hours or days of the week
    "needed_elsewhere",  # those on duty work at other needed skills or are on their break
    "not_found",  # somebody could still come: a longer effort may find it
)


def shortages_of(problem: RosterProblem, duties: Sequence[Duty]) -> tuple[Shortage, ...]:
    """Every uncovered need with its number and reason."""
    short = [line for line in cover_lines(problem, duties) if line.rostered < line.needed]
    number = {day.date: d for d, day in enumerate(problem.days)}
    options = {
        (person.id, date): options_of(problem, person, problem.days[number[date]])
        for date in sorted({line.date for line in short})
        for person in problem.staff
    }
    named = []
    for line in short:
        need = IntervalNeed(date=line.date, skill=line.skill, start_min=line.start_min, needed=line.needed)
        reason, available = _reason(problem, duties, need, options)
        named.append(Shortage(date=line.date, start_min=line.start_min, skill=line.skill,
                              missing=line.needed - line.rostered, reason=reason, available=available))  # fmt: skip
    return tuple(named)


def _reason(problem: RosterProblem, duties: Sequence[Duty], need: IntervalNeed,
            options: Mapping[tuple[str, str], tuple[Option, ...]]) -> tuple[str, int]:  # fmt: skip
    holders = [person for person in problem.staff if need.skill in person.skills]
    able = [p for p in holders if any(_covers(o, need) for o in options[p.id, need.date])]
    if not holders:
        return "nobody_holds_skill", 0
    if len(holders) < need.needed:
        return "too_few_hold_skill", len(able)
    if len(able) < need.needed:
        return "too_few_available", len(able)
    at = {duty.person: duty for duty in duties if duty.date == need.date}
    could = [p for p in able if not _there(at.get(p.id), need)]
    fresh = [p.id for p in could if _has_hours(problem, duties, p.id, need, options[p.id, need.date])]
    if fresh:
        return "not_found", len(able)
    return ("hours_exhausted" if could else "needed_elsewhere"), len(able)


def _covers(option: Option, need: IntervalNeed) -> bool:
    return option.start_min <= need.start_min < option.end_min


def _there(duty: Duty | None, need: IntervalNeed) -> bool:
    return duty is not None and duty.start_min <= need.start_min < duty.end_min


def _has_hours(problem: RosterProblem, duties: Sequence[Duty], person_id: str, need: IntervalNeed,
               options: Sequence[Option]) -> bool:  # fmt: skip
    """Whether the week's hours and days leave room for some duty that covers the need, in place of that day's duty."""
    week = next(day.week for day in problem.days if day.date == need.date)
    dates = {day.date for day in problem.days if day.week == week} - {need.date}
    others = [duty for duty in duties if duty.person == person_id and duty.date in dates]
    person = next(p for p in problem.staff if p.id == person_id)
    left = week_cap_min(problem, person, week) - sum(worked_min(problem, duty) for duty in others)
    least = min((o.worked_min for o in options if _covers(o, need)), default=0)
    return len(others) < problem.rules.max_days_per_week and least <= left
