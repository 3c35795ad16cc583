"""How fast days are lived through, beside SimPy and Ciw in the same run: one core each, random numbers included."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from math import sqrt

import pytest

from solvers.simulation.build import build_tables
from solvers.simulation.outcome import summarise
from solvers.simulation.run import simulate, simulate_chunk
from solvers.simulation.tables import CALLED, D_CAME
from tests.benchmarks.simulation_days import four_stages, full_centre, in_ciw, in_simpy
from tests.solvers.simulation.builders import exponential, one_bank

DAYS = 100


def cpu_seconds(work: Callable[[], object], times: int = 1) -> float:
    """The least of several runs, in seconds of this process."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def ours_per_hundred_days() -> float:
    problem = four_stages()
    simulate_chunk(build_tables(problem), 1, 0, 2)
    return cpu_seconds(lambda: simulate_chunk(build_tables(problem), 1, 0, DAYS), times=7)


@pytest.mark.parametrize(("name", "peer", "peer_days", "floor"), [("simpy", in_simpy, 40, 60), ("ciw", in_ciw, 20, 200)])
def test_a_four_stage_day_is_many_times_faster_than(name: str, peer: Callable[[int], list[float]], peer_days: int, floor: int):
    pytest.importorskip(name, reason="peers are installed with the extra 'bench'")
    before = ours_per_hundred_days()
    theirs = cpu_seconds(lambda: peer(peer_days)) * DAYS / peer_days
    ours = min(before, ours_per_hundred_days())
    ratio = theirs / ours
    print(f"\n100 days of 1,000 visitors: {name} {theirs:.2f} s, ours {ours * 1000:.1f} ms, ratio {ratio:.0f}")
    assert ratio >= floor


@pytest.mark.parametrize(("name", "peer", "days"), [("simpy", in_simpy, 200), ("ciw", in_ciw, 80)])
def test_the_same_waits_as(name: str, peer: Callable[[int], list[float]], days: int):
    pytest.importorskip(name, reason="peers are installed with the extra 'bench'")
    ours = [each.wait_mean_min for each in summarise(simulate(four_stages(), days=4000)).banks]
    theirs = peer(days)
    print(f"\nmean waits: ours {[round(each.value, 4) for each in ours]}, {name} {[round(each, 4) for each in theirs]}")
    for wait, other in zip(ours, theirs):
        deviation = wait.half / 1.96 * sqrt(4000 / days)
        assert abs(other - wait.value) < 3.0 * deviation, "the peer's own noise, from the spread of our days"


def test_a_single_line_passes_four_million_visitors_a_second():
    problem = one_bank(per_min=1.0, time=exponential(8.0), servers=9, length_min=12_000)
    tables = build_tables(problem)
    simulate_chunk(tables, 1, 0, 1)
    visitors = simulate_chunk(tables, 1, 0, 100).days[:, D_CAME].sum()
    seconds = cpu_seconds(lambda: simulate_chunk(tables, 1, 0, 100), times=5)
    print(f"\na single line: {visitors / seconds / 1e6:.2f} million visitors per CPU-second")
    assert visitors / seconds >= 4e6


def test_a_thousand_days_of_a_full_centre_take_less_than_three_seconds():
    problem = full_centre()
    simulate(problem, days=10)
    started = time.perf_counter()
    run = simulate(problem, days=1000, seed=2)
    seconds = time.perf_counter() - started
    visits = run.tally.banks[:, :, CALLED].sum()
    print(f"\n1,000 days with skills, breaks and priorities: {seconds:.2f} s on {os.cpu_count()} cores, "
          f"{visits / seconds / 1e6:.2f} million visits a second")  # fmt: skip
    assert seconds < 3.0


def test_walks_and_impatience_cost_little():
    plain = full_centre()
    banks = len(plain.banks)
    rich = replace(
        plain,
        lines=tuple(replace(line, patience_min=30.0, call_min=0.3) for line in plain.lines),
        walk_min=tuple(tuple(0.5 for _ in range(banks)) for _ in range(banks + 1)),
    )
    seconds = [cpu_seconds(lambda p=p: simulate(p, days=200, workers=1), times=3) for p in (plain, rich)]
    print(f"\n200 days: plain {seconds[0] * 1000:.0f} ms, with walks and impatience {seconds[1] * 1000:.0f} ms")
    assert seconds[1] < 3.0 * seconds[0]
