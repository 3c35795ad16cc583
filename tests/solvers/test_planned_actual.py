"""The plan held against days that keep it and days that do not."""

import numpy as np
import pytest

from exports.words import sentence_for
from solvers.demand import Demand
from solvers.planned_actual import ARRIVALS, BY_INTERVAL, deviations, hold_arrivals, hold_service_times, judged
from solvers.ticket_log import LoggedTicket

PLAN = Demand(day_type="normal", interval_min=30, starts_min=(480, 510), persons={"deed": (10.0, 14.0)})


def days_of(per_day: tuple[float, float], days: int, seed: int = 3) -> tuple[list[LoggedTicket], dict[str, str]]:
    chance, log = np.random.default_rng(seed), []
    kinds = {f"day {n}": "normal" for n in range(days)}
    for date in kinds:
        for start, mean in zip((480, 510), per_day):
            log += [LoggedTicket(date=date, service="deed", arrived_min=start + 1.0) for _ in range(chance.poisson(mean))]
    return log, kinds


def test_days_as_planned_do_not_deviate():
    held = hold_arrivals({"normal": PLAN}, *days_of((10.0, 14.0), 20))
    assert [each.deviates for each in held] == [False] * 3
    assert all(each.low <= each.planned <= each.high for each in held)


def test_a_fifth_more_is_told_with_its_interval():
    held = hold_arrivals({"normal": PLAN}, *days_of((12.0, 16.8), 20))
    (day,) = [each for each in held if each.figure == ARRIVALS]
    assert day.deviates and day.planned == 24.0 < day.low <= day.actual <= day.high
    (finding,) = [f for f in deviations(held) if f.code == "planned.arrivals"]
    assert finding.severity == "warning" and "24 were planned" in sentence_for(finding)


def test_a_shifted_profile_deviates_by_interval_though_the_day_does_not():
    held = hold_arrivals({"normal": PLAN}, *days_of((14.0, 10.0), 30))
    assert [each.deviates for each in held if each.figure == ARRIVALS] == [False]
    assert [each.deviates for each in held if each.figure == BY_INTERVAL] == [True, True]


def test_nobody_where_twelve_were_planned_deviates_on_the_first_day():
    held = hold_arrivals({"normal": PLAN}, [], {"day": "normal"})
    assert held[0].deviates and (held[0].actual, held[0].low) == (0.0, 0.0)


@pytest.mark.parametrize("days", [1, 2, 4, 20])
def test_days_that_keep_the_plan_are_suspected_in_at_most_five_of_a_hundred_logs(days):
    suspected = 0
    for seed in range(300):
        held = hold_arrivals({"normal": PLAN}, *days_of((10.0, 14.0), days, seed))
        suspected += held[0].chance < 0.05
    assert suspected / 300 <= 0.085  # 0.05 and three standard errors


def test_wild_days_widen_the_interval():
    calm, wild = [], []
    kinds = {f"day {n}": "normal" for n in range(10)}
    for n, date in enumerate(kinds):
        calm += [LoggedTicket(date=date, service="deed", arrived_min=481.0)] * 24
        wild += [LoggedTicket(date=date, service="deed", arrived_min=481.0)] * (4 if n % 2 else 44)
    widths = [held[0].high - held[0].low for held in (hold_arrivals({"normal": PLAN}, log, kinds) for log in (calm, wild))]
    assert widths[1] > 3 * widths[0]


def served(minutes: list[float], date: str) -> list[LoggedTicket]:
    return [
        LoggedTicket(date=date, service="deed", arrived_min=480.0, called_min=480.0, ended_min=480.0 + each) for each in minutes
    ]


def test_slower_service_is_told_and_service_as_planned_is_not():
    times = list(np.random.default_rng(5).gamma(2.0, 4.0, 400))
    log = [t for n in range(10) for t in served(times[n * 40 : n * 40 + 40], f"day {n}")]
    as_planned, slower = (hold_service_times({"deed": mean}, log)[0] for mean in (8.0, 6.0))
    assert not as_planned.deviates and as_planned.low <= 8.0 <= as_planned.high
    assert slower.deviates and slower.low > 6.0 and slower.count == 400


def test_days_that_differ_as_a_whole_count_for_less_than_their_visits():
    same = [t for n in range(10) for t in served([6.0, 10.0] * 10, f"day {n}")]
    differing = [t for n in range(10) for t in served([6.0 if n % 2 else 10.0] * 20, f"day {n}")]
    narrow, wide = (hold_service_times({"deed": 8.0}, log)[0] for log in (same, differing))
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


def test_among_many_figures_chance_alone_is_not_told():
    """Benjamini and Hochberg: of m figures, p(k) <= k/m x 5 %."""
    (one,) = hold_arrivals({"normal": PLAN}, *days_of((10.0, 14.0), 20))[:1]
    from dataclasses import replace

    some = [replace(one, chance=chance) for chance in (0.001, 0.02, 0.03, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99)]
    assert [each.deviates for each in judged(some)] == [True] + [False] * 9
    assert [each.deviates for each in judged(some[:3])] == [True] * 3
