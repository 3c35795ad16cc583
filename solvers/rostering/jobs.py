"""Several solver runs at once in threads (SciPy's HiGHS lets other threads run); a cancel leaves them behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from solvers.effort import Cancel

T = TypeVar("T")
LOOK_EVERY_S = 0.05
GRACE_S = 1.0  # HiGHS looks at its clock only now and then


def run_jobs(
    calls: Sequence[Callable[[], T]], *, workers: int, cancel: Cancel | None, seconds: float | None
) -> list[T | None]:
    """Results in the order of `calls`; None for those not done at a cancel or once `seconds` and some grace are over.

    Threads are daemons: one that is left behind ends at its own time limit and holds up nobody. An error in a call is
    raised here.
    """
    answers: list[T | None] = [None] * len(calls)
    errors: list[BaseException] = []
    waiting = list(enumerate(calls))
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                if not waiting or errors or (cancel is not None and cancel):
                    return
                number, call = waiting.pop(0)
            try:
                answers[number] = call()
            except BaseException as error:  # handed to the caller below
                errors.append(error)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(workers, len(calls)))]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        late = seconds is not None and time.monotonic() - started > seconds + GRACE_S
        if errors or late or (cancel is not None and cancel):
            break
        threads[0].join(LOOK_EVERY_S) if threads[0].is_alive() else time.sleep(LOOK_EVERY_S)
    if errors:
        raise errors[0]
    return list(answers)
