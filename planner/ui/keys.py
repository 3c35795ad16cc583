"""The keyboard of the whole page, the command palette and the sheet of shortcuts: one component of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import param
from panel.custom import JSComponent

from planner.ui.words import Words

TEXTS = ("search", "nothing", "shortcuts", "close", "lost", "lost_unsaved", "again")


class Keys(JSComponent):
    """Runs actions by key or by name. `actions`: id, label, keys, hint, group of each; the browser sends back an id."""

    actions = param.List(default=[], doc="What can be done.")
    texts = param.Dict(default={}, doc="Words of the palette.")
    ready = param.Boolean(default=False, doc="Set once the server listens; the page's root then bears data-centreline=ready.")
    dark = param.Boolean(default=False, doc="Whether the page is dark; the browser remembers it.")
    ahead = param.Boolean(default=False, doc="Whether the server wants to know when hands rest.")
    here = param.List(default=["", 0], doc="The page that is shown, and which of the browser's own turns was the last known.")
    caption = param.String(default="", doc="What the browser's own tab is called.")
    direction = param.String(default="ltr", doc="Which way the page reads.")

    _esm = "\n".join(Path(__file__).with_name(name).read_text("utf-8") for name in ("turning.js", "line.js", "keys.js"))

    def __init__(
        self, *, words: Words, on_action: Callable[[str], None], on_dark: Callable[[], None] | None = None,
        on_rest: Callable[[], bool] | None = None, **params: Any,
    ) -> None:  # fmt: skip
        """`on_rest` is called while nobody does anything, until it says that there is no more to do."""
        texts = {name: words(f"page.palette.{name}") for name in TEXTS}
        super().__init__(texts=texts, direction=words.direction, width=0, height=0, margin=0, **params)
        self.ahead = on_rest is not None
        self._on_action, self._on_dark, self._on_rest = on_action, on_dark, on_rest
        self._turns = 0

    def _handle_msg(self, data: Any) -> None:
        if isinstance(data, dict) and isinstance(data.get("turn"), int):
            self._turns = data["turn"]
        if isinstance(data, dict) and isinstance(data.get("run"), str):
            self._on_action(data["run"])
        elif isinstance(data, dict) and data.get("dark") is True and self._on_dark is not None:
            self._on_dark()
        elif isinstance(data, dict) and data.get("rest") is True and self._on_rest is not None:
            self._send_msg({"more": self._on_rest()})

    def show(self, page_id: str) -> None:
        """Show a page; one that the browser does not have yet is shown when it has come."""
        self.here = [page_id, self._turns]

    def rest(self) -> None:
        """There is something to do again while hands rest."""
        if self.ahead:
            self._send_msg({"more": True})

    def open(self, what: str) -> None:
        """Show the palette or the shortcuts."""
        self._send_msg({"open": what})

    def visit(self, address: str) -> None:
        """Leave for another address of ours, or take a file from it."""
        self._send_msg({"visit": address})
