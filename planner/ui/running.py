"""A job on the page: how far it is, what it has found so far, and the button that stops it with the best."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.ui import kit
from planner.ui.jobs import Snap, Work, cancel_job, job_snap, pause_job, start_job
from planner.ui.session import Session

LEFT = {"cancelling": "stopping", "cancelled": "stopped"}  # of work that leaves nothing behind


class JobBar:
    """Start, pause and stop buttons and a bar. `work` makes the work when people press start; `on_end` sees the last snap once.

    `may_rest`: whether what starts now can be paused; `keeps`: whether what was found stays when it is stopped.
    """

    def __init__(
        self, session: Session, kind: str, label: str, work: Callable[[], Work], on_end: Callable[[Snap], None] | None = None,
        *, may_rest: Callable[[], bool] = lambda: False, keeps: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        self._session = session
        self._kind = kind
        self._make = work
        self._on_end = on_end
        self._may_rest = may_rest
        self._seen = 0
        self._keeps = keeps
        self._rests, self._kept = may_rest(), keeps()
        self._ended_version = job_snap(session.workspace, kind).version
        words = session.words
        self.start_button = kit.button(label, self.start, icon="play_arrow", css_classes=[f"cl-start-{kind}"])
        self.cancel_button = kit.button(
            words("page.job.cancel" if self._kept else "page.job.stop"),
            self.cancel,
            icon="stop",
            kind="outlined",
            visible=False,
            css_classes=[f"cl-cancel-{kind}"],
        )
        self.pause_button = kit.button(
            words("page.job.pause"), self.pause, icon="pause", kind="outlined", visible=False, css_classes=[f"cl-pause-{kind}"]
        )
        self.bar = kit.progress(visible=False)
        self.told = kit.text("", kind="quiet", css_classes=[f"cl-told-{kind}"])

    def view(self) -> Any:
        """Buttons, bar and what is told."""
        return kit.column(kit.row(self.start_button, self.pause_button, self.cancel_button), self.bar, self.told)

    def start(self) -> None:
        """Begin, unless it runs."""
        with self._session.told():
            self._rests, self._kept = self._may_rest(), self._keeps()
            start_job(self._session.workspace, self._kind, self._make())
            with kit.hold():
                self.refresh()  # at once, before the work has the processor

    def cancel(self) -> None:
        """Stop with the best so far."""
        cancel_job(self._session.workspace, self._kind)
        with kit.hold():
            self.refresh()  # that it is being stopped is seen at once, whatever the end still takes

    def pause(self) -> None:
        """Rest, or go on."""
        pause_job(self._session.workspace, self._kind)

    def refresh(self) -> Snap:
        """Paint the job as it stands and give it."""
        snap = job_snap(self._session.workspace, self._kind)
        if snap.version != self._seen:
            self._seen = snap.version
            self._paint(snap)
            if not snap.running and snap.version > self._ended_version:
                self._ended_version = snap.version
                if self._on_end is not None:
                    self._on_end(snap)
        return snap

    def _paint(self, snap: Snap) -> None:
        self.start_button.disabled = snap.running
        self.cancel_button.visible = snap.running
        self.pause_button.visible = self._rests and snap.state in ("running", "paused")
        words, rests = self._session.words, snap.state == "paused"
        self.pause_button.param.update(
            label=words("page.job.resume" if rests else "page.job.pause"), icon="play_arrow" if rests else "pause"
        )
        self.cancel_button.disabled = snap.state == "cancelling"
        self.cancel_button.label = words("page.job.cancel" if self._kept else "page.job.stop")
        self.bar.visible = snap.running
        self.bar.variant = "indeterminate" if snap.done is None else "determinate"
        self.bar.value = -1 if snap.done is None else round(100 * snap.done)
        if snap.state == "failed" and snap.error is not None:
            told_by_page = self._on_end is not None and snap.version > self._ended_version
            kit.say(self.told, "" if told_by_page else words.of_input(snap.error))  # one reason, once
        elif snap.state == "idle":
            kit.say(self.told, "")
        else:
            stage = words.known(f"page.stage.{snap.stage or 'begin'}", snap.stage)
            silent = snap.state == "running" and snap.seconds < 1
            state = snap.state if self._kept else LEFT.get(snap.state, snap.state)
            told = stage if silent else words(f"page.job.{state}", stage=stage, seconds=f"{snap.seconds:.0f}")
            kit.say(self.told, told)
