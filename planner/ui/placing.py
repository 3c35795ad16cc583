"""The placement as work for a job: in a process of its own, its incumbents drawn on the way, its answer kept."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from layouts.layout import Layout, LevelLayout
from planner.project import Project
from planner.source import PLACEMENT, ProjectSource, check_plan_of
from planner.ui.carried import chain_work
from planner.ui.jobs import Work
from planner.ui.workspace import Workspace
from solvers.effort import Cancel, Effort, Progress, Report

KIND = "place"
DRAW_EVERY_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The best layout so far and its picture."""

    layout: Layout
    svg: str


def placement_work(workspace: Workspace, effort: Effort) -> Work:
    """Propose a layout for the project as it stands now, and keep it as a candidate."""
    check_plan_of(workspace.frozen())
    return chain_work(workspace, place_and_draw, effort)


def place_and_draw(source: ProjectSource, effort: Effort, report: Report, cancel: Cancel) -> Any:
    """`centreline place` with pictures."""
    from planner.chain import earlier_poses, place_layout

    drawing = Drawing(source.project, report)
    answer = place_layout(source.project, effort, drawing.report, cancel, earlier_poses(source))
    if answer.get("layout"):
        source.answers.put(answer["candidate"], PLACEMENT, answer)
    return answer


class Drawing:
    """Hands progress on with the incumbent drawn, but not more often than people can look."""

    def __init__(self, project: Project, report: Report) -> None:
        self._project = project
        self._report = report
        self._drawn_at = 0.0

    def report(self, progress: Progress) -> None:
        layout = progress.answer
        if isinstance(layout, LevelLayout):
            layout = Layout(levels=(layout,))
        if not isinstance(layout, Layout) or time.monotonic() - self._drawn_at < DRAW_EVERY_S:
            self._report(replace(progress, answer=None))
            return
        from planner.ui.pictures import picture

        svg = picture(self._project, layout)
        self._drawn_at = time.monotonic()
        self._report(replace(progress, answer=Incumbent(layout=layout, svg=svg)))
