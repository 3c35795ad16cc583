"""A newer plan against the one before: what moved, and which placed things it hits."""

from __future__ import annotations

from dataclasses import replace

from layouts import plan as p
from layouts.layout import ClearZone, Item, Layout, LevelLayout
from planner.revision import compare, kept_in_place, shifted


def square(x: int, y: int, side: int) -> p.Ring:
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def a_plan(*, column_x: int = 8000, door_x: int = 4000, origin: p.Point = (0, 0)) -> p.FloorPlan:
    """A hall of 20 x 10 m with a column and a door in its south wall."""
    level = p.Level(
        id="level-0",
        name="Level 0",
        elevation_mm=0,
        outline=((0, 0), (20000, 0), (20000, 10000), (0, 10000)),
        walls=(p.Wall(id="wall-1", a=(0, -100), b=(20000, -100), thickness_mm=200),),
        doors=(p.Door(id="door-1", use="entrance", p=(door_x, 0), q=(door_x + 1000, 0), clear_mm=950),),
        columns=(p.Column(id="column-1", outline=square(column_x, 5000, 400)),),
    )
    return p.FloorPlan(levels=(level,), frame=p.Frame(origin_mm=origin))


def a_layout(x: int, y: int) -> Layout:
    """One counter of 1.5 x 0.8 m with its customers' zone south of it."""
    body = ((x, y), (x + 1500, y), (x + 1500, y + 800), (x, y + 800))
    zone = ((x, y - 1200), (x + 1500, y - 1200), (x + 1500, y), (x, y))
    item = Item(
        id="counter-1",
        kind="counter",
        polygon=body,
        insert_mm=(x + 750, y),
        rotation_deg=0,
        clear_zones=(ClearZone(use="customer", polygon=zone),),
    )
    return Layout(levels=(LevelLayout(level="level-0", items=(item,), public=(), staff=()),))


def test_the_same_plan_again_changes_nothing() -> None:
    told = compare(a_plan(), a_plan(), a_layout(12000, 5000))
    assert told["hits"] == []
    assert all(not changes for part in ("walls", "columns", "doors") for changes in told[part].values())


def test_a_column_moved_into_a_counter_hits_it() -> None:
    told = compare(a_plan(), a_plan(column_x=12400), a_layout(12000, 5000))
    assert [h["cause"] for h in told["hits"]] == ["built_on"]
    assert told["columns"]["added"] and told["columns"]["removed"], "four metres away it is another column"


def test_a_column_in_the_customers_zone_hits_the_zone() -> None:
    told = compare(a_plan(), a_plan(column_x=12400), a_layout(12000, 5700))
    assert [h["cause"] for h in told["hits"]] == ["zone_built_on"]


def test_a_door_moved_before_a_counter_hits_it() -> None:
    told = compare(a_plan(), a_plan(door_x=6000), a_layout(6000, 100))
    assert told["doors"]["moved"] == [{"before": "door-1", "after": "door-1", "by_mm": 2000, "longer_mm": 0, "at": [6500, 0]}]
    assert [h["cause"] for h in told["hits"]] == ["before_door"]


def test_a_floor_made_smaller_leaves_things_outside() -> None:
    small = a_plan()
    level = replace(small.levels[0], outline=((0, 0), (12500, 0), (12500, 10000), (0, 10000)))
    told = compare(a_plan(), replace(small, levels=(level,)), a_layout(12000, 3000))
    assert "outside" in [h["cause"] for h in told["hits"]]
    assert told["outline"]["changed_m2"] == 75


def test_a_plan_whose_corner_moved_is_kept_in_its_place() -> None:
    moved, same = kept_in_place(a_plan(), shifted(a_plan(), 700, 0))
    assert same
    assert moved == a_plan()


def test_another_building_is_not_kept_in_place() -> None:
    _, same = kept_in_place(a_plan(), a_plan(origin=(90_000, 0)))
    assert not same


def test_a_wall_that_became_longer_did_not_move() -> None:
    longer = replace(a_plan().levels[0], walls=(p.Wall(id="w", a=(0, -100), b=(21_200, -100), thickness_mm=200),))
    told = compare(a_plan(), replace(a_plan(), levels=(longer,)), None)
    assert [(m["by_mm"], m["longer_mm"]) for m in told["walls"]["moved"]] == [(0, 1200)]
