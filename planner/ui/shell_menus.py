"""What can be done in a tab, whatever page is shown: in the palette, in the menus, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import panel_material_ui as pmui

from planner.ui.editor.actions import DRAWING
from planner.ui.home import project_id
from planner.ui.keys import Keys
from planner.ui.pages import PAGES
from planner.ui.session import Action
from planner.ui.shell_looks import MENU_SX
from planner.ui.words import LANGUAGES, Words

if TYPE_CHECKING:
    from planner.ui.shell import Shell


class Menus:
    """The actions of a tab, and the menus on its head that list them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._actions: list[Action] = []
        self._here = ""
        self.bar = pmui.MenuBar(items=[], css_classes=["cl-menu"], sx=MENU_SX, align="center")

    def add(self, actions: list[Action], keys: Keys) -> None:
        """More for the palette and the shortcuts sheet; one with an id that is there replaces it."""
        new = {a.id for a in actions}
        self._actions = [a for a in self._actions if a.id not in new] + list(actions)
        told = ("id", "label", "keys", "hint", "group")
        keys.actions = [{name: getattr(a, name) for name in told} for a in self._actions]
        self._fill()

    def drop(self, action_id: str) -> None:
        self._actions = [a for a in self._actions if a.id != action_id]

    def find(self, action_id: str) -> Action | None:
        return next((a for a in self._actions if a.id == action_id), None)

    def turn_to(self, page_id: str) -> None:
        """Another page is shown."""
        self._here = page_id
        self._fill()

    def _fill(self) -> None:
        """The page's own menu beside those that always stand; the palette lists what all pages offer."""
        self.bar.items = [
            {
                "label": group,
                "items": [{"id": a.id, "label": a.label, "hint": a.keys or a.hint} for a in self._actions if a.group == group],
            }
            for group in self._groups()
        ]

    def _groups(self) -> list[str]:
        """Menus in their order; that of the page stands before Help."""
        known = [self._words(f"page.group.{name}") for name in ("project", "edit", "view", "pages")]
        last = self._words("page.group.help")
        titles = {self._words(f"page.{entry.id}.title"): entry.id for entry in PAGES}
        away = () if draws(self._here) else (self._words(DRAWING),)
        others = dict.fromkeys(a.group for a in self._actions if a.group not in (*known, *away, last))
        return [*known, *(g for g in others if titles.get(g, self._here) == self._here), last]


def draws(page_id: str) -> bool:
    """Whether a page has a drawing."""
    return any(entry.draws for entry in PAGES if entry.id == page_id)


def own_actions(shell: Shell) -> list[Action]:
    """Those of the tab itself and those that pages offer before they are built."""
    words = shell.words
    pages = [
        Action(
            id=f"go.{entry.id}", label=words("page.action.go", page=words(f"page.{entry.id}.title")),
            run=lambda page=entry.id: shell.go_to(page, None), keys=f"Alt+{entry.key}", group=words("page.group.pages"),
        )
        for entry in PAGES
    ]  # fmt: skip
    project, edit = words("page.group.project"), words("page.group.edit")
    view, help_ = words("page.group.view"), words("page.group.help")
    home = project_id(shell.workspace.path)
    languages = [
        Action(id=f"language.{code}", label=name, run=lambda code=code: shell.reload(language=code), group=view)
        for code, name in LANGUAGES.items()
    ]
    offered = [
        Action(id=name, label=words(code), run=lambda page=entry.id, name=name: shell.act_on(page, name), keys=keys,  # type: ignore[misc]
               group=words(f"page.{entry.id}.title"))
        for entry in PAGES for name, code, keys in entry.offers
    ]  # fmt: skip
    return [
        *pages,
        *offered,
        Action(
            id="projects",
            label=words("page.projects.title"),
            run=lambda: shell.keys.visit(f"/{shell.carried}"),
            group=project,
        ),
        Action(
            id="versions",
            label=words("page.projects.versions"),
            run=shell.dialogs.show_versions,
            keys="Alt+V",
            group=project,
        ),
        Action(id="settings", label=words("page.settings"), run=lambda: shell.clear(open_it=True), group=project),
        Action(id="file", label=words("page.action.file"), run=lambda: shell.keys.visit(f"/file?id={home}"), group=project),
        Action(
            id="folder",
            label=words("page.action.folder"),
            run=lambda: shell.keys.visit(f"/file?id={home}&form=folder"),
            group=project,
        ),
        Action(id="undo", label=words("page.action.undo"), run=shell.undo, keys="Ctrl+Z", group=edit),
        Action(id="redo", label=words("page.action.redo"), run=shell.redo, keys="Ctrl+Shift+Z", group=edit),
        Action(id="inspector", label=words("page.action.inspector"), run=shell.toggle_inspector, group=view),
        Action(id="dark", label=words("page.action.dark"), run=shell.toggle_dark, keys="Alt+D", group=view),
        *languages,
        Action(id="palette", label=words("page.action.palette"), run=shell.open_palette, keys="Ctrl+K", group=help_),
        Action(id="shortcuts", label=words("page.action.shortcuts"), run=shell.open_shortcuts, keys="?", group=help_),
    ]
