"""Intervals of shares have no room beyond 0 and 1, and keep what they promise near the ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.simulation import estimates
from solvers.simulation.estimates import Estimate


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=40))
def test_no_end_leaves_the_shares_there_are(days):
    late = np.array([float(min(a, b)) for a, b in days])
    came = np.array([float(max(a, b)) for a, b in days])
    for each in (estimates.share(late, came), estimates.rest_of(estimates.share(late, came))):
        assert 0.0 <= each.low <= each.value <= each.high <= 1.0


def test_nobody_late_in_a_hundred_is_no_proof_that_nobody_ever_is():
    """Wilson's interval for 0 of n ends at z^2 / (n + z^2)."""
    none = estimates.share(np.zeros(10), np.full(10, 10.0))
    assert (none.value, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(1.959964**2 / (100.0 + 1.959964**2))


def test_an_interval_that_has_room_stays_as_it_is():
    usual = Estimate(value=0.8, half=0.05)
    assert estimates.within_bounds(usual, 1000.0) is usual
    assert estimates.rest_of(usual).low == pytest.approx(0.15)


def test_intervals_near_one_hold_the_truth_as_often_as_they_say():
    """Thirty days of twenty visitors, 1 % late: the even interval would end beyond 1 more often than not."""
    random = np.random.default_rng(7)
    came = np.full(30, 20.0)
    shares = [estimates.rest_of(estimates.share(random.binomial(20, 0.01, 30).astype(float), came)) for _ in range(2000)]
    held = sum(each.low <= 0.99 <= each.high for each in shares) / len(shares)
    assert 0.93 <= held <= 0.99
    assert sum(each.ends is not None for each in shares) > 100
