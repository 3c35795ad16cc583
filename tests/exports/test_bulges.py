"""Chords of one circle are handed over as one arc; facets, ellipses and straight walls as they are."""

from __future__ import annotations

from math import cos, pi, sin

import ezdxf
import pytest
from ezdxf.path import make_path
from shapely.geometry import Polygon

from exports.bulges import bulged

Points = list[tuple[float, float]]


def arc(radius: float, start: float, end: float, chords: int, at: tuple[float, float] = (0, 0)) -> Points:
    turns = [start + (end - start) * k / chords for k in range(chords + 1)]
    return [(round(at[0] + radius * cos(t)), round(at[1] + radius * sin(t))) for t in turns]


def test_a_hall_with_an_arc_for_a_head_has_one_bulged_segment() -> None:
    head = arc(25_000, pi / 2 - 0.6, pi / 2 + 0.6, 32)
    foot = [(head[-1][0], 0), (head[0][0], 0)]
    found = bulged([*head, *foot], closed=True)
    assert len(found) == 4
    (curved,) = [b for _, _, b in found if b]
    assert curved == pytest.approx(0.3088, abs=0.001), "tan of a quarter of 1.2"


def written(ring: Points) -> Polygon:
    """The ground within the polyline as another program reads it."""
    polyline = ezdxf.new().modelspace().add_lwpolyline(bulged(ring, closed=True), format="xyb", close=True)
    return Polygon([(v.x, v.y) for v in make_path(polyline).flattening(1)])


ELLIPSE = [(round(9000 * cos(k * pi / 32)), round(5000 * sin(k * pi / 32))) for k in range(64)]


@pytest.mark.parametrize("ring", [[*arc(12_000, 0.3, 2.8, 32), (-14_000, -3000), (14_000, -3000)], ELLIPSE])
def test_what_is_written_is_the_ground_that_was_drawn(ring: Points) -> None:
    assert written(ring).symmetric_difference(Polygon(ring)).area < 0.003 * Polygon(ring).area


def test_a_clockwise_arc_bulges_the_other_way() -> None:
    run = arc(9000, 2.0, 0.5, 12)
    assert [b < 0 for _, _, b in bulged(run, closed=False)] == [True, False]
    assert bulged(run, closed=False)[-1][:2] == run[-1]


def test_a_circle_becomes_halves() -> None:
    found = bulged(arc(5000, 0, 2 * pi, 64)[:-1], closed=True)
    assert len(found) <= 3
    assert all(0 < b <= 1.001 for _, _, b in found)


@pytest.mark.parametrize(
    "ring",
    [
        [(0, 0), (9000, 0), (9000, 9000), (0, 9000)],
        [*arc(30_000, 0, pi / 3, 8), (0, 0)],  # panes of four metres: 63 mm off their circle
        [*((1000 * k, 0) for k in range(12)), (11_000, 5000), (0, 5000)],
    ],
    ids=["square", "facets", "straight"],
)
def test_no_arc_is_made_of_what_is_none(ring: Points) -> None:
    found = bulged(ring, closed=True)
    assert len(found) == len(ring)
    assert not any(b for _, _, b in found)
