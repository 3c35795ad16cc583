"""The simulation against the textbook centres V6 and V7 and against its own promise of 95 %."""

from dataclasses import replace

import numpy as np
import pytest

from solvers.queueing import mmc
from solvers.queueing.station import Station
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate
from solvers.simulation.tables import BUSY, CALLED, D_LAST_EXIT, WAIT
from tests.solvers.simulation.builders import exponential, one_bank
from tests.solvers.simulation.textbook import exam_centre, plate_office


def test_the_exam_centre_is_reproduced_within_one_percent() -> None:
    run = simulate(exam_centre(), days=20_000, seed=1)
    testers, booths = run.tally.banks[:, 0], run.tally.banks[:, 1]
    wait, booth = (float((each[:, WAIT] / each[:, CALLED]).mean()) for each in (testers, booths))
    found = {
        "tester wait": (wait, 10.6),
        "booth wait": (booth, 4.65),
        "time of those passing": (wait + 8.0 + booth + (2.5 + 3.6 + 4.3) / 3.0, 26.8),
        "fails a day": (float((testers[:, CALLED] - booths[:, CALLED]).mean()), 33.4),
        "tester use": (float(testers[:, BUSY].mean()) / 5 / 540, 0.762),
        "booth use": (float(booths[:, BUSY].mean()) / 2 / 540, 0.718),
        "mean tester queue": (float(testers[:, WAIT].mean()) / 480, 5.8),
        "within 10 min": (summarise(run).bank("testers").p_within.value, 0.62),
        "last exit": (float(run.tally.days[:, D_LAST_EXIT].mean()), 503.0),
    }
    for name, (ours, theirs) in found.items():
        print(f"V6 {name}: {ours:.4g} against {theirs:g} ({ours / theirs - 1:+.2%})")
    for ours, theirs in found.values():
        assert ours == pytest.approx(theirs, rel=0.01)


def test_the_plate_office_is_reproduced_within_one_percent() -> None:
    for pooled, theirs in ((False, 52.2), (True, 26.5)):
        outcome = summarise(simulate(plate_office(pooled=pooled), days=4000, seed=1))
        ours = float(np.mean([each.time_mean_min.value for each in outcome.services]))
        print(f"V7 {'pooled' if pooled else 'separate'}: {ours:.2f} against {theirs} ({ours / theirs - 1:+.2%})")
        assert ours == pytest.approx(theirs, rel=0.01)
    steady = replace(plate_office(pooled=False), close_min=200_000.0, interval_min=20_000.0, warm_up_min=5000.0)
    steady = replace(steady, entries=tuple(replace(each, persons=(2000.0,) * 10) for each in steady.entries))
    wait = summarise(simulate(steady, days=100, seed=2)).bank("clerks").wait_mean_min.value
    print(f"V7 stage 1 in the long run: {wait:.2f} against Pollaczek-Khinchine 40.67 ({wait / 40.667 - 1:+.2%})")
    assert wait == pytest.approx(40.667, rel=0.01)


def test_intervals_hold_erlang_c_as_often_as_they_say() -> None:
    station = Station(arrivals_per_min=0.56, mean_service_min=5.0, positions=4)
    problem = one_bank(per_min=0.56, time=exponential(5.0), servers=4, length_min=3000, warm_up_min=500, within_min=5.0)
    exact = mmc.mean_wait_min(station), 1.0 - mmc.share_waiting_longer(station, 5.0)
    experiments = 400
    held = np.zeros(2)
    for seed in range(experiments):
        bank = summarise(simulate(problem, days=30, seed=seed, workers=1)).bank("bank")
        estimates = (bank.wait_mean_min, bank.p_within)
        held += [each.low <= value <= each.high for each, value in zip(estimates, exact)]
    print(f"95 % intervals held: mean wait {held[0] / experiments:.4f}, share in time {held[1] / experiments:.4f}")
    assert (held / experiments >= 0.93).all()
    assert (held / experiments <= 0.97).all()
