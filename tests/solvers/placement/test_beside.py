"""Bounds in a thread of their own: they rise and stay bounds, and what goes wrong there is heard of."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from solvers.effort import Cancel, Effort
from solvers.placement import beside, bounding, refuting, widths
from solvers.placement.beside import Bounder
from solvers.placement.bounding import by_hubs, by_zones
from solvers.placement.clock import Clock
from solvers.placement.first import first_layouts, look_at_all
from solvers.placement.hubs import HubTree
from solvers.placement.lanes import Lane
from solvers.placement.prepare import widths_of
from solvers.placement.race import Race
from solvers.placement.sites import sites_of
from solvers.placement.widths import Heat, _ended
from solvers.placement.zone_glop import Halt
from solvers.placement.zone_tree import ZoneTree
from tests.solvers.placement.problems import PROBLEMS

NAME = "two banks and a room"


def until(seen: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end, "never seen"
        time.sleep(0.02)


def a_race(effort: Effort) -> Race:
    problem = PROBLEMS[NAME]
    race = Race(problem, effort, sites_of(problem, widths_of(problem)[0]), Clock(effort), None, None, "", build_walls=False)
    first_layouts(race, ())
    assert race.best is not None
    race.parallel = 2
    return race


def test_bounds_rise_beside_the_search_and_no_layout_found_is_cheaper() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    at_a_glance = race.bound()
    bounder = Bounder(race, wait=0.0)
    starter = threading.Thread(target=bounder.start, daemon=True)  # as the command line does, whose main thread hears Ctrl-C
    starter.start()
    starter.join()
    assert bounder.thread is not None
    assert not bounder.thread.daemon  # a linear program that is still solved at the interpreter's end takes the process down
    bounder.thread.join(60)
    assert not bounder.works()
    bounder.end()
    assert race.best is not None
    assert at_a_glance < race.bound() <= race.best.objective + 1e-6


def test_bounds_wait_a_moment_while_no_layout_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next layout is drawn soon where nothing else wants the interpreter."""
    race = a_race(Effort(seconds=6, seed=1))
    monkeypatch.setattr(beside, "ASIDE_SECONDS", 60.0)
    asked = threading.Event()
    monkeypatch.setattr(Bounder, "_raise", lambda *_: asked.set())
    counts, race.best = race.best, None
    bounder = Bounder(race, wait=0.0)
    bounder.start()
    assert not asked.wait(0.3)
    race.best = counts
    assert asked.wait(30)
    bounder.give_up()


def test_what_is_found_on_the_way_to_a_bound_is_drawn_and_kept() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    dear = replace(race.kept[-1], objective=1.5 * race.kept[-1].objective)  # as if the search had found no better
    race.best, race.kept = dear, [dear]
    lane = race.lanes[dear.lane]
    bounder = Bounder(race, wait=0.0)
    assert by_zones(race, lane, 5.0, None) is None and lane.tree is not None
    lane.tree.leaves[0].stuck = True
    bounder._raise(lane, bounder.stop)
    bounder.tell()
    assert race.best.objective < dear.objective
    assert race.best.drawn.faults == ()


def test_a_turn_that_is_stopped_ends_with_the_program_under_way_and_leaves_the_tree_as_it_was() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    lane, stop = race.lanes[0], Halt()
    assert race.best is not None
    tree = lane.tree = ZoneTree(lane.question, race.weights, race.rules)
    tree.step(5.0, race.best.objective)
    leaves, bound, waiting = list(tree.leaves), tree.bound(), len(tree.programs)
    stop.set()
    for leaf in leaves:
        leaf.stuck = leaf.rough = False
        tree.turn(leaf, 5.0, race.best.objective, stop)
    assert tree.leaves == leaves and tree.bound() == bound and len(tree.programs) == waiting
    assert not any(leaf.stuck for leaf in leaves)
    assert tree.programs[0].solve(tree.shares.high, 5.0, None, stop).x is None


def test_a_step_of_hubs_that_is_stopped_leaves_the_tree_as_it_was() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    lane, stop = race.lanes[0], Cancel()
    tree = HubTree(lane.question, lane.problem, race.weights)
    tree.step(20.0)
    nodes, bound = len(tree.open), tree.bound
    stop.set()
    tree.step(20.0, stop)
    assert (len(tree.open), tree.bound, tree.done) == (nodes, bound, False)
    anew = HubTree(lane.question, lane.problem, race.weights)
    anew.step(20.0, stop)
    assert not anew.done, "its first step too"
    anew.step(20.0)
    assert anew.bound == bound


def test_threads_that_share_a_tree_of_hubs_step_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    race = a_race(Effort(seconds=6, seed=1))
    lane, solved, at_work = race.lanes[0], HubTree._solved, list[int]()
    lane.hubs = HubTree(lane.question, lane.problem, race.weights)
    many: list[int] = []

    def seen(tree: HubTree, *given: Any) -> Any:
        at_work.append(1)
        many.append(len(at_work))
        time.sleep(0.05)
        try:
            return solved(tree, *given)
        finally:
            at_work.pop()

    monkeypatch.setattr(HubTree, "_solved", seen)
    threads = [threading.Thread(target=by_hubs, args=(race, lane, 20.0, None)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert set(many) == {1}
    assert race.best is not None and lane.hubs.bound <= race.best.objective + 1e-6


def test_a_tree_of_zones_that_another_thread_made_meanwhile_is_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    race = a_race(Effort(seconds=6, seed=1))
    lane = race.lanes[0]
    sooner = ZoneTree(lane.question, race.weights, race.rules)

    def late(*given: Any) -> ZoneTree:
        lane.tree = sooner
        return ZoneTree(*given)

    monkeypatch.setattr(bounding, "ZoneTree", late)
    by_zones(race, lane, 5.0, None)
    assert lane.tree is sooner and sooner.made and not any(leaf.busy for leaf in sooner.leaves)


@pytest.mark.parametrize("turn", [by_hubs, by_zones])
def test_what_whole_models_proved_without_the_layouts_laid_aside_is_no_relaxation(turn: Callable[..., object]) -> None:
    race = a_race(Effort(seconds=6, seed=1))
    shown, race.best, race.kept = race.best, None, []
    assert shown is not None
    lane = race.lanes[shown.lane]
    race.lay_aside(shown)
    lane.bound = 1.2 * shown.objective  # all cheaper ones are laid aside
    turn(race, lane, 5.0, None)
    assert lane.bound == 1.2 * shown.objective and 0 < lane.relaxation <= shown.objective + 1e-6


def test_what_went_wrong_with_bounds_is_told_for_a_width_too_that_no_layout_counts_of(monkeypatch: pytest.MonkeyPatch) -> None:
    race = a_race(Effort(seconds=6, seed=1))
    bounder = Bounder(race, wait=0.0)
    bounder.trouble = ValueError("no such leaf")

    def none_counts(heats: list[Heat], *_: object) -> tuple[Race, str]:
        heats.append(Heat(race.problem, 30, race, bounder))
        return race, "unknown"

    monkeypatch.setattr(widths, "_raced", none_counts)
    with pytest.raises(ValueError, match="no such leaf"):
        widths.race_widths(race.problem, (30,), lambda *_: race, ())


def test_stopped_no_model_is_built_any_more_and_no_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    race = a_race(Effort(seconds=6, seed=1))
    race.cancel = Cancel()
    race.cancel.set()
    race.to_build = [race.lanes[0].spine]
    lanes = list(race.lanes)
    monkeypatch.setattr(refuting, "build", lambda *_, **__: pytest.fail("nobody waits for this"))
    refuting.refute_all(race)
    race.build_walls()
    look_at_all(race)
    assert race.lanes == lanes


def test_who_stops_gets_the_layout_that_was_laid_aside_and_shown() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    shown = race.best
    assert shown is not None
    race.best, race.kept, race.laid_aside, race.cancel = None, [], [shown], Cancel()
    race.cancel.set()
    ended, status = _ended(Heat(race.problem, 18, race, Bounder(race, wait=0.0)))
    assert (ended.best, status) == (shown, "cancelled")


def test_the_same_layout_is_laid_aside_once_and_what_is_laid_aside_is_no_proof_that_nothing_fits() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    shown = race.best
    assert shown is not None
    race.best, race.kept, race.to_build = None, [], []
    race.lay_aside(shown)
    race.lay_aside(replace(shown))
    assert race.laid_aside == [shown]
    heat = Heat(race.problem, 18, race, Bounder(race, wait=0.0))
    for lane in race.lanes:
        lane.bound = float("inf")
    assert not heat.disproved()
    race.laid_aside.clear()
    assert heat.disproved()


def test_a_turn_here_is_on_a_spine_that_nobody_works_on() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    bounder = Bounder(race, wait=0.0)
    before = {lane.index: lane.bound for lane in race.lanes}
    bounder.busy = [lane.index for lane in race.lanes]
    bounder.help()
    assert before == {lane.index: lane.bound for lane in race.lanes}
    bounder.busy.clear()
    while (lowest := bounder._lowest()) is not None:
        bounder.help()
        assert lowest.bound > before[lowest.index] and not bounder.busy
    assert race.best is not None and race.bound() <= race.best.objective + 1e-6


def test_a_spine_with_a_glance_alone_comes_before_one_hardly_cheaper_whose_turn_would_be_long() -> None:
    race = a_race(Effort(seconds=6, seed=1))
    assert race.best is not None
    best, (first, *_) = race.best.objective, race.lanes
    second = replace(first, index=1)
    race.lanes = [first, second]
    first.bound, first.tree = 0.9 * best, ZoneTree(first.question, race.weights, race.rules)
    for bound, lowest in ((0.91, second), (0.97, first)):
        second.bound = bound * best
        assert Bounder(race, wait=0.0)._lowest() is lowest


def test_until_a_layout_counts_each_spine_gets_its_first_turn_alone() -> None:
    race = a_race(Effort(seconds=60, seed=1))
    shown = race.best
    assert shown is not None
    race.best, race.kept = None, []
    at_a_glance = {lane.index: lane.bound for lane in race.lanes}
    bounder = Bounder(race, wait=0.0)
    race.when_shown = bounder.start
    race.lay_aside(shown)
    try:
        until(lambda: all(lane.bound > at_a_glance[lane.index] for lane in race.lanes), 60)
        until(lambda: not bounder.busy, 60)
        time.sleep(0.3)
        assert bounder.works() and not bounder.busy and not bounder._open()
        assert all(lane.tree is not None and lane.tree.made == 1 for lane in race.lanes)
        assert race.bound() <= shown.objective + 1e-6
    finally:
        bounder.give_up()
    assert not bounder.works()


def test_no_bounds_are_raised_any_more_for_a_width_that_no_layout_counts_of(monkeypatch: pytest.MonkeyPatch) -> None:
    race = a_race(Effort(seconds=6, seed=1))
    shown, race.best, race.kept = race.best, None, []
    bounder = Bounder(race, wait=0.0)

    def another_wins(heats: list[Heat], *_: object) -> tuple[Race, str]:
        assert shown is not None
        heats.append(Heat(race.problem, 30, race, bounder))
        race.when_shown = bounder.start
        race.lay_aside(shown)
        assert bounder.works()
        return race, "unknown"

    monkeypatch.setattr(widths, "_raced", another_wins)
    widths.race_widths(race.problem, (30, 18), lambda *_: race, ())
    assert bounder.thread is not None
    bounder.thread.join(60)
    assert not bounder.works()


def test_reproducible_work_and_one_core_do_one_after_the_other() -> None:
    for reproducible, cores in ((True, 2), (False, 1)):
        race = a_race(Effort(seconds=6, seed=1, reproducible=reproducible))
        race.parallel = cores
        bounder = Bounder(race, wait=0.0)
        bounder.start()
        assert bounder.thread is None and not bounder.works()


def test_what_goes_wrong_beside_is_raised_where_the_search_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Bounder, lane: Lane, cancel: Cancel) -> None:
        raise ValueError(lane.spine.id)

    monkeypatch.setattr(Bounder, "_raise", broken)
    race = a_race(Effort(seconds=6, seed=1))
    race.lanes[0].bound = 0.0
    bounder = Bounder(race, wait=0.0)
    bounder.start()
    assert bounder.thread is not None
    bounder.thread.join(60)
    with pytest.raises(ValueError):
        bounder.end()
