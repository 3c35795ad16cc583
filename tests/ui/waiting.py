"""Waiting for a thing to become true, with the last reason why it was not.

What the server tells a page comes when it comes: a test that looks once is right on a quiet machine only. So everything a
test expects of a page is waited for, patiently, since patience costs nothing where things work.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

PATIENT_S = 60.0
PATIENT_MS = 60_000


def until(holds: Callable[[], Any], seconds: float = PATIENT_S, pause: Callable[[], Any] = lambda: time.sleep(0.02)) -> Any:
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


def expect(locator: Any) -> Any:
    """Playwright's own assertions, which look again until they hold: `expect(rows).to_have_count(4)`."""
    from playwright.sync_api import expect as of_playwright

    of_playwright.set_options(timeout=PATIENT_MS)
    return of_playwright(locator)


def patient_context(browser: Any, **options: Any) -> Any:
    """A window of a browser of its own, in which every wait is patient."""
    context = browser.new_context(device_scale_factor=1, reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENT_MS)
    return context
