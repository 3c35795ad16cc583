"""What snapshots of a ticket board tell."""

import numpy as np
import pytest

from layouts.findings import BadInput
from solvers.simulation.snapshots import Snapshot, observed_day, served_other_days, service_min


def seen(*rows: tuple[float, int, int, int]) -> list[Snapshot]:
    return [Snapshot(at_min=at, waiting=line, open=counters, ticket=number) for at, line, counters, number in rows]


def test_arrivals_are_those_served_and_those_who_still_wait():
    day = observed_day(seen((480, 2, 1, 0), (495, 5, 1, 3), (525, 1, 3, 11), (540, 0, 3, 12)), interval_min=30.0)
    assert day.open_min == 480
    assert day.persons == pytest.approx((2 + 6 + 2, 2, 0), abs=1e-9), "the second step's four lie half in each half-hour"
    assert day.open == (1, 2, 0)
    assert day.served == 12


def test_a_line_that_shrinks_without_calls_brings_nobody():
    assert sum(observed_day(seen((480, 5, 1, 0), (490, 3, 1, 0)), interval_min=30.0).persons) == 5


def test_service_time_counts_only_while_people_wait():
    day = seen((480, 3, 2, 0), (490, 3, 2, 4), (500, 0, 2, 6), (510, 0, 2, 6))
    assert service_min([day]) == pytest.approx(2 * 10 / 4)
    assert service_min([seen((480, 0, 2, 0), (490, 0, 2, 1))]) is None


def test_a_clock_that_jumps_is_refused():
    with pytest.raises(BadInput) as refused:
        observed_day(seen((480, 1, 1, 0), (475, 1, 1, 1)), interval_min=30.0)
    assert refused.value.code == "snapshots.clock_jumps"
    with pytest.raises(BadInput) as refused:
        observed_day(seen((480, -1, 1, 0), (485, 1, 1, 1)), interval_min=30.0)
    assert refused.value.code == "snapshots.negative"


def busy_day(pace_min: float, served: int) -> list[Snapshot]:
    """One counter, never without people waiting, a visitor every `pace_min`."""
    return [Snapshot(at_min=540.0 + pace_min * n, waiting=4, open=1, ticket=n) for n in range(served + 1)]


def test_days_of_one_pace_have_no_spread_between_them() -> None:
    pace = served_other_days([busy_day(6.0, 40) for _ in range(5)])
    assert pace is not None
    assert pace.mean_min == pytest.approx(6.0)
    assert pace.day_sd == 0.0
    assert pace.factors(4) == pytest.approx((1.0, 1.0, 1.0, 1.0))


def test_the_spread_between_days_is_what_chance_does_not_explain() -> None:
    paces, served = (4.0, 5.0, 6.0, 7.5, 9.0), 400
    pace = served_other_days([busy_day(each, served) for each in paces])
    assert pace is not None
    spread = float(np.var(np.log(paces), ddof=1)) - 1.0 / served
    assert pace.day_sd == pytest.approx((spread * (1.0 + 1.0 / len(paces))) ** 0.5)
    factors = pace.factors(6)
    assert sum(factors) == pytest.approx(6.0)
    assert list(factors) == sorted(factors)
    assert factors[0] < 0.75 < 1.25 < factors[-1]


def test_one_day_says_nothing_of_the_spread_and_none_says_nothing() -> None:
    one = served_other_days([busy_day(6.0, 40)])
    assert one is not None and one.day_sd == 0.0
    assert served_other_days([[Snapshot(at_min=540.0, waiting=0, open=1, ticket=1)]]) is None
