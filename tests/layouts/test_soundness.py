"""A plan with a fault is refused with the fault's code and place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layouts.findings import BadInput
from layouts.plan import Column, Door, FloorPlan, Level, Wall
from layouts.soundness import check_plan, plan_faults

IN = Door(id="in", use="entrance", p=(4000, 0), q=(6000, 0), clear_mm=1900)
OUT = Door(id="out", use="exit", p=(6000, 9000), q=(4000, 9000), clear_mm=1900)
LEVEL = Level(
    id="ground",
    name="Ground",
    elevation_mm=0,
    outline=((0, 0), (12000, 0), (12000, 9000), (0, 9000)),
    walls=(Wall(id="w1", a=(-100, -100), b=(12100, -100), thickness_mm=200),),
    doors=(IN, OUT),
    columns=(Column(id="c1", outline=((5000, 4000), (5400, 4000), (5400, 4400), (5000, 4400))),),
)


def fault(level: Level) -> BadInput:
    with pytest.raises(BadInput) as refused:
        check_plan(FloorPlan(levels=(level,)), file="plan.dxf")
    assert refused.value.file == "plan.dxf"
    return refused.value


def test_a_sound_plan_passes() -> None:
    check_plan(FloorPlan(levels=(LEVEL,)))
    assert plan_faults(FloorPlan(levels=(LEVEL,))) == ()


def test_a_plan_needs_a_level_an_entrance_and_an_exit() -> None:
    with pytest.raises(BadInput, match=r"plan\.no_level"):
        check_plan(FloorPlan(levels=()))
    assert fault(replace(LEVEL, doors=(OUT,))).code == "plan.no_entrance"
    assert fault(replace(LEVEL, doors=(IN,))).code == "plan.no_exit"


def test_a_wall_has_a_length_and_a_thickness_and_stands_near_the_plan() -> None:
    (wall,) = LEVEL.walls
    point = fault(replace(LEVEL, walls=(replace(wall, b=wall.a),)))
    assert (point.code, point.place) == ("plan.wall_without_length", "ground/w1 (-0.10, -0.10)")
    assert fault(replace(LEVEL, walls=(replace(wall, thickness_mm=-200),))).code == "plan.wall_thickness"
    assert fault(replace(LEVEL, walls=(replace(wall, b=(10**9, -100)),))).code == "plan.too_far"
    check_plan(FloorPlan(levels=(replace(LEVEL, walls=(replace(wall, thickness_mm=0),)),)))


def test_doors_in_one_another_s_opening_are_told() -> None:
    staff = Door(id="staff", use="staff", p=(4500, 0), q=(5500, 0), clear_mm=900)
    found = fault(replace(LEVEL, doors=(IN, OUT, staff)))
    assert (found.code, found.place, found.values["other"]) == ("plan.doors_overlap", "ground/in (5.00, 0.00)", "staff")
    beside = replace(staff, p=(6000, 0), q=(7000, 0))
    check_plan(FloorPlan(levels=(replace(LEVEL, doors=(IN, OUT, beside)),)))


def test_a_door_wider_than_its_wall_is_told_with_both_lengths() -> None:
    wide = replace(IN, p=(-1000, 0), q=(13000, 0), clear_mm=13900)
    found = fault(replace(LEVEL, doors=(wide, OUT)))
    assert (found.code, found.values["width_mm"], found.values["wall_mm"]) == ("plan.door_wider_than_wall", 14000, 12000)
    across = replace(IN, p=(6000, -2000), q=(6000, 2000), clear_mm=3900)
    assert fault(replace(LEVEL, doors=(across, OUT))).code == "plan.door_on_no_wall"


def test_one_door_for_both_ways_is_enough() -> None:
    check_plan(FloorPlan(levels=(replace(LEVEL, doors=(replace(IN, use="entrance_exit"),)),)))


def test_an_outline_that_crosses_itself_is_named_with_the_point_in_metres() -> None:
    found = fault(replace(LEVEL, outline=((0, 0), (12000, 9000), (12000, 0), (0, 9000))))
    assert found.code == "plan.outline_crosses_itself"
    assert found.place == "ground/outline (6.00, 4.50)"


def test_an_outline_may_not_run_clockwise_lie_far_away_or_be_a_closet() -> None:
    assert fault(replace(LEVEL, outline=LEVEL.outline[::-1])).code == "plan.ring_clockwise"
    far = tuple((x + 20_000_000, y) for x, y in LEVEL.outline)
    assert fault(replace(LEVEL, outline=far)).code == "plan.too_far"
    assert fault(replace(LEVEL, outline=((0, 0), (9, 0)), doors=())).code == "plan.ring_too_short"
    closet = ((0, 0), (2000, 0), (2000, 2000), (0, 2000))
    assert fault(replace(LEVEL, outline=closet, doors=(), columns=())).code == "plan.outline_too_small"


def test_a_door_in_the_middle_of_the_floor_is_on_no_wall() -> None:
    found = fault(replace(LEVEL, doors=(IN, replace(OUT, p=(6000, 5000), q=(4000, 5000)))))
    assert (found.code, found.place) == ("plan.door_on_no_wall", "ground/out (5.00, 5.00)")
    assert found.values["use"] == "exit"


def test_a_door_across_a_corner_is_on_no_wall() -> None:
    assert (
        fault(replace(LEVEL, doors=(IN, OUT, replace(OUT, id="x", p=(0, 1000), q=(1000, 0), clear_mm=900)))).code
        == "plan.door_on_no_wall"
    )


def test_an_inner_door_may_stand_in_any_wall_but_not_in_the_air() -> None:
    inner = Door(id="i", use="internal", p=(7000, -100), q=(8000, -100), clear_mm=900)
    check_plan(FloorPlan(levels=(replace(LEVEL, doors=(IN, OUT, inner)),)))
    assert fault(replace(LEVEL, walls=(), doors=(IN, OUT, inner))).code == "plan.door_on_no_wall"


def test_a_door_has_a_width_and_no_more_clear_width_than_that() -> None:
    assert fault(replace(LEVEL, doors=(replace(IN, q=IN.p), OUT))).code == "plan.door_too_narrow"
    assert fault(replace(LEVEL, doors=(replace(IN, clear_mm=2500), OUT))).code == "plan.door_clear_width"


def test_a_column_outside_and_a_hole_outside_are_named() -> None:
    away = Column(id="c9", outline=((50000, 0), (50400, 0), (50400, 400)))
    assert fault(replace(LEVEL, columns=(away,))).place == "ground/c9 (50.00, 0.00)"
    assert fault(replace(LEVEL, holes=(away.outline,))).code == "plan.hole_outside"


def test_an_id_used_twice_is_named_and_the_others_counted() -> None:
    found = fault(replace(LEVEL, doors=(IN, replace(OUT, id="in"), replace(OUT, id="w1", p=(9000, 9000), q=(7000, 9000)))))
    assert (found.code, found.place, found.values["more"]) == ("plan.duplicate_id", "ground/w1", 1)
