"""The walls that a layout builds: drawn where they are told, on free floor, clear of doors, tied to the building."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shapely.geometry import LineString, Polygon

from layouts.geometry import union
from layouts.plan import Obstacle
from solvers.placement.problem import Placement, PlacementProblem

Breach = tuple[str, float | None, float | None, str]
LEAST_MM = 100  # a wall is no thinner
GRACE_MM = 2.0


def as_built(problem: PlacementProblem, blocks: tuple[Obstacle, ...]) -> PlacementProblem:
    """The same question on the level with the layout's own walls standing."""
    return replace(problem, level=replace(problem.level, obstacles=(*problem.level.obstacles, *blocks)))


def built_walls(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """Each built wall is a partition of the layout, inside the outline, off every door, and tied to the building."""
    level = problem.level
    hall = Polygon(level.outline, level.holes)
    items = {i.id: i for i in placement.layout.levels[0].items} if placement.layout is not None else {}
    told = {b.id for b in placement.blocks}
    standing = [Polygon(o.outline) for o in level.obstacles if o.id not in told]
    ties = union([hall.exterior, *(ring for ring in hall.interiors), *standing]).buffer(GRACE_MM)
    rest = list(placement.blocks)
    for block in placement.blocks:
        shape = Polygon(block.outline)
        item = items.get(block.id)
        if item is None or item.kind != "partition" or not item.solid or not Polygon(item.polygon).equals(shape):
            yield block.id, None, None, ""
        outside = shape.difference(hall.buffer(GRACE_MM)).area
        if outside > 1.0:
            yield block.id, outside / 1e6, 0.0, "m2"
        x0, y0, x1, y1 = shape.bounds
        if min(x1 - x0, y1 - y0) < LEAST_MM:
            yield block.id, min(x1 - x0, y1 - y0), float(LEAST_MM), "mm"
        for door in level.doors:
            if shape.distance(LineString([door.p, door.q])) < LEAST_MM:
                yield f"{block.id}: {door.id}", shape.distance(LineString([door.p, door.q])), float(LEAST_MM), "mm"
    while tied := [b for b in rest if Polygon(b.outline).intersects(ties)]:
        ties = union([ties, *(Polygon(b.outline).buffer(GRACE_MM) for b in tied)])
        rest = [b for b in rest if b not in tied]
    for block in rest:
        yield block.id, None, None, ""


BUILT_CHECKS = {"placement_check.built_walls": built_walls}
