"""The solver-free check of a roster: every rule, cover, sum and figure again, from the duties and the question alone.

Nothing here comes from the model's modules: rules are read anew from the question, by other means where there are some.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date as Date
from datetime import datetime, timedelta

from layouts.findings import Finding
from solvers.rostering.check_figures import figure_findings
from solvers.rostering.problem import RosterDay, RosterProblem
from solvers.rostering.roster import Duty, Roster
from solvers.staff import StaffMember

Breach = tuple[str, tuple[str, ...], float, float, str]  # code, where, measured, required, unit


def check_roster(problem: RosterProblem, roster: Roster) -> tuple[Finding, ...]:
    """One failing finding per breach, and one passing finding per rule or figure that holds throughout."""
    return (*rule_findings(problem, roster.assignments), *figure_findings(problem, roster))


def rule_findings(problem: RosterProblem, duties: Sequence[Duty]) -> tuple[Finding, ...]:
    """Every hard rule on these duties."""
    found = list(_all_breaches(problem, duties))
    failed = {breach[0] for breach in found}
    fails = tuple(_finding(problem, *breach) for breach in found)
    return (*fails, *(_passed(problem, code) for code in CODES if code not in failed))


def breaches(problem: RosterProblem, duties: Sequence[Duty]) -> tuple[Finding, ...]:
    """The failing ones only."""
    return tuple(finding for finding in rule_findings(problem, duties) if finding.status == "fail")


CODES = (
    "roster.known_people_and_days",
    "roster.segments_fill_duty",
    "roster.only_held_skills",
    "roster.one_duty_a_day",
    "roster.keeps_opening_hours",
    "roster.starts_on_the_grid",
    "roster.keeps_shift_length",
    "roster.has_its_break",
    "roster.keeps_availability",
    "roster.keeps_leave",
    "roster.weekly_hours",
    "roster.days_a_week",
    "roster.consecutive_days",
    "roster.rest_between_duties",
    "roster.past_days_stay",
)


def _all_breaches(problem: RosterProblem, duties: Sequence[Duty]) -> Iterator[Breach]:
    staff = {person.id: person for person in problem.staff}
    days = {day.date: day for day in problem.days}
    own: dict[str, list[Duty]] = defaultdict(list)
    for duty in sorted(duties, key=lambda d: (d.person, d.date, d.start_min)):
        if duty.person not in staff or duty.date not in days or not days[duty.date].day_type:
            yield "roster.known_people_and_days", (duty.person, duty.date), 0, 1, "duty"
            continue
        yield from _of_one_duty(problem, staff[duty.person], days[duty.date], duty)
        own[duty.person].append(duty)
    for person in problem.staff:
        yield from _of_one_person(problem, person, own[person.id])
    yield from _past(problem, duties)


def _of_one_duty(problem: RosterProblem, person: StaffMember, day: RosterDay, duty: Duty) -> Iterator[Breach]:
    rules, where = problem.rules, (duty.person, duty.date)
    length = duty.end_min - duty.start_min
    if _working_minutes(duty) != sorted(_on_duty(duty)):
        yield "roster.segments_fill_duty", where, len(_working_minutes(duty)), len(_on_duty(duty)), "min"
    for segment in duty.segments:
        if segment.skill and segment.skill not in person.skills:
            yield "roster.only_held_skills", (*where, segment.skill), segment.start_min, 0, "min"
    if duty.start_min < day.open_min or duty.end_min > day.close_min:
        yield "roster.keeps_opening_hours", where, duty.start_min, day.open_min, "min"
    if (duty.start_min - day.open_min) % rules.start_step_min:
        yield "roster.starts_on_the_grid", where, duty.start_min, rules.start_step_min, "min"
    if length < rules.min_shift_min:
        yield "roster.keeps_shift_length", where, length, rules.min_shift_min, "min"
    if length > rules.max_shift_min:
        yield "roster.keeps_shift_length", where, length, rules.max_shift_min, "min"
    yield from _break_of(problem, duty, where)
    windows = [w for w in person.availability if w.weekday == day.weekday]
    if person.availability and not any(w.from_min <= duty.start_min and duty.end_min <= w.to_min for w in windows):
        yield "roster.keeps_availability", where, duty.start_min, windows[0].from_min if windows else -1, "min"
    if duty.date in person.leave:
        yield "roster.keeps_leave", where, 1, 0, "duty"


def _break_of(problem: RosterProblem, duty: Duty, where: tuple[str, ...]) -> Iterator[Breach]:
    rules = problem.rules
    due = rules.break_min if duty.end_min - duty.start_min > rules.break_after_min else 0
    if duty.break_min != due or (duty.break_start_min is None) != (due == 0):
        yield "roster.has_its_break", where, duty.break_min, due, "min"
    elif duty.break_start_min is not None:
        begin, end = duty.break_start_min - duty.start_min, duty.break_start_min + duty.break_min - duty.start_min
        if begin < rules.break_window_from_min:
            yield "roster.has_its_break", where, begin, rules.break_window_from_min, "min"
        if end > rules.break_window_to_min:
            yield "roster.has_its_break", where, end, rules.break_window_to_min, "min"
        if duty.start_min + end >= duty.end_min:
            yield "roster.has_its_break", where, duty.start_min + end, duty.end_min, "min"


def _of_one_person(problem: RosterProblem, person: StaffMember, own: Sequence[Duty]) -> Iterator[Breach]:
    for date, count in Counter(duty.date for duty in own).items():
        if count > 1:
            yield "roster.one_duty_a_day", (person.id, date), count, 1, "duty"
    yield from _weeks(problem, person, own)
    yield from _runs(problem, person, own)
    yield from _rests(problem, person, own)


def _weeks(problem: RosterProblem, person: StaffMember, own: Sequence[Duty]) -> Iterator[Breach]:
    for week in sorted({day.week for day in problem.days}):
        dates = [day.date for day in problem.days if day.week == week]
        here = [duty for duty in own if duty.date in dates]
        worked = sum(_counted(problem, duty) for duty in here)
        contract = _contract_min(problem, person, week)
        most = min(problem.rules.max_hours_per_week * 60, contract * (1 + problem.overtime_share))
        least = contract * problem.contract_floor_share
        where = (person.id, dates[0])
        if worked > most + 1e-6:
            yield "roster.weekly_hours", where, worked, most, "min"
        if worked < least - 1e-6:
            yield "roster.weekly_hours", where, worked, least, "min"
        if len(here) > problem.rules.max_days_per_week:
            yield "roster.days_a_week", where, len(here), problem.rules.max_days_per_week, "days"


def _runs(problem: RosterProblem, person: StaffMember, own: Sequence[Duty]) -> Iterator[Breach]:
    run = sum(h.days_in_a_row for h in problem.history if h.person == person.id)
    worked = {duty.date for duty in own}
    for day in problem.days:
        run = run + 1 if day.date in worked else 0
        if run > problem.rules.max_consecutive_days:
            yield "roster.consecutive_days", (person.id, day.date), run, problem.rules.max_consecutive_days, "days"


def _rests(problem: RosterProblem, person: StaffMember, own: Sequence[Duty]) -> Iterator[Breach]:
    eve = Date.fromisoformat(problem.days[0].date) - timedelta(days=1)
    ends = [_moment(eve.isoformat(), h.eve_end_min) for h in problem.history if h.person == person.id and h.eve_end_min]
    for duty in own:
        begin = _moment(duty.date, duty.start_min)
        rest = min(((begin - end).total_seconds() / 60 for end in ends if end <= begin), default=None)
        if rest is not None and rest < problem.rules.min_rest_min and (begin.date() - ends[-1].date()).days:
            yield "roster.rest_between_duties", (person.id, duty.date), rest, problem.rules.min_rest_min, "min"
        ends.append(_moment(duty.date, duty.end_min))


def _past(problem: RosterProblem, duties: Sequence[Duty]) -> Iterator[Breach]:
    had = {(duty.person, duty.date): (duty.start_min, duty.end_min) for duty in duties}
    known = {(k.person, k.date): (k.start_min, k.end_min) for k in problem.known or ()}
    leave = {(person.id, date) for person in problem.staff for date in person.leave}
    for key in sorted({*had, *known}):
        if problem.known is not None and key[1] < problem.frozen_before and key not in leave and had.get(key) != known.get(key):
            yield "roster.past_days_stay", key, 1, 0, "duty"


def _on_duty(duty: Duty) -> range | list[int]:
    """Minutes of a duty without its break."""
    pause = range(duty.break_start_min, duty.break_start_min + duty.break_min) if duty.break_start_min is not None else ()
    return [minute for minute in range(duty.start_min, duty.end_min) if minute not in pause]


def _working_minutes(duty: Duty) -> list[int]:
    return sorted(minute for s in duty.segments for minute in range(s.start_min, s.end_min))


def _counted(problem: RosterProblem, duty: Duty) -> int:
    return duty.end_min - duty.start_min - (0 if problem.rules.break_paid else duty.break_min)


def _contract_min(problem: RosterProblem, person: StaffMember, week: int) -> float:
    named = [w.weekday for w in person.availability]
    usual = possible = 0
    for day in problem.days:
        if day.week == week and day.usual and (day.weekday in named or not named):
            usual += 1
            possible += bool(day.day_type) and day.date not in person.leave
    return person.contract_hours_per_week * 60 * possible / usual if usual else 0.0


def _moment(date: str, minute: int) -> datetime:
    return datetime.fromisoformat(date) + timedelta(minutes=minute)


def _finding(problem: RosterProblem, code: str, where: tuple[str, ...], measured: float, required: float,
             unit: str) -> Finding:  # fmt: skip
    return Finding(code=code, status="fail", severity="error", certainty="read", profile="labour",
                   clause=problem.rules.source, measured=measured, required=required, unit=unit,
                   where=where)  # fmt: skip


def _passed(problem: RosterProblem, code: str) -> Finding:
    return Finding(code=code, status="pass", severity="info", certainty="read", profile="labour",
                   clause=problem.rules.source)  # fmt: skip
