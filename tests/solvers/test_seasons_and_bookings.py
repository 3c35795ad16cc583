"""The year, the slots and the visits with several services: what they do to demand."""

from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.findings import BadInput
from solvers.capacity import CapacityQuestion, plan_capacity
from solvers.demand import estimate_demand
from solvers.demand_bookings import booked_times_min, persons_who_come, slot_starts_min
from solvers.demand_profiles import TEXTBOOK_DAY, arrivals_from_totals, profile_of, profile_shares
from solvers.joint_visits import joined_service, with_joint_bookings, with_joint_visits
from solvers.seasons import demand_of_dates, ends_of, is_in, stretched, under_season
from solvers.services import (
    Appointments,
    Arrivals,
    Bank,
    DayType,
    JointVisit,
    Season,
    Service,
    ServiceTime,
    Step,
)
from solvers.simulation.centre import centre_problem
from solvers.simulation.run import simulate

DAY = DayType(id="normal", name="Normal", open_min=480, close_min=720, weekdays=("sun", "mon", "tue", "wed", "thu"))
STARTS = tuple(range(480, 720, 30))
RAMADAN = Season(id="ramadan", name="Ramadan", periods=("2027-02-08..2027-03-09",), factor=0.8, open_min=540, close_min=690)


def a_step(bank: str, minutes: float, p: float = 1.0) -> Step:
    return Step(bank=bank, skill=bank, probability=p, time=ServiceTime(mean_min=minutes, cv=1.0))


RECEPTION = Bank(id="reception", name="Reception", kind="reception")
COUNTER = Bank(id="counter", name="Counter", kind="counter")
DEED = Service(id="deed", name="Deed", journey=(a_step("reception", 2.0), a_step("counter", 8.0)))
CARD = Service(id="card", name="Card", journey=(a_step("reception", 1.0), a_step("counter", 5.0)))


def rows(service: str, *persons: float) -> tuple[Arrivals, ...]:
    return tuple(
        Arrivals(day_type="normal", service=service, start_min=480 + 30 * n, persons=each) for n, each in enumerate(persons)
    )


BOTH = (*rows("deed", *[10.0] * 8), *rows("card", *[6.0] * 8))


def test_periods_are_dates_or_days_of_every_year_and_may_run_over_new_year():
    winter = replace(RAMADAN, periods=("12-20..01-06",))
    assert [is_in(RAMADAN, d) for d in ("2027-02-07", "2027-02-08", "2027-03-09", "2028-02-20")] == [False, True, True, False]
    assert [is_in(winter, d) for d in ("2027-12-31", "2028-01-06", "2028-01-07")] == [True, True, False]


@pytest.mark.parametrize("period", ["2027-03-09..2027-02-08", "02-30", "soon", "2027-02-08..03-09", "2027-W06-1", ""])
def test_a_period_that_is_none_is_refused(period):
    with pytest.raises(BadInput, match=r"seasons\.not_a_period"):
        ends_of(period)


def test_a_season_with_its_own_hours_brings_its_share_of_the_persons_into_them():
    arrivals, (day,) = under_season(rows("deed", *range(8)), (DAY,), RAMADAN, 30)
    assert (day.open_min, day.close_min) == (540, 690)
    assert [row.start_min for row in arrivals] == [540, 570, 600, 630, 660]
    assert fsum(row.persons for row in arrivals) == pytest.approx(0.8 * 28)
    assert [row.persons for row in arrivals] == sorted(row.persons for row in arrivals)


def test_a_season_of_some_services_leaves_the_others():
    school = replace(RAMADAN, services=("card",), open_min=0, close_min=0, factor=2.0)
    arrivals, days = under_season(BOTH, (DAY,), school, 30)
    assert days == (DAY,)
    assert {row.service: row.persons for row in arrivals} == {"deed": 10.0, "card": 12.0}


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20), st.integers(1, 30))
def test_stretching_a_profile_loses_nobody_and_adds_nobody(persons, count):
    new = stretched(persons, count)
    assert len(new) == count and min(new) >= -1e-9
    assert fsum(new) == pytest.approx(fsum(persons), abs=1e-9)


def test_the_year_knows_holidays_seasons_and_who_comes_the_day_after():
    dates = demand_of_dates(
        rows("deed", *[10.0] * 8), (DAY,), (replace(RAMADAN, close_min=0),), {"2027-02-09": "Holiday"},
        first="2027-02-07", count=7, carry_over_share=0.5,
    )  # fmt: skip
    assert [each.persons for each in dates] == pytest.approx([80.0, 64.0, 0.0, 96.0, 64.0, 0.0, 0.0])
    assert (dates[2].closed, dates[3].carried, dates[1].seasons) == ("Holiday", 32.0, ("ramadan",))
    assert [each.day_type for each in dates[-3:]] == ["normal", "", ""]


def test_every_date_tells_its_own_hours():
    dates = demand_of_dates(BOTH, (DAY,), (RAMADAN,), {"2027-02-09": "Closed"}, first="2027-02-07", count=6)
    told = {each.date: (each.open_min, each.close_min) for each in dates}
    assert told["2027-02-07"] == (480, 720)
    assert told["2027-02-08"] == (540, 690)
    assert told["2027-02-09"] == told["2027-02-12"] == (0, 0)


def test_booked_visitors_come_at_their_slots_and_walk_ins_as_before():
    booked = Appointments(service="deed", booked_share=0.5, no_show_share=0.2, slot_min=30, from_min=600)
    persons = persons_who_come([20.0, 20.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], STARTS, 30, [booked])
    assert persons[:2] == pytest.approx((10.0, 10.0))
    assert persons[4:] == pytest.approx((4.0,) * 4)  # 20 booked, 16 come, over four slots from 10:00


@given(st.lists(st.floats(0, 50), min_size=8, max_size=8), st.floats(0, 1), st.floats(0, 0.9), st.sampled_from([0, 10, 30, 45]))
def test_whatever_the_slots_as_many_come_as_show_up(wanted, booked, away, slot):
    each = Appointments(service="deed", booked_share=booked, no_show_share=away, slot_min=slot)
    assert fsum(persons_who_come(wanted, STARTS, 30, [each])) == pytest.approx(fsum(wanted) * (1 - booked * away), abs=1e-9)


def test_bookings_flatten_the_peak_and_so_need_fewer_counters():
    """Poupatempo's bookings flattened a 10:00-16:00 peak (domain notes 3.4)."""
    peak = rows("deed", 4, 4, 4, 30, 30, 4, 4, 4)
    question = CapacityQuestion(banks=(RECEPTION, COUNTER), services=(DEED,), day_types=(DAY,), arrivals=peak)
    booked = Appointments(service="deed", booked_share=0.8, no_show_share=0.0, slot_min=15)
    before, after = (plan_capacity(q).bank("counter").positions for q in (question, replace(question, appointments=(booked,))))
    assert after < before


def test_slots_outside_the_hours_and_more_bookings_than_visitors_are_refused():
    early = Appointments(service="deed", booked_share=0.5, no_show_share=0.0, slot_min=30, from_min=60, to_min=120)
    with pytest.raises(BadInput, match=r"bookings\.no_slot"):
        slot_starts_min(early, STARTS, 30)
    with pytest.raises(BadInput, match=r"bookings\.above_one"):
        persons_who_come([1.0] * 8, STARTS, 30, [replace(early, booked_share=0.6)] * 2)


def test_the_simulation_lives_through_the_same_walk_ins_and_bookings():
    booked = Appointments(service="deed", booked_share=0.5, no_show_share=0.2, slot_min=20, from_min=540, early_min=5.0)
    question = CapacityQuestion(
        banks=(RECEPTION, COUNTER),
        services=(DEED,),
        day_types=(DAY,),
        arrivals=rows("deed", *[10.0] * 8),
        appointments=(booked,),
    )
    plan = plan_capacity(question)
    problem = centre_problem(question, plan)
    walk_in, slots = problem.entries
    assert fsum(walk_in.persons) == pytest.approx(40.0)
    assert len(slots.slots_min) == 40 and min(slots.slots_min) == 540.0 and slots.early_min == 5.0
    came = simulate(problem, days=300, seed=1).tally.services[:, 0, 0].mean()
    assert came == pytest.approx(plan.demand.persons_per_day("deed"), rel=0.02)


def test_booked_times_are_as_many_as_book():
    each = Appointments(service="deed", booked_share=0.25, no_show_share=0.0, slot_min=60)
    assert booked_times_min([10.0] * 8, STARTS, 30, each) == tuple(t for t in (480.0, 540.0, 600.0, 660.0) for _ in range(5))


def test_who_sees_to_two_services_is_received_once():
    joint = JointVisit(services=("deed", "card"), share=0.2)
    services, arrivals = with_joint_visits((RECEPTION, COUNTER), (DEED, CARD), BOTH, (joint,))
    assert [s.bank for s in services[2].journey] == ["reception", "counter", "counter"]
    assert services[2].journey[0].time.mean_min == 2.0
    assert {row.service: row.persons for row in arrivals} == {"deed": 8.0, "card": 4.0, "deed+card": 2.0}
    visits = [
        {b.bank.id: b.visits_per_day for b in plan_capacity(question).banks}
        for question in (
            CapacityQuestion(banks=(RECEPTION, COUNTER), services=(DEED, CARD), day_types=(DAY,), arrivals=BOTH),
            CapacityQuestion(banks=(RECEPTION, COUNTER), services=services, day_types=(DAY,), arrivals=arrivals),
        )
    ]
    assert visits[0] == pytest.approx({"reception": 128.0, "counter": 128.0})
    assert visits[1] == pytest.approx({"reception": 112.0, "counter": 128.0})


def test_bookings_follow_those_who_see_to_two_services():
    booking = Appointments(service="card", booked_share=0.4, no_show_share=0.25, slot_min=30)
    joint = (JointVisit(services=("deed", "card"), share=0.2),)
    services, arrivals = with_joint_visits((RECEPTION, COUNTER), (DEED, CARD), BOTH, joint)
    bookings = with_joint_bookings((booking,), joint)
    assert [each.service for each in bookings] == ["card", "deed+card"]
    alone = estimate_demand(BOTH, DAY, (DEED, CARD), interval_min=30, appointments=(booking,))
    together = estimate_demand(arrivals, DAY, services, interval_min=30, appointments=bookings)
    booked_alone = booking.booked_share * fsum(alone.wanted["card"])
    booked = sum(each.booked_share * fsum(together.wanted[each.service]) for each in bookings)
    assert booked == pytest.approx(booked_alone), "no more and no fewer book for a card"
    stay_away = fsum(map(fsum, together.wanted.values())) - fsum(map(fsum, together.persons.values()))
    assert stay_away == pytest.approx(0.25 * booked)
    assert with_joint_bookings((), joint) == ()


def test_a_bank_once_is_taken_by_whoever_takes_either_step():
    first = replace(DEED, journey=(a_step("reception", 2.0, 0.5), a_step("counter", 8.0)))
    second = replace(CARD, journey=(a_step("reception", 3.0, 0.4),), completion=0.7)
    joined = joined_service((first, second), (RECEPTION, COUNTER))
    assert (joined.id, joined.completion, joined.journey[0].time.mean_min) == ("deed+card", 0.7, 3.0)
    assert joined.journey[0].probability == pytest.approx(0.7)


def test_more_joint_visits_than_the_other_service_has_visitors_are_refused():
    joint = JointVisit(services=("deed", "card"), share=0.7)
    with pytest.raises(BadInput) as error:
        with_joint_visits((RECEPTION, COUNTER), (DEED, CARD), BOTH, (joint,))
    assert (error.value.code, error.value.values["service"]) == ("joint_visits.more_than_come", "card")


def test_totals_spread_over_a_profile_keep_their_total_and_its_shape():
    (deed,) = {row.service for row in rows("deed", 1)}
    made = arrivals_from_totals({("normal", deed): 257.0}, (DAY,), {}, 30)
    assert [row.persons for row in made] == pytest.approx(TEXTBOOK_DAY)
    shares = profile_shares(TEXTBOOK_DAY, 16)
    assert fsum(shares) == pytest.approx(1.0) and max(shares) * 16 == pytest.approx(1.34, abs=0.01)


def test_a_service_has_its_own_profile_or_that_of_all():
    assert profile_of(BOTH, "normal", "deed") == (10.0,) * 8
    assert profile_of(BOTH, "normal", "passport") == (16.0,) * 8
    assert profile_of(BOTH, "holiday", "deed") == ()


def test_demand_tells_what_was_wanted_beside_what_comes():
    booked = Appointments(service="deed", booked_share=0.5, no_show_share=0.3)
    demand = estimate_demand(rows("deed", *[10.0] * 8), DAY, (DEED,), interval_min=30, appointments=(booked,))
    assert (demand.wanted["deed"][0], demand.persons["deed"][0]) == pytest.approx((10.0, 8.5))
