"""Seats and positions: the formulas against ten thousand simulated days, and what simulation saves."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from solvers.capacity import plan_capacity
from solvers.queueing.staffing import positions_through_a_day
from solvers.queueing.transient import Followed, Period, line_quantile, share_late
from solvers.services import ServiceStandard
from solvers.simulation.centre import bank_servers
from solvers.simulation.outcome import summarise, waiting_quantile
from solvers.simulation.problem import Entry, Line, SimulatedBank, SimulationProblem, Stop
from solvers.simulation.refine import BY_DAY, BY_INTERVAL, refine_plan
from solvers.simulation.run import simulate
from tests.benchmarks.simulation_days import SHAPE
from tests.example_project import question_of, read_example
from tests.solvers.simulation.builders import exponential

HALF_HOUR = 30.0
DAYS = 10_000
STANDARDS = (ServiceStandard(share_within=0.8, within_min=10.0, max_utilisation=1.0),)


def one_station(visitors: float, mean: float, positions: tuple[int, ...]) -> SimulationProblem:
    persons = tuple(visitors * each / sum(SHAPE) for each in SHAPE)
    closes = HALF_HOUR * len(SHAPE)
    return SimulationProblem(
        day_type="day", open_min=0.0, close_min=closes, interval_min=HALF_HOUR, sample_min=1.0,
        banks=(SimulatedBank(id="bank"),), services=("service",), lines=(Line(bank=0),),
        stops=(Stop(lines=(0,), time=exponential(mean)),),
        entries=(Entry(service=0, first=((0, 1.0),), persons=persons),),
        servers=bank_servers("bank", positions, (0,), 0.0, HALF_HOUR, closes + 600.0),
    )  # fmt: skip


def periods_of(visitors: float, mean: float) -> list[Period]:
    return [
        Period(
            arrivals_per_min=visitors * each / sum(SHAPE) / HALF_HOUR, mean_service_min=mean, positions=1, length_min=HALF_HOUR
        )
        for each in SHAPE
    ]  # fmt: skip


@pytest.mark.parametrize(("visitors", "mean"), [(1000.0, 7.0), (240.0, 8.0), (90.0, 15.0)])
def test_seats_and_lateness_agree_with_ten_thousand_days(visitors: float, mean: float) -> None:
    started = time.process_time()
    staffed = positions_through_a_day(periods_of(visitors, mean), STANDARDS)
    seconds = time.process_time() - started
    day: Followed = staffed.followed
    formula = {q: max(line_quantile(day.periods[i], day.states(i), q) for i in range(len(SHAPE))) for q in (0.95, 0.99)}
    run = simulate(one_station(visitors, mean, staffed.positions), days=DAYS, seed=3)
    lived = {q: waiting_quantile(run, 0, q) for q in formula}
    within = [period.p_within for period in summarise(run).bank("bank").periods]
    simulated_late = np.array([1.0 - each.value for each in within])
    noise = np.array([each.half / 1.96 for each in within])
    exact_late = np.array([share_late(day, i, 10.0) for i in range(len(SHAPE))])
    errors = simulated_late - exact_late
    worst = float(np.abs(errors).max())
    print(f"\n{visitors:.0f} of {mean:g} min: staffed in {seconds * 1000:.0f} ms, {sum(staffed.positions)} half-hours; "
          f"seats by formula {formula}, by 10,000 days {lived}; late at most {simulated_late.max():.4f}, "
          f"formula off by at most {worst:.4f} where one deviation of the simulation is {noise.max():.4f}; "
          f"mean error {errors.mean():+.4f}")  # fmt: skip
    for share, seats in formula.items():
        assert abs(seats - lived[share]) <= 1
    assert (np.abs(errors) <= 0.005 + 3.0 * noise).all()
    assert (simulated_late <= 0.2 + 0.005 + 3.0 * noise).all()


@pytest.mark.parametrize("definition", [BY_DAY, BY_INTERVAL])
def test_a_centre_refined_by_simulation(definition: str) -> None:
    question = replace(question_of(read_example("dahuk")), staffing="transient")
    started = time.perf_counter()
    plan = plan_capacity(question)
    by_formula = time.perf_counter() - started
    started = time.perf_counter()
    refined = refine_plan(question, plan, definition=definition)
    seconds = time.perf_counter() - started
    print(f"\n{definition}: by formula {by_formula:.2f} s, {refined.hours_before:.1f} h on post; refined in {seconds:.1f} s "
          f"and {refined.rounds} rounds, {refined.hours_after:.1f} h; missed {refined.misses}")  # fmt: skip
    promised = {each.bank.id: each.standards[0].share_within for each in plan.banks}
    for bank in refined.judged.banks:
        print(f"  {bank.id}: {bank.p_within.value:.3f} ± {bank.p_within.half:.3f} against {promised[bank.id]}")
    assert refined.misses == ()
    assert refined.hours_after <= refined.hours_before
    assert seconds < 30.0
