"""A layout that closes off an exit is refused; one to which the empty hall has no way is no layout's fault."""

from __future__ import annotations

from dataclasses import replace

from shapely.geometry import Polygon, box

from layouts.plan import Door, Level
from solvers.placement.detail import Fault, draw_layout
from solvers.placement.exits_kept import cut_off
from solvers.placement.problem import SpineLine
from solvers.placement.raster import floor_polygon
from solvers.placement.repair import hardly_opened
from tests.builders_placement import straight_hall
from tests.solvers.placement.test_repair import forbids, the_hall, with_arcs

CLEAR = 1800
NO_BAY = Polygon()
FURTHER = Door(id="further", use="exit", p=(1000, 15_000), q=(2200, 15_000), clear_mm=1200)
HALL = straight_hall(13_000, 15_000, way_x=11_000)


def with_exit(level: Level, door: Door = FURTHER) -> Level:
    return replace(level, doors=(*level.doors, door))


def spine() -> SpineLine:
    return the_hall()[1].spines[0]


def walled(x0: int, x1: int) -> Polygon:
    """The hall's floor with a wall across it before the further exit."""
    return floor_polygon(HALL).difference(box(x0, 12_000, x1, 12_200))


def test_an_exit_that_is_walked_to_is_not_cut_off() -> None:
    assert cut_off(with_exit(HALL), spine(), floor_polygon(HALL), NO_BAY, CLEAR) == ()
    assert cut_off(with_exit(HALL), spine(), walled(0, 13_000 - CLEAR - 1), NO_BAY, CLEAR) == ()


def test_an_exit_that_a_wall_leaves_too_narrow_a_way_is_cut_off() -> None:
    assert cut_off(with_exit(HALL), spine(), walled(1700, 13_000), NO_BAY, CLEAR) == ("further",)


def test_an_exit_that_the_empty_hall_does_not_lead_to_is_no_layout_s_fault() -> None:
    shut = ((1700, 12_000), (9000, 12_000), (9000, 15_000), (2300, 15_000), (2300, 12_200), (1700, 12_200))
    narrow = straight_hall(13_000, 15_000, way_x=11_000, obstacles=(shut,))
    assert cut_off(with_exit(narrow), spine(), floor_polygon(narrow), NO_BAY, CLEAR) == ()


def test_the_exit_at_the_end_of_the_main_aisle_is_left_to_the_aisle() -> None:
    assert cut_off(HALL, spine(), Polygon(), NO_BAY, CLEAR) == ()


def test_what_is_drawn_is_refused_where_it_cuts_an_exit_off_and_only_there() -> None:
    problem, ready = the_hall()
    by_pier = replace(FURTHER, p=(6000, 15_000), q=(7200, 15_000))
    told = replace(problem, level=with_exit(problem.level, by_pier))
    kept, refused = [], []
    passing = [(poses, arcs) for poses, arcs, before in with_arcs() if not before.faults]
    for poses, arcs in passing[::12]:
        drawn = draw_layout(told, ready, ready.spines[0], poses, arcs)
        (refused if Fault("exit_unreached", "further") in drawn.faults else kept).append((poses, drawn))
    assert kept and refused
    for poses, drawn in refused:
        near = hardly_opened(told, ready.spines[0], poses, drawn)
        assert near and all(forbids(cut, poses) for cut in near)  # the quick search goes elsewhere
