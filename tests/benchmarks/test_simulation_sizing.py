"""Seats and positions: the formulas against ten thousand simulated days, and what simulation saves."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from solvers.capacity import CapacityQuestion, plan_capacity
from solvers.queueing.sizing import least_positions
from solvers.queueing.staffing import positions_through_a_day
from solvers.queueing.transient import Followed, Period, line_quantile, share_late
from solvers.services import Arrivals, Bank, DayType, Service, ServiceStandard, ServiceTime, Step
from solvers.simulation.centre import bank_servers
from solvers.simulation.outcome import summarise, waiting_quantile
from solvers.simulation.problem import Entry, Line, SimulatedBank, SimulationProblem, Stop
from solvers.simulation.refine import BY_DAY, BY_INTERVAL, refine_plan, refine_week
from solvers.simulation.run import simulate
from solvers.simulation.tight import NEAR, ONE_LESS_MISSES, ONE_POSITION, WITHIN
from tests.benchmarks.simulation_days import SHAPE
from tests.example_project import question_of, read_example
from tests.solvers.simulation.builders import exponential

HALF_HOUR = 30.0
DAYS = 10_000
LATENESS_DAYS = 200_000
"""A share late of an interval is then known to 0.0009: 10,000 days leave 0.0037, too wide to see the formula's own error."""
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
    longer = simulate(one_station(visitors, mean, staffed.positions), days=LATENESS_DAYS, seed=3)
    within = [period.p_within for period in summarise(longer).bank("bank").periods]
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
    assert worst <= 0.005
    assert abs(errors.mean()) <= 0.001
    assert (simulated_late <= 0.2 + 0.005).all()


CLOSINGS = [
    ("few long services", 15.0, (0.1, 0.25, 0.1, 0.05, 0.12), (2, 5, 2, 1, 3)),
    ("longer than half the closing", 20.0, (0.2, 0.05, 0.2, 0.05), (5, 2, 5, 2)),
    ("small, only closing", 4.0, (1.5, 0.6, 0.2), (6, 2, 1)),
    ("middle", 8.0, (0.7, 0.9, 0.6, 0.35, 0.2), (5, 8, 7, 4, 2)),
    ("large", 8.0, (2.5, 1.0, 2.5, 0.5), (22, 8, 22, 4)),
    ("very large", 6.0, (6.0, 3.0, 5.0, 1.0), (38, 18, 30, 6)),
]


@pytest.mark.parametrize(("name", "mean", "per_min", "opened"), CLOSINGS)
def test_lateness_where_many_counters_close_at_once(
    name: str, mean: float, per_min: tuple[float, ...], opened: tuple[int, ...]
) -> None:
    """Positions told by hand, as no plan would have them."""
    periods = [
        Period(arrivals_per_min=rate, mean_service_min=mean, positions=c, length_min=HALF_HOUR)
        for rate, c in zip(per_min, opened)
    ]
    closes = HALF_HOUR * len(opened)
    problem = replace(
        one_station(1.0, mean, (1,)),
        close_min=closes,
        entries=(Entry(service=0, first=((0, 1.0),), persons=tuple(HALF_HOUR * rate for rate in per_min)),),
        servers=bank_servers("bank", opened, (0,), 0.0, HALF_HOUR, closes + 600.0),
    )
    outcome = summarise(simulate(problem, days=LATENESS_DAYS, seed=5))
    lived = [1.0 - each.p_within.value for each in outcome.bank("bank").periods]
    day = Followed(periods)
    errors = np.array(lived) - [share_late(day, i, 10.0) for i in range(len(opened))]
    print(f"\n{name}, {opened}, services of {mean:g} min: late {[round(each, 3) for each in lived]}, "
          f"simulated less formula {errors.min():+.4f} to {errors.max():+.4f}")  # fmt: skip
    assert np.abs(errors).max() <= 0.005


def load_that_comes(periods: list[Period]) -> list[float]:
    """Offered load with infinitely many clerks, minute by minute: m' = lambda - m / mean service."""
    found, load = [], 0.0
    for period in periods:
        for _ in range(round(period.length_min)):
            load += (period.arrivals_per_min - load / period.mean_service_min) * 1.0
            found.append(load)
    return found


def stationary_variants(periods: list[Period]) -> dict[str, tuple[int, ...]]:
    """The usual ways of using Erlang C on a day whose rates change."""
    rates, mean = [p.arrivals_per_min for p in periods], periods[0].mean_service_min
    lagged = [rates[max(0, i - 1)] * mean / HALF_HOUR + rates[i] * (1 - mean / HALF_HOUR) for i in range(len(rates))]
    loads = np.array(load_that_comes(periods)).reshape(len(periods), -1) / mean

    def sized(wanted: list[float]) -> tuple[int, ...]:
        return tuple(max(1, least_positions(rate, mean, STANDARDS)) for rate in wanted)

    return {
        "each period": sized(rates),
        "lagged": sized(lagged),
        "lagged, largest": sized([max(rates[max(0, i - 1)], rates[i]) for i in range(len(rates))]),
        "load, mean": sized([float(row.mean()) for row in loads]),
        "load, largest": sized([float(row.max()) for row in loads]),
    }


def test_a_day_of_eight_services_is_staffed_by_the_exact_line() -> None:
    days = [periods_of(100.0, 5.0 + n) for n in range(8)]
    positions_through_a_day(days[0], STANDARDS)
    taken = []
    for _ in range(5):
        started = time.process_time()
        for periods in days:
            positions_through_a_day(periods, STANDARDS)
        taken.append(time.process_time() - started)
    print(f"\na day of 8 services: {min(taken) * 1000:.0f} ms at best of 5, {sorted(taken)[2] * 1000:.0f} ms in the middle")
    assert min(taken) < 0.3


@pytest.mark.parametrize(("visitors", "mean"), [(1000.0, 7.0), (240.0, 8.0), (90.0, 15.0)])
def test_no_stationary_variant_that_misses_no_period_is_cheaper(visitors: float, mean: float) -> None:
    periods = periods_of(visitors, mean)
    positions_through_a_day(periods, STANDARDS)
    started = time.process_time()
    ours = positions_through_a_day(periods, STANDARDS).positions
    seconds = time.process_time() - started

    def missed(row: tuple[int, ...]) -> int:
        day = Followed([period.with_positions(c) for period, c in zip(periods, row)])
        return sum(share_late(day, i, 10.0) > 0.2 + 1e-9 for i in range(len(row)))

    rows = {name: (sum(row), missed(row)) for name, row in stationary_variants(periods).items()}
    print(f"\n{visitors:.0f} of {mean:g} min: ours {sum(ours)} half-hours, {missed(ours)} periods missed, "
          f"{seconds * 1000:.0f} ms; " + ", ".join(f"{n}: {h} / {m}" for n, (h, m) in rows.items()))  # fmt: skip
    assert missed(ours) == 0
    assert all(sum(ours) <= hours for hours, misses in rows.values() if misses == 0)


def eight_services() -> CapacityQuestion:
    """A week of two kinds of day, eight services of two banks each: a reception and a counter of their own."""
    names = [f"service {n}" for n in range(8)]
    banks = (Bank(id="reception", name="Reception", kind="reception"),
             *(Bank(id=f"bank {n}", name=n, kind="counter") for n in names))  # fmt: skip
    journeys = {
        name: (
            Step(bank="reception", skill="reception", time=ServiceTime(mean_min=1.0)),
            Step(bank=f"bank {name}", skill=name, time=ServiceTime(mean_min=5.0 + n)),
        )
        for n, name in enumerate(names)
    }
    days = (
        DayType(id="busy", name="Busy", open_min=480, close_min=1080, weekdays=("sun",)),
        DayType(id="usual", name="Usual", open_min=480, close_min=1080, weekdays=("mon", "tue", "wed", "thu")),
    )
    return CapacityQuestion(
        banks=banks,
        services=tuple(Service(id=name, name=name, journey=journey) for name, journey in journeys.items()),
        day_types=days,
        arrivals=tuple(
            Arrivals(day_type=day.id, service=name, start_min=480 + 30 * i, persons=factor * 100 * each / sum(SHAPE))
            for day, factor in zip(days, (1.0, 0.8))
            for name in names
            for i, each in enumerate(SHAPE)
        ),
        standards=(ServiceStandard(share_within=0.8, within_min=10.0, max_utilisation=1.0),),
    )


def test_a_week_of_eight_services_by_formula_and_refined() -> None:
    question = eight_services()
    plan_capacity(replace(question, staffing="transient"))
    started = time.process_time()
    plan = plan_capacity(replace(question, staffing="transient"))
    formula = time.process_time() - started
    started, cpu = time.perf_counter(), time.process_time()
    week = refine_week(question, days=300)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    print(f"\na week of 8 services: formula {formula:.2f} CPU-s, refined {seconds:.1f} s ({cpu:.1f} CPU-s)")
    for day, refined in week.days:
        shares = [bank.p_within for bank in refined.judged.banks]
        print(f"  {day}: {refined.hours_before:.0f} h by formula, {refined.hours_after:.0f} h refined; "
              + ", ".join(f"{s.value:.3f} ± {s.half:.3f}" for s in shares))  # fmt: skip
        assert all(share.high >= 0.8 for share in shares)
        for tight in refined.tight:
            less = f", one position less gives {tight.one_less.value:.3f}" if tight.one_less else ""
            if tight.because != WITHIN:
                print(f"    {tight.bank}: {tight.over:+.3f}, {tight.because}{less}")
            assert tight.because in (WITHIN, ONE_LESS_MISSES, ONE_POSITION), tight
            assert (tight.over <= NEAR) == (tight.because == WITHIN)
            if tight.because == ONE_LESS_MISSES:
                assert tight.one_less is not None
                assert tight.one_less.value < 0.8
    assert plan.findings == ()
    assert formula < 3.0
    assert cpu < 30.0


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
    for bank, tight in zip(refined.judged.banks, refined.tight):
        less = f", one position less gives {tight.one_less.value:.3f}" if tight.one_less else ""
        share = f"{bank.p_within.value:.3f} ± {bank.p_within.half:.3f} against {promised[bank.id]}"
        print(f"  {bank.id}: {share}: {tight.because}{less}")
    assert refined.misses == ()
    assert refined.hours_after <= refined.hours_before
    assert seconds < 30.0
