"""Costs add up by hand; shorter promises never need fewer hours."""

from dataclasses import replace

import pytest

from planner.project import Costs
from solvers.capacity import plan_capacity
from solvers.costs import draw_up_costs
from solvers.frontier import compare_scenarios, waiting_frontier
from tests.example_project import question_of, read_example
from tests.solvers.test_capacity import NORMAL, a_question

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
    rows = waiting_frontier(question_of(read_example("dahuk")), (2, 5, 10, 20))
    hours = [row.staff_hours_per_week for row in rows]
    assert hours == sorted(hours, reverse=True)
    assert hours[0] > hours[-1]
    assert rows[0].wait_p90_min < rows[-1].wait_p90_min


def test_scenarios_stand_side_by_side_in_their_order():
    base = a_question()
    rows = compare_scenarios({"base": base, "growth": replace(base, growth_factor=1.5)})
    assert [row.name for row in rows] == ["base", "growth"]
    assert rows[1].visitors_per_day == pytest.approx(1.5 * rows[0].visitors_per_day)
    assert rows[1].positions > rows[0].positions
