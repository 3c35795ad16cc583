"""How many positions, people and seats a centre needs, and what its visitors wait: stationary Erlang per interval.

Approximations, all stated: each interval is taken as if its rate had held for ever (unless `staffing` is "transient");
the same arrivals reach all steps of their journey in the interval of arrival; positions are sized for one line in order
(priority shares waiting out, the mean over all visitors stays; `classes` says how); nobody leaves the line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, fsum

from layouts.findings import BadInput, Finding
from solvers.bank_load import bank_load
from solvers.bank_plan import BACKLOG_NONE, BankDay, plan_bank_day
from solvers.bank_transient import plan_transient_day
from solvers.class_waits import ClassWait, waits_by_class
from solvers.cover import CoverNeed
from solvers.demand import Demand, check_arrivals, estimate_demand
from solvers.occupancy import (
    CEILING_SLACK,
    companions_per_visitor,
    presences,
    present_quantile,
    seats_for,
    wheelchair_bays_for,
    wheelchair_share,
)
from solvers.outcomes import ServiceOutcome, service_outcome
from solvers.service_checks import check_services, check_standards, check_visitor_classes
from solvers.services import Appointments, Arrivals, Bank, DayType, Service, ServiceStandard, VisitorClass
from solvers.times import clock

BEHIND_THE_SCENES = ("back_office", "archive")
"""Kinds of bank where work is done without the visitor: no seats, no accessible position, no share in the wait."""

PLANNERS = {"stationary": plan_bank_day, "transient": plan_transient_day}
"""How positions through the day are found."""

REFINED = "refined"
"""Staffing of a plan whose positions come from elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDay:
    """Positions of one bank on one kind of day, interval by interval, found elsewhere: by simulation, or by hand."""

    day_type: str
    bank: str
    open: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityQuestion:
    """All that the plan depends on. `design_day_type` "" means the kind of day with the most work.

    `growth_factor` = (1 + growth per year) ^ years. `shrinkage` is the share of staff time lost to absence that nobody
    can plan; the cover asks for that many more people. `limits` are (bank, positions) that a building cannot exceed.
    `staffing`: stationary (Erlang C per interval) | transient (the exact line through the day). Where `opened` names a
    bank's positions these are taken, and the exact line says what becomes of them.
    """

    banks: tuple[Bank, ...]
    services: tuple[Service, ...]
    day_types: tuple[DayType, ...]
    arrivals: tuple[Arrivals, ...]
    visitor_classes: tuple[VisitorClass, ...] = ()
    appointments: tuple[Appointments, ...] = ()
    standards: tuple[ServiceStandard, ...] = (ServiceStandard(),)
    growth_factor: float = 1.0
    interval_min: int = 30
    design_day_type: str = ""
    seat_percentile: float = 0.95
    seated_share: float = 0.9
    shrinkage: float = 0.0
    accessible_share: float = 0.10
    wheelchair_bay_share: float = 0.05
    limits: tuple[tuple[str, int], ...] = ()
    staffing: str = "stationary"
    opened: tuple[OpenedDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BankCapacity:
    """One bank on the design day. A pooled position counts once, here. `standard` is the first one in force."""

    bank: Bank
    services: tuple[str, ...]
    positions: int
    accessible_positions: int
    seats: int
    wheelchair_bays: int
    visits_per_day: float
    standards: tuple[ServiceStandard, ...]
    day: BankDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """People in the hall per interval: mean and quantile of visitors, companions included in the last two."""

    visitors_mean: tuple[float, ...]
    people_mean: tuple[float, ...]
    people_quantile: tuple[int, ...]

    @property
    def peak(self) -> int:
        return max(self.people_quantile, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityPlan:
    """The answer. `cover` and `visitors_per_day` hold every kind of day, for the roster; the rest is the design day."""

    design_day_type: str
    interval_min: int
    starts_min: tuple[int, ...]
    banks: tuple[BankCapacity, ...]
    services: tuple[ServiceOutcome, ...]
    cover: tuple[CoverNeed, ...]
    occupancy: Occupancy
    companions: float
    demand: Demand
    findings: tuple[Finding, ...]
    visitors_per_day: Mapping[str, float]
    classes: tuple[ClassWait, ...] = ()
    staffing: str = "stationary"

    def bank(self, bank_id: str) -> BankCapacity:
        return next(each for each in self.banks if each.bank.id == bank_id)


def plan_capacity(question: CapacityQuestion) -> CapacityPlan:
    """Positions, staff, seats and waits. BadInput where the question does not hold together; overload is a finding."""
    _check(question)
    demands = {day.id: _demand(question, day) for day in question.day_types}
    design = question.design_day_type or _busiest(question, demands)
    limits = dict(question.limits)
    design_days = _days(question, demands[design], limits)
    # The building holds what the design day needs: other kinds of day cannot open more than that.
    built = {bank: day.peak_open for bank, day in design_days.items()}
    all_days = {
        day.id: design_days if day.id == design else _days(question, demands[day.id], built) for day in question.day_types
    }
    hall = {bank.id: design_days[bank.id] for bank in question.banks if bank.kind not in BEHIND_THE_SCENES}
    companions = companions_per_visitor(question.visitor_classes)
    return CapacityPlan(
        design_day_type=design,
        interval_min=question.interval_min,
        starts_min=demands[design].starts_min,
        banks=tuple(_bank_capacity(question, bank, design_days[bank.id], companions) for bank in question.banks),
        services=tuple(service_outcome(service, demands[design], hall) for service in question.services),
        cover=tuple(need for day in question.day_types for need in _cover(question, demands[day.id], all_days[day.id])),
        occupancy=_occupancy(question, tuple(hall.values()), companions),
        companions=companions,
        demand=demands[design],
        findings=(
            *(finding for day, banks in all_days.items() for finding in _overloads(day, banks, demands[day])),
            *(_unused(bank) for bank in question.banks if not design_days[bank.id].peak_open),
        ),
        visitors_per_day={day: fsum(map(each.persons_per_day, each.persons)) for day, each in demands.items()},
        classes=waits_by_class(hall.values(), question.visitor_classes, question.interval_min),
        staffing=REFINED if question.opened else question.staffing,
    )


def standards_at(bank: str, standards: tuple[ServiceStandard, ...]) -> tuple[ServiceStandard, ...]:
    """The standards in force at `bank`: its own where it has any, else those for every bank ("*")."""
    own = tuple(each for each in standards if each.bank == bank)
    return own or tuple(each for each in standards if each.bank == "*") or (ServiceStandard(),)


def _check(question: CapacityQuestion) -> None:
    if not question.day_types:
        raise BadInput("capacity.no_day_types", place="day_types")
    days = {day.id for day in question.day_types}
    design = question.design_day_type
    if design and design not in days:
        raise BadInput("capacity.unknown_design_day", place="planning.design_day_type", day_type=design)
    if question.staffing not in PLANNERS:
        known_ways = ", ".join(PLANNERS)
        raise BadInput("capacity.unknown_staffing", place="staffing", value=question.staffing, known=known_ways)
    if not question.banks:
        raise BadInput("capacity.no_banks", place="banks")
    if question.interval_min <= 0:
        raise BadInput("capacity.no_interval", place="planning.interval_min", value=question.interval_min)
    known = {bank.id for bank in question.banks}
    for bank_id, positions in question.limits:
        if bank_id not in known or positions < 0:
            raise BadInput("capacity.bad_limit", place="limits", bank=bank_id, value=positions)
    intervals = {day.id: (day.close_min - day.open_min) // question.interval_min for day in question.day_types}
    for each in question.opened:
        if each.bank not in known or len(each.open) != intervals.get(each.day_type) or min(each.open, default=0) < 0:
            raise BadInput("capacity.bad_opened", place="opened", bank=each.bank, day_type=each.day_type)
    for name, value in (
        ("seat_percentile", question.seat_percentile),
        ("shrinkage", question.shrinkage),
    ):
        if not 0.0 <= value < 1.0:
            raise BadInput("capacity.share_out_of_range", place=f"planning.{name}", value=value)
    if not 0.0 <= question.seated_share <= 1.0:
        raise BadInput("capacity.share_out_of_range", place="planning.seated_share", value=question.seated_share)
    if not 0.0 < question.growth_factor < float("inf"):
        raise BadInput("capacity.growth_out_of_range", place="growth", value=question.growth_factor)
    check_services(question.banks, question.services)
    check_standards(question.banks, question.standards)
    check_visitor_classes(question.visitor_classes)
    check_arrivals(question.arrivals, question.day_types, question.services)


def _demand(question: CapacityQuestion, day: DayType) -> Demand:
    return estimate_demand(
        question.arrivals,
        day,
        question.services,
        interval_min=question.interval_min,
        growth_factor=question.growth_factor,
        appointments=question.appointments,
    )


def _busiest(question: CapacityQuestion, demands: dict[str, Demand]) -> str:
    """The kind of day with the most minutes of work; the first of equals."""
    minutes = {
        service.id: fsum(step.probability * step.time.mean_min for step in service.journey) for service in question.services
    }
    work = {day: fsum(demand.persons_per_day(s) * minutes[s] for s in minutes) for day, demand in demands.items()}
    return max(work, key=lambda day: work[day])


def _days(question: CapacityQuestion, demand: Demand, limits: dict[str, int]) -> dict[str, BankDay]:
    given = {each.bank: each.open for each in question.opened if each.day_type == demand.day_type}
    return {
        bank.id: PLANNERS["transient" if given.get(bank.id) else question.staffing](
            bank_load(bank, demand, question.services),
            standards_at(bank.id, question.standards),
            interval_min=question.interval_min,
            seat_percentile=question.seat_percentile,
            limit=limits.get(bank.id),
            given=given.get(bank.id),
        )
        for bank in question.banks
    }


def _bank_capacity(question: CapacityQuestion, bank: Bank, day: BankDay, companions: float) -> BankCapacity:
    positions = day.peak_open
    public = bank.kind not in BEHIND_THE_SCENES
    seats = seats_for(max(day.waiting), companions, question.seated_share) if bank.waiting == "seats" and public else 0
    return BankCapacity(
        bank=bank,
        services=day.load.services,
        positions=positions,
        accessible_positions=_accessible(positions, question.accessible_share) if public else 0,
        seats=seats,
        wheelchair_bays=wheelchair_bays_for(
            seats,
            question.wheelchair_bay_share,
            waiting=max(day.waiting),
            in_wheelchair=wheelchair_share(question.visitor_classes),
        ),
        visits_per_day=fsum(day.load.visits),
        standards=standards_at(bank.id, question.standards),
        day=day,
    )


def _accessible(positions: int, share: float) -> int:
    """At least one, and at least `share` of the positions."""
    return min(positions, max(1, ceil(share * positions - CEILING_SLACK)))


def _cover(question: CapacityQuestion, demand: Demand, days: dict[str, BankDay]) -> tuple[CoverNeed, ...]:
    """Staff by skill over all staffed banks, interval by interval, with shrinkage on top."""
    staffed = [days[bank.id] for bank in question.banks if bank.staffed]
    skills = sorted({skill for day in staffed for skill in day.staff_by_skill})
    return tuple(
        CoverNeed(
            day_type=demand.day_type,
            skill=skill,
            start_min=start,
            length_min=question.interval_min,
            needed=ceil(present / (1.0 - question.shrinkage) - CEILING_SLACK),
        )
        for skill in skills
        for i, start in enumerate(demand.starts_min)
        if (present := sum(day.staff_by_skill.get(skill, (0,) * len(demand.starts_min))[i] for day in staffed)) > 0
    )


def _occupancy(question: CapacityQuestion, hall: tuple[BankDay, ...], companions: float) -> Occupancy:
    banks = [presences(day, question.interval_min) for day in hall]
    intervals = range(len(hall[0].open)) if hall else range(0)
    means = tuple(fsum(bank[i].mean for bank in banks) for i in intervals)
    quantiles = tuple(present_quantile([bank[i] for bank in banks], question.seat_percentile) for i in intervals)
    return Occupancy(
        visitors_mean=means,
        people_mean=tuple(each * (1.0 + companions) for each in means),
        people_quantile=tuple(ceil(each * (1.0 + companions) - CEILING_SLACK) for each in quantiles),
    )


def _unused(bank: Bank) -> Finding:
    """A bank that nobody visits on the design day gets no position: said, so that a forgotten step shows."""
    return Finding(
        code="capacity.bank_unused",
        status="not_applicable",
        severity="warning",
        certainty="default",
        profile="",
        where=(bank.id,),
        values={"bank": bank.id},
    )


def _overloads(day_type: str, days: dict[str, BankDay], demand: Demand) -> tuple[Finding, ...]:
    """A line that grows: told with the persons left at closing, as the measured value."""
    return tuple(
        Finding(
            code="capacity.overload",
            status="fail",
            severity="error",
            certainty="default",
            profile="",
            measured=round(day.backlog[-1], 1),
            required=0.0,
            unit="persons",
            where=(bank,),
            values={
                "day_type": day_type,
                "bank": bank,
                "open": day.peak_open,
                "needed": max(day.needed),
                "worst": round(max(day.backlog), 1),
                "at": clock(demand.starts_min[day.backlog.index(max(day.backlog))] + demand.interval_min),
            },
        )
        for bank, day in days.items()
        if max(day.backlog) > BACKLOG_NONE and day.open != day.needed
    )
