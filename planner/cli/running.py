"""Running a command's work so that Ctrl-C keeps the best so far, and a second one ends at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from planner.cli.codes import CANCELLED
from planner.cli.output import tell
from solvers.effort import Cancel

T = TypeVar("T")
LOOK_EVERY_S = 0.1


def run_cancellable(work: Callable[[Cancel], T]) -> T:
    """`work` in a thread of its own: only the main thread hears Ctrl-C, and solvers keep theirs busy for minutes."""
    cancel = Cancel()
    ended: list[T] = []
    failed: list[BaseException] = []

    def body() -> None:
        try:
            ended.append(work(cancel))
        except BaseException as error:  # raised anew in the thread that waits
            failed.append(error)

    thread = threading.Thread(target=body, name="work", daemon=True)
    with _listening(cancel):
        thread.start()
        while thread.is_alive():
            thread.join(LOOK_EVERY_S)  # with a timeout, since Windows hears no signal during an endless wait
    if failed:
        raise failed[0]
    return ended[0]


@contextmanager
def _listening(cancel: Cancel) -> Iterator[None]:
    """Ctrl-C throws the switch the first time and ends the process the second time."""

    def heard(number: int, frame: FrameType | None) -> None:
        if cancel:
            sys.stderr.flush()
            os._exit(CANCELLED)
        cancel.set()
        tell("command.cancelling")

    before = signal.signal(signal.SIGINT, heard)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
