"""Screening stands across the way in: the shortest line of gates and screens, that nobody walks round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import LineString, Polygon

from layouts.access_counters import clear_floor_is_free, everything_has_clear_floor
from layouts.access_question import AccessQuestion, AccessRule
from layouts.access_routes import main_aisle_is_wide_enough
from layouts.access_screening import (
    SCREENING_RULES,
    bypass_leaves_room_to_manoeuvre,
    every_entrance_is_screened,
    nobody_walks_round_screening,
    screening_gates_are_wide,
)
from layouts.egress import EgressQuestion, egress_doors_are_wide_enough, exits_are_wide_enough_together
from layouts.findings import Finding
from layouts.geometry import polygon_shape, ring_shape, union
from layouts.layout import Item, LevelLayout, Spine
from layouts.plan import Level
from layouts.programme import Flow, Programme
from layouts.routes import find_routes
from layouts.screening import ARCH, BYPASS, PARTS, SCREEN, TABLE, with_fronts
from layouts.screening_line import screening
from layouts.standards import profile
from layouts.views import blocks_sight
from tests.layouts.centre import RULES, seats
from tests.layouts.halls import area, block, box, door, kiosk, zone

CLEAR_MM = 1500
FLOWS = (Flow(service="civil", visitors_per_day=100, stops=("desk",)),)


def table(x: int = 4500, y: int = 7500) -> Item:
    """A screening's table of 3 m along x, its front towards -y."""
    return Item(
        id="security-01", kind=TABLE, bank="security", polygon=box(x - 1500, y, x + 1500, y + 1000), insert_mm=(x, y),
        rotation_deg=0.0, clear_zones=(zone("front", box(x - 1500, y - 1800, x + 1500, y)),), accessible=True,
    )  # fmt: skip


def a_desk() -> Item:
    desk = kiosk("desk", 18_000, 2000, rotation=270)
    return replace(desk, bank="desk", clear_zones=(zone("front", box(16_500, 1250, 18_000, 2750)),))


def a_hall(*more: Item) -> tuple[Level, LevelLayout]:
    """A hall of 24 x 12 m: in from the west, out to the east, seats and a desk far in; screening beside the main aisle."""
    level = Level(
        id="0", name="", elevation_mm=0, outline=box(0, 0, 24_000, 12_000),
        doors=(door("in", "entrance", (0, 5000), (0, 7000)), door("out", "exit", (24_000, 5000), (24_000, 7000))),
    )  # fmt: skip
    items = (table(), a_desk(), *seats("s", 12_000, 9000, 6, 2), *more)
    spine = Spine(centreline=((0, 6000), (24_000, 6000)), width_mm=3000)
    return level, LevelLayout(level="0", items=items, public=(area(0, 0, 24_000, 12_000),), staff=(), spine=spine)


def put(level: Level, layout: LevelLayout) -> tuple[Item, ...]:
    floor = union(polygon_shape(p) for p in layout.public)
    floor = floor.difference(union(ring_shape(i.polygon) for i in layout.items if i.solid))
    return screening(level, layout.items, floor, clear_mm=CLEAR_MM)


def screened(*more: Item) -> tuple[Level, LevelLayout]:
    level, layout = a_hall(*more)
    return level, replace(layout, items=(*layout.items, *put(level, layout)))


def without(layout: LevelLayout, *kinds: str) -> LevelLayout:
    return replace(layout, items=tuple(i for i in layout.items if i.kind not in kinds))


def asked(rule: AccessRule, hall: tuple[Level, LevelLayout]) -> dict[str, Finding]:
    programme = Programme(banks=(), rooms=(), islands=(), flows=FLOWS, rules=RULES)
    question = AccessQuestion(level=hall[0], layout=hall[1], programme=programme, profile=profile("iraq-default"))
    return {f.code.removeprefix("access.screening_"): f for f in rule(question)}


def egress(hall: tuple[Level, LevelLayout]) -> EgressQuestion:
    programme = Programme(banks=(), rooms=(), islands=(), flows=FLOWS, rules=RULES)
    return EgressQuestion(level=hall[0], layout=hall[1], programme=programme, profile=profile("ibc-2021"))


def of_kind(layout: LevelLayout, kind: str) -> list[Item]:
    return [i for i in layout.items if i.kind == kind]


# -- the line -----------------------------------------------------------------------------------------------------------


def test_the_gates_stand_on_the_main_aisle_at_the_table_s_far_end() -> None:
    _, layout = screened()
    (arch,), (bypass,) = of_kind(layout, ARCH), of_kind(layout, BYPASS)
    assert Polygon(arch.polygon).bounds == (6000, 6650, 6100, 7450)
    assert Polygon(bypass.polygon).bounds == (6000, 5100, 6100, 6600)
    assert not arch.solid and not bypass.solid and bypass.accessible and all(i.solid for i in of_kind(layout, SCREEN))


def test_the_screens_are_the_shortest_that_part_the_entrance_from_the_hall() -> None:
    _, layout = screened()
    long = sum(Polygon(i.polygon).area for i in of_kind(layout, SCREEN)) / 100
    assert long == pytest.approx(3000 + 5100 + 100, abs=1)  # the table to the door's wall, on from the bypass, two posts


def test_it_turns_to_the_wall_beside_the_door_where_that_is_shorter() -> None:
    far = replace(a_hall()[0], outline=box(0, -20_000, 24_000, 12_000))
    layout = replace(a_hall()[1], public=(area(0, -20_000, 24_000, 12_000),))
    found = put(far, layout)
    screens = union(ring_shape(i.polygon) for i in found if i.kind == SCREEN)
    assert screens.bounds[0] == 0.0 and 3800 < screens.bounds[1] < 4900  # back to the entrance's own wall, clear of the door


def a_machine_in_the_way() -> Item:
    """One whose floor lies right beside the bypass, so that no screen goes straight on or straight back to a wall."""
    machine = kiosk("k", 5000, 2900, rotation=180)
    return replace(machine, clear_zones=(zone("front", box(3000, 2900, 7000, 4790)),))


def test_it_turns_twice_where_somebody_s_floor_lies_in_the_way() -> None:
    level, layout = screened(a_machine_in_the_way())
    assert asked(nobody_walks_round_screening, (level, layout))["walked_round"].status == "pass"
    needed = Polygon(a_machine_in_the_way().clear_zones[0].polygon)
    screens = [Polygon(i.polygon) for i in of_kind(layout, SCREEN)]
    assert not any(s.intersection(needed).area > 100 for s in screens)
    assert any(s.bounds[1] == 0.0 and s.bounds[2] <= 3000 for s in screens)  # past it to the wall beside the door


@pytest.mark.parametrize("more", [(), (a_machine_in_the_way(),)])
def test_no_two_pieces_share_ground(more: tuple[Item, ...]) -> None:
    level, layout = a_hall(*more)
    shapes = [ring_shape(i.polygon) for i in put(level, layout)]
    assert shapes
    assert sum(s.area for s in shapes) == pytest.approx(union(shapes).area, abs=1.0)


def test_no_screen_stands_on_floor_that_something_needs() -> None:
    machine = kiosk("k", 6050, 1000, rotation=180)
    machine = replace(machine, clear_zones=(zone("front", box(5300, 1000, 6800, 3500)),))
    level, layout = a_hall(machine)
    found = put(level, layout)
    needed = Polygon(machine.clear_zones[0].polygon)
    assert not any(Polygon(i.polygon).intersection(needed).area > 100 for i in found)


def test_a_lonely_column_ends_no_screen() -> None:
    post = block("post", box(6000, 2000, 6100, 2100), kind="planter")
    level, layout = screened(post)
    assert asked(nobody_walks_round_screening, (level, layout))["walked_round"].status == "pass"


def a_machine_beside_the_aisle(low: int, high: int) -> Item:
    """One whose floor lies across the aisle from the table, where gates would stand."""
    machine = kiosk("k", (low + high) // 2, 3000, rotation=180)
    return replace(machine, clear_zones=(zone("front", box(low, 3500, high, 5600)),))


def test_the_gates_stand_farther_back_where_their_place_is_somebody_s_floor() -> None:
    level, layout = a_hall(a_machine_beside_the_aisle(5800, 7200))
    layout = replace(layout, items=with_fronts((*layout.items, *put(level, layout))))
    (bypass,), (own,) = of_kind(layout, BYPASS), of_kind(layout, TABLE)
    assert Polygon(bypass.polygon).bounds == (5500, 5100, 5600, 6600)
    assert set(own.clear_zones[0].polygon) == set(box(3000, 5700, 5500, 7500)), "before the gates"
    assert asked(nobody_walks_round_screening, (level, layout))["walked_round"].status == "pass"
    assert asked(clear_floor_is_free, (level, layout))["access.clear_floor_free"].status == "pass"
    assert asked(everything_has_clear_floor, (level, layout))["access.clear_floor_depth"].status == "pass"


def test_nobody_waits_in_a_wheelchair_where_the_bypass_gate_is_used() -> None:
    bay = Item(
        id="bay", kind="wheelchair_bay", bank="s", polygon=box(6300, 5000, 7200, 6400), insert_mm=(6750, 5000),
        rotation_deg=0.0, solid=False,
    )  # fmt: skip
    level, layout = a_hall(bay)
    layout = replace(layout, items=with_fronts((*layout.items, *put(level, layout))))
    (bypass,) = of_kind(layout, BYPASS)
    assert Polygon(bypass.polygon).distance(Polygon(bay.polygon)) >= 1525
    assert asked(bypass_leaves_room_to_manoeuvre, (level, layout))["bypass_room"].status == "pass"


def test_nothing_is_put_where_too_little_table_would_be_left_before_the_gates() -> None:
    assert put(*a_hall(a_machine_beside_the_aisle(4400, 7200))) == ()
    assert put(*a_hall(a_machine_beside_the_aisle(4700, 7200))) != ()


def test_posts_before_its_front_take_the_table_its_floor_unless_that_ends_there() -> None:
    level, layout = a_hall(a_machine_beside_the_aisle(5800, 7200))
    gated = replace(layout, items=(*layout.items, *put(level, layout)))
    assert asked(clear_floor_is_free, (level, gated))["access.clear_floor_free"].status == "fail"


def test_a_table_without_gates_keeps_its_whole_front() -> None:
    level, layout = a_hall(a_machine_beside_the_aisle(5800, 7200))
    gated = with_fronts((*layout.items, *put(level, layout)))
    (own,) = (i for i in with_fronts(i for i in gated if i.kind not in PARTS) if i.kind == TABLE)
    assert Polygon(own.clear_zones[0].polygon).equals(Polygon(table().clear_zones[0].polygon))
    _, usual = screened()
    assert with_fronts(usual.items) == usual.items, "gates at its end take nothing of it"


def test_nothing_is_put_where_something_is_served_at_the_door() -> None:
    beside = replace(kiosk("k", 1000, 2800, rotation=180), clear_zones=(zone("front", box(250, 2800, 1750, 4300)),))
    assert put(*a_hall(beside)) != ()
    taken = replace(beside, clear_zones=(zone("front", box(0, 2800, 5800, 6000)),))
    assert put(*a_hall(taken)) == ()


def test_where_the_line_shuts_somebody_off_the_gates_stand_a_screen_s_width_farther_back() -> None:
    level, layout = a_hall()
    tried: list[tuple[float, ...]] = []

    def cuts_off(found: tuple[Item, ...]) -> bool:
        tried.append(union(ring_shape(i.polygon) for i in found if i.kind == BYPASS).bounds)
        return tried[-1][0] == 6000

    floor = union(polygon_shape(p) for p in layout.public)
    floor = floor.difference(union(ring_shape(i.polygon) for i in layout.items if i.solid))
    found = screening(level, layout.items, floor, clear_mm=CLEAR_MM, cuts_off=cuts_off)
    (bypass,) = (i for i in found if i.kind == BYPASS)
    assert Polygon(bypass.polygon).bounds == (5900, 5100, 6000, 6600) and tried[0] == (6000, 5100, 6100, 6600)
    asked_of = asked(nobody_walks_round_screening, (level, replace(layout, items=(*layout.items, *found))))
    assert asked_of["walked_round"].status == "pass"
    assert screening(level, layout.items, floor, clear_mm=CLEAR_MM, cuts_off=lambda found: True) == ()


def test_it_leads_from_the_table_s_front_to_the_wall_where_something_is_served_beside_the_door() -> None:
    machine = replace(kiosk("k", 1000, 9000), clear_zones=(zone("front", box(250, 7500, 1750, 9000)),))
    level, layout = screened(machine)
    assert asked(nobody_walks_round_screening, (level, layout))["walked_round"].status == "pass"
    screens = [Polygon(i.polygon).bounds for i in of_kind(layout, SCREEN)]
    assert any((x, low, high) == (0, 7400, 7500) for x, low, _, high in screens)


def test_it_turns_to_the_wall_right_before_the_floor_that_something_needs() -> None:
    machine = kiosk("k", 5000, 2900, rotation=180)
    machine = replace(machine, clear_zones=(zone("front", box(0, 2900, 9000, 4740)),))  # 110 mm from the doorstep
    level, layout = screened(machine)
    assert asked(nobody_walks_round_screening, (level, layout))["walked_round"].status == "pass"


def test_without_a_table_there_is_no_screening() -> None:
    level, layout = a_hall()
    assert put(level, without(layout, TABLE)) == ()
    assert all(rule_found == {} for rule_found in (asked(r, (level, without(layout, TABLE))) for r in SCREENING_RULES))


def test_the_line_lies_right_in_a_hall_that_is_turned() -> None:
    def turned(x: int, y: int) -> tuple[int, int]:
        return -y, x

    level, layout = a_hall()
    other = replace(level, outline=tuple(turned(*p) for p in level.outline),
                    doors=tuple(replace(d, p=turned(*d.p), q=turned(*d.q)) for d in level.doors))  # fmt: skip
    items = tuple(
        replace(i, polygon=tuple(turned(*p) for p in i.polygon), insert_mm=turned(*i.insert_mm),
                rotation_deg=(i.rotation_deg + 90) % 360,
                clear_zones=tuple(replace(z, polygon=tuple(turned(*p) for p in z.polygon)) for z in i.clear_zones))
        for i in layout.items
    )  # fmt: skip
    floor = Polygon(other.outline).difference(union(ring_shape(i.polygon) for i in items if i.solid))
    found = screening(other, items, floor, clear_mm=CLEAR_MM)
    same = {i.id: ring_shape(tuple(turned(*p) for p in i.polygon)) for i in put(level, layout)}
    assert {i.id for i in found} == set(same)
    assert all(ring_shape(i.polygon).symmetric_difference(same[i.id]).area < 1000 for i in found)


# -- the rules ----------------------------------------------------------------------------------------------------------


def test_a_line_that_reaches_the_walls_is_not_walked_round() -> None:
    assert asked(nobody_walks_round_screening, screened())["walked_round"].status == "pass"


def test_a_table_that_stands_alone_is_walked_round() -> None:
    found = asked(nobody_walks_round_screening, a_hall())["walked_round"]
    assert (found.status, found.severity, found.required) == ("fail", "warning", 0.0)
    assert found.measured == 2.0 and found.where == ("security-01",)  # the seats of the bank, and the desk


@pytest.mark.parametrize("gap", [150, 400])
def test_a_gap_that_somebody_slips_through_is_a_way_round(gap: int) -> None:
    level, layout = screened()
    whole = max(of_kind(layout, SCREEN), key=lambda i: Polygon(i.polygon).area)
    left, low, right, high = Polygon(whole.polygon).bounds
    cut = replace(whole, polygon=box(int(left), int(low) + gap, int(right), int(high)))
    items = tuple(cut if i is whole else i for i in layout.items)
    found = asked(nobody_walks_round_screening, (level, replace(layout, items=items)))["walked_round"]
    assert found.status == ("fail" if gap > 200 else "pass")


def test_gates_as_wide_as_doors_are_allowed() -> None:
    found = asked(screening_gates_are_wide, screened())
    assert {f.status for f in found.values()} == {"pass"} and set(found) == {"bypass_width", "arch_width"}
    assert found["bypass_width"].measured == CLEAR_MM and found["arch_width"].measured == 800


@pytest.mark.parametrize(("low", "code"), [(6100, "bypass_width"), (6700, "arch_width")])
def test_a_gate_in_which_something_stands_is_refused(low: int, code: str) -> None:
    level, layout = screened()
    thing = block("thing", box(6000, low - 400, 6100, low + 100))
    found = asked(screening_gates_are_wide, (level, replace(layout, items=(*layout.items, thing))))
    assert found[code].status == "fail" and found[code].measured < found[code].required


def test_free_floor_on_both_sides_of_the_bypass_is_allowed() -> None:
    assert asked(bypass_leaves_room_to_manoeuvre, screened())["bypass_room"].status == "pass"


@pytest.mark.parametrize(("x", "free"), [(7000, 900), (4900, 1000)])
def test_something_close_before_or_behind_the_bypass_is_refused(x: int, free: int) -> None:
    level, layout = screened()
    thing = block("thing", box(x, 5500, x + 100, 5600))
    found = asked(bypass_leaves_room_to_manoeuvre, (level, replace(layout, items=(*layout.items, thing))))["bypass_room"]
    assert found.status == "fail" and found.measured == pytest.approx(free, abs=2)


# -- ways through it ----------------------------------------------------------------------------------------------------


def test_routes_lead_through_the_bypass_at_full_width() -> None:
    level, layout = screened()
    (bypass,) = of_kind(layout, BYPASS)
    routes = find_routes(level, layout, FLOWS, clear_width_mm=CLEAR_MM)
    assert len(routes) == 2
    assert LineString(routes[0].centreline).intersects(Polygon(bypass.polygon)) and routes[0].clear_width_mm == CLEAR_MM


def test_screening_across_it_does_not_make_the_main_aisle_narrow() -> None:
    (with_it,), (without_it,) = (asked(main_aisle_is_wide_enough, hall).values() for hall in (screened(), a_hall()))
    assert with_it.status == "pass" and with_it.measured == pytest.approx(without_it.measured, abs=1)


def test_the_entrance_counts_as_an_exit_no_wider_than_the_bypass() -> None:
    wide, gated = (exits_are_wide_enough_together(egress(hall))[0] for hall in (a_hall(), screened()))
    assert wide.measured == 4000 and gated.measured == 2000 + CLEAR_MM


def test_a_bypass_that_is_walked_round_narrows_no_exit() -> None:
    level, layout = screened()
    open_hall = (level, replace(layout, items=tuple(i for i in layout.items if i.kind != SCREEN)))
    assert exits_are_wide_enough_together(egress(open_hall))[0].measured == 4000


def test_the_bypass_is_a_door_on_the_way_out() -> None:
    level, layout = screened()
    (bypass,) = of_kind(layout, BYPASS)
    thin = replace(bypass, polygon=box(6000, 5000, 6100, 5700), insert_mm=(6000, 5350))
    items = tuple(thin if i is bypass else i for i in layout.items)
    found = egress_doors_are_wide_enough(egress((level, replace(layout, items=items))))
    assert {f.where for f in found if f.status == "fail"} == {(bypass.id,)}


def test_who_leaves_by_the_door_they_came_in_by_takes_the_bypass() -> None:
    level, layout = screened()
    both = replace(level, doors=(replace(level.doors[0], use="entrance_exit"),))
    (bypass,) = of_kind(layout, BYPASS)
    routes = find_routes(both, layout, FLOWS, clear_width_mm=CLEAR_MM)
    assert [(r.from_id, r.to_id) for r in routes] == [("in", "desk"), ("desk", "in")]
    assert all(LineString(r.centreline).intersects(Polygon(bypass.polygon)) for r in routes)
    assert exits_are_wide_enough_together(egress((both, layout)))[0].measured == CLEAR_MM


def test_a_second_way_in_that_no_gate_stands_before_is_a_way_round() -> None:
    level, layout = a_hall()
    side = door("side", "entrance", (20_000, 12_000), (21_500, 12_000))
    level = replace(level, doors=(*level.doors, side))
    assert put(level, layout) == ()
    gated = (level, screened()[1])
    assert asked(nobody_walks_round_screening, gated)["walked_round"].status == "fail"


def test_the_entrance_that_no_gate_stands_before_is_named() -> None:
    level, layout = screened()
    assert asked(every_entrance_is_screened, (level, layout)) == {}
    side = door("side", "entrance", (20_000, 12_000), (21_500, 12_000))
    (found,) = asked(every_entrance_is_screened, (replace(level, doors=(*level.doors, side)), layout)).values()
    assert (found.status, found.severity, found.where) == ("fail", "warning", ("side",)) and found.measured == 2.0
    beside = door("beside", "entrance", (0, 7100), (0, 7300))
    (found,) = asked(every_entrance_is_screened, (replace(level, doors=(*level.doors, beside)), layout)).values()
    assert found.status == "pass"


def test_tables_in_a_row_are_lanes_with_an_arch_each() -> None:
    level, layout = a_hall()
    second = replace(table(7500), id="security-02")
    for tables, arches in (((table(), second), 2), ((table(), replace(table(7500, 8000), id="security-02")), 1)):
        items = tuple(i for i in layout.items if i.kind != TABLE)
        found = put(level, replace(layout, items=(*tables, *items)))
        assert [i.kind for i in found].count(ARCH) == arches and [i.kind for i in found].count(BYPASS) == 1
        kept = replace(layout, items=(*tables, *items, *found))
        assert asked(nobody_walks_round_screening, (level, kept))["walked_round"].status == "pass"


def test_one_sees_through_the_screens() -> None:
    assert not any(blocks_sight(i) for i in screened()[1].items if i.kind == SCREEN)
