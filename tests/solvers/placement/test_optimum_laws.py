"""Laws of proven optima: turned plans have the same, more modules or needs none better, implied rules change none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solvers.placement import model
from solvers.placement.rules import RULES as MODEL_RULES
from solvers.placement.solve import solve
from tests.builders_placement import QUICK, bank, island, room, turned
from tests.solvers.placement.problems import PROBLEMS, proven, proven_once, two_banks, with_toilets


@pytest.mark.parametrize("name", ["two banks and a room", "an L", "staff rooms", "islands"])
def test_turning_the_plan_leaves_the_proven_optimum_unchanged(name: str) -> None:
    problem = PROBLEMS[name]
    found = [proven_once(name)]
    level = problem.level
    for _ in range(3):
        level = turned(level)
        found.append(proven(replace(problem, level=level)))
    assert max(bound for bound, _ in found) <= min(cost for _, cost in found) + 1e-6


@pytest.mark.parametrize("more", [bank("C", 1), room("nursing"), island("kiosk")], ids=["bank", "room", "island"])
def test_one_module_more_never_makes_a_proven_optimum_better(more) -> None:
    assert proven(two_banks(None, more))[1] >= proven_once("two banks and a room")[0] - 1e-6


def test_a_column_more_never_makes_a_proven_optimum_better() -> None:
    assert proven(PROBLEMS["columns"])[1] >= proven_once("two banks and a room")[0] - 1e-6


def test_wider_customer_zones_never_make_a_proven_optimum_better() -> None:
    problem = PROBLEMS["two banks and a room"]
    rules = replace(problem.programme.rules, customer_zone_mm=1800)
    wider = replace(problem, programme=replace(problem.programme, rules=rules))
    assert proven(wider)[1] >= proven_once("two banks and a room")[0] - 1e-6


def test_nearer_toilets_cost_something_and_too_near_ones_are_impossible() -> None:
    assert proven(with_toilets(6500))[0] > proven(with_toilets(20_000))[1] + 1
    assert solve(with_toilets(5000), QUICK).record.status == "infeasible"


IMPLIED = (  # not places_follow_from_runs: t and lat follow from the runs without it, but it alone tells the side
    "modules_share_a_wall_in_turn",
    "walls_hold_no_more_than_their_length",
    "arcs_are_as_long_as_what_they_serve",
    "rows_step_back_in_any_order",
)


@pytest.mark.parametrize("name", ["two banks and a room", "an L", "two staff doors", "staff rooms", "both sides"])
def test_implied_rules_change_no_optimum(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are said again for the bound's sake: without them the same optimum is proven."""
    with_them = proven_once(name)
    monkeypatch.setattr(model, "RULES", tuple(rule for rule in MODEL_RULES if rule.__name__ not in IMPLIED))
    without = proven(PROBLEMS[name])
    assert with_them[0] <= without[1] + 1e-6 and without[0] <= with_them[1] + 1e-6
