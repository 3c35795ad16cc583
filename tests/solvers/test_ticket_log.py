"""What a log says: arrivals by interval, the law of service times, waits and counters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.services import Arrivals, DayType
from solvers.ticket_log import (
    LoggedTicket,
    arrivals_from_log,
    fit_service_time,
    most_at_once,
    summarise_log,
    with_logged,
)

SUNDAY, MONDAY, FRIDAY = "2027-01-03", "2027-01-04", "2027-01-08"
DAY = DayType(id="normal", name="Normal", open_min=480, close_min=540, weekdays=("sun", "mon"))


def came(minute: float, date: str = SUNDAY, service: str = "deed", **more: float) -> LoggedTicket:
    return LoggedTicket(date=date, service=service, arrived_min=minute, **more)


def test_a_day_is_the_mean_of_its_dates_and_edges_take_the_early_and_the_late():
    log = [came(470), came(490), came(500), came(515, MONDAY), came(600, MONDAY), came(500, FRIDAY)]
    found = arrivals_from_log(log, (DAY,), interval_min=30, factors={"deed": 1.0})
    assert [(r.start_min, r.persons) for r in found.rows] == [(480, 1.5), (510, 1.0)]
    assert (found.used, found.early_or_late, found.on_closed_days, dict(found.days)) == (5, 2, 1, {"normal": 2})


def test_a_service_without_ticket_on_a_date_came_nought_that_day():
    log = [came(490), came(490, MONDAY, "card")]
    found = arrivals_from_log(log, (DAY,), interval_min=60, factors={"deed": 1.0, "card": 2.0})
    assert {r.service: r.persons for r in found.rows} == {"deed": 0.5, "card": 1.0}


def test_closed_dates_are_left_out():
    log = [came(490), came(490, MONDAY), came(491, MONDAY)]
    found = arrivals_from_log(log, (DAY,), interval_min=60, factors={"deed": 1.0}, closed=[SUNDAY])
    assert [r.persons for r in found.rows] == [2.0]


@given(st.lists(st.tuples(st.integers(400, 600), st.sampled_from([SUNDAY, MONDAY])), min_size=1, max_size=60))
def test_nobody_is_lost_between_log_and_rows(visits):
    log = [came(minute, date) for minute, date in visits]
    found = arrivals_from_log(log, (DAY,), interval_min=30, factors={"deed": 1.0})
    assert sum(r.persons for r in found.rows) * found.days["normal"] == pytest.approx(len(log), abs=2e-3)


def test_the_logged_rows_take_the_place_of_the_same_service_and_day_only():
    old = [Arrivals(day_type="normal", service=s, start_min=480, persons=9.0) for s in ("deed", "card")]
    new = [Arrivals(day_type="normal", service="deed", start_min=480, persons=1.0)]
    assert with_logged(old, new) == (new[0], old[1])


@pytest.mark.parametrize(
    ("law", "draw"),
    [
        ("lognormal", lambda chance: chance.lognormal(2.0, 0.9, 4000)),
        ("gamma", lambda chance: chance.gamma(2.0, 4.0, 4000)),
        ("exponential", lambda chance: chance.exponential(8.0, 4000)),
        ("deterministic", lambda chance: np.full(4000, 8.0) + chance.uniform(-0.01, 0.01, 4000)),
    ],
)
def test_the_law_that_made_the_times_is_found(law, draw):
    times = draw(np.random.default_rng(7))
    fit = fit_service_time(list(times))
    assert fit is not None
    # at cv 1 gamma and exponential are one law
    assert fit.distribution in ({"gamma", "exponential"} if law == "exponential" else {law})
    assert fit.mean_min == pytest.approx(times.mean()) and fit.cv == pytest.approx(times.std(ddof=1) / times.mean())


def test_a_mean_of_few_times_is_less_sure_and_none_of_one_is_told():
    chance = np.random.default_rng(1)
    few, many = (fit_service_time(list(chance.exponential(8.0, n))) for n in (30, 3000))
    assert few is not None and many is not None and few.half_min > 5 * many.half_min
    assert fit_service_time([8.0]) is None and fit_service_time([0.0, 0.0, 8.0]) is None


def test_the_interval_of_the_mean_covers_it_in_95_of_100_logs():
    chance, covered = np.random.default_rng(11), 0
    for _ in range(400):
        fit = fit_service_time(list(chance.gamma(2.0, 4.0, 60)))
        covered += fit is not None and abs(fit.mean_min - 8.0) <= fit.half_min
    assert 0.92 <= covered / 400 <= 0.975


def test_a_summary_tells_waits_leavers_and_counters_at_once():
    log = [
        came(480, called_min=482, ended_min=490, counter="1"),
        came(481, called_min=485, ended_min=495, counter="2"),
        came(482, called_min=490, ended_min=491, counter="1"),
        came(483),
    ]
    summary = summarise_log(log, interval_min=30)
    (service,) = summary.services
    assert (service.tickets, service.left_share, service.wait_mean_min) == (4, 0.25, pytest.approx(14 / 3))
    assert (summary.counters, summary.counters_at_once, most_at_once(log)) == (2, 2, 2)
    assert service.by_interval == ((480, 4.0),)
