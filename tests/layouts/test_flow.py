"""The flow measures of whole layouts."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from layouts.adjacency import adjacency
from layouts.flow import FlowMeasures, is_loop, measure_flow
from layouts.layout import LevelLayout
from layouts.plan import Level, Ring
from layouts.programme import Flow, Nearness, Programme
from layouts.routes import find_routes
from layouts.views import visual_access
from tests.layouts.centre import a_centre, with_door
from tests.layouts.halls import block, box, door


def test_the_small_centre_flows_almost_straight() -> None:
    measures = measure_flow(*a_centre(), egress_max_m=12.5)
    assert measures.backtrack_share == 0
    assert measures.crossing == 0
    assert 0.9 < measures.linearity <= 1
    assert 90 < measures.linearity_index < 100
    assert measures.walk_ratio == pytest.approx(measures.walk_m_per_visit / 20.0)
    assert 1.0 <= measures.detour < 1.02
    assert measures.egress_max_m == 12.5


def test_the_bound_of_the_index_is_what_an_empty_hall_would_give_the_same_stops() -> None:
    level, layout, programme = a_centre()
    measures = measure_flow(level, layout, programme)
    assert measures.linearity_index <= measures.linearity_of_bound <= 100
    # a pillar in the middle of the way makes the walks longer and leaves the bound where it was, but for the longer way through
    cut = replace(layout, items=tuple(i for i in layout.items if i.kind == "reception" or i.bank == "bank"))
    bare = measure_flow(level, cut, programme)
    assert bare.linearity_of_bound == pytest.approx(measures.linearity_of_bound, abs=1.0)
    assert bare.linearity_index <= bare.linearity_of_bound


def test_walking_per_visit_is_the_length_of_the_routes() -> None:
    level, layout, programme = a_centre()
    routes = find_routes(level, layout, programme.flows, clear_width_mm=1500)
    walked = sum(r.length_mm for r in routes) / 1000
    assert measure_flow(level, layout, programme).walk_m_per_visit == pytest.approx(walked, abs=0.005)


def test_going_back_to_the_reception_is_backtracking() -> None:
    level, layout, programme = a_centre()
    back = replace(programme, flows=(Flow(service="s", visitors_per_day=10, stops=("bank", "reception")),))
    measures = measure_flow(level, layout, back)
    straight = measure_flow(level, layout, programme)
    assert measures.backtrack_share > 0.15
    assert measures.linearity < straight.linearity
    assert measures.linearity_index < straight.linearity_index


def one_door(level: Level) -> Level:
    return replace(level, doors=(door("in", "entrance_exit", (0, 7200), (0, 8800)), level.doors[2]))


def test_one_door_for_in_and_out_makes_a_loop_measured_by_the_least_walk() -> None:
    level, layout, programme = a_centre()
    level = one_door(level)
    assert is_loop(level) and not is_loop(a_centre()[0])
    measures = measure_flow(level, layout, programme)
    routes = find_routes(level, layout, programme.flows, clear_width_mm=1500)
    least = sum(math.dist(r.centreline[0], r.centreline[-1]) for r in routes) / 1000
    assert measures.walk_ratio == pytest.approx(measures.walk_m_per_visit / least, abs=1e-3)
    assert measures.walk_ratio < 1.1


def quarter_turn(ring: Ring) -> Ring:
    return tuple((-y, x) for x, y in ring)


def turned(level: Level, layout: LevelLayout, programme: Programme) -> tuple[Level, LevelLayout, Programme]:
    """The whole centre turned by 90 degrees about the origin."""
    doors = tuple(replace(d, p=quarter_turn((d.p,))[0], q=quarter_turn((d.q,))[0]) for d in level.doors)
    columns = tuple(replace(c, outline=quarter_turn(c.outline)) for c in level.columns)
    items = tuple(
        replace(
            i,
            polygon=quarter_turn(i.polygon),
            insert_mm=quarter_turn((i.insert_mm,))[0],
            rotation_deg=i.rotation_deg + 90,
            clear_zones=tuple(replace(z, polygon=quarter_turn(z.polygon)) for z in i.clear_zones),
        )
        for i in layout.items
    )
    areas = {
        name: tuple(replace(p, outer=quarter_turn(p.outer)) for p in getattr(layout, name))
        for name in ("public", "staff")
    }
    assert layout.spine is not None
    spine = replace(layout.spine, centreline=quarter_turn(layout.spine.centreline))
    return (
        replace(level, outline=quarter_turn(level.outline), doors=doors, columns=columns),
        replace(layout, items=items, spine=spine, **areas),
        programme,
    )


def figures(measures: FlowMeasures) -> list[float]:
    return [v for k in FlowMeasures.__dataclass_fields__ if (v := getattr(measures, k)) is not None]


def test_turning_the_centre_changes_no_measure() -> None:
    plain, round_ = figures(measure_flow(*a_centre())), figures(measure_flow(*turned(*a_centre())))
    assert plain == pytest.approx(round_, rel=0.002)


def test_a_stop_that_cannot_be_reached_gives_no_trip() -> None:
    level, layout, programme = a_centre()
    walls = (block("w", box(13_500, 0, 13_600, 6000)), block("lid", box(13_500, 6000, 18_600, 6100)))
    lost = replace(programme, flows=(Flow(service="s", visitors_per_day=10, stops=("wc",)),))
    assert measure_flow(level, replace(layout, items=(*layout.items, *walls)), lost).walk_m_per_visit == 0


def test_adjacency_weighs_wishes_met_against_all_wishes() -> None:
    level, layout, _ = a_centre()
    near, far = Nearness(a="entrance", b="reception", rating="A"), Nearness(a="wc", b="bank", rating="E")
    apart, together = Nearness(a="wc", b="reception", rating="X"), Nearness(a="reception", b="entrance", rating="X")
    assert adjacency(level, layout, (near, far)) == pytest.approx(8 / 12)
    assert adjacency(level, layout, (apart, together)) == pytest.approx(1 / 2)
    assert adjacency(level, layout, (Nearness(a="nobody", b="wc", rating="A"),)) is None


def test_a_wall_before_the_welcome_desk_hides_it() -> None:
    level, layout, _ = a_centre()
    open_view = visual_access(level, layout)
    hidden = visual_access(level, replace(layout, items=(*layout.items, block("w", box(2000, 9000, 5000, 9100)))))
    assert open_view is not None and hidden is not None
    assert hidden < 0.6 * open_view


def test_without_a_welcome_desk_there_is_nothing_to_see() -> None:
    level, layout, _ = a_centre()
    assert visual_access(level, replace(layout, items=tuple(i for i in layout.items if i.kind != "reception"))) is None


def test_doors_near_one_another_make_a_loop() -> None:
    level = a_centre()[0]
    near = replace(level, doors=with_door(level, door("out", "exit", (0, 10_000), (0, 11_000))))
    far = replace(level, doors=with_door(level, door("out", "exit", (0, 14_500), (0, 15_500))))
    assert is_loop(near) and not is_loop(far)
