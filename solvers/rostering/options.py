"""The duties a person could have on a day. Rules about a single duty are kept here, where the duties are listed."""

from __future__ import annotations

from dataclasses import dataclass

from solvers.rostering.problem import KnownDuty, RosterDay, RosterProblem, slots_of
from solvers.staff import LabourRules, StaffMember


@dataclass(frozen=True, slots=True)
class Option:
    """A duty from interval `first` to before interval `after` of its day; a break starts in `windows` (empty: none)."""

    start_min: int
    end_min: int
    first: int
    after: int
    break_slots: int
    window: tuple[int, int] | None  # first and last interval in which the break may start
    worked_min: int
    early: bool
    late: bool


def keeps_opening_hours(problem: RosterProblem, person: StaffMember, day: RosterDay, option: Option) -> bool:
    """A duty lies within the day's opening."""
    return day.open_min <= option.start_min < option.end_min <= day.close_min


def keeps_shift_length(problem: RosterProblem, person: StaffMember, day: RosterDay, option: Option) -> bool:
    """min_shift_min <= end - start <= max_shift_min, breaks included."""
    return problem.rules.min_shift_min <= option.end_min - option.start_min <= problem.rules.max_shift_min


def starts_on_the_grid(problem: RosterProblem, person: StaffMember, day: RosterDay, option: Option) -> bool:
    """Duties start at whole multiples of start_step_min after opening."""
    return (option.start_min - day.open_min) % problem.rules.start_step_min == 0


def has_its_break(problem: RosterProblem, person: StaffMember, day: RosterDay, option: Option) -> bool:
    """A duty longer than break_after_min has one break, wholly within its window; shorter ones have none."""
    needed = needs_break(problem.rules, option.start_min, option.end_min)
    return (option.window is not None) == needed


def keeps_availability(problem: RosterProblem, person: StaffMember, day: RosterDay, option: Option) -> bool:
    """A duty lies within one of the person's windows for the weekday; no windows at all: whenever open."""
    windows = [w for w in person.availability if w.weekday == day.weekday]
    fits = any(w.from_min <= option.start_min and option.end_min <= w.to_min for w in windows)
    return fits or not person.availability


def keeps_leave(problem: RosterProblem, person: StaffMember, day: RosterDay, option: Option) -> bool:
    """No duty on a date of leave."""
    return day.date not in person.leave


def keeps_the_past(problem: RosterProblem, person: StaffMember, day: RosterDay, option: Option) -> bool:
    """In a repair, duties before `frozen_before` are the known ones."""
    if problem.known is None or day.date >= problem.frozen_before:
        return True
    return is_known(problem, person.id, day.date, option)


DUTY_RULES = (
    keeps_opening_hours,
    keeps_shift_length,
    starts_on_the_grid,
    has_its_break,
    keeps_availability,
    keeps_leave,
    keeps_the_past,
)


def options_of(problem: RosterProblem, person: StaffMember, day: RosterDay) -> tuple[Option, ...]:
    """Every duty that all DUTY_RULES allow."""
    return tuple(o for o in _drawn(problem, day) if all(rule(problem, person, day, o) for rule in DUTY_RULES))


def is_known(problem: RosterProblem, person_id: str, date: str, option: Option) -> bool:
    """Whether the person already has this very duty."""
    duty = KnownDuty(person=person_id, date=date, start_min=option.start_min, end_min=option.end_min)
    return duty in (problem.known or ())


def needs_break(rules: LabourRules, start_min: int, end_min: int) -> bool:
    """A break is due in duties longer than break_after_min."""
    return rules.break_min > 0 and end_min - start_min > rules.break_after_min


def _drawn(problem: RosterProblem, day: RosterDay) -> tuple[Option, ...]:
    """All pairs of start and end on the day's intervals that are long enough to be worth a look."""
    slots = slots_of(day, problem.interval_min)
    least = max(1, -(-problem.rules.min_shift_min // problem.interval_min))
    return tuple(_option(problem, day, first, after) for first in range(slots) for after in range(first + least, slots + 1))


def _option(problem: RosterProblem, day: RosterDay, first: int, after: int) -> Option:
    rules, step = problem.rules, problem.interval_min
    start, end = day.open_min + first * step, day.open_min + after * step
    due = needs_break(rules, start, end)
    window = _window(rules, day, start, end, step) if due else None
    unpaid = rules.break_min if due and not rules.break_paid else 0
    return Option(
        start_min=start,
        end_min=end,
        first=first,
        after=after,
        break_slots=-(-rules.break_min // step) if due else 0,
        window=window,
        worked_min=end - start - unpaid,
        early=start - day.open_min < problem.edge_min,
        late=day.close_min - end < problem.edge_min,
    )


def _window(rules: LabourRules, day: RosterDay, start: int, end: int, step: int) -> tuple[int, int] | None:
    """Intervals in which the break may start: within [start + from, start + to], before the duty's last interval."""
    earliest = -(-(start + rules.break_window_from_min - day.open_min) // step)
    latest_end = min(start + rules.break_window_to_min, end - step)
    latest = (latest_end - rules.break_min - day.open_min) // step
    return (earliest, latest) if earliest <= latest else None
