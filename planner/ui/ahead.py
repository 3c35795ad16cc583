"""What people will open next is loaded while they look at what is there: a list of projects needs no pages and no solvers."""

from __future__ import annotations

import threading
from importlib import import_module

from tornado.ioloop import IOLoop

from planner.ui.pages import bring_in

HEAVY = ("pandas", "planner.ui.editor.rules", "planner.chain.delivering")  # libraries, and no part of a page
_begun: list[bool] = []


def load_ahead() -> None:
    """Load libraries beside the loop on which this is called, and then the pages on it; once for the process."""
    if not _begun:
        _begun.append(True)
        threading.Thread(target=_load, args=(IOLoop.current(),), name="loading ahead", daemon=True).start()


def _load(loop: IOLoop) -> None:
    for name in HEAVY:
        import_module(name)
    loop.add_callback(bring_in)
