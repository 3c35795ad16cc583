"""Whole answers on tiny halls: sound, pinned, hinted, cancelled, and told as they come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solvers.effort import Cancel, Effort, Progress
from solvers.placement.check_objective import terms_again
from solvers.placement.model import same_mode
from solvers.placement.prepare import prepare
from solvers.placement.solve import solve, with_pins
from tests.builders_placement import QUICK, flow, small_placement
from tests.solvers.placement.problems import PROBLEMS, faults, two_banks


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_small_centre_is_placed_soundly(name: str) -> None:
    problem = PROBLEMS[name]
    placement = solve(problem, QUICK)
    assert placement.layout is not None, placement.missing
    assert faults(problem, placement) == []


def test_the_answer_tells_its_freedom_bound_and_effort() -> None:
    problem, placement = small_placement()
    record = placement.record
    assert record.status == "optimal" and record.gap <= 0.001
    assert record.relaxation_bound <= record.bound <= record.objective
    assert record.freedom["modules"] == 5 and record.freedom["setbacks_mm"] == [0]
    assert len(record.freedom["spines"]) == len(record.freedom["spine_bounds"]) >= 1
    assert record.terms == pytest.approx(terms_again(problem, placement, placement.spine))
    assert record.seconds_to_first is not None and "ortools" in record.versions


def test_a_pinned_module_stays_where_it_was() -> None:
    problem = two_banks()
    reverse = replace(problem, programme=replace(problem.programme, flows=(flow("B", "A"),)))
    best, other = solve(problem, QUICK), solve(reverse, QUICK)
    pinned = with_pins(problem, other, ("A", "B"))
    after = solve(pinned, QUICK)
    assert after.layout is not None
    assert {p for p in after.poses if p.element != "prayer"} == {p for p in other.poses if p.element != "prayer"}
    assert faults(pinned, after) == []
    assert after.record.objective > best.record.objective + 1  # they walk back now


def test_all_pinned_gives_the_same_layout_again() -> None:
    problem, before = small_placement()
    again = solve(with_pins(problem, before, tuple(p.element for p in before.poses)), QUICK)
    assert {p.element: p for p in again.poses} == {p.element: p for p in before.poses}


def test_a_hint_costs_nothing_and_its_poses_are_found_again_by_their_words() -> None:
    problem, before = small_placement()
    modes = next(q.modes for q in prepare(problem).questions if q.ground.spine == before.spine)
    for pose in before.poses:
        assert sum(same_mode(m, pose) and any(r.lo <= pose.u_dm <= r.hi for r in m.runs) for m in modes[pose.element]) == 1
    again = solve(problem, QUICK, hint=before.poses)
    assert again.record.objective == pytest.approx(before.record.objective)


def test_cancelling_keeps_the_best_so_far() -> None:
    problem, _ = small_placement()
    cancel = Cancel()

    def stop_at_the_first_layout(progress: Progress) -> None:
        if progress.answer is not None:
            cancel.set()

    placement = solve(problem, Effort(seconds=30), report=stop_at_the_first_layout, cancel=cancel)
    assert placement.record.status == "cancelled" and placement.layout is not None
    assert faults(problem, placement) == []


def test_cancelled_before_anything_was_found_there_is_no_layout_and_no_claim() -> None:
    cancel = Cancel()
    cancel.set()
    placement = solve(two_banks(), QUICK, cancel=cancel)
    assert placement.layout is None and placement.record.status == "cancelled"


def test_progress_is_told_with_bounds_that_never_pass_the_objective() -> None:
    told: list[Progress] = []
    solve(two_banks(), QUICK, report=told.append)
    assert {"bounds", "layout"} <= {p.stage for p in told}
    assert all(p.bound <= p.objective + 1e-6 for p in told if p.stage == "layout")
    assert all(0 <= p.done <= 1 for p in told)
