"""What was copied or cut last in any editor of this program: it can be put down in another project too."""

from __future__ import annotations

from pathlib import Path

from planner.editing.clip import Clip, for_another_project


class Clipboard:
    """One for the program. A clip remembers the file of its project."""

    def __init__(self) -> None:
        self._kept: tuple[Path, Clip] | None = None

    def keep(self, of: Path, clip: Clip) -> None:
        """Instead of what was kept before."""
        self._kept = of, clip

    def for_project(self, path: Path) -> Clip:
        """What is kept, as the project in this file can take it; empty where nothing is."""
        kept = self._kept  # other tabs may keep something meanwhile
        if kept is None:
            return Clip()
        return kept[1] if kept[0] == path else for_another_project(kept[1])


CLIPBOARD = Clipboard()
