"""One more try, alone on the machine, for browser tests that failed beside others; any other failure stands.

`make test` comes here only after a run that failed. A page that answers slowly while two cores do other tests' work fails a
test without a fault; a fault fails again. Which tests were tried again is printed, so that none grows unsteady unseen.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FAILED = Path(".pytest_cache/v/cache/lastfailed")
BROWSER_TESTS = "tests/ui/"
MOST = 5  # more than these are no chance


def to_try_again(failed: list[str]) -> list[str]:
    """Those that failed where all may be tried again, else none."""
    only_pages = all(name.startswith(BROWSER_TESTS) and "::" in name for name in failed)
    return sorted(failed) if only_pages and 0 < len(failed) <= MOST else []


def main() -> int:
    failed = list(json.loads(FAILED.read_text("utf-8"))) if FAILED.exists() else []
    again = to_try_again(failed)
    if not again:
        print(f"{len(failed)} tests failed; no second try")
        return 1
    print("failed beside others, tried again alone:", *again, sep="\n  ")
    return subprocess.run([sys.executable, "-m", "pytest", *again], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
