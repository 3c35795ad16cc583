"""A layout, walked and checked: routes, flow measures, findings. The same functions for a fresh layout and a stored one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from exports.floor_guidance import queued_floor
from exports.floor_rooms import Rooms
from exports.layout_json import finding_to_json
from layouts.access import check_access
from layouts.egress import EgressQuestion, check_egress, egress_max_m
from layouts.findings import BadInput, Finding
from layouts.flow import FlowMeasures, measure_flow
from layouts.hall import planned_level
from layouts.layout import Layout, LevelLayout
from layouts.locked_doors import check_locked_doors
from layouts.project_goals import ProjectGoals, measure_goals
from layouts.reserve import kept_for_phases, reserves
from layouts.routes import find_routes
from planner.chain.asked import Asked, ask
from planner.chain.floors import lift_finding, measured_together, measures_json
from planner.chain.kept_free import areas_on, kept_free
from planner.chain.phasing import phase_findings
from planner.chain.ways_in import ways_in_findings
from planner.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A layout with its routes, and what is measured and found on it."""

    layout: Layout
    measures: FlowMeasures
    findings: tuple[Finding, ...]
    by_level: tuple[tuple[str, FlowMeasures], ...] = ()
    goals: tuple[tuple[str, ProjectGoals], ...] = ()

    def measures_json(self) -> dict[str, Any]:
        """The measures; on several floors those of each beside those of all."""
        told = measures_json(self.measures)
        return told | {"levels": {level: measures_json(m) for level, m in self.by_level}} if self.by_level else told

    def goals_json(self) -> dict[str, Any]:
        """What projects ask for beside straight ways; on several floors level by level."""
        told = {level: goals.told() for level, goals in self.goals}
        return told if len(told) > 1 else next(iter(told.values()), {})

    def checked(self) -> list[dict[str, Any]]:
        return [finding_to_json(f) for f in self.findings if f.status != "not_checked"]

    def not_checked(self) -> list[dict[str, Any]]:
        return [finding_to_json(f) for f in self.findings if f.status == "not_checked"]


def judge(asked: Asked, layout: Layout) -> Judged:
    """Routes found anew, measures and findings of access and egress, level by level, on the floors as they are planned."""
    parts = [judge_level(one, layout) for one in asked.floors()]
    if len(parts) == 1:
        return parts[0]
    lifts = (lift_finding(one.level, one.programme, one.access) for one in asked.others)
    found = (finding for part in parts for finding in part.findings)
    return Judged(
        layout=Layout(levels=tuple(level for part in parts for level in part.layout.levels)),
        measures=measured_together([(part.measures, one.programme) for part, one in zip(parts, asked.floors())]),
        findings=(*asked.capacity.findings, *found, *lifts),
        goals=tuple(goal for part in parts for goal in part.goals),
        by_level=tuple((one.level.id, part.measures) for part, one in zip(parts, asked.floors())),
    )


def judge_level(asked: Asked, layout: Layout) -> Judged:
    """The same for one level."""
    placed, columns = _placed_on(asked, layout), asked.level.columns
    asked = replace(asked, level=planned_level(asked.level, placed))
    clear = asked.programme.rules.clear_width_mm
    placed = replace(placed, routes=find_routes(asked.level, placed, asked.programme.flows, clear_width_mm=clear))
    egress = EgressQuestion(
        level=asked.level, layout=placed, programme=asked.programme, profile=asked.egress, access_profile=asked.access
    )
    found = (
        *(() if asked.others or len(layout.levels) > 1 else asked.capacity.findings),
        asked.area,
        *check_access(asked.level, placed, asked.programme, asked.access),
        *check_egress(egress),
        *Rooms(storey=replace(asked.level, columns=columns)).findings(placed.items, asked.access),
        *check_locked_doors(asked.level, placed),
        *phase_findings(asked, placed),
        *kept_free(areas_on(asked.project, asked.level.id), asked.level, placed.items),
        *ways_in_findings(asked.project, asked.level, asked.programme, placed),
    )
    measures = measure_flow(asked.level, placed, asked.programme, egress_max_m=egress_max_m(egress))
    goals = ((asked.level.id, measure_goals(asked.level, placed, asked.programme)),)
    return Judged(layout=Layout(levels=(placed,)), measures=measures, findings=found, goals=goals)


def check_layout(project: Project) -> dict[str, Any]:
    """What `centreline check` prints about the accepted layout."""
    if project.accepted is None:
        raise BadInput("layout.none_yet", file=project.id)
    judged = judge(ask(project), project.accepted.layout)
    told = {"measures": judged.measures_json(), "findings": judged.checked(), "not_checked": judged.not_checked()}
    return told | {"reserves": reserves_json(project, judged.layout), "kept_for_phases": kept_json(judged.layout)}


def kept_json(layout: Layout) -> list[dict[str, Any]]:
    """The floor that is kept free until a phase opens what stands on it; phases count from 1."""
    return [
        {"level": placed.level} | asdict(one) | {"phase": one.phase + 1}
        for placed in layout.levels
        for one in kept_for_phases(placed)
    ]


def reserves_json(project: Project, layout: Layout) -> list[dict[str, Any]]:
    """The floor that the layout leaves for growth, as drawn, level by level."""
    levels = {lv.id: lv for lv in project.plan.levels} if project.plan else {}
    planned = [(planned_level(levels[placed.level], placed), placed) for placed in layout.levels]
    return [
        {"level": placed.level, "id": one.id, "area_m2": one.area_m2, "polygon": [list(p) for p in one.polygon]}
        for level, placed in planned
        for one in reserves(level, placed, queued=queued_floor(level, placed))
    ]


def _placed_on(asked: Asked, layout: Layout) -> LevelLayout:
    """The layout of the level that is furnished; BadInput where it was made for another plan."""
    found: Sequence[LevelLayout] = [lv for lv in layout.levels if lv.level == asked.level.id]
    if not found:
        raise BadInput("layout.other_plan", file=asked.project.id, level=asked.level.id)
    return found[0]
