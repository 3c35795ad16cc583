"""Buildings drawn turned read square to their walls, and the frame says how they lie in the drawing."""

from __future__ import annotations

import math
from pathlib import Path

import ezdxf.transform
import numpy as np
import pytest
from ezdxf.document import Drawing
from ezdxf.math import Matrix44
from hypothesis import given
from hypothesis import strategies as st
from sketch import hall, saved

from layouts.directions import directions, turn_of
from layouts.plan import Level
from layouts.readers.dxf import read_dxf
from layouts.readers.framing import to_ours, to_source
from layouts.readers.imported import Import, OpeningEdit, Recipe
from layouts.readers.overrides import overridden
from layouts.readers.read import read_plan
from layouts.squaring import squared, turned_pieces

AS_DRAWN = ((0, 0), (10000, 0), (10000, 8000), (0, 8000))


def turned(doc: Drawing, degrees: float, at: tuple[float, float] = (0.0, 0.0)) -> Drawing:
    """All that is drawn turned about the origin, then shifted."""
    onto = Matrix44.z_rotate(math.radians(degrees)) @ Matrix44.translate(*at, 0)
    ezdxf.transform.inplace(list(doc.modelspace()), onto)
    return doc


def read_turned(folder: Path, degrees: float, at: tuple[float, float] = (0.0, 0.0), recipe: Recipe | None = None) -> Import:
    return read_plan(saved(turned(hall(), degrees, at), folder), unit="mm", recipe=recipe)


def rectangle(width: float, depth: float, degrees: float, at: tuple[float, float]) -> np.ndarray:
    ring = [(0, 0), (width, 0), (width, depth), (0, depth)]
    rows = np.asarray([(*ring[i - 1], *ring[i]) for i in range(4)], dtype=float)
    return turned_pieces(rows, degrees) + np.array([*at, *at])


@given(
    width=st.integers(3000, 90_000),
    depth=st.integers(3000, 90_000),
    degrees=st.floats(-45, 45).filter(lambda d: abs(d) > 0.31),
    at=st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7)),
    rounded=st.sampled_from((None, 1, 0)),
)
def test_a_rectangle_turned_by_any_angle_comes_back_exact(width, depth, degrees, at, rounded) -> None:
    rows = rectangle(width, depth, degrees, at)
    rows = rows if rounded is None else rows.round(rounded)
    turn = turn_of(rows)
    assert math.cos(4 * math.radians(turn + degrees)) == pytest.approx(1, abs=1e-4)
    square = turned_pieces(rows, turn)
    onto = squared(square)
    x1, y1, x2, y2 = np.hstack([onto(square[:, :2]), onto(square[:, 2:])]).round().T
    assert all((x1 == x2) | (y1 == y2))
    lengths = sorted(np.hypot(x2 - x1, y2 - y1))
    assert np.allclose(lengths, sorted([width, width, depth, depth]), atol=1 if rounded is None else 2)


@pytest.mark.parametrize("degrees", [17.0, -31.25, 44.9, 3.3])
def test_a_turned_hall_reads_as_the_hall_that_is_not(tmp_path: Path, degrees: float) -> None:
    read = read_turned(tmp_path, degrees, (500_000.3, -80_000.7))
    level = read.plan.levels[0]
    assert level.outline == AS_DRAWN
    assert [(d.use, d.p, d.q, d.swing) for d in level.doors] == [("entrance", (4000, 0), (5000, 0), "in")]
    assert read.plan.frame.rotation_deg == pytest.approx(-degrees)
    assert read.plan.north_deg == pytest.approx((90 - degrees) % 360)
    told = next(w for w in read.warnings if w.code == "drawing.turned")
    assert told.values == {"degrees": pytest.approx(degrees), "percent": 100}


def test_the_frame_leads_back_to_the_drawing(tmp_path: Path) -> None:
    frame = read_turned(tmp_path, 17.0, (500_000.3, -80_000.7)).plan.frame
    there = math.cos(math.radians(17)) * 10_000 + 500_000.3, math.sin(math.radians(17)) * 10_000 - 80_000.7
    assert to_source(frame)((10_000, 0)) == pytest.approx(there, abs=1)
    assert to_ours(frame)(to_source(frame)((1234, 5678))) == pytest.approx((1234, 5678))


def test_slightly_crooked_or_half_turned_drawings_are_left(tmp_path: Path) -> None:
    assert read_turned(tmp_path, 0.2).plan.frame.rotation_deg == 0
    half = np.vstack([rectangle(10_000, 8000, 0, (0, 0)), rectangle(9000, 8000, 30, (10_000, 0))])
    assert turn_of(half) == 0
    assert [round(d.degrees) for d in directions(half)] == [0, 30]


def test_people_may_have_it_as_drawn(tmp_path: Path) -> None:
    read = read_turned(tmp_path, 17.0, recipe=Recipe(turn_deg=0.0))
    assert read.plan.frame.rotation_deg == 0
    assert "drawing.left_turned" in [w.code for w in read.warnings]
    assert sorted(round(math.dist(a, b), -1) for a, b in _edges(read.plan.levels[0])) == [8000, 8000, 10_000, 10_000]


def test_what_people_told_in_drawing_units_lies_where_they_said(tmp_path: Path) -> None:
    frame = read_turned(tmp_path, 17.0).plan.frame
    at = to_source(frame)
    recipe = Recipe(
        boundary=tuple(map(at, ((0, 0), (6000, 0), (6000, 8000), (0, 8000)))),
        openings=(OpeningEdit(action="add", at=at((0, 4000)), use="staff", width_mm=1000),),
    )
    read = read_turned(tmp_path, 17.0, recipe=recipe)
    level = read.plan.levels[0]
    assert level.outline == ((0, 0), (6000, 0), (6000, 8000), (0, 8000))
    assert sorted((d.p, d.q) for d in level.doors if d.use == "staff") == [((0, 4500), (0, 3500))]


def test_the_floor_s_own_direction_goes_before_that_of_most_walls(tmp_path: Path) -> None:
    """A hall in a wing at 30 degrees to a long building."""
    doc = turned(hall(), 30.0)
    for inset in (0, 200):
        left, low, right, high = 11_000 + inset, inset, 51_000 - inset, 30_000 - inset
        ring = [(left, low), (right, low), (right, high), (left, high)]
        doc.modelspace().add_lwpolyline(ring, close=True, dxfattribs={"layer": "A-WALL"})
    read = read_dxf(saved(doc, tmp_path), unit="mm", recipe=Recipe(hall="HALL"))
    assert read.plan.levels[0].outline == AS_DRAWN
    assert read.plan.frame.rotation_deg == pytest.approx(-30)
    other = next(w for w in read.warnings if w.code == "drawing.two_directions")
    assert other.values["degrees"] == pytest.approx(-30, abs=0.1)


def _edges(level: Level) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [(level.outline[i - 1], q) for i, q in enumerate(level.outline)]


def test_a_room_told_to_be_the_hall_keeps_the_drawing_s_turn(tmp_path: Path) -> None:
    path = saved(turned(hall(), 17.0), tmp_path)
    read = read_plan(path, unit="mm")
    told = overridden(read, Recipe(), lambda recipe: read_plan(path, unit="mm", recipe=recipe))
    assert told.plan == read.plan
