"""What people gave about services must hold together before anything is computed from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import fsum, isfinite

from layouts.findings import BadInput
from solvers.services import Bank, Service, ServiceStandard, VisitorClass
from solvers.staff import StaffMember

DISTRIBUTIONS = ("lognormal", "gamma", "exponential", "deterministic")
SHARES_SLACK = 1e-6


def check_services(banks: tuple[Bank, ...], services: tuple[Service, ...]) -> None:
    """Refuse doubled ids, journeys to unknown banks, shares outside 0..1, impossible times, steps without a skill."""
    _refuse_doubles("banks", [bank.id for bank in banks])
    _refuse_doubles("services", [service.id for service in services])
    staffed = {bank.id: bank.staffed for bank in banks}
    for service in services:
        place = f"services[id={service.id}]"
        if not service.journey:
            raise BadInput("services.empty_journey", place=place, service=service.id)
        if not 0.0 < service.completion <= 1.0:
            raise BadInput("services.completion_out_of_range", place=f"{place}.completion", value=service.completion)
        for number, step in enumerate(service.journey):
            where = f"{place}.journey[{number}]"
            if step.bank not in staffed:
                raise BadInput("services.unknown_bank", place=f"{where}.bank", bank=step.bank)
            if not 0.0 < step.probability <= 1.0:
                share = step.probability
                raise BadInput("services.probability_out_of_range", place=f"{where}.probability", value=share)
            if staffed[step.bank] and not step.skill.strip():
                raise BadInput("services.step_without_skill", place=f"{where}.skill", bank=step.bank)
            _check_time(step.time.mean_min, step.time.cv, step.time.distribution, f"{where}.time")


def check_skills(banks: tuple[Bank, ...], services: tuple[Service, ...], staff: tuple[StaffMember, ...]) -> None:
    """Refuse a step at a staffed bank whose skill nobody on the staff list has (where there is a staff list)."""
    if not staff:
        return
    staffed = {bank.id for bank in banks if bank.staffed}
    known = {skill for person in staff for skill in person.skills}
    for service in services:
        for number, step in enumerate(service.journey):
            if step.bank in staffed and step.skill not in known:
                place = f"services[id={service.id}].journey[{number}].skill"
                raise BadInput("services.nobody_has_skill", place=place, skill=step.skill)


def check_standards(banks: tuple[Bank, ...], standards: tuple[ServiceStandard, ...]) -> None:
    """Refuse a standard for an unknown bank or one that no number of positions could keep."""
    known = {bank.id for bank in banks} | {"*"}
    for number, standard in enumerate(standards):
        place = f"standards[{number}]"
        if standard.bank not in known:
            raise BadInput("standards.unknown_bank", place=f"{place}.bank", bank=standard.bank)
        if not 0.0 < standard.share_within < 1.0:
            raise BadInput("standards.share_out_of_range", place=f"{place}.share_within", value=standard.share_within)
        if not (isfinite(standard.within_min) and standard.within_min >= 0.0):
            raise BadInput("standards.minutes_out_of_range", place=f"{place}.within_min", value=standard.within_min)
        if not 0.0 < standard.max_utilisation <= 1.0:
            raise BadInput(
                "standards.utilisation_out_of_range", place=f"{place}.max_utilisation", value=standard.max_utilisation
            )


def check_visitor_classes(classes: tuple[VisitorClass, ...]) -> None:
    """Refuse shares that do not add up to 1, negative companions, wheelchair shares outside 0..1."""
    _refuse_doubles("visitor_classes", [each.id for each in classes])
    for each in classes:
        place = f"visitor_classes[id={each.id}]"
        if not (0.0 <= each.share <= 1.0 and 0.0 <= each.wheelchair_share <= 1.0):
            raise BadInput("visitor_classes.share_out_of_range", place=place, value=each.share)
        if not (isfinite(each.companions) and each.companions >= 0.0):
            raise BadInput("visitor_classes.negative_companions", place=f"{place}.companions", value=each.companions)
    total = fsum(each.share for each in classes)
    if classes and abs(total - 1.0) > SHARES_SLACK:
        raise BadInput("visitor_classes.shares_do_not_add_up", place="visitor_classes", total=round(total, 6))


def _check_time(mean_min: float, cv: float, distribution: str, place: str) -> None:
    if not (isfinite(mean_min) and mean_min > 0.0):
        raise BadInput("services.time_not_positive", place=f"{place}.mean_min", value=mean_min)
    if not (isfinite(cv) and cv >= 0.0):
        raise BadInput("services.cv_negative", place=f"{place}.cv", value=cv)
    if distribution not in DISTRIBUTIONS:
        raise BadInput(
            "services.unknown_distribution",
            place=f"{place}.distribution",
            distribution=distribution,
            known=", ".join(DISTRIBUTIONS),
        )


def _refuse_doubles(place: str, ids: Iterable[str]) -> None:
    for name, count in Counter(ids).items():
        if count > 1:
            raise BadInput("services.id_twice", place=place, id=name)
