"""Among layouts that cost almost the same, the one whose real walks are straightest for what it costs.

The objective is a surrogate in spine coordinates; walks on the drawn floor are what visitors feel. Layouts within one per cent
of each other differ by up to ten points of the linearity index.
"""

from __future__ import annotations

from dataclasses import dataclass

from layouts.flow import trips_on
from layouts.layout import LevelLayout
from layouts.linearity import linearity_index
from layouts.plan import Level
from layouts.programme import Programme
from layouts.routes import public_ways, stop_walks, walked_to
from solvers.placement.detail import Drawn
from solvers.placement.prepare import TOILETS

NEARLY = 0.015  # how much dearer than the best a straighter layout may be at the most
POINT = 0.002  # and for every point of the index by which it is straighter

Merit = tuple[bool, float, float]  # the least is shown: fault of its ways or none, cost less what its points are worth, cost


@dataclass(frozen=True, slots=True)
class Walked:
    """Walks on the drawn floor: the flow-linearity index (0-100), and whether toilets are too far from a stop or door."""

    linearity: float
    toilets_far: bool


def walk(level: Level, layout: LevelLayout, programme: Programme) -> Walked:
    """Walk a drawn layout at the programme's clear width, from stop to stop and from stops and doors to the toilets.

    The search measures the way to toilets along the spine; on the drawn floor it leads round seats and queues too.
    """
    ways = public_ways(level, layout, clear_width_mm=programme.rules.clear_width_mm)
    stops = walked_to(programme.flows)
    public = {b.id for b in programme.banks} | {i.id for i in programme.islands}
    public |= {r.id for r in programme.rooms if r.side == "public"}
    walks = stop_walks(ways, layout, dict.fromkeys((*stops, *sorted(public))))
    trips = trips_on(walks, layout, programme.flows)
    index = linearity_index(trips) if len(trips) == len(programme.flows) else 0.0
    toilets = [r.id for r in programme.rooms if r.kind in TOILETS and r.id in walks.index]
    walks.walk_from(toilets)
    nearest = [min((walks.length_mm(w, stop) for w in toilets), default=0.0) for stop in walks.index]
    return Walked(index, max(nearest, default=0.0) > programme.rules.toilet_distance_mm)


def real_linearity(level: Level, layout: LevelLayout, programme: Programme) -> float:
    """The flow-linearity index (0-100) of a drawn layout, on walks at the programme's clear width."""
    return walk(level, layout, programme).linearity


def merit_of(objective: float, least: float, drawn: Drawn, level: Level, programme: Programme) -> Merit:
    """How a drawn layout ranks beside one of the `least` cost: a straighter one may cost POINT more for every point of the
    index; the cheaper one comes first on a tie. One with toilets near every stop that keeps the rules about ways comes before
    all others."""
    told = walk(level, drawn.layout.levels[0], programme)
    dearer = objective / least if least else 1.0  # where nobody comes, nothing costs
    return bool(drawn.broken) or told.toilets_far, dearer - POINT * round(told.linearity, 3), objective
