"""Faults that the fuzz found, each kept as a small file of its own."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import ezdxf
import pytest
from sketch import hall, saved
from test_other_formats import ifc_hall

from layouts.findings import BadInput
from layouts.readers.dxf import read_dxf
from layouts.readers.fenced import read_fenced
from layouts.readers.read import read_plan


def test_names_in_another_code_page_can_be_printed_and_told_apart(tmp_path: Path) -> None:
    doc = ezdxf.new("R12")
    for piece in ([(0, 0), (9000, 0), (9000, 8000), (0, 8000)], [(-200, -200), (9200, -200), (9200, 8200), (-200, 8200)]):
        doc.modelspace().add_polyline2d(piece, close=True, dxfattribs={"layer": "A-WALL"})
    for name in ("LAYER-ONE", "LAYER-TWO"):
        doc.modelspace().add_line((1000, 1000), (2000, 1000), dxfattribs={"layer": name})
    body = saved(doc, tmp_path).read_bytes()
    body = body.replace(b"LAYER-ONE", b"\x8f\xd6\x92").replace(b"LAYER-TWO", b"\x8f\xd6\x93")
    (tmp_path / "jp.dxf").write_bytes(body.replace(b"ANSI_1252", b"UTF-8"))
    read = read_plan(tmp_path / "jp.dxf", unit="mm")
    names = {s.layer for s in read.census.skipped if s.reason == "layer_unknown"}
    assert len(names) == 2
    json.dumps([*names], ensure_ascii=False).encode("utf-8")


def test_a_vertex_without_its_number_does_not_end_the_tolerant_reading(tmp_path: Path) -> None:
    walls = []
    for ring in (((0, 0), (9000, 0), (9000, 8000), (0, 8000)), ((-200, -200), (9200, -200), (9200, 8200), (-200, 8200))):
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
            walls += ["0", "LINE", "8", "A-WALL", "10", str(ax), "20", str(ay), "11", str(bx), "21", str(by)]
    broken = ["0", "POLYLINE", "8", "A-WALL", "0", "VERTEX", "10", "x?", "20", "5", "0", "SEQEND"]
    lines = ["0", "SECTION", "2", "ENTITIES", *broken, *walls, "stray", "0", "ENDSEC"]
    (tmp_path / "a.dxf").write_text("\n".join(lines), encoding="utf-8")
    assert read_dxf(tmp_path / "a.dxf", unit="mm").outline_m2 == pytest.approx(72)


@pytest.mark.parametrize(("old", "new"), [("IFCAXIS2PLACEMENT3D(", "IFCDIRECTION("), ("IFCLOCALPLACEMENT(", "IFCDIRECTION(")])
def test_a_model_whose_placements_are_something_else_ends_in_a_sentence(old: str, new: str, tmp_path: Path) -> None:
    path = ifc_hall(tmp_path, "IFC4")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 6), encoding="utf-8")
    try:
        read = read_fenced(path)
    except BadInput as told:
        assert told.code in ("ifc.unreadable", "ifc.no_walls", "dxf.nothing_enclosed", "file.reader_died")
        assert told.file == path.name
    else:
        assert read.census.total > 0


def test_numbers_out_of_range_warn_nobody(tmp_path: Path) -> None:
    doc = hall()
    doc.modelspace().add_lwpolyline([(0, 0, 1e200), (5000, 5000, -1e200)], format="xyb", dxfattribs={"layer": "X"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = read_plan(saved(doc, tmp_path), unit="mm")
    assert read.outline_m2 == 80.0
