"""How a drawing lies of which only the file is kept, where a layout stands on it: as that layout does.

A drawing that lies turned is read square to its walls. A layout that was kept before it was read so stands on the plan as drawn
and would lie askew on the squared one: it tells which of the two is the plan.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from shapely import union_all
from shapely.geometry import Polygon

from layouts.findings import BadInput
from layouts.layout import Layout
from layouts.plan import FloorPlan
from planner.drawing_source import read_drawing
from planner.project import DrawingSource, Project

HELD, LOST = 0.98, 0.5  # share of a layout's things on the floor that it was made for, surely, and surely not any more


def plan_as_laid(file: Path, drawing: DrawingSource, project: Project) -> FloorPlan:
    """The drawing's plan; as drawn instead of square where the kept layouts lie so. BadInput where they lie on neither."""
    plan = read_drawing(file, drawing).plan
    layouts = [kept.layout for kept in (project.accepted, *project.variants) if kept is not None]
    if not layouts or drawing.turn_deg is not None or not plan.frame.rotation_deg or _share(plan, layouts) >= HELD:
        return plan
    as_drawn = read_drawing(file, replace(drawing, turn_deg=0.0)).plan
    best = max((plan, as_drawn), key=lambda each: _share(each, layouts))
    if _share(best, layouts) < LOST:
        raise BadInput("document.layout_off_plan", file=str(file), degrees=round(plan.frame.rotation_deg, 1))
    return best


def _share(plan: FloorPlan, layouts: list[Layout]) -> float:
    """The least share of a storey's things, over all layouts, that lies on the plan's floor."""
    floors = {level.id: Polygon(level.outline, level.holes) for level in plan.levels if level.outline}
    found = []
    for level in (lv for layout in layouts for lv in layout.levels):
        things, floor = union_all([Polygon(item.polygon) for item in level.items]), floors.get(level.level, Polygon())
        found.append(things.intersection(floor).area / things.area if things.area else 1.0)
    return min(found, default=1.0)
