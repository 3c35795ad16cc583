"""The whole calculation, as the command line calls it.

Provisional: holds only the names that commands are written against, each refusing plainly until its step is joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from layouts.findings import BadInput
from planner.project import Project
from planner.source import ProjectSource
from solvers.effort import Cancel, Effort, Report


def plan_capacity(project: Project) -> dict[str, Any]:
    raise BadInput("command.not_joined", command="capacity")


def place_layout(project: Project, effort: Effort, report: Report, cancel: Cancel) -> dict[str, Any]:
    raise BadInput("command.not_joined", command="place")


def check_layout(project: Project) -> dict[str, Any]:
    raise BadInput("command.not_joined", command="check")


def draw_up_roster(
    project: Project, effort: Effort, weeks: int | None, repair: Any, report: Report, cancel: Cancel
) -> dict[str, Any]:
    raise BadInput("command.not_joined", command="roster")


def deliver(source: ProjectSource, out_dir: Path, effort: Effort, report: Report, cancel: Cancel) -> dict[str, Any]:
    raise BadInput("command.not_joined", command="plan")


def export_files(source: ProjectSource, wanted: Mapping[str, Path]) -> dict[str, Any]:
    raise BadInput("command.not_joined", command="export")


def verify_package(folder: Path) -> dict[str, Any]:
    raise BadInput("command.not_joined", command="verify")
