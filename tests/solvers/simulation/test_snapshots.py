"""What snapshots of a ticket board tell."""

import pytest

from layouts.findings import BadInput
from solvers.simulation.snapshots import Snapshot, observed_day, service_min


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
