"""What tests of the planner share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawings and pictures are read in the test's own process: each of its own loads libraries for a second.

    The fence round them is tried in `test_fenced`, `test_bombs` and `test_new_and_import`.
    """
    from layouts.readers import fenced

    def unfenced(function: Callable[..., Any], *arguments: Any, file: str, **_: Any) -> Any:
        return fenced._opened(fenced._answer(function, arguments), file)

    monkeypatch.setattr(fenced, "in_fence", unfenced)
