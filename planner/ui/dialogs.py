"""Windows over a project's page: its versions."""

from __future__ import annotations

from typing import Any

from layouts.findings import BadInput
from planner.ui import kit
from planner.ui.session import Notify
from planner.ui.words import Words
from planner.ui.workspace import Workspace

COLUMNS = ("number", "at", "label", "now")


class Dialogs:
    """Built once for a tab; `parts` stand somewhere on the page."""

    def __init__(self, workspace: Workspace, words: Words, notify: Notify) -> None:
        self._workspace = workspace
        self._words = words
        self._notify = notify
        self._list = kit.column()
        self._versions = kit.dialog(words("page.projects.versions"), self._list, close=words("page.palette.close"))
        self.parts = [self._versions]

    def show_versions(self) -> None:
        """Every step since the project was made; any can be gone back to, and that is a step of its own."""
        self._list.objects = versions_form(self._workspace, self._words, self._back)
        self._versions.open = True

    def _back(self, number: int) -> None:
        try:
            self._workspace.go_back_to(number)
        except BadInput as error:
            self._notify(self._words.of_input(error), "error")
            return
        self._versions.open = False
        self._notify(self._words("page.versions.gone", number=number), "success")


def versions_form(workspace: Workspace, words: Words, go: Any) -> list[Any]:
    """The list, newest first, and the way back."""
    revisions = workspace.history()
    rows = [
        {"number": r.number, "at": words.moment(r.at), "label": words.label(r.label), "now": "●" if r.current else ""}
        for r in reversed(revisions)
    ]
    number = kit.whole_field(words("page.versions.go_to"), revisions[-1].number, 1, revisions[-1].number)
    table = kit.table(
        {name: words(f"page.versions.{name}") for name in COLUMNS},
        rows,
        on_click=lambda row: setattr(number, "value", rows[row]["number"]),
        height=320,
    )
    return [
        table,
        number,
        kit.row(kit.button(words("page.versions.go"), lambda: go(int(number.value)), css_classes=["cl-go-back"])),
    ]
