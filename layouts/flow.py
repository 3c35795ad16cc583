"""All flow measures of a layout in one call: the optimiser, the screen, the report and the checks quote this one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from shapely.geometry import LineString

from layouts import linearity as lin
from layouts.adjacency import adjacency
from layouts.geometry import door_middle, union
from layouts.layout import LevelLayout
from layouts.linearity import Leg, Trip
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level, doors_of_use
from layouts.programme import Flow, Programme
from layouts.routes import StopWalks, itinerary, public_ways, stop_walks, walked_to, ways_on
from layouts.sight import shortest_walks
from layouts.views import visual_access
from layouts.walkable import level_floor

LOOP_MM = 6000.0  # doors nearer than this make the spine a loop
WALKER_MM = 600  # clear width that a person on foot needs


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowMeasures:
    """The flow measures by name; None where there was nothing to measure."""

    walk_m_per_visit: float
    backtrack_share: float
    linearity: float
    linearity_index: float
    crossing: float
    crossing_persons: float
    detour: float
    walk_ratio: float
    adjacency: float | None
    visual_access: float | None
    egress_max_m: float | None = None
    linearity_of_bound: float | None = None


def is_loop(level: Level) -> bool:
    """Whether the way in and the way out lie less than LOOP_MM apart: one door for both is the commonest centre."""
    ways_in = [door_middle(d) for d in doors_of_use(level, ENTRANCE_USES)]
    ways_out = [door_middle(d) for d in doors_of_use(level, EXIT_USES)]
    return bool(ways_in and ways_out) and min(math.dist(a, b) for a in ways_in for b in ways_out) < LOOP_MM


def _axis(layout: LevelLayout, walks: StopWalks, flows: Iterable[Flow]) -> LineString | None:
    """The line along which s is measured: the spine, else the way of the most walked service."""
    if layout.spine is not None:
        return LineString(layout.spine.centreline)
    chains = [(f.visitors_per_day, itinerary(walks, f)) for f in flows]
    chain = max(chains, key=lambda c: c[0], default=(0, ()))[1]
    points = [p for a, b in pairwise(chain) if math.isfinite(walks.length_mm(a, b)) for p in walks.line(a, b)]
    return LineString(points) if len(points) > 1 else None


def _coordinate(
    axis: LineString | None, walks: StopWalks, chain: tuple[str, ...], *, loop: bool
) -> Callable[[int], float]:
    """s in metres of the k-th stop of a trip. On a loop both doors project to one place: they get its two ends."""

    def s(k: int) -> float:
        if axis is None:
            return 0.0
        if loop and k in (0, len(chain) - 1):
            return 0.0 if k == 0 else float(axis.length) / 1000
        return float(axis.project(shapely.Point(walks.points[chain[k]]))) / 1000

    return s


def _direct_m(walks: StopWalks, chain: tuple[str, ...], *, loop: bool) -> float:
    """The walk from door to door; on a loop the least walk that visits the stops in order with nothing in the way."""
    if loop:
        return sum(math.dist(walks.points[a], walks.points[b]) for a, b in pairwise(chain)) / 1000
    return walks.length_mm(chain[0], chain[-1]) / 1000


def _walkable(walks: StopWalks, chain: tuple[str, ...]) -> bool:
    return all(math.isfinite(walks.length_mm(a, b)) for a, b in pairwise(chain))


def trips_on(walks: StopWalks, layout: LevelLayout, flows: tuple[Flow, ...]) -> tuple[Trip, ...]:
    """Every service's trip. A service of which any stop cannot be reached has no trip."""
    axis, loop = _axis(layout, walks, flows), is_loop(walks.ways.level)
    inner = {d.id for d in walks.ways.level.doors}
    trips: list[Trip] = []
    for one in flows:
        chain = itinerary(walks, one)
        stops = [s for s in one.stops if s in walks.index or s not in inner]  # a lift out of reach is told elsewhere
        if len(chain) != len(stops) + 2 or not _walkable(walks, chain):
            continue
        s = _coordinate(axis, walks, chain, loop=loop)
        legs = tuple(
            Leg(
                start=a,
                end=b,
                length_m=walks.length_mm(a, b) / 1000,
                s_start=s(k),
                s_end=s(k + 1),
                line=walks.line(a, b),
            )
            for k, (a, b) in enumerate(pairwise(chain))
        )
        trips.append(Trip(visitors=one.visitors_per_day, legs=legs, direct_m=_direct_m(walks, chain, loop=loop)))
    return tuple(trips)


def _on_foot(layout: LevelLayout, programme: Programme, walks: StopWalks) -> tuple[Trip, ...]:
    """The same trips between the same places for a person who needs no more than WALKER_MM."""
    ways = public_ways(walks.ways.level, layout, clear_width_mm=min(WALKER_MM, walks.ways.clear_width_mm))
    shorter = replace(walks, ways=ways, walks=shortest_walks(ways.graph, list(walks.points.values())))
    return trips_on(shorter, layout, programme.flows)


def _in_the_empty_hall(level: Level, layout: LevelLayout, flows: tuple[Flow, ...], walks: StopWalks) -> tuple[Trip, ...]:
    """The same trips between the same places with nothing but the building in the way."""
    outside = walks.ways.outside
    ways = ways_on(level, union([level_floor(level), outside]), outside, clear_width_mm=walks.ways.clear_width_mm)
    return trips_on(replace(walks, ways=ways, walks=shortest_walks(ways.graph, list(walks.points.values()))), layout, flows)


def measure_flow(
    level: Level,
    layout: LevelLayout,
    programme: Programme,
    *,
    walks: StopWalks | None = None,
    egress_max_m: float | None = None,
) -> FlowMeasures:
    """All measures of one layout. Give `walks` when the floor is ready for walking at the programme's clear width."""
    if walks is None:
        ways = public_ways(level, layout, clear_width_mm=programme.rules.clear_width_mm)
        walks = stop_walks(ways, layout, walked_to(programme.flows))
    trips = trips_on(walks, layout, programme.flows)
    found = lin.crossings(trips)
    return FlowMeasures(
        walk_m_per_visit=lin.walk_m_per_visit(trips),
        backtrack_share=lin.backtrack_share(trips),
        linearity=lin.linearity(trips),
        linearity_index=lin.linearity_index(trips),
        crossing=lin.crossing(trips, found),
        crossing_persons=lin.crossing_persons(trips, found),
        detour=lin.detour(trips, _on_foot(layout, programme, walks)),
        walk_ratio=lin.walk_ratio(trips),
        adjacency=adjacency(level, layout, programme.nearness),
        visual_access=visual_access(level, layout),
        egress_max_m=egress_max_m,
        linearity_of_bound=lin.linearity_of_bound(trips, _in_the_empty_hall(level, layout, programme.flows, walks)),
    )
