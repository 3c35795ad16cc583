"""Wake-ups without data: something changed, come and look. A lost or doubled one costs nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

Tick = Callable[[], None]
GONE_OUT_MS = 50


def soon(document: Any, what: Tick) -> None:
    """From any thread: on the loop of the tab that has this document; nothing where that tab is gone meanwhile."""
    try:
        document.add_next_tick_callback(what)
    except AttributeError:  # a document that was put away has lost what this needs, also while it is being asked
        if document.session_context is not None:
            raise


def after_that_is_seen(document: Any, what: Tick) -> None:
    """From the tab's own loop: once what was told until now has gone out to the browser.

    On the next turn of the loop it need not have: where a message is still being written, Panel keeps the next one for 10 ms
    and more, and work that is done meanwhile is waited for by people before they see what they asked for.
    """
    document.add_timeout_callback(what, GONE_OUT_MS)


class Wakeups:
    """Who wants to be woken. Ticks are called on the thread of the change and must only hand on (see `Session.wake`)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ticks: list[Tick] = []

    def subscribe(self, tick: Tick) -> None:
        """Wake `tick` from now on."""
        with self._lock:
            if tick not in self._ticks:
                self._ticks.append(tick)

    def unsubscribe(self, tick: Tick) -> None:
        """Wake it no more; one that is not there is no fault."""
        with self._lock:
            if tick in self._ticks:
                self._ticks.remove(tick)

    def wake(self) -> None:
        """Wake all. Called without any lock held, so that a tick may ask anything of its waker."""
        with self._lock:
            ticks = tuple(self._ticks)
        for tick in ticks:
            tick()

    def __len__(self) -> int:
        with self._lock:
            return len(self._ticks)
