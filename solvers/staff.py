"""People who work in the centre, and the rules their rosters obey. Minutes after midnight; dates as ISO text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRequest:
    """A wish for one date: off | early | late | on. `weight` 1..5."""

    date: str
    wish: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """When a person can work on a weekday (mon … sun): from, to, in minutes after midnight."""

    weekday: str
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person: skills, contract hours a week, availability (empty: whenever open), leave dates, requests."""

    id: str
    name: str
    skills: tuple[str, ...]
    contract_hours_per_week: float
    availability: tuple[Availability, ...] = ()
    leave: tuple[str, ...] = ()
    requests: tuple[DayRequest, ...] = ()
    cost_per_hour: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourRules:
    """Limits on work, with the source they come from. A break is unpaid unless `break_paid`."""

    min_shift_min: int = 240
    max_shift_min: int = 540
    max_hours_per_week: float = 48.0
    max_days_per_week: int = 5
    max_consecutive_days: int = 6
    min_rest_min: int = 660
    break_min: int = 30
    break_after_min: int = 300
    break_window_from_min: int = 120
    break_window_to_min: int = 330
    break_paid: bool = False
    start_step_min: int = 30
    source: str = ""
