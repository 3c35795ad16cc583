"""Walls drawn as ellipses, splines and bulges, and windows in walls: each is read as what it is, to the size it has."""

from __future__ import annotations

import math
from pathlib import Path

import ezdxf
import numpy as np
import pytest
from ezdxf.document import Drawing
from sketch import saved

from layouts.readers.imported import Import
from layouts.readers.read import read_plan

LONG, SHORT, THICK = 6000, 4500, 200
OVAL_M2 = math.pi * LONG * SHORT / 1e6
WALL = {"layer": "A-WALL"}


def empty() -> Drawing:
    doc = ezdxf.new("R2010")
    doc.header["$INSUNITS"] = 4
    return doc


def read_mm(doc: Drawing, folder: Path) -> Import:
    return read_plan(saved(doc, folder), unit="mm")


def test_an_oval_hall_of_two_ellipses(tmp_path: Path) -> None:
    doc = empty()
    for more in (0, THICK):
        ratio = (SHORT + more) / (LONG + more)
        doc.modelspace().add_ellipse((0, 0), (LONG + more, 0), ratio, dxfattribs=WALL)
    assert read_mm(doc, tmp_path).outline_m2 == pytest.approx(OVAL_M2, rel=0.01)


def test_an_oval_hall_of_two_splines(tmp_path: Path) -> None:
    doc = empty()
    for more in (0, THICK):
        turns = [k * math.pi / 16 for k in range(33)]
        points = [((LONG + more) * math.cos(t), (SHORT + more) * math.sin(t)) for t in turns]
        doc.modelspace().add_spline(points, dxfattribs=WALL)
    assert read_mm(doc, tmp_path).outline_m2 == pytest.approx(OVAL_M2, rel=0.01)


def test_a_round_hall_of_bulges(tmp_path: Path) -> None:
    doc = empty()
    for radius in (5000, 5000 + THICK):
        ring = [(radius, 0, 1.0), (-radius, 0, 1.0)]
        doc.modelspace().add_lwpolyline(ring, format="xyb", close=True, dxfattribs=WALL)
    assert read_mm(doc, tmp_path).outline_m2 == pytest.approx(math.pi * 25, rel=0.01)


def windowed(*, as_block: bool) -> Drawing:
    """A room of 10 x 8 m with an opening of 1500 mm in its south wall that a window of four lines fills."""
    doc = empty()
    msp = doc.modelspace()
    left, right = 4000, 5500
    inner = [(left, 0), (0, 0), (0, 8000), (10_000, 8000), (10_000, 0), (right, 0)]
    outer = [(right, -THICK), (10_200, -THICK), (10_200, 8200), (-THICK, 8200), (-THICK, -THICK), (left, -THICK)]
    msp.add_lwpolyline(inner + outer, close=True, dxfattribs=WALL)
    glass = {"layer": "0" if as_block else "A-GLAZ"}
    where = doc.blocks.new("W1500") if as_block else msp
    x, y = (0, 0) if as_block else (left, 0)
    for off in (0, -90, -110, -THICK):
        where.add_line((x, y + off), (x + right - left, y + off), dxfattribs=glass)
    if as_block:
        msp.add_blockref("W1500", (left, 0), dxfattribs={"layer": "A-GLAZ"})
    return doc


@pytest.mark.parametrize("as_block", [False, True])
def test_a_window_is_read_with_its_ends_and_closes_its_wall(as_block: bool, tmp_path: Path) -> None:
    read = read_mm(windowed(as_block=as_block), tmp_path)
    (level,) = read.plan.levels
    assert [sorted((w.p, w.q)) for w in level.windows] == [[(4000, 0), (5500, 0)]]
    assert read.outline_m2 == pytest.approx(80, rel=0.01)
    assert not level.doors


TURNED = [(1, 1, 0), (1, 1, 30), (2, 2, 90), (-1, 1, 0), (1, -1, 45), (1.5, 0.8, 0)]


@pytest.mark.parametrize(("wide", "high", "turn"), TURNED)
def test_a_block_placed_by_its_own_marks_lies_where_it_lies_when_opened(wide: float, high: float, turn: float) -> None:
    from layouts.readers.flatten import flatten

    doc = empty()
    block = doc.blocks.new("THING", base_point=(100, 50))
    block.add_lwpolyline([(0, 0), (400, 0), (400, 300)], close=True)
    block.add_arc((200, 150), 100, 20, 200)
    block.add_line((0, 0), (400, 300), dxfattribs={"layer": "A-DOOR"})
    told = {"layer": "A-FURN", "xscale": wide, "yscale": high, "rotation": turn}
    reference = doc.modelspace().add_blockref("THING", (5000, 7000), dxfattribs=told)
    placed = flatten(doc)
    reference.explode()
    opened = flatten(doc)
    assert sorted((s.kind, len(s.points)) for s in placed.strokes) == sorted((s.kind, len(s.points)) for s in opened.strokes)
    for mine, theirs in zip(*(sorted(marks.strokes, key=lambda s: s.kind) for marks in (placed, opened))):
        assert np.allclose(sorted(mine.points), sorted(theirs.points), atol=1e-6)
    assert [a.radius for a in placed.arcs] == pytest.approx([a.radius for a in opened.arcs])
    assert {s.layer for s in placed.strokes} == {"A-FURN", "A-DOOR"}
