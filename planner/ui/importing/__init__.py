"""Bringing drawings and pictures in from the page."""

from planner.ui.importing.dialog import ImportDialog
from planner.ui.importing.scene import underlays_for_scene
from planner.ui.importing.underlays import UnderlayDialog

__all__ = ["ImportDialog", "UnderlayDialog", "underlays_for_scene"]
