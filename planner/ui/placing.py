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
WHAT = ("one", "alternatives", "pareto")
ALTERNATIVES = 3
DRAW_EVERY_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Incumbent:
    """The best layout so far and its picture."""

    layout: Layout
    svg: str


def placement_work(workspace: Workspace, effort: Effort, what: str = "one") -> Work:
    """Propose layouts for the project as it stands now, and keep them as candidates. `what`: one of `WHAT`."""
    check_plan_of(workspace.frozen())
    return chain_work(workspace, place_and_draw, what, effort)


def place_and_draw(source: ProjectSource, what: str, effort: Effort, report: Report, cancel: Cancel) -> Any:
    """`centreline place` with pictures; with `--alternatives` or `--pareto` where several layouts are wanted."""
    from planner.chain import choose_alternatives, choose_pareto, earlier_poses, place_layout

    drawing = Drawing(source.project, report)
    earlier = earlier_poses(source)
    if what in ("alternatives", "pareto"):
        if what == "pareto":
            choice = choose_pareto(source.project, effort, drawing.report, cancel, earlier)
        else:
            choice = choose_alternatives(source.project, effort, ALTERNATIVES, drawing.report, cancel, earlier)
        for answer in reversed(choice.answers):  # the best is put last, so that it is the newest
            source.answers.put(answer["candidate"], PLACEMENT, answer)
        return choice.told
    answer = place_layout(source.project, effort, drawing.report, cancel, earlier)
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
