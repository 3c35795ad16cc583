"""The compiled rounds know what the quick search knows: places that are free, costs, and fronts that nobody can walk to."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest

from layouts import warm as checks
from solvers.effort import Progress
from solvers.placement import quick, quick_kernel, warm
from solvers.placement.model import Cut
from solvers.placement.prepare import prepare
from solvers.placement.quick import QuickSearch
from solvers.placement.quick_tables import State, Tables, state_of
from solvers.placement.warm import compile_first, is_warm, warm_up
from tests.solvers.placement.test_quick import NAMES, problem_of

Choice = dict[str, int]


@cache
def searched(name: str) -> QuickSearch:
    problem = problem_of(name)
    search = QuickSearch(prepare(problem).questions[0], problem.programme.rules, problem.weights, seed=1)
    search.run(seconds=0, rounds=40, stop=lambda: False)
    return search


def arrays(search: QuickSearch) -> tuple[Tables, State]:
    assert search.tables is not None and search.state is not None
    return search.tables, search.state


def numbered(search: QuickSearch, choice: Choice) -> npt.NDArray[np.int64]:
    tables, _ = arrays(search)
    return np.array([tables.base[k] + choice[e] if e in choice else -1 for k, e in enumerate(search.q.modes)])


@pytest.mark.parametrize("name", NAMES)
def test_the_same_places_are_free(name: str) -> None:
    search = searched(name)
    tables, state = arrays(search)
    for _, whole in search.pool[:3]:
        for k, e in enumerate(search.q.modes):
            choice = {f: j for f, j in whole.items() if f != e}
            places, first = numbered(search, choice), tables.base[k]
            words = quick_kernel.find_free(tables, state, k, places)
            bits = np.unpackbits(state.free[:words].view(np.uint8), bitorder="little")[: len(search.places[e].u)]
            far = [quick_kernel.far_from_toilets(tables, k, first + n, places) for n in range(len(bits))]
            assert ((bits > 0) & ~np.array(far)).tolist() == search._free(e, choice).tolist()


@pytest.mark.parametrize("name", NAMES)
def test_places_and_layouts_cost_the_same(name: str) -> None:
    search = searched(name)
    tables, state = arrays(search)
    for cost, whole in search.pool[:3]:
        assert quick_kernel.whole_cost(tables, state, numbered(search, whole)) == pytest.approx(cost)
        for k, e in enumerate(search.q.modes):
            choice = {f: j for f, j in whole.items() if f != e}
            places, some = numbered(search, choice), np.arange(0, len(search.places[e].u), 7)
            quick_kernel.find_ends(tables, state, places)
            state.opened[:] = 0
            state.opened[[int(search.places[f].line[j]) for f, j in choice.items() if search.places[f].line[j] >= 0]] = 1
            mine = [quick_kernel.place_cost(tables, state, k, tables.base[k] + n, places) for n in some]
            assert mine == pytest.approx(search.costs.here(e, choice, some).tolist())


@pytest.mark.parametrize("name", NAMES)
def test_the_same_fronts_can_be_walked_to(name: str) -> None:
    search = searched(name)
    tables, state = arrays(search)
    x, y = search.access.start
    for closed in (False, True):
        for _, whole in search.pool[:3]:
            quick_kernel.whole_cost(tables, state, numbered(search, whole))
            told = quick_kernel.shut_off(tables, state, numbered(search, whole))
            assert told == search.access.unreached(whole, search.costs.ends(whole))
            assert bool(told) == closed
        for floor in (search.access.floor, tables.floor):  # where the spine begins nobody gets in
            floor[max(0, x - 3) : x + 4, max(0, y - 3) : y + 4] = 0
    searched.cache_clear()


def test_what_is_kept_differs_and_the_best_comes_first() -> None:
    search = searched("a small centre")
    assert [cost for cost, _ in search.pool] == sorted(cost for cost, _ in search.pool)
    for k, (_, one) in enumerate(search.pool):
        assert not any(search._alike(one, other) for _, other in search.pool[k + 1 :])


def test_where_cycles_end_is_looked_at_too_and_the_search_is_settled_once_they_end_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quick, "FIRST_CYCLE", 50)
    monkeypatch.setattr(quick, "LONGEST_CYCLE", 100)
    problem = problem_of("a small centre")
    search = QuickSearch(prepare(problem).questions[0], problem.programme.rules, problem.weights, seed=1)
    search.run(seconds=0, rounds=4, stop=lambda: False)
    assert not search.settled()
    search.run(seconds=0, rounds=400, stop=lambda: search.settled())
    assert search.settled()
    assert search.ends
    assert {one.poses for one in search.best()[:3]} <= {one.poses for one in search.choices()}
    search._cycle_over(search.pool[0][0] * 2)  # a cycle that ends worse tells nothing
    assert search.settled()
    search.arrived = search.pool[0][0] * 2  # the best has become much better: one cycle says little about it
    search._cycle_over(search.pool[0][0])
    assert not search.settled()


@pytest.mark.parametrize("out", [1, 3])
def test_modules_that_lost_their_place_come_in_again_where_nothing_is_in_their_way(out: int) -> None:
    search = searched("a small centre")
    searched.cache_clear()
    tables, state = arrays(search)
    whole = search.pool[0][1]
    gone = list(search.q.modes)[:out]
    state.now[:] = numbered(search, whole)
    missing = np.array([e in gone for e in search.q.modes], dtype=np.uint8)
    hard = np.ones(len(search.q.modes))
    assert quick_kernel.fill(tables, state, missing, hard, 0.0, 0) == out  # no round, no place
    assert quick_kernel.fill(tables, state, missing, hard, 0.0, 400) == 0
    choice = search._choice(state.now)
    assert not missing.any() and choice.keys() == whole.keys()
    for e, k in choice.items():
        assert search._free(e, {f: j for f, j in choice.items() if f != e})[k]
    assert hard.sum() > len(search.q.modes)  # what lacked a place weighs more from then on


def test_a_module_that_is_forced_in_by_compiled_rounds_leaves_no_stop_without_a_toilet() -> None:
    problem = problem_of("toilets near")
    toilet = next(r for r in problem.programme.rooms if r.kind == "toilets")
    rooms = (*problem.programme.rooms, replace(toilet, id="more toilets"))
    problem = replace(problem, programme=replace(problem.programme, rooms=rooms))
    search = QuickSearch(prepare(problem).questions[0], problem.programme.rules, problem.weights, seed=1)
    assert search.run(seconds=0, rounds=40, stop=lambda: False)
    tables, state = arrays(search)
    whole, names, forced = search.pool[0][1], list(search.q.modes), 0
    for e in sorted(search.toilets.public):
        ways = [search.toilets._ways(e, w, whole[w]) > search.toilets.distance for w in search.toilets.toilets]
        far = np.flatnonzero(search.exclusions.spots[e].alone & np.logical_and.reduce(ways))
        if not len(far):
            continue
        number = names.index(e)
        words = slice(int(tables.word[number]), int(tables.word[number + 1]))
        as_it_was = tables.alone[words].copy()
        tables.alone[words] = 0
        tables.alone[words][far // 64] |= np.uint64(1) << (far % 64).astype(np.uint64)  # one place in a word is enough
        state.now[:] = numbered(search, whole)
        missing = np.array([f == e for f in names], dtype=np.uint8)
        left = quick_kernel.fill(tables, state, missing, np.ones(len(names)), 0.0, 400)
        tables.alone[words] = as_it_was
        places = search._choice(state.now)
        made = {f: places[f] for f, lacks in zip(names, missing.tolist()) if not lacks}
        assert left == missing.sum()
        if left == 0:
            forced += made[e] in far
            assert search.toilets.stranded(made) == set()
    assert forced


def test_what_stands_where_only_another_can_stand_makes_room_for_it() -> None:
    search = searched("a small centre")
    searched.cache_clear()
    tables, state = arrays(search)
    whole = search.pool[0][1]
    names = list(search.q.modes)
    pinned, moved = names[0], next(e for e in names[1:] if search.exclusions.by(e, names[0], whole[names[0]]).any())
    taken = int(np.flatnonzero(search.exclusions.by(moved, pinned, whole[pinned]))[0])
    low, high = int(tables.word[0]), int(tables.word[1])
    tables.alone[low:high] = 0
    tables.alone[low + whole[pinned] // 64] = np.uint64(1) << np.uint64(whole[pinned] % 64)
    state.now[:] = numbered(search, {**whole, moved: taken})
    missing = np.array([e == pinned for e in names], dtype=np.uint8)
    assert quick_kernel.fill(tables, state, missing, np.ones(len(names)), 0.0, 400) == 0
    choice = search._choice(state.now)
    assert choice[pinned] == whole[pinned] and choice[moved] != taken
    assert search._free(moved, {f: j for f, j in choice.items() if f != moved})[choice[moved]]


def test_compiled_rounds_keep_off_what_is_forbidden() -> None:
    search = searched("a small centre")
    searched.cache_clear()
    pose = search.best()[0].poses[0]
    search.forbid(Cut(((pose.element, pose, pose.u_dm, pose.u_dm),)))
    tables, state = arrays(search)
    assert state.cuts == 1
    k = list(search.q.modes).index(pose.element)
    held = np.flatnonzero(search.forbidden[0][pose.element])
    assert len(held)
    places = numbered(search, search.current[1])
    for n, forbidden in ((int(held[0]), True), (int(np.flatnonzero(~search.forbidden[0][pose.element])[0]), False)):
        places[k] = tables.base[k] + n
        assert quick_kernel.is_forbidden(tables, state, places) == forbidden


def test_memory_for_fewer_rows_than_places_changes_no_layout() -> None:
    search = searched("a small centre")
    tables, _ = arrays(search)
    start, ends = numbered(search, search.pool[-1][1]), []
    for rows in (int(tables.base[-1]), len(search.q.modes) + 1):
        state = state_of(tables, quick.KEPT, seed=1)
        state = state._replace(tag=state.tag[:rows], known=state.known[:rows], bits=state.bits[:rows])
        state.now[:], state.costs[0] = start, search.pool[-1][0]
        quick_kernel.improve(tables, state, np.array(quick.NOISES), 200, quick.FIRST_CYCLE, quick.HOT, quick.COLD)
        ends.append((state.now.tolist(), float(state.costs[0]), int(state.dice[0])))
        for place, row in enumerate(state.slot.tolist()):
            assert row < 0 or state.tag[row] == place
    assert ends[0] == ends[1]


def test_a_few_rounds_touch_the_first_rows_alone() -> None:
    search = searched("a small centre")
    tables, _ = arrays(search)
    state = state_of(tables, quick.KEPT, seed=1)
    state.now[:], state.costs[0] = numbered(search, search.pool[-1][1]), search.pool[-1][0]
    quick_kernel.improve(tables, state, np.array(quick.NOISES), 3, quick.FIRST_CYCLE, quick.HOT, quick.COLD)
    used = int((state.tag >= 0).sum())
    assert 0 < used == state.rows[0] < state.tag.size
    assert (state.tag[:used] >= 0).all() and not state.bits[used:].any()


def test_once_compiled_it_lies_on_disk() -> None:
    warm_up()
    assert is_warm()


def test_what_is_compiled_is_not_compiled_again_before_a_search() -> None:
    warm_up()
    told: list[Progress] = []
    compile_first(told.append)
    assert told == []


def test_a_search_compiles_before_its_time_begins_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(warm, "is_warm", lambda: False)
    monkeypatch.setattr(quick_kernel, "improve", SimpleNamespace(signatures=[]))
    monkeypatch.setattr(warm, "warm_up", lambda: told.append("compiled"))
    compile_first(lambda progress: told.append(progress.stage))
    assert told == ["preparing", "compiled"]


def test_the_check_of_what_is_found_is_compiled_before_a_searchs_time_begins_too(monkeypatch: pytest.MonkeyPatch) -> None:
    warm_up()
    told: list[str] = []
    monkeypatch.setattr(checks, "kernels", lambda: (SimpleNamespace(signatures=[]),))
    monkeypatch.setattr(checks, "is_warm", lambda: False)
    monkeypatch.setattr(checks, "warm_up", lambda: told.append("checks"))
    assert not is_warm()
    compile_first(lambda progress: told.append(progress.stage))
    assert told == ["preparing", "checks"]
