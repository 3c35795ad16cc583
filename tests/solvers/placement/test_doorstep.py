"""Places that no screening parts from the entrance are struck, and only those."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
import shapely

from layouts.geometry import door_middle
from layouts.layout import Item, LevelLayout, Spine
from layouts.plan import ENTRANCE_USES, Level, Polygon, doors_of_use
from layouts.screening import SCREEN_MM, SLIP_MM, TABLE, before, unscreened
from layouts.screening_site import site_of
from layouts.standards import profile
from layouts.walkable import public_floor
from solvers.effort import Effort
from solvers.placement import doorstep, prepare
from solvers.placement.doorstep import Step, doorsteps
from solvers.placement.lanes import Best
from solvers.placement.modes import Mode
from solvers.placement.prepare import elements_of
from solvers.placement.problem import Pinned, PlacementProblem
from solvers.placement.race import Race
from solvers.placement.solve import solve
from solvers.placement.variables import Question
from tests.builders_placement import a_problem, bank, box, door, flow, island, room, slanted_hall, straight_hall, turned

HALL = straight_hall(12_000, 18_000, way_x=4500, staff_doors=("right",))  # rooms on the left can open beside the entrance


def guarded(*more: object, level: Level | None = None) -> PlacementProblem:
    """A bank behind a screening's table, and more."""
    table = replace(island("security", within=0.4, width=3000), kind=TABLE, depth_mm=1000, front_mm=1800)
    modules = (table, bank("A", 2), *more)
    return a_problem(*modules, flows=(flow("security", "A"),), level=level or HALL, spines=1)


def prepared(problem: PlacementProblem, monkeypatch: pytest.MonkeyPatch, *, struck: bool = True) -> Question:
    with monkeypatch.context() as patch:
        if not struck:
            patch.setattr(prepare, "doorsteps", lambda problem: ())
        return prepare.prepare(problem).questions[0]


def places(modes: tuple[Mode, ...]) -> dict[tuple[str, str, str, int, int], Mode]:
    return {
        (m.baseline, m.inside.variant, m.space or "", run.back, u): m
        for m in modes for run in m.runs for u in range(run.lo, run.hi + 1)
    }  # fmt: skip


def struck_of(problem: PlacementProblem, e: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Mode, int]]:
    every = places(prepared(problem, monkeypatch, struck=False).modes[e])
    left = places(prepared(problem, monkeypatch).modes[e])
    assert left.keys() <= every.keys()
    return [(mode, key[-1]) for key, mode in every.items() if key not in left]


def walked_round_by_all(problem: PlacementProblem, items: tuple[Item, ...]) -> bool:
    """Does somebody come from the entrance to these things though screens stand wherever one can?"""
    level = problem.level
    spine = Spine(centreline=((0, 0), (0, 1)), width_mm=1800)
    alone = LevelLayout(level=level.id, items=items, public=(), staff=(), spine=spine)
    public = public_floor(level, replace(alone, public=(Polygon(outer=level.outline),)))
    site = site_of(level, items, public)
    half = SCREEN_MM / 2 - 0.5
    screens = site.free.buffer(-half, join_style="mitre").buffer(half, join_style="mitre")
    rest = site.middles.difference(screens.buffer(SLIP_MM / 2, join_style="mitre"))
    doors = [door_middle(d) for d in doors_of_use(level, ENTRANCE_USES)]
    return bool(unscreened(rest, (), doors).intersects(shapely.union_all(before(items))))


HALLS = {"straight": HALL, "turned": turned(HALL), "slanted": slanted_hall()}
MODULES = {
    "room": room("R", 9.0, depth=2500), "toilets": room("R", 14.0, depth=3000, kind="toilets"), "machine": island("R"),
}  # fmt: skip


@pytest.mark.parametrize(("hall", "module"), list(product(HALLS, MODULES)))
def test_what_is_struck_is_walked_round_wherever_screens_stand(
    hall: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = guarded(MODULES[module], level=HALLS[hall])
    element = next(e for e in elements_of(problem) if e.id == "R")
    gone = struck_of(problem, "R", monkeypatch)
    assert gone or (hall == "slanted" and module != "machine")
    for mode, u in gone[:: max(1, len(gone) // 40)]:
        assert walked_round_by_all(problem, doorstep._items(problem, element, mode.pose(u))), (mode.baseline, u)


def test_some_places_are_struck_and_most_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = guarded(MODULES["toilets"], island("K"))
    for e in ("R", "K"):
        gone, left = struck_of(problem, e, monkeypatch), places(prepared(problem, monkeypatch).modes[e])
        assert 0 < len(gone) < len(left) / 2


@pytest.mark.parametrize(("gap", "struck"), [(0, True), (50, True), (100, False), (200, False)])
def test_a_place_that_leaves_room_for_a_screen_is_not_struck(gap: int, struck: bool) -> None:
    problem = guarded(island("K"))
    (step,) = doorsteps(problem)
    modes = prepare.prepare(problem).questions[0].modes["K"]
    mode = next(m for m in modes if m.axis == "y" and m.inside.variant == "beside")
    run = mode.runs[0]
    element = next(e for e in elements_of(problem) if e.id == "K")
    alone = replace(run, hi=run.lo)
    _, y0, x1, y1 = next(doorstep._used(problem, element, mode, alone))
    left = list(doorstep._off(problem, element, mode, alone, (Step((x1 + gap, y0, x1 + gap + 2000, y1), step.near),)))
    assert (left == []) is struck


def test_without_screening_nothing_is_struck() -> None:
    problem = a_problem(bank("A", 2), room("R", 9.0, depth=2500), flows=(flow("A"),))
    ready = prepare.prepare(problem)
    assert doorsteps(problem) == () and ready is prepare.prepare(problem)


def test_what_is_pinned_on_a_doorstep_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = guarded(room("R", 9.0, depth=2500))
    mode, u = struck_of(problem, "R", monkeypatch)[0]
    pinned = replace(problem, pins=(Pinned(element="R", pose=mode.pose(u)),))
    assert [key[-1] for key in places(prepared(pinned, monkeypatch).modes["R"])] == [u]


def test_a_module_without_any_other_place_keeps_its_places(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = guarded(island("K", within=0.05))
    steps = (Step((-100_000, -100_000, 100_000, 100_000), (0, 0)),)  # a doorstep as large as the hall
    element = next(e for e in elements_of(problem) if e.id == "K")
    modes = prepared(problem, monkeypatch, struck=False).modes["K"]
    assert modes and doorstep.past_the_gate(problem, element, modes, steps) is modes


def test_where_entrances_lie_apart_nothing_is_struck() -> None:
    level = HALL
    side = door("side", "entrance", (12_000, 12_000), (12_000, 13_800))
    assert doorsteps(guarded(level=level)) != () and doorsteps(guarded(level=replace(level, doors=(*level.doors, side)))) == ()


def test_a_column_before_the_door_strikes_nothing() -> None:
    level = straight_hall(12_000, 18_000, way_x=4500, columns=(box(5000, 1000, 5200, 1200),))
    assert doorsteps(guarded(level=level)) == ()


def test_no_layout_with_gates_costs_less_than_what_is_proven_without_the_places_struck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The bound is one of all layouts with gates: those found with every place allowed cost no less."""
    problem = guarded(room("R", 9.0, depth=2500))
    problem = replace(problem, access=profile("iraq-default"), egress=profile("ibc-2021"))
    bound = solve(problem, Effort(seconds=2, seed=1, reproducible=True)).record.bound
    costs = []
    keep = Race.keep

    def kept(race: Race, best: Best) -> None:
        if any(i.kind == "security_bypass" for i in best.drawn.layout.levels[0].items):
            costs.append(best.objective)
        keep(race, best)

    monkeypatch.setattr(Race, "keep", kept)
    monkeypatch.setattr(prepare, "doorsteps", lambda problem: ())
    for seed in (1, 2, 3):
        solve(problem, Effort(seconds=1, seed=seed, reproducible=True))
    assert bound is not None and costs and min(costs) >= bound - 1e-6
