"""The long fuzz: $CENTRELINE_FUZZ_RUNS mutants (300 unless told) of every small real plan that is here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fuzzing import fuzz
from test_import_plans import FOLDERS

EXAMPLES = Path(__file__).parents[2] / "examples"
LARGEST = 160_000
SLOWEST_S = 30.0


def test_no_mutant_of_a_real_plan_breaks_a_reader(tmp_path: Path) -> None:
    files = sorted(EXAMPLES.glob("*/plan.dxf"))
    for folder in FOLDERS:
        files += [f for f in sorted(folder.glob("*")) if f.suffix in (".dxf", ".svg") and f.stat().st_size < LARGEST]
    runs = int(os.environ.get("CENTRELINE_FUZZ_RUNS", "300"))
    outcome = fuzz(files, runs, int(os.environ.get("CENTRELINE_FUZZ_SEED", "1")), tmp_path)
    print(f"{runs} mutants of {len(files)} files: {dict(outcome.counts)}")
    print(f"slowest {outcome.slowest_s:.1f} s ({outcome.slowest})")
    print(outcome.codes.most_common())
    assert not outcome.broken, outcome.broken
    assert outcome.counts["read"] > runs / 10, "mutants so broken that they test nothing"
    assert outcome.slowest_s < SLOWEST_S


def test_no_mutant_of_a_model_takes_the_program_down(tmp_path: Path) -> None:
    files = [f for folder in FOLDERS for f in sorted(folder.glob("*")) if f.suffix in (".ifc", ".dwg")]
    files = [f for f in files if f.stat().st_size < 1_000_000]
    if not files:
        pytest.skip("no models here: set CENTRELINE_DATA and CENTRELINE_PLANS")
    outcome = fuzz(files, int(os.environ.get("CENTRELINE_FUZZ_RUNS", "300")) // 20, 1, tmp_path, fenced=True)
    print(f"models and DWG: {dict(outcome.counts)}; {outcome.codes.most_common()}")
    assert not outcome.broken, outcome.broken
