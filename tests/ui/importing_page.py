"""A page with nothing but the parts that bring drawings in, on a real workspace; served by a thread of this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import panel as pn
import panel_material_ui as pmui

from planner.ui import kit
from planner.ui.session import Session
from planner.ui.words import Words
from planner.ui.workspace import open_workspace

LOOK_MS = 100


class Inspector:
    """None is needed here."""

    def show(self, title: str, view: Any) -> None: ...

    def clear(self) -> None: ...


class ServedPart:
    """`make(session)` gives a part with view() and refresh(); `told` is what it notified."""

    def __init__(self, path: Path, make: Callable[[Session], Any], language: str = "en", dark: bool = False) -> None:
        pn.extension("tabulator", notifications=True)
        self.workspace = open_workspace(path)
        self.told: list[tuple[str, str]] = []
        self.part: Any = None
        self._make, self._words, self._dark = make, Words(language), dark
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(240)
        self.url = f"http://127.0.0.1:{self.server.port}/"

    def page(self) -> Any:
        session = Session(
            workspace=self.workspace,
            words=self._words,
            notify=lambda sentence, kind: self.told.append((kind, sentence)),
            go_to=lambda page, focus: None,
            inspector=Inspector(),
            status=lambda sentence: None,
            add_actions=lambda actions: None,
        )
        self.part = part = self._make(session)
        # as the page itself does: what changes before the browser has everything would be lost on the way
        pn.state.curdoc.on_event("document_ready", lambda _: pn.state.add_periodic_callback(part.refresh, LOOK_MS))
        opener = kit.button("Open", part.open, css_classes=["t-open"]) if hasattr(part, "open") else kit.column()
        listens = pn.pane.HTML("")
        # what a click changes before the browser's own word that it has the page is lost on the way
        pn.state.curdoc.on_event("document_ready", lambda _: listens.param.update(object='<i class="t-listens"></i>'))
        column = pn.Column(kit.heading("Test", 1), opener, part.view(), listens, sizing_mode="stretch_width")
        return pmui.Page(main=[column], dark_theme=self._dark, theme_toggle=False, title="Test")

    def _run(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        self.server = pn.serve(self.page, port=0, address="127.0.0.1", show=False, start=False, verbose=False)
        self.server.start()
        self.server.io_loop.add_callback(self._ready.set)
        self.server.io_loop.start()

    def show(self, page: Any) -> None:
        """Go there, until the server listens."""
        page.goto(self.url)
        page.locator(".t-listens").wait_for(state="attached")

    def stop(self) -> None:
        self.server.io_loop.add_callback(self.server.io_loop.stop)
        self._thread.join(10)
        assert not self._thread.is_alive()
        self.workspace.close()
