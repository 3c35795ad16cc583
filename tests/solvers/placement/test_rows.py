"""Rows in their best order: against every order tried out, and in a hall whose only long wall holds all banks."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from solvers.placement.check import breaches
from solvers.placement.prepare import prepare
from solvers.placement.problem import Weights
from solvers.placement.quick import QuickSearch
from solvers.placement.rows import MOST_EXACT, least_order, rows_of, steps_back
from solvers.placement.solve import solve
from solvers.placement.zoning import back_charge
from tests.benchmarks.single_row import SingleRow, in_units, row_problem
from tests.builders_placement import QUICK
from tests.solvers.placement.handmade import inside, mode, question

FOUR = SingleRow((3, 2, 5, 4), {(0, 1): 3, (0, 2): 1, (1, 3): 4, (2, 3): 2})


def cost_of(order: tuple[int, ...], lengths: tuple[int, ...], tolls: tuple[tuple[int, ...], ...]) -> int:
    """Every pair's distance between middles, written out; an odd length's larger half is its upper one."""
    start, at = 0, {}
    for k in order:
        at[k] = start + lengths[k] // 2
        start += lengths[k]
    return sum(tolls[i][j] * (at[j] - at[i]) for i in at for j in at if at[i] < at[j])


@pytest.mark.parametrize("seed", range(8))
def test_the_best_order_is_that_of_all_orders(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 7))
    lengths = tuple(int(x) for x in rng.integers(1, 60, n))
    tolls = tuple(tuple(0 if i == j else int(x) for j, x in enumerate(row)) for i, row in enumerate(rng.integers(0, 9, (n, n))))
    cost, order = least_order(lengths, tolls)
    assert sorted(order) == list(range(n))
    assert cost == cost_of(order, lengths, tolls) == min(cost_of(p, lengths, tolls) for p in permutations(range(n)))


def test_what_a_place_costs_by_itself_moves_a_module() -> None:
    tolls = ((0, 0), (0, 0))
    assert least_order((10, 20), tolls, own=lambda k, below: (k == 0) * below)[1] == (0, 1)
    assert least_order((10, 20), tolls, own=lambda k, below: (k == 1) * below) == (0, (1, 0))


def test_only_modules_with_no_other_wall_are_a_row() -> None:
    here = [mode(name, inside()) for name in "ABC"]
    assert [row.members for row in rows_of(question(*here))] == [("A", "B", "C")]
    elsewhere = mode("C", inside(), baseline="w1", back=120, sign=-1)
    assert [row.members for row in rows_of(question(*here, elsewhere))] == [("A", "B")]
    assert rows_of(question(*(mode(f"b{k}", inside()) for k in range(MOST_EXACT + 1)))) == ()


def test_a_row_pays_for_the_legs_that_go_against_the_walk_alone() -> None:
    q = question(*(mode(name, inside()) for name in "ABC"), legs=(("A", "B", 10), ("B", "C", 10), ("C", "A", 1)))
    (row,) = rows_of(q)
    # A, B, C in a row of 2 m each: one person walks 4 m back
    assert steps_back(q, row, lambda n: n) == 40
    assert steps_back(q, row, lambda n: back_charge(n, Weights(backtrack=5))) == 40 * 100 * 6


def test_a_hall_with_one_long_wall_is_proven_at_once() -> None:
    problem = row_problem(FOUR)
    (row,) = rows_of(prepare(problem).questions[0])
    assert len(row.members) == 4
    placement = solve(problem, QUICK)
    assert placement.record.status == "optimal" and not breaches(problem, placement)
    lengths = tuple(2 * x for x in FOUR.lengths)
    tolls = tuple(tuple(FOUR.flows.get((min(i, j), max(i, j)), 0) for j in range(4)) for i in range(4))
    best = min(cost_of(p, lengths, tolls) for p in permutations(range(4))) / 2
    for figure in (placement.record.objective, placement.record.bound):
        assert in_units(figure, FOUR, placement.spine.length_dm()) == pytest.approx(best)


def test_the_quick_search_begins_with_the_best_order_of_a_row_that_fills_its_wall() -> None:
    problem = row_problem(FOUR)  # 1.2 m more wall than banks
    (q,) = prepare(problem).questions
    (found, *_) = QuickSearch(q, problem.programme.rules, problem.weights, 1).run(seconds=1, rounds=1, stop=lambda: False)
    (row,) = rows_of(q)
    least = 2 * sum(FOUR.flows.values()) * q.ground.spine.length_dm() / 10 + steps_back(q, row, lambda n: 2 * n) / 10
    assert found.cost == pytest.approx(least)
