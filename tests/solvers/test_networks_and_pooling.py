"""Networks, thinning and feedback; pooled and dedicated counters; skills. Against exact results and plain recursions."""

from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.bank_load import bank_load
from solvers.demand import Demand
from solvers.queueing import mgc, mmc
from solvers.queueing.network import NetworkStop, network_figures
from solvers.queueing.pooling import ClerkGroup, pooled_station, pooling_figures, skill_load
from solvers.queueing.station import Station
from solvers.services import Bank, Service, ServiceStandard, Step
from tests.solvers.simulation.builders import exponential

STANDARD = ServiceStandard(share_within=0.8, within_min=10.0, max_utilisation=1.0)


def stop(name: str, mean: float, positions: int, **more: float) -> NetworkStop:
    return NetworkStop(id=name, mean_service_min=mean, positions=positions, **more)


def test_a_markov_tandem_is_two_stations_alone():
    """Burke 1956: departures of M/M/c are Poisson again."""
    net = network_figures((stop("a", 4, 2, outside_per_min=0.4), stop("b", 6, 3)), ((0, 1), (0, 0)))
    for figures, mean, positions in zip(net.stops, (4, 6), (2, 3)):
        alone = mmc.mean_wait_min(Station(arrivals_per_min=0.4, mean_service_min=mean, positions=positions))
        assert figures.mean_wait_min == pytest.approx(alone) and figures.arrival_cv == pytest.approx(1.0)
    assert net.mean_time_min == pytest.approx(net.mean_wait_min + 10)


def test_feedback_multiplies_visits_by_a_geometric_sum():
    """One station, a quarter comes back: lambda = gamma / (1 - p), M/M/1 at rho .8 has L = 4, W = L / gamma (Jackson)."""
    net = network_figures((stop("a", 6, 1, outside_per_min=0.1),), ((0.25,),))
    (only,) = net.stops
    assert (only.visits, only.utilisation) == pytest.approx((4 / 3, 0.8))
    assert net.mean_time_min == pytest.approx(4 / 0.1)


def test_rates_follow_the_shares_along_a_journey_with_a_loop():
    stops = (stop("reception", 1, 1, outside_per_min=0.5), stop("counter", 8, 6), stop("cashier", 3, 2), stop("photo", 2, 1))
    net = network_figures(stops, ((0, 0.8, 0, 0.2), (0, 0, 0.6, 0.1), (0, 0, 0, 0), (0, 1, 0, 0)))
    counter = (0.5 * 0.8 + 0.5 * 0.2) / (1 - 0.1)
    assert [each.arrivals_per_min for each in net.stops] == pytest.approx([0.5, counter, 0.6 * counter, 0.1 + 0.1 * counter])


def test_the_network_of_a_journey_receives_what_the_banks_are_planned_for():
    """Steps taken by a share: P(next is j) = p_j x product of (1 - p_k) in between."""
    banks = [Bank(id=name, name=name, kind="counter") for name in "abc"]
    steps = [Step(bank=name, skill="s", probability=p, time=exponential(4.0)) for name, p in zip("abc", (1.0, 0.5, 0.8))]
    service = Service(id="deed", name="Deed", journey=tuple(steps))
    demand = Demand(day_type="d", interval_min=30, starts_min=(480,), persons={"deed": (12.0,)})
    stops = tuple(stop(name, 4, 3, outside_per_min=0.4 * (name == "a")) for name in "abc")
    net = network_figures(stops, ((0, 0.5, 0.5 * 0.8), (0, 0, 0.8), (0, 0, 0)))
    planned = [bank_load(bank, demand, (service,)).visits[0] / 30 for bank in banks]
    assert [each.arrivals_per_min for each in net.stops] == pytest.approx(planned)


def test_thinning_makes_an_even_stream_more_like_poisson():
    """A share p of a renewal stream has squared cv p c2 + 1 - p; of none it would stay as even as it was."""
    even = stop("a", 8, 1, cv=0.0, outside_per_min=0.12, outside_cv=0.5)
    cvs = [
        network_figures((even, stop("b", 5, 1)), ((0, share), (0, 0))).stops[1].arrival_cv for share in (1.0, 0.5, 0.1)
    ]
    assert cvs == sorted(cvs) and cvs[-1] < 1.0


def lindley(arrivals: np.ndarray, service: np.ndarray) -> np.ndarray:
    """Starts of service at one window, first come first served."""
    starts = np.empty_like(arrivals)
    free = 0.0
    for n, (at, took) in enumerate(zip(arrivals.tolist(), service.tolist())):
        starts[n] = free = max(at, free)
        free += took
    return starts


@pytest.mark.parametrize(("first_cv", "tolerance"), [(0.0, 0.1), (1.0, 0.05)])
def test_the_second_window_waits_as_a_plain_recursion_says(first_cv, tolerance):
    chance, count = np.random.default_rng(4), 400_000
    arrivals = np.cumsum(chance.exponential(10.0, count))
    first = np.full(count, 8.0) if first_cv == 0.0 else chance.exponential(8.0, count)
    leaves = lindley(arrivals, first) + first
    wait = float((lindley(leaves, chance.exponential(8.0, count)) - leaves).mean())
    net = network_figures((stop("a", 8, 1, cv=first_cv, outside_per_min=0.1), stop("b", 8, 1)), ((0, 1), (0, 0)))
    assert net.stops[1].mean_wait_min == pytest.approx(wait, rel=tolerance)


def test_an_overloaded_stop_says_so_and_leaves_the_others_their_figures():
    net = network_figures((stop("a", 4, 1, outside_per_min=0.5), stop("b", 1, 1)), ((0, 0.5), (0, 0)))
    assert net.stops[0].mean_wait_min == inf and net.mean_time_min == inf and net.stops[1].utilisation < 1


@pytest.mark.parametrize("routing", [((0.5, 0.6), (0, 0)), ((0, 1), (1, 0)), ((0, 1),), ((0, -0.1), (0, 0))])
def test_routing_that_cannot_be_is_refused(routing):
    with pytest.raises(ValueError, match="routing"):
        network_figures((stop("a", 1, 1, outside_per_min=0.1), stop("b", 1, 1)), routing)


@given(st.lists(st.floats(0.02, 0.3), min_size=2, max_size=5), st.floats(1, 12), st.integers(1, 6))
def test_like_services_never_wait_longer_in_one_line_nor_need_more_counters(rates, mean, positions):
    stations = [
        Station(arrivals_per_min=r, mean_service_min=mean, positions=max(positions, int(r * mean) + 1)) for r in rates
    ]
    found = pooling_figures(stations, STANDARD)
    assert found.pooled_wait_min <= found.dedicated_wait_min * (1 + 1e-9)
    assert found.pooled_positions <= found.dedicated_positions


def test_pooling_two_plate_clerks_halves_their_wait():
    """V7, first stage: UNIF(8, 10) each 10 min, two clerks with lines of their own wait 40.67 min, pooled about half."""
    cv = (2**2 / 12) ** 0.5 / 9
    clerk = Station(arrivals_per_min=0.1, mean_service_min=9.0, positions=1, cv=cv)
    found = pooling_figures((clerk, clerk), STANDARD)
    assert found.dedicated_wait_min == pytest.approx(40.67, rel=0.005)
    assert 0.45 < found.pooled_wait_min / found.dedicated_wait_min < 0.52


def test_a_quick_service_may_lose_by_sharing_the_line_of_a_long_one_and_it_is_said():
    quick = Station(arrivals_per_min=2.0, mean_service_min=0.5, positions=2)
    long = Station(arrivals_per_min=0.01, mean_service_min=60.0, positions=1)
    found = pooling_figures((quick, long), STANDARD)
    assert found.pooled_wait_min > mmc.mean_wait_min(quick)


def test_the_mixture_has_the_moments_of_its_parts():
    parts = [Station(arrivals_per_min=r, mean_service_min=m, positions=2, cv=cv) for r, m, cv in ((1, 2, 0.5), (3, 1, 1.0))]
    mixed = pooled_station(parts)
    assert mixed.mean_service_min == pytest.approx(5 / 4)
    assert mixed.mean_service_min**2 * (1 + mixed.cv**2) == pytest.approx((1 * 4 * 1.25 + 3 * 1 * 2) / 4)
    assert mgc.mean_wait_min(mixed) > 0


def test_skills_that_meet_share_the_work_and_skills_that_do_not_cannot():
    loads = {"deed": 3.0, "card": 1.0}
    apart = skill_load(loads, (ClerkGroup(services=("deed",), clerks=3), ClerkGroup(services=("card",), clerks=3)))
    both = skill_load(loads, (ClerkGroup(services=("deed",), clerks=3), ClerkGroup(services=("deed", "card"), clerks=3)))
    assert (apart.utilisation, apart.tightest) == (pytest.approx(1.0), ("deed",))
    assert both.utilisation == pytest.approx(4 / 6)


def test_a_service_nobody_can_serve_has_no_long_run():
    found = skill_load({"deed": 1.0, "card": 0.2}, (ClerkGroup(services=("deed",), clerks=9),))
    assert (found.utilisation, found.tightest) == (inf, ("card",))
    assert skill_load({"deed": 0.0}, ()).utilisation == 0.0


@settings(max_examples=60)
@given(st.data())
def test_the_least_utilisation_is_that_of_the_tightest_set_of_services(data):
    """Hall: max over sets S of load(S) / clerks able to serve any of S, found here by trying every set."""
    names = ("a", "b", "c", "d")
    loads = {name: data.draw(st.floats(0.1, 5)) for name in names}
    groups = tuple(
        ClerkGroup(services=tuple(data.draw(st.sets(st.sampled_from(names), min_size=1))), clerks=data.draw(st.integers(1, 5)))
        for _ in range(data.draw(st.integers(1, 4)))
    )
    by_hand = 0.0
    for size in range(1, 5):
        for chosen in combinations(names, size):
            able = sum(g.clerks for g in groups if set(g.services) & set(chosen))
            by_hand = max(by_hand, sum(loads[s] for s in chosen) / able if able else inf)
    found = skill_load(loads, groups)
    assert found.utilisation == pytest.approx(by_hand, rel=1e-6)
    if by_hand < inf:
        able = sum(g.clerks for g in groups if set(g.services) & set(found.tightest))
        assert sum(loads[s] for s in found.tightest) / able == pytest.approx(by_hand, rel=1e-6)
