"""Threads beside the page: at the end of the program what waits on them is given up."""

from __future__ import annotations

import threading
from weakref import WeakSet

import pytest

from planner.ui import beside
from planner.ui.beside import give_up_what_waits, one_thread


def test_at_the_end_only_what_is_under_way_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_made", WeakSet())  # other tests still need theirs
    begun, go_on, done = threading.Event(), threading.Event(), []
    one = one_thread("one")

    def work() -> None:
        begun.set()
        go_on.wait(30)
        done.append("under way")

    under_way = one.submit(work)
    waiting = [one.submit(done.append, "waiting") for _ in range(3)]
    assert begun.wait(30)
    give_up_what_waits()
    go_on.set()
    under_way.result(30)
    one.shutdown()
    assert done == ["under way"] and all(each.cancelled() for each in waiting)
    with pytest.raises(RuntimeError):
        one.submit(done.append, "later")
