"""Services before and after re-engineering: steps, papers, visits, minutes, and the demand that each way makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import fsum

from layouts.findings import BadInput
from solvers.services import Arrivals, Bank, Process, Service, Visit

AS_IS, TO_BE = "as_is", "to_be"
VARIANTS = (AS_IS, TO_BE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFigures:
    """One case from the first visit to the last, repeats in.

    `visits_per_case` = sum of visit shares / completion; `contact_min` is the visitor's time at positions, `clerk_min` the
    time of staff, work behind the scenes among it. `visits_per_day` of the busiest kind of day before growth.
    """

    service: str
    name: str
    variant: str
    steps: int
    documents: int
    visits_per_case: float
    first_visit_completion: float
    contact_min: float
    clerk_min: float
    cases_per_day: float
    visits_per_day: float
    clerk_hours_per_day: float


def under_process(
    services: Sequence[Service], arrivals: Sequence[Arrivals], processes: Sequence[Process], variant: str
) -> tuple[tuple[Service, ...], tuple[Arrivals, ...]]:
    """Services and arrivals with every service done as its process of `variant` says; the others as they stand.

    `arrivals` count first visits. A second visit of a case is a service of its own, `<id>/2`, with the same persons x
    share: those of other weeks, spread like today's.
    """
    chosen = {each.service: each for each in processes if each.variant == variant}
    new_services: list[Service] = []
    new_rows: list[Arrivals] = []
    for service in services:
        rows = [row for row in arrivals if row.service == service.id]
        for part, share in visits_of(service, chosen.get(service.id)):
            new_services.append(part)
            new_rows += [replace(row, service=part.id, persons=row.persons * share) for row in rows]
    known = {service.id for service in services}
    return tuple(new_services), (*new_rows, *(row for row in arrivals if row.service not in known))


def visits_of(service: Service, process: Process | None) -> tuple[tuple[Service, float], ...]:
    """Each visit of a case as a service, with the share of cases that need it."""
    if process is None:
        return ((service, 1.0),)
    completion = process.completion or service.completion
    if not process.visits:
        return ((replace(service, completion=completion), 1.0),)
    parts = []
    for number, visit in enumerate(process.visits, start=1):
        suffix, name = ("", service.name) if number == 1 else (f"/{number}", f"{service.name}: {visit.name}")
        part = replace(service, id=service.id + suffix, name=name, journey=visit.journey, completion=completion)
        parts.append((part, visit.share))
    return tuple(parts)


def process_figures(
    banks: Sequence[Bank],
    services: Sequence[Service],
    arrivals: Sequence[Arrivals],
    processes: Sequence[Process],
    *,
    behind_the_scenes: Sequence[str] = ("back_office", "archive"),
) -> tuple[tuple[ProcessFigures, ProcessFigures], ...]:
    """(as is, to be) for every service that has a process of either kind."""
    described = {each.service for each in processes}
    return tuple(
        (
            _figures(banks, service, arrivals, _of(processes, service.id, AS_IS), AS_IS, behind_the_scenes),
            _figures(banks, service, arrivals, _of(processes, service.id, TO_BE), TO_BE, behind_the_scenes),
        )
        for service in services
        if service.id in described
    )


def check_processes(processes: Sequence[Process], services: Sequence[Service], banks: Sequence[Bank]) -> None:
    """Refuse processes of unknown services, two of one kind, unknown banks, steps without skill, shares that are none."""
    known = {service.id for service in services}
    staffed = {bank.id: bank.staffed for bank in banks}
    seen: set[tuple[str, str]] = set()
    for number, each in enumerate(processes):
        place = f"processes[{number}]"
        if each.service not in known:
            raise BadInput("processes.unknown_service", place=f"{place}.service", service=each.service)
        if each.variant not in VARIANTS:
            raise BadInput("processes.unknown_variant", place=f"{place}.variant", given=each.variant)
        if (each.service, each.variant) in seen:
            raise BadInput("processes.twice", place=place, service=each.service, variant=each.variant)
        seen.add((each.service, each.variant))
        for v, visit in enumerate(each.visits):
            if not visit.journey:
                raise BadInput("processes.empty_visit", place=f"{place}.visits[{v}].journey", service=each.service)
            for s, step in enumerate(visit.journey):
                where = f"{place}.visits[{v}].journey[{s}]"
                if step.bank not in staffed:
                    raise BadInput("processes.unknown_bank", place=f"{where}.bank", bank=step.bank)
                if staffed[step.bank] and not step.skill.strip():
                    raise BadInput("processes.step_without_skill", place=f"{where}.skill", bank=step.bank)


def _figures(
    banks: Sequence[Bank],
    service: Service,
    arrivals: Sequence[Arrivals],
    process: Process | None,
    variant: str,
    behind: Sequence[str],
) -> ProcessFigures:
    visits = process.visits if process else ()
    visits = visits or (Visit(name="", journey=service.journey, documents=process.documents if process else 0),)
    completion = (process.completion if process else 0.0) or service.completion
    kind = {bank.id: bank.kind for bank in banks}
    staffed = {bank.id for bank in banks if bank.staffed}
    steps = [(visit.share * step.probability, step) for visit in visits for step in visit.journey]
    contact = fsum(share * step.time.mean_min for share, step in steps if kind.get(step.bank) not in behind)
    clerk = fsum(share * step.time.mean_min for share, step in steps if step.bank in staffed)
    days = {row.day_type for row in arrivals}
    cases = max((fsum(r.persons for r in arrivals if r.service == service.id and r.day_type == d) for d in days), default=0.0)
    per_case = fsum(visit.share for visit in visits) / completion
    return ProcessFigures(
        service=service.id,
        name=service.name,
        variant=variant,
        steps=len(steps),
        documents=sum(visit.documents for visit in visits),
        visits_per_case=per_case,
        first_visit_completion=completion,
        contact_min=contact / completion,
        clerk_min=clerk / completion,
        cases_per_day=cases,
        visits_per_day=cases * per_case,
        clerk_hours_per_day=cases * clerk / completion / 60.0,
    )


def _of(processes: Sequence[Process], service: str, variant: str) -> Process | None:
    return next((each for each in processes if (each.service, each.variant) == (service, variant)), None)
