"""A project's hall made longer or deeper, with what people drew on it. Pure."""

from __future__ import annotations

from dataclasses import replace

from layouts.stretching import stretch, stretched_level, stretched_ring
from planner.project import Project


def stretched(project: Project, axis: int, by_mm: int) -> Project | None:
    """The project with its one storey longer along `axis` (0: x, 1: y); None where no line across it is free of doors,
    windows, columns and the like, or where a layout already stands on it.
    """
    plan = project.plan
    if plan is None or len(plan.levels) != 1 or project.accepted is not None or not plan.levels[0].outline:
        return None
    put = stretch(plan.levels[0], axis, by_mm)
    if put is None:
        return None
    wishes = tuple(replace(w, area=stretched_ring(w.area, put)) for w in project.wishes)
    return replace(project, plan=replace(plan, levels=(stretched_level(plan.levels[0], put),)), wishes=wishes)
