"""Which of nearly equal layouts is shown: a straighter one may cost a little more, and no more than its points are worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solvers.placement import rank
from solvers.placement.prepare import TOILETS
from solvers.placement.rank import Walked, walk
from solvers.placement.solve import solve
from tests.builders_placement import QUICK, small_placement
from tests.solvers.placement.problems import with_toilets


class One:
    """A drawn layout, of which only the walks matter here."""

    layout = small_placement()[1].layout
    broken = ()


def shown_of(walks: list[tuple[float, Walked]], monkeypatch: pytest.MonkeyPatch) -> int | None:
    """Which of layouts with these costs and walks is shown."""
    problem, _ = small_placement()
    told = iter(walked for _, walked in walks)
    monkeypatch.setattr(rank, "walk", lambda *_: next(told))
    return rank.straightest([(cost, One(), problem.level) for cost, _ in walks], problem.programme, lambda: True)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("others", "shown"),
    [
        ([(1000.0, 80.0), (1003.0, 82.0)], 1),  # two points are worth 0.4 per cent
        ([(1000.0, 80.0), (1005.0, 82.0)], 0),
        ([(1000.0, 80.0), (1000.0, 80.0)], 0),
        ([(0.0, 80.0), (0.0, 82.0)], 1),  # nobody comes
        ([(1000.0, 80.0), (1001.0, 80.2), (1010.0, 86.0)], 2),
    ],
)
def test_a_straighter_layout_may_cost_what_its_points_are_worth(
    others: list[tuple[float, float]], shown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown_of([(cost, Walked(index, toilets_far=False)) for cost, index in others], monkeypatch) == shown


def test_a_layout_with_toilets_near_every_stop_is_shown_before_straighter_ones_without(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_of([(1000.0, Walked(88.0, toilets_far=True)), (1004.0, Walked(80.0, toilets_far=False))], monkeypatch) == 1


def test_where_no_layout_has_toilets_near_the_straightest_is_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_of([(1000.0, Walked(80.0, toilets_far=True)), (1000.0, Walked(88.0, toilets_far=True))], monkeypatch) == 1


def test_the_walk_to_the_toilets_is_held_against_the_programme_s_distance() -> None:
    problem = with_toilets(20_000)
    placement = solve(problem, QUICK)
    assert placement.layout is not None and any(r.kind in TOILETS for r in problem.programme.rooms)

    def far(distance_mm: int) -> bool:
        programme = replace(problem.programme, rules=replace(problem.programme.rules, toilet_distance_mm=distance_mm))
        return walk(problem.level, placement.layout.levels[0], programme).toilets_far

    assert far(500) and not far(40_000)
