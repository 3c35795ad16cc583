"""All storeys in one import: the levels of a model, and drawings beside each other laid over the first."""

from __future__ import annotations

from pathlib import Path

import ezdxf
import pytest
from sketch import PIECES
from test_other_formats import ifc_hall

from layouts.geometry import door_middle
from layouts.plan import Level
from layouts.readers.framing import to_source
from layouts.readers.imported import OpeningEdit, Recipe
from layouts.readers.read import read_plan
from layouts.readers.registration import shift_between
from layouts.readers.shifting import shifted_level


def two_floors(folder: Path, apart: float = 30_000) -> Path:
    """The hall twice in one model space; the upper floor has no door but a wall of its own."""
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    for dx, upper in ((0.0, False), (apart, True)):
        ring = [(x + dx, y) for x, y in PIECES[0]]
        doc.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": "A-WALL"})
        if upper:
            doc.modelspace().add_lwpolyline(
                [(dx + 5000, 3000), (dx + 5200, 3000), (dx + 5200, 8000), (dx + 5000, 8000)],
                close=True,
                dxfattribs={"layer": "A-WALL"},
            )
        else:
            doc.modelspace().add_line((4000, 0), (4000, 1000), dxfattribs={"layer": "A-DOOR"})
            doc.modelspace().add_arc((4000, 0), 1000, 0, 90, dxfattribs={"layer": "A-DOOR"})
            doc.modelspace().add_text("HALL", height=300, dxfattribs={"insert": (4000, 4000), "layer": "NOTES"})
            for x in (2000, 6000):
                doc.modelspace().add_lwpolyline(
                    [(x, 5000), (x + 300, 5000), (x + 300, 5300), (x, 5300)], close=True, dxfattribs={"layer": "A-COLS"}
                )
    doc.saveas(folder / "floors.dxf")
    return folder / "floors.dxf"


def test_all_levels_of_a_model_come_as_levels(tmp_path: Path) -> None:
    read = read_plan(ifc_hall(tmp_path, "IFC4"), recipe=Recipe(all_storeys=True))
    assert [(lv.id, lv.name, lv.elevation_mm) for lv in read.plan.levels] == [
        ("level-0", "Floor 0", 0),
        ("level-1", "Floor 1", 4000),
    ]
    upper = read.plan.levels[1]
    assert max(x for x, _ in upper.outline) == 6000, "in the frame of the first level"
    assert len(upper.doors) == 1
    assert "ifc.several_storeys" not in {d.code for d in read.warnings}


def test_the_storey_named_comes_first(tmp_path: Path) -> None:
    read = read_plan(ifc_hall(tmp_path, "IFC4"), recipe=Recipe(all_storeys=True, storey="Floor 1"))
    assert [lv.name for lv in read.plan.levels] == ["Floor 1", "Floor 0"]


def test_doors_told_are_those_of_the_storey_that_is_planned(tmp_path: Path) -> None:
    told = OpeningEdit(action="add", at=(0.0, 4000.0), use="exit")
    read = read_plan(ifc_hall(tmp_path, "IFC4"), recipe=Recipe(all_storeys=True, openings=(told,)))
    assert [sum(d.id.startswith("door-told") for d in lv.doors) for lv in read.plan.levels] == [1, 0]


def test_a_door_told_of_another_storey_is_put_there(tmp_path: Path) -> None:
    told = OpeningEdit(action="add", at=(0.0, 4000.0), use="exit", storey="Floor 1")
    read = read_plan(ifc_hall(tmp_path, "IFC4"), recipe=Recipe(all_storeys=True, openings=(told,)))
    assert [sum(d.id.startswith("door-told") for d in lv.doors) for lv in read.plan.levels] == [0, 1]


def test_a_door_told_of_a_drawing_is_told_where_that_drawing_shows_it(tmp_path: Path) -> None:
    told = OpeningEdit(action="add", at=(7000.0, 0.0), use="exit", storey="Drawing 2")
    read = read_plan(two_floors(tmp_path), unit="mm", recipe=Recipe(all_storeys=True, openings=(told,)))
    assert read.plan.frame.origin_mm == (30_000, 0), "the other one was read first"
    (made,) = (d for d in read.plan.levels[1].doors if d.use == "exit")
    place = to_source(read.frames[read.plan.levels[1].id])
    assert place(door_middle(made)) == pytest.approx((7000, 0), abs=1)


def test_a_door_told_of_a_storey_that_is_not_there_is_said(tmp_path: Path) -> None:
    told = OpeningEdit(action="add", at=(0.0, 4000.0), use="exit", storey="Attic")
    read = read_plan(ifc_hall(tmp_path, "IFC4"), recipe=Recipe(all_storeys=True, openings=(told,)))
    assert [d.values["storey"] for d in read.warnings if d.code == "recipe.opening_storey"] == ["Attic"]


def test_drawings_beside_each_other_are_offered_and_come_as_levels_over_each_other(tmp_path: Path) -> None:
    path = two_floors(tmp_path)
    one = read_plan(path, unit="mm")
    assert len(one.drawings) == 1 and len(one.plan.levels) == 1
    read = read_plan(path, unit="mm", recipe=Recipe(all_storeys=True))
    assert [lv.name for lv in read.plan.levels] == ["Level 0", "Drawing 2"]
    assert read.plan.levels[1].elevation_mm == 4000
    assert "storey.heights_unknown" in {d.code for d in read.warnings}
    xs = [x for lv in read.plan.levels for w in lv.walls for x in (w.a[0], w.b[0])]
    assert max(xs) - min(xs) < 12_000, "the two floors lie over each other"


def test_a_shift_is_found_whatever_it_is(tmp_path: Path) -> None:
    level = read_plan(two_floors(tmp_path), unit="mm").plan.levels[0]
    for dx, dy in ((0, 0), (123_456, -7890), (-15, 4)):
        assert shift_between(level, shifted_level(level, dx, dy)) == pytest.approx((dx, dy), abs=1)


def test_two_different_buildings_have_no_shift(tmp_path: Path) -> None:
    level = read_plan(two_floors(tmp_path), unit="mm").plan.levels[0]
    assert shift_between(level, Level(id="a", name="", elevation_mm=0, outline=level.outline)) is None
