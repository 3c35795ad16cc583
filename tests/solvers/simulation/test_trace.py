"""A traced day is the kernel's own day: its sums are the kernel's, and nobody is in two places."""

from __future__ import annotations

from itertools import pairwise

import pytest

from planner.chain.asked import capacity_of, capacity_question
from solvers.simulation.centre import SimulationWishes, centre_problem
from solvers.simulation.run import simulate
from solvers.simulation.tables import CALLED, D_CAME, D_LAST_EXIT, D_UNSERVED, LEFT, S_DONE, S_TIME, S_WAIT, WAIT
from solvers.simulation.trace import trace_day
from tests.planner.small_centre import a_small_centre

SEEDS = (1, 7)


def the_problem(**wishes):
    project = a_small_centre()
    return centre_problem(capacity_question(project), capacity_of(project), wishes=SimulationWishes(**wishes))


@pytest.fixture(params=[{}, {"patience_min": 2.0, "balk_min": 15.0}, {"call_min": {"registration": 0.3}}])
def problem(request):
    return the_problem(**request.param)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_waits_of_the_traced_visitors_are_those_that_the_kernel_counts(problem, seed):
    tally = simulate(problem, days=1, seed=seed, workers=1).tally
    people = trace_day(problem, seed=seed)
    assert len(people) == tally.days[0, D_CAME] > 20
    for bank in range(len(problem.banks)):
        waits = [v.called_min - v.joined_min for p in people for v in p.visits if v.bank == bank and v.called_min is not None]
        assert len(waits) == tally.banks[0, bank, CALLED]
        assert sum(waits) == pytest.approx(tally.banks[0, bank, WAIT])


@pytest.mark.parametrize("seed", SEEDS)
def test_times_in_the_centre_and_who_gave_up_are_the_kernels(problem, seed):
    tally = simulate(problem, days=1, seed=seed, workers=1).tally
    people = trace_day(problem, seed=seed)
    done = [p for p in people if p.served]
    assert len(done) == tally.services[0, :, S_DONE].sum()
    assert sum(p.left_min - p.came_min for p in done) == pytest.approx(tally.services[0, :, S_TIME].sum())
    waits = sum(v.called_min - v.joined_min for p in done for v in p.visits)
    assert waits == pytest.approx(tally.services[0, :, S_WAIT].sum())
    assert sum(p.left_min is None for p in people) == tally.days[0, D_UNSERVED]
    assert max(p.left_min for p in people if p.left_min is not None) == pytest.approx(tally.days[0, D_LAST_EXIT])


def test_people_who_lose_patience_are_traced_as_gone_without_service():
    problem = the_problem(patience_min=0.5)
    tally = simulate(problem, days=1, seed=3, workers=1).tally
    gone = [p for p in trace_day(problem, seed=3) if p.left_min is not None and not p.served]
    assert len(gone) == tally.banks[0, :, LEFT].sum() > 0
    assert all(p.visits[-1].called_min is None for p in gone)


def test_a_server_serves_one_visitor_at_a_time_and_nobody_is_in_two_places(problem):
    people = trace_day(problem, seed=5)
    spells = {}
    for visit in (v for p in people for v in p.visits if v.ended_min is not None):
        spells.setdefault(visit.server, []).append((visit.called_min, visit.ended_min))
    assert spells
    for rows in spells.values():
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(rows)))
    for person in people:
        times = [t for v in person.visits for t in (v.joined_min, v.called_min, v.ended_min) if t is not None]
        assert [person.came_min, *times] == sorted([person.came_min, *times])


def test_another_day_of_the_same_seed_is_another_day_and_the_same_again_is_the_same():
    problem = the_problem()
    assert trace_day(problem, seed=1, day=4) == trace_day(problem, seed=1, day=4) != trace_day(problem, seed=1, day=5)


def test_more_notes_than_room_was_made_for_are_all_kept(monkeypatch):
    from solvers.simulation import trace

    problem = the_problem()
    usual = trace_day(problem, seed=1)
    monkeypatch.setattr(trace, "NOTES_PER_VISITOR", 1)
    assert trace_day(problem, seed=1) == usual
