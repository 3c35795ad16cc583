"""Walls that are built into deep halls: where they may stand, that staff reach both faces, and that the check sees them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial

import pytest
from shapely.geometry import Polygon

from layouts.plan import Column, Level
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.check_built import built_walls
from solvers.placement.clock import Clock
from solvers.placement.first import _from_hint
from solvers.placement.lanes import known_places
from solvers.placement.prepare import prepare, prepare_on
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.quick import QuickSearch
from solvers.placement.race import Race
from solvers.placement.sites import soonest_of
from solvers.placement.solve import solve
from solvers.placement.typologies import BUILT, Typology, as_built, at_no_wall, typologies_for
from tests.builders_placement import RULES, a_problem, bank, box, flow, room, small_placement, straight_hall


def deep_hall(columns: tuple[Column, ...] = ()) -> Level:
    """44 m wide, the way in the middle, staff doors in both side walls: the walls are far from where people walk."""
    level = straight_hall(44_000, 30_000, way_x=22_000, staff_doors=("left", "right"))
    return replace(level, columns=columns)


def centre(level: Level | None = None) -> PlacementProblem:
    return a_problem(
        bank("A", 3), bank("B", 3), room("prayer"), flows=(flow("A", "B"),), level=level or deep_hall(), rules=RULES
    )


def typologies(problem: PlacementProblem) -> dict[str, Typology]:
    spine = min(prepare(problem).spines, key=lambda s: s.length_dm())
    return {t.name: t for t in typologies_for(problem, spine)}


def test_a_hall_that_is_not_deep_gets_no_walls() -> None:
    assert typologies(centre(straight_hall())) == {}


def test_a_deep_hall_can_have_a_core_and_a_comb_of_walls_on_its_floor_off_its_doors() -> None:
    problem = centre()
    found = typologies(problem)
    assert set(found) == {"core", "one_core", "comb", "one_comb"}
    hall = Polygon(problem.level.outline)
    for typology in found.values():
        for block in typology.blocks:
            assert block.kind == BUILT and hall.covers(Polygon(block.outline))
            assert all(Polygon(block.outline).distance(Polygon([d.p, d.q, d.q])) >= 100 for d in problem.level.doors)


def test_built_walls_move_until_columns_leave_the_corridors_free() -> None:
    free = typologies(centre())["core"]
    bar = max(free.blocks, key=lambda b: Polygon(b.outline).bounds[3] - Polygon(b.outline).bounds[1])
    _, y0, x1, _ = (round(c) for c in Polygon(bar.outline).bounds)
    column = Column(id="c", outline=box(x1 + 500, y0 + 3000, x1 + 900, y0 + 3400))
    moved = typologies(centre(deep_hall((column,))))["core"]
    assert {b.outline for b in moved.blocks} != {b.outline for b in free.blocks}


def the_long_wall(problem: PlacementProblem) -> tuple[int, ...]:
    """Left, lower, right and upper edge of the left one of the walls along the way."""
    bars = [tuple(round(c) for c in Polygon(b.outline).bounds) for b in typologies(problem)["core"].blocks]
    return min(bar for bar in bars if bar[3] - bar[1] > 10_000)


def test_a_built_wall_ends_where_staff_pass_between_its_end_and_a_column() -> None:
    """A column close beyond the end shut the corridor that runs round it: whoever sits on the far side was cut off."""
    x0, _, x1, y1 = the_long_wall(centre())
    beyond = Column(id="c", outline=box(x0 - 200, y1 + 200, x1 + 200, y1 + 800))
    assert y1 + 200 - the_long_wall(centre(deep_hall((beyond,))))[3] >= 1100


def test_a_built_wall_keeps_its_length_where_staff_pass_beside_or_outside_a_column() -> None:
    x0, _, x1, y1 = the_long_wall(centre())
    far_out = Column(id="far", outline=box(x0, y1 + 1100, x1, y1 + 1400))
    at_its_end = Column(id="flush", outline=box(x0, y1 - 100, x1, y1 + 100))
    off_it = Column(id="off", outline=box(x1 + 1200, y1 + 200, x1 + 1500, y1 + 500))
    for column in (far_out, at_its_end, off_it):
        assert the_long_wall(centre(deep_hall((column,))))[3] == y1


@pytest.mark.parametrize("name", ["core", "comb"])
def test_banks_find_places_on_both_faces_of_built_walls(name: str) -> None:
    problem = centre()
    ready = prepare(problem)
    spine = min(ready.spines, key=lambda s: s.length_dm())
    site = prepare_on(as_built(problem, typologies(problem)[name].blocks), spine)
    on_perimeter = min(run.lb for mode in ready.questions[0].modes["A"] for run in mode.runs if run.la == 0)
    question = site.questions[0]
    nearest = min(min(run.la * u + run.lb for u in (run.lo, run.hi)) for mode in question.modes["A"] for run in mode.runs)
    assert nearest < on_perimeter
    found = QuickSearch(question, RULES, problem.weights, seed=1).run(seconds=0, rounds=20, stop=lambda: False)
    assert found


@cache
def busy_centre() -> tuple[PlacementProblem, Placement]:
    """More counters than stand near the way along the end walls."""
    names = ("A", "B", "C", "D", "E", "F")
    problem = a_problem(*(bank(n, 5) for n in names), flows=tuple(flow(n) for n in names), level=deep_hall(), rules=RULES)
    return problem, solve(problem, Effort(seconds=6, reproducible=True, seed=1))


def test_in_a_deep_hall_a_built_wall_beats_the_perimeter_and_passes_the_check() -> None:
    problem, placement = busy_centre()
    assert placement.layout is not None, placement.missing
    assert [(f.code, f.where) for f in breaches(problem, placement)] == []
    assert placement.record.freedom["typology"] != "perimeter" and placement.blocks
    assert {"perimeter", "core", "comb"} <= set(placement.record.freedom["typologies"])
    assert {b.id for b in placement.blocks} <= {i.id for i in placement.layout.levels[0].items}


def test_the_check_refuses_a_built_wall_that_is_not_drawn() -> None:
    problem, placement = busy_centre()
    assert placement.layout is not None
    level = placement.layout.levels[0]
    bare = replace(level, items=tuple(i for i in level.items if i.id != placement.blocks[0].id))
    undrawn = replace(placement, layout=replace(placement.layout, levels=(bare,)))
    assert "placement_check.built_walls" in {f.code for f in breaches(problem, undrawn)}


def test_the_check_refuses_built_walls_that_stand_loose_or_in_a_door() -> None:
    problem, placement = busy_centre()
    first = placement.blocks[0]
    loose = replace(placement, blocks=(replace(first, outline=box(20_000, 14_000, 20_200, 18_000)),))
    in_a_door = replace(placement, blocks=(replace(first, outline=box(0, 1500, 4000, 1700)),))
    for tampered in (loose, in_a_door):
        assert list(built_walls(as_built(problem, tampered.blocks), tampered))


def test_a_built_wall_stands_where_columns_fall_among_seats_or_into_staff_strips() -> None:
    """At its nearest the wall would have the row of columns in the aisle of every bank along it."""
    centre_of = partial(a_problem, bank("A", 6, seats=12), flows=(flow("A"),), rules=RULES)
    nearest = wall_along_the_way(centre_of(level=deep_hall()))
    aisle = nearest - 4500  # staff 1.8 m, desk 0.8 m, customers 1.5 m, then the aisle
    row = tuple(Column(id=f"c{y}", outline=box(aisle - 300, y, aisle, y + 300)) for y in range(2000, 29_000, 2000))
    assert wall_along_the_way(centre_of(level=deep_hall(row))) > nearest


def wall_along_the_way(problem: PlacementProblem) -> int:
    """Where the core's wall right of the way has its near face (mm)."""
    faces = [Polygon(b.outline).bounds for b in typologies(problem)["core"].blocks]
    return min(round(x0) for x0, y0, x1, y1 in faces if y1 - y0 > x1 - x0 and x0 > 22_000)


def race_on(problem: PlacementProblem) -> Race:
    effort = Effort(seconds=20.0, seed=1)
    sites, _ = soonest_of(problem, 18, lambda: False)
    return Race(problem, effort, sites, Clock(effort), None, None, "")


def test_an_earlier_layout_at_built_walls_is_taken_up_there() -> None:
    """No spine of the hall as it is knows where its banks stood: a solve with that hint began from nothing."""
    problem, placement = busy_centre()
    race = race_on(problem)
    built = at_no_wall(problem.level, placement.poses)
    assert built and max(known_places(lane.question, built) for lane in race.lanes) < len(built)
    _from_hint(race, placement.poses)
    assert max(known_places(lane.question, placement.poses) for lane in race.lanes) == len(placement.poses)


def test_nothing_is_built_for_an_earlier_layout_at_the_hall_s_own_walls() -> None:
    problem, placement = small_placement()
    assert at_no_wall(problem.level, placement.poses) == ()
    wall, *others = (p for p in placement.poses if p.baseline.startswith("w"))
    off = replace(wall, back_dm=wall.back_dm + 30 * wall.sign)
    assert at_no_wall(problem.level, (off, *others)) == (off,)
