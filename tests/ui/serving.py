"""The page's own server in a thread of the test, with its gate, on a port that the system gives."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

from planner.ui.workspace import Workspace, open_workspace


class Served:
    """A running server. `link(path)` opens it once, on a project where one is named."""

    def __init__(self, home: Path, **options: Any) -> None:
        self.home = home
        self._ready = threading.Event()
        self._fault: list[BaseException] = []
        self._options = {"ahead": False} | options  # a test builds the pages that it looks at
        self._thread = threading.Thread(target=self._run, name="page server", daemon=True)
        self._thread.start()
        assert self._ready.wait(240)
        if self._fault:
            raise self._fault[0]

    @property
    def port(self) -> int:
        return int(self.server.port)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def link(self, path: Path | None = None) -> str:
        return self.server.link(str(path) if path else "")

    def workspace(self, path: Path) -> Workspace:
        return open_workspace(path)

    def stop(self) -> None:
        """End the server; it lets go of its files."""
        if self.running:
            self.server.server.io_loop.add_callback(self.server.stop)
        self._thread.join(20)
        assert not self.running

    def _run(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        try:
            from planner.ui.server import PageServer

            self.server = PageServer(self.home, **self._options)
            self.server.server.io_loop.add_callback(self._ready.set)
        except BaseException as error:
            self._fault.append(error)
            self._ready.set()
            return
        self.server.run()
