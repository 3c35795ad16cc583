"""Named variants of the layout side by side."""

from planner.ui.variants.card import VariantsCard

__all__ = ["VariantsCard"]
