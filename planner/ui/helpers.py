"""Processes that calculate for the page. They are started once, kept warm, and give way to the page on a busy machine.

    work = in_process(function, *arguments)        # function(*arguments, report, cancel): importable, arguments picklable
    start_job(workspace, "place", work)

On cancel the helper's switch is thrown; it has `GRACE_S` to come with the best so far, then it is ended.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

from layouts.findings import BadInput
from planner.ui.jobs import Switch, Work
from solvers.effort import Cancel, Progress, Report

GRACE_S = 30.0
LOOK_EVERY_S = 0.05
MOST_IDLE = 2
ENDS_WITHIN_S = 3.0  # a new one takes longer to load its libraries
LESS_URGENT = 5  # of the 19 steps of Unix
BELOW_NORMAL = 0x4000  # of Windows' priority classes
HEAVY = ("planner.chain", "planner.ui.pictures", "exports.floor_drawing", "exports.svg")

_idle: list[Helper] = []
_guard = threading.Condition()
_ending: set[Helper] = set()  # told to stop, and soon to be had again


class Helper:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._stop, self._rest = context.Event(), context.Event()
        self._process = context.Process(target=_serve, args=(theirs, self._stop, self._rest), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def run(self, function: Callable[..., Any], arguments: tuple[Any, ...], report: Report, cancel: Cancel) -> Any:
        """Hand the work over and hand on what is told, until it is answered."""
        self._stop.clear()
        self._rest.clear()
        self._pipe.send((function, arguments))
        latest: float | None = None
        while True:
            if cancel and latest is None:
                self._stop.set()
                with _guard:
                    _ending.add(self)
                latest = time.monotonic() + GRACE_S
            self._rest_as(cancel)
            if latest is not None and time.monotonic() > latest:
                raise BadInput("page.job_ended", reason="cancel")
            if not self._pipe.poll(LOOK_EVERY_S):
                if not self.alive and not self._pipe.poll(0):
                    raise BadInput("page.job_ended", reason=f"exit code {self._process.exitcode}")
                continue
            kind, body = self._receive()
            if kind == "progress":
                report(body)
            elif kind == "answer":
                return body
            else:
                code, file, place, values = body
                raise BadInput(code, file=file, place=place, **values)

    def _rest_as(self, cancel: Cancel) -> None:
        """Hand a pause on."""
        resting = isinstance(cancel, Switch) and cancel.pause.is_set()
        if resting != self._rest.is_set():
            (self._rest.set if resting else self._rest.clear)()

    def end(self) -> None:
        """Stop the process, whatever it does."""
        if self.alive:
            self._process.terminate()
            self._process.join(ENDS_WITHIN_S)
        if self.alive:
            self._process.kill()
        self._process.join()
        self._pipe.close()

    def _receive(self) -> tuple[str, Any]:
        try:
            told: tuple[str, Any] = self._pipe.recv()
            return told
        except (EOFError, ConnectionResetError):
            raise BadInput("page.job_ended", reason=f"exit code {self._process.exitcode}") from None


def in_process(function: Callable[..., Any], *arguments: Any) -> Work:
    """Work for a job that is done by a helper."""

    def work(report: Report, cancel: Cancel) -> Any:
        helper = _take(cancel)
        try:
            answer = helper.run(function, arguments, report, cancel)
        except BaseException as error:
            if isinstance(error, BadInput) and error.code != "page.job_ended":
                _give_back(helper)
            else:
                with _guard:
                    _ending.discard(helper)
                helper.end()
            raise
        _give_back(helper)
        return answer

    return work


def warm_up() -> None:
    """Have a helper ready, so that the first answer does not wait for libraries."""
    with _guard:
        if not _idle:
            _idle.append(Helper())


def end_all() -> None:
    """End the helpers that nobody uses."""
    with _guard:
        helpers, _idle[:] = list(_idle), []
    for helper in helpers:
        helper.end()


def _take(cancel: Cancel) -> Helper:
    with _guard:
        latest = time.monotonic() + ENDS_WITHIN_S
        while not _idle and _ending and not cancel and time.monotonic() < latest:
            _guard.wait(LOOK_EVERY_S)
        while _idle:
            helper = _idle.pop()
            if helper.alive:
                return helper
    return Helper()


def _give_back(helper: Helper) -> None:
    with _guard:
        _ending.discard(helper)
        _guard.notify_all()
        if helper.alive and len(_idle) < MOST_IDLE:
            _idle.append(helper)
            return
    helper.end()


def _serve(pipe: Any, stop: Any, rest: Any) -> None:
    """The other side: one piece of work after another, until the page is gone."""
    _give_way()
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C reaches every process; the page ends its helpers itself
        # outside what follows: a library that cannot be read is told on the console
        _load(lambda stage: _tell(pipe, Progress(stage=stage)))
        _keep_loaded()
        with contextlib.suppress(EOFError, OSError):  # the pipe is closed: the page is gone
            while True:
                function, arguments = pipe.recv()
                answer = _answer(pipe, Switch(event=stop, pause=rest), function, arguments)
                pipe.send(answer)


def _answer(pipe: Any, switch: Switch, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, Any]:
    one_at_a_time = threading.Lock()  # solvers tell from threads of theirs

    def report(progress: Progress) -> None:
        with one_at_a_time:
            pipe.send(("progress", progress))

    try:
        return "answer", function(*arguments, report, switch)
    except BadInput as error:
        return "bad", (error.code, error.file, error.place, error.values)
    except Exception as error:  # a fault of ours: told on the page and, with its place, on the console
        traceback.print_exc()
        return "bad", ("page.job_broken", "", "", {"reason": f"{type(error).__name__}: {error}"[:200]})


def _tell(pipe: Any, progress: Progress) -> None:
    with contextlib.suppress(OSError):  # the page is gone, which the loop ends by
        pipe.send(("progress", progress))


def _load(told: Callable[[str], None]) -> None:
    """Bring the heavy libraries in, and what is compiled, before they are wanted; `told` that it is done, which is once."""
    from importlib import import_module

    for name in HEAVY:
        import_module(name)
    compiled = import_module("solvers.placement.warm")
    if compiled.is_warm():
        compiled.warm_up()
        return
    told("preparing")
    compiled.warm_up()
    told("")


def _keep_loaded() -> None:
    """Libraries stay: each time they are looked through for garbage takes a tenth of a second out of a check or a search."""
    gc.collect()
    gc.freeze()


def _give_way() -> None:
    """People's clicks come before our sums; Ctrl+C is the server's business."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL)
    else:
        with contextlib.suppress(OSError):
            os.nice(LESS_URGENT)
