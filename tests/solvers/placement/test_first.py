"""Where a first layout is looked for: along walls that are long enough, and never after the effort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest

from solvers.effort import Effort
from solvers.placement import first
from solvers.placement.clock import Clock
from solvers.placement.first import first_layouts, search_quickly
from solvers.placement.lanes import ROOMY, Best, Lane, room_along, without_place
from solvers.placement.prepare import widths_of
from solvers.placement.problem import PlacementProblem
from solvers.placement.quick import Found, QuickSearch
from solvers.placement.race import Race
from solvers.placement.sites import sites_of
from tests.builders_placement import RULES, a_problem, bank, flow
from tests.solvers.placement.test_typologies import deep_hall

FEW, MANY = "AB", "ABCDEFGHIJKLM"


def a_centre(names: str) -> PlacementProblem:
    return a_problem(*(bank(n, 5) for n in names), flows=tuple(flow(n) for n in names), level=deep_hall(), rules=RULES)


def a_race(problem: PlacementProblem, seconds: float = 5.0) -> Race:
    effort = Effort(seconds=seconds, reproducible=True, seed=1)
    return Race(problem, effort, sites_of(problem, widths_of(problem)[0]), Clock(effort), None, None, "")


def searched(race: Race, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The typologies of the lanes that would be searched, in their order, where nothing is found."""
    order: list[str] = []
    monkeypatch.setattr(first, "search_quickly", lambda race, lane, share: order.append(lane.typology.name))
    first_layouts(race, ())
    return order


def test_few_banks_have_room_along_the_hall_s_own_walls_and_many_have_not() -> None:
    assert all(room_along(lane) >= ROOMY for lane in a_race(a_centre(FEW)).by_promise())
    crowded = a_race(a_centre(MANY))
    assert all(room_along(lane) < ROOMY for lane in crowded.by_promise())
    crowded.build_walls()
    assert max(room_along(lane) for lane in crowded.lanes if lane.typology.blocks) >= ROOMY


def test_the_hall_s_own_walls_are_searched_first_where_they_are_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searched(a_race(a_centre(FEW)), monkeypatch)[0] == "perimeter"


def test_walls_are_built_before_any_search_where_the_hall_s_own_are_too_short(monkeypatch: pytest.MonkeyPatch) -> None:
    assert searched(a_race(a_centre(MANY)), monkeypatch)[0] != "perimeter"


def test_where_fewest_modules_lack_a_place_is_searched_on_first(monkeypatch: pytest.MonkeyPatch) -> None:
    race = a_race(a_centre(FEW))
    favoured = race.lanes[-1]
    monkeypatch.setattr(first, "without_place", lambda lane: 0 if lane is favoured else 1)
    assert min(race.by_promise(), key=first._soonest) is favoured


def test_beside_a_narrower_aisle_is_searched_first_where_modules_have_most_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wider one was searched before and showed none: whoever waited for it waits for no better layout."""
    widths = replace(RULES, spine_widths_mm=(2400, 3000))
    problem = replace(a_centre(FEW), programme=replace(a_centre(FEW).programme, rules=widths))
    order: list[int] = []
    monkeypatch.setattr(first, "search_quickly", lambda race, lane, share: order.append(lane.index))
    monkeypatch.setattr(first, "places_in", lambda question: [q is question for q in questions].index(True))
    for width_dm in widths_of(problem):
        race = Race(problem, Effort(seconds=5.0), sites_of(problem, width_dm), Clock(Effort(seconds=5.0)), None, None, "")
        questions = [lane.question for lane in race.by_promise()]
        promising = [lane.index for lane in race.by_promise()]
        assert len(promising) > 1
        order.clear()
        first_layouts(race, ())
        assert order[:3] == (promising if width_dm == 30 else promising[::-1])[:3]


def test_layouts_that_are_laid_aside_take_no_time_off_the_spine_that_shows_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever waits for one that counts is led from the spine that has many to others that have none."""

    @dataclass(slots=True)
    class Slow(Clock):
        at: float = 0.0

        def now(self) -> float:
            return self.at

        def left(self) -> float:
            return self.effort.seconds

    race = a_race(a_centre(FEW))
    clock = race.clock = Slow(Effort(seconds=5.0, seed=1))
    judged: list[float] = []

    def laid_aside(race: Race, lane: Lane, quick: QuickSearch, found: Found) -> None:
        judged.append(clock.at)
        clock.at += 10.0

    monkeypatch.setattr(first, "_judge", laid_aside)
    search_quickly(race, race.by_promise()[0], 0.5)
    assert len(judged) == first.DRAWN_FREE + 1


def test_no_places_are_laid_out_after_the_effort() -> None:
    race = a_race(a_centre(FEW))
    lane: Lane = race.by_promise()[0]
    race.clock.grant(race.effort.seconds)
    search_quickly(race, lane, 0.5)
    assert lane.quick is None
    assert without_place(lane) == len(FEW)


def test_all_that_is_to_be_built_stands_before_others_are_looked_at_so_that_more_than_a_glance_bounds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    race = a_race(a_centre(FEW))
    race.to_build = race.to_build * 2

    def finds(race: Race, lane: Lane, share: float) -> None:
        race.best = race.best or Best(1e9, (), (), lane.index, {}, drawn=None)  # type: ignore[arg-type]

    monkeypatch.setattr(first, "search_quickly", finds)
    first_layouts(race, ())
    assert race.best is not None and race.to_build == []


def test_a_spine_is_searched_as_long_as_the_question_about_it_took_and_none_is_asked_after_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tight halls had four fifths of their time spent on asking, and went on asking long after it."""
    now = [0.0]
    shares: list[float] = []
    monkeypatch.setattr(first, "refute", lambda race, lane: now.__setitem__(0, now[0] + 3.0))
    monkeypatch.setattr(first, "search_quickly", lambda race, lane, share: shares.append(share))
    clock = SimpleNamespace(now=lambda: now[0], left=lambda: 10.0 - now[0])
    lanes = [SimpleNamespace(closed=False, quick=None, is_large=lambda: False) for _ in range(6)]
    race = SimpleNamespace(by_promise=lambda: lanes, clock=clock, best=None, effort=Effort(seconds=10.0))
    first._pass(race, 1, lambda lane: 0.0)  # type: ignore[arg-type]
    assert shares == [0.3, 0.3, 0.3, 0.3], "the fifth and sixth have no time left"


def test_a_spine_on_which_nearly_all_stand_is_searched_on_and_not_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hall of 30 m by 20 m was asked about eleven times in half a second each, and nothing was proven of any spine."""
    asked: list[int] = []
    searched: list[tuple[int, bool]] = []
    monkeypatch.setattr(first, "refute", lambda race, lane: asked.append(lane.index))
    monkeypatch.setattr(first, "search_quickly", lambda race, lane, share: searched.append((lane.index, lane.fills)))
    race = a_race(a_centre(FEW))
    nearly, far = race.by_promise()
    for lane, lacking in ((nearly, ("A",)), (far, ("A", "B", "C"))):
        lane.quick = QuickSearch(lane.question, race.rules, race.weights, 1)
        lane.quick.lacking = lacking
    first._pass(race, 1, lambda lane: lane.index)
    assert asked == [far.index]
    assert searched == [(nearly.index, True), (far.index, True)]
    searched.clear()
    first._pass(race, 0, lambda lane: lane.index)
    assert not any(fills for _, fills in searched), "the first pass takes the better layouts of uncompiled turns"
