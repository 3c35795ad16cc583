"""A page on which parts of pages take turns, each on a real workspace; served by a thread of this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import panel as pn

from planner.ui import kit
from planner.ui.session import Session
from planner.ui.tables import Tables
from planner.ui.words import Words
from planner.ui.workspace import open_workspace
from tests.ui.waiting import until

LOOK_MS = 100
KNOWS = "title => Bokeh.documents.some((document) => document.title() === title)"


class Inspector:
    """None is needed here."""

    def show(self, title: str, view: Any) -> None: ...

    def clear(self) -> None: ...


class Part:
    """`make(session)` gives a part with view() and refresh(); `told` is what it notified."""

    def __init__(self, path: Path, make: Callable[[Session], Any], language: str = "en", dark: bool = False) -> None:
        self.workspace = open_workspace(path)
        self.told: list[tuple[str, str]] = []
        self.made: Any = None
        self.dark = dark
        self._make, self._words = make, Words(language)

    def view(self) -> list[Any]:
        session = Session(
            workspace=self.workspace,
            words=self._words,
            notify=lambda sentence, kind: self.told.append((kind, sentence)),
            go_to=lambda page, focus: None,
            inspector=Inspector(),
            status=lambda sentence: None,
            add_actions=lambda actions: None,
        )
        self.made = self._make(session)
        opener = kit.button("Open", self.made.open, css_classes=["t-open"]) if hasattr(self.made, "open") else kit.column()
        return [kit.heading("Test", 1), opener, self.made.view()]


class PartPage:
    """The page, in a tab of its own: to load it takes longer than most of what is tested on it."""

    def __init__(self) -> None:
        pn.extension("tabulator", notifications=True)
        self._part: Part | None = None
        self._turns = count(1)
        self._ready, self._listens = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(240)
        self.url = f"http://127.0.0.1:{self.server.port}/"

    def _page(self) -> Any:
        self._document = pn.state.curdoc
        self._column = pn.Column(sizing_mode="stretch_width")
        # tells no tab that the process is busy
        self._frame = kit.whole_page(main=[self._column, Tables("unnamed")], title="Test")

        def begin() -> None:  # what changes before the browser's own word that it has the page is lost on the way
            pn.state.add_periodic_callback(self._refresh, LOOK_MS)
            self._listens.set()

        self._document.on_event("document_ready", lambda _: begin())
        return self._frame

    def _refresh(self) -> None:
        if self._part is not None and self._part.made is not None:
            self._part.made.refresh()

    def _run(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        self.server = pn.serve(self._page, port=0, address="127.0.0.1", show=False, start=False, verbose=False)
        self.server.start()
        self.server.io_loop.add_callback(self._ready.set)
        self.server.io_loop.start()

    def put(self, part: Part, page: Any) -> None:
        """Show this part instead of the one before, until the browser has it: the page's title is told last."""
        title = f"turn {next(self._turns)}"
        until(self._listens.is_set, pause=lambda: page.wait_for_timeout(20))

        def show() -> None:
            self._part = part
            self._frame.dark_theme = part.dark
            self._column[:] = part.view()
            self._document.title = title

        self._document.add_next_tick_callback(show)
        page.wait_for_function(KNOWS, arg=title)

    def clear(self) -> None:
        """Nothing is shown, and what was shown asks no more."""
        gone = threading.Event()

        def empty() -> None:
            self._part = None
            self._column[:] = []
            gone.set()

        self._document.add_next_tick_callback(empty)
        assert gone.wait(60)

    def stop(self) -> None:
        self.server.io_loop.add_callback(self.server.io_loop.stop)
        self._thread.join(10)
        assert not self._thread.is_alive()
