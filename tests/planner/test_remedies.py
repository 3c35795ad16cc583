"""What helps when nothing fits, as changes of the project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.words import catalogue, say
from layouts.programme import Nearness
from layouts.standards import access_profiles
from planner.chain.asked import ask
from planner.project import Growth, Phase, Pin, RoomWish
from planner.remedies import PAGES, pages_to_see, remedies, unpinned, unsettled
from solvers.placement.wish import Wish
from tests.planner.small_centre import a_hall, a_small_centre


def reason(code, **values):
    return {"code": code, "values": values}


def asked():
    wish = Wish(id="by-the-door", kind="near_entrance", module="notary", within_m=3)
    return a_small_centre(wishes=(wish,), pins=(Pin(id="notary"),))


def test_each_thing_of_a_clash_can_be_left_out():
    project = asked()
    found = remedies(project, [reason("placement.clash", wishes="by-the-door, notary")])
    assert [r.code for r in found] == ["remedy.wish", "remedy.pin"]
    assert found[0].make(project).wishes == () and found[0].make(project).pins == project.pins
    assert found[1].make(project).pins == () and found[1].make(project).wishes == project.wishes


def test_what_a_layout_was_found_with_is_offered_before_what_was_not_seen_to_help():
    told = [reason("placement.clash", wishes="by-the-door, notary"), reason("placement.relax_pin", module="notary")]
    found = remedies(asked(), [*told, reason("placement.fits_nowhere", modules="registration")])
    assert [(r.code, r.tried) for r in found[:2]] == [("remedy.pin", True), ("remedy.wish", False)]
    assert not any(r.tried for r in found[1:])


def test_what_has_to_go_together_goes_in_one_step():
    (remedy,) = remedies(asked(), [reason("placement.relax_together", wishes="by-the-door, notary")])
    after = remedy.make(asked())
    assert (remedy.code, after.wishes, after.pins) == ("remedy.together", (), ())


def test_one_change_named_by_two_reasons_is_offered_once():
    told = [reason("placement.relax_pin", module="notary"), reason("pin.does_not_fit", given="notary")]
    assert len(remedies(asked(), told)) == 1


@pytest.mark.parametrize("access", access_profiles())
def test_less_floor_behind_counters_is_offered_by_every_profile_also_where_it_says_nothing_of_it(access: str):
    project = asked()
    project = replace(project, planning=replace(project.planning, access_profile=access))
    (remedy,) = remedies(project, [reason("placement.relax_staff_zone", depth_mm=2100)])
    assert remedy.make(project).planning.staff_zone_mm == 2100
    assert remedy.values["required_mm"] == 2700


def test_a_staff_door_is_added_to_the_plan_at_the_wall():
    project = asked()
    (remedy,) = remedies(project, [reason("placement.relax_staff_door", x_m=4.0, y_m=0.1)])
    before, after = project.plan.levels[0].doors, remedy.make(project).plan.levels[0].doors
    (door,) = [d for d in after if d.id not in {b.id for b in before}]
    assert door.use == "staff" and door.p[1] == door.q[1] == 0


def test_fewer_seats_are_asked_for():
    project = asked()
    (remedy,) = remedies(project, [reason("placement.relax_seats", percent=20)])
    assert remedy.make(project).planning == replace(project.planning, seated_share=0.72)


def test_what_no_single_change_settles_names_the_page_for_it():
    told = [reason("placement.no_spine", least_width_mm=1800), reason("placement.no_staff_door", level="L0")]
    found = remedies(asked(), told)
    assert {r.code for r in found} == {"remedy.staff_door"} and pages_to_see(told) == ("plan",)
    assert unsettled(told, asked(), found) == (0,)


def test_of_two_pinned_modules_on_the_same_floor_either_is_let_go():
    project = replace(asked(), pins=(Pin(id="notary"), Pin(id="registry")))
    told = reason("placement.pins_overlap", one="notary", other="registry", area_m2=2.0)
    assert [r.make(project).pins for r in remedies(project, [told])] == [(Pin(id="registry"),), (Pin(id="notary"),)]


def test_a_narrower_aisle_is_a_decision_for_the_project_that_the_search_keeps_to():
    project = a_small_centre()
    (remedy,) = remedies(project, [reason("placement.relax_spine", width_mm=1500)])
    assert (remedy.code, remedy.values) == ("remedy.aisle_below", {"width_mm": 1500, "required_mm": 1800})
    assert ask(remedy.make(project)).programme.rules.spine_widths_mm == (1500,)
    assert remedies(remedy.make(project), [reason("placement.relax_spine", width_mm=1500)]) == ()
    (fitting,) = remedies(project, [reason("placement.way_too_narrow", width_mm=1640, least_width_mm=1800, profile="x")])
    assert fitting.values["width_mm"] == 1600
    too_narrow = [reason("placement.way_too_narrow", width_mm=1400, least_width_mm=1800, profile="x")]
    assert remedies(project, too_narrow) == () and unsettled(too_narrow, project, ()) == (0,)


def test_a_long_bank_is_parted_into_lines_with_all_that_was_asked_of_it():
    busy = tuple(replace(a, persons=14.0) for a in a_small_centre().arrivals)
    project = a_small_centre(arrivals=busy, nearness=(Nearness(a="registration", b="toilets", rating="A"),))
    whole = next(b for b in ask(project).programme.banks if b.id == "registration")
    (remedy,) = remedies(project, [reason("placement.relax_split", bank="registration")])
    assert remedy.code == "remedy.split" and whole.positions >= 4
    changed = ask(remedy.make(project)).programme
    parts = [b for b in changed.banks if b.services == whole.services and b.id.startswith("registration")]
    assert len(parts) == 2 and max(p.positions for p in parts) == remedy.values["count"]
    assert sum(p.positions for p in parts) == whole.positions and sum(p.seats for p in parts) == whole.seats
    assert {n.a for n in changed.nearness if n.rating == "A" and n.b == "toilets"} >= {p.id for p in parts}
    pinned = replace(project, pins=(Pin(id="registration"),))
    assert remedies(pinned, [reason("placement.columns_in_the_way", modules="registration")]) == ()


def part(kind, **values):
    return {"code": f"placement.with_{kind}", "values": values}


def test_two_changes_that_help_together_are_one_step():
    told = reason("placement.relax_pair", one=part("staff_zone", depth_mm=2300), other=part("longer", metres=4))
    project = a_small_centre()
    (remedy,) = remedies(project, [told])
    changed = remedy.make(project)
    assert ask(changed).programme.rules.staff_zone_mm == 2300
    assert max(x for x, _ in changed.plan.levels[0].outline) == max(x for x, _ in project.plan.levels[0].outline) + 4000
    assert say(remedy.code, remedy.values).endswith("2300 mm of floor behind the counters, and the hall 4 m longer")
    impossible = reason("placement.relax_pair", one=part("staff_zone", depth_mm=2300), other=part("pin", module="notary"))
    assert remedies(project, [impossible]) == ()  # nobody pinned it


def test_toilets_come_in_one_place_more_with_the_area_that_was_asked_for():
    (remedy,) = remedies(a_small_centre(), [reason("placement.relax_toilets", module="toilets")])
    project = a_small_centre(rooms=(RoomWish(id="wc", name="WC", kind="toilets", area_m2=30.0),))
    (asked_for,) = remedies(project, [reason("placement.one_toilet_place", module="wc", most_m=40)])
    (wc,) = asked_for.make(project).rooms
    assert (wc.count, wc.area_m2) == (2, 15.0)
    rooms = ask(remedy.make(a_small_centre())).programme.rooms
    assert sum(r.kind == "toilets" for r in rooms) == 2


def test_every_reason_has_a_remedy_of_one_click_or_a_page_where_it_is_mended():
    project = asked()
    both = {"one": {"code": "placement.with_spine", "values": {"width_mm": 1500}}, "other": part("wish", wish="by-the-door")}
    kinds = ("clash", "clash_not_proven", "clash_of_one", "clash_of_two", "clash_of_floor", "relax_together")
    clashes = tuple(f"placement.{c}" for c in kinds)
    wide: dict[str, dict[str, object]] = {code: {"wishes": "by-the-door", "module": "notary"} for code in clashes}
    wide |= {"placement.relax_pair": both, "placement.relax_toilets": {"module": "toilets"}}
    told = {"wish": "by-the-door", "module": "notary", "x_m": 4.0, "y_m": 0.1, "width_mm": 1500, "percent": 20}
    told |= {"depth_mm": 1800, "metres": 4, "years": 2}
    inputs = ("placement.unknown_aim", "placement.alternatives_count", "placement.one_choice", "placement.not_proven")
    placed = {c for c in catalogue("en") if c.startswith("placement.") and c not in inputs}
    given = {c for c in placed if ".with_" not in c and c.count(".") == 1}  # the others are parts of sentences
    asked_for = given - set(PAGES) - {"placement.relax_split", "placement.pins_overlap"}  # tried above
    assert len(given) > 20 and asked_for
    for code in asked_for:
        assert remedies(project, [reason(code, **wide.get(code, told))]), code


def test_unpinning_a_module_leaves_the_other_pins():
    project = replace(asked(), pins=(Pin(id="notary"), Pin(id="registry")))
    assert [p.id for p in unpinned(project, "notary").pins] == ["registry"]


def tight(**changed):
    return a_small_centre(plan=a_hall(9_000, 8_000), **changed)


def test_a_hall_is_made_deeper_by_what_it_lacks_and_its_doors_keep_their_walls():
    project = tight()
    (remedy, *_) = remedies(project, [reason("placement.too_shallow", need_m=10.0, offered_m=8.0)])
    assert (remedy.code, remedy.values) == ("remedy.deeper", {"metres": 2.0})
    level = remedy.make(project).plan.levels[0]
    assert max(y for _, y in level.outline) == 10_000 and max(x for x, _ in level.outline) == 9_000
    doors = {d.id: d for d in level.doors}
    assert doors["staff"].p[1] == doors["staff"].q[1] == 10_000
    assert [d.q[1] - d.p[1] for d in (doors["in"], doors["out"])] == [1800, 1800]


def test_a_programme_larger_than_its_floor_is_given_the_floor_it_lacks():
    project = tight()
    told = reason("programme.larger_than_floor", measured=80.0, required=72.0, with_circulation_m2=104.0)
    found = {r.code: r for r in remedies(project, [told])}
    level = found["remedy.longer"].make(project).plan.levels[0]
    assert found["remedy.longer"].values == {"metres": 4.0} and max(x for x, _ in level.outline) == 13_000


def test_of_a_programme_larger_than_its_floor_only_what_makes_it_fit_is_offered():
    """Twenty times the demand of today: neither fewer seats nor another staff door give it floor."""
    project = tight(growth=Growth(per_year=0.35, years=10))
    area = ask(project).area
    assert area.status == "fail"
    told = [
        reason(area.code, measured=area.measured, required=area.required, **area.values),
        reason("placement.frontage", need_m=200.0, offered_m=20.0),
    ]
    offered = remedies(project, told)
    assert "remedy.no_growth" in {r.code for r in offered}
    assert not {"remedy.seats", "remedy.staff_door"} & {r.code for r in offered}
    assert all(ask(r.make(project)).area.status != "fail" for r in offered)


def test_where_storeys_hang_together_no_hall_is_stretched():
    told = [reason("placement.too_shallow", need_m=10.0, offered_m=8.0)]
    plan = a_hall(9_000, 8_000)
    two = replace(plan, levels=(*plan.levels, replace(plan.levels[0], id="L1", elevation_mm=4000)))
    assert "remedy.deeper" not in {r.code for r in remedies(replace(tight(), plan=two), told)}


def test_what_finds_no_place_is_asked_for_less():
    growth = Growth(per_year=0.03, years=10)
    archive = RoomWish(id="archive", name="Archive", kind="archive", area_m2=20.0)
    project = tight(growth=growth, rooms=(*a_small_centre().rooms, archive))
    told = [reason("placement.left_out", modules="registration, toilets, archive")]
    found = {r.code: r for r in remedies(project, told)}
    assert set(found) == {"remedy.no_growth", "remedy.fewer_positions", "remedy.room", "remedy.seats"}
    assert found["remedy.no_growth"].make(project).growth.years == 0
    fewer = found["remedy.fewer_positions"].make(project).banks
    assert [b.most_positions for b in fewer if b.id == "registration"] == [found["remedy.fewer_positions"].values["count"]]
    assert [r.id for r in found["remedy.room"].make(project).rooms] == ["toilets"]


def test_of_several_rooms_of_a_wish_as_many_are_left_out_as_find_no_place():
    rooms = RoomWish(id="court", name="Court rooms", kind="interview_room", area_m2=60.0, count=3)
    project = tight(rooms=(*a_small_centre().rooms, rooms))

    def left(modules):
        found = {r.code: r for r in remedies(project, [reason("placement.left_out", modules=modules)])}
        remedy = found.get("remedy.room") or found["remedy.fewer_rooms"]
        return {r.id: r.count for r in remedy.make(project).rooms}.get("court", 0)

    assert (left("court-1, court-3"), left("court-1, court-2, court-3"), left("court")) == (1, 0, 0)


def test_staff_who_all_come_by_one_door_are_offered_another_on_a_wall_without():
    project = tight()
    (remedy,) = remedies(project, [reason("placement.one_staff_door", door="staff")])
    doors = remedy.make(project).plan.levels[0].doors
    assert remedy.code == "remedy.staff_door" and sum(d.use == "staff" for d in doors) == 2


def test_a_hall_in_which_a_layout_was_found_deeper_is_made_deeper_by_as_much():
    project = asked()
    (remedy,) = [r for r in remedies(project, [reason("placement.relax_deeper", metres=4.0)]) if r.code == "remedy.deeper"]
    before, after = sides_mm(project), sides_mm(remedy.make(project))
    short = before.index(min(before))
    assert after[short] == before[short] + 4000 and after[1 - short] == before[1 - short]


def sides_mm(project):
    outline = project.plan.levels[0].outline
    return [max(p[k] for p in outline) - min(p[k] for p in outline) for k in (0, 1)]


def test_rooms_without_which_a_layout_was_found_are_left_out_and_counters_are_seen_to_by_hand():
    told = reason("placement.relax_leaving", modules="registration, archive")
    archive = RoomWish(id="archive", name="Archive", kind="archive", area_m2=20.0)
    project = tight(rooms=(*a_small_centre().rooms, archive))
    (remedy,) = remedies(project, [told])
    assert (remedy.code, remedy.values) == ("remedy.room", {"module": "archive"})
    assert pages_to_see([told]) == ("demand",)


def test_where_a_layout_was_found_for_an_earlier_year_the_project_is_planned_for_that():
    project = tight(growth=Growth(per_year=0.15, years=6), phases=(Phase(year=0), Phase(year=3), Phase(year=5)))
    found = {years: remedies(project, [reason("placement.relax_growth", years=years)])[0] for years in (3, 0)}
    assert [r.code for r in found.values()] == ["remedy.fewer_years", "remedy.no_growth"]
    less = found[3].make(project)
    assert less.growth == Growth(per_year=0.15, years=3) and [p.year for p in less.phases] == [0, 3]
