"""Where modules may stand: columns, doors, arcs, slanted walls and spine edges, position by position."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from shapely.geometry import Polygon
from shapely.geometry import box as rectangle

from layouts.plan import Level
from layouts.programme import LayoutRules
from solvers.placement.furnish import island_items
from solvers.placement.modes import Mode
from solvers.placement.prepare import prepare, simpler
from solvers.placement.problem import PlacementProblem
from solvers.placement.projection import project
from solvers.placement.raster import floor_polygon
from solvers.placement.seating import seat_block
from solvers.placement.spines import spine_boxes
from solvers.placement.variables import Question
from tests.builders_placement import RULES, a_problem, bank, box, island, l_hall, room, slanted_hall, straight_hall

HALL = straight_hall(14_000, 16_000, way_x=10_000)


@cache
def asked(level: Level, *modules: object, rules: LayoutRules = RULES) -> tuple[PlacementProblem, Question]:
    problem = a_problem(*modules, level=level, spines=1, rules=rules)
    return problem, prepare(problem).questions[0]


def modes(level: Level, module, wall: str = "", **more: object) -> tuple[Mode, ...]:
    found = asked(level, module, **more)[1].modes[module.id]
    return tuple(m for m in found if m.baseline.startswith(wall))


def positions(found: tuple[Mode, ...]) -> set[int]:
    return {u for m in found for run in m.runs for u in range(run.lo, run.hi + 1)}


def ground(mode: Mode, u: int, v: tuple[int, int]) -> Polygon:
    """The floor, mm, that a mode covers at u between two of its v."""
    low, size = mode.offset(v)
    low += mode.back_at(u)
    ends = (u * 100, (u + mode.inside.length) * 100)
    if mode.axis == "x":
        return rectangle(ends[0], low * 100, ends[1], (low + size) * 100)
    return rectangle(low * 100, ends[0], (low + size) * 100, ends[1])


SLANTED = slanted_hall()
PLACES = {
    "bank": (HALL, bank("A", 3, seats=6, bays=1)),
    "plain bank": (HALL, bank("A", 2)),
    "room": (HALL, room("R")),
    "staff room": (HALL, room("R", side="staff", kind="server_room")),
    "island": (HALL, island("I")),
    "bank in an L": (l_hall(), bank("A", 2)),
    "bank on a slant": (SLANTED, bank("A", 2)),
    "room on a slant": (SLANTED, room("R")),
}


@pytest.mark.parametrize("name", PLACES)
def test_every_position_is_on_the_floor_with_its_aisle_and_off_the_spine_with_its_body(name: str) -> None:
    level, module = PLACES[name]
    _, question = asked(level, module)
    floor = floor_polygon(level).buffer(2)
    spine = Polygon()
    for x, y, w, h in spine_boxes(question.ground.spine):
        spine = spine.union(rectangle(x * 100, y * 100, (x + w) * 100, (y + h) * 100))
    assert question.modes[module.id]
    for mode in question.modes[module.id]:
        for run in mode.runs:
            for u in {run.lo, (run.lo + run.hi) // 2, run.hi}:
                assert floor.contains(ground(mode, u, mode.inside.full))
                assert ground(mode, u, mode.inside.solid).intersection(spine).area < 1


@pytest.mark.parametrize("name", PLACES)
def test_the_runs_give_the_place_beside_the_spine(name: str) -> None:
    level, module = PLACES[name]
    _, question = asked(level, module)
    for mode in question.modes[module.id]:
        for run in mode.runs:
            for u in (run.lo, run.hi):
                across = run.back + mode.sign * mode.inside.front
                middle = u + mode.inside.length // 2
                x, y = (middle, across) if mode.axis == "x" else (across, middle)
                t, lat, side = project(question.ground.spine, np.array([x]), np.array([y]))
                assert (run.ta * u + run.tb, run.la * u + run.lb, run.side) == (t[0], lat[0], side[0])


# -- columns ----------------------------------------------------------------------------------------------------------

# a bank of two is 34 long; from the wall: staff to 18, desk to 26, customers to 41, aisle to 56, one row of seats to 65


def with_column(x_mm: int) -> Level:
    """A column of 0.3 m whose low edge lies x mm from the left wall, at y = 10.0 .. 10.3 m."""
    return straight_hall(14_000, 16_000, way_x=10_000, columns=(box(x_mm, 10_000, x_mm + 300, 10_300),))


def beside_column(level: Level, module) -> set[int]:
    """Positions on the left wall at which the module would hold the column."""
    return {u for u in positions(modes(level, module, "w3")) if u < 103 and u + 34 > 100}


@pytest.mark.parametrize(("x", "fits"), [(800, True), (1300, False), (2000, False), (3000, False), (4500, False)])
def test_a_column_may_stand_in_the_staff_strip_but_not_near_the_desk_or_before_it(x: int, fits: bool) -> None:
    assert bool(beside_column(with_column(x), bank("A", 2))) == fits
    assert positions(modes(with_column(x), bank("A", 2), "w3"))  # elsewhere on the wall it stands


def test_a_column_may_stand_in_the_rows_where_the_seats_still_fit() -> None:
    level, module = with_column(5700), bank("A", 2, seats=4)
    held = beside_column(level, module)
    assert held
    for mode in modes(level, module, "w3"):
        for u in held & positions((mode,)):
            if mode.inside.waiting and ground(mode, u, mode.inside.waiting).intersects(Polygon(level.columns[0].outline)):
                local = (5700 - mode.inside.waiting[0] * 100, 10_000 - u * 100)
                column = (local[1], local[0], local[1] + 300, local[0] + 300)
                assert seat_block(mode.inside.length * 100, mode.inside.rows, 4, 0, (column,), RULES) is not None


@pytest.mark.parametrize(("kind", "fits"), [("back_office", True), ("server_room", False)])
def test_a_column_may_stand_in_an_open_staff_room_only(kind: str, fits: bool) -> None:
    level = with_column(1800)
    office = room("R", 9.0, side="staff", depth=3000, kind=kind)
    held = {u for u in positions(modes(level, office, "w3")) if u < 103 and u + 30 > 100}
    assert bool(held) == fits


# -- doors, arcs, shares ----------------------------------------------------------------------------------------------


def test_nothing_stands_before_an_entrance_or_across_a_door() -> None:
    found = modes(HALL, room("R"), "w0")  # the way in lies at 91 .. 109, the zone before it 5 wider on both sides
    assert positions(found) and not {u for u in positions(found) if u < 114 and u + 30 > 86}


def test_public_rooms_leave_half_a_metre_beside_a_staff_door() -> None:
    found = positions(modes(HALL, room("R"), "w3"))  # the staff door lies at 14 .. 24
    assert not {u for u in found if u < 29 and u + 30 > 9} and 29 in found


def test_banks_stand_only_where_a_staff_door_serves_them() -> None:
    assert {m.baseline[:2] for m in asked(HALL, bank("A"))[1].modes["A"]} == {"w0", "w2", "w3"}
    both = straight_hall(14_000, 16_000, way_x=7000, staff_doors=("left", "right"))
    assert {m.baseline[:2] for m in asked(both, bank("A"))[1].modes["A"]} == {"w0", "w1", "w2", "w3"}


def test_an_island_of_the_entrance_keeps_to_its_share_of_the_spine() -> None:
    _, question = asked(HALL, island("I", within=0.3))
    limit = 0.3 * question.ground.spine.length_dm()
    assert max(run.ta * run.hi + run.tb for m in question.modes["I"] for run in m.runs) <= limit


def test_a_staffed_island_stands_at_the_spine_only() -> None:
    assert {m.baseline[0] for m in modes(HALL, island("I", staffed=True))} == {"s"}
    assert {m.baseline[0] for m in modes(HALL, island("I"))} == {"s", "w"}


def test_a_staffed_island_is_longer_by_its_staff_s_way_in_and_its_desks_are_not() -> None:
    plain, staffed = (island("I", staffed=s, positions=2, width=2400) for s in (False, True))
    for asked_for, length in ((plain, 24), (staffed, 33)):
        assert {m.inside.length for m in modes(HALL, asked_for, "s")} == {length}
    mode = modes(HALL, staffed, "s")[0]
    items = island_items(staffed, mode.pose(mode.runs[0].lo))
    desks = Polygon(items[0].polygon).union(Polygon(items[1].polygon))
    assert desks.area == 2400 * 800
    (way,) = (Polygon(z.polygon) for i in items for z in i.clear_zones if z.use == "access")
    assert way.area == 900 * 800 and way.touches(desks)
    assert not [z for i in island_items(plain, mode.pose(mode.runs[0].lo))[:1] for z in i.clear_zones if z.use == "access"]


@pytest.mark.parametrize("side", ["public", "staff"])
def test_a_room_holds_its_net_area_beside_its_own_walls(side: str) -> None:
    for mode in modes(HALL, room("R", 6.0, side=side, depth=2000, kind="server_room")):
        length, depth = mode.inside.length * 100, (mode.inside.body[1] - mode.inside.body[0]) * 100
        assert (length - 200) * (depth - 200) >= 6e6 > (length - 300) * (depth - 200)


# -- slanted walls ----------------------------------------------------------------------------------------------------


def test_modules_step_along_a_slanted_wall_square_to_the_grid() -> None:
    for mode in modes(SLANTED, bank("A"), "w2"):
        assert mode.back is None and mode.axis == "x"
        backs = [(run.lo, run.back) for run in mode.runs]
        assert len({b for _, b in backs}) > 5 and backs == sorted(backs)  # the wall rises to the right
        for run in mode.runs:
            for u in (run.lo, run.hi):
                wall = 130 + 30 * u / 140  # the wall's height at the module's low end, its lower one
                assert wall - 1 <= run.back <= wall


def test_the_simpler_question_has_straight_walls_and_no_setbacks() -> None:
    _, question = asked(SLANTED, bank("A"), rules=replace(RULES, setbacks_mm=(0, 1200)))
    assert {m.inside.setback for m in question.modes["A"]} == {0, 12}
    assert any(m.back is None for m in question.modes["A"])
    kept = simpler(question).modes["A"]
    assert kept and {m.inside.setback for m in kept} == {0} and all(m.back is not None for m in kept)
