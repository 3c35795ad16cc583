"""Every access rule allows the small centre and refuses one thing made wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from layouts import access_counters as counters
from layouts import access_heights as heights
from layouts import access_routes as routes
from layouts import access_seating as seating
from layouts import access_staff as staff
from layouts import access_toilets as toilets
from layouts.access import ACCESS_RULES, OUT_OF_SIGHT, check_access
from layouts.access_doors import doors_leave_room_to_manoeuvre
from layouts.access_passing import dead_ends_leave_room_to_turn, turns_round_narrow_things_are_wide, wheelchairs_can_pass
from layouts.access_question import AccessQuestion, AccessRule
from layouts.access_series import doors_in_series_stand_apart
from layouts.layout import Hall, Item, LevelLayout
from layouts.plan import ENTRANCE_USES, Column, Level
from layouts.programme import Programme
from layouts.standards import profile
from tests.layouts.centre import a_centre, counter, seats, with_door
from tests.layouts.halls import area, block, box, door, kiosk, zone

Centre = tuple[Level, LevelLayout, Programme]


def put(centre: Centre, *items: Item) -> Centre:
    """The centre with items exchanged by id, or added."""
    level, layout, programme = centre
    new = {i.id: i for i in items}
    kept = tuple(new.pop(i.id, i) for i in layout.items)
    return level, replace(layout, items=(*kept, *new.values())), programme


def take(centre: Centre, *ids: str) -> Centre:
    level, layout, programme = centre
    return level, replace(layout, items=tuple(i for i in layout.items if i.id not in ids)), programme


def item(centre: Centre, id: str) -> Item:
    return next(i for i in centre[1].items if i.id == id)


def narrow_entrance(c: Centre) -> Centre:
    return replace(c[0], doors=with_door(c[0], door("in", "entrance", (0, 7510), (0, 8490)))), c[1], c[2]


def narrow_staff_door(c: Centre) -> Centre:
    return replace(c[0], doors=with_door(c[0], replace(c[0].doors[2], clear_mm=880))), c[1], c[2]


def walled_toilet(c: Centre) -> Centre:
    return put(c, block("wall", box(13_500, 0, 13_600, 6000)), block("lid", box(13_500, 6000, 18_600, 6100)))


def pinched_way(c: Centre) -> Centre:
    return put(c, block("low", box(4900, 0, 5000, 7000)), block("high", box(4900, 8400, 5000, 12_000)))


def block_beside_spine(c: Centre) -> Centre:
    return put(c, block("b", box(6000, 8800, 6500, 9000)))


def column_before_counter(c: Centre) -> Centre:
    return replace(c[0], columns=(*c[0].columns, Column(id="x", outline=box(7000, 11_000, 7300, 11_300)))), c[1], c[2]


def block_at_the_wc(c: Centre) -> Centre:
    return put(c, block("b", box(15_500, 3500, 16_200, 3600)))


def clutter_before_accessible_counter(c: Centre) -> Centre:
    return put(c, block("a", box(9000, 10_700, 9500, 11_400)), block("b", box(10_600, 10_700, 11_000, 11_400)))


def no_accessible_counter(c: Centre) -> Centre:
    return put(c, replace(item(c, "n3"), accessible=False))


def second_service_without_accessible_counter(c: Centre) -> Centre:
    (bank,) = c[2].banks
    more = replace(c[2], banks=(bank, replace(bank, id="b2", services=("notary",))))
    return put((c[0], c[1], more), counter("m1", 12_700, 12_000, 1500, ("notary",), bank="b2"))


def many_plain_counters(c: Centre) -> Centre:
    return put(c, *(counter(f"m{k}", 20_000 + k * 1500, 12_000, 1500, ("civil",)) for k in range(10)))


def no_bay(c: Centre) -> Centre:
    return take(c, "b1")


def short_bay(c: Centre) -> Centre:
    return put(c, replace(item(c, "b1"), polygon=box(11_000, 3200, 11_900, 4500)))


def block_in_bay(c: Centre) -> Centre:
    return put(c, block("b", box(11_200, 3300, 11_400, 3600)))


def bay_walled_in(c: Centre) -> Centre:
    ring = ((10_900, 3000), (13_000, 3000), (13_000, 5100), (12_900, 5100), (12_900, 3100), (10_900, 3100))
    return put(c, block("b", ring), block("lid", box(11_000, 5000, 12_900, 5100)), block("w", box(11_920, 3100, 12_000, 5000)))


def seats_walled_in(c: Centre) -> Centre:
    west, east = block("w", box(4700, 2000, 4800, 5400)), block("e", box(11_000, 2000, 11_010, 5400))
    south, north = block("s", box(4700, 1900, 11_010, 2000)), block("n", box(4700, 5400, 11_010, 5410))
    return put(take(c, "b1"), west, east, south, north)


def no_toilet(c: Centre) -> Centre:
    return take(c, "wc")


def long_hall(c: Centre) -> Centre:
    level = replace(
        c[0],
        outline=box(0, 0, 70_000, 16_000),
        doors=with_door(c[0], door("out", "exit", (70_000, 7200), (70_000, 8800))),
    )
    return level, c[1], c[2]


def public_in_staff_area(c: Centre) -> Centre:
    return c[0], replace(c[1], public=(area(0, 0, 20_000, 12_050),)), c[2]


def cupboard_behind_counter(c: Centre) -> Centre:
    return put(c, block("cupboard", box(6500, 15_000, 7000, 15_400)))


def staff_way_closed(c: Centre) -> Centre:
    return put(c, block("w", box(4000, 12_100, 4100, 15_200)))


def leaf_in_beside_a_cupboard(c: Centre) -> Centre:
    """The entrance's leaf opens into the hall; a cupboard stands in the floor before it, whichever way one comes."""
    doors = with_door(c[0], door("in", "entrance", (0, 7200), (0, 8800), swing="in"))
    return put((replace(c[0], doors=doors), c[1], c[2]), block("cupboard", box(600, 7900, 900, 8300)))


def a_long_narrow_way(c: Centre) -> Centre:
    """Walls 1600 mm apart along 14 m of the way to the exit, in a hall made longer."""
    doors = with_door(c[0], door("out", "exit", (60_000, 7200), (60_000, 8800)))
    level = replace(c[0], outline=box(0, 0, 60_000, 16_000), doors=doors)
    return put((level, c[1], c[2]), block("s", box(21_000, 0, 59_000, 7200)), block("n", box(21_000, 8800, 59_000, 16_000)))


def block_before_the_machine(c: Centre) -> Centre:
    return put(c, block("b", box(12_300, 8900, 12_700, 9000)))


def with_a_machine(c: Centre) -> Centre:
    machine = kiosk("k", 12_500, 10_200)
    return put(c, replace(machine, clear_zones=(zone("front", box(12_000, 9300, 13_000, 10_200)),)))


BREAKERS: dict[AccessRule, tuple[Callable[[Centre], Centre], str]] = {
    routes.entrances_are_wide_enough: (narrow_entrance, "in"),
    routes.doors_are_wide_enough: (narrow_staff_door, "staff"),
    doors_leave_room_to_manoeuvre: (leaf_in_beside_a_cupboard, "in"),
    wheelchairs_can_pass: (a_long_narrow_way, "bank>out"),
    counters.machines_have_clear_floor: (lambda c: block_before_the_machine(with_a_machine(c)), "k"),
    routes.everything_public_is_reached: (walled_toilet, "wc"),
    routes.routes_are_wide_enough: (pinched_way, "reception>bank"),
    routes.main_aisle_is_wide_enough: (block_beside_spine, "spine"),
    toilets.accessible_toilet_is_there: (no_toilet, "0"),
    toilets.accessible_toilet_is_near: (long_hall, "out"),
    counters.clear_floor_is_free: (column_before_counter, "n1"),
    counters.everything_has_clear_floor: (block_at_the_wc, "wc"),
    counters.turning_circles_fit: (clutter_before_accessible_counter, "n3"),
    counters.every_service_has_an_accessible_counter: (second_service_without_accessible_counter, "notary"),
    counters.every_bank_has_its_accessible_counters: (no_accessible_counter, "bank"),
    counters.enough_counters_are_accessible: (many_plain_counters, "0"),
    seating.enough_wheelchair_bays: (no_bay, "0"),
    seating.wheelchair_bays_are_large_enough: (short_bay, "b1"),
    seating.wheelchair_bays_are_free: (block_in_bay, "b1"),
    seating.wheelchair_bays_are_reached: (bay_walled_in, "b1"),
    seating.seat_rows_have_a_gangway: (seats_walled_in, ""),
    staff.staff_and_public_share_no_floor: (public_in_staff_area, "0"),
    staff.staff_zones_are_free: (cupboard_behind_counter, "n1"),
    staff.staff_reach_their_positions: (staff_way_closed, "n1"),
}


TESTED_ELSEWHERE = {
    turns_round_narrow_things_are_wide,  # in test_access_passing, as the next
    dead_ends_leave_room_to_turn,
    doors_in_series_stand_apart,  # in test_access_series, as the next two
    routes.enough_entrances_are_accessible,
    toilets.accessible_toilets_are_large_enough,
    heights.accessible_counters_are_wide,  # in test_access_heights, as all of heights
    heights.accessible_counters_are_low,
    heights.accessible_counters_take_knees,
    heights.controls_are_in_reach,
    heights.things_on_walls_stay_flat,
    heights.headroom_is_clear,
}


def ask(rule: AccessRule, centre: Centre, profile_id: str = "iraq-default") -> tuple[tuple[str, str], ...]:
    level, layout, programme = centre
    question = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile(profile_id))
    return tuple((f.status, f.where[0] if f.where else "") for f in rule(question))


def test_every_rule_is_tested_in_both_ways() -> None:
    assert set(BREAKERS) | TESTED_ELSEWHERE == set(ACCESS_RULES)


@pytest.mark.parametrize("rule", BREAKERS, ids=lambda r: r.__name__)
def test_the_small_centre_is_allowed(rule: AccessRule) -> None:
    centre = with_a_machine(a_centre()) if rule is counters.machines_have_clear_floor else a_centre()
    assert {status for status, _ in ask(rule, centre)} == {"pass"}


@pytest.mark.parametrize("rule", BREAKERS, ids=lambda r: r.__name__)
def test_one_thing_made_wrong_is_refused(rule: AccessRule) -> None:
    breaker, where = BREAKERS[rule]
    refused = [place for status, place in ask(rule, breaker(a_centre())) if status == "fail"]
    assert refused
    assert where in refused or (where == "" and len(refused) == 2)


def test_the_small_centre_passes_the_whole_check() -> None:
    level, layout, programme = a_centre()
    found = check_access(level, layout, programme, profile("iraq-default"))
    assert [f.code for f in found if f.status == "fail"] == []
    assert {f.code for f in found if f.status == "not_checked"} == set(OUT_OF_SIGHT)


def test_a_finding_carries_clause_edition_and_certainty() -> None:
    level, layout, programme = narrow_entrance(a_centre())
    found = check_access(level, layout, programme, profile("iraq-default"))
    (refused,) = [f for f in found if f.status == "fail" and f.code != "access.accessible_entrance_share"]
    assert (refused.code, refused.measured, refused.required) == ("access.entrance_clear_width", 980, 1000)
    assert refused.clause and refused.edition and refused.certainty == "read" and refused.profile == "iraq-default"


def test_a_lift_s_door_on_an_upper_storey_is_judged_as_a_door_and_not_as_an_entrance() -> None:
    level, layout, programme = narrow_entrance(a_centre())
    ways = tuple((d.id, d.use) for d in level.doors if d.use in ENTRANCE_USES)
    above = replace(layout, hall=Hall(spaces=(), uses=ways))
    found = {f.code: f for f in check_access(level, above, programme, profile("iraq-default"))}
    for code in ("access.entrance_clear_width", "access.accessible_entrance_share"):
        assert found[code].status == "not_applicable"
    doors = found["access.door_clear_width"]
    assert doors.status == "pass" and doors.measured is not None and doors.measured <= 980


def test_a_rule_the_profile_does_not_hold_is_not_checked() -> None:
    level, layout, programme = a_centre()
    full = profile("iraq-default")
    poor = replace(full, rules={k: v for k, v in full.rules.items() if k != "turning_circle_mm"})
    found = check_access(level, layout, programme, poor)
    assert [f.status for f in found if f.code == "access.turning_circle"] == ["not_checked"]


@pytest.mark.parametrize("rule", [staff.staff_and_public_share_no_floor, staff.staff_zones_are_free])
def test_rules_of_geometry_need_no_number_of_a_profile(rule: AccessRule) -> None:
    breaker, where = BREAKERS[rule]
    assert "staff_route_mm" not in profile("ada-2010").rules
    assert {status for status, _ in ask(rule, a_centre(), "ada-2010")} == {"pass"}
    assert ("fail", where) in ask(rule, breaker(a_centre()), "ada-2010")


def test_a_narrow_way_is_measured_where_it_is_narrow() -> None:
    level, layout, programme = pinched_way(a_centre())
    question = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile("iraq-default"))
    (refused,) = routes.routes_are_wide_enough(question)
    assert refused.measured == pytest.approx(1400, abs=2)
    assert 4890 <= float(refused.values["x"]) <= 5010
    assert 7000 < float(refused.values["y"]) < 8400


def test_a_turning_circle_is_measured_to_the_millimetre() -> None:
    column = block("b", box(8000, 9000, 13_000, 10_470))
    level, layout, programme = put(a_centre(), column)
    question = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile("iraq-default"))
    assert counters.largest_disc(question.public(), item(a_centre(), "n3"))[0] == pytest.approx(1530, abs=2)


def test_staff_reach_an_island_across_the_hall() -> None:
    level, layout, programme = a_centre()
    question = AccessQuestion(level=level, layout=layout, programme=programme, profile=profile("iraq-default"))
    assert all(f.status == "pass" for f in staff.staff_reach_their_positions(question))


def test_staff_step_into_an_island_from_its_side_when_its_back_is_to_the_wall() -> None:
    """A desk of 2 m depth, its staff place within, against the south wall of the hall: one open side is enough."""
    level, layout, programme = a_centre()
    island = next(i for i in layout.items if i.bank in {n.id for n in programme.islands} and i.kind in staff.STAFFED_KINDS)
    desk = replace(
        island, polygon=box(9000, 0, 10_800, 2000), insert_mm=(9900, 2000), rotation_deg=180, clear_zones=(), bank=island.bank
    )
    against_the_wall = replace(layout, items=(*(i for i in layout.items if i.id != island.id), desk))
    question = AccessQuestion(level=level, layout=against_the_wall, programme=programme, profile=profile("iraq-default"))
    met = {f.where: f.status for f in staff.staff_reach_their_positions(question)}
    assert "fail" not in met.values()
    closed = tuple(block(f"b{k}", box(x, 0, x + 200, 4000)) for k, x in enumerate((8800, 10_800)))
    shut_in = replace(against_the_wall, items=(*against_the_wall.items, *closed))
    question = AccessQuestion(level=level, layout=shut_in, programme=programme, profile=profile("iraq-default"))
    assert any(f.status == "fail" and desk.id in f.where for f in staff.staff_reach_their_positions(question))


def test_a_row_at_the_closed_end_of_a_gangway_has_its_gangway() -> None:
    """The disc that measures the gangway comes into no corner; people do. A foot off the gangway a row has none."""
    found = {}
    for off in (0, 300):
        centre = take(a_centre(), *(i.id for i in a_centre()[1].items if i.kind in ("seat", "wheelchair_bay")))
        width = profile("iraq-default").mm("gangway_mm")
        centre = put(
            centre, *seats("l", 3000, 2000, 4, 1), *seats("r", 5200 + width + off, 2000, 3, 1),
            block("behind", box(2000, 1900, 11_000, 2000)), block("before_l", box(2900, 2550, 5200, 2600)),
            block("before_r", box(5200 + width, 2550, 9000, 2600)), block("end", box(9000, 1900, 9100, 2600)),
            block("start", box(2900, 1900, 3000, 2600)),
        )  # fmt: skip
        found[off] = {status for status, _ in ask(seating.seat_rows_have_a_gangway, centre)}
    assert found == {0: {"pass"}, 300: {"fail"}}


def test_an_old_rooms_door_behind_the_counters_is_opened_from_the_staffs_floor() -> None:
    level, layout, programme = a_centre()
    behind = door("old", "internal", (5500, 16_000), (4500, 16_000), swing="in")
    theirs = replace(layout, staff=(*layout.staff, area(3000, 14_000, 8000, 16_000)))
    theirs = replace(theirs, public=(area(0, 0, 20_000, 14_000),))
    free = replace(level, doors=(*level.doors, behind))
    cupboard = replace(theirs, items=(*theirs.items, block("cupboard", box(4600, 15_200, 5400, 15_400))))
    rule = doors_leave_room_to_manoeuvre

    def severities(layout: LevelLayout) -> dict[tuple[str, str], str]:
        question = AccessQuestion(level=free, layout=layout, programme=programme, profile=profile("iraq-default"))
        return {(f.status, place): f.severity for f in rule(question) for place in f.where}

    assert ("fail", "old") not in severities(theirs)
    assert severities(cupboard)["fail", "old"] == "warning", "in work areas it is advised"
