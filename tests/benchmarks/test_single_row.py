"""The placement as it is against the classic single-row instances: the published optimum, found and proven."""

from __future__ import annotations

import os

import pytest

from solvers.effort import Effort
from solvers.placement.check import breaches
from solvers.placement.solve import solve
from tests.benchmarks.single_row import OPTIMA, in_units, read_instance, row_problem, single_row_folder

SECONDS = 60.0
HEAD = ("instance", "banks", "published", "found", "proven bound", "status", "first s", "all s", "load")


@pytest.fixture(scope="module")
def table():
    rows: list[tuple[str, ...]] = [HEAD]
    yield rows
    print("\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows))


@pytest.mark.skipif(single_row_folder() is None, reason="no instances: set CENTRELINE_DATA to the shared data folder")
@pytest.mark.parametrize("name", list(OPTIMA))
def test_the_published_optimum_is_found_and_proven(name, table):
    row = read_instance(single_row_folder() / name)
    problem = row_problem(row)
    placement = solve(problem, Effort(seconds=SECONDS))
    record = placement.record
    assert placement.layout is not None, placement.missing
    found, bound = (in_units(x, row, placement.spine.length_dm()) for x in (record.objective, record.bound))
    table.append((name, str(len(row.lengths)), f"{OPTIMA[name]:g}", f"{found:g}", f"{bound:g}", record.status,
                  f"{record.seconds_to_first:.1f}", f"{record.seconds:.1f}", f"{os.getloadavg()[0]:.1f}"))  # fmt: skip
    assert [(f.code, f.where) for f in breaches(problem, placement)] == []
    assert found == pytest.approx(OPTIMA[name])
    assert bound == pytest.approx(OPTIMA[name])
