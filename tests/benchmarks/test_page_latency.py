"""How quick the page is as people start it, a process of its own: printed, never asserted (machines differ).

    python -m pytest -q -s -o norecursedirs= tests/benchmarks/test_page_latency.py

Start: from typing `centreline` until the projects are painted, in a tab and in a window without bars; the second start.
Click to repaint: from a key that changes the page until the other one is shown, at rest and while a layout is searched,
the driver's own time included. Cancel: from the click until a new search may begin. Exit: from Ctrl+C until the process
has ended. Aims: 5 s, 150 ms while searching, 0.5 s.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.packing import pack
from planner.ui.server import free_port
from tests.browser import NONE_FOUND, find_browser
from tests.ui.conftest import LAUNCH, a_browser
from tests.ui.waiting import until

ENTRY = "from planner.cli import main; main()"
EXAMPLE = Path(__file__).parents[2] / "examples" / "dahuk"
CLICKS = int(os.environ.get("CENTRELINE_CLICKS", "20"))
READY = "html[data-centreline=ready]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One as people have it, that optimises scripts."""
    yield from a_browser()


class Started:
    """`centreline open …` as a process of its own, and when it was typed."""

    def __init__(self, home: Path, *words: str, path: str | None = None) -> None:
        environment = os.environ | {"CENTRELINE_HOME": str(home)} | ({"PATH": path} if path else {})
        self.at = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-c", ENTRY, "open", "--json", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=environment,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.told = json.loads(self.process.stdout.readline())
        self.told_s = self.seconds()

    def seconds(self) -> float:
        return time.perf_counter() - self.at

    def end(self) -> float:
        """Ctrl+C, and how long it takes."""
        began = time.perf_counter()
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(60) == 0
        return time.perf_counter() - began


def ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def of(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.0f} (p95 {ordered[int(len(ordered) * 0.95)]:.0f}) ms"


def painted(page: Any) -> float:
    """When the page first painted something of its own, in ms from its navigation."""
    return float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"))


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def test_start_in_a_tab_and_again(browser: Any, tmp_path: Path) -> None:
    first = Started(tmp_path, "--no-browser", "--keep")
    page = browser.new_context().new_page()
    opened = first.seconds()
    page.goto(first.told["url"])
    page.locator(READY).wait_for(state="attached")
    shown, paint = first.seconds(), opened + painted(page) / 1000
    again = Started(tmp_path, "--no-browser")
    assert again.process.wait(60) == 0 and not again.told["started"]
    second = again.seconds()
    page.context.close()
    ended = first.end()
    print(f"\nstart, {load()}: server {first.told_s:.1f} s, first paint {paint:.1f} s, page ready {shown:.1f} s;", end=" ")
    print(f"second start {second:.1f} s; exit {ended:.2f} s")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for the browser is a shell script")
def test_start_in_a_window(browser: Any, tmp_path: Path) -> None:
    """The command that a window is opened with is a browser's own, run without a screen."""
    real, port = find_browser(), free_port()
    assert real is not None, NONE_FOUND
    folder = tmp_path / "bin"
    folder.mkdir()
    flags = [*LAUNCH, "--headless=new", f"--remote-debugging-port={port}"]
    command = " ".join(["exec", shutil.which(real) or real, *flags, '"$@"'])
    (folder / "google-chrome").write_text(f"#!/bin/sh\n{command}\n", "utf-8")
    (folder / "google-chrome").chmod(0o755)
    started = Started(tmp_path / "home", "--window", "--keep", path=f"{folder}:{os.environ['PATH']}")
    tools = browser.browser_type

    def window() -> Any:
        try:
            found = tools.connect_over_cdp(f"http://127.0.0.1:{port}")
        except Exception:  # not listening yet
            return None
        return next((p for c in found.contexts for p in c.pages if "127.0.0.1" in p.url), None)

    page = until(window, 60.0)
    page.locator(READY).wait_for(state="attached")
    shown = started.seconds()
    bars = page.evaluate("matchMedia('(display-mode: browser)').matches")
    page.context.browser.new_browser_cdp_session().send("Browser.close")
    print(f"\nwindow, {load()}: page ready {shown:.1f} s after typing, bars {bars}; exit {started.end():.2f} s")


def test_the_page_while_a_layout_is_searched(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "dahuk.centreline"
    pack(EXAMPLE, path)
    started = Started(tmp_path / "home", "--no-browser", "--keep", str(path))
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(started.told["url"])
    page.locator(READY).wait_for(state="attached")

    def show(number: int, name: str) -> None:
        page.keyboard.press(f"Alt+{number}")
        page.locator(f".cl-page-{name}").wait_for(state="visible")

    def turns() -> list[float]:
        return [ms(lambda to=to: show(*to)) for to in ((3, "capacity"), (4, "layout")) * (CLICKS // 2)]

    turns()  # pages are built when they are first shown
    at_rest = turns()
    show(4, "layout")
    start, cancel = page.locator(".cl-start-place"), page.locator(".cl-cancel-place")
    clicked = ms(lambda: (start.click(), cancel.wait_for(state="visible")))
    page.wait_for_timeout(4_000)
    searching = turns()
    show(4, "layout")
    stopped = float("nan")
    if cancel.is_visible():
        stopped = ms(lambda: (cancel.click(), start.wait_for(state="visible", timeout=60_000)))
    page.context.close()
    ended = started.end()
    print(f"\npage of dahuk, {load()}: click to repaint at rest {of(at_rest)}, while searching {of(searching)};", end=" ")
    print(f"start shown after {clicked:.0f} ms, cancelled after {stopped:.0f} ms; exit {ended:.2f} s")
