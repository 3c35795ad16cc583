"""A centre on several floors: one question for each level, and one answer made of theirs.

People come onto an upper floor by its lift, else by a stair; its door is that floor's entrance and exit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from layouts.findings import BadInput, Finding, FindingStatus
from layouts.flow import FlowMeasures
from layouts.hall import as_planned
from layouts.layout import Hall, LevelLayout
from layouts.plan import Level
from layouts.programme import Programme
from layouts.standards import Profile
from layouts.upwards import leads_to, uses_above
from planner.chain.ways_in import doors_of
from planner.project import Project
from solvers.entering import walks_on
from solvers.floors import FloorShare, deal, split

Json = dict[str, Any]


def levels_used(project: Project) -> tuple[Level, ...]:
    """The levels that the centre uses, as people named them, doors of lifts and stairs as ways in and out of upper ones."""
    assert project.plan is not None
    levels = {level.id: walls_told(project, level) for level in project.plan.levels}
    if not project.floors:
        return (levels[project.plan.levels[0].id],)
    for k, floor in enumerate(project.floors):
        if floor.level not in levels:
            known = ", ".join(levels)
            raise BadInput("floors.unknown_level", file=project.id, place=f"floors[{k}].level", given=floor.level, known=known)
    lowest, *upper = (levels[f.level] for f in project.floors)
    return (lowest, *(by_lift(level) for level in upper))


def walls_told(project: Project, level: Level) -> Level:
    """The level with what people said of its walls; BadInput where they named one that no level has."""
    assert project.plan is not None
    for k, told in enumerate(project.walls):
        of = [lv for lv in project.plan.levels if told.level in ("", lv.id)]
        if not any(w.id == told.id for lv in of for w in lv.walls):
            raise BadInput("walls.unknown", file=project.id, place=f"walls[{k}].id", given=told.id)
    said = {told.id: told.structural for told in project.walls if told.level in ("", level.id)}
    if not said:
        return level
    return replace(level, walls=tuple(replace(w, structural=said.get(w.id, w.structural)) for w in level.walls))


def by_lift(level: Level) -> Level:
    """An upper level with its lift's and stairs' doors as ways in and out."""
    return as_planned(level, Hall(spaces=(), uses=uses_above(level)))


def programmes(project: Project, whole: Programme, levels: Sequence[Level], areas_m2: Sequence[float]) -> tuple[Programme, ...]:
    """Each level's programme: what people gave it, the rest dealt out by the flows; who comes by which door of it."""
    several = len(levels) > 1
    doors = {lv.id: doors_of(project, lv, lowest=k == 0, several=several) for k, lv in enumerate(levels)}
    if not several:
        here = doors[levels[0].id]
        stops = {s for f in whole.flows for s in f.stops}
        return (replace(whole, flows=walks_on(whole.flows, stops, here)) if len(here.entrances) > 1 else whole,)
    shares = [
        FloorShare(level=level.id, area_m2=area, modules=(*floor.banks, *floor.rooms))
        for floor, level, area in zip(project.floors, levels, areas_m2)
    ]
    parts = split(whole, deal(whole, shares), [level.id for level in levels], doors)
    return tuple(parts[level.id] for level in levels)


def upward_doors(project: Project) -> dict[str, tuple[str, ...]]:
    """The doors of each level by which visitors change floors; none where there is one floor alone."""
    if project.plan is None or not project.floors:
        return {}
    levels = levels_used(project)
    doors = {lv.id: doors_of(project, lv, lowest=k == 0, several=len(levels) > 1) for k, lv in enumerate(levels)}
    return {level: tuple(way.door for way in found.upwards) for level, found in doors.items()}


def lift_finding(level: Level, programme: Programme, access: Profile) -> Finding:
    """Visitors who cannot climb stairs need a lift to a floor with services."""
    has_lift = any(leads_to(level, door) == "lift" for door in level.doors)
    status: FindingStatus = "not_applicable" if not programme.flows else "pass" if has_lift else "fail"
    return Finding(
        code="floors.lift", status=status, severity="error" if status == "fail" else "info", certainty="default",
        profile=access.id, measured=float(has_lift), required=1.0, unit="count", where=(level.id,),
        values={"level": level.name or level.id},
    )  # fmt: skip


def above(layout: LevelLayout, level: Level) -> LevelLayout:
    """The layout of an upper level of the plan: its doors' uses told, its partitions and signs named apart from those below."""
    items = tuple(i if i.bank else replace(i, id=f"{layout.level}/{i.id}") for i in layout.items)
    uses = uses_above(level)
    hall = replace(layout.hall or Hall(spaces=()), uses=uses) if uses else layout.hall
    return replace(layout, items=items, hall=hall)


def measured_together(parts: Sequence[tuple[FlowMeasures, Programme]]) -> FlowMeasures:
    """The levels' measures as one: means over the persons who walk on each, the longest way out of all.

    Who goes to two floors is a visit on each of them.
    """
    persons = [sum(f.visitors_per_day for f in programme.flows) for _, programme in parts]
    found: dict[str, float | None] = {}
    for each in fields(FlowMeasures):
        told = [(getattr(m, each.name), n) for (m, _), n in zip(parts, persons) if getattr(m, each.name) is not None]
        weight = sum(n for _, n in told)
        if each.name == "egress_max_m":
            found[each.name] = max((value for value, _ in told), default=None)
        else:
            found[each.name] = sum(value * n for value, n in told if n) / weight if weight else None
    return FlowMeasures(**{k: math.nan if v is None and k not in OPTIONAL else v for k, v in found.items()})  # type: ignore[arg-type]


OPTIONAL = ("adjacency", "visual_access", "egress_max_m", "linearity_of_bound")
WORST = ("cancelled", "unknown", "feasible", "optimal")


def solved_together(records: Mapping[str, Json], name: str) -> Json:
    """The levels' records as one: objectives, bounds and terms add up, so the gap is that of the whole."""
    parts = list(records.values())
    objective = sum(r["objective"] for r in parts)
    bound = sum(r["bound"] for r in parts)
    gap = (objective - bound) / max(abs(objective), 1e-9)
    terms: dict[str, float] = {}
    for record in parts:
        for term, value in record["terms"].items():
            terms[term] = terms.get(term, 0.0) + value
    relaxed = [r["relaxation_bound"] for r in parts]
    return parts[0] | {
        "status": next(s for s in WORST if any(r["status"] == s for r in parts)),
        "objective": objective,
        "bound": bound,
        "gap": gap,
        "terms": terms,
        "relaxation_bound": None if None in relaxed else sum(relaxed),
        "freedom": {"levels": {level: r["freedom"] for level, r in records.items()}},
        "seconds_to_first": max((r["seconds_to_first"] or 0.0) for r in parts),
        "seconds": sum(r["seconds"] for r in parts),
        "question_digest": name,
        "levels": {level: {k: r[k] for k in ("status", "objective", "bound", "gap")} for level, r in records.items()},
    }


def measures_json(measures: FlowMeasures) -> Json:
    return {k: v if v is None or math.isfinite(v) else None for k, v in asdict(measures).items()}
