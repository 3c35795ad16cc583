"""The direction of prayer: the great circle's, told where the centre's place is known."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import shapely

from exports.drawing import BlockRef, Polyline
from exports.floor_drawing import draw_floor
from exports.floor_prayer import draw_prayer, qibla_deg
from layouts.layout import Item, Layout
from tests.exports.sample_layout import sample_layout, sample_plan

ROOM = Item(
    id="pray", kind="prayer_room_men", polygon=((0, 0), (4000, 0), (4000, 3000), (0, 3000)), insert_mm=(2000, 0),
    rotation_deg=0.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("place", "degrees"), [((51.5074, -0.1278), 119.0), ((33.3152, 44.3661), 200.0), ((-6.2088, 106.8456), 295.2)]
)
def test_known_places_have_their_known_direction(place: tuple[float, float], degrees: float) -> None:
    """London, Baghdad and Jakarta, as tables of the qibla print them to half a degree."""
    assert qibla_deg(*place) == pytest.approx(degrees, abs=0.5)


def test_the_arrow_lies_in_the_room_and_turns_with_north() -> None:
    shaft, head = draw_prayer([ROOM], (0.0, 39.8262), 90.0)  # straight south of it: the arrow points north
    assert shaft.b[1] - shaft.a[1] == pytest.approx(900) and shaft.b[0] == pytest.approx(shaft.a[0])
    assert all(2500 < x < 4000 and 0 < y < 3000 for x, y in (shaft.a, shaft.b, *head.points)), "away from the door at the left"
    turned, _ = draw_prayer([ROOM], (0.0, 39.8262), 60.0)
    angle = math.degrees(math.atan2(turned.b[1] - turned.a[1], turned.b[0] - turned.a[0]))
    assert angle == pytest.approx(60.0)


def test_without_a_place_or_a_prayer_room_there_is_no_arrow() -> None:
    assert not list(draw_prayer([ROOM], None, 90.0))
    assert not list(draw_prayer([replace(ROOM, kind="archive")], (33.3, 44.4), 90.0))
    assert "A-ANNO-QIBL-N" not in {s.layer for s in draw_floor(sample_plan(), sample_layout()).shapes}


@pytest.mark.parametrize(
    ("north", "lying"), [(90.0, (650, 1200)), (0.0, (1200, 650)), (100.0, (650, 1200)), (200.0, (1200, 650))]
)
def test_mats_lie_along_the_walls_nearest_to_the_direction_of_prayer(north: float, lying: tuple[int, int]) -> None:
    bare = sample_layout().levels[0]
    layout = Layout(levels=(replace(bare, items=(replace(ROOM, rotation_deg=0.0),), routes=()),))
    plan = replace(sample_plan(), north_deg=north)
    drawing = draw_floor(plan, layout, place=(0.0, 39.8262))  # straight south of it: prayer is towards north
    (room,) = [s for s in drawing.shapes if isinstance(s, BlockRef) and s.kind == "prayer_room_men"]
    mats = [shapely.Polygon(s.points).bounds for s in drawing.block(room.block).shapes if isinstance(s, Polyline)]
    sizes = {(round(b[2] - b[0]), round(b[3] - b[1])) for b in mats}
    assert lying in sizes and lying[::-1] not in sizes
