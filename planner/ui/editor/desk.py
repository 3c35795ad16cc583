"""The editor on an open project: gestures become revisions, other tabs' changes appear, the rules follow on a thread.

desk = Desk(workspace, language="en", dark=False)
desk.editor                      # put it on a page, and keep it there (hide it, do not take it out)
desk.refresh()                   # after every wake-up of the workspace: paints only what is new
desk.show_level("level-1")
desk.close()                     # when the tab closes
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import panel as pn

from layouts.findings import BadInput
from layouts.plan import FloorPlan, Level
from planner.editing import apply_all, label
from planner.editing.apply import FIRST_LEVEL
from planner.editing.clip import STEP as PASTED
from planner.editing.clip import put_down, take
from planner.editing.commands import Command
from planner.editing.scene import Scene, scene_of
from planner.project import Project, UnderlaySource
from planner.ui.beside import one_thread
from planner.ui.editor.clipboard import CLIPBOARD
from planner.ui.editor.editor import Editor, Outcome, Stale
from planner.ui.editor.issues import Judgement
from planner.ui.editor.rules import Rules
from planner.ui.home import project_id
from planner.ui.wakeups import soon
from planner.ui.workspace import Workspace
from planner.underlays import lies_under

UNDERLAY_STEP = "edit.step.scale_underlay"
LOG = logging.getLogger(__name__)
REST_S = 0.4  # the hand rests: what takes long is looked at


class Desk:
    """One tab's editor on a workspace. `on_judged` is told every judgement, for a list beside the plan.

    The first judgement begins `calm_s` after the browser has the page: where the page is the first one, that is still painting.
    """

    def __init__(
        self, workspace: Workspace, *, language: str = "en", dark: bool = False, rules: bool = True, calm_s: float = 0.0,
        on_judged: Callable[[Judgement], None] | None = None, on_selection: Callable[[list[str]], None] | None = None,
    ) -> None:  # fmt: skip
        self.workspace = workspace
        self.level = _first_level(workspace.project)
        self._language = language
        self.judgement = Judgement()
        self.judged_rev = 0
        self.editor = Editor(
            self._change, on_ask=self._ask if rules else None, on_step=self._step, on_selection=on_selection,
            on_ready=self._opened, on_underlay=self._underlay_moved,
            on_clip=self._clip, on_paste=self._paste, language=language, dark=dark,
        )  # fmt: skip
        self._rules = Rules(language, workspace.reference) if rules else None
        self._calm_s = calm_s
        self._on_judged = on_judged
        self._worker = one_thread("rules")
        self._slow = one_thread("flow")
        self._document: Any = None
        self._scene: Scene | None = None
        self._underlay: UnderlaySource | None = None
        self._rev = 0
        self.refresh()

    def refresh(self) -> None:
        """Show the project as it stands, where it is not shown already."""
        with self.workspace.locked():
            project, rev = self.workspace.project, self.workspace.rev
        if rev == self._rev and self._scene is not None:
            return
        self._scene, self._rev = self._scene_of(project), rev
        self.editor.show(self._scene, rev)
        self._lay_under(project)
        self._judge(project, rev)

    def show_level(self, level: str) -> None:
        """Go to another storey."""
        self.level, self._scene = level, None
        self.refresh()

    def close(self) -> None:
        """Let the threads of the rules end."""
        for pool in (self._worker, self._slow):
            pool.shutdown(wait=False, cancel_futures=True)

    # -- from the editor ---------------------------------------------------------------------------------------------------

    def _change(self, commands: Sequence[Command], base_rev: int) -> Outcome:
        return self._step_made(lambda project: apply_all(project, commands), label(commands[0]) if commands else "", base_rev)

    def _step_made(self, make: Callable[[Project], Project], step: str, base_rev: int) -> Outcome:
        """A gesture as one revision. Made on an older one, it is given back with today's."""
        with self.workspace.locked():
            project, rev = self.workspace.project, self.workspace.rev
            if base_rev != rev:
                self._scene, self._rev = self._scene_of(project), rev
                raise Stale(self._scene, rev)
            made = make(project)
            rev = self.workspace.change(made, step, base_rev=rev)
            self._scene, self._rev = self._scene_of(made), rev
        return Outcome(scene=self._scene, rev=rev, label=step, then=lambda: self._judge(made, rev))

    def _clip(self, keys: list[str], level: str) -> None:
        """Parts as they stand, for all tabs, pages and projects."""
        CLIPBOARD.keep(self.workspace.path, take(self.workspace.project, level, keys))

    def _paste(self, level: str, dx_mm: int, dy_mm: int, base_rev: int) -> Outcome:
        clip = CLIPBOARD.for_project(self.workspace.path)
        return self._step_made(lambda project: put_down(project, level, clip, dx_mm, dy_mm), PASTED, base_rev)

    def _ask(self, commands: Sequence[Command], base_rev: int, answer: Callable[[Judgement | None], None]) -> None:
        """Judge a gesture under way on the rules' thread."""
        rules, level, project = self._rules, self.level, self.workspace.project

        def work() -> None:
            judged = None
            try:
                if rules is not None and base_rev == self.workspace.rev:
                    judged = rules.preview(apply_all(project, commands), level)
            except BadInput:
                judged = None  # it could not end here; its end says why
            finally:
                self._soon(lambda: answer(judged))

        self._worker.submit(work)

    def _lay_under(self, project: Project) -> None:
        """The first picture kept for this level."""
        found = next((u for u in project.underlays if lies_under(project, u, self.level)), None)
        if found == self._underlay:
            return
        self._underlay = found
        if found is None:
            self.editor.lay_under()
            return
        named = {"id": project_id(self.workspace.path), "sha": found.sha256, "page": found.page, "language": self._language}
        left, low = found.origin_mm
        self.editor.lay_under(
            f"/underlay?{urlencode(named)}", wide_px=found.width_px, tall_px=found.height_px, left_mm=left, low_mm=low,
            mm_per_px=found.mm_per_px, rotation_deg=found.rotation_deg, opacity=found.opacity,
        )  # fmt: skip

    def _underlay_moved(self, place: dict[str, float]) -> None:
        """Where people moved, scaled and turned the picture to: one step, like any other."""
        with self.workspace.locked():
            project, kept = self.workspace.project, self._underlay
            if kept is None or kept not in project.underlays or place["w"] <= 0:
                return
            opacity = min(max(place["alpha"], 0.0), 1.0)
            tall = place["h"] / place["w"] * kept.width_px  # another shape, where it was scaled in the picture's own
            moved = replace(
                kept, mm_per_px=place["w"] / kept.width_px, height_px=max(round(tall), 1), origin_mm=(place["x"], place["y"]),
                opacity=opacity, rotation_deg=place["degrees"],
            )  # fmt: skip
            underlays = tuple(moved if u is kept or u == kept else u for u in project.underlays)
            try:
                self.workspace.change(replace(project, underlays=underlays), UNDERLAY_STEP)
            except BadInput:
                self._underlay = None  # it is shown again where it lies
                self._lay_under(project)
                raise
            self._underlay = moved
        self.refresh()

    def _step(self, way: str) -> None:
        """Undo or redo."""
        moved = self.workspace.undo() if way == "undo" else self.workspace.redo()
        if moved:
            self.refresh()

    def _opened(self) -> None:
        """The browser is there: from now on the rules' thread can be heard."""
        self._document = pn.state.curdoc
        if self._calm_s > 0:
            self._later(self._first_look)
        else:
            self._first_look()

    def _first_look(self) -> None:
        time.sleep(self._calm_s)
        self._calm_s = 0.0
        with self.workspace.locked():
            project, rev = self.workspace.project, self.workspace.rev
        self._judge(project, rev)

    # -- rules ---------------------------------------------------------------------------------------------------------------

    def _judge(self, project: Project, rev: int) -> None:
        """Issues as soon as may be, egress and the flow score when the hand rests; given up where the project moved on."""
        rules, level = self._rules, self.level
        if rules is None or self._document is None or project.plan is None:
            return

        def work(judge: Callable[[Project, str], Judgement | None]) -> None:
            judged = judge(project, level) if rev == self.workspace.rev else None
            if judged is not None:
                self._soon(lambda: self._tell(judged, rev))

        def slowly() -> None:
            time.sleep(REST_S)
            work(rules.whole)

        def then(asked: Future[None]) -> None:
            self._heard(asked)
            self._later(slowly)

        with contextlib.suppress(RuntimeError):  # the tab was closed meanwhile
            self._worker.submit(work, rules.now).add_done_callback(then)

    def _later(self, work: Callable[[], None]) -> None:
        """On the slow thread, as long as it is open."""
        with contextlib.suppress(RuntimeError):  # the tab was closed meanwhile
            self._slow.submit(work).add_done_callback(self._heard)

    def _heard(self, asked: Future[None]) -> None:
        """Rules that fail leave their last word grey for good: say why, where the server speaks."""
        if not asked.cancelled() and (fault := asked.exception()) is not None:
            LOG.error("the rules failed on the drawing", exc_info=fault)

    def _tell(self, judgement: Judgement, rev: int) -> None:
        if rev != self._rev:
            return
        self.judgement, self.judged_rev = judgement, rev
        self.editor.judge(judgement, rev)
        if self._on_judged is not None:
            self._on_judged(judgement)

    def _soon(self, what: Callable[[], None]) -> None:
        """On the page's own loop."""
        if self._document is not None:
            soon(self._document, what)

    def _scene_of(self, project: Project) -> Scene:
        """The scene; a project without a plan shows an empty sheet to draw on."""
        if project.plan is None or not project.plan.levels:
            empty = Level(id=self.level, name="", elevation_mm=0, outline=())
            project = replace(project, plan=FloorPlan(levels=(empty,)), accepted=None)
        elif self.level not in {lv.id for lv in project.plan.levels}:
            self.level = project.plan.levels[0].id
        return scene_of(project, self.level, self._scene)


def _first_level(project: Project) -> str:
    return project.plan.levels[0].id if project.plan and project.plan.levels else FIRST_LEVEL
