"""The page's server: on the loopback address alone, behind the gate, until nobody has needed it for a while."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import panel as pn
from tornado.ioloop import PeriodicCallback
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError

from exports.words import say
from layouts.findings import BadInput
from planner.ui import app
from planner.ui.gate import ALIVE, LOGIN, House, Provider, alive_handler, guard, login_handler
from planner.ui.helpers import end_all, warm_up
from planner.ui.home import Home
from planner.ui.jobs import busy
from planner.ui.remembered import keep_references
from planner.ui.sockets import prompt_sockets
from planner.ui.tokens import Doorkeeper, login_query, new_secret
from planner.ui.unsent import keep_unsent
from planner.ui.words import PRODUCT
from planner.ui.workspace import open_workspace, open_workspaces

LARGEST_MESSAGE = 80 * 2**20  # base64 of the largest upload, and no more
LOOK_EVERY_MS = 1000
WARM_AFTER_S = 3.0  # the first page comes first
SESSION_KEPT_MS = 300_000  # a laptop that slept for a while finds its tab again


class PageServer:
    """A server that is built but not yet running. `link(project)` opens it once; `on_idle` is called when it may end.

    With `leaves_helpers` the processes that calculate outlive it, for the next server in this process. `ahead`: pages are built
    while nobody does anything, before they are wanted.
    """

    def __init__(
        self,
        home: Path,
        *,
        port: int = 0,
        idle_s: float | None = None,
        on_idle: Callable[[], None] | None = None,
        leaves_helpers: bool = False,
        ahead: bool = True,
    ):
        self.secret = new_secret()
        self.home = Home(home)
        self.house = House(Doorkeeper(self.secret), self._show)
        self._idle_s, self._on_idle, self._leaves_helpers = idle_s, on_idle, leaves_helpers
        self._was_used, self._unused_s = False, 0.0
        app.prepare()
        for quiet in ("tornado.access", "bokeh.server.views.ws"):  # warnings of theirs tell of tabs that were closed
            logging.getLogger(quiet).setLevel(logging.ERROR)
        self.house.port = port or free_port()
        self.server = pn.io.server.get_server(
            app.routes(self.home, ahead),
            title=PRODUCT,
            port=self.house.port,
            address="127.0.0.1",
            websocket_origin=list(self.house.hosts),
            auth_provider=Provider(self.house),
            extra_patterns=[
                (LOGIN, login_handler(self.house, say("page.no_key"))),
                (ALIVE, alive_handler(self.house)),
                *app.handlers(self.home),
            ],
            websocket_max_message_size=LARGEST_MESSAGE,
            http_server_kwargs={"max_buffer_size": LARGEST_MESSAGE, "max_body_size": LARGEST_MESSAGE},
            unused_session_lifetime_milliseconds=SESSION_KEPT_MS,
            check_unused_sessions_milliseconds=10_000,
            include_headers=[],
            include_cookies=[],
        )
        keep_unsent()
        keep_references()
        prompt_sockets(self.server._tornado)
        guard(self.server._tornado, self.house)
        self._watch = PeriodicCallback(self._look, LOOK_EVERY_MS)

    @property
    def port(self) -> int:
        return int(self.server.port)

    def link(self, project: str = "") -> str:
        """An address that opens the page once, on a project where one is named."""
        return f"http://127.0.0.1:{self.port}{LOGIN}?{login_query(self.secret, project)}"

    def _show(self, project: str) -> str:
        """Where a signed link to a project leads; where it cannot be opened, to the list of projects."""
        try:
            return f"/project?id={self.home.bring(open_workspace(Path(project)).path)}"
        except BadInput:
            return "/"

    def run(self) -> None:
        """Serve until `stop`, Ctrl+C, or until it has been idle for long enough."""
        loop = self.server.io_loop
        with contextlib.suppress(ValueError):  # not the main thread: then nobody sends us signals
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: loop.add_callback_from_signal(self.stop))
        loop.asyncio_loop.set_exception_handler(told_unless_closed)  # type: ignore[attr-defined]
        self.server.start()
        loop.call_later(WARM_AFTER_S, warm_up)
        if self._idle_s is not None:
            self._watch.start()
        try:
            loop.start()
        except KeyboardInterrupt:
            pass  # Ctrl+C is how people end it
        finally:
            self._watch.stop()
            if not self._leaves_helpers:
                end_all()
            for workspace in open_workspaces():
                if self.home.holds(workspace.path):
                    workspace.close()

    def stop(self) -> None:
        """End `run`; to be called on the server's loop."""
        self.server.stop(wait=False)
        self.server.io_loop.stop()

    def _look(self) -> None:
        """No tab connected and no work running, for long enough, after there was one: time to go."""
        connected = any(session.connection_count for session in self.server.get_sessions())
        working = any(busy(workspace) for workspace in open_workspaces())
        self._was_used = self._was_used or connected
        self._unused_s = 0.0 if connected or working else self._unused_s + LOOK_EVERY_MS / 1000
        if self._was_used and self._idle_s is not None and self._unused_s >= self._idle_s:
            self.stop()
            if self._on_idle is not None:
                self._on_idle()


def told_unless_closed(loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
    """What went wrong on the server's loop, but for what was on its way to a tab that is closed: that is no fault."""
    if not isinstance(told.get("exception"), WebSocketClosedError | StreamClosedError):
        loop.default_exception_handler(told)


def free_port() -> int:
    """A port that nobody uses; asked first, since the server must know its own name before it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
