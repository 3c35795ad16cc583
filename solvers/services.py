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

    `waiting` is where its visitors wait: seats (its own block), standing (queue before it) or none. `most_positions` is
    what the building can hold (0: as many as are needed); demand beyond it is told with the backlog at closing. A bank of more
    than `most_in_a_row` (0: ten) stands in several lines.
    """

    id: str
    name: str
    kind: str
    staffed: bool = True
    waiting: str = "seats"
    most_positions: int = 0
    most_in_a_row: int = 0


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
    """Share of a service's visitors who book, and the share of those who do not come.

    `slot_min` 0: bookings follow the demand through the day. Otherwise a slot starts every `slot_min` minutes from
    `from_min` to `to_min` (0 and 0: the opening hours) and the bookings are spread evenly over the slots. Who booked comes
    `early_min` before the slot in the mean, give or take `punctuality_min` (standard deviation); defaults of ours.
    """

    service: str
    booked_share: float
    no_show_share: float
    slot_min: int = 0
    from_min: int = 0
    to_min: int = 0
    early_min: float = 5.0
    punctuality_min: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JointVisit:
    """`share` of the visitors of the first of `services` see to the others in the same visit, in this order.

    Each was counted under every one of the services. At the banks in `once` they are served once in a visit; empty: where
    visitors are received (security, reception, document check, ticket and self-service kiosks).
    """

    services: tuple[str, ...]
    share: float
    once: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A stretch of the year with other demand or other hours: summer, school start, Ramadan.

    `periods` are `2027-02-08..2027-03-09` or, every year, `01-15..02-28`. Demand of `services` (empty: of all) is `factor`
    times the usual. `open_min` and `close_min` in place of every day's hours where `close_min` is above 0.
    """

    id: str
    name: str
    periods: tuple[str, ...]
    factor: float = 1.0
    services: tuple[str, ...] = ()
    open_min: int = 0
    close_min: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One coming to the centre within a case: its steps, the papers asked for, the share of cases that need it."""

    name: str
    journey: tuple[Step, ...]
    documents: int = 0
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """How a service is done before re-engineering (`variant` as_is) or after (to_be).

    Without `visits` the service's own journey is its one visit and `documents` the papers asked for there. `completion`:
    share of visits that need not be repeated; 0: the service's own.
    """

    service: str
    variant: str
    visits: tuple[Visit, ...] = ()
    documents: int = 0
    completion: float = 0.0
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayType:
    """A kind of day: opening hours in minutes after midnight, the weekdays it falls on (mon … sun)."""

    id: str
    name: str
    open_min: int
    close_min: int
    weekdays: tuple[str, ...]
