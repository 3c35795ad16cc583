"""What the question of a roster must hold before anything is computed; each break of it is one clear BadInput."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date
from typing import Any

from layouts.findings import BadInput
from solvers.cover import CoverNeed
from solvers.services import DayType
from solvers.staff import Availability, DayRequest, StaffMember
from solvers.times import day_of

DAY_MIN = 24 * 60
MOST_WEEKS = 12
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WISHES = ("off", "early", "late", "on")


def refuse_unsound_time(
    day_types: tuple[DayType, ...], start_date: str, weeks: int, closed_dates: tuple[str, ...], interval_min: int
) -> Date:
    """Dates are dates, weeks 1..12, every day type opens for a whole number of intervals. Gives the first date."""
    for index, text in enumerate(closed_dates):
        _date(text, f"closed_dates[{index}]")
    if not 1 <= weeks <= MOST_WEEKS:
        raise BadInput("roster.bad_weeks", place="weeks", value=weeks, most=MOST_WEEKS)
    if interval_min < 5 or DAY_MIN % interval_min:
        raise BadInput("roster.bad_interval", place="interval_min", value=interval_min)
    for kind in day_types:
        _refuse_bad_day_type(kind, interval_min)
    return _date(start_date, "start_date")


def refuse_unsound_staff(staff: tuple[StaffMember, ...], history: Iterable[Any]) -> None:
    """Every person has an id of their own, hours, real dates, and availability within the day."""
    seen: set[str] = set()
    for person in staff:
        place = f"staff[{person.id}]"
        if not person.id or person.id in seen:
            raise BadInput("roster.duplicate_person", place=place, id=person.id)
        seen.add(person.id)
        if not 0 < person.contract_hours_per_week <= 7 * 24:
            raise BadInput("roster.no_hours", place=place, value=person.contract_hours_per_week)
        for window in person.availability:
            _refuse_bad_window(window, place)
        for text in person.leave:
            _date(text, f"{place}.leave")
        for request in person.requests:
            _refuse_bad_request(request, place)
    for past in history:
        if past.person not in seen:
            raise BadInput("roster.unknown_person", place="history", id=past.person)


def refuse_unsound_cover(needs: tuple[CoverNeed, ...], day_types: tuple[DayType, ...]) -> None:
    """Needs are of known day types, not negative and within opening hours."""
    kinds = {kind.id: kind for kind in day_types}
    for index, need in enumerate(needs):
        place = f"needs[{index}]"
        if need.day_type not in kinds:
            raise BadInput("roster.unknown_day_type", place=place, value=need.day_type, known=", ".join(kinds))
        kind = kinds[need.day_type]
        if need.needed < 0 or need.length_min <= 0 or not need.skill:
            raise BadInput("roster.bad_need", place=place, skill=need.skill, needed=need.needed, minutes=need.length_min)
        outside = need.start_min < kind.open_min or need.start_min + need.length_min > kind.close_min
        if outside and need.needed > 0:
            raise BadInput("roster.need_outside_hours", place=place, skill=need.skill, start_min=need.start_min,
                           open_min=kind.open_min, close_min=kind.close_min)  # fmt: skip


def _refuse_bad_day_type(kind: DayType, interval_min: int) -> None:
    place = f"day_types[{kind.id}]"
    if not 0 <= kind.open_min < kind.close_min <= DAY_MIN:
        raise BadInput("roster.bad_hours", place=place, open_min=kind.open_min, close_min=kind.close_min)
    if (kind.close_min - kind.open_min) % interval_min:
        raise BadInput("roster.hours_not_in_intervals", place=place, open_min=kind.open_min,
                       close_min=kind.close_min, interval_min=interval_min)  # fmt: skip
    for weekday in kind.weekdays:
        if weekday not in WEEKDAYS:
            raise BadInput("roster.bad_weekday", place=place, value=weekday, known=", ".join(WEEKDAYS))


def _refuse_bad_window(window: Availability, place: str) -> None:
    if window.weekday not in WEEKDAYS:
        raise BadInput("roster.bad_weekday", place=f"{place}.availability", value=window.weekday,
                       known=", ".join(WEEKDAYS))  # fmt: skip
    if not 0 <= window.from_min < window.to_min <= DAY_MIN:
        raise BadInput("roster.bad_availability", place=f"{place}.availability", weekday=window.weekday,
                       from_min=window.from_min, to_min=window.to_min)  # fmt: skip


def _refuse_bad_request(request: DayRequest, place: str) -> None:
    _date(request.date, f"{place}.requests")
    if request.wish not in WISHES or not 1 <= request.weight <= 5:
        raise BadInput("roster.bad_request", place=f"{place}.requests", wish=request.wish, weight=request.weight,
                       known=", ".join(WISHES))  # fmt: skip


def _date(text: str, place: str) -> Date:
    try:
        return day_of(text)
    except ValueError:
        raise BadInput("roster.bad_date", place=place, value=text) from None
