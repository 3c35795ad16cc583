"""Candidate spines in a straight hall, an L, and a hall that is too narrow; their boxes tile their floor."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely.geometry import Point, box

from layouts.plan import Level
from solvers.placement import prepare as preparing
from solvers.placement.problem import SpineLine
from solvers.placement.raster import floor_polygon, rasterise
from solvers.placement.spines import candidate_spines, spine_boxes
from tests.builders_placement import a_problem, bank, door, flow, l_hall, straight_hall
from tests.builders_placement import box as ring


def spines(level: Level, *widths: int, count: int = 5) -> tuple[SpineLine, ...]:
    return candidate_spines(level, rasterise(level), widths or (18,), count)


def floor_of(line: SpineLine):
    return shapely.union_all([box(x, y, x + w, y + h) for x, y, w, h in spine_boxes(line)])


def dm(shape):
    return shapely.transform(shape, lambda p: p / 100)


HALLS = {
    "straight": straight_hall(),
    "with columns": straight_hall(columns=(ring(5900, 5000, 6200, 5300),)),
    "with a shaft": straight_hall(obstacles=(ring(4000, 6000, 8000, 7000),)),
    "L": l_hall(),
}


@pytest.mark.parametrize("name", HALLS)
def test_every_spine_lies_on_free_floor_over_its_full_width(name: str) -> None:
    level = HALLS[name]
    free = dm(floor_polygon(level).difference(shapely.union_all([shapely.Polygon(c.outline) for c in level.columns])))
    found = spines(level)
    assert found
    for line in found:
        assert floor_of(line).difference(free).area < 1e-6
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in zip(line.points, line.points[1:]))


@pytest.mark.parametrize("name", HALLS)
def test_every_spine_runs_from_the_entrance_to_the_exit(name: str) -> None:
    level = HALLS[name]
    entrance, exit_ = (next(d for d in level.doors if d.use == use) for use in ("entrance", "exit"))
    for line in spines(level):
        for (x, y), end in ((line.points[0], entrance), (line.points[-1], exit_)):
            square = Point(x, y).buffer(line.width_dm / 2, cap_style="square")
            assert square.distance(dm(shapely.LineString([end.p, end.q]))) <= 5


def test_the_first_spine_of_a_straight_hall_is_straight() -> None:
    (first, *_) = spines(straight_hall())
    assert len(first.points) == 2 and {x for x, _ in first.points} == {60}


def test_wide_doors_opposite_one_another_have_a_straight_spine_a_metre_beside() -> None:
    hall = straight_hall()
    doors = [door("in", "entrance", (4500, 0), (7500, 0)), door("out", "exit", (7500, 14_000), (4500, 14_000))]
    found = spines(replace(hall, doors=(*doors, *hall.doors[2:])), 24)
    assert {line.points[0][0] for line in found if len(line.points) == 2} == {50, 60, 70}


def test_a_spine_that_leaves_a_bank_no_place_gives_way_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = straight_hall(10_000, 20_000, way_x=7900)
    at_the_wall, clear, other = (
        SpineLine(id=f"{x}", points=((x, 10), (x, 190)), width_dm=18) for x in (9, 79, 74)
    )  # fmt: skip
    monkeypatch.setattr(preparing, "candidate_spines", lambda *given: (at_the_wall, clear, other)[: given[-1]])
    ready = preparing.prepare(a_problem(bank("A", 2, seats=4), flows=(flow("A"),), level=hall, spines=2))
    assert ready.spines == (clear, other) and all(all(q.modes.values()) for q in ready.questions)


def test_the_spine_of_an_l_turns_once() -> None:
    assert len(spines(l_hall())[0].points) == 3


def test_every_pair_of_entrance_and_exit_has_its_turn() -> None:
    hall = straight_hall(20_000, 14_000, way_x=5000)
    two_ways_in = replace(hall, doors=(*hall.doors, replace(hall.doors[0], id="in-2", p=(14_100, 0), q=(15_900, 0))))
    found = spines(two_ways_in, 18, count=4)
    assert {line.id.split("/")[0] for line in found} == {"in-out", "in-2-out"}
    assert len(found) == 4


def test_spines_differ_by_more_than_a_metre() -> None:
    found = spines(straight_hall(16_000, 16_000, way_x=8000))
    assert len(found) > 1 and len({line.points for line in found}) == len(found)


def test_the_widest_width_that_fits_is_taken() -> None:
    assert {line.width_dm for line in spines(straight_hall(), 18, 24)} == {24}
    narrow = straight_hall(2000, 14_000, way_x=1000, staff_doors=())
    assert {line.width_dm for line in spines(narrow, 18, 24)} == {18}


def test_no_spine_fits_a_hall_narrower_than_it() -> None:
    assert spines(straight_hall(1700, 14_000, way_x=850, staff_doors=())) == ()


def test_no_spine_fits_where_a_wall_to_wall_shaft_parts_the_hall() -> None:
    assert spines(straight_hall(obstacles=(ring(0, 6000, 12_000, 7000),))) == ()


def test_no_spine_leads_out_of_a_hall_without_an_exit() -> None:
    hall = straight_hall()
    assert spines(replace(hall, doors=tuple(d for d in hall.doors if d.use != "exit"))) == ()


@pytest.mark.parametrize(
    "points",
    [((20, 20), (20, 90)), ((20, 20), (20, 90), (80, 90)), ((80, 90), (20, 90), (20, 20)),
     ((20, 90), (20, 20), (80, 20), (80, 90))],
)  # fmt: skip
@pytest.mark.parametrize("width", [18, 30])
def test_boxes_tile_the_spine_without_overlap(points: tuple[tuple[int, int], ...], width: int) -> None:
    line = SpineLine(id="s", points=points, width_dm=width)
    boxes = [box(x, y, x + w, y + h) for x, y, w, h in spine_boxes(line)]
    band = shapely.LineString(points).buffer(width / 2, cap_style="square", join_style="mitre")
    assert sum(b.area for b in boxes) == pytest.approx(shapely.union_all(boxes).area)
    assert shapely.union_all(boxes).symmetric_difference(band).area == pytest.approx(0)
