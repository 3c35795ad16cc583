"""The long fuzz: $CENTRELINE_FUZZ_RUNS mutants (300 unless told) of every small real plan that is here."""

from __future__ import annotations

import os
from pathlib import Path

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
    assert outcome.slowest_s < SLOWEST_S
