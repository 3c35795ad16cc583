"""One browser tab on one project: what a page is handed. View state lives here and in the pages, never in the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from layouts.findings import BadInput
from planner.project import Project
from planner.ui.words import Words
from planner.ui.workspace import Workspace

Notify = Callable[[str, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something people can do: in the palette, in the menu, by a key. `keys` as in "Ctrl+Shift+Z"; `run` takes nothing.

    `hint`: the key where something else listens to it, such as the drawing editor; it is only shown.
    """

    id: str
    label: str
    run: Callable[[], None]
    keys: str = ""
    group: str = ""
    hint: str = ""


class Inspector(Protocol):
    """The panel at the side that shows what is selected."""

    def show(self, title: str, view: Any) -> None:
        """Open it on something."""

    def clear(self) -> None:
        """Close it."""


@dataclass(kw_only=True)
class Session:
    """What every page may use.

    `notify(sentence, kind)`: a message that passes; kind info | success | warning | error.
    `go_to(page_id, focus)`: show another page; its `focus(focus)` is called when it has one and `focus` is not None.
    `status(sentence)`: the line at the foot: what a click or a key does now.
    `actions`: pages add theirs; the palette and the shortcuts sheet list them all.
    """

    workspace: Workspace
    words: Words
    notify: Notify
    go_to: Callable[[str, Any], None]
    inspector: Inspector
    status: Callable[[str], None]
    add_actions: Callable[[list[Action]], None]
    shared: dict[str, Any] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        """The project as it stands now."""
        return self.workspace.project

    @contextmanager
    def told(self) -> Iterator[None]:
        """What people gave and cannot be read becomes a message: `with session.told(): …`."""
        try:
            yield
        except BadInput as error:
            self.notify(self.words.of_input(error), "error")

    def change(self, project: Project, label: str, base_rev: int | None = None) -> bool:
        """Save a step; True when it stands, else people have been told why not."""
        with self.told():
            self.workspace.change(project, label, base_rev)
            return True
        return False
