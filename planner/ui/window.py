"""Showing an address to people: in their browser, or in a window without its bars."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path

CHROMELESS = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge", "msedge", "chrome")
ON_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ON_WINDOWS = (r"Microsoft\Edge\Application\msedge.exe", r"Google\Chrome\Application\chrome.exe")


def show(address: str, *, window: bool, profile: Path) -> None:
    """Open the address; a window of its own where one is wanted and a browser that can do it is there."""
    program = window_program() if window else None
    if program is None:
        webbrowser.open(address)
        return
    command = [program, f"--app={address}", f"--user-data-dir={profile}", "--no-first-run", "--no-default-browser-check"]
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def window_program() -> str | None:
    """A browser that shows a page without its bars, or None."""
    if sys.platform == "win32":
        roots = (os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
        places = [Path(root) / program for root in roots if root for program in ON_WINDOWS]
        found = next((str(place) for place in places if place.is_file()), None)
    elif sys.platform == "darwin":
        found = next((place for place in ON_MAC if Path(place).is_file()), None)
    else:
        found = None
    return found or next((path for name in CHROMELESS if (path := shutil.which(name))), None)
