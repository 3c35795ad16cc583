"""When the reader must ask, and what it says to be asked."""

from __future__ import annotations

from pathlib import Path

import ezdxf
import pytest
from ezdxf.document import Drawing
from sketch import hall, saved

from layouts.findings import BadInput
from layouts.readers.dxf import read_dxf
from layouts.readers.imported import Recipe
from layouts.readers.units import UnitUnknown


def with_written_areas(doc: Drawing, *areas: str) -> Drawing:
    """Second room east of the hall, and areas written in both."""
    msp = doc.modelspace()
    for ring in (
        [(10200, 0), (16200, 0), (16200, 8000), (10200, 8000)],
        [(10200, -200), (16400, -200), (16400, 8200), (10200, 8200)],
    ):
        msp.add_lwpolyline(ring, close=True, dxfattribs={"layer": "A-WALL"})
    for x, area in zip((3000, 12000), areas):
        msp.add_text(area, height=200, dxfattribs={"insert": (x, 2000), "layer": "A-AREA-IDEN"})
    return doc


def test_the_question_carries_every_choice_with_its_size(tmp_path: Path) -> None:
    with pytest.raises(UnitUnknown) as asked:
        read_dxf(saved(hall(header=0, scale=1e-6), tmp_path))
    choices = {c.unit: c for c in asked.value.choices}
    assert set(choices) == {"mm", "cm", "m", "in", "ft", "dm", "dam"}
    assert choices["m"].length_m == pytest.approx(0.0104, rel=0.01)
    assert sum(c.share for c in choices.values()) == pytest.approx(1, abs=0.01)


def test_two_points_calibrate_a_drawing_of_no_unit(tmp_path: Path) -> None:
    read = read_dxf(saved(hall(header=0, scale=1e-3 / 7), tmp_path), recipe=Recipe(scale_to_mm=7000.0))
    assert read.outline_m2 == pytest.approx(80, abs=0.1)
    assert read.confidence["unit"] == 1.0 and not read.ask


def test_a_calibration_that_gives_no_building_is_doubted(tmp_path: Path) -> None:
    read = read_dxf(saved(hall(header=0, scale=0.1), tmp_path), recipe=Recipe(scale_to_mm=3.3))
    assert "unit.scale_doubtful" in [w.code for w in read.warnings]


def test_a_calibration_out_of_all_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"unit\.scale_range"):
        read_dxf(saved(hall(), tmp_path), recipe=Recipe(scale_to_mm=1e12))


def test_written_areas_confirm_the_unit(tmp_path: Path) -> None:
    read = read_dxf(saved(with_written_areas(hall(header=0), "80.0 m²", "48.0 m²"), tmp_path))
    assert read.unit == "mm"
    assert read.confidence["unit"] >= 0.98 and not read.ask
    assert not [w for w in read.warnings if w.code.startswith("unit.")]


def test_written_areas_that_disagree_overrule_what_looks_right(tmp_path: Path) -> None:
    read = read_dxf(saved(with_written_areas(hall(header=4), "8000 m²", "4800 m²"), tmp_path))
    assert read.unit == "cm"
    assert read.warnings[0].code == "unit.from_areas"


def test_written_areas_of_no_known_unit_make_it_ask(tmp_path: Path) -> None:
    read = read_dxf(saved(with_written_areas(hall(header=4), "320 m²", "192 m²"), tmp_path))
    assert read.ask
    assert read.warnings[0].code == "unit.areas_disagree"


def test_a_header_alone_is_not_enough_without_doors_or_double_walls(tmp_path: Path) -> None:
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    for a, b in (((0, 0), (9000, 0)), ((9000, 0), (9000, 7000)), ((9000, 7000), (0, 7000)), ((0, 7000), (0, 0))):
        doc.modelspace().add_line(a, b, dxfattribs={"layer": "WALL"})
    read = read_dxf(saved(doc, tmp_path))
    assert "unit.not_confirmed" in [w.code for w in read.warnings]
    assert read.confidence["unit"] <= 0.85


def test_hidden_layers_are_counted_offered_and_read_when_asked(tmp_path: Path) -> None:
    doc = hall()
    doc.layers.add("A-WALL-OLD").off()
    doc.modelspace().add_line((2000, 0), (2000, 8000), dxfattribs={"layer": "A-WALL-OLD"})
    path = saved(doc, tmp_path)
    read = read_dxf(path, unit="mm")
    assert read.hidden == {"A-WALL-OLD": 1}
    assert "layers.hidden" in [w.code for w in read.warnings]
    assert read.outline_m2 == 80.0
    assert read_dxf(path, unit="mm", recipe=Recipe(hidden=True, hall="HALL")).outline_m2 < 70


def test_walls_that_leave_a_wide_gap_still_give_the_outline_with_a_doubt(tmp_path: Path) -> None:
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    inner = [(7000, 0), (0, 0), (0, 8000), (14000, 8000), (14000, 0), (10500, 0)]
    outer = [(10500, -200), (14200, -200), (14200, 8200), (-200, 8200), (-200, -200), (7000, -200)]
    doc.modelspace().add_lwpolyline([*inner, *outer], close=True, dxfattribs={"layer": "WALL"})
    read = read_dxf(saved(doc, tmp_path), unit="mm")
    assert "outline.open" in [w.code for w in read.warnings]
    assert read.outline_m2 == pytest.approx(112, rel=0.03)
    assert read.confidence["outline"] < 0.7


def test_stairs_on_the_wall_layer_are_no_walls(tmp_path: Path) -> None:
    doc = hall()
    for k in range(8):
        y = 3000 + 280 * k
        doc.modelspace().add_line((6000, y), (7500, y), dxfattribs={"layer": "A-WALL"})
    read = read_dxf(saved(doc, tmp_path), unit="mm")
    assert ("walls.runs", 8) in [(w.code, w.values.get("count")) for w in read.warnings]
    assert read.outline_m2 == 80.0


def test_written_areas_tell_the_unit_where_sizes_tell_none(tmp_path: Path) -> None:
    doc = with_written_areas(hall(header=0, door="NOTES"), "80.0 m²", "48.0 m²")
    doc.modelspace().add_text("A", height=1.0, dxfattribs={"insert": (0, 0)})
    for k in range(40):  # a border of fine lines, so that walls seem two millimetres thick
        doc.modelspace().add_line((0, 9000 + 2 * k), (9000, 9000 + 2 * k), dxfattribs={"layer": "A-WALL"})
    read = read_dxf(saved(doc, tmp_path))
    assert read.unit == "mm"
    assert not read.ask
