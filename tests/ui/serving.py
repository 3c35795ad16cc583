"""The page's server in a thread of the test, on a port that the system gives."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.ui.workspace import Workspace, open_workspace, open_workspaces


@dataclass
class Served:
    """A running server and the project it was started for."""

    thread: Any
    port: int
    path: Path

    def link(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def workspace(self) -> Workspace:
        return open_workspace(self.path)

    def stop(self) -> None:
        """End the server and let go of its files."""
        self.thread.stop()
        for workspace in open_workspaces():
            workspace.close()


def serve(path: Path, home: Path) -> Served:
    """Start the server for one project."""
    import panel as pn

    from planner.ui import app

    app.prepare()
    port = free_port()
    thread = pn.serve(
        {"/": lambda: app.project_page(path)}, address="127.0.0.1", port=port, threaded=True, show=False, verbose=False,
        websocket_origin=[f"127.0.0.1:{port}"],
    )  # fmt: skip
    return Served(thread=thread, port=port, path=path)


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
