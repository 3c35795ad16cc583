"""Solver processes: answers in order, stopped at once by a cancel or by the clock."""

from __future__ import annotations

import threading

from solvers.effort import Cancel
from solvers.rostering.jobs import Workers
from solvers.rostering.linear import LinearModel, Program, Work
from solvers.rostering.model import build
from tests.builders_roster import forty_staff_centre


def at_least(low: float) -> Program:
    model = LinearModel()
    column = model.column(cost=1.0, most=100.0, whole=True)
    model.row([(column, 1.0)], low=low)
    return model.program()


def test_answers_come_in_the_order_of_the_jobs():
    with Workers(2) as workers:
        outcomes = workers.run([(at_least(n + 0.5), Work()) for n in range(5)], cancel=None, seconds=None)
    assert [outcome.values[0] for outcome in outcomes] == [1, 2, 3, 4, 5]


def test_a_cancel_stops_a_long_run_and_the_workers_live_on():
    cancel = Cancel()
    long = build(forty_staff_centre()).linear.program()
    with Workers(1) as workers:
        assert workers.run([(at_least(1.5), Work())], cancel=None, seconds=None)[0].values[0] == 2
        threading.Timer(0.5, cancel.set).start()
        assert workers.run([(long, Work())], cancel=cancel, seconds=None) == [None]
        assert workers.run([(at_least(2.5), Work())], cancel=None, seconds=None)[0].values[0] == 3


def test_what_cannot_be_is_told():
    with Workers(1) as workers:
        outcome = workers.run([(at_least(101.0), Work())], cancel=None, seconds=None)[0]
    assert outcome.status == "infeasible"
