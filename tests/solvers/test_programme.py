"""From capacity to modules: sizes, splits, flows, nearness and the schedule of areas."""

from dataclasses import replace

import pytest

from layouts.catalogue import fitting
from layouts.findings import BadInput
from layouts.programme import Nearness
from layouts.standards import access_profiles, egress_profiles, profile
from planner.project import RoomWish
from solvers.areas import check_area, schedule_of_areas
from solvers.capacity import CapacityQuestion, plan_capacity
from solvers.programme import draw_up_programme, layout_rules
from solvers.room_sizes import Users, depths_mm, room_m2, toilets_m2
from solvers.services import Bank, Service, ServiceTime, Step
from tests.solvers.test_capacity import a_bank, a_question, arriving

IRAQ = profile("iraq-default")
RECEPTION = Bank(id="reception", name="Reception", kind="reception", waiting="standing")
FILES = Bank(id="files", name="Files", kind="back_office", waiting="none")


def a_step(bank: str, minutes: float, probability: float = 1.0) -> Step:
    return Step(bank=bank, time=ServiceTime(mean_min=minutes, cv=1.0), skill=bank, probability=probability)


def a_centre(*steps: Step, banks: tuple[Bank, ...], persons: float = 30.0) -> CapacityQuestion:
    service = Service(id="permit", name="Permit", journey=steps)
    return a_question(banks=banks, services=(service,), arrivals=arriving(persons, persons))


def drawn_up(question: CapacityQuestion, *wishes: RoomWish, **more):
    return draw_up_programme(plan_capacity(question), wishes, IRAQ, **more)


def test_each_bank_becomes_what_its_kind_is_in_the_catalogue():
    centre = a_centre(
        a_step("reception", 1), a_step("counter", 5), a_step("talk", 10, 0.1), a_step("files", 3),
        banks=(RECEPTION, a_bank(), a_bank("talk", kind="interview_room"), FILES),
    )  # fmt: skip
    programme = drawn_up(centre)
    assert [bank.id for bank in programme.banks] == ["counter"]
    assert [island.id for island in programme.islands] == ["reception"]
    assert [room.id for room in programme.rooms] == ["talk-1", "talk-2", "toilets"]


def test_a_bank_of_more_than_ten_counters_is_split_and_its_flow_with_it():
    programme = drawn_up(a_centre(a_step("counter", 10), banks=(a_bank(),), persons=27))
    first, second = programme.banks
    assert (first.id, second.id) == ("counter-1", "counter-2")
    assert (first.positions, second.positions) == (6, 5)
    assert first.accessible_positions >= 1 and second.accessible_positions >= 1
    flows = {flow.stops: flow.visitors_per_day for flow in programme.flows}
    assert flows == {("counter-1",): 29, ("counter-2",): 25}


def test_a_step_that_not_all_take_splits_the_walk_and_loses_nobody():
    programme = drawn_up(
        a_centre(a_step("reception", 1, 0.75), a_step("counter", 5), banks=(RECEPTION, a_bank()), persons=33.3)
    )
    flows = {flow.stops: flow.visitors_per_day for flow in programme.flows}
    assert flows == {("reception", "counter"): 50, ("counter",): 17}


def test_an_island_is_its_desks_side_by_side_and_as_deep_as_desk_and_clerk():
    (island,) = drawn_up(a_centre(a_step("reception", 1), banks=(RECEPTION,), persons=30)).islands
    desk = fitting("reception")
    assert island.positions == 2
    assert (island.width_mm, island.depth_mm, island.front_mm) == (2 * desk.width_mm, 800 + 1200, 1800)
    assert island.within_first == 0.35


def test_kiosks_stand_at_their_pitch_and_not_body_to_body():
    kiosks = Bank(id="kiosks", name="Kiosks", kind="self_service_kiosk", staffed=False, waiting="standing")
    (island,) = drawn_up(a_centre(a_step("kiosks", 2), banks=(kiosks,))).islands
    assert island.width_mm == 1200 * island.positions
    assert not island.staffed


def test_a_desk_that_is_low_anyway_is_accessible_at_every_position():
    (bank,) = drawn_up(a_centre(a_step("desk", 8), banks=(a_bank("desk", kind="complaint_desk"),))).banks
    assert bank.accessible_positions == bank.positions == 9


def test_wished_rooms_take_their_own_area_or_the_standards():
    centre = a_centre(a_step("counter", 5), banks=(a_bank(),))
    programme = drawn_up(
        centre,
        RoomWish(id="store", name="Store", kind="archive", area_m2=20.2),
        RoomWish(id="server", name="Server", kind="server_room"),
        RoomWish(id="children", name="Children", kind="children_corner"),
    )
    areas = {room.id: room.area_m2 for room in programme.rooms}
    assert areas["store"] == 20.5
    assert areas["server"] == fitting("server_room").area_m2
    assert [island.id for island in programme.islands] == ["children"]
    assert "toilets" in areas


def test_back_office_grows_with_the_people_who_work_there():
    one, ten = Users(hall=50, on_duty=20, back_office=1), Users(hall=50, on_duty=20, back_office=10)
    assert room_m2("back_office", ten) == 10 * room_m2("back_office", one)
    assert room_m2("staff_suite", ten) == room_m2("back_office", ten) + room_m2("staff_room", ten)


def test_a_combined_room_is_placed_as_one_block_with_room_for_the_walls_between_its_parts():
    wish = RoomWish(id="behind", name="Archive, server and UPS", kind="back_of_house")
    (room, _) = drawn_up(a_centre(a_step("counter", 5), banks=(a_bank(),)), wish).rooms
    assert (room.id, room.kind, room.side) == ("behind", "back_of_house", "staff")
    assert room.shares == tuple(fitting(part).area_m2 for part in ("archive", "server_room", "ups_room"))
    assert room.area_m2 == sum(room.shares) + 1.5


def test_toilets_follow_the_people_in_the_hall():
    """400 people: 200 men / 125 = 2, 200 women / 65 = 4 cubicles; 40 people: two each at the least."""
    few, many = Users(hall=40, on_duty=0, back_office=0), Users(hall=400, on_duty=0, back_office=0)
    assert toilets_m2(many) - toilets_m2(few) == pytest.approx(2 * 3.0)


def test_toilets_in_two_places_serve_the_people_together():
    centre = a_centre(a_step("counter", 5), banks=(a_bank(),))
    one, two = (drawn_up(centre, RoomWish(id="wc", name="Toilets", kind="toilets", count=n)).rooms for n in (1, 2))
    assert [room.id for room in two] == ["wc-1", "wc-2"]
    assert one[0].area_m2 / 2 <= two[0].area_m2 == two[1].area_m2 <= one[0].area_m2


@pytest.mark.parametrize(("area_m2", "least_mm"), [(6.0, 2134), (9.0, 2400), (22.5, 3000), (53.0, 3600), (120.0, 3600)])
def test_every_depth_gives_a_room_and_no_corridor(area_m2, least_mm):
    for depth in depths_mm(area_m2, least_mm):
        width = area_m2 * 1e6 / depth
        assert min(width, depth) >= least_mm - 100
        assert max(width, depth) <= 3.35 * min(width, depth)


def test_rules_are_the_profiles_own_lengths():
    rules = layout_rules(IRAQ)
    assert rules.staff_zone_mm == 2700
    assert rules.spine_widths_mm == (1800, 2400, 3000)
    assert rules.turning_mm == 1525


def test_the_projects_nearness_goes_before_the_starter():
    centre = a_centre(a_step("counter", 5), a_step("cash", 3), banks=(a_bank(), a_bank("cash", kind="cashier")))
    assert Nearness(a="cash", b="counter", rating="E") in drawn_up(centre).nearness
    own = Nearness(a="counter", b="cash", rating="U")
    rated = drawn_up(centre, nearness=(own,)).nearness
    assert own in rated
    assert Nearness(a="cash", b="counter", rating="E") not in rated


@pytest.mark.parametrize(
    ("wishes", "more", "code"),
    [
        ((RoomWish(id="x", name="X", kind="counter"),), {}, "programme.not_a_room_kind"),
        ((RoomWish(id="x", name="X", kind="ballroom"),), {}, "catalogue.unknown_kind"),
        ((RoomWish(id="x", name="X", kind="archive", area_m2=-1),), {}, "programme.bad_room_wish"),
        ((RoomWish(id="counter", name="X", kind="archive"),), {}, "programme.id_twice"),
        ((), {"nearness": (Nearness(a="counter", b="moon", rating="A"),)}, "programme.unknown_module"),
        ((), {"nearness": (Nearness(a="counter", b="toilets", rating="Z"),)}, "programme.unknown_rating"),
    ],
)
def test_wishes_that_name_nothing_known_are_refused(wishes, more, code):
    with pytest.raises(BadInput) as refused:
        drawn_up(a_centre(a_step("counter", 5), banks=(a_bank(),)), *wishes, **more)
    assert refused.value.code == code


def test_a_bank_of_seats_is_no_bank():
    with pytest.raises(BadInput) as refused:
        drawn_up(a_centre(a_step("seats", 5), banks=(a_bank("seats", kind="seat"),)))
    assert refused.value.code == "programme.not_a_bank_kind"


def test_a_programme_larger_than_its_floor_is_told_with_both_figures():
    programme = drawn_up(a_centre(a_step("counter", 5), banks=(a_bank(),)))
    net = schedule_of_areas(programme).net_m2
    finding = check_area(programme, net - 1)
    assert (finding.code, finding.status, finding.severity) == ("programme.larger_than_floor", "fail", "error")
    assert (finding.measured, finding.required) == (round(net, 1), round(net - 1, 1))
    assert check_area(programme, net + 1).code == "programme.tight_on_floor"
    assert check_area(programme, 2 * net).status == "pass"


def test_the_schedule_adds_up_by_hand():
    programme = drawn_up(a_centre(a_step("counter", 5), banks=(a_bank(),), persons=3))
    bank = replace(programme.banks[0], positions=3, accessible_positions=1, seats=10, wheelchair_bays=1)
    schedule = schedule_of_areas(replace(programme, banks=(bank,), rooms=()))
    desk_line_m2 = (2 * 1.5 + 1.8) * (2.7 + 0.8 + 1.8)
    assert schedule.net_m2 == pytest.approx(desk_line_m2 + 10 * 0.55 * 0.9 + 0.9 * 1.4)


@pytest.mark.parametrize("name", access_profiles())
def test_what_a_profile_does_not_say_is_planned_by_the_default(name: str) -> None:
    own, rules = profile(name), layout_rules(profile(name))
    assert rules.profile == name and rules.counter_width_mm == IRAQ.mm("counter_width_mm")
    assert rules.gangway_mm >= rules.clear_width_mm
    assert rules.accessible_counter_width_mm >= IRAQ.mm("accessible_counter_width_mm")
    assert rules.clear_width_mm == own.mm("clear_route_mm") and rules.turning_mm >= own.mm("turning_circle_mm")


def test_a_profile_of_egress_is_none_of_access() -> None:
    assert set(access_profiles()) == {"ada-2010", "un-escwa", "uk-adm", "iso-21542", "iraq-default"}
    assert egress_profiles() == ("ibc-2021",)
