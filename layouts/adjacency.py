"""M5, adjacency efficiency: which of the wished closenesses a layout gives (REL chart, adjacency coefficient 0..1)."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, ring_shape, union
from layouts.layout import LevelLayout
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level, doors_of_use
from layouts.programme import Nearness

# A=8, E=4, I=2, O=1, U=0 is a scale in use for REL charts; X mirrors A (planning default).
WEIGHTS = {"A": 8.0, "E": 4.0, "I": 2.0, "O": 1.0, "U": 0.0, "X": 8.0}
ADJACENT_MM = 3000.0  # footprints with their clear zones at most one main aisle apart (planning default)


def footprints(level: Level, layout: LevelLayout) -> dict[str, BaseGeometry]:
    """The ground of every module (items and their clear zones), and of `entrance` and `exit`."""
    found: dict[str, list[BaseGeometry]] = {}
    for item in layout.items:
        shapes = [ring_shape(item.polygon), *(ring_shape(z.polygon) for z in item.clear_zones)]
        found.setdefault(item.bank or item.id, []).extend(shapes)
    ground = {module: union(shapes) for module, shapes in found.items()}
    for name, uses in (("entrance", ENTRANCE_USES), ("exit", EXIT_USES)):
        doors = doors_of_use(level, uses)
        if doors:
            ground[name] = union(shapely.Point(door_middle(d)).buffer(1) for d in doors)
    return ground


def adjacency(level: Level, layout: LevelLayout, wishes: Iterable[Nearness]) -> float | None:
    """M5 = (sum_{A..O} w x + sum_X w (1 - x)) / sum w; x = 1 when two modules lie within ADJACENT_MM of one another.

    None when no wish names two things that are placed.
    """
    ground = footprints(level, layout)
    rated = [n for n in wishes if n.a in ground and n.b in ground and WEIGHTS[n.rating] > 0]
    total = sum(WEIGHTS[n.rating] for n in rated)
    if total == 0:
        return None
    near = {n: ground[n.a].distance(ground[n.b]) <= ADJACENT_MM for n in rated}
    return sum(WEIGHTS[n.rating] for n in rated if near[n] != (n.rating == "X")) / total
