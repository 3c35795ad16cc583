"""Each kind of evidence of a drawing's scale: what convinces it, and what leaves it silent."""

from __future__ import annotations

import math

import pytest

from layouts.readers.dimensions import dimensions, scale_of
from layouts.readers.fittings import fittings, thing_of
from layouts.readers.jambs import jambs, openings
from layouts.readers.marks import Block, Dimension, Label, Stroke
from layouts.readers.sheet_scale import sheet, written_scale
from layouts.readers.sizes import UNITS_MM, Kind, single
from layouts.readers.treads import flights, goings, treads


def stroke(*points: tuple[float, float], layer: str = "WALL", closed: bool = False, insert: int = -1) -> Stroke:
    return Stroke(kind="LWPOLYLINE", layer=layer, points=points, closed=closed, insert=insert)


def box(x: float, y: float, width: float, height: float, **more: object) -> Stroke:
    ring = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
    return stroke(*ring, closed=True, **more)  # type: ignore[arg-type]


def flight(going: float, count: int, width: float, at: float = 0.0) -> list[Stroke]:
    return [stroke((at, k * going), (at + width, k * going)) for k in range(count)]


def units_for(kind: Kind) -> list[float]:
    return [mm for mm in UNITS_MM if kind.is_for(mm)]


# stairs


def test_four_flights_of_treads_leave_one_unit() -> None:
    found = treads([s for k in range(4) for s in flight(28.0, 12, 120.0, at=500.0 * k)])
    assert units_for(found) == [10.0]
    assert all(found.is_against(mm) for mm in UNITS_MM if mm != 10.0)


@pytest.mark.parametrize(("step", "width"), [(2500.0, 5000.0), (50.0, 3000.0)], ids=["parking bays", "boards"])
def test_other_even_lines_are_no_stairs(step: float, width: float) -> None:
    assert goings(flight(step, 12, width)) == []


def test_three_lines_or_uneven_ones_are_no_stairs() -> None:
    assert goings(flight(28.0, 3, 120.0)) == []
    assert goings([stroke((0, y), (120, y)) for y in (0, 28, 61, 80, 130)]) == []


def test_treads_drawn_twice_count_once() -> None:
    assert goings(flight(280.0, 8, 1200.0) * 2) == pytest.approx([280.0])


def test_hatches_are_no_flights() -> None:
    lines = [Stroke(kind="HATCH", layer="0", points=s.points) for s in flight(280.0, 8, 1200.0)]
    assert flights(lines).met == ()


# openings


def interrupted_wall(width: float, thick: float, count: int) -> list[Stroke]:
    """Pieces of wall 30 thick long with openings between them; the outer ends too face nothing."""
    long = 30 * thick
    return [box(k * (long + width), 0, long, thick) for k in range(count + 1)]


def test_openings_between_wall_ends_leave_one_unit() -> None:
    found = jambs(interrupted_wall(36.0, 5.0, 12))
    assert found.met == tuple((pytest.approx(36.0), pytest.approx(5.0)) for _ in range(12))
    assert units_for(found) == [25.4]


def test_a_closed_room_has_no_openings() -> None:
    assert openings([box(0, 0, 4000, 3000), box(-100, -100, 4200, 3200)]) == ()


def test_columns_that_face_each_other_at_their_own_distance_are_no_doors() -> None:
    found = jambs([box(6000.0 * k, 6000.0 * j, 400, 400) for k in range(5) for j in range(5)])
    assert not any(found.is_for(mm) for mm in UNITS_MM)


# fittings


def test_chairs_on_their_layer_leave_one_unit() -> None:
    chairs = [box(100.0 * k, 0, 45, 48, layer="I-CHAIR") for k in range(9)]
    assert units_for(fittings(chairs, [])) == [10.0]


def test_beds_in_blocks_leave_one_unit() -> None:
    parts = [box(5.0 * k, 0, 0.9, 2.0, layer="0", insert=k) for k in range(8)]
    blocks = [Block(number=k, name="BED-single", layer="F", at=(0, 0)) for k in range(8)]
    assert units_for(fittings(parts, blocks)) == [1000.0]


def test_a_name_that_only_holds_the_word_is_no_fitting() -> None:
    assert [thing_of(name) for name in ("BEDROOM-2", "CARPET", "A-WALL", "litera")] == ["", "", "", ""]
    assert thing_of("كرسي مكتب") == thing_of("Stühle") == thing_of("办公椅") == "chair"


def test_the_layer_of_toilets_holds_rooms() -> None:
    assert fittings([box(0, 0, 2000, 1500, layer="TOILET")], []).met == ()


# dimensions


@pytest.mark.parametrize(
    ("drawn", "text", "mm"),
    [
        (350.0, "3.50", 10.0),
        (350.0, "3,50", 10.0),
        (3500.0, "350", 1.0),
        (3.5, "3500", 1000.0),
        (150.0, "12'-6\"", 25.4),
        (12.5, "12'-6\"", 304.8),
        (3810.0, "12'-6\"", 1.0),
        (9.5, '9 1/2"', 25.4),
        (3.5, "3.50 m", 1000.0),
        (3.5, "3500 мм", 1000.0),
    ],
)
def test_a_number_written_over_a_distance_tells_the_unit(drawn: float, text: str, mm: float) -> None:
    assert scale_of(Dimension(drawn=drawn, text=text)) == mm


@pytest.mark.parametrize("text", ["", "<>", "3500", "EQ", "3 x 1.20", "5'-0/0\"", "0"])
def test_a_number_that_says_nothing_new_is_silent(text: str) -> None:
    assert scale_of(Dimension(drawn=3500.0, text=text)) is None


def test_factor_suffix_and_feet_of_the_style_tell_the_unit() -> None:
    assert scale_of(Dimension(drawn=350.0, factor=0.01)) == 10.0
    assert scale_of(Dimension(drawn=3.5, suffix=" m")) == 1000.0
    assert scale_of(Dimension(drawn=150.0, number_kind=4)) == 25.4
    assert scale_of(Dimension(drawn=150.0, factor=0.5)) is None  # a detail at twice its size


def test_three_dimensions_of_one_mind_tell_the_unit() -> None:
    found = dimensions([Dimension(drawn=d, text=f"{d / 100:.2f}") for d in (350.0, 420.0, 97.0)])
    assert units_for(found) == [10.0]


def test_no_distance_tells_nothing() -> None:
    assert dimensions([Dimension(drawn=d, text="3.50") for d in (0.0, math.nan, math.inf)]).met == ()


# sheets


def label(text: str) -> Label:
    return Label(kind="TEXT", layer="0", text=text, at=(10, 10), height=3)


@pytest.mark.parametrize(("long", "mm"), [(84100.0, 1.0), (8410.0, 10.0), (84.1, 1000.0), (84100 / 25.4, 25.4)])
def test_paper_and_written_scale_together_leave_one_unit(long: float, mm: float) -> None:
    frame = box(0, 0, long, long * 594 / 841)
    assert units_for(sheet([frame, box(long / 4, long / 4, long / 4, long / 4)], [label("Maßstab 1:100")])) == [mm]


def test_two_written_scales_or_none_are_silent() -> None:
    frame = box(0, 0, 84100, 59400)
    assert sheet([frame], [label("M 1:100"), label("Detail 1:20")]).met == ()
    assert sheet([frame], [label("PLAN")]).met == ()
    assert written_scale([label("ramp 1:12"), label("10:31:50")]) is None


def test_a_frame_beside_the_plan_is_no_sheet() -> None:
    plan = [box(200_000 + 100 * k, 0, 50, 50) for k in range(9)]
    assert sheet([box(0, 0, 84100, 59400), *plan], [label("1:100")]).met == ()


def test_the_scale_is_read_in_any_digits() -> None:
    assert written_scale([label("مقياس ١:١٠٠")]) == 100


# what a kind says


def test_a_few_things_never_tell_a_scale_alone() -> None:
    few = Kind(name="doors", met=single([900.0] * 3), ranges=((600, 1300),), weight=0.6, most=8, enough=4)
    assert not few.is_for(1.0) and not few.is_against(10.0)
    assert few.log_fit(1.0) == pytest.approx(0) and few.log_fit(10.0) < -2
