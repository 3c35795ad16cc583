"""How full a hall would be is told before any solve: a figure, measured against layouts that were drawn, and no proof."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.plan import Level
from solvers.placement.changes import Change, changes_of, without_modules
from solvers.placement.fullness import AT_EASE, DENSEST, check_fullness, fullness, least_area_m2
from solvers.placement.problem import PlacementProblem
from solvers.placement.relaxing import what_would_relax
from solvers.placement.upfront import tight
from tests.builders_placement import a_problem, bank, flow, room, small_placement, straight_hall


def full_hall(share: float) -> PlacementProblem:
    """Two banks and a room of staff in a hall 20 m wide of which they would cover this share."""
    problem = a_problem(bank("A", 4, seats=8), bank("B", 4, seats=8), room("office", 30.0, side="staff"))
    depth = least_area_m2(problem.programme) / share / 20
    return replace(problem, level=straight_hall(20_000, round(1000 * depth), way_x=10_000))


def test_the_figure_is_the_least_form_of_every_module_over_the_floor() -> None:
    """Four counters of 1.6 m without seats, 1.8 m behind them, 0.8 m of desk and 1.5 m for those served: 26.2 m2."""
    problem = a_problem(bank("A", 4), level=straight_hall(20_000, 10_000))
    line = 4 * 1.6 + 0.2
    assert least_area_m2(problem.programme) == pytest.approx(round(line, 1) * 4.1, abs=0.7)
    assert fullness(problem.programme, 200.0).share() == least_area_m2(problem.programme) / 200


@pytest.mark.parametrize(("share", "told"), [(DENSEST - 0.01, False), (DENSEST + 0.01, True)])
def test_a_hall_fuller_than_any_drawn_is_told_with_its_figures(share: float, told: bool) -> None:
    problem = full_hall(share)
    reasons = dict(tight(problem))
    assert ("placement.fuller_than_drawn" in reasons) == told
    floor = 20 * max(y for _, y in problem.level.outline) / 1000
    assert [f.code for f in check_fullness(problem.programme, floor)] == ["placement.fuller_than_drawn"] * told


def test_a_layout_that_was_drawn_is_no_fuller_than_what_is_said_of_layouts() -> None:
    problem, placement = small_placement()
    assert placement.layout is not None
    assert "placement.fuller_than_drawn" not in dict(tight(problem))


def test_a_full_hall_is_made_larger_until_layouts_are_found_there_at_ease() -> None:
    """The first change of a kind asks for most; smaller ones follow, down to what was hardly ever drawn."""
    problem = full_hall(0.8)
    longer = [c for c in changes_of(problem) if c.kind == "longer"]
    shares = [covered(c.make(problem)) for c in longer]
    assert [c.step for c in longer] == [0, 1, 2]
    assert shares == sorted(shares) and AT_EASE - 0.02 < shares[0] <= AT_EASE and shares[-1] <= DENSEST
    assert {c.kind for c in changes_of(problem)} >= {"deeper", "leaving"}


def covered(problem: PlacementProblem) -> float:
    outline = problem.level.outline
    floor = max(x for x, _ in outline) * max(y for _, y in outline) / 1e6
    return fullness(problem.programme, floor).share()


def test_of_larger_halls_the_least_that_helps_is_told_and_none_is_tried_below_one_that_does_not() -> None:
    problem, tried = full_hall(0.8), []

    def test(asked: PlacementProblem, seconds: float) -> bool:
        size = tuple(max(p[k] for p in asked.level.outline) for k in (0, 1))
        tried.append(size)
        return size[0] == 20_000 and size[1] > most

    deepest = {c.kind: c for c in changes_of(problem) if c.step == 0}
    kind = "longer" if grown(problem, deepest["longer"])[1] > depth_of(problem.level) else "deeper"
    steps = [grown(problem, c)[1] for c in changes_of(problem) if c.kind == kind]
    most = steps[2]
    told = dict(change for (change,) in what_would_relax(problem, seconds=60, test=test))
    assert told[f"placement.relax_{kind}"]["metres"] == (steps[1] - depth_of(problem.level)) / 1000
    wider = [size for size in tried if size[0] > 20_000]
    assert len(wider) == 1, "the widest did not help: no narrower one is tried"


def depth_of(level: Level) -> int:
    return max(y for _, y in level.outline)


def grown(problem: PlacementProblem, change: Change) -> tuple[int, int]:
    level = change.make(problem).level
    return max(x for x, _ in level.outline), depth_of(level)


def test_what_a_search_came_nearest_to_placing_without_is_tried_without() -> None:
    problem = replace(full_hall(0.8), programme=replace(full_hall(0.8).programme, flows=(flow("A", "B"),)))
    reasons = (("placement.left_out", {"modules": "B"}),)

    def test(asked: PlacementProblem, seconds: float) -> bool:
        return all(b.id != "B" for b in asked.programme.banks)

    told = [change for (change,) in what_would_relax(problem, seconds=60, reasons=reasons, test=test)]
    assert told == [("placement.relax_leaving", {"modules": "B"})]
    left = without_modules(problem, frozenset("B")).programme
    assert [f.stops for f in left.flows] == [("A",)]


def test_toilets_and_what_people_wished_about_are_never_left_out() -> None:
    problem = a_problem(bank("A"), room("wc", 12.0, kind="toilets"), level=straight_hall())
    assert not [c for c in changes_of(problem, ["wc"]) if c.kind == "leaving"]
