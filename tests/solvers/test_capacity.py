"""The capacity plan on centres small enough to check by hand, and its laws."""

import json
from dataclasses import replace
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.capacity_json import capacity_to_json
from layouts.findings import BadInput
from solvers.capacity import CapacityQuestion, OpenedDay, plan_capacity
from solvers.queueing import mgc, mmc
from solvers.queueing.mmc import chance_of_waiting, mean_wait_min
from solvers.queueing.station import Station
from solvers.services import (
    Arrivals,
    Bank,
    DayType,
    Service,
    ServiceStandard,
    ServiceTime,
    Step,
    VisitorClass,
)

NORMAL = DayType(id="normal", name="Normal", open_min=480, close_min=540, weekdays=("mon",))
BUSY = DayType(id="busy", name="Busy", open_min=480, close_min=540, weekdays=("sun",))
EIGHT_MINUTES = ServiceTime(mean_min=8.0, cv=1.0, distribution="exponential")


def a_bank(id_: str = "counter", **more) -> Bank:
    return Bank(id=id_, name=id_.title(), kind=more.pop("kind", "counter"), **more)


def a_service(id_: str = "permit", *banks: str, **more) -> Service:
    steps = tuple(
        Step(bank=bank, time=EIGHT_MINUTES, skill=more.get("skill", "clerk")) for bank in banks or ("counter",)
    )
    return Service(id=id_, name=id_.title(), journey=steps)


def arriving(*persons: float, service: str = "permit", day: str = "normal") -> tuple[Arrivals, ...]:
    return tuple(
        Arrivals(day_type=day, service=service, start_min=480 + 30 * i, persons=each) for i, each in enumerate(persons)
    )


def a_question(**more) -> CapacityQuestion:
    defaults = {
        "banks": (a_bank(),),
        "services": (a_service(),),
        "day_types": (NORMAL,),
        "arrivals": arriving(30, 15),
        "standards": (ServiceStandard(share_within=0.8, within_min=10.0, max_utilisation=1.0),),
        "visitor_classes": (VisitorClass(id="all", name="All", share=1.0, priority=0, companions=0.5),),
    }
    return CapacityQuestion(**{**defaults, **more})


def test_sixty_an_hour_need_nine_positions_and_their_seats():
    bank = plan_capacity(a_question(seated_share=1.0)).bank("counter")
    assert bank.day.open == (9, 5)
    assert bank.positions == 9
    assert bank.seats == 32  # 21 waiting x 1.5, rounded up
    assert bank.wheelchair_bays == 2
    assert bank.accessible_positions == 1


def test_bays_are_for_as_many_wheelchairs_as_are_told_to_come():
    """21 wait with 95 %: a quarter of them in a wheelchair take six bays, where 5 % of the seats would be two."""
    clients = (VisitorClass(id="all", name="All", share=1.0, priority=0, companions=0.5, wheelchair_share=0.25),)
    bank = plan_capacity(a_question(seated_share=1.0, visitor_classes=clients)).bank("counter")
    assert (bank.seats, bank.wheelchair_bays) == (32, 6)


def test_the_figures_of_a_service_are_those_of_the_formula():
    plan = plan_capacity(a_question(arrivals=arriving(30, 30)))
    outcome = plan.services[0]
    station = Station(arrivals_per_min=1.0, mean_service_min=8.0, positions=9)
    assert outcome.p_within == pytest.approx(0.813, abs=5e-4)
    assert outcome.wait_mean_min == pytest.approx(mean_wait_min(station))
    assert outcome.wait_p90_min == pytest.approx(log(chance_of_waiting(station) / 0.1) * 8, rel=1e-6)
    assert outcome.time_mean_min == pytest.approx(mean_wait_min(station) + 8)


def test_seats_are_for_the_line_that_the_waits_are_told_of():
    """Two minutes and forty at one bank: by Little's law the line of the mix is as much longer as its wait."""
    quick, long = (
        Service(id=i, name=i, journey=(Step(bank="counter", time=replace(EIGHT_MINUTES, mean_min=m), skill="clerk"),))
        for i, m in (("quick", 2.0), ("long", 40.0))
    )
    question = a_question(
        services=(quick, long), arrivals=arriving(30, 30, service="quick") + arriving(4, 4, service="long"),
        visitor_classes=(), seated_share=1.0,
    )  # fmt: skip
    plan = plan_capacity(question)
    bank, load = plan.bank("counter"), plan.bank("counter").day.load
    station = Station(arrivals_per_min=34 / 30, mean_service_min=load.mean_min[0], positions=bank.positions, cv=load.cv[0])
    assert station.cv > 1.5
    assert bank.seats == mgc.waiting_quantile(station, 0.95) > mmc.waiting_quantile(station, 0.95)
    waited = plan.services[0].wait_mean_min
    assert plan.occupancy.people_mean[0] == pytest.approx(station.arrivals_per_min * waited + station.load)


def test_services_that_share_a_bank_share_its_positions():
    services = (a_service("permit"), a_service("fee"))
    pooled = plan_capacity(a_question(services=services, arrivals=arriving(15, 15) + arriving(15, 15, service="fee")))
    assert pooled.bank("counter").positions == 9  # and not 5 + 5
    assert pooled.bank("counter").services == ("permit", "fee")


def test_the_total_wait_of_two_equal_stages_is_an_erlang_mixture():
    """Two independent stages: P(T > t) = 1 - [(1-C)^2 + 2(1-C)C(1-e^-x) + C^2(1-e^-x(1+x))], x = t / mean."""
    from math import exp

    question = a_question(
        banks=(a_bank(), a_bank("cashier")),
        services=(a_service("permit", "counter", "cashier"),),
        arrivals=arriving(30, 30),
    )
    minutes = plan_capacity(question).services[0].wait_p90_min
    chance, x = chance_of_waiting(Station(arrivals_per_min=1.0, mean_service_min=8.0, positions=9)), minutes / 8
    within = (1 - chance) ** 2 + 2 * (1 - chance) * chance * (1 - exp(-x)) + chance**2 * (1 - exp(-x) * (1 + x))
    assert within == pytest.approx(0.9, abs=0.002)


def test_the_worst_bank_speaks_for_the_journey():
    question = a_question(
        banks=(a_bank(), a_bank("cashier")),
        services=(a_service("permit", "counter", "cashier"),),
        standards=(
            ServiceStandard(bank="counter", share_within=0.95, within_min=10),
            ServiceStandard(bank="cashier", share_within=0.7, within_min=10),
        ),
    )
    outcome = plan_capacity(question).services[0]
    assert outcome.worst_bank == "cashier"
    assert outcome.p_within == min(step.p_within for step in outcome.steps)


def test_overload_is_told_with_its_backlog_and_does_not_raise():
    plan = plan_capacity(a_question(arrivals=arriving(30, 30), limits=(("counter", 5),)))
    (finding,) = plan.findings
    served_per_interval = 5 * 30 / 8
    assert finding.code == "capacity.overload"
    assert finding.measured == pytest.approx(2 * (30 - served_per_interval), abs=0.05)
    first_half_hour = 10 / ((30 - served_per_interval) * 8 / 5)  # the wait grows evenly to 18 min; 10 is the standard
    assert plan.services[0].p_within == pytest.approx(first_half_hour / 2)
    assert plan.services[0].wait_p90_min == pytest.approx(2 * 18 * 0.9)
    json.dumps(capacity_to_json(plan), allow_nan=False)


@pytest.mark.parametrize("staffing", ["stationary", "transient"])
@pytest.mark.parametrize("last", [0.0, 1.0])
def test_who_is_left_at_closing_is_told_though_hardly_anybody_comes_at_the_end(staffing, last):
    """60 come in an hour and 5 counters serve 37.5; then as many stay open as those who come need, each serving 3.75."""
    question = a_question(
        day_types=(replace(NORMAL, close_min=570),),
        arrivals=arriving(30, 30, last), limits=(("counter", 5),), staffing=staffing,
    )  # fmt: skip
    plan = plan_capacity(question)
    (finding,) = plan.findings
    served = 2 * 18.75 + 3.75 * plan.bank("counter").day.open[-1]
    assert finding.measured == pytest.approx(60 + last - served, abs=3)
    assert finding.values["worst"] == pytest.approx(60 - 2 * 18.75, abs=3) and finding.values["at"] == "09:00"


def test_clerks_who_melt_a_line_are_busy_though_few_come():
    question = a_question(
        day_types=(replace(NORMAL, close_min=600),), arrivals=arriving(30, 15, 0, 0), limits=(("counter", 5),)
    )
    bank = plan_capacity(question).bank("counter")
    assert bank.day.open == (5, 5, 1, 1)
    assert bank.day.backlog == pytest.approx((11.25, 7.5, 3.75, 0.0))
    assert bank.day.utilisation == (1.0, 1.0, 1.0, 1.0)
    assert bank.day.waiting == (12, 12, 8, 4)  # a line of 11.25 persons takes twelve seats


def test_other_kinds_of_day_cannot_open_more_than_was_built():
    question = a_question(
        day_types=(NORMAL, BUSY), arrivals=arriving(15, 15) + arriving(30, 30, day="busy"), design_day_type="normal"
    )
    plan = plan_capacity(question)
    assert plan.bank("counter").positions == 5
    assert [finding.values["day_type"] for finding in plan.findings] == ["busy"]
    assert max(need.needed for need in plan.cover) == 5


def test_the_busiest_kind_of_day_is_planned_for_when_none_is_named():
    question = a_question(day_types=(NORMAL, BUSY), arrivals=arriving(15, 15) + arriving(30, 30, day="busy"))
    plan = plan_capacity(question)
    assert plan.design_day_type == "busy"
    assert {(need.day_type, need.start_min): need.needed for need in plan.cover} == {
        ("normal", 480): 5, ("normal", 510): 5, ("busy", 480): 9, ("busy", 510): 9
    }  # fmt: skip


def test_machines_ask_for_no_staff_and_lines_that_stand_for_no_seats():
    question = a_question(banks=(a_bank(kind="self_service_kiosk", staffed=False, waiting="standing"),))
    plan = plan_capacity(question)
    assert plan.cover == ()
    assert (plan.bank("counter").positions, plan.bank("counter").seats) == (9, 0)


def test_work_without_the_visitor_counts_in_no_wait_and_no_hall():
    with_files = a_question(
        banks=(a_bank(), a_bank("files", kind="back_office", waiting="none")),
        services=(a_service("permit", "counter", "files"),),
    )
    plan, plain = plan_capacity(with_files), plan_capacity(a_question())
    assert plan.services[0].wait_mean_min == plain.services[0].wait_mean_min
    assert plan.occupancy == plain.occupancy
    assert plan.bank("files").accessible_positions == 0
    assert sum(need.needed for need in plan.cover) == 2 * sum(need.needed for need in plain.cover)


def test_a_bank_that_nobody_visits_gets_no_position_and_is_named():
    plan = plan_capacity(a_question(banks=(a_bank(), a_bank("cashier"))))
    assert plan.bank("cashier").positions == 0
    assert [(finding.code, finding.where) for finding in plan.findings] == [("capacity.bank_unused", ("cashier",))]


def test_a_bank_stays_open_between_its_visitors():
    plan = plan_capacity(a_question(arrivals=arriving(30, 0)))
    assert plan.bank("counter").day.open == (9, 1)


def test_absence_that_nobody_can_plan_asks_for_more_people_but_no_more_counters():
    plan = plan_capacity(a_question(shrinkage=0.25))
    assert plan.bank("counter").positions == 9
    assert [need.needed for need in plan.cover] == [12, 7]


def test_a_pool_of_two_skills_is_split_by_their_work():
    services = (a_service("permit"), a_service("fee", skill="cashier"))
    plan = plan_capacity(a_question(services=services, arrivals=arriving(20, 20) + arriving(10, 10, service="fee")))
    staff = plan.bank("counter").day.staff_by_skill
    assert staff == {"cashier": (3, 3), "clerk": (6, 6)}


def test_one_bank_alone_holds_its_own_quantile_of_people():
    plan = plan_capacity(a_question(visitor_classes=(), arrivals=arriving(30, 30)))
    assert plan.occupancy.people_quantile[0] == 9 + 21  # all positions busy and the 95 % line
    assert plan.occupancy.visitors_mean[0] == pytest.approx(8 + 5.23, abs=0.01)


@given(st.permutations(range(4)))
@settings(max_examples=10, deadline=None)
def test_the_order_in_which_services_stand_changes_no_size(order):
    services = tuple(a_service(name) for name in ("a", "b", "c", "d"))
    arrivals = tuple(
        row
        for name, persons in zip("abcd", (7.3, 9.1, 11.7, 3.9))
        for row in arriving(persons, persons / 3, service=name)
    )
    plain = plan_capacity(a_question(services=services, arrivals=arrivals))
    turned = plan_capacity(
        a_question(
            services=tuple(services[i] for i in order),
            arrivals=tuple(arrivals[2 * i + j] for i in order for j in (0, 1)),
        )
    )
    assert turned.bank("counter").day.open == plain.bank("counter").day.open
    assert turned.bank("counter").seats == plain.bank("counter").seats
    assert turned.cover == plain.cover


@given(st.floats(0.1, 60), st.floats(1.0, 2.0))
@settings(max_examples=25, deadline=None)
def test_more_visitors_never_need_fewer_positions(persons, growth):
    before = plan_capacity(a_question(arrivals=arriving(persons, persons)))
    after = plan_capacity(a_question(arrivals=arriving(persons, persons), growth_factor=growth))
    assert after.bank("counter").positions >= before.bank("counter").positions


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"banks": ()}, "capacity.no_banks"),
        ({"interval_min": 0}, "capacity.no_interval"),
        ({"design_day_type": "friday"}, "capacity.unknown_design_day"),
        ({"seat_percentile": 1.0}, "capacity.share_out_of_range"),
        ({"growth_factor": 0.0}, "capacity.growth_out_of_range"),
        ({"limits": (("moon", 1),)}, "capacity.bad_limit"),
        ({"services": (a_service("permit", "moon"),)}, "services.unknown_bank"),
        ({"services": (a_service(skill=" "),)}, "services.step_without_skill"),
        ({"services": (replace(a_service(), completion=0.0),)}, "services.completion_out_of_range"),
        ({"services": (a_service(), a_service())}, "services.id_twice"),
        ({"standards": (ServiceStandard(bank="moon"),)}, "standards.unknown_bank"),
        ({"standards": (ServiceStandard(share_within=1.0),)}, "standards.share_out_of_range"),
        ({"standards": (ServiceStandard(max_utilisation=0.0),)}, "standards.utilisation_out_of_range"),
        (
            {"visitor_classes": (VisitorClass(id="a", name="A", share=0.5, priority=0),)},
            "visitor_classes.shares_do_not_add_up",
        ),
    ],
)  # fmt: skip
def test_a_question_that_does_not_hold_together_is_refused(change, code):
    with pytest.raises(BadInput) as refused:
        plan_capacity(a_question(**change))
    assert refused.value.code == code
    assert refused.value.place


def test_the_json_holds_every_promised_field():
    answer = capacity_to_json(plan_capacity(a_question()))
    assert [each["start"] for each in answer["intervals"]] == ["08:00", "08:30"]
    (bank,) = answer["banks"]
    assert bank["staff_by_skill"] == {"clerk": [9, 5]}
    assert {"id", "services", "positions", "accessible_positions", "open", "seats", "wheelchair_bays"} <= set(bank)
    (service,) = answer["services"]
    assert {"id", "name", "p_within", "wait_p90_min"} <= set(service)
    json.dumps(answer, allow_nan=False)


def test_positions_given_by_hand_are_taken_as_they_are():
    opened = (OpenedDay(day_type="normal", bank="counter", open=(7, 6)),)
    plan = plan_capacity(a_question(opened=opened))
    assert plan.staffing == "refined"
    assert plan.bank("counter").day.open == (7, 6)
    assert [need.needed for need in plan.cover] == [7, 6]
    assert plan.findings == ()


@pytest.mark.parametrize("row", [(7,), (7, 6, 5), (7, -1)])
def test_positions_that_do_not_fit_the_day_are_refused(row):
    with pytest.raises(BadInput, match=r"capacity\.bad_opened"):
        plan_capacity(a_question(opened=(OpenedDay(day_type="normal", bank="counter", open=row),)))


def test_a_bank_that_nobody_visits_gets_no_position_by_the_exact_line_either():
    plan = plan_capacity(a_question(banks=(a_bank(), a_bank("spare")), staffing="transient"))
    assert plan.bank("spare").positions == 0
