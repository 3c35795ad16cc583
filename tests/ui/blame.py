"""What a page may not do under any test: ask another machine for something, or let a script throw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest

FAILED = pytest.StashKey[bool]()


class Watched(Protocol):
    """A page of which is written down what it should not do."""

    outside: list[str]
    faults: list[str]


def leaves(url: str) -> bool:
    """Whether an address is another machine's."""
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "about:"))


def after_a_test(watched: Watched, request: pytest.FixtureRequest, let_go: Callable[[], Any]) -> None:
    """The end of a test on a page that others use after it: what the test left behind when it failed is no page for them."""
    outside, faults = list(watched.outside), list(watched.faults)
    watched.outside.clear()
    watched.faults.clear()
    if request.node.stash.get(FAILED, False):
        let_go()
    assert (outside, faults) == ([], []), (outside, faults)
