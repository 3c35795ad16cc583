"""The exact line through a day: against matrix exponentials, the long run, a simulation, and its own laws."""

import heapq
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from solvers.bank_transient import periods_of
from solvers.capacity import plan_capacity
from solvers.queueing import finishing
from solvers.queueing.mmc import mean_present, present_chances, share_waiting_longer
from solvers.queueing.sizing import least_positions
from solvers.queueing.staffing import keeps, positions_through_a_day
from solvers.queueing.station import Station
from solvers.queueing.transient import Followed, Period, clerks_leave, evolve, share_late
from solvers.services import ServiceStandard
from solvers.simulation.centre import bank_servers
from solvers.simulation.outcome import summarise
from solvers.simulation.problem import Entry, Line, SimulatedBank, SimulationProblem, Stop
from solvers.simulation.run import simulate
from tests.example_project import question_of, read_example
from tests.solvers.simulation.builders import exponential
from tests.solvers.test_capacity import a_question, arriving

FOUR_OF_FIVE = (ServiceStandard(share_within=0.8, within_min=10.0, max_utilisation=1.0),)
TEXTBOOK = (22, 22, 35, 35, 40, 40, 31, 31, 35, 35, 43, 43, 29, 29, 22, 22)


def a_period(per_min: float, positions: int, mean: float = 8.0, length: float = 30.0) -> Period:
    return Period(arrivals_per_min=per_min, mean_service_min=mean, positions=positions, length_min=length)


def a_day(visitors: float, mean: float = 8.0) -> list[Period]:
    return [a_period(visitors * share / sum(TEXTBOOK) / 30, 1, mean) for share in TEXTBOOK]


def test_uniformisation_equals_the_matrix_exponential():
    period, size = a_period(0.9, 4, mean=5.0, length=10), 25
    generator = np.zeros((size, size))
    for n in range(size):
        if n + 1 < size:
            generator[n, n + 1] = 0.9
        if n:
            generator[n, n - 1] = min(n, 4) / 5.0
        generator[n, n] = -generator[n].sum()
    start = np.eye(1, size, 3)[0]
    assert np.abs(evolve(start, period)[10] - start @ expm(generator * 10)).max() < 1e-12


def test_a_day_that_never_changes_ends_in_the_long_run():
    station = Station(arrivals_per_min=0.5, mean_service_min=8.0, positions=6)
    day = Followed([a_period(0.5, 6, length=600), a_period(0.5, 6)])
    chances = day.states(1)[-1]
    assert chances @ np.arange(chances.size) == pytest.approx(mean_present(station), rel=1e-4)
    assert chances[:6] == pytest.approx(present_chances(station, 5), rel=1e-4)
    assert share_late(day, 1, 10.0) == pytest.approx(share_waiting_longer(station, 10.0), rel=1e-3)


def test_leaving_clerks_take_their_visitors_with_them():
    chances = np.array([0.1, 0.1, 0.1, 0.2, 0.2, 0.3])  # 0..5 present, four clerks become two
    assert clerks_leave(chances, 4, 2) == pytest.approx([0.1, 0.1, 0.1 + 0.2 + 0.2, 0.3, 0.0, 0.0])


def test_a_position_that_opens_again_may_still_have_its_clerk_with_a_visitor():
    present = np.array([0.1, 0.1, 0.2, 0.1, 0.2, 0.3])  # 0..5 present, four positions become two: the third goes idle first
    closed = finishing.closed(present, finishing.NOBODY, 4, 2)
    assert closed[2:] == pytest.approx([0.2 + 0.3, 0.1 + 0.2 + 0.3])
    later = finishing.later(closed, 6.0, 3.0)
    assert later[2:] == pytest.approx(closed[2:] * np.exp(-2.0))
    a, b = later[2:]
    assert finishing.not_free(later, 2, 4) == pytest.approx([(1 - a) * (1 - b), a * (1 - b) + b * (1 - a), a * b])
    assert finishing.not_free(later, 2, 3) == pytest.approx([1 - a, a])
    assert finishing.opened(later, 2, 3)[2:] == pytest.approx([0.0, b])


def simulated_late(periods: list[Period], within_min: float, days: int, seed: int) -> list[float]:
    """Clerks that close finish the visitor in hand; idle ones close first. Exponential times, one line in order."""
    chance, late, came = random.Random(seed), [0] * len(periods), [0] * len(periods)
    edges = np.cumsum([0.0] + [period.length_min for period in periods])
    for _ in range(days):
        coming = []
        for i, period in enumerate(periods):
            t = edges[i] + chance.expovariate(period.arrivals_per_min)
            while t < edges[i + 1]:
                coming.append((t, i))
                t += chance.expovariate(period.arrivals_per_min)
        events = [(t, 1, i) for t, i in coming] + [(edges[i], 0, i) for i in range(1, len(periods))]
        heapq.heapify(events)
        line: list[tuple[float, int]] = []
        busy, first, now_in = 0, 0, 0
        tickets: set[int] = set()
        number = 0
        while events:
            now, kind, what = heapq.heappop(events)
            if kind == 0:
                now_in = what
                while len(tickets) > periods[now_in].positions:
                    tickets.remove(chance.choice(sorted(tickets)))
            elif kind == 1:
                line.append((now, what))
            else:
                tickets.discard(what)
            busy = len(tickets)
            while first < len(line) and busy < periods[now_in].positions:
                came_at, i = line[first]
                first += 1
                came[i] += 1
                late[i] += now - came_at > within_min
                number += 1
                tickets.add(number)
                busy += 1
                heapq.heappush(events, (now + chance.expovariate(1 / periods[now_in].mean_service_min), 2, number))
    return [a / b for a, b in zip(late, came)]


def test_shares_late_agree_with_a_simulation_where_counters_open_and_close():
    periods = [a_period(0.7, 5), a_period(0.9, 8), a_period(0.6, 7), a_period(0.35, 4), a_period(0.2, 2)]
    day = Followed(periods)
    ours = [share_late(day, i, 10.0) for i in range(len(periods))]
    assert ours == pytest.approx(simulated_late(periods, 10.0, days=1500, seed=4), abs=0.02)


@pytest.mark.parametrize(
    ("per_min", "opened", "mean"),
    [((0.2, 0.05, 0.2, 0.05), (5, 2, 5, 2), 20.0), ((0.1, 0.25, 0.1, 0.05, 0.12), (2, 5, 2, 1, 3), 15.0)],
)
def test_lateness_is_that_of_the_simulated_days_where_counters_close_and_open_again(per_min, opened, mean):
    """Stations of few positions and long services, where it matters most which clerks go; one deviation is 0.0017."""
    closes = 30.0 * len(per_min)
    problem = SimulationProblem(
        day_type="day", open_min=0.0, close_min=closes, interval_min=30.0, sample_min=30.0,
        banks=(SimulatedBank(id="bank"),), services=("visit",), lines=(Line(bank=0),),
        stops=(Stop(lines=(0,), time=exponential(mean)),),
        entries=(Entry(service=0, first=((0, 1.0),), persons=tuple(30.0 * each for each in per_min)),),
        servers=bank_servers("bank", opened, (0,), 0.0, 30.0, closes + 600.0),
    )  # fmt: skip
    lived = [1.0 - each.p_within.value for each in summarise(simulate(problem, days=100_000, seed=6)).bank("bank").periods]
    day = Followed([a_period(rate, positions, mean) for rate, positions in zip(per_min, opened)])
    assert [share_late(day, i, 10.0) for i in range(len(opened))] == pytest.approx(lived, abs=0.007)


@pytest.mark.parametrize(("visitors", "mean"), [(300, 8.0), (60, 8.0), (120, 5.0)])
def test_a_day_staffed_exactly_misses_nothing_and_needs_no_more_than_the_stationary_one(visitors, mean):
    periods = a_day(visitors, mean)
    staffed = positions_through_a_day(periods, FOUR_OF_FIVE)
    assert all(keeps(staffed.followed, i, FOUR_OF_FIVE) for i in range(len(periods)))
    stationary = [least_positions(each.arrivals_per_min, mean, FOUR_OF_FIVE) for each in periods]
    assert sum(staffed.positions) <= sum(stationary)


def test_no_single_position_of_a_staffed_day_could_be_left_out():
    staffed = positions_through_a_day(a_day(120), FOUR_OF_FIVE)
    for i, positions in enumerate(staffed.positions):
        if positions > 1:
            leaner = staffed.followed.with_period(i, replace(staffed.followed.periods[i], positions=positions - 1))
            assert not all(keeps(leaner, j, FOUR_OF_FIVE) for j in range(len(staffed.positions)))


@given(st.lists(st.tuples(st.floats(0.05, 1.0), st.integers(1, 8)), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_chances_always_add_up_to_one(periods):
    day = Followed([a_period(rate, positions, mean=5.0) for rate, positions in periods])
    for i in range(len(periods)):
        states = day.states(i)
        assert states.sum(axis=1) == pytest.approx(np.ones(states.shape[0]), abs=1e-7)
        assert 0.0 <= share_late(day, i, 10.0) <= 1.0


def test_the_plan_may_be_made_by_the_exact_line():
    question = replace(question_of(read_example("dahuk")), staffing="transient")
    plan = plan_capacity(question)
    stationary = plan_capacity(replace(question, staffing="stationary"))
    assert plan.findings == ()
    for bank in plan.banks:
        assert all(share >= bank.standards[0].share_within - 1e-9 for share in bank.day.within)
    assert sum(need.needed for need in plan.cover) < sum(need.needed for need in stationary.cover)


def test_the_exact_line_tells_overload_too():
    plan = plan_capacity(a_question(arrivals=arriving(30, 30), limits=(("counter", 5),), staffing="transient"))
    (finding,) = plan.findings
    served = sum(use * 5 * 30 / 8 for use in plan.bank("counter").day.utilisation)
    assert finding.measured == pytest.approx(60 - served - 5, abs=0.2)  # who came, less those served and in service
    assert plan.services[0].p_within < 0.5


def test_after_the_last_visitor_those_inside_are_still_served():
    plan = plan_capacity(a_question(arrivals=arriving(30, 0), staffing="transient"))
    bank = plan.bank("counter")
    assert bank.day.within[0] >= 0.8
    assert periods_of(bank.day.load, 30)[1].mean_service_min == 8.0
    assert 1 <= bank.day.open[1] < bank.day.open[0]
