"""What holds of every simulated day: the same seed the same days, the same visitors, nobody lost."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from layouts.findings import BadInput
from solvers.capacity import plan_capacity
from solvers.demand_bookings import booked_slots
from solvers.effort import Cancel, Progress
from solvers.rostering.roster import Duty, Segment
from solvers.services import ServiceTime, VisitorClass
from solvers.simulation.build import build_tables
from solvers.simulation.centre import SimulationWishes, centre_problem, rostered_servers
from solvers.simulation.outcome import summarise
from solvers.simulation.problem import Entry, Line, Server, SimulatedBank, SimulationProblem, Span, Stop
from solvers.simulation.run import added, simulate, simulate_chunk
from solvers.simulation.tables import (
    BUSY,
    CALLED,
    D_LAST_EXIT,
    D_PEAK,
    S_CAME,
    S_DONE,
    S_LEFT,
    S_UNSERVED,
    UNSERVED,
    Tally,
)
from tests.example_project import question_of, read_example
from tests.solvers.simulation.builders import EVER, always, exponential, one_bank

QUESTION = question_of(read_example("dahuk"))
WISHES = SimulationWishes(patience_min=15.0, balk_min=20.0, call_min={"registration": 0.4}, walk_min={("", "cashier"): 0.8})
CENTRE = centre_problem(QUESTION, plan_capacity(QUESTION), wishes=WISHES)


def same(a: Tally, b: Tally) -> bool:
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in Tally._fields)


def test_the_same_seed_gives_the_same_days_however_many_workers():
    one = simulate(CENTRE, days=230, seed=5, workers=1).tally
    assert same(one, simulate(CENTRE, days=230, seed=5, workers=3).tally)
    tables = build_tables(CENTRE)
    assert same(one, added([simulate_chunk(tables, 5, first, size) for first, size in ((0, 7), (7, 200), (207, 23))]))
    assert not same(one, simulate(CENTRE, days=230, seed=6, workers=1).tally)


def test_another_process_lives_the_same_days():
    tables = build_tables(CENTRE)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        elsewhere = pool.submit(simulate_chunk, tables, 5, 40, 10).result()
    assert same(elsewhere, simulate_chunk(tables, 5, 40, 10))


def test_nobody_is_lost():
    services = simulate(CENTRE, days=60, seed=2, workers=1).tally.services
    ended = services[:, :, S_DONE] + services[:, :, S_LEFT] + services[:, :, S_UNSERVED]
    assert np.array_equal(services[:, :, S_CAME], ended)
    assert services[:, :, S_LEFT].sum() > 0, "some are impatient in this centre"


def test_visitors_stay_the_same_people_when_positions_are_added():
    slow, fast = (one_bank(per_min=0.5, time=exponential(5.0), servers=n, length_min=480) for n in (3, 6))
    first, second = (simulate(p, days=50, seed=9, workers=1).tally for p in (slow, fast))
    assert np.array_equal(first.services[:, :, S_CAME], second.services[:, :, S_CAME])
    assert first.banks[:, 0, BUSY] == pytest.approx(second.banks[:, 0, BUSY]), "the same visitors need the same minutes"
    assert (first.days[:, D_LAST_EXIT] >= second.days[:, D_LAST_EXIT] - 1e-9).all()


def test_more_demand_keeps_the_visitors_and_adds_some():
    problem = one_bank(per_min=0.5, time=exponential(5.0), servers=4, length_min=480)
    came = [simulate(problem, days=400, seed=1, workers=1, demand_factor=f).tally.services[:, 0, S_CAME] for f in (1.0, 1.2)]
    assert (came[1] >= came[0]).all()
    assert came[1].mean() == pytest.approx(1.2 * 240, rel=0.01)


def test_a_clerk_who_leaves_finishes_the_visitor_in_hand_and_calls_nobody_else():
    problem = replace(
        one_bank(per_min=0.2, time=ServiceTime(mean_min=7.0, distribution="deterministic"), servers=1, length_min=100),
        servers=(Server(id="a", spans=(Span(start_min=0.0, end_min=30.0, lines=(0,)),)),),
    )
    tally = simulate(problem, days=300, seed=4, workers=1).tally
    assert tally.banks[:, 0, CALLED].max() <= 5, "30 minutes of duty begin at most five services of seven minutes"
    assert tally.banks[:, 0, BUSY] == pytest.approx(7.0 * tally.banks[:, 0, CALLED])
    assert np.array_equal(tally.banks[:, 0, UNSERVED], tally.services[:, 0, S_UNSERVED])
    assert tally.banks[:, 0, UNSERVED].sum() > 0


def test_of_like_positions_a_free_one_closes_before_a_busy_one_but_people_go_by_their_own_clock():
    """The first visitor holds the first post past its end at 20. Of a pool the other one closes then, and two visitors
    more wait for the one that serves on; of two people the other one stays and calls the second visitor at once."""
    long = ServiceTime(mean_min=40.0, distribution="deterministic")
    both = (Span(start_min=0.0, end_min=20.0, lines=(0,)), Span(start_min=0.0, end_min=EVER, lines=(0,)))
    for pool, last_exit in (("bank", 120.0), ("", 110.0)):
        problem = replace(
            one_bank(per_min=0.0, time=long, servers=1, length_min=100),
            servers=tuple(Server(id=str(n), spans=(span,), pool=pool) for n, span in enumerate(both)),
            entries=tuple(Entry(service=0, first=((0, 1.0),), slots_min=(slot,)) for slot in (0.0, 30.0, 50.0)),
        )
        tally = simulate(problem, days=1, seed=1, workers=1).tally
        assert tally.days[0, D_LAST_EXIT] == pytest.approx(last_exit)


def test_only_those_with_the_skill_call():
    problem = SimulationProblem(
        day_type="day", open_min=0, close_min=400, interval_min=100,
        banks=(SimulatedBank(id="a"), SimulatedBank(id="b")),
        services=("s", "t"),
        lines=(Line(bank=0), Line(bank=1)),
        stops=(Stop(lines=(0,), time=exponential(4.0)), Stop(lines=(1,), time=exponential(4.0))),
        entries=(
            Entry(service=0, first=((0, 1.0),), persons=(20.0,) * 4),
            Entry(service=1, first=((1, 1.0),), persons=(20.0,) * 4),
        ),
        servers=(*always(2, (0,), "only a"), Server(id="both", spans=(
            Span(start_min=0, end_min=100, lines=(0, 1)), Span(start_min=100, end_min=200, lines=(0,)),
        ))),
    )  # fmt: skip
    periods = simulate(problem, days=300, seed=8, workers=1)
    found = summarise(periods)
    assert found.bank("a").unserved_per_day == 0.0
    assert found.bank("b").unserved_per_day > 55, "nobody serves b after the first quarter of the day"
    assert found.bank("b").periods[1].p_within.value == 0.0


def test_appointments_come_when_booked_or_not_at_all():
    slots = booked_slots((2.0, 4.0), open_min=480.0, interval_min=30.0)
    assert slots == pytest.approx((487.5, 502.5, 513.75, 521.25, 528.75, 536.25))
    every_ten = tuple(float(minute) for minute in range(0, 480, 10))
    booked = Entry(service=0, first=((0, 1.0),), slots_min=every_ten, show_share=0.75, punctuality_min=4.0)
    problem = replace(
        one_bank(per_min=0.0, time=exponential(3.0), servers=2, length_min=480),
        entries=(booked,),
    )
    came = simulate(problem, days=400, seed=2, workers=1).tally.services[:, 0, S_CAME]
    assert came.mean() == pytest.approx(36.0, rel=0.03)
    assert came.var() == pytest.approx(48 * 0.75 * 0.25, rel=0.3), "only the no-shows vary, not the number booked"


def test_ageing_lets_a_low_class_overtake_in_the_end():
    classes = tuple(VisitorClass(id=str(n), name="", share=0.5, priority=n) for n in (0, 1))
    problem = one_bank(per_min=0.4, time=exponential(6.5), servers=3, length_min=3000, classes=classes)
    extra = []
    for ageing in (0.0, 5.0, 1e6):
        first, last = summarise(simulate(replace(problem, ageing_min=ageing), days=60, workers=1)).classes
        extra.append(last.wait_mean_min.value - first.wait_mean_min.value)
    assert abs(extra[0]) < 0.5
    assert 1.0 < extra[1] < 5.0
    assert extra[2] > 2 * extra[1]


def test_the_shorter_of_two_lines_is_joined():
    apart = replace(
        one_bank(per_min=0.3, time=exponential(6.0), servers=0, length_min=20_000),
        lines=(Line(bank=0), Line(bank=0)),
        stops=(Stop(lines=(0, 1), time=exponential(6.0)),),
        servers=(*always(1, (0,), "l"), *always(1, (1,), "r")),
    )
    pooled = one_bank(per_min=0.3, time=exponential(6.0), servers=2, length_min=20_000)
    waits = [summarise(simulate(p, days=10, workers=1)).bank("bank").wait_mean_min.value for p in (pooled, apart)]
    assert waits[0] < waits[1] < 1.5 * waits[0], "nearly as good as one line, never better"


def test_the_walk_to_the_position_is_dead_time_of_the_clerk():
    problem = one_bank(per_min=0.4, time=exponential(4.0), servers=3, length_min=3000)
    walked = replace(problem, lines=(Line(bank=0, call_min=1.0),))
    near, far = (summarise(simulate(p, days=30, workers=1)).bank("bank") for p in (problem, walked))
    assert far.dead_min_per_day == pytest.approx(far.visits_per_day, rel=0.01)
    assert far.wait_mean_min.value > near.wait_mean_min.value
    assert near.utilisation is not None and far.utilisation is not None
    assert far.utilisation.value - near.utilisation.value == pytest.approx(0.4 / 3, rel=0.03)


def test_a_cancel_keeps_the_first_days():
    cancel = Cancel()

    def after_the_first(progress: Progress) -> None:
        if progress.done:
            cancel.set()

    run = simulate(CENTRE, days=5000, seed=5, workers=1, cancel=cancel, report=after_the_first)
    assert run.cancelled and 100 <= run.days < 5000
    assert same(run.tally, simulate(CENTRE, days=run.days, seed=5, workers=1).tally)


def test_an_overload_ends_with_people_left_and_no_exception():
    problem = replace(
        one_bank(per_min=2.0, time=exponential(10.0), servers=2, length_min=480),
        servers=tuple(Server(id=str(n), spans=(Span(start_min=0, end_min=540, lines=(0,)),)) for n in range(2)),
    )
    found = summarise(simulate(problem, days=20, workers=1))
    assert found.unserved_per_day.value == pytest.approx(960 - 108, rel=0.02)
    assert found.bank("bank").p_within.value < 0.05


def test_a_small_room_is_enlarged_not_overrun(monkeypatch: pytest.MonkeyPatch):
    problem = one_bank(per_min=2.0, time=exponential(10.0), servers=2, length_min=480)
    whole = simulate(problem, days=3, workers=1).tally
    monkeypatch.setattr("solvers.simulation.run.expected_most_visitors", lambda tables: 16)
    assert same(whole, simulate(problem, days=3, workers=1).tally)


def test_a_crowd_and_a_wait_beyond_the_first_places_are_counted_as_they_are():
    """Ten a minute for three hours where two are served: 1,440 are inside at the end, and the last is called after 720 min."""
    crowd = one_bank(per_min=10.0, time=ServiceTime(mean_min=0.5, distribution="deterministic"), servers=1, length_min=180.0)
    run = simulate(crowd, days=3, seed=1, workers=1)
    whole = summarise(run)
    assert 1_300 < whole.inside.peak[-1] <= run.tally.days[:, D_PEAK].max()
    (bank,) = whole.banks
    assert bank.wait_p90_min.value == pytest.approx(0.9 * 720, rel=0.05)
    assert bank.waiting[-1] > 1_300


def test_days_of_few_and_of_many_places_add_up():
    quiet, crowd = (
        simulate(one_bank(per_min=rate, time=exponential(0.5), servers=1, length_min=180.0), days=2, seed=1, workers=1).tally
        for rate in (0.5, 10.0)
    )
    both = added([quiet, crowd])
    assert both.people.shape == crowd.people.shape != quiet.people.shape
    assert both.people.sum() == quiet.people.sum() + crowd.people.sum()
    assert both.bank_waits.sum() == quiet.bank_waits.sum() + crowd.bank_waits.sum()


def test_what_does_not_hold_together_is_refused():
    problem = one_bank(per_min=0.4, time=exponential(4.0), servers=1, length_min=480)
    overlapping = Server(id="x", spans=(Span(start_min=0, end_min=9, lines=(0,)), Span(start_min=8, end_min=EVER, lines=(0,))))
    for wrong, code in (
        (replace(problem, entries=(Entry(service=0, first=((0, 0.7), (0, 0.4))),)), "simulation.shares_above_one"),
        (replace(problem, entries=(Entry(service=0, first=((0, 1.0),), persons=(-1.0,)),)), "simulation.bad_arrivals"),
        (replace(problem, servers=(overlapping,)), "simulation.spans_overlap"),
        (replace(problem, walk_min=((1.0, 2.0),)), "simulation.bad_walks"),
    ):
        with pytest.raises(BadInput) as refused:
            build_tables(wrong)
        assert refused.value.code == code


def a_duty(person: str, *segments: tuple[str, int, int], date: str = "2026-12-06") -> Duty:
    return Duty(
        person=person,
        date=date,
        start_min=segments[0][1],
        end_min=segments[-1][2],
        break_start_min=None,
        break_min=0,
        segments=tuple(Segment(skill=skill, start_min=start, end_min=end) for skill, start, end in segments),
    )


def test_people_serve_as_rostered_and_stay_for_those_inside():
    lines = (("desk", "clerk"), ("cash", "cashier"), ("window", "clerk"))
    early = a_duty("a", ("clerk", 480, 600), ("", 600, 630), ("cashier", 660, 900))
    servers = rostered_servers([early, a_duty("b", ("cashier", 480, 540))], lines, close_min=900, until_min=1000)
    assert [each.id for each in servers] == ["a", "b"]
    assert [(span.start_min, span.end_min, span.lines) for span in servers[0].spans] == [
        (480, 600, (0, 2)),
        (660, 1000, (1,)),
    ]
    assert servers[1].spans[0].end_min == 540, "who goes home before closing goes home"
    with pytest.raises(BadInput) as refused:
        rostered_servers([early, a_duty("b", ("clerk", 480, 540), date="2026-12-07")], lines, 900, 1000)
    assert refused.value.code == "simulation.several_dates"


def test_a_roster_with_a_gap_makes_people_wait():
    skills = sorted({step.skill for service in QUESTION.services for step in service.journey if step.skill})
    plan = plan_capacity(QUESTION)
    whole = [a_duty(f"{skill} {n}", (skill, 480, 900)) for skill in skills for n in range(6)]
    gap = [
        duty
        if not duty.person.startswith("registration")
        else a_duty(duty.person, ("registration", 480, 600), ("registration", 720, 900))
        for duty in whole
    ]
    full, broken = (
        summarise(simulate(centre_problem(QUESTION, plan, duties=each), days=60, workers=1)).bank("registration")
        for each in (whole, gap)
    )
    assert full.p_within.value > 0.99
    assert broken.p_within.value < 0.8
    assert min(each.p_within.value for each in broken.periods) < 0.05
