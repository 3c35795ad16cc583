"""Spines asked for any layout at whatever cost: what holds none is closed, what holds one is drawn, and both soon."""

from __future__ import annotations

import pytest

from solvers import cpsat
from solvers.effort import Effort
from solvers.placement.clock import Clock
from solvers.placement.prepare import widths_of
from solvers.placement.problem import PlacementProblem
from solvers.placement.race import Race
from solvers.placement.refuting import refute, refute_all
from solvers.placement.sites import sites_of
from tests.builders_placement import a_problem, bank, flow, room, straight_hall


def a_race(problem: PlacementProblem) -> Race:
    effort = Effort(seconds=6, reproducible=True, seed=1)
    return Race(problem, effort, sites_of(problem, widths_of(problem)[0]), Clock(effort), None, None, "", build_walls=False)


def too_long() -> PlacementProblem:
    """Each bank finds a place, and both are more than the one wall that staff reach."""
    return a_problem(bank("A", 7), bank("B", 3), flows=(flow("A", "B"),), level=straight_hall(way_x=10_500))


def roomy() -> PlacementProblem:
    return a_problem(bank("A", 2), bank("B", 2), room("prayer"), flows=(flow("A", "B"),))


def test_spines_that_hold_no_layout_are_closed_without_any_search() -> None:
    race = a_race(too_long())
    assert all(q.modes["A"] and q.modes["B"] for site in race.sites for q in site.ready.questions)
    refute_all(race)
    assert race.all_closed() and race.bound() == float("inf")
    assert all(lane.quick is None for lane in race.lanes)


def test_a_spine_that_holds_a_layout_stays_open_and_the_layout_is_kept() -> None:
    race = a_race(roomy())
    refute_all(race)
    assert race.best is not None and not race.best.drawn.faults
    assert not race.lanes[race.best.lane].closed


def test_nothing_is_asked_where_a_layout_is_there() -> None:
    race = a_race(roomy())
    refute_all(race)
    before = [lane.asked for lane in race.lanes]
    refute_all(race)
    assert [lane.asked for lane in race.lanes] == before


def test_each_spine_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    race = a_race(too_long())
    refute_all(race)

    def never(*_: object, **__: object) -> cpsat.Outcome:
        raise AssertionError("asked again")

    monkeypatch.setattr(cpsat, "run", never)
    for lane in race.lanes:
        refute(race, lane)


def test_no_cost_is_asked_for_so_that_the_solver_has_nothing_to_improve(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    run = cpsat.run

    def noted(model, **how):
        asked.append(model.has_objective())
        return run(model, **how)

    monkeypatch.setattr(cpsat, "run", noted)
    refute_all(a_race(too_long()))
    assert asked and not any(asked)
