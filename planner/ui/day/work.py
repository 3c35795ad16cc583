"""Simulated days, and one of them to be watched, as work for jobs."""

from __future__ import annotations

from typing import Any

from planner.digest import digest
from planner.source import ROSTER, ProjectSource, layout_in_force
from planner.ui.carried import chain_work
from planner.ui.day.replay import replay_of
from planner.ui.jobs import Work
from planner.ui.states import SIMULATION
from planner.ui.workspace import Workspace
from solvers.effort import Cancel, Report

KIND = "simulation"
REPLAY = "replay"


def simulation_work(workspace: Workspace, days: int, seed: int, rostered: bool) -> Work:
    """`centreline simulate` with its scenarios; the answer is kept with the project."""
    return chain_work(workspace, simulate_and_keep, days, seed, rostered)


def replay_work(workspace: Workspace, seed: int, day: int, rostered: bool) -> Work:
    """One of the simulated days for the player."""
    return chain_work(workspace, replay_day, seed, day, rostered)


def simulate_and_keep(
    source: ProjectSource, days: int, seed: int, rostered: bool, report: Report, cancel: Cancel
) -> dict[str, Any]:
    """On the layout in force where there is one, with the newest roster where it is wanted."""
    from planner.chain.simulating import simulate_days

    force = layout_in_force(source)
    answer = simulate_days(
        source.project, days=days, seed=seed, layout=force.layout if force else None, roster=_roster(source, rostered),
        compared=True, report=report, cancel=cancel,
    )  # fmt: skip
    answer |= {"layout": force.name if force else "", "rostered": rostered, "asked": asked_of(source)}
    if answer["days"]:
        source.answers.put(digest({"simulated": answer["asked"], "days": answer["days"], "seed": seed}), SIMULATION, answer)
    return answer


def replay_day(source: ProjectSource, seed: int, day: int, rostered: bool, report: Report, cancel: Cancel) -> dict[str, Any]:
    """The data of the player."""
    from planner.chain.tracing import traced_day

    force = layout_in_force(source)
    layout = force.layout if force else None
    traced = traced_day(source.project, seed=seed, day=day, layout=layout, roster=_roster(source, rostered))
    return replay_of(source.project, traced, layout)


def asked_of(source: ProjectSource) -> str:
    """The name of what simulated days depend on: another layout or other demand is another question."""
    project, force = source.project, layout_in_force(source)
    fields = (
        project.banks, project.services, project.day_types, project.arrivals, project.visitor_classes, project.appointments,
        project.joint_visits, project.seasons, project.processes, project.standards, project.growth, project.planning,
        project.scenarios,
    )  # fmt: skip
    return digest({"project": fields, "layout": force.name if force else ""})


def _roster(source: ProjectSource, wanted: bool) -> Any:
    newest = next(iter(source.answers.all_of(ROSTER)), None) if wanted else None
    return newest.body if newest else None
