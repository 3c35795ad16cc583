"""Before and after re-engineering; floor held against what sources say."""

from dataclasses import replace

import pytest

from exports.words import sentence_for
from layouts.area_standards import bands, bands_of
from layouts.findings import BadInput
from layouts.standards import profile
from solvers.area_measures import JUDGED, area_measures, check_measures, placed, size_of
from solvers.areas import schedule_of_areas
from solvers.capacity import CapacityQuestion, plan_capacity
from solvers.processes import AS_IS, TO_BE, check_processes, process_figures, under_process
from solvers.programme import draw_up_programme
from solvers.services import Arrivals, Bank, DayType, Process, Service, ServiceTime, Step, Visit


def a_step(bank: str, minutes: float, skill: str = "clerk", p: float = 1.0) -> Step:
    return Step(bank=bank, skill=skill, probability=p, time=ServiceTime(mean_min=minutes, cv=1.0))


BANKS = (
    Bank(id="counter", name="Counter", kind="counter"),
    Bank(id="kiosk", name="Kiosk", kind="self_service_kiosk", staffed=False),
    Bank(id="files", name="Files", kind="back_office"),
)
DAY = DayType(id="normal", name="Normal", open_min=480, close_min=600, weekdays=("sun",))
PERMIT = Service(id="permit", name="Permit", journey=(a_step("kiosk", 1.0, ""), a_step("counter", 6.0)), completion=0.9)
BEFORE = Process(
    service="permit",
    variant=AS_IS,
    completion=0.5,
    visits=(
        Visit(name="Filing", documents=7, journey=(a_step("counter", 10.0), a_step("files", 12.0))),
        Visit(name="Collection", documents=1, share=0.8, journey=(a_step("counter", 5.0),)),
    ),
)
AFTER = Process(service="permit", variant=TO_BE, documents=3)
ARRIVALS = tuple(Arrivals(day_type="normal", service="permit", start_min=m, persons=10.0) for m in range(480, 600, 30))


def test_a_case_is_told_with_its_visits_papers_and_minutes_repeats_in():
    ((before, after),) = process_figures(BANKS, (PERMIT,), ARRIVALS, (BEFORE, AFTER))
    assert (before.steps, before.documents, before.visits_per_case) == (3, 8, pytest.approx(3.6))
    assert before.contact_min == pytest.approx((10 + 0.8 * 5) / 0.5)
    assert before.clerk_min == pytest.approx((10 + 12 + 0.8 * 5) / 0.5)
    assert (after.steps, after.documents, after.visits_per_case) == (2, 3, pytest.approx(1 / 0.9))
    assert (after.contact_min, after.clerk_min) == pytest.approx((7 / 0.9, 6 / 0.9))
    assert (before.visits_per_day, after.visits_per_day) == pytest.approx((40 * 3.6, 40 / 0.9))


def test_each_visit_of_a_case_is_demand_of_its_own():
    services, arrivals = under_process((PERMIT,), ARRIVALS, (BEFORE, AFTER), AS_IS)
    assert [(s.id, s.completion) for s in services] == [("permit", 0.5), ("permit/2", 0.5)]
    assert {row.service: row.persons for row in arrivals} == {"permit": 10.0, "permit/2": 8.0}


def test_the_demand_of_the_figures_is_the_demand_of_the_capacity_plan():
    for variant, number in ((AS_IS, 0), (TO_BE, 1)):
        services, arrivals = under_process((PERMIT,), ARRIVALS, (BEFORE, AFTER), variant)
        plan = plan_capacity(CapacityQuestion(banks=BANKS, services=services, day_types=(DAY,), arrivals=arrivals))
        figures = process_figures(BANKS, (PERMIT,), ARRIVALS, (BEFORE, AFTER))[0][number]
        assert sum(each.visitors_per_day for each in plan.services) == pytest.approx(figures.visits_per_day)


def test_the_way_it_will_be_needs_less_of_everything():
    plans = []
    for variant in (AS_IS, TO_BE):
        services, arrivals = under_process((PERMIT,), ARRIVALS, (BEFORE, AFTER), variant)
        plans.append(plan_capacity(CapacityQuestion(banks=BANKS, services=services, day_types=(DAY,), arrivals=arrivals)))
    assert plans[1].bank("counter").positions < plans[0].bank("counter").positions


def test_a_service_without_process_stays_as_it_is():
    assert under_process((PERMIT,), ARRIVALS, (), AS_IS) == ((PERMIT,), ARRIVALS)


@pytest.mark.parametrize(
    ("process", "code"),
    [
        (replace(BEFORE, service="passport"), "processes.unknown_service"),
        (replace(BEFORE, variant="later"), "processes.unknown_variant"),
        (replace(BEFORE, visits=(Visit(name="x", journey=()),)), "processes.empty_visit"),
        (replace(BEFORE, visits=(Visit(name="x", journey=(a_step("window", 1.0),)),)), "processes.unknown_bank"),
        (replace(BEFORE, visits=(Visit(name="x", journey=(a_step("counter", 1.0, ""),)),)), "processes.step_without_skill"),
    ],
)
def test_a_process_that_does_not_hold_together_is_refused(process, code):
    with pytest.raises(BadInput) as error:
        check_processes((process,), (PERMIT,), BANKS)
    assert error.value.code == code
    with pytest.raises(BadInput, match=r"processes\.twice"):
        check_processes((BEFORE, BEFORE), (PERMIT,), BANKS)


@pytest.mark.parametrize(
    ("value", "stands", "near"),
    [
        (0.3, "below", ("crowded",)),
        (0.43, "crowded", ("crowded",)),
        (1.4, "between", ("crowded", "generous")),
        (4.8, "generous", ("generous",)),
        (9.0, "above", ("generous",)),
    ],
)
def test_floor_per_visit_stands_among_the_centres_observed(value, stands, near):
    """Poupatempo Sé 0.43 and São Bernardo 0.58 are crowded, UTC Terengganu's 4.8 generous (domain notes 2.3)."""
    measure = placed("floor_per_daily_visit", value)
    assert (measure.stands, measure.near) == (stands, near)


def test_the_bands_follow_from_the_centres_they_cite():
    crowded, generous = bands_of("floor_per_daily_visit")
    assert crowded.low <= 6000 / 14_000 <= crowded.high and crowded.low <= 8100 / 14_000 <= crowded.high
    assert generous.low <= 7571 / (623_319 / (13 * 365 / 12)) <= generous.high
    assert all(band.source and band.clause and band.low <= band.high for band in bands())
    assert all(bands_of(name) for name in JUDGED)


def a_plan(persons: float):
    arrivals = tuple(replace(row, persons=persons) for row in ARRIVALS)
    capacity = plan_capacity(CapacityQuestion(banks=BANKS, services=(PERMIT,), day_types=(DAY,), arrivals=arrivals))
    return capacity, draw_up_programme(capacity, (), profile("iraq-default"))


def test_a_crowded_floor_fails_with_a_warning_and_a_roomy_one_passes():
    capacity, programme = a_plan(10.0)
    for floor, status in ((20.0, "fail"), (600.0, "pass")):
        findings = {f.code: f for f in check_measures(area_measures(capacity, programme, floor))}
        assert findings["areas.floor_per_visit"].status == status
        assert findings["areas.floor_per_visit"].severity == "warning"
        assert "Poupatempo" in sentence_for(findings["areas.floor_per_visit"])


def test_a_window_has_ten_square_metres_of_hall():
    capacity, programme = a_plan(10.0)
    measures = {m.measure: m for m in area_measures(capacity, programme, 400.0)}
    windows = capacity.bank("counter").positions
    assert measures["hall_per_window"].value * windows < 400.0
    assert measures["visits_per_staff_day"].value == pytest.approx(40 / 0.9 / windows)


def test_gross_is_net_with_circulation_plant_and_walls():
    schedule = schedule_of_areas(a_plan(10.0)[1])
    assert schedule.with_circulation_m2 == pytest.approx(1.30 * schedule.net_m2)
    assert schedule.gross_m2 == pytest.approx(1.175 * schedule.with_circulation_m2)
    assert placed("gross_to_net", schedule.gross_m2 / schedule.net_m2).stands == "usual"


def test_centres_are_small_medium_or_large_by_their_visits():
    assert [size_of(n) for n in (120, 450, 1500)] == ["small", "medium", "large"]
