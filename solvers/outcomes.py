"""What visitors of a service live through on the design day: shares in time and percentiles of waiting."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, inf

import numpy as np
from numpy.typing import NDArray

from solvers.bank_plan import BankDay, Wait
from solvers.demand import Demand
from solvers.services import Service

GRID_MIN = 0.125
GRID_POINTS = 8192
"""The total wait is followed up to GRID_MIN x GRID_POINTS = 1,024 minutes; what lies beyond counts as that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOutcome:
    """One bank of a journey: share of its visits within the bank's minutes, mean and 90th percentile of the wait."""

    bank: str
    p_within: float
    wait_mean_min: float
    wait_p90_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOutcome:
    """`p_within` is that of the journey's worst bank, named; the waits are totals over the whole visit.

    `time_mean_min` is waiting and service, walking left out. Back-office work done without the visitor counts nowhere.
    `route` holds the banks in order with the share of visitors who go there.
    """

    id: str
    name: str
    visitors_per_day: float
    p_within: float
    worst_bank: str
    wait_mean_min: float
    wait_p90_min: float
    time_mean_min: float
    steps: tuple[StepOutcome, ...]
    route: tuple[tuple[str, float], ...]


def service_outcome(service: Service, demand: Demand, days: dict[str, BankDay]) -> ServiceOutcome:
    """Weighted over the day's arrivals; waits at successive banks are taken as independent (Jackson network)."""
    persons = demand.persons.get(service.id, (0.0,) * len(demand.starts_min))
    steps = tuple(step for step in service.journey if step.bank in days)
    outcomes = tuple(_step_outcome(days[step.bank], persons) for step in steps)
    worst = min(outcomes, key=lambda each: each.p_within, default=None)
    wait_mean = fsum(step.probability * each.wait_mean_min for step, each in zip(steps, outcomes))
    return ServiceOutcome(
        id=service.id,
        name=service.name,
        visitors_per_day=fsum(persons),
        p_within=worst.p_within if worst else 1.0,
        worst_bank=worst.bank if worst else "",
        wait_mean_min=wait_mean,
        wait_p90_min=_total_wait_percentile(persons, [(step.probability, days[step.bank]) for step in steps], 0.9),
        time_mean_min=wait_mean + fsum(step.probability * step.time.mean_min for step in steps),
        steps=outcomes,
        route=tuple((step.bank, step.probability) for step in steps),
    )


def _step_outcome(day: BankDay, persons: tuple[float, ...]) -> StepOutcome:
    weights = _weights(persons)
    return StepOutcome(
        bank=day.load.bank,
        p_within=fsum(w * within for w, within in zip(weights, day.within)),
        wait_mean_min=fsum(w * wait.mean_min for w, wait in zip(weights, day.waits)),
        wait_p90_min=wait_percentile_min(weights, day.waits, 0.9),
    )


def wait_percentile_min(weights: tuple[float, ...], waits: tuple[Wait, ...], share: float) -> float:
    """The t where the mixture's tail sum w C exp(-(t - t0)/m) falls to 1 - share, by bisection."""
    if not weights or share_longer(weights, waits, 0.0) <= 1.0 - share:
        return 0.0
    low, high = 0.0, 1.0
    while share_longer(weights, waits, high) > 1.0 - share:
        high *= 2.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if share_longer(weights, waits, middle) > 1.0 - share else (low, middle)
    return high


def share_longer(weights: tuple[float, ...], waits: tuple[Wait, ...], minutes: float) -> float:
    """P(wait > t) over a day's intervals, weighted by arrivals."""
    return fsum(w * wait.share_longer(minutes) for w, wait in zip(weights, waits))


def _total_wait_percentile(persons: tuple[float, ...], steps: list[tuple[float, BankDay]], share: float) -> float:
    """Percentile of the sum over the steps: distributions on a fine grid, multiplied as Fourier transforms."""
    weights = _weights(persons)
    if len(steps) == 1 and steps[0][0] == 1.0:
        return wait_percentile_min(weights, steps[0][1].waits, share)
    spectrum = np.zeros(GRID_POINTS + 1, dtype=complex)
    for i, weight in enumerate(weights):
        if weight == 0.0:
            continue
        product = np.full(GRID_POINTS + 1, weight, dtype=complex)
        for probability, day in steps:
            product *= np.fft.rfft(_on_grid(day.waits[i], probability), 2 * GRID_POINTS)
        spectrum += product
    cumulated = np.cumsum(np.fft.irfft(spectrum, 2 * GRID_POINTS))
    place = int(np.searchsorted(cumulated, share * sum(weights)))
    return place * GRID_MIN if place < 2 * GRID_POINTS else inf


def _on_grid(wait: Wait, probability: float) -> NDArray[np.float64]:
    """Mass of the wait at 0, h, 2h, …, each point taking what lies within half a step of it."""
    edges = (np.arange(GRID_POINTS) + 0.5) * GRID_MIN
    over = edges - wait.at_least_min
    if wait.mean_more_min > 0.0:
        tails = np.exp(-np.clip(over, 0.0, None) / wait.mean_more_min)
    elif wait.spread_min > 0.0:
        tails = np.clip(1.0 - over / wait.spread_min, 0.0, 1.0)
    else:
        tails = (over < 0.0).astype(float)
    tails *= wait.chance * probability
    masses: NDArray[np.float64] = -np.diff(tails, prepend=1.0)
    masses[-1] += tails[-1]
    return masses


def _weights(persons: tuple[float, ...]) -> tuple[float, ...]:
    total = fsum(persons)
    return tuple(each / total for each in persons) if total > 0 else ()
