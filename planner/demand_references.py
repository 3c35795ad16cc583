"""Which demand makes sense together: seasons, bookings, joint visits and processes name what stands somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from layouts.findings import Value
from planner.project import Project
from planner.reading import Fault, shown

SHARES_MAY_MISS = 1e-6


def dangling(named: str, known: Iterable[str], path: str) -> Iterator[Fault]:
    if named not in known:
        values = {"id": shown(named), "known": ", ".join(sorted(known)) or "-"}
        yield Fault(code="document.dangling_id", path=path, values=dict(values))


def demand_ids_are_known(project: Project, services: set[str], banks: set[str]) -> Iterator[Fault]:
    """Joint visits, seasons and processes name services and banks; the planned season is one of the list."""
    for i, joint in enumerate(project.joint_visits):
        for j, service in enumerate(joint.services):
            yield from dangling(service, services, f"joint_visits[{i}].services[{j}]")
        for j, bank in enumerate(joint.once):
            yield from dangling(bank, banks, f"joint_visits[{i}].once[{j}]")
    for i, season in enumerate(project.seasons):
        for j, service in enumerate(season.services):
            yield from dangling(service, services, f"seasons[{i}].services[{j}]")
    for i, process in enumerate(project.processes):
        yield from dangling(process.service, services, f"processes[{i}].service")
        for j, visit in enumerate(process.visits):
            for k, step in enumerate(visit.journey):
                yield from dangling(step.bank, banks, f"processes[{i}].visits[{j}].journey[{k}].bank")
    if project.planning.season:
        yield from dangling(project.planning.season, {s.id for s in project.seasons}, "planning.season")


def bookings_share_everyone(project: Project) -> Iterator[Fault]:
    """No more of a service's visitors book, and no more join their services, than there are; slots have hours."""
    booked: dict[str, float] = {}
    for i, each in enumerate(project.appointments):
        booked[each.service] = booked.get(each.service, 0.0) + each.booked_share
        if booked[each.service] > 1 + SHARES_MAY_MISS:
            values: dict[str, Value] = {"total": round(booked[each.service], 6), "service": shown(each.service)}
            yield Fault(code="document.shares_above_one", path=f"appointments[{i}].booked_share", values=values)
        if each.to_min and each.to_min <= each.from_min:
            values = {"start": each.from_min, "end": each.to_min}
            yield Fault(code="document.ends_before_start", path=f"appointments[{i}].to_min", values=values)
    joined: dict[str, float] = {}
    for i, visit in enumerate(project.joint_visits):
        if len(set(visit.services)) < 2 or len(set(visit.services)) < len(visit.services):
            given = {"given": shown(", ".join(visit.services) or "-")}
            yield Fault(code="document.not_several_services", path=f"joint_visits[{i}].services", values=dict(given))
            continue
        first = visit.services[0]
        joined[first] = joined.get(first, 0.0) + visit.share
        if joined[first] > 1 + SHARES_MAY_MISS:
            values = {"total": round(joined[first], 6), "service": shown(first)}
            yield Fault(code="document.shares_above_one", path=f"joint_visits[{i}].share", values=values)


def processes_are_whole(project: Project) -> Iterator[Fault]:
    """One process of a kind for a service; every visit has steps; steps at staffed banks name a skill."""
    staffed = {bank.id for bank in project.banks if bank.staffed}
    seen: set[tuple[str, str]] = set()
    for i, process in enumerate(project.processes):
        if (process.service, process.variant) in seen:
            values = {"service": shown(process.service), "variant": process.variant}
            yield Fault(code="document.process_twice", path=f"processes[{i}]", values=dict(values))
        seen.add((process.service, process.variant))
        for j, visit in enumerate(process.visits):
            path = f"processes[{i}].visits[{j}].journey"
            if not visit.journey:
                yield Fault(code="services.no_steps", path=path, values={"service": shown(process.service)})
            for k, step in enumerate(visit.journey):
                if step.bank in staffed and not step.skill:
                    where, values = f"{path}[{k}].skill", {"bank": shown(step.bank)}
                    yield Fault(code="services.step_names_no_skill", path=where, values=dict(values))
    for i, service in enumerate(project.services):
        for j, step in enumerate(service.journey):
            if step.bank in staffed and not step.skill:
                path = f"services[{i}].journey[{j}].skill"
                yield Fault(code="services.step_names_no_skill", path=path, values={"bank": shown(step.bank)})
