"""The layout in three dimensions stands where the drawing has it, and its heights are the catalogue's."""

from __future__ import annotations

import pytest
import shapely
from sample_layout import item, sample_layout, sample_plan

from exports.floor_building import floor_area, uncut_walls
from exports.floor_solids import storeys
from exports.floor_void_doors import Closed, closed_off
from exports.solids import DOOR_HEAD_MM, PLAN_CUT_MM, STOREY_MM, Solid
from exports.solids_closed import closed_solids
from exports.solids_fittings import fitting_solids
from layouts.catalogue import fittings
from layouts.layout import Item, LevelLayout
from layouts.plan import Level, Polygon, Window

LEVEL: Level = sample_plan().levels[0]


def closed(void: Item, *windows: Window) -> Closed:
    """A piece of closed-off floor whose left side opens to the hall."""
    x0 = min(x for x, _ in void.polygon)
    hall = Polygon(outer=((x0 - 6000, 7000), (x0, 7000), (x0, 14_000), (x0 - 6000, 14_000)))
    (one,) = closed_off(LevelLayout(level="ground", items=(void,), public=(hall,), staff=()), windows)
    return one


@pytest.fixture(scope="module")
def solids() -> tuple[Solid, ...]:
    (storey,) = storeys(sample_plan(), sample_layout())
    return storey.solids


def of(solids: tuple[Solid, ...], id: str) -> list[Solid]:
    return [s for s in solids if s.id == id]


def test_every_counter_seat_and_room_is_built(solids: tuple[Solid, ...]) -> None:
    items = sample_layout().levels[0].items
    assert {i.id for i in items} - {s.id for s in solids} == set()


def test_nothing_is_built_that_the_layout_has_not(solids: tuple[Solid, ...]) -> None:
    known = {i.id for i in sample_layout().levels[0].items}
    fitted = {s.id for s in solids if s.part in ("fittings", "above")}
    assert fitted <= known


@pytest.mark.parametrize("kind", ["counter", "counter_accessible", "cashier", "cashier_accessible"])
def test_a_counter_s_top_lies_at_its_writing_height(kind: str) -> None:
    built = [s for s in fitting_solids(item("a", kind, (0, 0), 30.0, 1800, 800), LEVEL) if s.stuff in ("counter", "accessible")]
    known = fittings()[kind]
    shelf = [s for s in built if s.low_mm == known.surface_mm]
    assert max(s.high_mm for s in built if s not in shelf) == known.surface_mm


def test_a_wheelchair_goes_under_an_accessible_counter_and_under_no_other() -> None:
    knee = shapely.box(-440, 10, 440, 590)
    for kind, free in (("counter_accessible", True), ("counter", False)):
        built = list(fitting_solids(item("a", kind, (0, 0), 0.0, 1800, 800), LEVEL))
        low = [s for s in built if s.low_mm < 690 and s.ground.intersection(knee).area > 1]
        assert (not low) is free


def test_a_door_is_open_to_its_head_and_closed_above(solids: tuple[Solid, ...]) -> None:
    for door in LEVEL.doors:
        middle = shapely.LineString([door.p, door.q]).centroid.buffer(50)
        built = [s for s in solids if s.stuff == "wall" and s.ground.intersection(middle).area > 1]
        assert built
        assert min(s.low_mm for s in built) == DOOR_HEAD_MM
        assert max(s.high_mm for s in built) == STOREY_MM


def test_a_window_has_its_sill_and_a_pane(solids: tuple[Solid, ...]) -> None:
    for window in LEVEL.windows:
        kinds = {s.kind: (s.low_mm, s.high_mm) for s in of(solids, window.id) if s.low_mm == 0}
        assert kinds["sill"] == (0, window.sill_mm)
        assert any(s.stuff == "glass" for s in of(solids, window.id))


def test_floors_lie_beside_each_other_and_cover_the_hall(solids: tuple[Solid, ...]) -> None:
    floors = [s.ground for s in solids if s.part == "floor" and s.stuff != "slab"]
    together = shapely.union_all(floors)
    assert sum(f.area for f in floors) == pytest.approx(together.area, rel=1e-9)
    assert floor_area(LEVEL).difference(together).area < 1


def test_what_lies_over_the_plan_s_cut_can_be_hidden(solids: tuple[Solid, ...]) -> None:
    for solid in solids:
        if solid.part == "walls":
            assert solid.high_mm <= PLAN_CUT_MM
        if solid.part == "walls_above":
            assert solid.low_mm >= PLAN_CUT_MM


def test_walls_are_as_thick_as_drawn(solids: tuple[Solid, ...]) -> None:
    above = shapely.union_all([s.ground for s in solids if s.part == "walls_above" and s.stuff == "wall"])
    assert above.symmetric_difference(uncut_walls(LEVEL)).area < 1000


def test_a_void_is_solid_and_a_plan_without_a_layout_is_an_empty_building() -> None:
    (duct,) = closed_solids(closed(item("v", "void", (20_000, 9000), 0.0, 400, 3000)))
    assert (duct.low_mm, duct.high_mm) == (0, STOREY_MM)
    (bare,) = storeys(sample_plan(), None)
    assert {s.part for s in bare.solids} == {"floor", "walls", "walls_above"}


def test_a_store_is_walled_and_its_door_stands_in_the_wall() -> None:
    built = list(closed_solids(closed(item("v", "void", (20_000, 9000), 0.0, 1800, 3000))))
    leaf = [s for s in built if s.kind == "door"]
    walls = shapely.union_all([s.ground for s in built if s.stuff == "new_wall" and s.low_mm == 0])
    (head,) = [s for s in built if s.low_mm == DOOR_HEAD_MM]
    assert len(leaf) == 2 and all(s.id == "v" for s in leaf)
    door = shapely.union_all([s.ground for s in leaf])
    assert head.ground.buffer(50).covers(door) and not any(s.ground.intersection(walls).area > 1 for s in leaf)
    within = shapely.box(19_500, 9500, 20_400, 11_500)
    assert not within.intersects(walls), "hollow"


def test_plants_before_a_window_stay_below_its_sill() -> None:
    window = Window(id="w", p=(19_100, 12_000), q=(20_900, 12_000), sill_mm=900)
    (bed,) = closed_solids(closed(item("v", "void", (20_000, 9000), 0.0, 1100, 3000), window))
    assert bed.stuff == "plants" and bed.high_mm < window.sill_mm


def test_a_reception_is_open_to_its_people() -> None:
    built = list(fitting_solids(item("r", "reception", (0, 0), 0.0, 3000, 1800), LEVEL))
    inside = shapely.box(-100, 1700, 100, 1750)
    assert not any(s.ground.intersection(inside).area > 1 and s.high_mm > 1000 for s in built)


def test_mats_of_a_prayer_room_lie_on_its_floor() -> None:
    built = [s for s in fitting_solids(item("p", "prayer_room_men", (0, 0), 0.0, 4000, 4000), LEVEL) if s.stuff == "desk"]
    mats = [s for s in built if s.ground.area > 0.5e6]
    assert len(mats) >= 4
    assert all(s.high_mm < 20 for s in mats)
