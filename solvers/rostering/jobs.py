"""Solver runs side by side in processes of their own, so that a cancel or the end of the effort can stop them at once.

A thread inside HiGHS cannot be stopped, and one left behind aborts the program at its end. Processes can be ended.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from solvers.effort import Cancel
from solvers.rostering.linear import Outcome, Program, Work, run

LOOK_EVERY_S = 0.02
GRACE_S = 1.5  # HiGHS looks at its clock only now and then
ROOT = Path(__file__).resolve().parents[2]
WORKER = "import sys; sys.path.insert(0, sys.argv[1]); from solvers.rostering.jobs import work; work()"


class Workers:
    """A few processes that solve programs; `with Workers(2) as workers: workers.run(…)`."""

    def __init__(self, count: int) -> None:
        self._idle = [_start() for _ in range(count)]
        self._busy: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in [*self._idle, *self._busy]:
            _end(process)

    def run(
        self, jobs: Sequence[tuple[Program, Work]], *, cancel: Cancel | None, seconds: float | None
    ) -> list[Outcome | None]:
        """Outcomes in the order of `jobs`; None for those not done at a cancel or when time and a grace are over.

        Takes the processes that are idle, as many as there are jobs; several threads may call it at once.
        """
        answers: list[Outcome | None] = [None] * len(jobs)
        errors: list[Exception] = []
        waiting = list(range(len(jobs)))
        limit = None if seconds is None else time.monotonic() + seconds + GRACE_S
        taken = self._take(len(jobs))
        threads = [
            threading.Thread(target=_feed, args=(process, jobs, waiting, answers, errors), daemon=True) for process in taken
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            if (cancel is not None and cancel) or (limit is not None and time.monotonic() > limit):
                waiting.clear()
                self._end_all(taken)
            time.sleep(LOOK_EVERY_S)
        self._give_back(taken)
        if errors:
            raise errors[0]
        return answers

    def _take(self, most: int) -> list[subprocess.Popen[bytes]]:
        while True:
            with self._lock:
                if self._idle:
                    taken, self._idle = self._idle[:most], self._idle[most:]
                    self._busy += taken
                    return taken
            time.sleep(LOOK_EVERY_S)

    def _give_back(self, taken: list[subprocess.Popen[bytes]]) -> None:
        with self._lock:
            for process in taken:
                self._busy.remove(process)
                self._idle.append(_start() if process.poll() is not None else process)

    @staticmethod
    def _end_all(taken: list[subprocess.Popen[bytes]]) -> None:
        for process in taken:
            _end(process)


def work() -> None:
    """The worker's side: read jobs from stdin, write outcomes to stdout, until stdin ends."""
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not mix with the answers
    while True:
        try:
            program, allowed = pickle.load(inbox)
        except EOFError:
            return
        pickle.dump(run(program, allowed), outbox)
        outbox.flush()


def _feed(process: subprocess.Popen[bytes], jobs: Sequence[tuple[Program, Work]], waiting: list[int],
          answers: list[Outcome | None], errors: list[Exception]) -> None:  # fmt: skip
    """Give jobs to one process until none is left or the process is ended from outside."""
    while True:
        try:
            number = waiting.pop(0)
        except IndexError:
            return
        try:
            _pipe(process.stdin).write(pickle.dumps(jobs[number]))
            _pipe(process.stdin).flush()
            answers[number] = pickle.load(_pipe(process.stdout))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
            if not getattr(process, "ended", False):
                errors.append(RuntimeError(f"a worker of the roster broke off: {error!r}"))
            return


def _start() -> subprocess.Popen[bytes]:
    """A worker that Ctrl-C in the terminal does not reach: the parent decides when it ends."""
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    command = [sys.executable, "-c", WORKER, str(ROOT)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True, creationflags=flags)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.ended = True  # type: ignore[attr-defined]  # tells _feed that this is no fault
    process.kill()
    process.wait()


def _pipe(pipe: Any) -> Any:
    if pipe is None:
        raise EOFError
    return pipe
