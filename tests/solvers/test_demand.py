"""Arrivals per service and interval: growth, repeat visits, appointments, and what is refused."""

import pytest

from layouts.findings import BadInput
from solvers.bank_load import bank_load
from solvers.demand import check_arrivals, estimate_demand
from solvers.services import Appointments, Arrivals, Bank, DayType, Service, ServiceTime, Step

DAY = DayType(id="normal", name="Normal", open_min=480, close_min=540, weekdays=("sun",))
COUNTER = Bank(id="counter", name="Counter", kind="counter")


def a_service(id_: str = "permit", minutes: float = 8.0, **more) -> Service:
    step = Step(
        bank="counter", time=ServiceTime(mean_min=minutes, cv=1.0), skill="clerk", probability=more.pop("p", 1.0)
    )
    return Service(id=id_, name=id_, journey=(step,), **more)


def arriving(*persons: float, service: str = "permit", first: int = 480, day: str = "normal") -> tuple[Arrivals, ...]:
    return tuple(
        Arrivals(day_type=day, service=service, start_min=first + 30 * i, persons=each)
        for i, each in enumerate(persons)
    )


def test_growth_multiplies_and_repeat_visits_divide():
    demand = estimate_demand(arriving(10, 20), DAY, (a_service(completion=0.8),), interval_min=30, growth_factor=1.1)
    assert demand.persons["permit"] == pytest.approx((10 * 1.1 / 0.8, 20 * 1.1 / 0.8))


def test_those_who_booked_and_stay_away_are_not_served():
    booked = (Appointments(service="permit", booked_share=0.5, no_show_share=0.3),)
    demand = estimate_demand(arriving(10, 20), DAY, (a_service(),), interval_min=30, appointments=booked)
    assert demand.persons["permit"] == pytest.approx((8.5, 17.0))


def test_load_is_the_time_asked_for_in_an_interval():
    services = (a_service(minutes=8.0), a_service("fee", minutes=3.0, p=0.5))
    demand = estimate_demand(arriving(15, 15) + arriving(20, 0, service="fee"), DAY, services, interval_min=30)
    load = bank_load(COUNTER, demand, services)
    assert load.visits == pytest.approx((25.0, 15.0))
    assert load.load == pytest.approx(((15 * 8 + 10 * 3) / 30, 4.0))
    assert load.mean_min == pytest.approx((6.0, 8.0))


def test_mixing_quick_and_long_services_is_wilder_than_either():
    services = (a_service(minutes=20.0), a_service("fee", minutes=1.0))
    demand = estimate_demand(arriving(5, 5) + arriving(5, 5, service="fee"), DAY, services, interval_min=30)
    expected = (0.5 * 2 * 20**2 + 0.5 * 2 * 1**2) / 10.5**2 - 1
    assert bank_load(COUNTER, demand, services).cv[0] ** 2 == pytest.approx(expected)


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        (arriving(10), "demand.gap", "start=08:30"),
        (arriving(10, -1), "demand.negative", "start=08:30"),
        (arriving(10, float("nan")), "demand.not_a_number", "start=08:30"),
        (arriving(10, 20, 30), "demand.not_an_interval", "start=09:00"),
        (arriving(10, 20, first=485), "demand.not_an_interval", "start=08:05"),
        (arriving(10, 20) + arriving(5), "demand.twice", "start=08:00"),
    ],
)
def test_broken_arrivals_are_refused_with_their_place(rows, code, place):
    with pytest.raises(BadInput) as refused:
        estimate_demand(rows, DAY, (a_service(),), interval_min=30)
    assert refused.value.code == code
    assert place in refused.value.place


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (arriving(1, 2, service="passport"), "demand.unknown_service"),
        (arriving(1, 2, day="holiday"), "demand.unknown_day_type"),
        ((), "demand.service_without_arrivals"),
    ],
)
def test_arrivals_of_nothing_known_are_refused(rows, code):
    with pytest.raises(BadInput) as refused:
        check_arrivals(rows, (DAY,), (a_service(),))
    assert refused.value.code == code


def test_hours_that_are_no_whole_number_of_intervals_are_refused():
    with pytest.raises(BadInput) as refused:
        estimate_demand(arriving(1, 2), DAY, (a_service(),), interval_min=25)
    assert refused.value.code == "demand.hours_not_whole_intervals"
