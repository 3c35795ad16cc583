"""Scenarios on the same days, precision asked for, and positions found by simulation."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pytest

from solvers.capacity import plan_capacity
from solvers.scenarios import Scenario, changed_question, lived_through
from solvers.simulation.centre import SimulationWishes, centre_problem
from solvers.simulation.outcome import summarise
from solvers.simulation.refine import BY_INTERVAL, _Search, refine_plan
from solvers.simulation.run import simulate
from solvers.simulation.scenarios import compare_scenarios, simulate_until, stress
from solvers.simulation.tight import (
    MOST_TRIMS,
    NEAR,
    ONE_LESS_MISSES,
    ONE_LESS_TOO_BUSY,
    ONE_POSITION,
    WITHIN,
    tightened,
)
from tests.solvers.simulation.builders import exponential, one_bank
from tests.solvers.test_capacity import NORMAL, a_question, arriving

LONGER = replace(NORMAL, close_min=600)
SMALL = one_bank(per_min=0.45, time=exponential(6.0), servers=4, length_min=480)


def test_the_same_centre_twice_is_a_tie_without_any_doubt():
    first, second = compare_scenarios({"a": SMALL, "b": SMALL}, days=100)
    assert (second.wait_more_min.value, second.wait_more_min.half) == (0.0, 0.0)
    assert second.is_tie
    assert first.is_tie


def test_common_days_tell_small_differences_apart():
    other = replace(SMALL, stops=(replace(SMALL.stops[0], time=exponential(6.1)),))
    _, longer = compare_scenarios({"as is": SMALL, "six seconds more": other}, days=300, seed=4)
    assert not longer.is_tie
    assert 0.0 < longer.wait_more_min.value < 1.0
    alone = summarise(simulate(other, days=300, seed=4)).services[0].wait_mean_min.half
    assert longer.wait_more_min.half < 0.3 * alone, "what common random numbers are for"


def test_stress_grows_with_demand():
    figures = {each.name: each for each in stress(SMALL, days=200)}
    assert list(figures) == ["1", "0.9", "1.1", "1.2"]
    waits = [figures[name].wait_mean_min.value for name in ("0.9", "1", "1.1", "1.2")]
    assert waits == sorted(waits)
    assert figures["1.2"].visitors_per_day == pytest.approx(1.2 * 216, rel=0.03)


def test_days_are_added_until_the_precision_is_reached():
    rough = simulate_until(SMALL, wait_half_min=1.0, within_half=0.05, most_days=4000)
    fine = simulate_until(SMALL, wait_half_min=0.1, within_half=0.01, most_days=4000)
    assert rough.days < fine.days < 4000
    assert summarise(fine).services[0].wait_mean_min.half <= 0.1
    assert simulate_until(SMALL, wait_half_min=1e-6, within_half=1e-6, most_days=500).days == 500


def test_refined_positions_keep_the_standard_with_fewer_hours():
    question = a_question(day_types=(LONGER,), arrivals=arriving(18.0, 30.0, 36.0, 24.0))
    plan = plan_capacity(question)
    for definition in ("day", BY_INTERVAL):
        refined = refine_plan(question, plan, definition=definition, days=200)
        assert refined.misses == ()
        assert refined.hours_after <= refined.hours_before
        for bank in refined.judged.banks:
            standard = plan.bank(bank.id).standards[0]
            assert bank.p_within.high >= standard.share_within


def test_every_bank_is_near_its_promise_or_shown_to_need_all_it_has():
    question = a_question(day_types=(LONGER,), arrivals=arriving(18.0, 30.0, 36.0, 24.0))
    refined = refine_plan(question, plan_capacity(question), days=200)
    assert [each.bank for each in refined.tight] == [bank.id for bank in refined.judged.banks]
    for bank, tight in zip(refined.judged.banks, refined.tight):
        assert tight.over == pytest.approx(bank.p_within.value - bank.share_within)
        assert tight.because in (WITHIN, ONE_LESS_MISSES, ONE_LESS_TOO_BUSY, ONE_POSITION)
        assert (tight.because == WITHIN) == (tight.over <= NEAR)
        assert (tight.because == ONE_POSITION) <= (max(refined.opened[bank.id]) == 1)
        if tight.because == ONE_LESS_MISSES:
            assert tight.one_less.value < bank.share_within


def test_a_position_too_many_is_found_and_taken_away():
    """A generous bank: the search may do nothing, so that only the last look can take positions away."""
    question = a_question(day_types=(LONGER,), arrivals=arriving(18.0, 30.0, 36.0, 24.0))
    plan = plan_capacity(question)
    rich = replace(plan, banks=tuple(replace(b, day=replace(b.day, open=tuple(n + 1 for n in b.day.open))) for b in plan.banks))
    searched = _Search(question, rich, "day", 200, 1, SimulationWishes(), 0)
    before = dict(searched.opened)
    judged, tight = tightened(searched, searched.judge(5)[0], 50)
    for name, row in before.items():
        assert sum(row) - MOST_TRIMS <= sum(searched.opened[name]) < sum(row)
    for each in tight:
        assert each.because != "misses"
        assert judged.bank(each.bank).p_within.high >= judged.bank(each.bank).share_within


def test_a_plan_with_too_few_positions_gets_more():
    question = a_question(day_types=(LONGER,), arrivals=arriving(18.0, 30.0, 36.0, 24.0))
    plan = plan_capacity(question)
    starved = replace(plan, banks=tuple(replace(b, day=replace(b.day, open=(1,) * len(b.day.open))) for b in plan.banks))
    refined = refine_plan(question, starved, days=200)
    assert refined.misses == ()
    assert refined.hours_after > refined.hours_before


def test_processes_give_the_same_days_as_threads():
    alone = simulate(SMALL, days=250, seed=3, workers=1)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        spread = simulate(SMALL, days=250, seed=3, workers=2, pool=pool)
    assert all((a == b).all() for a, b in zip(alone.tally, spread.tally))


def test_closed_counters_and_more_visitors_make_waits_longer():
    question = a_question(day_types=(LONGER,), arrivals=arriving(18.0, 30.0, 36.0, 24.0))
    plan = plan_capacity(question)
    asked = {
        "base": Scenario(id="base"),
        "closed": Scenario(id="closed", positions={"counter": -1}),
        "more": Scenario(id="more", demand_factor=1.1),
        "quick": Scenario(id="quick", service_time_factor=0.9),
    }
    problems = {name: centre_problem(*lived_through(question, plan, each)) for name, each in asked.items()}
    found = {each.name: each for each in compare_scenarios(problems, days=200)}
    assert found["closed"].wait_more_min.low > 0.0
    assert found["more"].wait_more_min.low > 0.0
    assert found["quick"].wait_more_min.high < 0.0
    needed = plan_capacity(changed_question(question, asked["more"]))
    assert sum(needed.bank("counter").day.open) >= sum(plan.bank("counter").day.open)
