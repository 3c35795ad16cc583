"""A ticket log held against the plan."""

import heapq

import numpy as np
import pytest

from layouts.findings import BadInput
from solvers.simulation.run import simulate
from solvers.simulation.tickets import PlannedActual, Ticket, planned_against_actual
from tests.solvers.simulation.builders import exponential, one_bank

PLAN = one_bank(per_min=0.45, time=exponential(6.0), servers=4, length_min=480)


def a_log(days: int, mean_min: float, per_min: float = 0.45) -> list[Ticket]:
    """Days of four clerks, made by other means than the simulation."""
    chance, log = np.random.default_rng(5), []
    for day in range(days):
        free, at = [0.0] * 4, 0.0
        while (at := at + chance.exponential(1.0 / per_min)) < 480.0:
            begin = max(at, heapq.heappop(free))
            end = begin + chance.exponential(mean_min)
            heapq.heappush(free, end)
            log.append(Ticket(date=f"day {day}", bank="bank", arrived_min=at, called_min=begin, ended_min=end))
    return log


def figures(log: list[Ticket]) -> dict[str, PlannedActual]:
    return {each.figure: each for each in planned_against_actual(simulate(PLAN, days=1000, seed=2), log)}


def test_days_as_planned_do_not_deviate():
    held = figures(a_log(20, 6.0))
    assert [name for name, each in held.items() if each.deviates] == []
    assert held["visits"].actual == pytest.approx(held["visits"].planned, rel=0.06)
    assert held["service_min"].actual == pytest.approx(6.0, rel=0.05)
    assert all(each.days == 20 for each in held.values())


def test_slower_clerks_show_in_service_and_waits_but_not_in_arrivals():
    held = figures(a_log(20, 8.5))
    assert not held["visits"].deviates
    assert held["service_min"].deviates and held["wait_min"].deviates and held["p_within"].deviates
    assert held["p_within"].actual < held["p_within"].low


def test_a_log_with_a_wrong_clock_or_bank_is_refused():
    run = simulate(PLAN, days=2)
    for ticket, code in (
        (Ticket(date="d", bank="bank", arrived_min=500.0, called_min=490.0, ended_min=None), "tickets.clock_jumps"),
        (Ticket(date="d", bank="bank", arrived_min=500.0, called_min=None, ended_min=510.0), "tickets.clock_jumps"),
        (Ticket(date="d", bank="nowhere", arrived_min=1.0, called_min=2.0, ended_min=3.0), "tickets.unknown_bank"),
    ):
        with pytest.raises(BadInput) as refused:
            planned_against_actual(run, [ticket])
        assert refused.value.code == code
