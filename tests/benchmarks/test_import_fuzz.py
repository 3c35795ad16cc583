"""The fuzz over real plans: $CENTRELINE_FUZZ_RUNS mutants (300 unless told); `import_fuzz.md` keeps the long runs."""

from __future__ import annotations

import os

from tests.fuzz.run import fuzz, report
from tests.fuzz.seeds import seeds


def test_no_mutant_of_a_real_plan_breaks_a_reader() -> None:
    runs = int(os.environ.get("CENTRELINE_FUZZ_RUNS", "300"))
    outcome = fuzz(seeds(), runs, int(os.environ.get("CENTRELINE_FUZZ_SEED", "1")))
    print(report(outcome))
    assert not outcome.counts["broken"] and not outcome.counts["hung"], outcome.failures
    assert outcome.counts["read"] > runs / 5, "mutants so broken that they test nothing"
