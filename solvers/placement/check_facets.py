"""Does the line that things are set up along follow the walls? Of curves it runs along facets: on the floor, near the wall."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry import LinearRing, Point, Polygon

from layouts.geometry import parts, union
from layouts.plan import Level, Ring
from solvers.placement.check_places import staff_perimeter
from solvers.placement.problem import Placement, PlacementProblem

Breach = tuple[str, float | None, float | None, str]
DEEPEST_MM = 800.0  # floor between a facet and its curve
GRACE_MM = 2.0
LEAST_MM2 = 1.0


def walls_followed(problem: PlacementProblem, placement: Placement) -> Iterator[Breach]:
    """The perimeter lies on the floor, no deeper inside it than facets may, and passes through every door of the outline."""
    yield from astray(problem.level, staff_perimeter(problem.level))


def astray(level: Level, ring: Ring) -> Iterator[Breach]:
    """Where a ring does not follow the level's walls."""
    floor = Polygon(level.outline).difference(union(Polygon(o.outline) for o in level.obstacles))
    hall = max(parts(floor), key=lambda part: part.area)
    within = Polygon(hall.exterior).buffer(GRACE_MM, join_style="mitre")  # what stands free in it is nothing that walls follow
    outside = Polygon(ring).difference(within).area
    if outside > LEAST_MM2:
        yield level.id, outside / 1e6, 0.0, "m2"
    line = LinearRing(ring)
    deep = shapely.distance(shapely.points(shapely.get_coordinates(hall.exterior)), line).max()
    if deep > DEEPEST_MM + GRACE_MM:
        yield level.id, float(deep), DEEPEST_MM, "mm"
    for door in level.doors:
        for end in (door.p, door.q):
            if hall.exterior.distance(Point(end)) <= GRACE_MM < line.distance(Point(end)) - GRACE_MM:
                yield door.id, line.distance(Point(end)), 0.0, "mm"


FACET_CHECKS = {"placement_check.walls_followed": walls_followed}
