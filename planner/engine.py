"""Which program computed an answer: another version may compute another one."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version


@cache
def engine() -> str:
    """Our version and the optimiser's, as answers are filed under it. Reads no library in."""
    return f"centreline {version('centreline')}; ortools {version('ortools')}"
