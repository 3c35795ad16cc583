"""The drawing editor: `Editor` is the component, `Desk` ties it to an open project. See `editor.py`."""

from planner.ui.editor.editor import Editor

__all__ = ["Editor"]
