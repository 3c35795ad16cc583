"""The study's plans, solved under their own lengths and under iraq-default, beside the figures that the study reports."""

from __future__ import annotations

import pytest

from layouts.flow import measure_flow
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.problem import Placement, PlacementProblem
from solvers.placement.solve import solve
from tests.benchmarks.study import TOLD, Told, study_folder, study_problem

SECONDS = 30.0
HEAD = ("plan", "lengths", "status", "first s", "objective", "bound", "gap %", "relaxed", "FLI", "walk m", "crossing", "check",
        "study: first s", "gap %", "FLI", "walk m", "crossing")  # fmt: skip


@pytest.fixture(scope="module")
def table():
    """Rows that the plans add; printed once all are solved."""
    rows: list[tuple[str, ...]] = [HEAD]
    yield rows
    print("\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows))


@pytest.mark.skipif(study_folder() is None, reason="no study plans: set CENTRELINE_DATA to the shared data folder")
@pytest.mark.parametrize("lengths", ["study", "iraq-default"])
@pytest.mark.parametrize("name", list(TOLD))
def test_study_plan_is_placed_soundly_or_its_lack_explained(name, lengths, table):
    problem = study_problem(name, lengths)
    placement = solve(problem, Effort(seconds=SECONDS))
    faults = breaches(problem, placement)
    table.append((name, lengths, *figures(problem, placement, len(faults)), *told(TOLD[name])))
    for reason in placement.missing.reasons if placement.missing else ():
        print(f"\n{name}, {lengths}: {reason}")
    for fault in faults:
        print(f"\n{name}, {lengths}: {fault.code} {fault.where} {fault.measured} for {fault.required} {fault.unit}")
    assert [(f.code, f.where) for f in faults] == []
    if placement.layout is None:
        assert placement.missing is not None and placement.missing.reasons


def figures(problem: PlacementProblem, placement: Placement, faults: int) -> tuple[str, ...]:
    """Our half of a row."""
    r = placement.record
    if placement.layout is None:
        return (r.status, *("–",) * 5, *("–",) * 3, "explained")
    flow = measure_flow(problem.level, placement.layout.levels[0], problem.programme)
    return (
        r.status, shown(r.seconds_to_first, 1), shown(r.objective, 0), shown(r.bound, 0), shown(100 * r.gap, 1),
        shown(r.relaxation_bound, 0), shown(flow.linearity_index, 1), shown(flow.walk_m_per_visit, 1),
        shown(flow.crossing_persons, 2), "ok" if not faults else f"{faults} faults",
    )  # fmt: skip


def told(study: Told) -> tuple[str, ...]:
    """The study's half of a row."""
    return (
        shown(study.first_s, 1), shown(100 * study.gap, 1), shown(study.index, 1), shown(study.walk_m, 1),
        shown(study.crossing, 2),
    )  # fmt: skip


def shown(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"
