"""What visitors come for: services as ordered steps at banks of positions. Minutes and persons throughout."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime:
    """Distribution of a service time: lognormal | gamma | exponential | deterministic, mean in minutes, cv = sd / mean."""

    mean_min: float
    cv: float = 0.7
    distribution: str = "lognormal"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage of a journey: at which bank, how long, which skill it needs, and the share of visitors who take it."""

    bank: str
    time: ServiceTime
    skill: str
    probability: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A thing a visitor comes for. `completion` below 1 multiplies demand by 1/completion (repeat visits)."""

    id: str
    name: str
    journey: tuple[Step, ...]
    completion: float = 1.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A pool of like positions. `kind` is a catalogue id: reception, counter, cashier, collection, document_check,
    photo_bay, self_service_kiosk, interview_room, …  `staffed` false for machines. `self_service` kiosks need no skill.

    `waiting` is where its visitors wait: seats (its own block), standing (queue before it) or none.
    """

    id: str
    name: str
    kind: str
    staffed: bool = True
    waiting: str = "seats"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorClass:
    """A class of visitors: share of all, priority (0 is served first), companions each, share using a wheelchair."""

    id: str
    name: str
    share: float
    priority: int
    companions: float = 0.0
    wheelchair_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStandard:
    """`share_within` of visitors wait at most `within_min` at `bank` ("*": every bank). `max_utilisation` guards clerks."""

    bank: str = "*"
    share_within: float = 0.8
    within_min: float = 10.0
    max_utilisation: float = 0.92


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Persons arriving for `service` in the interval that starts `start_min` after midnight, on a day of `day_type`."""

    day_type: str
    service: str
    start_min: int
    persons: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointments:
    """Share of a service's visitors who book, and the share of those who do not come."""

    service: str
    booked_share: float
    no_show_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DayType:
    """A kind of day: opening hours in minutes after midnight, the weekdays it falls on (mon … sun)."""

    id: str
    name: str
    open_min: int
    close_min: int
    weekdays: tuple[str, ...]
