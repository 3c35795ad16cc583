"""The Chromium that browser tests drive: the machine's own, else installed as a system package, else playwright's.

The one without windows comes first: the others make a whole window, which nobody sees, for every tab of a test. An empty tab
took 0.4 to 1.4 s of processor there and 0.13 s here, a page of ours until it stood 15 s and 10 s (measured, once).
`python -m tests.browser` finds or installs one and says which; where none can be had it says why, and exits 0, since the tests
that need a browser then say themselves that they did not run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

WINDOWLESS = "chromium-headless-shell"
NAMES = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NONE_FOUND = "no Chromium was found; install one (Debian: apt-get install chromium) or run: playwright install chromium"


def find_browser(*, as_people_have: bool = False) -> str | None:
    """The path of a Chromium, or None. CENTRELINE_BROWSER names one that is not on the path. `as_people_have`: with windows."""
    named = os.environ.get("CENTRELINE_BROWSER")
    if named:
        return named
    names = NAMES[1:] if as_people_have else NAMES
    on_path = next((found for name in names if (found := shutil.which(name))), None)
    return on_path or _of_playwright()


def install_browser() -> str | None:
    """Find the windowless browser, else try the system's package of it as root; where there is no browser at all, that of one
    with windows, then playwright's own download."""
    if not os.environ.get("CENTRELINE_BROWSER") and not shutil.which(WINDOWLESS):
        _install_package(WINDOWLESS)
    for attempt in (None, lambda: _install_package("chromium"), _install_with_playwright):
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


def _install_package(name: str) -> None:
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], quiet)
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", name], quiet)


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
