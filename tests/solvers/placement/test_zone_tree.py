"""The tree of zones bounds every sound layout, at every step, and what it is told is true of every sound layout."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import numpy as np
import pytest

from solvers import cpsat
from solvers.placement import zone_shares
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.goals import PERSON_METRES, SCALE
from solvers.placement.model import build, read_back
from solvers.placement.near import Near, middle
from solvers.placement.problem import Placement, PlacementProblem, Weights
from solvers.placement.variables import Question
from solvers.placement.zone_glop import Glop
from solvers.placement.zone_pairs import lines_of_pairs, tables_of
from solvers.placement.zone_program import Answer, Program
from solvers.placement.zone_shares import ALONG, LONGEST, MIXED, Shares
from solvers.placement.zone_tree import ZoneTree
from solvers.placement.zones import zones_of
from tests.solvers.placement import handmade
from tests.solvers.placement.problems import PROBLEMS
from tests.solvers.placement.test_zoning import EFFORT, solved_once, taken

NAMES = ["two banks and a room", "an L", "both sides", "many ways", "staff rooms", "a slant", "ratings"]
EVER = float("inf")


def cost_of(name: str, placement: Placement, question: Question) -> float:
    return sum(terms_of_poses(question, placement.poses, placement.arcs, PROBLEMS[name].weights).values())


def tree_of(question: Question, problem: PlacementProblem) -> ZoneTree:
    return ZoneTree(question, problem.weights, problem.programme.rules)


def shares_of(question: Question, problem: PlacementProblem) -> Shares:
    return Shares(question, problem.weights, problem.programme.rules)


@pytest.mark.parametrize("name", NAMES)
def test_no_layout_is_cheaper_than_the_tree_at_any_step_and_a_leaf_keeps_where_it_stands(name: str) -> None:
    problem = PROBLEMS[name]
    placement, question = solved_once(name)
    cost = cost_of(name, placement, question)
    tree, below, bounds = tree_of(question, problem), cost + 1.0, []
    standing = set(taken(tree.shares.zones, placement))
    for _ in range(12):
        tree.step(EVER, below)
        bounds.append(tree.bound())
        kept = [{tree.shares.zones[k].element for k in standing if leaf.open[k]} for leaf in tree.leaves]
        assert {*question.modes} in kept  # no half, no price and no clash closed the layout's zones
    assert bounds == sorted(bounds) and 0 < bounds[-1] <= cost + 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_layout_breaks_no_line_that_any_answer_brings_up(name: str) -> None:
    placement, question = solved_once(name)
    shares = shares_of(question, PROBLEMS[name])
    one_each = {shares.zones[k].element: k for k in taken(shares.zones, placement)}
    layout, rng = np.zeros(len(shares.high)), np.random.default_rng(1)
    layout[list(one_each.values())] = 1.0
    for (e, f), table in shares.tables.items():
        row, column = (int(np.searchsorted(shares.of[m], one_each[m])) for m in (e, f))
        assert not table.clash[row, column]
        layout[shares.pays[e, f]] = table.cost[row, column] / PERSON_METRES
    told = 0
    for n in range(6):
        x = np.zeros(len(shares.high))
        for numbers in shares.of.values():
            some = rng.choice(numbers, min(4, len(numbers)), replace=False)
            x[some] = rng.dirichlet(np.ones(len(some)))
        broken = shares.broken(x, np.ones(len(shares.zones), dtype=np.bool_) if n % 2 else None)
        told += len(broken)
        for columns, values, limit in broken:
            assert float(np.dot(layout[columns], values)) <= limit + 1e-6
    assert told or name == "staff rooms"  # few modules, that nobody walks between
    alive = shares.left(np.isin(np.arange(len(shares.zones)), list(one_each.values())))
    assert alive.sum() == len(one_each)


@pytest.mark.parametrize("name", ["two banks and a room", "ratings", "a slant"])
def test_what_a_leaf_asks_the_whole_model_holds_all_that_the_leaf_leaves_open(name: str) -> None:
    problem = PROBLEMS[name]
    placement, question = solved_once(name)
    cost = cost_of(name, placement, question)
    tree = tree_of(question, problem)
    for _ in range(6):
        tree.step(EVER, cost + 1.0)
    found = []
    for leaf in tree.leaves:
        built = build(tree.question_of(leaf), problem.programme.rules, problem.weights, below=cost + 0.01)
        outcome = cpsat.run(built.model, seconds=20, effort=EFFORT)
        if outcome.values is not None:
            poses, arcs = read_back(built, outcome.values)
            found.append(sum(terms_of_poses(built.question, poses, arcs, problem.weights).values()))
            assert leaf.bound <= found[-1] + 1e-6
    assert found and min(found) <= cost + 1e-6


def test_what_is_told_of_a_leaf_raises_it_and_below_the_best_all_leaves_close() -> None:
    placement, question = solved_once("two banks and a room")
    cost = cost_of("two banks and a room", placement, question)
    tree = tree_of(question, PROBLEMS["two banks and a room"])
    tree.step(EVER, 1.2 * cost)
    leaf = tree.leaves[0]
    tree.told(leaf, 1.1 * cost, 1.2 * cost, closed=False)
    assert tree.bound() == 1.1 * cost and tree.leaves and not leaf.halve
    tree.told(leaf, leaf.bound, 1.2 * cost, closed=False)
    assert leaf.halve  # nothing was told of it
    tree.told(leaf, leaf.bound, cost, closed=True)
    assert not tree.leaves and tree.bound() == EVER


def test_where_the_whole_model_told_nothing_it_is_asked_of_clearly_fewer_zones_alone() -> None:
    placement, question = solved_once("ratings")
    below = 1.2 * cost_of("ratings", placement, question)
    tree, same = (tree_of(question, PROBLEMS["ratings"]) for _ in range(2))
    while (leaf := tree.stuck()) is None:
        tree.step(EVER, below)
        if tree.stuck() is None:
            same.step(EVER, below)
    assert tree._halves(leaf) is not None
    tree.told(leaf, 1.1 * leaf.bound, below, closed=False)
    assert tree.most_asked == EVER, "something was told"
    tree.told(leaf, leaf.bound, below, closed=False)
    size = int(leaf.open.sum())
    assert tree.most_asked < size
    same.most_asked = size - 1
    same.step(EVER, below)
    assert len(same.leaves) == 2 and same.stuck() is None, "the same leaf was halved, and the model not asked"


def test_out_of_time_the_tree_stays_as_it_is_and_goes_on_later(monkeypatch: pytest.MonkeyPatch) -> None:
    placement, question = solved_once("both sides")
    cost = cost_of("both sides", placement, question)
    tree = tree_of(question, PROBLEMS["both sides"])
    with monkeypatch.context() as late:
        late.setattr(Program, "solve", lambda *_: Answer(float("-inf")))
        tree.step(EVER, 1.2 * cost)
        assert tree.bound() == float("-inf") and tree.leaves
    for _ in range(4):
        tree.step(EVER, 1.2 * cost)
        before = tree.bound()
        with monkeypatch.context() as late:
            late.setattr(Program, "solve", lambda *_: Answer(float("-inf")))
            tree.step(EVER, 1.2 * cost)
        assert 0 < before == tree.bound() <= cost + 1e-6


def test_two_threads_raise_one_tree_each_on_a_leaf_of_its_own_and_what_is_worked_on_still_counts() -> None:
    placement, question = solved_once("ratings")
    cost = cost_of("ratings", placement, question)
    tree = tree_of(question, PROBLEMS["ratings"])
    whole = tree.take()
    assert whole is not None and tree.take() is None and tree.left() == EVER
    tree.give_back(whole)
    for _ in range(8):
        if (leaf := tree.stuck()) is not None:
            tree.told(leaf, leaf.bound, 1.2 * cost, closed=False)
        tree.step(EVER, 1.2 * cost)
    lowest = tree.take()
    assert lowest is tree.leaves[0] and len(tree.leaves) > 1
    assert tree.bound() == lowest.bound <= tree.left() == tree.leaves[1].bound
    tree.give_back(lowest)

    def steps() -> list[float]:
        bounds = []
        for _ in range(4):
            tree.step(EVER, cost + 1.0)
            bounds.append(tree.bound())
        return bounds

    with ThreadPoolExecutor(2) as pool:
        for bounds in [job.result() for job in [pool.submit(steps), pool.submit(steps)]]:
            assert bounds == sorted(bounds) and bounds[-1] <= cost + 1e-6
    standing = set(taken(tree.shares.zones, placement))
    assert {*question.modes} in [{tree.shares.zones[k].element for k in standing if leaf.open[k]} for leaf in tree.leaves]
    assert len(tree.programs) <= 2 and not any(leaf.busy for leaf in tree.leaves)


def test_a_pair_that_is_shared_out_over_both_sides_pays_for_the_way_to_the_other_where_sides_differ() -> None:
    modes = [
        handmade.mode(e, handmade.inside(length=20), baseline=wall, back=back, sign=sign)  # 23 dm left and right of the spine
        for e in "AB"
        for wall, back, sign in (("w3", 0, 1), ("w1", 120, -1))
    ]
    q = handmade.question(*modes, legs=(("A", "B", 10),), at=handmade.hall_ground(arcs=()))
    zones = zones_of(q)
    of = {e: np.array([k for k, z in enumerate(zones) if z.element == e]) for e in "AB"}
    tables = tables_of(q, Weights(), zones, of)
    assert tables["A", "B"].cost.max() == 46 * 10 * SCALE
    x = np.zeros(len(zones))
    x[of["A"][0]] = x[of["B"][1]] = 1.0
    ((pair, u, v),) = lines_of_pairs(tables, of, x, {("A", "B"): 0.0})
    assert pair == ("A", "B") and u[0] + v[1] >= 46 * 10 * SCALE
    assert (u[:, None] + v[None, :] <= tables["A", "B"].charged() + 1e-6).all()


@pytest.mark.parametrize("seed", range(3))
def test_rated_modules_are_never_nearer_than_their_table_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    near = (Near("A", "B", 1.0, apart=False),)
    a = handmade.mode("A", handmade.inside(length=20, depth=int(rng.integers(8, 40))), lo=0, hi=60)
    b = handmade.mode("B", handmade.inside(length=24, depth=int(rng.integers(8, 40))), lo=0, hi=60)
    q = handmade.question(a, b, near=near)
    weights = Weights(nearness=1.0, lateral=0.0, backtrack=0.0)
    zones = zones_of(q, 10)
    of = {e: np.array([k for k, z in enumerate(zones) if z.element == e]) for e in "AB"}
    table = tables_of(q, weights, zones, of)["A", "B"]
    price = SCALE * q.visitors
    for row, k in enumerate(of["A"]):
        for column, n in enumerate(of["B"]):
            one, other = zones[k], zones[n]
            for u in (one.lo, one.hi):
                for w in (other.lo, other.hi):
                    apart = u + 20 <= w or w + 24 <= u
                    if apart:
                        (x, y), (x2, y2) = middle(one.mode, one.run, u), middle(other.mode, other.run, w)
                        assert table.cost[row, column] <= price * (abs(x - x2) + abs(y - y2)) + 1e-6


def test_a_program_proves_its_bound_and_forgets_what_is_of_no_use() -> None:
    program = Program(np.array([2.0, 3.0]), 1.0, [([0, 1], [-1.0, -2.0], -7.0)])
    answer = program.solve(np.full(2, 10.0), EVER)
    assert answer.bound == pytest.approx(11.5) and answer.beyond is not None
    assert answer.beyond == pytest.approx([0.5, 0.0])  # one of the first costs half more than it saves
    for n in range(400):
        program.tell([([0], [1.0], 20.0 + n)])
    for _ in range(30):
        assert program.solve(np.array([10.0, 3.0]), EVER).bound == pytest.approx(12.0)
    assert len(program.lines) < 10
    assert program.solve(np.array([10.0, 10.0]), EVER).bound == pytest.approx(11.5)


def test_a_program_that_starts_from_an_earlier_answer_knows_again_what_bound_it_there() -> None:
    program = Program(np.array([2.0, 3.0]), 1.0, [([0, 1], [-1.0, -2.0], -7.0)])
    program.tell([([1], [1.0], 3.0)])
    before = program.solve(np.full(2, 10.0), EVER)
    assert before.bound == pytest.approx(12.0) and before.basis is not None
    program.lines, program.idle = program.lines[:1], program.idle[:1]  # forgotten meanwhile
    assert program.solve(np.full(2, 10.0), EVER).bound == pytest.approx(11.5)
    again = program.solve(np.array([10.0, 2.5]), EVER, before.basis)
    assert again.bound == pytest.approx(1 + 2 * 2 + 3 * 2.5) and len(program.lines) == 2


@pytest.mark.parametrize("lost", [1, 2])
def test_a_program_begins_anew_where_its_solver_gets_lost_and_asks_another_where_it_does_so_again(
    lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, solved, turns = Program(np.array([2.0, 3.0]), 1.0, [([0, 1], [-1.0, -2.0], -7.0)]), Glop._solved, count(1)
    monkeypatch.setattr(Glop, "_solved", lambda *given: None if next(turns) <= lost else solved(*given))
    assert program.solve(np.full(2, 10.0), EVER).bound == pytest.approx(11.5)
    assert program.solve(np.array([10.0, 3.0]), EVER).bound == pytest.approx(12.0)


def test_a_program_has_no_answer_where_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(np.array([2.0, 3.0]), 1.0, [([0, 1], [-1.0, -2.0], -7.0)])
    monkeypatch.setattr(Glop, "_solved", lambda *_: None)
    assert program.solve(np.full(2, 10.0), 0.0) == Answer(float("-inf"))


def test_answers_before_steady_the_next_one_without_the_zones_that_are_shut_since() -> None:
    _, question = solved_once("a slant")
    shares = shares_of(question, PROBLEMS["a slant"])
    x, before = np.zeros(len(shares.high)), np.zeros(len(shares.high))
    numbers = next(numbers for numbers in shares.of.values() if len(numbers) > 2)
    x[numbers[0]], before[numbers[1:3]] = 1.0, 0.5
    shares.broken(before, np.ones(len(shares.zones), dtype=np.bool_))
    open_still = ~np.isin(np.arange(len(shares.zones)), numbers[2])
    shares.broken(x, open_still)
    assert shares.steady is not None
    assert shares.steady[numbers[:3]] == pytest.approx([1 - MIXED, MIXED, 0.0])


def test_zones_are_as_short_as_so_many_of_them_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    _, question = solved_once("a slant")
    shortest = shares_of(question, PROBLEMS["a slant"]).zones
    assert all(z.hi - z.lo < (min(LONGEST) if z.run.la else ALONG) for z in shortest)
    monkeypatch.setattr(zone_shares, "MANY", len(shortest) - 1)
    fewer = shares_of(question, PROBLEMS["a slant"]).zones
    assert len(fewer) < len(shortest)
    assert sum(z.hi - z.lo + 1 for z in fewer) == sum(z.hi - z.lo + 1 for z in shortest)
