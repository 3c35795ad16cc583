"""Which of nearly equal layouts is shown: a straighter one may cost a little more, and no more than its points are worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solvers.effort import Effort
from solvers.placement import rank, ranking
from solvers.placement.clock import Clock
from solvers.placement.detail import Drawn
from solvers.placement.first import first_layouts
from solvers.placement.prepare import TOILETS, widths_of
from solvers.placement.race import Race
from solvers.placement.rank import Merit, Walked, merit_of, walk
from solvers.placement.ranking import rank as rank_all
from solvers.placement.sites import sites_of
from solvers.placement.solve import solve
from tests.builders_placement import QUICK, small_placement
from tests.solvers.placement.problems import PROBLEMS, with_toilets


class One:
    """A drawn layout, of which only the walks matter here."""

    layout = small_placement()[1].layout
    broken = ()


def shown_of(walks: list[tuple[float, Walked]], monkeypatch: pytest.MonkeyPatch) -> int:
    """Which of layouts with these costs and walks is shown."""
    problem, _ = small_placement()
    told = iter(walked for _, walked in walks)
    monkeypatch.setattr(rank, "walk", lambda *_: next(told))
    merits = [rank.merit_of(cost, walks[0][0], One(), problem.level, problem.programme) for cost, _ in walks]  # type: ignore[arg-type]
    return merits.index(min(merits))


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


def ended() -> Race:
    """The race of a small hall with some layouts, before its last choice; its best is not proven."""
    problem, effort = PROBLEMS["two banks and a room"], Effort(seconds=1, seed=1, reproducible=True)
    race = Race(problem, effort, sites_of(problem, widths_of(problem)[0]), Clock(effort), None, None, "", build_walls=False)
    first_layouts(race, ())
    for lane in race.lanes:
        lane.bound = 0.0
    return race


def test_of_all_that_cost_hardly_more_what_is_shown_is_straightest_for_its_cost() -> None:
    race = ended()
    assert race.best is not None
    least = race.best.objective
    lane = next(each for each in race.lanes if each.quick is not None and each.quick.choices())
    found = [one for one in lane.quick.choices() if one.cost <= least * (1 + rank.NEARLY)]  # type: ignore[union-attr]
    rank_all(race)
    assert race.best is not None and len(found) > 1

    def merit(objective: float, drawn: Drawn) -> Merit:
        return merit_of(objective, least, drawn, lane.problem.level, race.problem.programme)

    shown = merit(race.best.objective, race.best.drawn)
    for one in found:
        drawn = race.drawn(lane, one.poses, one.arcs)
        assert not race.accepts(drawn) or shown <= merit(one.cost, drawn)


def test_only_layouts_that_promise_more_than_what_is_shown_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    race = ended()
    judged: list[object] = []
    judge = race.judged
    monkeypatch.setattr(race, "judged", lambda *told: judged.append(told) or judge(*told))
    race.kept = [one for one in race.kept if race.best is not None and one.poses == race.best.poses]
    monkeypatch.setattr(ranking, "merit_of", lambda *_: (False, 0.0, 0.0))  # all alike
    rank_all(race)
    assert judged == []
    promised = iter(range(0, -1000, -1))
    monkeypatch.setattr(ranking, "merit_of", lambda *_: (False, float(next(promised)), 0.0))  # each more than the one before
    rank_all(race)
    assert judged != []


def test_the_walk_to_the_toilets_is_held_against_the_programme_s_distance() -> None:
    problem = with_toilets(20_000)
    placement = solve(problem, QUICK)
    assert placement.layout is not None and any(r.kind in TOILETS for r in problem.programme.rooms)

    def far(distance_mm: int) -> bool:
        programme = replace(problem.programme, rules=replace(problem.programme.rules, toilet_distance_mm=distance_mm))
        return walk(problem.level, placement.layout.levels[0], programme).toilets_far

    assert far(500) and not far(40_000)
