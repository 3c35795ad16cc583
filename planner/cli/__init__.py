"""The command line: `centreline COMMAND …`."""

from __future__ import annotations

import sys


def main() -> None:
    """The console entry: run the command and end with its exit code."""
    from planner.cli.entry import run

    sys.exit(run(sys.argv[1:]))
