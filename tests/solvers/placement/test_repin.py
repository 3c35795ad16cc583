"""A solve again with a pin starts from what stood: the rest is kept, and the floor is not prepared anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from solvers.effort import Effort
from solvers.placement import first
from solvers.placement.check import breaches
from solvers.placement.corridors import Corridor
from solvers.placement.lanes import Lane
from solvers.placement.model import same_mode
from solvers.placement.places import places_of
from solvers.placement.prepare import prepare
from solvers.placement.problem import Pinned, Placement, PlacementProblem
from solvers.placement.quick import FIRST_BURSTS, STARTS, Found, QuickSearch
from solvers.placement.quick_access import Access
from solvers.placement.race import Race
from solvers.placement.solve import solve
from solvers.placement.taken import spots_of
from solvers.placement.zoning import least_at_a_glance
from tests.builders_placement import small_placement


def moved_and_pinned(problem: PlacementProblem, placement: Placement, element: str, by_dm: int) -> PlacementProblem:
    """The problem with a module pinned on its own wall, where it may stand about so far from where it stood."""
    question = next(q for q in prepare(problem).questions if q.ground.spine == placement.spine)
    pose = next(p for p in placement.poses if p.element == element)
    places = [
        u for m in question.modes[element] if same_mode(m, pose) for run in m.runs for u in range(run.lo, run.hi + 1)
    ]  # fmt: skip
    u = min(places, key=lambda u: abs(abs(u - pose.u_dm) - by_dm))
    assert u != pose.u_dm
    return replace(problem, pins=(Pinned(element=element, pose=replace(pose, u_dm=u)),))


@pytest.mark.parametrize("element", ["A", "B", "kiosk"])
def test_a_solve_again_with_a_pin_is_sound_and_keeps_it(element: str) -> None:
    problem, placement = small_placement()
    pinned = moved_and_pinned(problem, placement, element, 20)
    again = solve(pinned, Effort(seconds=0.6, seed=1, reproducible=True), hint=placement.poses)
    assert again.layout is not None and not breaches(pinned, again)
    assert pinned.pins[0].pose in again.poses


def test_a_pin_changes_the_question_and_not_the_hall_prepared() -> None:
    problem, placement = small_placement()
    pinned = moved_and_pinned(problem, placement, "A", 20)
    free, bound = prepare(problem), prepare(pinned)
    for one, other in zip(free.questions, bound.questions):
        assert one.ground is other.ground
        assert sum(run.hi - run.lo + 1 for m in other.modes["A"] for run in m.runs) <= 1
        assert other.modes["B"] is one.modes["B"]


def test_what_stood_in_the_way_of_a_pin_makes_room_for_it() -> None:
    problem, placement = small_placement()
    poses = {p.element: p for p in placement.poses}
    (pinned,) = [p for p in (moved_and_pinned(problem, placement, "A", 20),) if p.pins]
    question = next(q for q in prepare(pinned).questions if q.ground.spine == placement.spine)
    search = QuickSearch(question, pinned.programme.rules, pinned.weights, seed=1)
    assert search.begin(tuple(poses.values())) >= 2
    found = search.run(seconds=0, rounds=30, stop=lambda: False)
    assert found and pinned.pins[0].pose in found[0].poses


def test_a_bad_beginning_is_followed_by_others_and_the_best_of_them_is_gone_on_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """What gave way to a pin came in so badly that a cycle of annealing did not mend it: 22,712 instead of 20,221 after six
    seconds. Here the layout in hand is as bad as any; after the other beginnings it is not gone on from."""
    problem, placement = small_placement()
    pinned = moved_and_pinned(problem, placement, "A", 20)
    question = next(q for q in prepare(pinned).questions if q.ground.spine == placement.spine)
    search = QuickSearch(question, pinned.programme.rules, pinned.weights, seed=1)
    monkeypatch.setattr(search, "_burst", lambda: setattr(search, "bursts", search.bursts + 1))
    assert search.begin(placement.poses)
    search.run(seconds=0, rounds=400, stop=lambda: bool(search.pool))
    _, choice = search.pool[0]
    bad = (2 * search.pool[0][0], choice)
    search.pool, search.current, search.bursts = [bad], bad, 0
    search.stayed, search.starts = {"A": choice["A"]}, STARTS + 1
    search.run(seconds=0, rounds=400, stop=lambda: search.bursts == FIRST_BURSTS)
    assert search.current == bad and search.starts == STARTS + 1, "who waits for a first layout waits for no other beginning"
    search.run(seconds=0, rounds=400, stop=lambda: not search.starts)
    assert search.starts == 0 and search.bursts >= FIRST_BURSTS + STARTS
    assert search.current == search.pool[0] and search.current[0] < bad[0]
    assert all(found.poses and pinned.pins[0].pose in found.poses for found in search.best())


def test_nothing_is_drawn_from_a_hint_before_it_was_bettered(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, placement = small_placement()
    seen: list[int] = []
    judge = first._judge

    def judged(race: Race, lane: Lane, quick: QuickSearch, found: Found) -> None:
        seen.append(quick.bursts)
        judge(race, lane, quick, found)

    monkeypatch.setattr(first, "_judge", judged)
    solve(moved_and_pinned(problem, placement, "A", 20), Effort(seconds=4, seed=1), hint=placement.poses)
    assert seen and seen[0] >= first.HINT_BURSTS


def test_places_are_laid_out_once_for_all_pins() -> None:
    problem, placement = small_placement()
    free = prepare(problem).questions[0]
    bound = prepare(moved_and_pinned(problem, placement, "A", 20)).questions[0]
    assert places_of(bound, "B", {}).full is places_of(free, "B", {}).full
    assert len(places_of(bound, "A", {}).u) <= 1 < len(places_of(free, "A", {}).u)


def test_places_kept_say_the_same_as_places_laid_out_anew() -> None:
    problem, _ = small_placement()
    (question, *_) = prepare(problem).questions
    anew = replace(question, ground=replace(question.ground, laid={}))
    rules = problem.programme.rules
    places = {e: places_of(question, e, {}) for e in question.modes}
    for e in question.modes:
        lines: dict[tuple[str, int], int] = {("elsewhere", 0): 0}
        for column in ("mode", "u", "t", "full", "public", "low", "space"):
            assert np.array_equal(getattr(places[e], column), getattr(places_of(anew, e, lines), column))
    before, again = spots_of(question, places, rules), spots_of(anew, places, rules)
    for e in question.modes:
        assert all(np.array_equal(a, b) for a, b in zip((*before[e].last, *before[e].first), (*again[e].last, *again[e].first)))


def test_what_is_kept_of_a_hall_gives_a_pin_the_same_bound_and_the_same_cells_as_worked_out_anew() -> None:
    problem, placement = small_placement()
    prepare(problem)
    bound = moved_and_pinned(problem, placement, "A", 20)
    for question in prepare(bound).questions:
        anew = replace(question, ground=replace(question.ground, laid={}))
        lines: dict[tuple[str, int], int] = {}
        places = {e: places_of(question, e, lines) for e in question.modes}
        before, again = Access(question, places, problem.programme.rules), Access(anew, places, problem.programme.rules)
        for e in question.modes:
            assert all(np.array_equal(a, b) for a, b in zip(before.parts(e), again.parts(e)))
            assert len(before.parts(e)[0]) == len(places[e].u)
        assert least_at_a_glance(question, problem.weights) == least_at_a_glance(anew, problem.weights)


def test_the_few_boxes_of_a_pin_bar_the_same_of_a_corridor_as_among_many() -> None:
    problem, _ = small_placement()
    (question, *_) = prepare(problem).questions
    for arc in question.ground.arcs:
        for e in ("A", "B", "kiosk"):
            boxes = places_of(question, e, {}).public
            last, first_after = Corridor(question.ground, arc, problem.programme.rules).barred(boxes)
            for k in range(0, len(boxes), 17):
                alone = Corridor(question.ground, arc, problem.programme.rules).barred(boxes[k : k + 1])
                assert (int(alone[0][0]), int(alone[1][0])) == (last[k], first_after[k])
