"""The server of this process, from its start to its end, with the file by which a second start finds it."""

from __future__ import annotations

import importlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from layouts.findings import BadInput
from planner.ui.instance import Instance, InstanceFile
from planner.ui.server import PageServer

WARM_AFTER_S = 4.0  # the list of projects is painted before; the calculation is loaded while people look at it


def serve_here(home: Path, file: InstanceFile, *, port: int, idle_s: float | None, ready: Callable[[Instance], None]) -> None:
    """Serve until Ctrl+C or until nobody needs the page; `ready` is called when it can be opened."""
    try:
        server = PageServer(home, port=port, idle_s=idle_s)
    except OSError as error:
        raise BadInput("page.port_taken", given=port, reason=error.strerror or "") from None
    instance = Instance(pid=os.getpid(), port=server.port, secret=server.secret)
    file.write(instance)
    server.server.io_loop.add_callback(lambda: ready(instance))
    warm = threading.Timer(WARM_AFTER_S, importlib.import_module, ("planner.chain.delivering",))
    warm.daemon = True
    warm.start()
    server.run()
