"""The page's web sockets send at once: small answers do not wait for the browser to acknowledge the packet before."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

import panel as pn
import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from planner.ui.sockets import prompt_sockets


class _Told(WebSocketHandler):
    def open(self) -> None:
        stream = self.ws_connection.stream  # type: ignore[union-attr]
        self.write_message(str(stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0))


async def _asked(prompt: bool) -> str:
    application = Application([("/ws", _Told)])
    assert not prompt or prompt_sockets(application) == 1
    listening, port = bind_unused_port()
    server = HTTPServer(application)
    server.add_socket(listening)
    connection = await websocket_connect(f"ws://127.0.0.1:{port}/ws")
    told = await connection.read_message()
    connection.close()
    server.stop()
    return str(told)


def _asked_apart(prompt: bool) -> str:
    """In a thread of its own: where a browser is driven beside, this one has a loop that runs already."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(_asked(prompt))).result()


def test_small_answers_are_sent_at_once() -> None:
    assert _asked_apart(prompt=False) == "False", "what Tornado does by itself"
    assert _asked_apart(prompt=True) == "True"


def test_the_sockets_of_a_page_are_found() -> None:
    server = pn.io.server.get_server(lambda: pn.Column(), port=0, address="127.0.0.1", start=False, show=False)
    assert prompt_sockets(server._tornado) == 1
    server.stop()


def test_a_closed_tab_is_no_fault_of_the_server_and_any_other_is_told() -> None:
    from tornado.iostream import StreamClosedError
    from tornado.websocket import WebSocketClosedError

    from planner.ui.server import told_unless_closed

    told: list[object] = []
    loop = asyncio.new_event_loop()
    loop.default_exception_handler = lambda context: told.append(context["exception"])  # type: ignore[method-assign]
    fault = ValueError("ours")
    for error in (WebSocketClosedError(), StreamClosedError(), fault):
        told_unless_closed(loop, {"message": "Task exception was never retrieved", "exception": error})
    loop.close()
    assert told == [fault]


def test_what_is_found_for_a_tab_that_is_gone_meanwhile_is_dropped_and_any_other_fault_is_told() -> None:
    from types import SimpleNamespace

    from bokeh.document import Document

    from planner.ui.wakeups import soon

    gone, shown_in = Document(), object()
    gone.on_change_dispatch_to(shown_in)
    gone.destroy(shown_in)
    soon(gone, lambda: None)
    with pytest.raises(AttributeError):
        soon(SimpleNamespace(session_context=object()), lambda: None)
