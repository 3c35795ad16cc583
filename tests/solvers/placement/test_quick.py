"""The quick search knows the model's rules and goals: what it finds, CP-SAT allows at the same cost."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from ortools.sat.python import cp_model
from shapely.geometry import box as rectangle

from solvers.placement.check_objective import terms_again
from solvers.placement.check_poses import toilets_near
from solvers.placement.corridors import corridor_cells
from solvers.placement.evaluate import terms_of_poses
from solvers.placement.model import Cut, build
from solvers.placement.modes import Mode
from solvers.placement.places import places_of
from solvers.placement.prepare import Prepared, prepare
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.quick import FIRST_CYCLE, SHORT_CYCLE, Found, QuickSearch, turn_of
from solvers.placement.raster import floor_polygon
from solvers.placement.staff_corridor import corridor
from tests.builders_placement import RULES, a_problem, bank, small_centre, small_placement
from tests.solvers.placement.handmade import hall_ground
from tests.solvers.placement.problems import PROBLEMS

NAMES = [*PROBLEMS, "a small centre"]


def problem_of(name: str) -> PlacementProblem:
    return small_centre() if name == "a small centre" else PROBLEMS[name]


def holds(mode: Mode, u: int) -> bool:
    return any(run.lo <= u <= run.hi for run in mode.runs)


@cache
def searched(name: str) -> tuple[Prepared, QuickSearch, tuple[Found, ...]]:
    problem = problem_of(name)
    ready = prepare(problem)
    search = QuickSearch(ready.questions[0], problem.programme.rules, problem.weights, seed=1)
    return ready, search, search.run(seconds=0, rounds=60, stop=lambda: False)


@pytest.mark.parametrize("name", NAMES)
def test_a_small_centre_is_found_quickly_and_the_best_comes_first(name: str) -> None:
    _, _, found = searched(name)
    assert found
    assert [f.cost for f in found] == sorted(f.cost for f in found)
    assert len({f.poses for f in found}) == len(found)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_found_keeps_every_rule_of_the_model_and_costs_the_same(name: str) -> None:
    ready, _, found = searched(name)
    problem = problem_of(name)
    for one in found[:4]:
        built = build(ready.questions[0], problem.programme.rules, problem.weights)
        v = built.variables
        for pose in one.poses:
            modes = ready.questions[0].modes[pose.element]
            k = next(k for k, m in enumerate(modes) if holds(m, pose.u_dm) and m.pose(pose.u_dm) == pose)
            built.model.add(v.x[pose.element, k] == 1)
            built.model.add(v.u[pose.element, pose.axis] == pose.u_dm)
        for (_, a, b), va, vb in zip(one.arcs, v.a, v.b):
            built.model.add(va == a)
            built.model.add(vb == b)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(built.model) == cp_model.OPTIMAL
        assert solver.objective_value / 1000 == pytest.approx(one.cost)
        terms = terms_of_poses(ready.questions[0], one.poses, one.arcs, problem.weights)
        assert sum(terms.values()) == pytest.approx(one.cost)


@pytest.mark.parametrize("name", NAMES)
def test_the_evaluator_agrees_with_the_check(name: str) -> None:
    ready, _, found = searched(name)
    problem = problem_of(name)
    record = small_placement()[1].record
    for one in found[:4]:
        placement = Placement(record=record, layout=None, poses=one.poses, arcs=one.arcs, spine=ready.spines[0])
        terms = terms_of_poses(ready.questions[0], one.poses, one.arcs, problem.weights)
        assert terms == pytest.approx(terms_again(problem, placement, ready.spines[0]))


def test_only_whole_layouts_are_found() -> None:
    too_much = a_problem(*(bank(name, 5) for name in "ABCD"))  # each fits, all four do not
    question = prepare(too_much).questions[0]
    assert all(question.modes.values())
    assert QuickSearch(question, RULES, too_much.weights, seed=1).run(seconds=0, rounds=20, stop=lambda: False) == ()
    for name in NAMES:
        ready, _, found = searched(name)
        assert all({p.element for p in one.poses} == set(ready.questions[0].modes) for one in found)


def test_what_is_found_has_its_toilets_near() -> None:
    problem = problem_of("toilets near")
    ready, _, found = searched("toilets near")
    record = small_placement()[1].record
    for one in found:
        placement = Placement(record=record, layout=None, poses=one.poses, arcs=one.arcs, spine=ready.spines[0])
        assert list(toilets_near(problem, placement)) == []
    anywhere = replace(problem, programme=replace(problem.programme, rules=RULES))
    free = QuickSearch(ready.questions[0], RULES, problem.weights, seed=1)
    far = [
        Placement(record=record, layout=None, poses=f.poses, arcs=f.arcs, spine=ready.spines[0])
        for f in free.run(seconds=0, rounds=60, stop=lambda: False)
    ]
    assert any(list(toilets_near(problem, one)) for one in far)  # the distance is felt
    assert not any(list(toilets_near(anywhere, one)) for one in far)


def test_what_is_forbidden_is_not_found_again() -> None:
    problem = small_centre()
    question = prepare(problem).questions[0]
    search = QuickSearch(question, problem.programme.rules, problem.weights, seed=1)
    best = search.run(seconds=0, rounds=40, stop=lambda: False)[0]
    low, high = best.poses[0].u_dm - 5, best.poses[0].u_dm + 5
    search.forbid(Cut(((best.poses[0].element, best.poses[0], low, high),)))
    for one in search.run(seconds=0, rounds=60, stop=lambda: False):
        pose = next(p for p in one.poses if p.element == best.poses[0].element)
        same = (pose.baseline, pose.variant, pose.rows) == (best.poses[0].baseline, best.poses[0].variant, best.poses[0].rows)
        assert not (same and pose.length_dm == best.poses[0].length_dm and low <= pose.u_dm <= high)


def test_the_search_is_the_same_from_the_same_seed() -> None:
    problem = small_centre()
    question = prepare(problem).questions[0]

    def once() -> tuple[Found, ...]:
        return QuickSearch(question, problem.programme.rules, problem.weights, seed=3).run(
            seconds=0, rounds=30, stop=lambda: False
        )

    assert once() == once()


@pytest.mark.parametrize("name", NAMES)
def test_places_are_positions_of_their_modes_and_stand_where_the_mode_says(name: str) -> None:
    ready, _, _ = searched(name)
    question = ready.questions[0]
    for element, modes in question.modes.items():
        places = places_of(question, element, {})
        assert len(places.u)
        for row in range(0, len(places.u), 17):
            mode, u = modes[places.mode[row]], int(places.u[row])
            run = next(r for r in mode.runs if r.lo <= u <= r.hi)
            assert (run.ta * u + run.tb, run.la * u + run.lb, run.side) == (places.t[row], places.lat[row], places.side[row])
            x0, y0, x1, y1 = places.full[row]
            assert (x1 - x0) * (y1 - y0) == mode.inside.length * (mode.inside.full[1] - mode.inside.full[0])


def test_the_corridor_s_cells_are_the_corridor() -> None:
    ground = hall_ground()
    (arc,) = ground.arcs
    rows, cells = corridor_cells(ground, arc, RULES)
    nx, ny = ground.raster.shape()
    taken = np.zeros(nx * ny + 1, dtype=bool)
    taken[cells[(rows >= 440) & (rows < 500)]] = True
    strip = corridor(floor_polygon(ground.level), ground.walls, arc, 440, 500, RULES)
    for cell in np.nonzero(taken[:-1])[0]:
        x, y = (int(cell) // ny + ground.raster.x0) * 100, (int(cell) % ny + ground.raster.y0) * 100
        assert strip.buffer(1).contains(rectangle(x, y, x + 100, y + 100))
    assert taken[:-1].sum() * 10_000 == pytest.approx(strip.area)


@pytest.mark.parametrize("name", ["two banks and a room", "a small centre", "islands"])
def test_a_search_that_begins_with_a_good_layout_has_it_at_once(name: str) -> None:
    ready, _, found = searched(name)
    problem = problem_of(name)
    again = QuickSearch(ready.questions[0], problem.programme.rules, problem.weights, seed=2)
    assert again.begin(found[0].poses) == len(found[0].poses)
    assert again.run(seconds=0, rounds=0, stop=lambda: True)[0].cost == pytest.approx(found[0].cost)


def test_a_search_that_begins_with_half_a_layout_puts_the_rest_in() -> None:
    ready, _, found = searched("a small centre")
    problem = problem_of("a small centre")
    again = QuickSearch(ready.questions[0], problem.programme.rules, problem.weights, seed=2)
    assert again.begin(found[0].poses[:3]) == 3
    assert again.current is not None and len(again.current[1]) >= 3
    assert again.begin(()) == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_search_keeps_every_front_within_reach(name: str) -> None:
    problem = problem_of(name)
    search = QuickSearch(prepare(problem).questions[0], problem.programme.rules, problem.weights, seed=1)
    search.run(seconds=0, rounds=30, stop=lambda: False)
    choice = search.pool[0][1]
    assert search.access.unreached(choice, search.costs.ends(choice)) == 0
    x, y = search.access.start
    search.access.floor[max(0, x - 3) : x + 4, max(0, y - 3) : y + 4] = False  # where the spine begins nobody gets in
    assert search.access.unreached(choice, search.costs.ends(choice)) > 0


def test_a_module_that_is_forced_in_leaves_no_stop_without_a_toilet() -> None:
    problem = problem_of("toilets near")
    toilet = next(r for r in problem.programme.rooms if r.kind == "toilets")
    two = replace(problem.programme, rooms=(*problem.programme.rooms, replace(toilet, id="more toilets")))
    problem = replace(problem, programme=two)
    ready, record = prepare(problem), small_placement()[1].record
    search = QuickSearch(ready.questions[0], two.rules, problem.weights, seed=1)
    assert search.run(seconds=0, rounds=40, stop=lambda: False)
    choice, forced = search.pool[0][1], 0
    for e in sorted(search.toilets.public):
        spots = search.exclusions.spots[e]
        ways = [search.toilets._ways(e, w, choice[w]) > search.toilets.distance for w in search.toilets.toilets]
        far = spots.alone & np.logical_and.reduce(ways)
        if far.any():
            search.exclusions.spots[e] = replace(spots, alone=far)  # it can stand only where no toilet is near
            made = search._made_room({f: k for f, k in choice.items() if f != e}, [e])
            search.exclusions.spots[e] = spots
            forced += far[made[e]]
            found = search._found(0.0, made)
            placement = Placement(record=record, layout=None, poses=found.poses, arcs=found.arcs, spine=ready.spines[0])
            assert len(made) < len(choice) or list(toilets_near(problem, placement)) == []
    assert forced


def test_short_cycles_are_many_and_long_ones_few_so_that_each_length_has_as_much_time() -> None:
    turns = [turn_of(n) for n in range(1, 64)]
    assert turns[:7] == [1, 1, 2, 1, 1, 2, 4]
    assert [sum(t for t in turns if t == length) for length in (1, 2, 4, 8, 16, 32)] == [32] * 6


def test_a_small_hall_is_searched_in_short_cycles_and_an_earlier_answer_is_bettered_for_longer_first() -> None:
    problem, placement = small_placement()
    question = prepare(problem).questions[0]
    anew, from_it = (QuickSearch(question, RULES, problem.weights, seed=1) for _ in range(2))
    assert from_it.begin(placement.poses)
    assert (anew.cycle, from_it.cycle) == (SHORT_CYCLE, FIRST_CYCLE)


@pytest.mark.parametrize("fills", [True, False])
def test_compiled_rounds_make_room_where_a_first_search_found_none(monkeypatch: pytest.MonkeyPatch, fills: bool) -> None:
    """Turns in Python that keep failing leave a module out for good; compiled rounds between them find it a place."""
    problem = small_centre()
    search = QuickSearch(prepare(problem).questions[0], problem.programme.rules, problem.weights, seed=1)
    monkeypatch.setattr(search, "_made_room", lambda choice, missing: choice)
    monkeypatch.setattr(search, "_begun", lambda missing: {missing[0]: 0})
    search.fills = fills
    assert bool(search.run(seconds=0, rounds=60, stop=lambda: False)) is fills
