"""Where on the plan a finding is: the box around the things it names, and a picture of that part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from layouts.layout import Layout
from layouts.plan import FloorPlan, Point

ROOM_MM = 2500
VIEW_BOX = re.compile(r'viewBox="[^"]*"')

Box = tuple[float, float, float, float]


def box_of(plan: FloorPlan, layout: Layout | None, names: Iterable[str]) -> Box | None:
    """Left, low, right, high in millimetres around what the ids name, with room to see it in; None where nothing is found."""
    wanted = set(names)
    points = list(_points(plan, layout, wanted))
    if not points:
        return None
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs) - ROOM_MM, min(ys) - ROOM_MM, max(xs) + ROOM_MM, max(ys) + ROOM_MM


def box_of_finding(plan: FloorPlan, layout: Layout | None, finding: dict[str, Any]) -> Box | None:
    """The place of a finding as JSON data: what shows it, where it carries that, else the things that it names."""
    points = [(x, y) for witness in finding.get("witness") or () for x, y in witness.get("points") or ()]
    if not points:
        return box_of(plan, layout, places_of(finding))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - ROOM_MM, min(ys) - ROOM_MM, max(xs) + ROOM_MM, max(ys) + ROOM_MM


def level_of_finding(plan: FloorPlan, layout: Layout | None, finding: dict[str, Any]) -> str | None:
    """The first storey on which something stands that a finding names; None where nothing does."""
    wanted = set(places_of(finding))
    for level in plan.levels:
        placed = tuple(lv for lv in layout.levels if lv.level == level.id) if layout else ()
        alone = replace(plan, levels=(level,))
        if level.id in wanted or next(_points(alone, Layout(levels=placed), wanted), None) is not None:
            return level.id
    return None


def _points(plan: FloorPlan, layout: Layout | None, wanted: set[str]) -> Iterator[Point]:
    for level in plan.levels:
        for thing in (*level.columns, *level.obstacles):
            if thing.id in wanted:
                yield from thing.outline
        for space in level.spaces:
            if space.id in wanted:
                yield from space.outline.outer
        for wall in level.walls:
            if wall.id in wanted:
                yield from (wall.a, wall.b)
        for opening in (*level.doors, *level.windows):
            if opening.id in wanted:
                yield from (opening.p, opening.q)
    for placed in layout.levels if layout else ():
        for item in placed.items:
            if item.id in wanted or item.bank in wanted:
                yield from item.polygon
        for route in placed.routes:
            if f"{route.from_id}-{route.to_id}" in wanted:
                yield route.narrowest


def zoomed(svg: str, box: Box) -> str:
    """The picture's part in the box; its user units are millimetres with y downwards."""
    left, low, right, high = box
    return VIEW_BOX.sub(f'viewBox="{left:.0f} {-high:.0f} {right - left:.0f} {high - low:.0f}"', svg, count=1)


def places_of(finding: dict[str, Any]) -> tuple[str, ...]:
    """The ids that a finding names."""
    where = [str(each) for each in finding.get("where") or ()]
    values = [str(v) for v in (finding.get("values") or {}).values() if isinstance(v, str)]
    return tuple(dict.fromkeys([*where, *values]))
