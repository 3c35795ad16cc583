"""Work that takes its time, away from the page: one writer (the job's thread), any number of readers of its `snap`.

    job = start_job(workspace, "place", lambda report, cancel: chain.place_layout(project, effort, report, cancel))
    job.snap.state, .stage, .objective, .bound, .gap, .answer, .result, .error      immutable, take it once and paint it
    job.cancel()                                                                     the work ends with the best so far
    job.pause(); job.resume()                                                        for work that looks at `Switch.pause`

The workspace wakes its tabs after every step; a tab compares `job.snap.version` with the one it painted last. One job of
a kind at a time in a workspace: starting another while one runs gives the running one. Work whose inner loop is plain
Python goes through `planner.ui.helpers.in_process`, which leaves the page alone with its interpreter.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from layouts.findings import BadInput
from planner.ui.workspace import Workspace
from solvers.effort import Cancel, Progress, Report

State = Literal["idle", "running", "paused", "cancelling", "done", "cancelled", "failed"]
Work = Callable[[Report, Cancel], Any]
WAKE_EVERY_S = 0.25


@dataclass(slots=True)
class Switch(Cancel):
    """What people throw: to end the work with the best so far, or only to have it rest a while."""

    pause: threading.Event = field(default_factory=threading.Event)

    @property
    def resting(self) -> bool:
        return self.pause.is_set() and not self


@dataclass(frozen=True, slots=True, kw_only=True)
class Snap:
    """A job at one moment. `rev` is the workspace's when the job began; `answer` the best so far, as the work tells it.

    `done` is 0..1 where known; `gap` = (objective - bound) / |objective|. `error` is set where `state` is failed.
    """

    version: int = 0
    kind: str = ""
    state: State = "idle"
    rev: int = 0
    stage: str = ""
    done: float | None = None
    objective: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    answer: Any = None
    trail: tuple[tuple[float, float | None, float | None], ...] = ()
    result: Any = None
    error: BadInput | None = None

    @property
    def gap(self) -> float | None:
        """How much better a layout could be, as a share of the one found."""
        if self.objective is None or self.bound is None:
            return None
        return max(0.0, (self.objective - self.bound) / max(abs(self.objective), 1e-9))

    @property
    def running(self) -> bool:
        return self.state in ("running", "paused", "cancelling")


IDLE = Snap()


class Job:
    """One run of some work. `snap` is replaced, never changed."""

    def __init__(self, workspace: Workspace, kind: str, work: Work) -> None:
        self._workspace = workspace
        self._work = work
        self._cancel = Switch()
        self._began = time.monotonic()
        self._rested_s = 0.0
        self._resting_since = 0.0
        self._woke = 0.0
        self._lock = threading.Lock()
        self.kind = kind
        self.snap = Snap(version=1, kind=kind, state="running", rev=workspace.rev)
        self._thread = threading.Thread(target=self._run, name=f"job {kind}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Stop soon, with the best found so far."""
        self._cancel.set()
        with self._lock:
            if self.snap.state in ("running", "paused"):
                self._set(state="cancelling")
        self._workspace.wake()

    def pause(self) -> None:
        """Rest with what is found so far, until `resume` or `cancel`."""
        with self._lock:
            if self.snap.state != "running":
                return
            self._cancel.pause.set()
            self._resting_since = time.monotonic()
            self._set(state="paused")
        self._workspace.wake()

    def resume(self) -> None:
        """Go on with the time that was left."""
        with self._lock:
            if self.snap.state != "paused":
                return
            self._rested_s += time.monotonic() - self._resting_since
            self._cancel.pause.clear()
            self._set(state="running")
        self._workspace.wake()

    def tick(self) -> None:
        """Tell the time too while the work says nothing: a second that stands still looks as if nothing went on."""
        with self._lock:
            if self.snap.state == "running" and (now := self._worked_s()) >= int(self.snap.seconds) + 1:
                self._set(seconds=now)

    def wait(self, seconds: float | None = None) -> Snap:
        """Until the job has ended or the time is over."""
        self._thread.join(seconds)
        return self.snap

    def _run(self) -> None:
        try:
            result = self._work(self._report, self._cancel)
            self._end(state="cancelled" if self._cancel else "done", result=result)
        except BadInput as error:
            self._end(state="failed", error=error)
        except Exception as error:  # a fault of ours: told on the page and, with its place, on the console
            traceback.print_exc()
            self._end(state="failed", error=BadInput("page.job_broken", reason=f"{type(error).__name__}: {error}"[:200]))

    def _report(self, progress: Progress) -> None:
        told = {k: v for k in ("done", "objective", "bound", "answer") if (v := getattr(progress, k)) is not None}
        with self._lock:
            snap, seconds = self.snap, self._worked_s()
            point = (seconds, told.get("objective", snap.objective), told.get("bound", snap.bound))
            news = point[1:] != (snap.trail[-1][1:] if snap.trail else (None, None))
            trail = (*snap.trail, point) if news else snap.trail
            self._set(stage=progress.stage, seconds=seconds, trail=trail[-400:], **told)
        if (now := time.monotonic()) - self._woke >= WAKE_EVERY_S:
            self._woke = now
            self._workspace.wake()

    def _end(self, **told: Any) -> None:
        with self._lock:
            self._set(seconds=self._worked_s(), **told)
        self._workspace.wake()

    def _worked_s(self) -> float:
        """Seconds since the beginning, less those of rest."""
        now = time.monotonic()
        resting = now - self._resting_since if self.snap.state == "paused" else 0.0
        return now - self._began - self._rested_s - resting

    def _set(self, **told: Any) -> None:
        self.snap = replace(self.snap, version=self.snap.version + 1, **told)


def start_job(workspace: Workspace, kind: str, work: Work) -> Job:
    """Start `work`, unless a job of this kind is running: then that one."""
    with workspace.locked():
        job = workspace.jobs.get(kind)
        if job is not None and job.snap.running:
            return job
        earlier = job
        job = Job(workspace, kind, work)
        if earlier is not None:  # versions of a kind only rise, so that nobody takes the end of this run for that one's
            job.snap = replace(job.snap, version=earlier.snap.version + 1)
        workspace.jobs[kind] = job
    job.start()
    workspace.wake()
    return job


def job_snap(workspace: Workspace, kind: str) -> Snap:
    """The newest job of a kind as it stands now; an idle one where there was none."""
    job = workspace.jobs.get(kind)
    return job.snap if job is not None else IDLE


def cancel_job(workspace: Workspace, kind: str) -> None:
    """Stop the running job of a kind; no fault where none runs."""
    job = workspace.jobs.get(kind)
    if job is not None and job.snap.running:
        job.cancel()


def pause_job(workspace: Workspace, kind: str) -> None:
    """Have the running job of a kind rest, or go on where it rests."""
    job = workspace.jobs.get(kind)
    if job is not None and job.snap.state == "paused":
        job.resume()
    elif job is not None:
        job.pause()


def busy(workspace: Workspace) -> bool:
    """Whether any job of the workspace runs."""
    return any(job.snap.running for job in tuple(workspace.jobs.values()))
