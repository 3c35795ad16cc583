"""What pages show hangs on parts of a project: a step elsewhere, such as a column moved in the plan, paints nothing anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from planner.project import Project
from planner.ui import kit

DRAWN = ("plan", "drawing", "underlays", "accepted", "variants", "pins", "wishes")
"""The building and what stands in it."""


def all_but(project: Project, *names: str) -> tuple[Any, ...]:
    """All parts of a project except those named: equal as long as none of them has changed."""
    return tuple(getattr(project, each.name) for each in fields(project) if each.name not in names)


class Notes:
    """Sentences in frames one under the other, made anew only where they are others than before."""

    def __init__(self, severity: str = "warning", **options: Any) -> None:
        self._severity, self._options = severity, options
        self._said: tuple[str, ...] = ()
        self._holder = kit.column(margin=0)

    def view(self) -> Any:
        return self._holder

    def say(self, lines: Sequence[str]) -> None:
        """These and no others."""
        if tuple(lines) != self._said:
            self._said = tuple(lines)
            self._holder.objects = [kit.note(line, self._severity, **self._options) for line in lines]
