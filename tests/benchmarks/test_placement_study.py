"""The study's plans, solved under their own lengths and under iraq-default, beside the figures that the study reports."""

from __future__ import annotations

import pytest

from solvers.placement.problem import Placement
from tests.benchmarks.placement_runs import HEAD, printed, run_seeds, shown
from tests.benchmarks.study import TOLD, Told, eased, study_folder, study_problem

STUDY = ("study: first s", "gap %", "FLI", "walk m", "crossing", "why none")
IMPOSSIBLE = {("p1_rect", "iraq-default")}  # proven, not only not found
PLANS = dict.fromkeys(TOLD, 30.0) | {"p5_core": 60.0, "p5_large": 60.0}  # seconds of effort


@pytest.fixture(scope="module")
def table():
    """Rows that the plans add; printed once all are solved."""
    rows: list[tuple[str, ...]] = [("plan", "lengths", *HEAD, *STUDY)]
    yield rows
    print("\n" + printed(rows))


@pytest.mark.skipif(study_folder() is None, reason="no study plans: set CENTRELINE_DATA to the shared data folder")
@pytest.mark.parametrize("lengths", ["study", "iraq-default"])
@pytest.mark.parametrize("name", list(PLANS))
def test_study_plan_is_placed_soundly_or_its_lack_explained(name, lengths, table):
    runs = run_seeds(study_problem(name, lengths), PLANS[name])
    why = "; ".join(dict.fromkeys(code for p in runs.placements for code in codes(p)))
    table.append((name, lengths, *runs.row(), *told(TOLD.get(name)), why or "–"))
    for placement in runs.placements:
        print(*(f"\n{name}, {lengths}: {line}" for line in (*reasons(placement), *runs.faults)))
        assert placement.layout is not None or reasons(placement)
        assert placement.record.status == "infeasible" or (name, lengths) not in IMPOSSIBLE
    assert runs.faults == ()


@pytest.mark.skipif(study_folder() is None, reason="no study plans: set CENTRELINE_DATA to the shared data folder")
@pytest.mark.parametrize("name", list(PLANS))
def test_a_plan_that_does_not_fit_does_with_what_its_reasons_ask_for(name, table):
    problem = eased(name, study_problem(name, "iraq-default"))
    if problem is None:
        pytest.skip("holds its programme as it is")
    change, question = problem
    runs = run_seeds(question, PLANS[name])
    table.append((name, f"iraq-default, {change}", *runs.row(), *told(TOLD.get(name)), "–"))
    assert all(placement.layout is not None for placement in runs.placements)
    assert runs.faults == ()


def reasons(placement: Placement) -> tuple[str, ...]:
    """Why there is no layout, if there is none."""
    return tuple(str(reason) for reason in placement.missing.reasons) if placement.missing is not None else ()


def codes(placement: Placement) -> tuple[str, ...]:
    """The same in short."""
    return tuple(code.removeprefix("placement.") for code, _ in placement.missing.reasons) if placement.missing else ()


def told(study: Told | None) -> tuple[str, ...]:
    """What the study reports of a plan."""
    if study is None:
        return ("–",) * 5
    return (
        shown(study.first_s, 1), shown(100 * study.gap, 1), shown(study.index, 1), shown(study.walk_m, 1),
        shown(study.crossing, 2),
    )  # fmt: skip
