"""What the flow score's changes are told against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Reference:
    """The first score measured since the project was opened, the same for all its pages and tabs."""

    score: float | None = None
