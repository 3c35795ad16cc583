"""The two examples from their folder to a layout in 30 seconds: three seeds, medians of the first layout's time and the gap."""

from __future__ import annotations

from pathlib import Path

import pytest

from layouts.standards import profile
from planner.folder import read_folder
from planner.project import Project
from solvers.capacity import plan_capacity
from solvers.placement.problem import PlacementProblem
from solvers.programme import draw_up_programme
from tests.benchmarks.placement_runs import HEAD, printed, run_seeds
from tests.example_project import question_of

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def problem_of(project: Project) -> PlacementProblem:
    """The first level's question: demand, capacity, programme in a row."""
    capacity = plan_capacity(question_of(project))
    access = profile(project.planning.access_profile)
    programme = draw_up_programme(capacity, project.rooms, access, nearness=project.nearness)
    assert project.plan is not None
    egress = profile(project.planning.egress_profile)
    return PlacementProblem(level=project.plan.levels[0], programme=programme, access=access, egress=egress)


@pytest.fixture(scope="module")
def table():
    """Rows that the examples add; printed once all are solved."""
    rows: list[tuple[str, ...]] = [("example", *HEAD)]
    yield rows
    print("\n" + printed(rows))


@pytest.mark.parametrize("name", ["dahuk", "justice"])
def test_example_is_placed_soundly_from_every_seed(name, table):
    runs = run_seeds(problem_of(read_folder(EXAMPLES / name)))
    table.append((name, *runs.row()))
    assert all(p.layout is not None for p in runs.placements), [p.missing for p in runs.placements]
    assert runs.faults == ()
