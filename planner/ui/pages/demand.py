"""The page *Demand*."""

from __future__ import annotations

from typing import Any

from planner.ui import kit
from planner.ui.session import Session


class DemandPage:
    """Shows what the project holds for this step so far."""

    id = "demand"

    def __init__(self, session: Session) -> None:
        self._session = session

    def view(self) -> Any:
        words = self._session.words
        return kit.column(kit.heading(words(f"page.{self.id}.title"), 1), kit.note(words("page.not_yet")))

    def refresh(self) -> None:
        return
