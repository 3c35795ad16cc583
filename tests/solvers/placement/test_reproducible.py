"""Reproducible work gives the same layout again, in other processes too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from solvers.effort import Effort
from solvers.placement.problem import Placement
from solvers.placement.solve import solve
from tests.builders_placement import small_centre

ROOT = Path(__file__).resolve().parents[3]
REPRODUCIBLE = Effort(seconds=1, reproducible=True, seed=1)


def answer_line() -> str:
    """A reproducible answer of the small centre as one line (run by the test below in processes of its own)."""
    placement = solve(small_centre(), REPRODUCIBLE)
    return f"{placement.record.objective} {placement.poses} {placement.arcs} {hash_free(placement)}"


def hash_free(placement: Placement) -> str:
    return "".join(f"{i.id}{i.polygon}" for i in placement.layout.levels[0].items)


def test_reproducible_work_gives_the_same_layout_twice_and_in_other_processes() -> None:
    here = answer_line()
    assert answer_line() == here
    code = "from tests.solvers.placement.test_reproducible import answer_line; print(answer_line())"
    for seed in ("1", "77"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd=ROOT, check=True)
        assert told.stdout.strip() == here
