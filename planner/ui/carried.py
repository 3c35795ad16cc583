"""A project with its answers as one value that another process can be handed: what the chain needs of a project's home.

    work = chain_work(workspace, chain.deliver, out_dir, effort)      # deliver(source, out_dir, effort, report, cancel)
    start_job(workspace, "deliver", work)

Answers that the chain puts are handed back with its result and kept by the workspace.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.answers import Answer
from planner.engine import engine
from planner.held_still import HeldStill
from planner.project import Project
from planner.source import PLACEMENT, ROSTER
from planner.ui.helpers import in_process
from planner.ui.jobs import Work
from planner.ui.workspace import Workspace
from solvers.effort import Cancel, Report

MOST_OF_A_KIND = 12


class CarriedAnswers:
    """Answers in memory; `fresh` are those put since."""

    def __init__(self, answers: tuple[Answer, ...]) -> None:
        self._answers = answers
        self.fresh: list[Answer] = []

    def get(self, digest: str) -> Any | None:
        return next((a.body for a in (*reversed(self.fresh), *self._answers) if a.digest == digest), None)

    def put(self, digest: str, kind: str, body: Any) -> None:
        self.fresh.append(Answer(digest=digest, kind=kind, engine=engine(), at_ns=time.time_ns(), body=body))

    def all_of(self, kind: str | None = None) -> tuple[Answer, ...]:
        found = [a for a in (*self.fresh, *self._answers) if kind in (None, a.kind)]
        return tuple(sorted(found, key=lambda a: (-a.at_ns, a.digest)))


@dataclass(slots=True, kw_only=True)
class CarriedSource(HeldStill):
    """A project held still, with the face of `planner.source.ProjectSource`."""

    path: Path
    project: Project
    body: bytes | None
    answers: CarriedAnswers = field(default_factory=lambda: CarriedAnswers(()))

    @property
    def plan_file(self) -> str:
        return self.path.name

    def drawing(self) -> bytes | None:
        return self.body


def carry(workspace: Workspace) -> CarriedSource:
    """The project as it stands now, its newest answers and its drawing."""
    source = workspace.frozen()
    answers = [a for kind in (PLACEMENT, ROSTER) for a in source.answers.all_of(kind)[:MOST_OF_A_KIND]]
    accepted = source.project.accepted
    if accepted is not None and all(a.digest != accepted.candidate for a in answers):
        body = source.answers.get(accepted.candidate)
        if body is not None:
            answers.append(Answer(digest=accepted.candidate, kind=PLACEMENT, engine=engine(), at_ns=0, body=body))
    # sentences name the file, never the folders it lies in
    return CarriedSource(
        path=Path(workspace.path.name), project=source.project, body=source.drawing(), answers=CarriedAnswers(tuple(answers))
    )


def chain_work(workspace: Workspace, function: Callable[..., Any], *arguments: Any) -> Work:
    """`function(source, *arguments, report, cancel)` in a process of its own, on the project as it stands now."""
    source = carry(workspace)
    inner = in_process(run_carried, function, source, arguments)

    def work(report: Report, cancel: Cancel) -> Any:
        result, fresh = inner(report, cancel)
        for answer in fresh:
            workspace.answers.put(answer.digest, answer.kind, answer.body)
        return result

    return work


def run_carried(
    function: Callable[..., Any], source: CarriedSource, arguments: tuple[Any, ...], report: Report, cancel: Cancel
) -> tuple[Any, list[Answer]]:
    """On the other side: the result, and the answers put on the way."""
    result = function(source, *arguments, report, cancel)
    return result, source.answers.fresh
