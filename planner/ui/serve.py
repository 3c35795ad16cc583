"""The server of this process, from its start to its end, with the file by which a second start finds it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from layouts.findings import BadInput
from planner.ui.beside import give_up_what_waits
from planner.ui.instance import Instance, InstanceFile
from planner.ui.pages import bring_in
from planner.ui.server import PageServer


def serve_here(
    home: Path, file: InstanceFile, *, port: int, idle_s: float | None, ready: Callable[[Instance], None], with_pages: bool
) -> None:
    """Serve until Ctrl+C or until nobody needs the page; `ready` is called when it can be opened.

    `with_pages`: a project is shown first, whose pages are loaded while the browser starts.
    """
    try:
        server = PageServer(home, port=port, idle_s=idle_s)
    except OSError as error:
        raise BadInput("page.port_taken", given=port, reason=error.strerror or "") from None
    instance = Instance(pid=os.getpid(), port=server.port, secret=server.secret)
    file.write(instance)
    loop = server.server.io_loop
    loop.add_callback(lambda: ready(instance))
    if with_pages:
        loop.add_callback(bring_in)
    try:
        server.run()
    finally:
        give_up_what_waits()
