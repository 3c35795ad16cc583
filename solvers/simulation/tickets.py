"""Planned against actual: a ticket log from after the opening held against the days the simulation expects.

A day that keeps the plan lies within the middle 95 % of simulated days; each figure says on how many days it did not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from layouts.findings import BadInput
from solvers.simulation.run import SimulatedDays
from solvers.simulation.tables import BUSY, CALLED, LATE, LEFT, WAIT, Floats

BAND = (0.025, 0.975)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One visit to a bank. Minutes after midnight; `called_min` None: left before being called."""

    date: str
    bank: str
    arrived_min: float
    called_min: float | None
    ended_min: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedActual:
    """One figure of one bank: means over days, the band of single simulated days, days outside it.

    `deviates`: more days lie outside than one in twenty would by chance, beyond doubt (binomial, 1 %).
    """

    bank: str
    figure: str
    planned: float
    actual: float
    low: float
    high: float
    days: int
    outside: int
    deviates: bool


def planned_against_actual(run: SimulatedDays, tickets: Sequence[Ticket]) -> tuple[PlannedActual, ...]:
    """Visits, service minutes, waits and shares in time of every bank that the log knows."""
    check_tickets(tickets, {bank.id for bank in run.problem.banks})
    rows: list[PlannedActual] = []
    for number, bank in enumerate(run.problem.banks):
        by_day: dict[str, list[Ticket]] = {}
        for ticket in tickets:
            if ticket.bank == bank.id:
                by_day.setdefault(ticket.date, []).append(ticket)
        if by_day:
            for figure, (planned, actual) in FIGURES.items():
                expected = planned(run.tally.banks[:, number])
                found = np.array([actual(day, bank.within_min) for day in by_day.values()])
                rows.append(_held(bank.id, figure, expected, found))
    return tuple(rows)


def check_tickets(tickets: Sequence[Ticket], banks: set[str]) -> None:
    """Refuse tickets of unknown banks and clocks that run backwards."""
    for row, ticket in enumerate(tickets, start=1):
        place = f"tickets[{row}]"
        if ticket.bank not in banks:
            raise BadInput("tickets.unknown_bank", place=place, bank=ticket.bank)
        times = [each for each in (ticket.arrived_min, ticket.called_min, ticket.ended_min) if each is not None]
        if not all(map(isfinite, times)) or sorted(times) != times or (ticket.called_min is None and len(times) > 1):
            raise BadInput("tickets.clock_jumps", place=place, date=ticket.date)


def _held(bank: str, figure: str, expected: Floats, found: Floats) -> PlannedActual:
    from scipy.stats import binom

    expected, found = expected[np.isfinite(expected)], found[np.isfinite(found)]
    low, high = (float(np.quantile(expected, share)) for share in BAND) if expected.size else (0.0, 0.0)
    outside = int(((found < low) | (found > high)).sum())
    chance = float(binom.sf(outside - 1, found.size, 1.0 - (BAND[1] - BAND[0]))) if outside else 1.0
    return PlannedActual(
        bank=bank,
        figure=figure,
        planned=float(expected.mean()) if expected.size else 0.0,
        actual=float(found.mean()) if found.size else 0.0,
        low=low,
        high=high,
        days=int(found.size),
        outside=outside,
        deviates=chance < 0.01,
    )


def _visits(rows: Floats) -> Floats:
    return np.asarray(rows[:, CALLED] + rows[:, LEFT])


def _per(over: Floats, under: Floats) -> Floats:
    return np.asarray(np.divide(over, under, out=np.full(over.shape, np.nan), where=under > 0.0))


def _called(day: list[Ticket]) -> list[Ticket]:
    return [each for each in day if each.called_min is not None]


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _actual_service(day: list[Ticket], within_min: float) -> float:
    return _mean([t.ended_min - t.called_min for t in day if t.called_min is not None and t.ended_min is not None])


def _actual_wait(day: list[Ticket], within_min: float) -> float:
    return _mean([t.called_min - t.arrived_min for t in day if t.called_min is not None])


def _actual_within(day: list[Ticket], within_min: float) -> float:
    in_time = [t for t in day if t.called_min is not None and t.called_min - t.arrived_min <= within_min]
    return len(in_time) / len(day)


FIGURES: dict[str, tuple[Callable[[Floats], Floats], Callable[[list[Ticket], float], float]]] = {
    "visits": (_visits, lambda day, within_min: float(len(day))),
    "service_min": (lambda rows: _per(rows[:, BUSY], rows[:, CALLED]), _actual_service),
    "wait_min": (lambda rows: _per(rows[:, WAIT], rows[:, CALLED]), _actual_wait),
    "p_within": (lambda rows: 1.0 - _per(rows[:, LATE], _visits(rows)), _actual_within),
}
