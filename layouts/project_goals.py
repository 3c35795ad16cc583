"""What projects ask for beside straight ways, each measured on the drawn layout by one function.

comfort      floor for each seat, aisles wider than they must be, daylight, desks in sight, seats on their desks' side
cost         new walls, standing walls taken away, rooms used as they stand
integrity    how far the counters that take money stand from those that decide
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import shapely
from shapely.geometry import LineString

from layouts.geometry import before_front, polygon_shape, ring_shape, union
from layouts.layout import Item, LevelLayout
from layouts.plan import Level
from layouts.programme import Programme
from layouts.views import blocks_sight, seen_share
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
    new_walls_m: float
    removed_walls_m: float
    rooms_kept: int
    cash_apart_m: float | None

    def told(self) -> dict[str, float | int | None]:
        return asdict(self)


def measure_goals(level: Level, layout: LevelLayout, programme: Programme) -> ProjectGoals:
    """All of them for one level; its routes must have been walked."""
    sight, side = seats_and_desks(level, layout, programme)
    return ProjectGoals(
        floor_per_seat_m2=floor_per_seat_m2(layout),
        aisle_surplus_mm=aisle_surplus_mm(layout, programme.rules.clear_width_mm),
        daylight_share=daylight_share(level, layout),
        desk_in_sight_share=sight,
        same_side_share=side,
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


def new_walls_m(level: Level, layout: LevelLayout, programme: Programme) -> float:
    """Metres of partitions, and of the sides of rooms that are not the building's own walls; rooms that stand have none."""
    own = ring_shape(level.outline).exterior.buffer(ON_WALL_MM)
    rooms = {r.id for r in programme.rooms}
    total = 0.0
    for item in layout.items:
        if item.kind == "partition":
            x0, y0, x1, y1 = ring_shape(item.polygon).bounds
            total += max(x1 - x0, y1 - y0)
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
