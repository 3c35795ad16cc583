"""Which storey a drawing shows: a choice above it, there only where the building has several; all pages of a tab go along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.project import Project
from planner.ui import kit
from planner.ui.editor.desk import Desk
from planner.ui.session import Session

LEVEL = "level"  # of `session.shared`: the storey that people look at


class LevelSwitch:
    """One for a drawing. `view()` goes above it; call `refresh(desk)` when the page is shown and after every change."""

    def __init__(self, session: Session, on_choice: Callable[[], None] | None = None, *, hook: str = "cl-level") -> None:
        self._session = session
        self._on_choice = on_choice
        label = session.words("page.level")
        self._choice = kit.select(label, {}, width=220, sizing_mode=None, visible=False, css_classes=[hook])
        self._choice.param.watch(self._chosen, "value")
        self._desk: Desk | None = None
        self._offered: dict[str, str] = {}

    def view(self) -> Any:
        return self._choice

    @property
    def level(self) -> str | None:
        """The storey to show; None where there is one at most."""
        offered = levels_of(self._session.project)
        wanted = self._session.shared.get(LEVEL)
        return (wanted if wanted in offered.values() else next(iter(offered.values()))) if len(offered) > 1 else None

    def refresh(self, desk: Desk | None = None) -> None:
        """Offer the storeys as they are now, and bring the drawing to the one that people look at."""
        self._desk = desk
        offered, level = levels_of(self._session.project), self.level
        if offered != self._offered:
            self._offered = offered
            self._choice.visible = level is not None
            kit.refill(self._choice, offered, level)
        elif level is not None and self._choice.value != level:
            self._choice.value = level
        if desk is not None and level is not None and desk.level != level:
            desk.show_level(level)

    def _chosen(self, event: Any) -> None:
        if event.new in self._offered.values() and self._session.shared.get(LEVEL) != event.new:
            self._session.shared[LEVEL] = event.new
            if self._desk is not None and self._desk.level != event.new:
                self._desk.show_level(event.new)
            if self._on_choice is not None:
                self._on_choice()


def levels_of(project: Project) -> dict[str, str]:
    """Storeys by what people call them, from the lowest up; a name that stands twice bears the id too."""
    levels = sorted(project.plan.levels, key=lambda level: level.elevation_mm) if project.plan else []
    named = [(level.name or level.id, level.id) for level in levels]
    names = [name for name, _ in named]
    return {name if names.count(name) == 1 else f"{name} ({ident})": ident for name, ident in named}
