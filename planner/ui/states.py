"""What is computed so far, looked up for the readiness of the pages; kept until the project or its answers change."""

from __future__ import annotations

from collections.abc import Mapping

from layouts.findings import BadInput
from planner.project import Project
from planner.readiness import Answered, State
from planner.source import PLACEMENT, ROSTER
from planner.ui.workspace import Workspace

ICONS: Mapping[State, str] = {
    "empty": "radio_button_unchecked",
    "partial": "contrast",
    "ready": "check_circle",
    "stale": "history",
}
SIMULATION = "simulation"


def state_icon(state: State) -> str:
    """A state as an icon: empty, half, full, outdated."""
    return ICONS[state]


def answered_of(workspace: Workspace) -> Answered:
    """What stands, and whether it answers today's question. Looked up once for each state of the project."""
    key = (workspace.rev, workspace.answers_rev)
    kept = workspace.looked_up.get("answered")
    if kept is None or kept[0] != key:
        kept = (key, _look_up(workspace))
        workspace.looked_up["answered"] = kept
    answered: Answered = kept[1]
    return answered


def _look_up(workspace: Workspace) -> Answered:
    project = workspace.project
    fault = capacity_fault(project)
    return Answered(
        capacity_fault=fault,
        layout=_layout(workspace) if fault is None else None,
        roster=bool(workspace.answers.all_of(ROSTER)) or None,
        simulation=bool(workspace.answers.all_of(SIMULATION)) or None,
    )


def capacity_fault(project: Project) -> tuple[str, Mapping[str, str]] | None:
    """Why capacity cannot be planned; None where it can."""
    from solvers.demand import check_arrivals  # noqa: F401 -- heavy rooms only when a project is open
    from solvers.service_checks import check_skills

    try:
        check_skills(project.banks, project.services, project.staff)
    except BadInput as error:
        return error.code, {"file": error.file, "place": error.place, **{k: str(v) for k, v in error.values.items()}}
    return None


def _layout(workspace: Workspace) -> bool | None:
    """None without a layout; else whether the one in force was found for today's programme and plan."""
    from planner.chain.asked import ask
    from planner.chain.settled import asked_digest

    project = workspace.project
    if project.plan is None:
        return None
    accepted = project.accepted
    answer = workspace.answers.get(accepted.candidate) if accepted else None
    if answer is None:
        newest = next(iter(workspace.answers.all_of(PLACEMENT)), None)
        if newest is None:
            return None if accepted is None else False
        answer = newest.body
    try:
        asked = asked_digest(ask(project))
    except BadInput:
        return False
    return isinstance(answer, dict) and answer.get("asked_digest") == asked
