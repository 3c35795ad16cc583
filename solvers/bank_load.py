"""What demand asks of each bank: visits, mean service time and offered load per interval.

Stationary: a visitor is counted at every step of the journey in the interval of arrival, though the later steps come
somewhat later in truth. Sums are `fsum`, so that no order of services changes a size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum, sqrt

from solvers.demand import Demand
from solvers.services import Bank, Service, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLoad:
    """One bank on one kind of day.

    `visits` in persons per interval; `mean_min` and `cv` of the mix served then; `load` in Erlang (visits x mean_min /
    interval); `load_by_skill` splits it.
    """

    bank: str
    services: tuple[str, ...]
    visits: tuple[float, ...]
    mean_min: tuple[float, ...]
    cv: tuple[float, ...]
    load: tuple[float, ...]
    load_by_skill: Mapping[str, tuple[float, ...]]


def bank_load(bank: Bank, demand: Demand, services: tuple[Service, ...]) -> BankLoad:
    """visits = sum of persons x step probability; mean and cv of the mixture from its first two moments."""
    steps = [
        (demand.persons[service.id], step)
        for service in services
        if service.id in demand.persons
        for step in service.journey
        if step.bank == bank.id
    ]
    visits, means, cvs, loads = [], [], [], []
    for i in range(len(demand.starts_min)):
        rates = [(persons[i] * step.probability, step) for persons, step in steps]
        visited = fsum(rate for rate, _ in rates)
        work = fsum(rate * step.time.mean_min for rate, step in rates)
        squares = fsum(rate * _second_moment(step) for rate, step in rates)
        mean = work / visited if visited > 0 else 0.0
        visits.append(visited)
        means.append(mean)
        cvs.append(sqrt(max(0.0, squares / visited / mean**2 - 1.0)) if visited > 0 else 0.0)
        loads.append(work / demand.interval_min)
    skills = sorted({step.skill for _, step in steps if step.skill})
    return BankLoad(
        bank=bank.id,
        services=tuple(s.id for s in services if any(step.bank == bank.id for step in s.journey)),
        visits=tuple(visits),
        mean_min=tuple(means),
        cv=tuple(cvs),
        load=tuple(loads),
        load_by_skill={skill: _load_of_skill(skill, steps, demand) for skill in skills},
    )


def _second_moment(step: Step) -> float:
    """E[S^2] = mean^2 (1 + cv^2); the cv of exponential and deterministic times is fixed by their name."""
    cv = {"exponential": 1.0, "deterministic": 0.0}.get(step.time.distribution, step.time.cv)
    return step.time.mean_min**2 * (1.0 + cv**2)


def _load_of_skill(skill: str, steps: list[tuple[tuple[float, ...], Step]], demand: Demand) -> tuple[float, ...]:
    return tuple(
        fsum(persons[i] * step.probability * step.time.mean_min for persons, step in steps if step.skill == skill)
        / demand.interval_min
        for i in range(len(demand.starts_min))
    )
