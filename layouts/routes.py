"""Accessible routes: the shortest walks at a clear width between visitors' stops, and their narrowest points."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, TypeVar, cast

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from layouts.carrying import Box, away_from
from layouts.carved import Recall, grown
from layouts.gaps import Gaps, find_gaps
from layouts.geometry import before_front, door_middle, parts, union
from layouts.layout import Item, LevelLayout, Route
from layouts.narrowest import narrowest_of
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, Level, Point, doors_of_use
from layouts.programme import Flow
from layouts.screening import PARTS as SCREENING_PARTS
from layouts.sight import Looked, SightGraph, Walks, shortest_walks, sight_graph
from layouts.walkable import aprons, erode, parted_at, walked_floor

T = TypeVar("T")

NO_STOP = ("seat", "wheelchair_bay", "partition", "void", "staff_gate", "call_display", "sign", *SCREENING_PARTS)
REACH_MM = 300.0  # how much further from a front than half the clear width a visitor may stand
PUBLIC_DOORS = tuple(dict.fromkeys((*ENTRANCE_USES, *EXIT_USES)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The public floor of one layout at one clear width, made ready for walking.

    `floor` is free floor with the doors extended outward (that part is `outside`), made when first asked for; `indoors`
    holds none but floor of it; `reached` is the part of it, eroded by half the clear width, that is joined to an entrance,
    `cut_off` the parts that are not. `earlier`: the ways of a layout
    that differs from this one only within the `changed` bounds; `local` holds what was asked about single places.
    """

    level: Level
    clear_width_mm: int
    made: Callable[[], BaseGeometry]
    indoors: BaseGeometry
    outside: BaseGeometry
    reached: BaseGeometry
    cut_off: tuple[BaseGeometry, ...] = ()
    drawn: dict[str, SightGraph] = field(default_factory=dict)
    floors: dict[str, BaseGeometry] = field(default_factory=dict)
    wider: dict[float, BaseGeometry] = field(default_factory=dict)
    earlier: Ways | None = None
    changed: tuple[Box, ...] = ()
    recall: Recall = field(default_factory=Recall)
    stood: dict[str, tuple[float, float] | None] = field(default_factory=dict)
    local: dict[Hashable, tuple[Any, Box]] = field(default_factory=dict)
    known_touched: list[BaseGeometry] = field(default_factory=list)
    rounded: dict[tuple[tuple[float, float], ...], tuple[Point, ...]] = field(default_factory=dict)

    @property
    def floor(self) -> BaseGeometry:
        """The floor, prepared for questions."""
        if "floor" not in self.floors:
            self.floors["floor"] = self.made()
            shapely.prepare(self.floors["floor"])
        return self.floors["floor"]

    @property
    def graph(self) -> SightGraph:
        """Lines of sight over the reached floor, drawn when first walked on."""
        if "graph" not in self.drawn:
            known = self.earlier.drawn.get("graph") if self.earlier else None
            self.drawn["graph"] = sight_graph(self.reached, earlier=known, changed=self.reaches(), recall=self.recall)
        return self.drawn["graph"]

    def left(self) -> Ways:
        """What the ways after a change ask these for. How their floor is made is not: that holds the ground before the change,
        and with it, one after the other, all grounds that there ever were."""
        return replace(
            self, made=Shape, indoors=Shape(), floors={}, wider={}, known_touched=[], earlier=None, recall=Recall()
        )  # fmt: skip

    def reaches(self) -> list[Box]:
        """The bounds within which the change may have altered where one walks."""
        reach = self.clear_width_mm / 2 + 10
        return [(a - reach, b - reach, c + reach, d + reach) for a, b, c, d in self.changed]

    def altered(self) -> list[Box]:
        """The bounds within which `reached` may differ from the earlier one: those of the change, and of the parts that are
        cut off now or were so before, but not both."""
        was = self.earlier.cut_off if self.earlier else ()
        then, now = ({p.wkb: p for p in found} for found in (was, self.cut_off))
        return [*self.reaches(), *((then | now)[key].bounds for key in then.keys() ^ now.keys())]

    def near_all(
        self, keys: Sequence[Hashable], within: Sequence[Box], work: Callable[[list[int]], Sequence[T]]
    ) -> list[T]:
        """Values about places, each of which depends on no floor outside its bounds `within`; those that the earlier ways
        do not know, or whose bounds the change meets, are worked out together, by their numbers."""
        missing = [k for k, key in enumerate(keys) if key not in self.local]
        known = {} if self.earlier is None else self.earlier.local
        likely = [k for k in missing if keys[k] in known and known[keys[k]][1] == within[k]]
        if likely:
            kept = away_from(np.asarray([within[k] for k in likely]), self.altered())
            self.local.update({keys[k]: known[keys[k]] for k, away in zip(likely, kept.tolist()) if away})
            missing = [k for k in missing if keys[k] not in self.local]
        for k, value in zip(missing, work(missing) if missing else ()):
            self.local[keys[k]] = (value, within[k])
        return [cast(T, self.local[key][0]) for key in keys]

    def grown(self, by_mm: float) -> BaseGeometry:
        """The floor a little wider, so that rounding hides nothing that touches it; prepared for questions."""
        if by_mm not in self.wider:
            self.wider[by_mm] = grown(self.floor, by_mm, self.recall)
            shapely.prepare(self.wider[by_mm])
        return self.wider[by_mm]

    def whole(self, line: tuple[tuple[float, float], ...]) -> tuple[Point, ...]:
        """A walk in whole millimetres; looked up where it was walked before."""
        if line not in self.rounded:
            known = self.earlier.rounded if self.earlier else {}
            self.rounded[line] = known[line] if line in known else _whole(line)
        return self.rounded[line]

    def touched(self) -> BaseGeometry:
        """The parts of the floor that walks touch."""
        if not self.known_touched:
            self.known_touched.append(self._touched())
        return self.known_touched[0]

    def _touched(self) -> BaseGeometry:
        near = parts(self.floor)
        if len(near) > 1 or self.reached.is_empty:
            near = [p for p in near if p.distance(self.reached) <= self.clear_width_mm]
        return near[0] if len(near) == 1 else shapely.multipolygons(near) if near else Shape()


def public_ways(level: Level, layout: LevelLayout, *, clear_width_mm: int) -> Ways:
    """Prepare the public floor for walks at `clear_width_mm`: they lead past wheelchair bays as if somebody waited in each."""
    outside = aprons(level, PUBLIC_DOORS, clear_width_mm)
    return ways_on(level, union([walked_floor(level, layout), outside]), outside, clear_width_mm=clear_width_mm)


def ways_on(
    level: Level,
    floor: BaseGeometry | Callable[[], BaseGeometry],
    outside: BaseGeometry,
    *,
    clear_width_mm: int,
    indoors: BaseGeometry | None = None,
    eroded: BaseGeometry | None = None,
    earlier: Ways | None = None,
    changed: tuple[Box, ...] = (),
    recall: Recall | None = None,
) -> Ways:
    """Prepare a free public floor, joined with the doors' aprons `outside`, for walks at `clear_width_mm`.

    `indoors`: floor that it holds, prepared; `eroded`: the whole of it eroded by half the width, where it is known: then the
    floor itself may be told by how it is made; `recall`: what was made of its pieces.
    """
    made = floor if callable(floor) else partial(_as_it_is, floor)
    eroded = erode(made(), clear_width_mm) if eroded is None else eroded
    reached, cut_off = parted_at(eroded, [door_middle(d) for d in doors_of_use(level, ENTRANCE_USES)])
    shapely.prepare(reached)
    return Ways(
        level=level,
        clear_width_mm=clear_width_mm,
        made=made,
        indoors=Shape() if indoors is None else indoors,
        outside=outside,
        reached=reached,
        cut_off=tuple(cut_off),
        earlier=earlier.left() if earlier else None,
        changed=changed,
        recall=recall or Recall(),
    )


def _as_it_is(floor: BaseGeometry) -> BaseGeometry:
    return floor


def standing_point(ways: Ways, item: Item) -> tuple[float, float] | None:
    """Where a visitor stands before an item's front, joined to an entrance; None when there is no such place."""
    return standing_points(ways, [item])[0]


def standing_points(ways: Ways, items: Sequence[Item]) -> list[tuple[float, float] | None]:
    """Those places for many items."""
    new = [i for i in items if i.id not in ways.stood]
    if new and ways.reached.is_empty:
        return [None] * len(items)
    if new:
        wished = np.asarray([before_front(i, ways.clear_width_mm / 2) for i in new])
        inside = shapely.intersects_xy(ways.reached, wished[:, 0], wished[:, 1])
        for item, (x, y), free in zip(new, wished.tolist(), inside):
            ways.stood[item.id] = (x, y) if free else _stood_near(ways, item, shapely.Point(x, y))
    return [ways.stood[i.id] for i in items]


def _stood_near(ways: Ways, item: Item, wished: BaseGeometry) -> tuple[float, float] | None:
    """Where a visitor stands who cannot stand just half the clear width before the front."""
    half = ways.clear_width_mm / 2
    if ways.reached.distance(wished) <= 1.0:
        return _onto(ways.reached, wished)
    front = shapely.Point(before_front(item, 10.0))
    found = nearest_points(ways.reached, front)[0]
    line = LineString([front, found])
    if line.length > half + REACH_MM or not (ways.floor.covers(line) or ways.grown(1.0).covers(line)):
        return None
    return found.x, found.y


def _onto(area: BaseGeometry, point: BaseGeometry) -> tuple[float, float]:
    found = point if area.covers(point) else nearest_points(area, point)[0]
    return found.x, found.y


def door_point(ways: Ways, door: Door) -> tuple[float, float] | None:
    """The middle of a public door, when the walkable floor comes to it."""
    middle = shapely.Point(door_middle(door))
    if ways.reached.is_empty or ways.reached.distance(middle) > 50.0:
        return None
    return _onto(ways.reached, middle)


def inner_door_point(ways: Ways, door: Door) -> tuple[float, float] | None:
    """Where a visitor stands before a door within the building (a lift's), joined to an entrance; None without such a place."""
    middle = shapely.Point(door_middle(door))
    if ways.reached.is_empty or ways.reached.distance(middle) > ways.clear_width_mm / 2 + REACH_MM:
        return None
    found = nearest_points(ways.reached, middle)[0]
    return (found.x, found.y) if ways.grown(50.0).covers(LineString([middle, found])) else None


def stop_items(layout: LevelLayout) -> dict[str, tuple[Item, ...]]:
    """The items at which visitors stop, under their module's id (an item of no module: under its own)."""
    found: dict[str, list[Item]] = {}
    for item in layout.items:
        if item.kind not in NO_STOP:
            found.setdefault(item.bank or item.id, []).append(item)
    return {module: tuple(items) for module, items in found.items()}


def stop_point(ways: Ways, items: Sequence[Item]) -> tuple[float, float] | None:
    """Where visitors of a module stand: before the reachable front nearest to the middle of all its fronts."""
    fronts = [before_front(i, ways.clear_width_mm / 2) for i in items]
    middle = (sum(x for x, _ in fronts) / len(fronts), sum(y for _, y in fronts) / len(fronts))
    order = sorted(range(len(items)), key=lambda k: (math.dist(fronts[k], middle), items[k].id))
    return next((p for k in order if (p := standing_point(ways, items[k])) is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWalks:
    """All doors and stops that can be reached, with the shortest walks between them."""

    ways: Ways
    points: dict[str, tuple[float, float]]
    index: dict[str, int]
    walks: Walks

    def left(self) -> Looked:
        """What the walks after a change ask these for."""
        return self.walks.looked

    def length_mm(self, start: str, end: str) -> float:
        """Length of the shortest walk; inf when either is not reached."""
        if start not in self.index or end not in self.index:
            return math.inf
        return self.walks.length(self.index[start], self.index[end])

    def walk_from(self, names: Iterable[str]) -> None:
        """Look for the walks from these places at once."""
        self.walks.walk_from([self.index[n] for n in names if n in self.index])

    def line(self, start: str, end: str) -> tuple[tuple[float, float], ...]:
        return self.walks.line(self.index[start], self.index[end])


def stop_walks(ways: Ways, layout: LevelLayout, stops: Iterable[str], *, earlier: Looked | None = None) -> StopWalks:
    """Shortest walks between the public doors and the given stops, modules or inner doors (of lifts). `earlier`: what was seen
    on the ways before the change."""
    modules = stop_items(layout)
    points: dict[str, tuple[float, float]] = {}
    for door in doors_of_use(ways.level, PUBLIC_DOORS):
        if (point := door_point(ways, door)) is not None:
            points[door.id] = point
    inner = {d.id: d for d in ways.level.doors if d.use not in PUBLIC_DOORS}
    for stop in dict.fromkeys(stops):
        if stop in modules:
            point = stop_point(ways, modules[stop])
        else:
            point = inner_door_point(ways, inner[stop]) if stop in inner else None
        if point is not None:
            points[stop] = point
    index = {name: k for k, name in enumerate(points)}
    walks = shortest_walks(ways.graph, list(points.values()), earlier=earlier, changed=ways.reaches())
    return StopWalks(ways=ways, points=points, index=index, walks=walks)


def walked_to(flows: Iterable[Flow]) -> tuple[str, ...]:
    """All that visitors walk to or from, the doors that their flows name among it."""
    return tuple(dict.fromkeys(s for f in flows for s in (*f.stops, f.enters, f.leaves) if s))


def nearest_door(walks: StopWalks, uses: tuple[str, ...], stop: str) -> str | None:
    """The reachable door of a use with the shortest walk to a stop."""
    doors = [d.id for d in doors_of_use(walks.ways.level, uses) if math.isfinite(walks.length_mm(d.id, stop))]
    return min(doors, key=lambda d: (walks.length_mm(d, stop), d), default=None)


def itinerary(walks: StopWalks, flow: Flow) -> tuple[str, ...]:
    """Entrance, stops in order, exit: the doors that the flow names, else the nearest. Stops out of reach are left out."""
    stops = [s for s in flow.stops if s in walks.index]
    if not stops:
        return ()
    entrance = flow.enters if flow.enters in walks.index else nearest_door(walks, ENTRANCE_USES, stops[0])
    leave = flow.leaves if flow.leaves in walks.index else nearest_door(walks, EXIT_USES, stops[-1])
    return tuple(s for s in (entrance, *stops, leave) if s is not None)


def legs_of(walks: StopWalks, flows: Iterable[Flow]) -> dict[tuple[str, str], int]:
    """Visitors per day on every leg from one place to the next."""
    flows = list(flows)
    walks.walk_from(_one_end_of_each(walks, flows))
    legs: dict[tuple[str, str], int] = {}
    for flow in flows:
        for a, b in pairwise(itinerary(walks, flow)):
            if a != b and math.isfinite(walks.length_mm(a, b)):
                legs[a, b] = legs.get((a, b), 0) + flow.visitors_per_day
    return legs


def _one_end_of_each(walks: StopWalks, flows: Iterable[Flow]) -> tuple[str, ...]:
    """Few places of which every leg has one at an end: the public doors, then always that with most legs left."""
    doors = tuple(d.id for d in doors_of_use(walks.ways.level, PUBLIC_DOORS))
    return _ends_of_all(doors, tuple(tuple(s for s in (f.enters, *f.stops, f.leaves) if s in walks.index) for f in flows))


@lru_cache(maxsize=64)
def _ends_of_all(doors: tuple[str, ...], chains: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    chosen = list(doors)
    left = {leg for chain in chains for leg in pairwise(chain) if not {*leg} & {*chosen}}
    while left:
        count = Counter(end for leg in left for end in leg)
        chosen.append(max(count, key=lambda end: (count[end], end)))
        left = {leg for leg in left if chosen[-1] not in leg}
    return tuple(chosen)


def _rounded(point: tuple[float, float]) -> Point:
    return round(point[0]), round(point[1])


def _whole(line: Sequence[tuple[float, float]]) -> tuple[Point, ...]:
    points: list[Point] = [(x, y) for x, y in np.rint(np.asarray(line)).astype(np.int64).tolist()]
    return tuple(p for k, p in enumerate(points) if k == 0 or p != points[k - 1])


def routes_of(walks: StopWalks, gaps: Gaps, legs: Mapping[tuple[str, str], int]) -> tuple[Route, ...]:
    """The walks as routes. With nothing on both its sides a walk's clear width is the floor's own extent."""
    lines = [walks.line(a, b) for a, b in legs]
    pinches = narrowest_of(gaps, lines)
    low_x, low_y, high_x, high_y = walks.ways.floor.bounds
    extent = min(high_x - low_x, high_y - low_y)
    return tuple(
        Route(
            from_id=start,
            to_id=end,
            visitors_per_day=visitors,
            centreline=walks.ways.whole(line),
            length_mm=round(walks.length_mm(start, end)),
            clear_width_mm=round(pinch.width_mm if pinch else extent),
            narrowest=_rounded(pinch.where if pinch else line[0]),
        )
        for ((start, end), visitors), line, pinch in zip(legs.items(), lines, pinches)
    )


def routes_on(walks: StopWalks, flows: Iterable[Flow], gaps: Gaps | None = None) -> tuple[Route, ...]:
    """One route for each leg that visitors walk, in the order of the flows."""
    touched = walks.ways.touched()
    if touched.is_empty:
        return ()
    gaps = gaps or find_gaps(touched, but_at=walks.ways.outside.buffer(15))
    return routes_of(walks, gaps, legs_of(walks, flows))


def find_routes(level: Level, layout: LevelLayout, flows: Sequence[Flow], *, clear_width_mm: int) -> tuple[Route, ...]:
    """Shortest walks at `clear_width_mm` between consecutive stops: entrance -> stops -> exit, visitors summed per leg.

    A leg that cannot be walked gives no route; the access check names what cannot be reached.
    """
    ways = public_ways(level, layout, clear_width_mm=clear_width_mm)
    walks = stop_walks(ways, layout, walked_to(flows))
    return routes_on(walks, flows)
