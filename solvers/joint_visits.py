"""Visitors who see to several services in one visit: their journeys joined, counted once where they are received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from layouts.findings import BadInput
from solvers.services import Appointments, Arrivals, Bank, JointVisit, Service, Step

RECEIVING = ("security", "reception", "document_check", "ticket_kiosk", "self_service_kiosk")
"""Kinds of bank where a visitor is served once however many services follow."""
SLACK = 1e-9


def with_joint_visits(
    banks: Sequence[Bank], services: Sequence[Service], arrivals: Sequence[Arrivals], joint: Sequence[JointVisit]
) -> tuple[tuple[Service, ...], tuple[Arrivals, ...]]:
    """Services with one more for every joint visit (its id the others' joined by +), and arrivals moved over to it.

    persons(joint) = share x persons(first service); the same persons leave each single service. BadInput where the others
    are not visited by so many.
    """
    if not joint:
        return tuple(services), tuple(arrivals)
    known = {service.id: service for service in services}
    persons = {(row.day_type, row.service, row.start_min): row.persons for row in arrivals}
    wanted = dict(persons)
    new_services: list[Service] = []
    new_rows: list[Arrivals] = []
    for number, each in enumerate(joint):
        parts = [known[name] for name in each.services]
        merged = joined_service(parts, banks, each.once)
        new_services.append(merged)
        for day, service, start in wanted:
            if service != each.services[0]:
                continue
            moved = wanted[day, service, start] * each.share
            for name in each.services:
                left = persons.get((day, name, start), 0.0) - moved
                if left < -SLACK * max(1.0, moved):
                    raise BadInput(
                        "joint_visits.more_than_come", place=f"joint_visits[{number}]", service=name, day_type=day,
                        moved=round(moved, 3), there=round(left + moved, 3),
                    )  # fmt: skip
                persons[day, name, start] = max(0.0, left)
            new_rows.append(Arrivals(day_type=day, service=merged.id, start_min=start, persons=moved))
    kept = [replace(row, persons=persons[row.day_type, row.service, row.start_min]) for row in arrivals]
    return (*services, *new_services), (*kept, *new_rows)


def with_joint_bookings(appointments: Sequence[Appointments], joint: Sequence[JointVisit]) -> tuple[Appointments, ...]:
    """Bookings follow those who see to several services: they book as visitors of the first of them that takes bookings,
    once, at its slots; so no more and no fewer book than before for that service."""
    found = list(appointments)
    for each in joint:
        booked = next((name for name in each.services if any(a.service == name for a in appointments)), "")
        found += [replace(a, service=joint_id(each.services)) for a in appointments if a.service == booked]
    return tuple(found)


def joint_id(services: Sequence[str]) -> str:
    """`deed+card`"""
    return "+".join(services)


def joined_service(parts: Sequence[Service], banks: Sequence[Bank], once: Sequence[str] = ()) -> Service:
    """One journey after the other; at a bank visited once the longer step stays, taken by whoever takes either.

    The visit must be repeated when any of its services must: completion is that of the least.
    """
    single = set(once) or {bank.id for bank in banks if bank.kind in RECEIVING}
    journey: list[Step] = []
    for service in parts:
        for step in service.journey:
            at = next((n for n, other in enumerate(journey) if other.bank == step.bank and step.bank in single), None)
            if at is None:
                journey.append(step)
                continue
            longer = max(journey[at], step, key=lambda each: each.time.mean_min)
            neither = prod(1.0 - each.probability for each in (journey[at], step))
            journey[at] = replace(longer, probability=1.0 - neither)
    return Service(
        id=joint_id([service.id for service in parts]),
        name=" + ".join(service.name for service in parts),
        journey=tuple(journey),
        completion=min(service.completion for service in parts),
        source="; ".join(dict.fromkeys(service.source for service in parts if service.source)),
    )
