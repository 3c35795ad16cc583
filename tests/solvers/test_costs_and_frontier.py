"""Costs add up by hand; shorter promises never need fewer hours."""

from dataclasses import replace

import pytest

from planner.project import Costs
from solvers.buying import budget_frontier, kiosks_against_counters, payback_of, promised
from solvers.capacity import plan_capacity
from solvers.costs import draw_up_costs
from solvers.frontier import figures_of
from solvers.services import ServiceStandard
from tests.example_project import question_of, read_example
from tests.solvers.test_capacity import NORMAL, a_bank, a_question, a_service, arriving

RATES = Costs(fit_out_per_m2=100, counter_each=1000, seat_each=50, staff_per_hour=4, contingency_share=0.1)


def test_capital_is_floor_positions_seats_and_contingency():
    table = draw_up_costs(plan_capacity(a_question(seated_share=1.0)), RATES, (NORMAL,), floor_m2=200)
    assert table.capital == pytest.approx((200 * 100 + 9 * 1000 + 32 * 50) * 1.1)
    assert table.capital == pytest.approx(sum(line.amount for line in table.capital_lines))


def test_staff_cost_follows_the_cover_and_falls_on_each_visit():
    """Nine for half an hour and five for half an hour, one day a week: 7 h; 45 visitors."""
    table = draw_up_costs(plan_capacity(a_question()), RATES, (NORMAL,), floor_m2=0, working_weeks=50)
    assert table.staff_hours_per_week == pytest.approx(7.0)
    assert table.staff_per_year == pytest.approx(7 * 50 * 4)
    assert table.visits_per_year == pytest.approx(45 * 50)
    assert table.staff_cost_per_visit == pytest.approx(28 / 45)


def test_each_minute_less_of_waiting_costs_hours_and_never_saves_any():
    question = question_of(read_example("dahuk"))
    asked = [replace(question, standards=promised(question.standards, minutes)) for minutes in (2, 5, 10, 20)]
    rows = [figures_of("", each, plan_capacity(each)) for each in asked]
    hours = [row.staff_hours_per_week for row in rows]
    assert hours == sorted(hours, reverse=True)
    assert hours[0] > hours[-1]
    assert rows[0].wait_p90_min < rows[-1].wait_p90_min


def test_half_as_many_visitors_more_take_more_positions():
    base = a_question()
    now, grown = (figures_of("", each, plan_capacity(each)) for each in (base, replace(base, growth_factor=1.5)))
    assert grown.visitors_per_day == pytest.approx(1.5 * now.visitors_per_day)
    assert grown.positions > now.positions


ALL_RATES = Costs(
    fit_out_per_m2=100,
    counter_each=1000,
    seat_each=50,
    furniture_per_position=200,
    it_per_position=300,
    it_fixed=5000,
    generator=8000,
    contingency_share=0.1,
    staff_per_hour=4,
    rent_per_m2_year=10,
    energy_per_m2_year=5,
    maintenance_share=0.03,
    consumables_per_visit=0.5,
    life_years=10,
)


def test_capital_and_running_costs_fall_on_each_visit():
    """Nine positions, 32 seats, 200 m2; 7 h and 45 visits in a week of 50."""
    table = draw_up_costs(plan_capacity(a_question(seated_share=1.0)), ALL_RATES, (NORMAL,), floor_m2=200, working_weeks=50)
    capital = (20_000 + 9_000 + 1_600 + 9 * 200 + 9 * 300 + 5_000 + 8_000) * 1.1
    running = 7 * 50 * 4 + 200 * 10 + 200 * 5 + 0.03 * capital + 0.5 * 45 * 50
    assert table.capital == pytest.approx(capital)
    assert table.running_per_year == pytest.approx(running)
    assert table.cost_per_visit == pytest.approx((running + capital / 10) / (45 * 50))


def test_new_processes_pay_back_by_what_they_save_each_year():
    before = a_question(services=(replace(a_question().services[0], completion=0.8),))
    payback = payback_of(before, a_question(), ALL_RATES, floor_m2=200, one_off=10_000)
    assert payback.visits_before == pytest.approx(payback.visits_after / 0.8)
    assert payback.years == pytest.approx(10_000 / (payback.before_per_year - payback.after_per_year))
    assert payback_of(before, before, ALL_RATES, floor_m2=200, one_off=10_000).years is None


def test_clerks_in_place_of_kiosks_cost_staff_and_wait_alike():
    question = a_question(
        banks=(a_bank(), a_bank("kiosk", kind="self_service_kiosk", staffed=False)),
        services=(a_service("permit", "counter"), a_service("print", "kiosk", skill="")),
        arrivals=arriving(30, 15) + arriving(20, 20, service="print"),
    )
    kiosks, counters = kiosks_against_counters(question, ALL_RATES, floor_m2=200)
    assert (kiosks.kind, counters.kind) == ("kiosks", "counters")
    assert kiosks.positions == counters.positions
    assert kiosks.wait_p90_min == pytest.approx(counters.wait_p90_min)
    assert counters.staff_hours_per_week > kiosks.staff_hours_per_week
    assert counters.cost_per_year > kiosks.cost_per_year


def test_the_frontier_prices_each_minute_less():
    day = replace(NORMAL, close_min=720)
    question = a_question(day_types=(day,), arrivals=arriving(30, 40, 50, 60, 50, 40, 30, 20))
    points = budget_frontier(question, ALL_RATES, floor_m2=200, minutes=(3, 10, 30), days=200)
    assert [point.within_min for point in points] == [3, 10, 30]
    hours = [point.planned.staff_hours_per_week for point in points]
    assert hours == sorted(hours, reverse=True)
    strict, middle, slack = points
    assert slack.hours_per_minute is None
    fell = slack.simulated_p90_min.value - middle.simulated_p90_min.value
    assert middle.hours_per_minute == pytest.approx((hours[1] - hours[2]) / fell)
    assert strict.money_per_minute is not None and strict.money_per_minute > 0.0


def test_every_promise_changes_in_proportion_to_the_general_one():
    standards = (ServiceStandard(bank="*", within_min=10.0), ServiceStandard(bank="door", within_min=3.0))
    assert [each.within_min for each in promised(standards, 5.0)] == [5.0, 1.5]
