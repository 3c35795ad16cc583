"""Among layouts that cost almost the same, the one whose real walks are straightest for what it costs.

The objective is a surrogate in spine coordinates; walks on the drawn floor are what visitors feel. Layouts within one per cent
of each other differ by up to ten points of the linearity index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from layouts.flow import trips_on
from layouts.layout import LevelLayout
from layouts.linearity import linearity_index
from layouts.plan import Level
from layouts.programme import Programme
from layouts.routes import public_ways, stop_walks, walked_to
from solvers.placement.detail import Drawn

NEARLY = 0.015  # how much dearer than the best a straighter layout may be at the most
POINT = 0.002  # and for every point of the index by which it is straighter


def real_linearity(level: Level, layout: LevelLayout, programme: Programme) -> float:
    """The flow-linearity index (0-100) of a drawn layout, on walks at the programme's clear width."""
    ways = public_ways(level, layout, clear_width_mm=programme.rules.clear_width_mm)
    walks = stop_walks(ways, layout, walked_to(programme.flows))
    trips = trips_on(walks, layout, programme.flows)
    return linearity_index(trips) if len(trips) == len(programme.flows) else 0.0


def straightest(drawn: Iterable[tuple[float, Drawn, Level]], programme: Programme, go_on: Callable[[], bool]) -> int | None:
    """Index of the layout to show of those drawn (objective, layout, its level): a straighter one may cost POINT more for
    every point of the index; the cheaper one on a tie."""
    best: tuple[float, float, int] | None = None
    cheapest = 0.0
    for index, (objective, one, level) in enumerate(drawn):
        if best is not None and not go_on():
            break
        cheapest = cheapest or objective
        points = round(real_linearity(level, one.layout.levels[0], programme), 3)
        here = (objective / cheapest - POINT * points, objective, index)
        best = here if best is None else min(best, here)
    return best[2] if best is not None else None
