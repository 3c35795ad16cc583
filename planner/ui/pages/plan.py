"""The page *Plan*: the building, drawn or imported, in the drawing editor."""

from __future__ import annotations

from typing import Any

import panel as pn

from planner.readiness import readiness
from planner.squaring import squared_project, turn_to_square
from planner.ui import kit
from planner.ui.editor.actions import SHOWN, editor_actions
from planner.ui.editor.desk import Desk
from planner.ui.editor.levels import LevelSwitch
from planner.ui.importing.dialog import ImportDialog
from planner.ui.importing.underlays import UnderlayDialog
from planner.ui.session import Action, Session
from planner.ui.shown import Notes
from planner.ui.states import answered_of

MOST_FAULTS = 3
CALM_S = 1.0  # the page that is first shown is still being painted


class PlanPage:
    """The editor fills the page; what must be mended before anything can stand on the plan is told above it."""

    id = "plan"

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._desk = Desk(session.workspace, language=words.language, calm_s=CALM_S)
        self._levels = LevelSwitch(session)
        self._faults = Notes(margin=(0, 16))
        self._underlay = UnderlayDialog(session)
        self._import = ImportDialog(session, self._underlay.open)
        pn.state.on_session_destroyed(lambda _: self._desk.close())

    def view(self) -> Any:
        words = self._session.words
        group = words("page.plan.title")
        self._session.add_actions(
            [
                Action(id=f"plan.{name}", label=words(code), run=lambda d=dialog: self._over(d), keys=keys, group=group)
                for name, code, dialog, keys in (
                    ("import", "page.plan.import", self._import, "Ctrl+I"),
                    ("underlay", "page.underlay.title", self._underlay, ""),
                )
            ]
        )
        self._session.add_actions([Action(id="plan.square", label=words("page.plan.square"), run=self._square, group=group)])
        self._session.add_actions(editor_actions(words, self._session.shared))
        head = kit.row(
            kit.heading(words("page.plan.title"), 1, sizing_mode=None),
            kit.button(
                words("page.plan.import"), self._import.open, icon="upload_file", kind="outlined", css_classes=["cl-import"]
            ),
            kit.button(
                words("page.underlay.title"), self._underlay.open, icon="photo_library", kind="text",
                css_classes=["cl-underlay-open"],
            ),
            self._levels.view(),
            margin=(8, 16, 0, 16),
        )  # fmt: skip
        return kit.filling(head, self._faults.view(), self._desk.editor, self._import.view(), self._underlay.view())

    def _over(self, dialog: ImportDialog | UnderlayDialog) -> None:
        """A window is seen where its page is."""
        self._session.go_to(self.id, None)
        dialog.open()

    def _square(self) -> None:
        """The plan turned square to its main walls, with all that stands on it."""
        session, words = self._session, self._session.words
        session.go_to(self.id, None)
        turn = turn_to_square(session.project)
        if not turn:
            session.notify(words("page.plan.square_already"), "info")
        elif session.change(squared_project(session.project), "page.step.square"):
            session.notify(words("page.plan.squared", degrees=f"{abs(turn):.1f}"), "success")
            self._desk.editor.do("fit_all", {})

    def refresh(self) -> None:
        """Show the plan as it stands and what is wrong with it."""
        words = self._session.words
        self._session.shared[SHOWN] = self._desk.editor
        self._desk.refresh()
        self._levels.refresh(self._desk)
        self._import.refresh()
        self._underlay.refresh()
        state = readiness(self._session.project, answered_of(self._session.workspace))["plan"]
        self._faults.say([words(code, **values) for code, values in state.missing[:MOST_FAULTS]])

    def focus(self, what: Any) -> None:
        """Go to a place: left, low, right, high in millimetres, or the key of a part."""
        if isinstance(what, tuple):
            self._desk.editor.zoom_to(*what)
        else:
            self._desk.editor.choose([str(what)], zoom=True)

    def dark(self, on: bool) -> None:
        """As the page."""
        self._desk.editor.dark = on
