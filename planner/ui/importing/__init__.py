"""Bringing drawings and pictures in from the page."""

from planner.ui.importing.dialog import ImportDialog
from planner.ui.importing.scene import underlays_for_scene

__all__ = ["ImportDialog", "underlays_for_scene"]
