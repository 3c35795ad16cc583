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
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from planner.packing import pack
from tests.browser import NONE_FOUND, find_browser
from tests.planner.small_centre import a_small_centre
from tests.ui.blame import FAILED, after_a_test, leaves
from tests.ui.editor_hand import editor_pages, open_editor
from tests.ui.parts_page import KNOWS, Part, PartPage
from tests.ui.serving import Served
from tests.ui.waiting import PATIENT_S, patient_context, until

__all__ = ["editor_pages", "open_editor"]

PAGES = ("plan", "demand", "capacity", "layout", "checks", "day", "roster", "handover")
WIDE = {"width": 1400, "height": 900}
LAUNCH = ["--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion"]
SHORT_LIVED = ["--js-flags=--no-maglev --no-opt"]  # a page of a few seconds is gone before optimised scripts pay
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
RUN_AXE = """async ([rules, behind]) => {
  const all = (css, root) => [...root.querySelectorAll("*")].flatMap(
    (el) => [...(el.matches(css) ? [el] : []), ...(el.shadowRoot ? all(css, el.shadowRoot) : [])])
  const shut = (page) => page.inert || (behind && !all("[role=dialog]", page.shadowRoot).length)
  const away = all(".cl-page", document).filter(shut)
  for (const el of away) Object.defineProperty(el, "shadowRoot", {value: null, configurable: true})  // nothing to walk into
  try {
    const preload = {assets: ["media"]}  // no style sheets: the one rule that reads them is none of those asked for
    return (await axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload})).violations
  } finally {
    for (const el of away) delete el.shadowRoot
  }
}"""
STEPS = count(1)
TELL = "title => Bokeh.documents[0].set_title(title)"
TAKEN_UP_MS = 50
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
    served: Any
    workspace: Any = None
    part: Any = None
    told: list[tuple[str, str]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def go_to(self, page_id: str) -> None:
        """Show a page by its key, once no window lies over the one that is shown: it would have the key."""
        self.page.locator(".MuiDialog-container").first.wait_for(state="hidden")
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

    def in_step(self) -> None:
        """Until the browser has all that the server told it: news come in their order, and the page's title comes last."""
        title = f"in step {next(STEPS)}"
        for session in self.served.server.server.get_sessions():
            session.document.add_next_tick_callback(lambda document=session.document: setattr(document, "title", title))
        self.page.wait_for_function(KNOWS, arg=title)

    def painted(self) -> None:
        """Until the browser has all that the server told it and rests, twice: what it paints may ask for more."""
        for _ in range(2):
            self.in_step()
            self.page.wait_for_timeout(250)
            self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestIdleCallback(done)))")

    def heard(self) -> None:
        """Until the server has done what the browser told it: that comes in its order too, a title last.

        What was typed is taken up by Panel only `TAKEN_UP_MS` after it has come.
        """
        title = f"heard {next(STEPS)}"
        self.page.evaluate(TELL, title)
        sessions = self.served.server.server.get_sessions
        document = self.until(lambda: next((s.document for s in sessions() if s.document.title == title), None))
        done = Event()
        document.add_next_tick_callback(lambda: document.add_timeout_callback(done.set, 2 * TAKEN_UP_MS))
        self.until(done.is_set)

    def axe(self, *only: str, window: bool = False) -> list[str]:
        """Ids of what axe-core finds wrong on the page that is shown, less what the components are known for.

        By all rules or by those named; `window`: in the window over the page alone. Looked at again where something is found: a
        button whose colours are just changing has too little contrast for a moment.
        """
        if not self._axe_now(only, window):
            return []
        self.page.wait_for_timeout(1000)
        return self._axe_now(only, window)

    def _axe_now(self, only: tuple[str, ...], window: bool) -> list[str]:
        found = axe_finds(self.page, {"type": "rule", "values": list(only)} if only else WCAG, window)
        return sorted(f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["id"] not in KNOWN_AXE)


def axe_finds(page: Any, rules: Any, window: bool = False) -> list[Any]:
    """What axe-core finds wrong. Pages that are put away, through which it would walk too, are out of its way meanwhile;
    with `window`, so is the page that lies behind a window."""
    from axe_playwright_python.sync_playwright import Axe

    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[Any] = page.evaluate(RUN_AXE, [rules, window])
    return found


@pytest.fixture
def new_tab(browser: Any) -> Iterator[Callable[[Served], Tab]]:
    """Tabs that are watched: no request may leave the machine and no script may throw."""
    tabs: list[Tab] = []

    def make(served: Served) -> Tab:
        tabs.append(watched(browser, served))
        return tabs[-1]

    yield make
    for tab in tabs:
        tab.page.context.close()
    assert [url for tab in tabs for url in tab.outside] == []
    assert [fault for tab in tabs for fault in tab.faults] == []


def watched(browser: Any, served: Served | None) -> Tab:
    """A tab that writes down what it should not do."""
    context = patient_context(browser, viewport=WIDE, accept_downloads=True)
    tab = Tab(page=context.new_page(), served=served)
    tab.page.on("request", lambda r: tab.outside.append(r.url) if leaves(r.url) else None)
    tab.page.on("websocket", lambda w: tab.outside.append(w.url) if leaves(w.url) else None)
    tab.page.on("pageerror", lambda e: tab.faults.append(_with_stack(e)))
    return tab


def _with_stack(error: Any) -> str:
    return "\n".join([str(error), *(error.stack or "").splitlines()[:6]])


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


class Kept:
    """One tab on the small centre for the tests of a file: to load a page takes longer than most of what is tested on it."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self._tab: Tab | None = None
        self._opened = count(1)

    def tab(self) -> Tab:
        if self._tab is None:
            name = f"kept-{next(self._opened)}"
            served = Served(self._folder / name, leaves_helpers=True)
            path = a_project(self._folder, name)
            tab = self._tab = watched(self._browser, served)
            tab.page.goto(served.link(path))
            tab.ready()
            tab.workspace = served.workspace(path)
        return self._tab

    def tidy(self) -> None:
        """For the next test: no dialog, the project as it was."""
        tab = self.tab()
        for _ in range(2):
            tab.page.keyboard.press("Escape")
        if tab.workspace.project != a_small_centre():
            tab.workspace.change(a_small_centre(), "as it was")
        tab.in_step()

    def let_go(self) -> None:
        if self._tab is not None:
            self._tab.page.context.close()
            self._tab.served.stop()
            self._tab = None


class Parts:
    """The tab on which parts of pages take turns, opened when first wanted."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._page: PartPage | None = None
        self.tab: Tab | None = None
        self.shown: list[Part] = []

    def open(self, path: Path, make: Callable[..., Any], language: str = "en", dark: bool = False) -> Tab:
        if self._page is None:
            self._page = PartPage()
            self.tab = watched(self._browser, None)
            self.tab.page.goto(self._page.url)
        tab, part = self.tab, Part(path, make, language, dark)
        assert tab is not None
        tab.page.set_viewport_size(WIDE)
        self._page.put(part, tab.page)
        self.shown.append(part)
        tab.workspace, tab.part, tab.told = part.workspace, part.made, part.told
        return tab

    def tidy(self) -> None:
        if self._page is not None:
            self._page.clear()
        for workspace in {id(part.workspace): part.workspace for part in self.shown}.values():
            workspace.close()
        self.shown.clear()

    def let_go(self) -> None:
        self.tidy()
        if self._page is not None and self.tab is not None:
            self.tab.page.context.close()
            self._page.stop()
            self._page = self.tab = None


@pytest.fixture(scope="session")
def parts(browser: Any) -> Iterator[Parts]:
    """See `open_part`."""
    made = Parts(browser)
    yield made
    made.let_go()


@pytest.fixture
def open_part(parts: Parts, request: pytest.FixtureRequest) -> Iterator[Callable[..., Tab]]:
    """A part of a page alone, `open_part(path, make, language, dark)`; `tab.part` is what `make(session)` gave."""
    yield parts.open
    tab = parts.tab
    parts.tidy()
    if tab is not None:
        after_a_test(tab, request, parts.let_go)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember which test failed: what it leaves behind is no page for the next."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="module")
def kept(browser: Any, helpers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """See `kept_tab`."""
    made = Kept(browser, tmp_path_factory.mktemp("kept"))
    yield made
    made.let_go()


@pytest.fixture
def kept_tab(kept: Kept, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """The small centre in a tab that the tests of a file share: same project, no dialog open, another page perhaps."""
    tab = kept.tab()
    yield tab
    if not request.node.stash.get(FAILED, False):
        kept.tidy()
    after_a_test(tab, request, kept.let_go)


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
