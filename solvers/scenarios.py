"""Named changes of a centre: what if more people come, a counter stays closed, everybody is done at the first visit?

The building and its opened positions stay those of the plan, changed only where a scenario says so; that is what its
visitors then live through. Beside it stands what a plan of its own would need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from layouts.findings import BadInput
from solvers.capacity import CapacityPlan, CapacityQuestion, OpenedDay, plan_capacity
from solvers.services import Service

GROWTH_YEARS, GROWTH_PER_YEAR = 5, 0.03
PEAK_FACTOR = 1.2
DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One column of the comparison. `positions` adds to what is open at a bank (-1: one counter closed all day, 1: one kiosk
    more); `first_visit_completion` 0 leaves it as it is; `process` names a variant of the services (as_is, to_be)."""

    id: str
    name: str = ""
    demand_factor: float = 1.0
    service_time_factor: float = 1.0
    first_visit_completion: float = 0.0
    positions: dict[str, int] = field(default_factory=dict)
    process: str = ""
    source: str = ""


BASE = Scenario(id="base")


def default_scenarios(per_year: float, process: str = "", before: str = "") -> tuple[Scenario, ...]:
    """Where a project names none: the plan, a peak, five more years of growth, and the re-engineered `process`; without one
    everybody is done at the first visit. `before` names the services as they are done today, where they are described: most
    plans stand on the new way already, so that only this shows what re-engineering changes."""
    growth = (1.0 + (per_year or GROWTH_PER_YEAR)) ** GROWTH_YEARS
    today = (Scenario(id=before, process=before, source=DEFAULT),) if before else ()
    return (
        BASE,
        Scenario(id="peak", demand_factor=PEAK_FACTOR, source=DEFAULT),
        Scenario(id="growth", demand_factor=growth, source=DEFAULT),
        Scenario(id="re_engineered", first_visit_completion=0.0 if process else 1.0, process=process, source=DEFAULT),
        *today,
    )


def changed_question(question: CapacityQuestion, scenario: Scenario) -> CapacityQuestion:
    """The question with the scenario's demand and services; nothing is opened by hand yet."""
    return replace(
        question,
        services=tuple(_changed_service(each, scenario) for each in question.services),
        growth_factor=question.growth_factor * scenario.demand_factor,
        opened=(),
    )


def lived_through(question: CapacityQuestion, plan: CapacityPlan, scenario: Scenario) -> tuple[CapacityQuestion, CapacityPlan]:
    """The scenario's demand on the plan's positions, with the scenario's closed and added ones."""
    known = {each.bank.id for each in plan.banks}
    for bank in scenario.positions:
        if bank not in known:
            raise BadInput("scenarios.unknown_bank", place=f"scenarios[id={scenario.id}].positions", bank=bank)
    opened = tuple(
        OpenedDay(
            day_type=plan.design_day_type,
            bank=each.bank.id,
            open=tuple(max(0, n + scenario.positions.get(each.bank.id, 0)) for n in each.day.open),
        )
        for each in plan.banks
    )
    changed = replace(changed_question(question, scenario), design_day_type=plan.design_day_type)
    demand = plan_capacity(changed).demand
    return replace(changed, opened=opened), with_positions(replace(plan, demand=demand), opened)


def with_positions(plan: CapacityPlan, opened: Sequence[OpenedDay]) -> CapacityPlan:
    """The plan with other positions open on its design day; its waits are no longer told."""
    rows = {each.bank: each.open for each in opened if each.day_type == plan.design_day_type}
    banks = tuple(replace(each, day=replace(each.day, open=rows.get(each.bank.id, each.day.open))) for each in plan.banks)
    return replace(plan, banks=banks)


def _changed_service(service: Service, scenario: Scenario) -> Service:
    """Times multiplied, and first-visit completion where the scenario has one."""
    factor = scenario.service_time_factor
    journey = tuple(replace(s, time=replace(s.time, mean_min=s.time.mean_min * factor)) for s in service.journey)
    return replace(service, journey=journey, completion=scenario.first_visit_completion or service.completion)
