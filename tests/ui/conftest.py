"""The page in a browser: a real server in this process, so that tests see both the screen and the project behind it.

    def test_something(open_project, small_project):
        tab = open_project(small_project)          # tab.page: Playwright's; tab.workspace: the project behind it
        tab.go_to("capacity")
        tab.page.get_by_text("Counters").wait_for()

Every test fails when the page asks another machine for anything, or when a script of the page throws.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from planner.packing import pack
from tests.browser import NONE_FOUND, find_browser
from tests.planner.small_centre import a_small_centre
from tests.ui.serving import Served
from tests.ui.waiting import PATIENT_S, patient_context, until

PAGES = ("plan", "demand", "capacity", "layout", "checks", "day", "roster", "handover")
WIDE = {"width": 1400, "height": 900}
LAUNCH = ["--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion"]
SHORT_LIVED = ["--js-flags=--no-maglev --no-opt"]  # a page of a few seconds is gone before optimised scripts pay
# what the components themselves get wrong, measured and known; whatever comes on top fails
KNOWN_AXE = {
    "aria-progressbar-name", "aria-prohibited-attr", "aria-required-children", "aria-input-field-name",
}  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser of the tests."""
    yield from a_browser(*SHORT_LIVED)


def a_browser(*flags: str) -> Iterator[Any]:
    """A Chromium, or the plain reason why there is none."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = find_browser()
    if path is None:
        pytest.skip(NONE_FOUND)
    with api.sync_playwright() as tools:
        chromium = tools.chromium.launch(executable_path=path, args=[*LAUNCH, *flags])
        yield chromium
        chromium.close()


@dataclass
class Tab:
    """One browser tab, the server behind it and the project it shows."""

    page: Any
    served: Served
    workspace: Any = None
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def go_to(self, page_id: str) -> None:
        """Show a page by its key."""
        number = 1 + PAGES.index(page_id)
        self.page.keyboard.press(f"Alt+{number}")
        self.page.locator(f".cl-page-{page_id}").wait_for(state="visible")

    def ready(self) -> None:
        """Until the browser has the page and the server listens to it."""
        self.page.locator("html[data-centreline=ready]").wait_for(state="attached")

    def settle(self) -> None:
        """Until nothing has been asked of the server for half a second, and what came is painted."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(500)

    def until(self, holds: Callable[[], Any], seconds: float = PATIENT_S) -> Any:
        """Wait until the page and the project agree on something."""
        return until(holds, seconds, pause=lambda: self.page.wait_for_timeout(50))

    def axe(self) -> list[str]:
        """Ids of what axe-core finds wrong, less what the components are known for.

        Looked at again where something is found: a button whose colours are just changing has too little contrast for a moment.
        """
        if not self._axe_now():
            return []
        self.page.wait_for_timeout(1000)
        return self._axe_now()

    def _axe_now(self) -> list[str]:
        from axe_playwright_python.sync_playwright import Axe

        rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
        found = Axe().run(self.page, options=rules).response["violations"]
        return sorted(f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["id"] not in KNOWN_AXE)


@pytest.fixture
def new_tab(browser: Any) -> Iterator[Callable[[Served], Tab]]:
    """Tabs that are watched: no request may leave the machine and no script may throw."""
    tabs: list[Tab] = []

    def make(served: Served) -> Tab:
        context = patient_context(browser, viewport=WIDE, accept_downloads=True)
        tab = Tab(page=context.new_page(), served=served)
        tab.page.on("request", lambda r: tab.outside.append(r.url) if leaves(r.url) else None)
        tab.page.on("websocket", lambda w: tab.outside.append(w.url) if leaves(w.url) else None)
        tab.page.on("pageerror", lambda e: tab.faults.append(str(e)))
        tabs.append(tab)
        return tab

    yield make
    for tab in tabs:
        tab.page.context.close()
    assert [url for tab in tabs for url in tab.outside] == []
    assert [fault for tab in tabs for fault in tab.faults] == []


def leaves(url: str) -> bool:
    """Whether an address is another machine's."""
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:"))


@pytest.fixture(scope="session")
def helpers() -> Iterator[None]:
    """The processes that calculate, started once for all servers: each loads libraries for seconds."""
    from planner.ui.helpers import end_all

    yield
    end_all()


@pytest.fixture
def served(tmp_path: Path, helpers: None) -> Iterator[Served]:
    """The page's server with an empty folder of projects."""
    server = Served(tmp_path / "home", leaves_helpers=True)
    yield server
    server.stop()


@pytest.fixture
def open_project(new_tab: Callable[[Served], Tab], served: Served) -> Callable[[Path], Tab]:
    """Show a project in a tab of its own; the same project again gives a second tab on the same workspace."""

    def opened(path: Path) -> Tab:
        tab = new_tab(served)
        tab.page.goto(served.link(path))
        tab.ready()
        tab.workspace = served.workspace(path)
        return tab

    return opened


def cut_the_line(tab: Tab) -> None:
    """Close the page's socket, as a network does that is gone for a moment."""
    server = tab.served.server.server
    sockets = [c._socket for session in server.get_sessions() for c in session._subscribed_connections]
    for socket in sockets:
        server.io_loop.add_callback(socket.close)


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """The small centre as a project file of the test's own."""
    return a_project(tmp_path, "small")


def a_project(folder: Path, name: str, **changed: object) -> Path:
    """A project file from the small centre with changes."""
    from planner.storage import create_document

    path = folder / f"{name}.centreline"
    create_document(path, a_small_centre(**changed)).close()
    return path


@pytest.fixture
def dahuk(tmp_path: Path) -> Path:
    """The example centre as a project file of the test's own."""
    from planner.examples import example

    folder = tmp_path / "dahuk"
    shutil.copytree(example("dahuk"), folder, ignore=shutil.ignore_patterns(".answers", "*.py", "*.png"))
    pack(folder, tmp_path / "dahuk.centreline")
    return tmp_path / "dahuk.centreline"
