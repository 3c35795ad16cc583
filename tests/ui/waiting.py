"""Waiting for a thing to become true, with the last reason why it was not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def until(holds: Callable[[], Any], seconds: float = 20.0, pause: Callable[[], Any] = lambda: time.sleep(0.02)) -> Any:
    """The first true value of `holds`; an assertion inside it that fails counts as not yet."""
    latest = time.monotonic() + seconds
    while True:
        reason = "never true"
        try:
            if value := holds():
                return value
        except AssertionError as error:
            reason = str(error)
        if time.monotonic() > latest:
            raise AssertionError(f"waited {seconds} s: {reason}")
        pause()
