"""The simulated day against what theory knows exactly."""

import numpy as np
import pytest
from scipy import stats

from solvers.queueing import mmc
from solvers.queueing.erlang_a import erlang_a
from solvers.queueing.priority import class_waits_min
from solvers.queueing.station import Station
from solvers.services import ServiceTime, VisitorClass
from solvers.simulation.outcome import SimulationOutcome, summarise
from solvers.simulation.problem import Observed, SimulationProblem, Triangular, Uniform
from solvers.simulation.quantiles import RATIO, mean_min, quantile_table, table_mean
from solvers.simulation.run import simulate
from solvers.simulation.tables import CELLS, LEVELS
from tests.solvers.simulation.builders import exponential, one_bank

STATION = Station(arrivals_per_min=0.4, mean_service_min=6.0, positions=3)


def lived(problem: SimulationProblem, days: int = 20) -> SimulationOutcome:
    return summarise(simulate(problem, days=days, seed=11, workers=1))


def test_the_long_run_is_erlang_c():
    problem = one_bank(per_min=0.4, time=exponential(6.0), servers=3, length_min=60_000, warm_up_min=600)
    found = lived(problem, days=80).bank("bank")
    assert found.wait_mean_min.value == pytest.approx(mmc.mean_wait_min(STATION), rel=0.02)
    assert found.wait_p90_min.value == pytest.approx(mmc.wait_percentile_min(STATION, 0.9), rel=0.02)
    assert found.p_within.value == pytest.approx(1 - mmc.share_waiting_longer(STATION, 10.0), abs=0.004)
    assert found.utilisation is not None
    assert found.utilisation.value == pytest.approx(STATION.utilisation, rel=0.01)


def test_waiting_people_have_erlang_c_quantiles():
    problem = one_bank(per_min=0.4, time=exponential(6.0), servers=3, length_min=60_000)
    people = simulate(problem, days=20, seed=3, workers=1).tally.people[5:, 0].sum(axis=0)
    sums = np.cumsum(people) / people.sum()
    for share in (0.5, 0.9, 0.95, 0.99):
        assert abs(int(np.searchsorted(sums, share)) - mmc.waiting_quantile(STATION, share)) <= 1


def test_general_times_follow_pollaczek_and_khinchine():
    for law, square in (
        (ServiceTime(mean_min=9.0, cv=0.7), 81 * 1.49),
        (ServiceTime(mean_min=9.0, cv=0.7, distribution="gamma"), 81 * 1.49),
        (ServiceTime(mean_min=9.0, distribution="deterministic"), 81.0),
        (Uniform(low_min=8.0, high_min=10.0), 81 + 1 / 3),
    ):
        found = lived(one_bank(per_min=0.08, time=law, servers=1, length_min=200_000, warm_up_min=2000)).bank("bank")
        assert found.wait_mean_min.value == pytest.approx(0.08 * square / 2 / (1 - 0.72), rel=0.03)


def test_impatient_visitors_follow_erlang_a():
    station = Station(arrivals_per_min=0.6, mean_service_min=6.0, positions=3)
    problem = one_bank(per_min=0.6, time=exponential(6.0), servers=3, length_min=60_000, patience_min=12.0)
    found, exact = lived(problem).bank("bank"), erlang_a(station, 12.0)
    assert found.abandoned.value == pytest.approx(exact.share_leaving, rel=0.02)
    assert found.utilisation is not None
    assert found.utilisation.value == pytest.approx(exact.utilisation, rel=0.01)
    assert found.patience_min == pytest.approx(12.0, rel=0.02)


def test_priorities_follow_cobham():
    classes = tuple(VisitorClass(id=f"c{n}", name="", share=s, priority=n) for n, s in enumerate((0.2, 0.5, 0.3)))
    problem = one_bank(per_min=0.4, time=exponential(6.0), servers=3, length_min=60_000, warm_up_min=600, classes=classes)
    waits = [each.wait_mean_min.value for each in lived(problem).classes]
    assert waits == pytest.approx(class_waits_min(STATION, (0.2, 0.5, 0.3)), rel=0.04)


def test_a_table_keeps_the_law():
    chances = np.array([0.01, 0.3, 0.9, 0.99, 0.9999])
    for law, exact in (
        (exponential(5.0), stats.expon(scale=5.0)),
        (ServiceTime(mean_min=5.0, cv=0.8, distribution="gamma"), stats.gamma(0.8**-2, scale=5 * 0.8**2)),
        (ServiceTime(mean_min=5.0, cv=0.8), stats.lognorm(np.sqrt(np.log(1.64)), scale=5 / np.sqrt(1.64))),
        (Triangular(low_min=1.0, mode_min=2.0, high_min=5.0), stats.triang(0.25, 1.0, 4.0)),
    ):
        table = quantile_table(law)
        read = [looked_up(table, chance) for chance in chances]
        assert read == pytest.approx(exact.ppf(chances), rel=1e-3)
        assert table_mean(table) == pytest.approx(exact.mean(), rel=1e-9)
        assert mean_min(law) == pytest.approx(exact.mean())


def looked_up(table: np.ndarray, chance: float) -> float:
    level = min(LEVELS - 1, int(np.floor(-np.log(1 - chance) / np.log(RATIO))))
    inside = 1 - (1 - chance) * RATIO**level
    return float(np.interp(inside * CELLS / (1 - 1 / RATIO), np.arange(CELLS + 1), table[level]))


def test_observed_times_stay_as_they_were_measured():
    table = quantile_table(Observed(minutes=(2.0, 4.0, 9.0)))
    assert table.min() == 2.0
    assert table.max() <= 9.0
    assert looked_up(table, 0.5) == pytest.approx(4.0, abs=0.02)
