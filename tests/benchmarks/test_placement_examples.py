"""The two examples from their folder to a layout in 30 seconds: three seeds, medians of the first layout's time and the gap."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from layouts.flow import measure_flow
from layouts.standards import profile
from planner.folder import read_folder
from planner.project import Project
from solvers.capacity import plan_capacity
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.problem import PlacementProblem
from solvers.placement.solve import solve
from solvers.programme import draw_up_programme
from tests.example_project import question_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SECONDS = 30.0
SEEDS = (1, 2, 3)


def problem_of(project: Project) -> PlacementProblem:
    """The first level's question: demand, capacity, programme in a row."""
    capacity = plan_capacity(question_of(project))
    access = profile(project.planning.access_profile)
    programme = draw_up_programme(capacity, project.rooms, access, nearness=project.nearness)
    assert project.plan is not None
    return PlacementProblem(level=project.plan.levels[0], programme=programme)


@pytest.mark.parametrize("name", ["dahuk", "justice"])
def test_example_is_placed_soundly_from_every_seed(name):
    problem = problem_of(read_folder(EXAMPLES / name))
    firsts, gaps, faults = [], [], {}
    for seed in SEEDS:
        placement = solve(problem, Effort(seconds=SECONDS, seed=seed))
        record = placement.record
        assert placement.layout is not None, (record.status, placement.missing)
        flow = measure_flow(problem.level, placement.layout.levels[0], problem.programme)
        print(f"\n{name}, seed {seed}: {record.status}, first {record.seconds_to_first:.1f} s, "
              f"objective {record.objective:,.0f}, "
              f"bound {record.bound:,.0f}, gap {100 * record.gap:.1f} %, relaxed {record.relaxation_bound:,.0f}, "
              f"FLI {flow.linearity_index:.1f}, walk {flow.walk_m_per_visit:.1f} m, crossing {flow.crossing_persons:.2f}, "
              f"{len(record.freedom['spines'])} spines, {record.freedom['layouts_refused_by_check']} refused")  # fmt: skip
        firsts.append(record.seconds_to_first)
        gaps.append(record.gap)
        faults[seed] = [(f.code, f.where) for f in breaches(problem, placement)]
    print(f"{name}: median first {median(firsts):.1f} s, median gap {100 * median(gaps):.1f} %")
    assert not any(faults.values()), faults
