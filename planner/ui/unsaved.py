"""What was found and is not on the disk, since that is full: said above every page, with a button that tries again."""

from __future__ import annotations

from typing import Any

from planner.ui import kit
from planner.ui.session import Session


class Unsaved:
    """One for a tab."""

    def __init__(self, session: Session) -> None:
        self._session = session
        words = session.words
        self._told = kit.note("", "error", styles={"flex": "1 1 0"})
        again = kit.button(
            words("page.unsaved.again"), self._again, icon="save", kind="outlined", css_classes=["cl-save-again"]
        )
        self._bar = kit.row(self._told, again, flex_wrap="nowrap", visible=False, margin=(4, 20), css_classes=["cl-unsaved"])

    def view(self) -> Any:
        return self._bar

    def refresh(self) -> None:
        """Shown as long as there is something to save."""
        why, words = self._session.workspace.unsaved, self._session.words
        if why is not None and not self._bar.visible:
            self._told.object = kit.safe_text(words("page.unsaved", reason=words.of_input(why)))
        if self._bar.visible != (why is not None):
            self._bar.visible = why is not None

    def _again(self) -> None:
        with self._session.told():
            self._session.workspace.save_again()
            self._session.notify(self._session.words("page.unsaved.done"), "success")
