"""Every template as a newcomer meets it: ten seconds of work, first layout, gap, index, and what the checks find.

    python -m pytest -s -o norecursedirs= tests/benchmarks/test_placement_templates.py
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import product

import pytest

from layouts.access import check_access
from layouts.egress import EgressQuestion, check_egress
from layouts.flow import measure_flow
from layouts.standards import profile
from planner.templates import DRAWN, MINISTRIES, SIZES, worked_out
from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.solve import solve
from tests.benchmarks.placement_runs import printed
from tests.benchmarks.test_placement_examples import problem_of

SECONDS = float(os.environ.get("CENTRELINE_SECONDS", "10"))
HEAD = ("template", "modules", "first s", "seconds", "objective", "gap %", "index", "failing")


@pytest.fixture(scope="module")
def table():
    rows: list[tuple[str, ...]] = [HEAD]
    yield rows
    print("\n" + printed(rows))


@pytest.mark.parametrize(("ministry", "size"), [each for each in product(MINISTRIES, SIZES) if each not in DRAWN])
def test_a_template_is_placed_soundly_at_once(ministry, size, table):
    project = worked_out(ministry, size)
    problem = problem_of(project)
    placed = solve(problem, Effort(seconds=SECONDS, seed=1))
    assert placed.layout is not None, placed.missing
    assert breaches(problem, placed) == ()
    layout, record = placed.layout.levels[0], placed.record
    access, egress = (profile(p) for p in (project.planning.access_profile, project.planning.egress_profile))
    found = (
        *check_access(problem.level, layout, problem.programme, access),
        *check_egress(EgressQuestion(level=problem.level, layout=layout, programme=problem.programme, profile=egress)),
    )
    failing = Counter(f.code for f in found if f.status == "fail")
    index = measure_flow(problem.level, layout, problem.programme).linearity_index
    table.append((
        f"{ministry} {size}", str(len(placed.poses)), f"{record.seconds_to_first:.1f}", f"{record.seconds:.1f}",
        f"{record.objective:,.0f}", f"{100 * (record.gap or 0):.1f}", f"{index:.1f}",
        ", ".join(f"{code} {n}" for code, n in failing.items()),
    ))  # fmt: skip
