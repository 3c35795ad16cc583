"""How quick the page is as people start it, a process of its own: printed, never asserted (machines differ).

    python -m pytest -q -s -o norecursedirs= tests/benchmarks/test_page_latency.py

Start: from typing `centreline` until the projects are painted, in a tab and in a window without bars; the second start; from
the click on a project of the list until its page is ready.
Click to repaint: from the event of a key or click until the frame was painted that shows what was asked for, measured in the
browser, at rest and while a layout is searched: turning to every page, what hands do on the pages, starting and stopping the
search. Exit: from Ctrl+C until the process has ended. Aims: 5 s, 150 ms while searching, cancel 0.5 s.
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
from tests.ui.conftest import LAUNCH, PAGES, a_browser
from tests.ui.waiting import until

ENTRY = "from planner.cli import main; main()"
EXAMPLES = Path(__file__).parents[2] / "examples"
GOES = 5  # at every gesture, so that a median says something and one slow one is seen
CLICKS = int(os.environ.get("CENTRELINE_CLICKS", "40"))  # turns in all
AHEAD_MS = int(os.environ.get("CENTRELINE_AHEAD_MS", "12000"))  # 0: at once
CANCELS = 5  # searches that are stopped, each a little later than the one before
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
    real, port = find_browser(as_people_have=True), free_port()
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


def test_opening_a_project_from_the_list(browser: Any, tmp_path: Path) -> None:
    """The larger example, and again after going back to the list."""
    pack(EXAMPLES / "justice", tmp_path / "justice.centreline")
    started = Started(tmp_path, "--no-browser", "--keep")
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(started.told["url"])
    page.locator(READY).wait_for(state="attached")
    page.wait_for_timeout(AHEAD_MS)  # what people need to find their project
    took: dict[str, list[float]] = {"painted": [], "ready": []}
    for _ in range(GOES):
        began = time.perf_counter()
        page.locator(".cl-project a[href*='/project']").last.click()
        page.locator(".cl-nav").wait_for()
        took["painted"].append(1000 * (time.perf_counter() - began))
        page.locator(READY).wait_for(state="attached")
        took["ready"].append(1000 * (time.perf_counter() - began))
        page.go_back()
        page.locator(".cl-project").first.wait_for()
        page.wait_for_timeout(1_500)
    context.close()
    started.end()
    print(f"\nopening justice from the list, {load()}, ms: first {took['ready'][0]:.0f}; {told(took)}")


# From the first event of a gesture until the frame has been painted in which what was asked for is to be seen.
WATCH = """(seen) => {
  const look = (0, eval)(seen)
  window.repainted = new Promise((done) => {
    let began = null
    const first = (event) => { began ??= event.timeStamp }
    for (const name of ["keydown", "pointerdown"]) addEventListener(name, first, {capture: true, once: true})
    const frame = () => {
      if (began === null || !look()) { requestAnimationFrame(frame); return }
      const painted = new MessageChannel()
      painted.port1.onmessage = () => done(performance.now() - began)
      painted.port2.postMessage(0)
    }
    requestAnimationFrame(frame)
  })
}"""
DEEP = """const deep = (css, root = document) => root.querySelector(css) ?? [...root.querySelectorAll("*")]
  .reduce((found, el) => found ?? (el.shadowRoot ? deep(css, el.shadowRoot) : null), null);"""


PATIENT_MS = 60_000
NEVER = f"new Promise((_, fail) => setTimeout(() => fail(new Error('not seen within {PATIENT_MS} ms')), {PATIENT_MS}))"


class Clicks:
    """A page that is clicked on, each click timed in the browser until it was painted what it asked for."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def timed(self, act: Callable[[], object], seen: str) -> float:
        """`seen`: JavaScript that says whether it is there; `deep(css)` finds an element in any shadow."""
        self.page.evaluate(WATCH, f"(() => {{ {DEEP} return () => Boolean({seen}) }})()")
        act()
        took = float(self.page.evaluate(f"Promise.race([window.repainted, {NEVER}])"))
        self.page.wait_for_timeout(300)
        return took

    def show(self, name: str) -> float:
        key = f"Alt+{1 + PAGES.index(name)}"
        shown = f"deep('.cl-page-{name}') && !deep('.cl-page-{name}').inert"
        return self.timed(lambda: self.page.keyboard.press(key), shown)

    def turns(self) -> dict[str, list[float]]:
        """To every page, `CLICKS` times in all."""
        found: dict[str, list[float]] = {name: [] for name in PAGES}
        for _ in range(max(1, CLICKS // len(PAGES))):
            for name in PAGES:
                found[name].append(self.show(name))
        return found

    def work(self) -> dict[str, list[float]]:
        """What hands do on the pages: in the drawing, in menus, in forms."""
        page = self.page
        self.show("plan")
        root, ed = page.locator(".cl-page-plan .ed-root"), "deep('.cl-page-plan').shadowRoot && deep('.ed-root').editor"
        place = """root => { const ed = root.editor, one = [...ed.things.values()].find((t) => t.t === "column")
          const middle = [0, 1].map((i) => one.r.reduce((sum, p) => sum + p[i], 0) / one.r.length)
          const at = ed.view.toScreen(middle), box = ed.ui.stage.getBoundingClientRect()
          return [box.left + at[0], box.top + at[1]] }"""
        x, y = root.evaluate(place)
        fold = root.locator(".ed-fold", has=page.locator(".ed-layers")).locator("summary").first
        if not root.locator(".ed-layer").first.is_visible():
            fold.click()
        eye = root.locator(".ed-layer .ed-small").first
        found: dict[str, list[float]] = {}

        def add(name: str, act: Callable[[], object], seen: str) -> None:
            found.setdefault(name, []).append(self.timed(act, seen))

        for _ in range(GOES):
            add("select a part", lambda: page.mouse.click(x, y), f"({ed}).selection.size === 1")
            rev = root.evaluate("root => root.editor.rev")
            left = f"({ed}).things.get([...({ed}).selection][0]).r[0][0]"
            was = page.evaluate(f"(() => {{ {DEEP} return {left} }})()")
            add("move it by an arrow", lambda: page.keyboard.press("ArrowRight"), f"{left} !== {was}")
            page.wait_for_function(f"(() => {{ {DEEP} return ({ed}).rev > {rev} }})()")  # arrows pressed in a row are one step
            rev = root.evaluate("root => root.editor.rev")
            add("undo", lambda: page.keyboard.press("Control+z"), f"({ed}).rev > {rev}")
            page.keyboard.press("Escape")
            pressed = eye.get_attribute("aria-pressed")
            add("layer off or on", eye.click, f"deep('.ed-layer .ed-small').ariaPressed !== '{pressed}'")
            add("open a menu", page.locator(".cl-menu button").nth(1).click, "deep('[role=menu]')")
            page.keyboard.press("Escape")
            page.locator("[role=menu]").first.wait_for(state="hidden")
            add("palette", lambda: page.keyboard.press("Control+k"), "deep('#cl-palette-list')")
            page.keyboard.press("Escape")
        self.show("demand")
        tabs = page.locator(".cl-page-demand").get_by_role("tab")
        for tab in (1, 0) * GOES:
            chosen = f"deep('[role=tab][aria-selected=true]').innerText === {tabs.nth(tab).inner_text()!r}"
            add("another tab of a page", tabs.nth(tab).click, chosen)
        return found


def told(found: dict[str, list[float]]) -> str:
    """Medians, with the longest."""
    return "; ".join(f"{name} {statistics.median(each):.0f} (most {max(each):.0f})" for name, each in found.items())


def test_the_page_while_a_layout_is_searched(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "dahuk.centreline"
    pack(EXAMPLES / "dahuk", path)
    started = Started(tmp_path / "home", "--no-browser", "--keep", str(path))
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    page.goto(started.told["url"])
    page.locator(READY).wait_for(state="attached")
    clicks = Clicks(page)

    page.wait_for_timeout(AHEAD_MS)  # pages are built while hands rest
    first = {name: [clicks.show(name)] for name in PAGES}
    page.wait_for_timeout(1_500)
    print(f"\npage of dahuk, {load()}, ms from the key or click to the painted page\nfirst shown: {told(first)}")
    print(f"at rest, {load()}: {told(clicks.turns())}; {told(clicks.work())}")
    clicks.show("layout")
    page.locator(".cl-effort [role=combobox]").click()
    page.locator("li", has_text="Thorough").last.click()  # the longest search, so that it lasts as long as the clicks
    start, cancel = page.locator(".cl-start-place"), page.locator(".cl-cancel-place")
    stop_seen = "deep('.cl-cancel-place').offsetParent"
    begun = [clicks.timed(start.click, stop_seen)]
    page.wait_for_timeout(4_000)
    print(f"while searching, {load()}: {told(clicks.turns())}; {told(clicks.work())}")
    clicks.show("layout")
    stopped = []
    for turn in range(CANCELS):
        cancel.wait_for(state="visible")
        stopped.append(clicks.timed(cancel.click, f"!{stop_seen}"))
        page.wait_for_timeout(1_500)
        begun.append(clicks.timed(start.click, stop_seen))
        page.wait_for_timeout(2_500 + 1_200 * turn)
    page.context.close()
    ended = started.end()
    print(f"{told({'started': begun, 'cancelled': stopped})}; exit {ended:.2f} s")
