"""A hand on the editor in a browser: moves in millimetres of the plan, on a page that the tests of a process share."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from layouts.layout import Item
from layouts.plan import Level
from planner.project import Project
from tests.planner.builders import a_project
from tests.planner.test_editing import a_hall, done
from tests.ui.blame import after_a_test, leaves
from tests.ui.editor_page import Bench, ServedBench, Turns
from tests.ui.waiting import patient_context, until

SIZE = {"width": 1300, "height": 800}
SHOWS = """(roots, name) => {
  if (roots.length !== 1 || !roots[0].editor) return false
  const ed = roots[0].editor
  return ed.view.name === name && ed.rev > 0 && ed.view.ranges !== null && !ed.frame
}"""


def furnished() -> Project:
    """The hall with two counters and a seat."""
    project = a_project(plan=a_hall())
    for kind, at in (("counter", (2_000, 6_000)), ("counter", (5_000, 6_500)), ("seat", (5_000, 2_000))):
        project = done(project, "add_item", kind=kind, at=at)
    return project


class Hand:
    """A browser tab with the editor, and moves in millimetres of the plan."""

    def __init__(self, page: Any, bench: Bench) -> None:
        self.page = page
        self.bench = bench

    def ed(self, expression: str) -> Any:
        """Something of the editor in the browser, `ed`."""
        return self.page.locator(".ed-root").evaluate(f"(root) => {{ const ed = root.editor; return {expression} }}")

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place of the plan on the screen."""
        box = self.page.locator(".ed-stage").bounding_box()
        sx, sy = self.ed(f"ed.view.toScreen([{x}, {y}])")
        return box["x"] + sx, box["y"] + sy

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 6) -> None:
        self.page.mouse.move(*self.at(*start))
        self.page.mouse.down()
        self.page.mouse.move(*self.at(*end), steps=steps)
        self.page.mouse.up()

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.at(x, y))

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def until(self, holds: Callable[[], Any]) -> Any:
        return until(holds, pause=lambda: self.page.wait_for_timeout(25))

    def settled(self, steps: int) -> None:
        """Wait until so many gestures are in the project and on the screen."""
        self.until(lambda: len(self.bench.asked) >= steps and self.ed("ed.pending.length") == 0)

    def selects(self, *keys: str) -> None:
        """Wait until these and no others are selected."""
        self.until(lambda: sorted(self.ed("[...ed.selection]")) == sorted(keys))

    def selection(self) -> list[str]:
        return sorted(self.ed("[...ed.selection]"))

    def status(self) -> str:
        return self.page.locator(".ed-status-text").inner_text()

    @property
    def level(self) -> Level:
        assert self.bench.project.plan is not None
        return self.bench.project.plan.levels[0]

    def item(self, ident: str) -> Item:
        assert self.bench.project.accepted is not None
        return next(i for i in self.bench.project.accepted.layout.levels[0].items if i.id == ident)


def a_picture() -> bytes:
    import io

    from PIL import Image

    body = io.BytesIO()
    Image.new("RGB", (200, 100), (120, 160, 90)).save(body, "PNG")
    return body.getvalue()


def picture_url() -> str:
    """The same as an address that asks no server."""
    return f"data:image/png;base64,{base64.b64encode(a_picture()).decode()}"


class EditorPage:
    """The page that all editors of these tests take turns on, and what it did that it should not."""

    def __init__(self, browser: Any, leaves: Callable[[str], bool]) -> None:
        self.turns = Turns()
        self.serving = ServedBench(self.turns)
        self.context = patient_context(browser, viewport=SIZE)
        self.outside: list[str] = []
        self.faults: list[str] = []
        self.page = self.context.new_page()
        self.page.on("request", lambda r: self.outside.append(r.url) if leaves(r.url) else None)
        self.page.on("pageerror", lambda e: self.faults.append(str(e)))
        self.page.goto(self.serving.url)
        until(self.turns.listens.is_set, pause=lambda: self.page.wait_for_timeout(25))

    def open(self, bench: Bench) -> Hand:
        """This bench's editor, alone on the page and as new."""
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(SIZE)
        self.page.evaluate("localStorage.clear()")
        self.turns.put(bench)
        hand = Hand(self.page, bench)
        assert bench.editor is not None
        name = bench.editor.figure_name
        hand.until(lambda: self.page.locator(".ed-root").evaluate_all(SHOWS, name))
        return hand

    def close(self) -> None:
        self.context.close()
        self.serving.stop()


class EditorPages:
    """The page that is shared, opened when first wanted."""

    def __init__(self, browser: Any, leaves: Callable[[str], bool]) -> None:
        self._make = lambda: EditorPage(browser, leaves)
        self._page: EditorPage | None = None

    def page(self) -> EditorPage:
        if self._page is None:
            self._page = self._make()
        return self._page

    def let_go(self) -> None:
        if self._page is not None:
            self._page.close()
            self._page = None


@pytest.fixture(scope="session")
def editor_pages(browser: Any) -> Iterator[EditorPages]:
    pages = EditorPages(browser, leaves)
    yield pages
    pages.let_go()


@pytest.fixture
def open_editor(editor_pages: EditorPages, request: pytest.FixtureRequest) -> Iterator[Callable[..., Hand]]:
    """Editors that are watched: nothing asked of another machine, no script that throws."""
    page = editor_pages.page()
    yield lambda project=None, **options: page.open(Bench(project or furnished(), "l0", **options))
    after_a_test(page, request, editor_pages.let_go)
