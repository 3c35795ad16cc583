"""What is computed so far, looked up for the readiness of the pages; kept until the project or its answers change."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

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
UNKNOWN = Answered()
QUIET_S = 0.3


def state_icon(state: State) -> str:
    """A state as an icon: empty, half, full, outdated."""
    return ICONS[state]


def answered_of(workspace: Workspace) -> Answered:
    """What stands, as far as it has been looked up. A newer state is looked up away from the page, which is then woken."""
    key = (workspace.rev, workspace.answers_rev)
    kept = workspace.looked_up.get("answered")
    if kept is None or kept[0] != key:
        _looker_of(workspace).wanted.set()
    return kept[1] if kept else UNKNOWN


class _Looker:
    """A thread that looks when it is asked to, and not while people are drawing: looking takes a third of a second."""

    def __init__(self, workspace: Workspace) -> None:
        self.wanted = threading.Event()
        self._workspace = workspace
        threading.Thread(target=self._run, name="readiness", daemon=True).start()

    def _run(self) -> None:
        workspace = self._workspace
        while not workspace.closed:
            if not self.wanted.wait(QUIET_S):
                continue
            self.wanted.clear()
            key = (workspace.rev, workspace.answers_rev)
            time.sleep(QUIET_S)
            if key != (workspace.rev, workspace.answers_rev):
                self.wanted.set()
                continue
            try:
                workspace.looked_up["answered"] = (key, look_up(workspace))
            except BadInput:
                if workspace.closed:
                    return
                raise
            workspace.looked_up["looked"] = workspace.looked_up.get("looked", 0) + 1
            workspace.wake()


def _looker_of(workspace: Workspace) -> _Looker:
    with workspace.locked():
        looker = workspace.looked_up.get("looker")
        if looker is None:
            looker = workspace.looked_up["looker"] = _Looker(workspace)
    return looker


def look_up(workspace: Workspace) -> Answered:
    """All of it now."""
    project = workspace.project
    asked, fault = _asked(project)
    placed = _newest_layout(workspace) if project.plan is not None else None
    return Answered(
        capacity_fault=fault,
        layout=None if placed is None else asked is not None and placed.get("asked_digest") == asked,
        failed=sum(1 for f in (placed or {}).get("findings", ()) if f["status"] == "fail" and f["severity"] == "error"),
        roster=_roster(workspace, project),
        simulation=_simulation(workspace),
        plan_faults=_plan_faults(project),
    )


def _asked(project: Project) -> tuple[str | None, tuple[str, Mapping[str, str]] | None]:
    """The name of today's placement question, or why it cannot be asked."""
    from planner.chain.asked import ask, capacity_of
    from planner.chain.settled import asked_digest

    try:
        if project.plan is None or not project.plan.levels:
            if project.services and project.arrivals:
                capacity_of(project)
            return None, None
        return asked_digest(ask(project)), None
    except BadInput as error:
        values = {"file": error.file, "place": error.place, **{k: str(v) for k, v in error.values.items()}}
        return None, (error.code, values)


def _newest_layout(workspace: Workspace) -> dict[str, Any] | None:
    """The stored answer of the layout in force."""
    accepted = workspace.project.accepted
    body = workspace.answers.get(accepted.candidate) if accepted else None
    if body is None and accepted is None:
        newest = next(iter(workspace.answers.all_of(PLACEMENT)), None)
        body = newest.body if newest else None
    if body is None and accepted is not None:
        return {}
    return body if isinstance(body, dict) else None


def _simulation(workspace: Workspace) -> bool | None:
    """None without simulated days; else whether they are of today's question."""
    newest = next(iter(workspace.answers.all_of(SIMULATION)), None)
    if newest is None:
        return None
    from planner.ui.day.work import asked_of

    return isinstance(newest.body, dict) and newest.body.get("asked") == asked_of(workspace.frozen())


def _roster(workspace: Workspace, project: Project) -> bool | None:
    """None without a roster; else whether the newest one was drawn up for today's question."""
    newest = next(iter(workspace.answers.all_of(ROSTER)), None)
    if newest is None:
        return None
    from planner.chain.asked import capacity_of
    from planner.chain.rostering import stored_roster

    try:
        stored_roster(project, capacity_of(project), newest.body, file=workspace.path.name)
    except BadInput:
        return False
    return True


def _plan_faults(project: Project) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """What must be mended on the plan before anything can stand on it."""
    if project.plan is None:
        return ()
    from layouts.soundness import plan_faults

    faults = plan_faults(project.plan, file="")
    return tuple(
        (f.code, {"file": project.site.name, "place": f.place, **{k: str(v) for k, v in f.values.items()}}) for f in faults
    )
