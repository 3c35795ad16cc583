"""`centreline place` with an optimiser that never ends by itself; it is there to be interrupted."""

from __future__ import annotations

import sys
import time
from typing import Any

from planner import chain
from planner.cli.entry import run
from planner.project import Project
from solvers.effort import Cancel, Effort, Progress, Report
from tests.planner.test_cli import a_placement


def place_until_cancelled(project: Project, effort: Effort, report: Report, cancel: Cancel, *_: Any) -> dict[str, Any]:
    """Find something at once, then work on until the switch is thrown (or for ever, when deaf)."""
    report(Progress(stage="place"))
    while not cancel or "deaf" in sys.argv:
        time.sleep(0.01)
    return a_placement("cancelled")


if __name__ == "__main__":
    chain.place_layout = place_until_cancelled
    sys.exit(run(["place", sys.argv[1], "--json"]))
