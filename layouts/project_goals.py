"""What projects ask for beside straight ways, each measured on the drawn layout by one function.

ways         how often a visit crosses the main aisle
comfort      floor for each seat, aisles wider than they must be, daylight, desks in sight, seats on their desks' side; how much
             of the public floor sees the welcome desk and a call display, how many seats see a display of their bank's
staff        their floor for each position
cost         new walls, standing walls taken away, rooms used as they stand
integrity    how far the counters that take money stand from those that decide
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from itertools import pairwise

import shapely
from shapely.geometry import LineString, Point

from layouts.geometry import before_front, polygon_shape, ring_shape, union
from layouts.layout import Item, LevelLayout
from layouts.plan import Level
from layouts.programme import Programme
from layouts.views import DISPLAY_KINDS, blocks_sight, floor_in_sight, seen_share
from layouts.walkable import level_floor

DAYLIGHT_MM = 6000  # daylight reaches about two and a half times a window's head height of 2.4 m into a room (default)
SURPLUS_MOST_MM = 1500  # what an aisle is wider than this is nobody's comfort
ON_WALL_MM = 60
SEATING = ("seat", "wheelchair_bay")
CASH, DECIDING = ("cashier", "cashier_accessible"), ("counter", "counter_accessible")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectGoals:
    """The measures by name; None where there is nothing to measure."""

    floor_per_seat_m2: float | None
    aisle_surplus_mm: float | None
    daylight_share: float | None
    desk_in_sight_share: float | None
    same_side_share: float | None
    welcome_in_sight_share: float | None
    display_in_sight_share: float | None
    seats_see_display_share: float | None
    side_changes_per_visit: float | None
    staff_floor_per_position_m2: float | None
    new_walls_m: float
    removed_walls_m: float
    rooms_kept: int
    cash_apart_m: float | None

    def told(self) -> dict[str, float | int | None]:
        return asdict(self)


def measure_goals(level: Level, layout: LevelLayout, programme: Programme) -> ProjectGoals:
    """All of them for one level; its routes must have been walked."""
    sight, side = seats_and_desks(level, layout, programme)
    _, welcome, display = floor_in_sight(level, layout)
    return ProjectGoals(
        floor_per_seat_m2=floor_per_seat_m2(layout),
        aisle_surplus_mm=aisle_surplus_mm(layout, programme.rules.clear_width_mm),
        daylight_share=daylight_share(level, layout),
        desk_in_sight_share=sight,
        same_side_share=side,
        welcome_in_sight_share=None if welcome is None else round(welcome, 4),
        display_in_sight_share=None if display is None else round(display, 4),
        seats_see_display_share=seats_see_display_share(level, layout, programme),
        side_changes_per_visit=side_changes_per_visit(layout, programme),
        staff_floor_per_position_m2=staff_floor_per_position_m2(layout, programme),
        new_walls_m=new_walls_m(level, layout, programme),
        removed_walls_m=round(sum(r.length_mm for r in layout.hall.removed) / 1000, 1) if layout.hall is not None else 0.0,
        rooms_kept=sum(i.space is not None for i in layout.items),
        cash_apart_m=cash_apart_m(layout),
    )


def floor_per_seat_m2(layout: LevelLayout) -> float | None:
    """Free public floor / (seats + wheelchair bays): counters, seats and rooms are taken off."""
    seats = sum(i.kind in SEATING for i in layout.items)
    floor = union(polygon_shape(p) for p in layout.public)
    taken = union(ring_shape(i.polygon) for i in layout.items if i.solid)
    return round(float(floor.difference(taken).area) / 1e6 / seats, 2) if seats else None


def aisle_surplus_mm(layout: LevelLayout, required_mm: int) -> float | None:
    """How much wider than required the narrowest place of each route is, meaned over the persons who walk it."""
    walked = [(r.clear_width_mm, r.visitors_per_day) for r in layout.routes]
    persons = sum(n for _, n in walked)
    if not persons:
        return None
    return round(sum(min(max(0, w - required_mm), SURPLUS_MOST_MM) * n for w, n in walked) / persons, 1)


def daylight_share(level: Level, layout: LevelLayout) -> float | None:
    """The share of seats no farther than DAYLIGHT_MM from a window with nothing high in between; None without windows."""
    seats = [ring_shape(i.polygon).centroid for i in layout.items if i.kind in SEATING]
    if not seats or not level.windows:
        return None
    high = union(ring_shape(i.polygon) for i in layout.items if blocks_sight(i))
    sight = level_floor(level).buffer(ON_WALL_MM).difference(high)
    shapely.prepare(sight)
    windows = [LineString([w.p, w.q]) for w in level.windows]
    lit = 0
    for seat in seats:
        rays = (shapely.shortest_line(seat, w) for w in windows)
        lit += any(ray.length <= DAYLIGHT_MM and sight.covers(ray) for ray in rays)
    return round(lit / len(seats), 3)


def seats_and_desks(level: Level, layout: LevelLayout, programme: Programme) -> tuple[float | None, float | None]:
    """The share of seats from which a desk of their bank is seen, and of those on their desks' side of the main aisle."""
    aisle = LineString(layout.spine.centreline) if layout.spine is not None else None
    seats = seen = same_side = 0.0
    for bank in programme.banks:
        own = [i for i in layout.items if i.bank == bank.id]
        desks = [before_front(i, 50.0) for i in own if i.kind not in SEATING]
        places = [ring_shape(i.polygon).centroid.coords[0] for i in own if i.kind == "seat"]
        if not places or not desks:
            continue
        seats += len(places)
        seen += seen_share(level, layout.items, places, desks)[0] * len(places)
        for place in places:
            nearest = min(desks, key=lambda d: math.dist(d, place))
            same_side += aisle is None or not aisle.intersects(LineString([place, nearest]))
    return (round(seen / seats, 4), round(same_side / seats, 4)) if seats else (None, None)


def seats_see_display_share(level: Level, layout: LevelLayout, programme: Programme) -> float | None:
    """The share of seats from which a call display over their own bank is seen."""
    seats = seen = 0.0
    for bank in programme.banks:
        own = [i.bank == bank.id and i.kind == "seat" for i in layout.items]
        places = [ring_shape(i.polygon).centroid.coords[0] for i, is_own in zip(layout.items, own) if is_own]
        shown = [before_front(i, 50.0) for i in layout.items if i.kind in DISPLAY_KINDS and i.id.startswith(f"D-{bank.id}-")]
        seats += len(places)
        seen += seen_share(level, layout.items, places, shown)[0] * len(places) if shown else 0.0
    return round(seen / seats, 4) if seats else None


def side_changes_per_visit(layout: LevelLayout, programme: Programme) -> float | None:
    """How often a visitor goes from one side of the main aisle to the other between two stops, meaned over all visits."""
    if layout.spine is None or len(layout.spine.centreline) < 2:
        return None
    fronts: dict[str, list[tuple[float, float]]] = {}
    for item in layout.items:
        if item.bank is not None and item.kind not in SEATING:
            fronts.setdefault(item.bank, []).append(before_front(item, 50.0))
    left = {
        bank: _is_left(layout.spine.centreline, (sum(x for x, _ in at) / len(at), sum(y for _, y in at) / len(at)))
        for bank, at in fronts.items()
    }  # fmt: skip
    visits = changes = 0
    for flow in programme.flows:
        sides = [left[s] for s in flow.stops if s in left]
        visits += flow.visitors_per_day
        changes += flow.visitors_per_day * sum(a != b for a, b in pairwise(sides))
    return round(changes / visits, 3) if visits else None


def _is_left(line: tuple[tuple[int, int], ...], point: tuple[float, float]) -> bool:
    """Is a point to the left of the nearest piece of the aisle?"""
    a, b = min(pairwise(line), key=lambda piece: LineString(piece).distance(Point(point)))
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0


def staff_floor_per_position_m2(layout: LevelLayout, programme: Programme) -> float | None:
    """Staff floor, with what stands on it, / positions of banks: the less, the more compact the staff's side."""
    positions = sum(b.positions for b in programme.banks)
    floor = sum(polygon_shape(p).area for p in layout.staff)
    return round(float(floor) / 1e6 / positions, 2) if positions else None


def new_walls_m(level: Level, layout: LevelLayout, programme: Programme) -> float:
    """Metres of partitions, and of the sides of rooms that are not the building's own walls; rooms that stand have none."""
    own = ring_shape(level.outline).exterior.buffer(ON_WALL_MM)
    rooms = {r.id for r in programme.rooms}
    total = 0.0
    for item in layout.items:
        if item.kind == "partition":
            total += max(math.dist(a, b) for a, b in pairwise((*item.polygon, item.polygon[0])))
        elif item.bank in rooms and item.solid and item.space is None:
            total += ring_shape(item.polygon).exterior.difference(own).length
    return round(total / 1000, 1)


def cash_apart_m(layout: LevelLayout) -> float | None:
    """The least distance between a cashier's counter and one at which is decided; None where one of them is missing."""

    def ground(kinds: tuple[str, ...]) -> list[Item]:
        return [i for i in layout.items if i.kind in kinds]

    cash, deciding = ground(CASH), ground(DECIDING)
    if not cash or not deciding:
        return None
    gap = union(ring_shape(i.polygon) for i in cash).distance(union(ring_shape(i.polygon) for i in deciding))
    return round(float(gap) / 1000, 2)
