"""The checks of the layout in force, as work for a job."""

from __future__ import annotations

from typing import Any

from planner.source import ProjectSource, check_plan_of, with_layout_in_force
from planner.ui.carried import chain_work
from planner.ui.jobs import Work
from planner.ui.workspace import Workspace
from solvers.effort import Cancel, Report

KIND = "check"


def checking_work(workspace: Workspace) -> Work:
    """Walk and check the layout in force of the project as it stands now."""
    return chain_work(workspace, check_now)


def check_now(source: ProjectSource, report: Report, cancel: Cancel) -> dict[str, Any]:
    """`centreline check`, with the layout it is about."""
    from planner.chain import check_layout

    check_plan_of(source)
    whole, force = with_layout_in_force(source)
    told = {"candidate": force.name, "accepted": force.accepted}
    return check_layout(whole) | {"layout_in_force": told, "layout": force.layout}
