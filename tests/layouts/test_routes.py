"""Routes with known lengths and known narrowest points."""

import math
from dataclasses import replace

import pytest
from shapely.geometry import LineString, Point

from layouts.layout import LevelLayout, Route
from layouts.plan import Level
from layouts.programme import Flow
from layouts.routes import find_routes
from tests.layouts.halls import a_column, a_corridor, block, box, door, kiosk


def walk(level: Level, layout: LevelLayout, *stops: str, clear: int = 1200) -> tuple[Route, ...]:
    flow = Flow(service="s", visitors_per_day=100, stops=stops)
    return find_routes(level, layout, (flow,), clear_width_mm=clear)


def test_a_straight_corridor_has_its_own_length_and_width() -> None:
    level, layout = a_corridor(width=2000, items=(kiosk("k", 10_000, 1400),))
    first, second = walk(level, layout, "k", clear=1000)
    assert (first.from_id, first.to_id, second.to_id) == ("in", "k", "out")
    assert first.length_mm == pytest.approx(math.dist((0, 1000), (10_000, 900)), rel=0.005)
    assert first.clear_width_mm == pytest.approx(1400, abs=10)
    assert first.narrowest[0] == pytest.approx(9700, abs=10)


def test_visitors_of_several_services_are_summed_on_a_shared_leg() -> None:
    level, layout = a_corridor(items=(kiosk("k", 10_000, 1400), kiosk("m", 15_000, 1400)))
    flows = (
        Flow(service="a", visitors_per_day=60, stops=("k",)),
        Flow(service="b", visitors_per_day=40, stops=("k", "m")),
    )
    routes = find_routes(level, layout, flows, clear_width_mm=1000)
    assert {(r.from_id, r.to_id): r.visitors_per_day for r in routes} == {
        ("in", "k"): 100,
        ("k", "out"): 60,
        ("k", "m"): 40,
        ("m", "out"): 40,
    }


def test_an_empty_corridor_is_as_wide_as_its_walls() -> None:
    level, layout = a_corridor(width=1873, items=(kiosk("k", 20_000 - 1, 936, rotation=270, size=2),))
    (first, *_) = walk(level, layout, "k", clear=1000)
    assert first.clear_width_mm == pytest.approx(1873, abs=10)


def an_l_corridor(width: int) -> tuple[Level, LevelLayout]:
    outline = ((0, 0), (10_000, 0), (10_000, 10_000), (10_000 - width, 10_000), (10_000 - width, width), (0, width))
    middle = width // 2
    doors = (
        door("in", "entrance", (0, middle - 500), (0, middle + 500)),
        door("out", "exit", (10_000 - middle - 500, 10_000), (10_000 - middle + 500, 10_000)),
    )
    level = Level(id="0", name="", elevation_mm=0, outline=outline, doors=doors)
    return level, LevelLayout(level="0", items=(kiosk("k", 9000, 9600, 0, 2),), public=(), staff=())


def test_an_l_corridor_is_walked_round_its_inner_corner() -> None:
    level, layout = an_l_corridor(2000)
    (first, *_) = walk(level, layout, "k", clear=1200)
    radius = 599.0
    # taut: straight to the arc round (8000, 2000), along it, straight on to the stop
    start, corner, end = (0.0, 1000.0), (8000.0, 2000.0), (9000.0, 9000.0)
    a, b = math.dist(start, corner), math.dist(end, corner)
    tangents = math.sqrt(a * a - radius**2) + math.sqrt(b * b - radius**2)
    opening = 2 * math.pi - math.acos(sum((s - c) * (e - c) for s, c, e in zip(start, corner, end)) / (a * b))
    arc = radius * (opening - math.acos(radius / a) - math.acos(radius / b))
    assert first.length_mm == pytest.approx(tangents + arc, rel=0.005)
    assert first.clear_width_mm == pytest.approx(2000, abs=10)


def test_a_z_corridor_is_as_narrow_as_its_middle_leg() -> None:
    wide = 2000
    outline = (
        (0, 0), (6000, 0), (6000, 6000), (12_000, 6000), (12_000, 6000 + wide), (4500, 6000 + wide),
        (4500, wide), (0, wide),
    )  # fmt: skip
    doors = (
        door("in", "entrance", (0, 500), (0, 1500)),
        door("out", "exit", (12_000, 6500), (12_000, 7500)),
    )
    level = Level(id="0", name="", elevation_mm=0, outline=outline, doors=doors)
    layout = LevelLayout(level="0", items=(kiosk("k", 11_000, 7900, 0, 2),), public=(), staff=())
    (first, *_) = walk(level, layout, "k", clear=1000)
    assert first.clear_width_mm == pytest.approx(1500, abs=10)
    assert 2000 <= first.narrowest[1] <= 6000


def test_the_gap_between_pillars_is_measured_corner_to_corner() -> None:
    level, layout = a_corridor(width=6000, items=(kiosk("k", 19_000, 3000, 270, 2),))
    pillars = (a_column("a", 10_000, 1500, 600), a_column("b", 10_500, 3700, 600), a_column("c", 10_000, 5300, 600))
    level = replace(level, columns=(*pillars, a_column("d", 10_000, 300, 600)))
    (first, *_) = walk(level, layout, "k", clear=1000)
    assert first.clear_width_mm == pytest.approx(1600, abs=10)
    assert first.narrowest[0] == pytest.approx(10_250, abs=110)


def test_a_door_in_an_inner_wall_is_the_narrowest_point() -> None:
    walls = (block("w1", box(10_000, 0, 10_200, 1450)), block("w2", box(10_000, 2380, 10_200, 4000)))
    level, layout = a_corridor(width=4000, items=(kiosk("k", 19_000, 2000, 270, 2), *walls))
    (first, *_) = walk(level, layout, "k", clear=900)
    assert first.clear_width_mm == pytest.approx(930, abs=10)
    assert 9990 <= first.narrowest[0] <= 10_210
    assert first.narrowest[1] == pytest.approx(1915, abs=20)


def test_a_way_narrower_than_asked_is_no_way() -> None:
    walls = (block("w1", box(10_000, 0, 10_200, 1450)), block("w2", box(10_000, 2380, 10_200, 4000)))
    level, layout = a_corridor(width=4000, items=(kiosk("k", 19_000, 2000, 270, 2), *walls))
    assert walk(level, layout, "k", clear=940) == ()


def test_a_wider_way_round_is_taken_when_the_short_one_is_too_narrow() -> None:
    blocks = (block("w", box(9000, 1000, 11_000, 3000)),)
    level, layout = a_corridor(width=6000, items=(kiosk("k", 19_000, 2000, 270, 2), *blocks))
    (first, *_) = walk(level, layout, "k", clear=1200)
    assert max(y for _, y in first.centreline) > 3500
    assert first.clear_width_mm == pytest.approx(3000, abs=10)


def test_an_entrance_narrower_than_the_route_does_not_close_it() -> None:
    level, layout = a_corridor(width=3000, items=(kiosk("k", 10_000, 2400),))
    assert len(walk(level, layout, "k", clear=1500)) == 2


def test_a_route_leaves_half_its_width_of_floor_beside_it_in_a_doorway_too() -> None:
    level, layout = a_corridor(width=20_000, items=(kiosk("k", 3000, 18_000),))
    first, _ = walk(level, layout, "k", clear=1500)
    jamb = (0, 10_760)  # where a doorway of the route's own width would end
    assert LineString(first.centreline).distance(Point(jamb)) >= 740  # round corners are walked in chords


def test_turning_the_hall_changes_no_length() -> None:
    level, layout = a_corridor(width=6000, items=(kiosk("k", 15_000, 5000),))
    level = replace(level, columns=(a_column("c", 8000, 3300, 900),))
    turned = replace(
        level,
        outline=box(-6000, 0, 0, 20_000),
        doors=(door("in", "entrance", (-3500, 0), (-2500, 0)), door("out", "exit", (-3500, 20_000), (-2500, 20_000))),
        columns=(a_column("c", -3300, 8000, 900),),
    )
    turned_layout = replace(layout, items=(kiosk("k", -5000, 15_000, 90),))
    plain, round_ = walk(level, layout, "k"), walk(turned, turned_layout, "k")
    assert [r.length_mm for r in plain] == pytest.approx([r.length_mm for r in round_], abs=2)
    assert [r.clear_width_mm for r in plain] == pytest.approx([r.clear_width_mm for r in round_], abs=2)
