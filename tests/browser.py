"""The Chromium that browser tests drive: the machine's own, else installed as a system package, else playwright's.

`python -m tests.browser` finds or installs one and says which; where none can be had it says why, and exits 0, since the
tests that need a browser then say themselves that they did not run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NONE_FOUND = "no Chromium was found; install one (Debian: apt-get install chromium) or run: playwright install chromium"


def find_browser() -> str | None:
    """The path of a Chromium, or None. CENTRELINE_BROWSER names one that is not on the path."""
    named = os.environ.get("CENTRELINE_BROWSER")
    if named:
        return named
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    return on_path or _of_playwright()


def install_browser() -> str | None:
    """Find a browser; where there is none, try the system's package as root, then playwright's own download."""
    for attempt in (None, _install_package, _install_with_playwright):
        if attempt is not None:
            attempt()
        if found := find_browser():
            return found
    return None


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        path = tools.chromium.executable_path
    return path if Path(path).exists() else None


def _install_package() -> None:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], quiet)
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet)


def _install_with_playwright() -> None:
    _run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no word of why"]
        print(f"{' '.join(command[:2])}: {last[0]}", file=sys.stderr)


def main() -> None:
    print(install_browser() or NONE_FOUND)


if __name__ == "__main__":
    main()
