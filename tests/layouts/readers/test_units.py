"""Units: header and geometry are weighed together; a doubt is always said."""

from __future__ import annotations

from pathlib import Path

import ezdxf
import pytest
from sketch import hall, saved

from layouts.findings import BadInput
from layouts.readers.dxf import read_dxf

PER_MM = {"mm": 1.0, "cm": 0.1, "m": 0.001, "in": 1 / 25.4, "ft": 1 / 304.8}
HEADER = {"in": 1, "ft": 2, "mm": 4, "cm": 5, "m": 6}


@pytest.mark.parametrize("unit", PER_MM)
def test_any_unit_reads_to_the_same_millimetres(unit: str, tmp_path: Path) -> None:
    read = read_dxf(saved(hall(header=HEADER[unit], scale=PER_MM[unit]), tmp_path), unit=unit)
    assert read.outline_m2 == pytest.approx(80.0, abs=0.05)
    assert read.plan.levels[0].doors[0].use == "entrance"
    assert abs(read.plan.levels[0].doors[0].clear_mm - 950) <= 1


@pytest.mark.parametrize("unit", PER_MM)
def test_header_and_geometry_that_agree_need_no_question(unit: str, tmp_path: Path) -> None:
    read = read_dxf(saved(_with_second_door(hall(header=HEADER[unit], scale=PER_MM[unit]), PER_MM[unit]), tmp_path))
    assert read.unit == unit
    assert "unit" not in " ".join(w.code for w in read.warnings)


@pytest.mark.parametrize(
    ("header", "true"), [("mm", "in"), ("mm", "m"), ("in", "mm"), ("m", "mm"), ("in", "cm"), ("cm", "in")]
)
def test_a_wrong_header_is_never_believed_in_silence(header: str, true: str, tmp_path: Path) -> None:
    path = saved(_with_second_door(hall(header=HEADER[header], scale=PER_MM[true]), PER_MM[true]), tmp_path)
    try:
        read = read_dxf(path)
    except BadInput as asked:
        assert asked.code == "unit.unknown"
        return
    assert read.unit == true
    assert "unit.header_disagrees" in [w.code for w in read.warnings]
    assert read.ask
    assert read.confidence["unit"] < 0.7


def test_no_header_leaves_it_to_geometry_and_says_so(tmp_path: Path) -> None:
    read = read_dxf(saved(_with_second_door(hall(header=0, scale=0.1), 0.1), tmp_path))
    assert read.unit == "cm"
    assert read.warnings[0].code == "unit.from_geometry"


def test_a_drawing_of_no_known_scale_becomes_a_question(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as asked:
        read_dxf(saved(hall(header=0, scale=1e-6), tmp_path))
    assert asked.value.code == "unit.unknown"
    assert {"mm", "cm", "m", "in", "ft"} <= set(asked.value.values)


def test_a_unit_that_geometry_contradicts_is_obeyed_but_doubted(tmp_path: Path) -> None:
    read = read_dxf(saved(_with_second_door(hall(), 1.0), tmp_path), unit="cm")
    assert read.scale_to_mm == 10.0
    assert read.warnings[0].code == "unit.geometry_disagrees"


def test_a_unit_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_dxf(saved(hall(), tmp_path), unit="furlong")
    assert refused.value.code == "unit.not_known"


def test_a_far_drawing_comes_home_and_the_way_back_is_kept(tmp_path: Path) -> None:
    read = read_dxf(
        saved(_with_second_door(hall(at=(66_000_000, -3_200_000)), 1.0, (66_000_000, -3_200_000)), tmp_path)
    )
    assert read.plan.levels[0].outline == ((0, 0), (10000, 0), (10000, 8000), (0, 8000))
    assert read.plan.frame.origin_mm == (66_000_000, -3_200_000)


def _with_second_door(
    doc: ezdxf.document.Drawing, scale: float, at: tuple[float, float] = (0, 0)
) -> ezdxf.document.Drawing:
    """A leaf in a second door, outside the hall, so that two leaves speak for the unit."""
    doc.modelspace().add_arc((at[0] - 4000 * scale, at[1]), 900 * scale, 0, 90, dxfattribs={"layer": "A-DOOR"})
    return doc


def test_dimensions_written_in_metres_settle_a_drawing_in_centimetres(tmp_path: Path) -> None:
    doc = hall(header=1, scale=0.1)  # the header says inches
    for width in (1000, 420, 300):
        dim = doc.modelspace().add_linear_dim(base=(0, -300), p1=(0, 0), p2=(width, 0), text=f"{width / 100:.2f}")
        dim.render()
    read = read_dxf(saved(doc, tmp_path))
    assert (read.unit, read.ask) == ("cm", False)
    assert "unit.header_disagrees" in [w.code for w in read.warnings]


def test_a_dimension_style_that_shows_metres_settles_a_drawing_in_millimetres(tmp_path: Path) -> None:
    doc = hall(header=0)
    for width in (10000, 4200, 3000):
        doc.modelspace().add_linear_dim(
            base=(0, -3000), p1=(0, 0), p2=(width, 0), override={"dimlfac": 0.001, "dimtxt": 250}
        ).render()
    read = read_dxf(saved(doc, tmp_path))
    assert (read.unit, read.ask) == ("mm", False)
    assert read.confidence["unit"] > 0.95
