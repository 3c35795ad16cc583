"""The Chromium that browser tests drive: the machine's own, else installed as a system package, else playwright's.

The one without windows comes first, the same engine: the others make a window, which nobody sees, for every tab of a test.
`python -m tests.browser package` installs that one, where the system has it as a package. `python -m tests.browser` finds one
or installs another and says which; where none can be had it says why, and exits 0, since the tests that need a browser then
say themselves that they did not run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

WINDOWLESS = "chromium-headless-shell"
WITH_WINDOWS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
NONE_FOUND = "no Chromium was found; install one (Debian: apt-get install chromium) or run: playwright install chromium"
MOST_S = 240  # for a package: a mirror that does not answer is not waited for


def find_browser(*, as_people_have: bool = False) -> str | None:
    """The path of a Chromium, or None. CENTRELINE_BROWSER names one that is not on the path. `as_people_have`: with windows."""
    named = os.environ.get("CENTRELINE_BROWSER")
    if named:
        return named
    names = WITH_WINDOWS if as_people_have else (WINDOWLESS, *WITH_WINDOWS)
    on_path = next((found for name in names if (found := shutil.which(name))), None)
    return on_path or _of_playwright()


def install_package() -> None:
    """The one without windows as a package of the system, where it is not there and we may."""
    if not os.environ.get("CENTRELINE_BROWSER") and not shutil.which(WINDOWLESS):
        _install_package(WINDOWLESS)


def install_browser() -> str | None:
    """Any that is there; where there is none, one with windows as a package, then playwright's own download."""
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
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=MOST_S)
    except subprocess.TimeoutExpired:
        print(f"{' '.join(command[:2])}: no end after {MOST_S} s", file=sys.stderr)
        return
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["no word of why"]
        print(f"{' '.join(command[:2])}: {last[0]}", file=sys.stderr)


def main() -> None:
    if sys.argv[1:] == ["package"]:
        install_package()
    else:
        print(install_browser() or NONE_FOUND)


if __name__ == "__main__":
    main()
