"""Banks before a curved wall: they stand along its facets, turned with them, and the floor behind them is the staff's."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import atan2, cos, sin

import pytest
from shapely.geometry import Point

from layouts.geometry import polygon_shape, union
from layouts.layout import Item
from layouts.plan import Level, Ring
from solvers.placement.baselines import staff_arcs, walls_of
from solvers.placement.check import breaches
from solvers.placement.check_facets import astray
from solvers.placement.check_places import staff_perimeter
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve
from tests.builders_placement import QUICK, bank, box, door, flow, programme, straight_hall


def curved_hall(rise: int = 4000, width: int = 26_000, height: int = 9000) -> Level:
    """Entrance and exit in the foot, staff doors in both sides, the head wall an arc of 24 chords."""
    half = width / 2
    radius = (half * half + rise * rise) / (2 * rise)
    reach = atan2(half, abs(radius - rise))
    turns = [reach - 2 * reach * k / 24 for k in range(25)]
    head = [(round(half + abs(radius) * sin(a)), round(height + rise - radius + radius * cos(a))) for a in turns]
    return Level(
        id="0", name="", elevation_mm=0, outline=((0, 0), (width, 0), *head),
        doors=(
            door("in", "entrance", (4000, 0), (5800, 0)), door("out", "exit", (width - 5800, 0), (width - 4000, 0)),
            door("left", "staff", (0, 1800), (0, 800)),
            door("right", "staff", (width, 800), (width, 1800)),
        ),
    )  # fmt: skip


@cache
def answer() -> tuple[PlacementProblem, Placement]:
    banks = (bank("A", 4, seats=6), bank("B", 3, seats=4), bank("C", 3))
    problem = PlacementProblem(level=curved_hall(), programme=programme(*banks, flows=(flow("A", "B", "C"),)), max_spines=2)
    return problem, solve(problem, QUICK)


def desks(placement: Placement) -> list[Item]:
    assert placement.layout is not None
    return [i for i in placement.layout.levels[0].items if i.kind.startswith("counter")]


def test_banks_longer_than_any_chord_stand_before_the_curve_and_pass_every_check() -> None:
    problem, placement = answer()
    assert not breaches(problem, placement)
    facets = {f"w{w.index}" for w in walls_of(problem.level) if w.ay > 90 or w.by > 90}
    assert {p.element for p in placement.poses if p.baseline in facets} >= {"A", "B"}


def test_a_bank_before_a_slanting_facet_turns_with_it() -> None:
    _, placement = answer()
    turned = {i.bank for i in desks(placement) if i.rotation_deg % 90}
    assert turned, "counters run along their facet, not square to the grid"


def test_floor_between_a_facet_and_its_curve_is_the_staffs_where_counters_stand() -> None:
    problem, placement = answer()
    assert placement.layout is not None
    staff = union(polygon_shape(a) for a in placement.layout.levels[0].staff)
    ring = problem.level.outline
    for pose in (p for p in placement.poses if p.element == "B"):
        middle = (pose.u_dm + pose.length_dm / 2) * 100
        below = max(y for x, y in ring if abs(x - middle) < 1200)
        assert staff.contains(Point(middle, below - 200)), "right up to the curved wall"


def moved_in(ring: Ring, k: int, by: int) -> Ring:
    return (*ring[:k], (ring[k][0], ring[k][1] - by), *ring[k + 1 :])


@pytest.mark.parametrize("by", [-1500, 1500])
def test_a_perimeter_off_the_walls_is_refused(by: int) -> None:
    level = curved_hall()
    ring = staff_perimeter(level)
    assert not list(astray(level, ring))
    assert list(astray(level, moved_in(ring, 3, by)))


def test_a_perimeter_goes_round_what_stands_free_in_the_hall_and_is_held_to_the_outer_walls_alone() -> None:
    stub = box(8000, 3000, 8050, 3100)  # the end of a wall that stays, where those that met it are gone
    level = straight_hall(obstacles=(stub,))
    ring = staff_perimeter(level)
    assert not list(astray(level, ring))
    assert list(astray(level, moved_in(ring, 0, 1500)))


def test_a_perimeter_that_passes_a_door_by_is_refused() -> None:
    level = curved_hall()
    a, b = level.outline[12], level.outline[13]
    with_door = replace(level, doors=(*level.doors, door("x", "exit", a, b)))
    assert not list(astray(with_door, staff_perimeter(with_door)))
    assert any(where == "x" for where, *_ in astray(with_door, staff_perimeter(level)))


def test_a_doubled_point_of_the_outline_is_no_wall_and_a_door_still_has_its_place() -> None:
    level = straight_hall()
    doubled = replace(level, outline=(level.outline[0], *level.outline))
    assert walls_of(doubled) == walls_of(level)
    assert staff_arcs(doubled, walls_of(doubled)) == staff_arcs(level, walls_of(level))
