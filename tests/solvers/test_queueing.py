"""Formulas against published values (domain notes 3.5: V1-V5, V9), other formulas and limits."""

from math import exp, inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from solvers.queueing import mgc
from solvers.queueing.erlang import erlang_b, erlang_c
from solvers.queueing.erlang_a import erlang_a
from solvers.queueing.mmc import (
    chance_empty,
    chance_of_waiting,
    mean_present,
    mean_time_min,
    mean_wait_min,
    mean_waiting,
    present_chances,
    share_waiting_longer,
    wait_percentile_min,
    waiting_quantile,
)
from solvers.queueing.priority import class_waits_min
from solvers.queueing.sizing import least_positions
from solvers.queueing.station import Station
from solvers.services import ServiceStandard


def hourly(arrivals: float, served: float, positions: int) -> Station:
    return Station(arrivals_per_min=arrivals / 60, mean_service_min=60 / served, positions=positions)


@pytest.mark.parametrize(
    ("positions", "rho", "empty", "present", "waiting", "time_h", "wait_h"),
    [
        (3, 0.62319, 0.13320, 2.50628, 0.63671, 0.05829, 0.01481),
        (4, 0.46739, 0.15010, 1.99546, 0.12589, 0.04641, 0.00293),
        (5, 0.37391, 0.15339, 1.89741, 0.02785, 0.04413, 0.00065),
    ],
)
def test_a_nigerian_bank_is_reproduced_to_all_digits(positions, rho, empty, present, waiting, time_h, wait_h):
    station = hourly(43, 23, positions)
    assert station.utilisation == pytest.approx(rho, abs=6e-6)
    assert chance_empty(station) == pytest.approx(empty, abs=6e-6)
    assert mean_present(station) == pytest.approx(present, abs=6e-6)
    assert mean_waiting(station) == pytest.approx(waiting, abs=6e-6)
    assert mean_time_min(station) / 60 == pytest.approx(time_h, abs=6e-6)
    assert mean_wait_min(station) / 60 == pytest.approx(wait_h, abs=6e-6)


def test_the_nigerian_bank_with_two_tellers_agrees_within_the_papers_truncation():
    station = hourly(43, 23, 2)
    assert mean_waiting(station) == pytest.approx(12.94104, rel=1e-3)
    assert mean_waiting(station) == pytest.approx(12.94691, abs=6e-6)
    assert mean_wait_min(station) / 60 == pytest.approx(0.30109, abs=6e-6)


@pytest.mark.parametrize(
    ("arrivals", "served", "rho", "empty", "present", "waiting", "wait_h", "time_h"),
    [
        (28, 24, 0.3888, 0.3048, 1.2506, 0.0840, 0.0030, 0.0446),
        (17, 16, 0.3541, 0.3405, 1.1203, 0.0578, 0.0034, 0.0659),
        (20, 18, 0.3703, 0.3234, 1.1802, 0.0690, 0.0034, 0.0590),
    ],
)
def test_bank_a_agrees_up_to_truncation_at_four_digits(arrivals, served, rho, empty, present, waiting, wait_h, time_h):
    station = hourly(arrivals, served, 3)
    cut = 1.01e-4
    assert station.utilisation == pytest.approx(rho, abs=cut)
    assert chance_empty(station) == pytest.approx(empty, abs=cut)
    assert mean_present(station) == pytest.approx(present, abs=cut)
    assert mean_waiting(station) == pytest.approx(waiting, abs=cut)
    assert mean_wait_min(station) / 60 == pytest.approx(wait_h, abs=cut)
    assert mean_time_min(station) / 60 == pytest.approx(time_h, abs=cut)


def test_a_published_wait_that_breaks_littles_law_is_not_reproduced():
    station = Station(arrivals_per_min=0.1207, mean_service_min=1 / 0.156, positions=2)
    assert (chance_empty(station), mean_waiting(station), mean_present(station)) == pytest.approx(
        (0.4421, 0.1362, 0.9099), abs=6e-5
    )
    assert mean_wait_min(station) == pytest.approx(1.128, abs=6e-4)  # printed: 1.276


def test_a_drive_up_bank_is_reproduced():
    station = hourly(36, 15, 3)
    assert mean_waiting(station) == pytest.approx(2.589, abs=6e-4)
    assert mean_wait_min(station) == pytest.approx(4.315, abs=6e-4)


def test_a_single_window_is_exact():
    station = hourly(9, 12, 1)
    assert (station.utilisation, mean_present(station), mean_waiting(station)) == pytest.approx((0.75, 3.0, 2.25))
    assert (mean_time_min(station), mean_wait_min(station)) == pytest.approx((20.0, 15.0))


def test_a_three_clerk_post_office_is_exact():
    station = hourly(12, 6, 3)
    assert mean_waiting(station) == pytest.approx(8 / 9)
    assert mean_wait_min(station) == pytest.approx(40 / 9)


@pytest.mark.parametrize(
    ("per_hour", "within_10", "within_15"),
    [(15, 3, 3), (30, 5, 5), (60, 9, 9), (90, 14, 13), (120, 18, 17), (180, 26, 25), (240, 34, 33)],
)
def test_sizes_for_eight_minutes_and_four_of_five_visitors(per_hour, within_10, within_15):
    def size(minutes: float) -> int:
        standard = ServiceStandard(share_within=0.8, within_min=minutes, max_utilisation=1.0)
        return least_positions(per_hour / 60, 8.0, (standard,))

    assert (size(10), size(15)) == (within_10, within_15)


def test_the_line_of_sixty_an_hour_has_its_published_quantiles():
    nine, ten = hourly(60, 7.5, 9), hourly(60, 7.5, 10)
    assert nine.utilisation == pytest.approx(0.889, abs=5e-4)
    assert mean_wait_min(nine) == pytest.approx(5.23, abs=5e-3)
    assert 1 - share_waiting_longer(nine, 10) == pytest.approx(0.813, abs=5e-4)
    assert (waiting_quantile(nine, 0.95), waiting_quantile(nine, 0.99)) == (21, 35)
    assert (waiting_quantile(ten, 0.95), waiting_quantile(ten, 0.99)) == (9, 16)


def test_erlang_c_equals_published_tables():
    assert erlang_c(8, 3.87) == pytest.approx(0.05009, abs=6e-6)
    assert erlang_c(10, 4.08) == pytest.approx(0.01005, abs=6e-6)
    assert erlang_c(10, 6.0) == pytest.approx(0.1013, abs=6e-5)


def test_erlang_b_of_one_server_is_its_closed_form():
    assert erlang_b(1, 3.0) == pytest.approx(3 / 4)
    assert erlang_b(2, 1.0) == pytest.approx(0.5 / 2.5)


stations = st.builds(
    lambda positions, rho, mean: Station(arrivals_per_min=rho * positions / mean, mean_service_min=mean, positions=positions),
    st.integers(1, 60),
    st.floats(0.01, 0.99),
    st.floats(0.1, 60),
)


@given(stations)
def test_littles_law_holds_for_line_and_station(station):
    assert mean_waiting(station) == pytest.approx(station.arrivals_per_min * mean_wait_min(station))
    assert mean_present(station) == pytest.approx(station.arrivals_per_min * mean_time_min(station))


@given(stations, st.floats(0, 60))
def test_another_position_never_lengthens_the_wait(station, minutes):
    more = Station(
        arrivals_per_min=station.arrivals_per_min,
        mean_service_min=station.mean_service_min,
        positions=station.positions + 1,
    )
    assert mean_wait_min(more) <= mean_wait_min(station)
    assert share_waiting_longer(more, minutes) <= share_waiting_longer(station, minutes) + 1e-12


@example(
    Station(arrivals_per_min=0.1, mean_service_min=1.0, positions=1), 0.9
)  # one in ten waits: the others' share is met at once
@given(stations, st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]))
def test_the_percentile_of_the_wait_is_met_and_not_a_minute_too_long(station, share):
    minutes = wait_percentile_min(station, share)
    assert share_waiting_longer(station, minutes) <= 1 - share + 1e-9
    if minutes > 0:
        assert share_waiting_longer(station, minutes * 0.99) > 1 - share


@given(stations)
def test_chances_of_numbers_present_agree_with_the_closed_forms(station):
    chances = present_chances(station, station.positions - 1)
    assert chances[0] == pytest.approx(chance_empty(station), rel=1e-6)
    assert sum(chances) == pytest.approx(1 - chance_of_waiting(station), abs=1e-9)


@given(stations, st.sampled_from([0.9, 0.95, 0.99]))
def test_the_quantile_of_the_line_is_the_first_that_holds(station, share):
    quantile = waiting_quantile(station, share)
    chances = present_chances(station, station.positions + quantile)
    assert sum(chances) >= share - 1e-6
    assert quantile == 0 or sum(chances[:-1]) < share + 1e-6


def test_an_overloaded_station_waits_for_ever_and_says_so():
    station = hourly(60, 10, 5)
    assert (mean_wait_min(station), share_waiting_longer(station, 60), chance_empty(station)) == (inf, 1.0, 0.0)
    with pytest.raises(ValueError, match=r"utilisation 1\.200"):
        waiting_quantile(station, 0.95)


def test_constant_service_at_one_window_waits_half_as_long():
    """Pollaczek-Khinchine, the textbook licence-plate clerk: UNIF(8, 10) each 10 min waits 40.67 min (V7)."""
    cv = (2**2 / 12) ** 0.5 / 9
    steady = Station(arrivals_per_min=1 / 10, mean_service_min=9.0, positions=1, cv=0.0)
    assert mgc.mean_wait_min(steady) == pytest.approx(mean_wait_min(steady) / 2)
    uniform = Station(arrivals_per_min=1 / 10, mean_service_min=9.0, positions=1, cv=cv)
    assert mgc.mean_wait_min(uniform) == pytest.approx(40.67, rel=0.005)


@given(stations, st.floats(0, 0.99), st.floats(1.01, 3))
def test_steadier_service_waits_less_and_wilder_service_more(station, steady, wild):
    def wait(cv: float) -> float:
        return mgc.mean_wait_min(
            Station(
                arrivals_per_min=station.arrivals_per_min,
                mean_service_min=station.mean_service_min,
                positions=station.positions,
                cv=cv,
            )
        )

    slack = 1e-9 * wait(1.0)
    assert wait(steady) <= wait(1.0) + slack
    assert wait(wild) >= wait(1.0) - slack


@pytest.mark.parametrize(
    ("positions", "per_min", "cv", "simulated"), [(9, 1.0, 1.5, 33), (9, 1.0, 2.0, 51), (3, 0.3, 1.5, 17), (4, 0.4, 2.0, 24)]
)
def test_the_line_of_wild_services_is_as_long_as_when_it_is_lived_through(positions, per_min, cv, simulated):
    """95th percentiles of the line met by 400,000 visitors, lognormal services of 8 min (a plain recursion, seed 3)."""
    station = Station(arrivals_per_min=per_min, mean_service_min=8.0, positions=positions, cv=cv)
    assert abs(mgc.waiting_quantile(station, 0.95) - simulated) <= 1
    assert waiting_quantile(station, 0.95) < 0.7 * simulated  # exponential services would ask for far fewer seats


@given(stations, st.floats(0.5, 0.999))
def test_of_exponential_services_the_line_is_that_of_erlang(station, share):
    assert abs(mgc.waiting_quantile(station, share) - waiting_quantile(station, share)) <= 1e-9
    assert mgc.present_chances(station, 40) == pytest.approx(present_chances(station, 40), abs=1e-9)


@given(stations, st.floats(1.0, 2.5))
def test_numbers_present_add_up_to_one_and_have_their_mean(station, cv):
    wild = Station(
        arrivals_per_min=station.arrivals_per_min, mean_service_min=station.mean_service_min,
        positions=station.positions, cv=cv,
    )  # fmt: skip
    most = station.positions + mgc.waiting_quantile(wild, 1 - 1e-12)
    chances = mgc.present_chances(wild, most)
    assert sum(chances) == pytest.approx(1.0, abs=1e-6)
    assert sum(n * chance for n, chance in enumerate(chances)) == pytest.approx(mgc.mean_present(wild), rel=1e-4, abs=1e-6)


@given(stations, st.floats(0.05, 0.9))
def test_priority_shares_waiting_out_and_makes_none(station, first):
    early, late = class_waits_min(station, (first, 1 - first))
    assert early <= mean_wait_min(station) * (1 + 1e-9) <= late * (1 + 1e-6)
    assert first * early + (1 - first) * late == pytest.approx(mean_wait_min(station), rel=1e-6)


def test_priority_at_one_window_is_cobhams_textbook_formula():
    """rho .75 from two equal classes: W0 = .75 x 5 = 3.75; 3.75 / (1 - .375) = 6 and 6 / (1 - .75) = 24 min."""
    assert class_waits_min(hourly(9, 12, 1), (0.5, 0.5)) == pytest.approx((6.0, 24.0))


def test_patience_without_end_is_erlang_c():
    station = hourly(43, 23, 3)
    patient = erlang_a(station, 1e9)
    assert patient.chance_of_waiting == pytest.approx(chance_of_waiting(station), rel=1e-6)
    assert patient.mean_wait_min == pytest.approx(mean_wait_min(station), rel=1e-6)


def test_patience_like_the_service_time_makes_a_poisson_number_present():
    """theta = mu: every person present leaves at the same rate, so N is Poisson(a) as with endless positions."""
    station = hourly(60, 7.5, 6)
    few, term = 0.0, exp(-8.0)
    for n in range(6):
        few += term
        term *= 8.0 / (n + 1)
    assert erlang_a(station, 8.0).chance_of_waiting == pytest.approx(1 - few)


@given(st.floats(0.1, 3), st.integers(1, 20), st.floats(0.5, 60))
def test_those_who_leave_and_those_served_are_all_who_came(load_share, positions, patience):
    station = Station(arrivals_per_min=load_share * positions / 5, mean_service_min=5.0, positions=positions)
    line = erlang_a(station, patience)
    served_per_min = line.utilisation * positions / 5
    assert served_per_min + line.share_leaving * station.arrivals_per_min == pytest.approx(station.arrivals_per_min)
