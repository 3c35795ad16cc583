"""The order of the tests: the files that take longest come first, so that no core idles while the other works on the last one.

Two processes share the tests by files (`--dist loadfile --no-loadscope-reorder`): whoever is free takes the next file.
"""

from __future__ import annotations

from pathlib import Path

import pytest

LONGEST = (
    "test_shell.py", "test_trouble.py", "test_demand.py", "test_importing.py", "test_keyboard_walk.py", "test_main_walk.py",
    "test_hostile.py", "test_main_job.py", "test_wheel.py", "test_program.py", "test_turning.py", "test_day.py",
    "test_projects_page.py", "test_solve.py", "test_editor_desk.py", "test_underlays.py", "test_roster.py",
    "test_layout_page.py", "test_level_switch.py", "test_editor.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files, then the other files of pages, which share a browser, then the rest as they come."""
    items.sort(key=lambda item: place(item.path))


def place(path: Path) -> int:
    """Where a file stands in the order."""
    if path.name in LONGEST:
        return LONGEST.index(path.name)
    return len(LONGEST) + (path.parent.name != "ui")
