"""Large centres: the study's 2,500 m2 plans, 5,000 m2 with 120 counters, and all templates at the quick effort.

    python -m pytest -s tests/benchmarks/test_placement_large.py

CENTRELINE_SEEDS says from how many seeds (3). Processor seconds stand beside wall time, so that a busy machine shows.
"""

from __future__ import annotations

import os
import time
from statistics import median

import pytest

from layouts.flow import measure_flow
from planner.examples import example
from planner.folder import read_folder
from planner.templates import MINISTRIES, SIZES, drawn_example, worked_out
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve
from tests.benchmarks.large import large_problem
from tests.benchmarks.study import study_folder, study_problem
from tests.benchmarks.test_placement_examples import problem_of

SEEDS = tuple(range(1, 1 + int(os.environ.get("CENTRELINE_SEEDS", "3"))))
STUDY = {"p5_large": "12–25 s, gap 42 %, 8 counters unreached", "p5_core": "1.1 s, gap 31 %, FLI 69.6"}
QUICK = 10.0


@pytest.mark.skipif(study_folder() is None, reason="no study plans: set CENTRELINE_DATA to the shared data folder")
@pytest.mark.parametrize("name", list(STUDY))
def test_study_s_large_plan_is_placed_soundly(name):
    report(f"{name} (study: {STUDY[name]})", study_problem(name, "study"), 60.0)


def test_five_thousand_square_metres_are_placed_soundly():
    report("5,000 m2, 120 counters", large_problem(), 120.0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ministry", MINISTRIES)
def test_every_template_gives_a_layout_at_the_quick_effort(ministry, size):
    drawn = drawn_example(ministry, size)
    report(f"{ministry}, {size}", problem_of(read_folder(example(drawn)) if drawn else worked_out(ministry, size)), QUICK, (1,))


def report(name: str, problem: PlacementProblem, seconds: float, seeds: tuple[int, ...] = SEEDS) -> None:
    """Solve from every seed, print a row for each and the medians, and hold every layout against the check."""
    firsts, gaps = [], []
    for seed in seeds:
        used = time.process_time()
        placement = solve(problem, Effort(seconds=seconds, seed=seed))
        used = time.process_time() - used
        assert placement.layout is not None, (name, placement.record.status, placement.missing)
        assert [(f.code, f.where) for f in breaches(problem, placement)] == []
        print(f"\n| {name} | {seed} | {row(problem, placement)} | {used:.0f} |")
        firsts.append(placement.record.seconds_to_first)
        gaps.append(placement.record.gap)
    print(f"{name}: median first {median(firsts):.1f} s, median gap {100 * median(gaps):.1f} %")


def row(problem: PlacementProblem, placement: Placement) -> str:
    """First layout, objective, bound, gap, which typology, where the bound is lowest, and how people walk."""
    r, f = placement.record, placement.record.freedom
    assert placement.layout is not None
    flow = measure_flow(problem.level, placement.layout.levels[0], problem.programme)
    lanes = [("perimeter", s, b) for s, b in zip(f["spines"], f["spine_bounds"])] + list(f["built"])
    lowest = min((lane for lane in lanes if lane[2] is not None), key=lambda lane: lane[2])
    return (
        f"{r.seconds_to_first:.1f} s | {r.objective:,.0f} | {r.bound:,.0f} | {100 * r.gap:.1f} % | {f['typology']} | "
        f"{lowest[0]} {lowest[1].split('/')[-1]} | {flow.linearity_index:.1f} | {flow.walk_m_per_visit:.1f} m"
    )
