"""The whole calculation: one function for each command that calculates, and `deliver`, which does it all.

project -> capacity -> programme -> placement -> routes, measures, findings -> drawing, report
                └-> roster -> workbook, calendar
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.chain.asked import capacity_question, keep_staffing, plan_capacity
    from planner.chain.buying import buying_of
    from planner.chain.checking import check_layout
    from planner.chain.choosing import choose_alternatives, choose_pareto
    from planner.chain.delivering import deliver
    from planner.chain.exporting import export_files
    from planner.chain.placement_question import earlier_poses
    from planner.chain.placing import place_layout
    from planner.chain.rostering import draw_up_roster

__all__ = [
    "buying_of",
    "capacity_question",
    "check_layout",
    "choose_alternatives",
    "choose_pareto",
    "deliver",
    "draw_up_roster",
    "earlier_poses",
    "export_files",
    "keep_staffing",
    "place_layout",
    "plan_capacity",
]

_STEPS = {
    "buying_of": "buying",
    "capacity_question": "asked",
    "check_layout": "checking",
    "choose_alternatives": "choosing",
    "choose_pareto": "choosing",
    "deliver": "delivering",
    "draw_up_roster": "rostering",
    "earlier_poses": "placement_question",
    "export_files": "exporting",
    "keep_staffing": "asked",
    "place_layout": "placing",
    "plan_capacity": "asked",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """A step is loaded when it is first asked for: the page is shown before all solvers are there."""
        if name not in _STEPS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_STEPS[name]}"), name)
