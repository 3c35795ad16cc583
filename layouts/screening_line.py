"""Where screening crosses the floor: the shortest line of gates and screens that parts the entrance from all that is served.

The gates stand at that end of the table which visitors come to last, arch first, bypass beside it, on the main aisle. From
there a screen goes on across the floor and, where that is shorter, turns to a wall; from the table's back another does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.catalogue import fittings
from layouts.geometry import depth_behind_front_mm, door_middle, parts, ring_shape, towards_public, union
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, Level, Ring, doors_of_use
from layouts.screening import (
    ARCH,
    ARCH_MM,
    BEFORE_LIFT_MM,
    BYPASS,
    LEAST_BYPASS_MM,
    SCREEN,
    SCREEN_MM,
    SLIP_MM,
    TABLE,
    before,
    unscreened,
)
from layouts.walkable import building_solids

LANDING_MM = 1525  # free floor on both sides of the bypass, as at a door that is pulled (ADA 404.2.4.1)
AT_DOOR_MM = 1525  # before a public door no screen stands
BESIDE_DOOR_MM = 150
STEP_MM = 200
LONGEST_MM = 15_000.0  # a longer screen is no light one any more
LEGS, TRIED = 12, 48  # ends looked at on either side, and pairs of them
LINES = 400
ASKEW, SQUARE_MM = 1.4, 5.0  # what a screen that is square to nothing counts for
FAST = ("room_public", "room_staff", "partition")  # what a screen may end at
GRACE_MM = 2.0
Xy = tuple[float, float]
Start = tuple[Xy, float, tuple[Polygon, ...]]  # where a screen begins, how much of it stands before that, and that


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The table's frame: `corner` at the front of its last end, `on` the way visitors go, `out` towards them, and its size."""

    corner: Xy
    on: Xy
    out: Xy
    length: float
    depth: float

    def at(self, x: float, y: float) -> Xy:
        """The place x mm farther on than the corner and y mm farther out."""
        return self.corner[0] + self.on[0] * x + self.out[0] * y, self.corner[1] + self.on[1] * x + self.out[1] * y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Ring:
        corners = (self.at(x0, y0), self.at(x1, y0), self.at(x1, y1), self.at(x0, y1))
        ring = tuple((round(x), round(y)) for x, y in corners)
        return ring if Polygon(ring).exterior.is_ccw else ring[::-1]

    def item(self, kind: str, name: str, ring: Ring, y0: float, y1: float) -> Item:
        """A piece of the line across, its front towards those who come."""
        x, y = self.at(0, (y0 + y1) / 2)
        turn = round(math.degrees(math.atan2(-self.on[0], self.on[1])) % 360, 3)
        return Item(
            id=name, kind=kind, polygon=ring, insert_mm=(round(x), round(y)), rotation_deg=turn, solid=kind == SCREEN,
            accessible=kind == BYPASS,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The floor that the line crosses. `free`: where a screen may stand; `firm`: what one may end at, `sides`: its
    edges along the floor."""

    public: BaseGeometry
    free: BaseGeometry
    firm: BaseGeometry
    sides: tuple[LineString, ...]
    middles: BaseGeometry
    doors: tuple[Xy, ...]
    served: BaseGeometry


@dataclass(frozen=True, slots=True)
class Leg:
    """Screens from the gates or the table to a wall."""

    length: float
    pieces: tuple[Polygon, ...]


def screening(
    level: Level, items: Sequence[Item], public: BaseGeometry, *, clear_mm: int, also: Sequence[Xy] = ()
) -> tuple[Item, ...]:
    """Gates and screens; nothing where no line of screens is clean. `clear_mm`: the width of routes, at least that of the
    bypass; `also`: places beyond it to which visitors go, such as lifts."""
    tables, doors = [i for i in items if i.kind == TABLE], doors_of_use(level, ENTRANCE_USES)
    if not tables or not doors:
        return ()
    stand = _stand(tables, [door_middle(d) for d in doors])
    wide = max(LEAST_BYPASS_MM, clear_mm)
    gates, end = _gates(stand, len(tables), wide)
    site, landings = _site(level, items, public, also), _landings(stand, end, wide)
    floor = public.buffer(GRACE_MM, join_style="mitre")
    if not all(site.free.covers(g) for g in gates) or not all(floor.covers(ground) for ground in landings):
        return ()
    site = replace(site, free=site.free.difference(union(g.buffer(-GRACE_MM) for g in landings)))
    closed = [*gates, *(ring_shape(i.polygon) for i in tables)]
    out = list(islice(_legs(site, _across(stand, site, end), stand.on), LEGS))
    back = list(islice(_legs(site, _behind(stand), stand.on), LEGS))
    if site.firm.intersects(union(ring_shape(i.polygon) for i in tables)):
        back.insert(0, Leg(0.0, ()))
    pairs = sorted(((o, b) for o in out for b in back), key=lambda p: p[0].length + p[1].length)
    for one, other in pairs[:TRIED]:
        screens = (*one.pieces, *other.pieces)
        if _parts_them(site, (*closed, *screens)):
            return _items(stand, gates, len(tables), wide, end, screens)
    return ()


def _stand(tables: Sequence[Item], doors: Sequence[Xy]) -> Stand:
    """The frame of tables that stand side by side; their last end is the one farther from the doors."""
    lead = tables[0]
    out = towards_public(lead)
    along = (-out[1], out[0])
    x0, y0 = lead.insert_mm
    us = [(x - x0) * along[0] + (y - y0) * along[1] for t in tables for x, y in t.polygon]
    ends = [((x0 + along[0] * u, y0 + along[1] * u), s) for u, s in ((min(us), -1.0), (max(us), 1.0))]
    corner, sign = max(ends, key=lambda e: min(math.dist(e[0], d) for d in doors))
    return Stand(
        corner=corner, on=(along[0] * sign, along[1] * sign), out=out, length=max(us) - min(us),
        depth=depth_behind_front_mm(lead),
    )  # fmt: skip


def _gates(stand: Stand, lanes: int, wide: int) -> tuple[list[BaseGeometry], float]:
    """The openings side by side with the posts between them, and where the last post begins."""
    low = SCREEN_MM + lanes * (ARCH_MM + SCREEN_MM)
    return [ring_shape(stand.box(0, 0, SCREEN_MM, low + wide))], low + wide


def _site(level: Level, items: Sequence[Item], public: BaseGeometry, also: Sequence[Xy]) -> Site:
    outside = union([_outside(level), building_solids(level)])
    known = fittings()
    fast = [ring_shape(i.polygon) for i in items if i.kind in known and known[i.kind].category in FAST and i.solid]
    counters = [ring_shape(i.polygon) for i in items if i.kind in known and known[i.kind].category == "counter"]
    firm = _joined_to(_outside(level), union([outside, *fast, *counters]))
    kept = [ring_shape(z.polygon) for i in items for z in i.clear_zones if z.use != "staff" and not _own_front(i, z.use)]
    kept += [ring_shape(i.polygon) for i in items if i.kind == "wheelchair_bay"]
    kept += [_step(d.p, d.q) for d in level.doors]
    free = public.difference(union(kept)).buffer(GRACE_MM, join_style="mitre")
    shapely.prepare(free)
    served = [*before(items), *(shapely.Point(p).buffer(BEFORE_LIFT_MM) for p in also)]
    doors = tuple(door_middle(d) for d in doors_of_use(level, ENTRANCE_USES))
    return Site(
        public=public, free=free, firm=firm, sides=tuple(_sides(public, firm)), middles=public.buffer(-SLIP_MM / 2 + GRACE_MM),
        doors=doors, served=shapely.union_all(served),
    )  # fmt: skip


def _own_front(item: Item, use: str) -> bool:
    return item.kind == TABLE and use == "front"


def _step(p: Xy, q: Xy) -> BaseGeometry:
    """The floor at a door, on both sides of it and a little beside."""
    opening = LineString([p, q])
    reach = 1 + 2 * BESIDE_DOOR_MM / max(opening.length, 1.0)
    return shapely.affinity.scale(opening, reach, reach).buffer(AT_DOOR_MM, cap_style="flat")


def _outside(level: Level) -> BaseGeometry:
    hall = ring_shape(level.outline)
    return hall.buffer(1000, join_style="mitre").difference(hall)


def _joined_to(outside: BaseGeometry, solids: BaseGeometry) -> BaseGeometry:
    """The solids that stand against the building, one against the other: a screen to a lonely column parts nothing."""
    grown = solids.buffer(SCREEN_MM / 2, join_style="mitre")
    return union(p for p in parts(grown) if p.intersects(outside))


def _sides(public: BaseGeometry, firm: BaseGeometry) -> Iterator[LineString]:
    """The edges of the floor along what is firm."""
    shapely.prepare(firm)
    for part in parts(public):
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring)
            edges = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
            middles = shapely.line_interpolate_point(edges, 0.5, normalized=True)
            yield from edges[shapely.covers(firm, middles) & (shapely.length(edges) > SCREEN_MM)]


def _landings(stand: Stand, end: float, wide: int) -> tuple[BaseGeometry, ...]:
    """Floor to manoeuvre on both sides of the bypass, and to walk on from the arches."""
    low = end - wide
    boxes = (stand.box(-LANDING_MM, low, LANDING_MM + SCREEN_MM, end), stand.box(-LANDING_MM, 0, LANDING_MM, low))
    return tuple(ring_shape(ring) for ring in boxes)


def _across(stand: Stand, site: Site, end: float) -> Iterator[Start]:
    """From where a screen may turn, with what of it stands already: farther and farther from the bypass while that is free."""
    y = end + SCREEN_MM
    while y - end < LONGEST_MM:
        slab = Polygon(stand.box(0, end, SCREEN_MM, y))
        if not site.free.covers(slab):
            return
        yield stand.at(SCREEN_MM / 2, y - SCREEN_MM / 2), y - end, (slab,)
        y += STEP_MM


def _behind(stand: Stand) -> Iterator[Start]:
    """From places along the table's back and ends."""
    inner = SCREEN_MM / 2
    steps = max(1, round(stand.length / STEP_MM))
    for k in range(steps + 1):
        x = -inner - (stand.length - 2 * inner) * k / steps
        yield stand.at(x, -stand.depth + inner), 0.0, ()
    for x in (-inner, -stand.length + inner):
        yield stand.at(x, -stand.depth / 2), 0.0, ()


def _legs(site: Site, starts: Iterable[Start], on: Xy) -> Iterator[Leg]:
    """The shortest ways to walls, one to each."""
    begun = list(starts)
    if not begun or not site.sides:
        return
    points = shapely.points([p for p, _, _ in begun])
    sides = np.asarray(site.sides, dtype=object)
    lines = shapely.shortest_line(points[:, None], sides[None, :])
    cost = shapely.length(lines) * _askew(lines, on) + np.asarray([c for _, c, _ in begun])[:, None]
    nearest = np.argsort(cost, axis=None, kind="stable")[:LINES]
    free = shapely.covers(site.free, _inner(lines.ravel()[nearest]))
    met: set[int] = set()
    for flat in nearest[free].tolist():
        k, side = divmod(flat, len(sides))
        if side not in met and cost[k, side] <= LONGEST_MM and (piece := _piece(site, lines[k, side])) is not None:
            met.add(side)
            yield Leg(float(cost[k, side]), (*begun[k][2], *piece))


def _askew(lines: npt.NDArray[np.object_], on: Xy) -> npt.NDArray[np.float64]:
    """What a line counts for: more where it is square to nothing."""
    ends = shapely.get_coordinates(lines.ravel()).reshape(-1, 2, 2)
    way = np.abs((ends[:, 1] - ends[:, 0]) @ np.asarray([on, (-on[1], on[0])]).T)
    found: npt.NDArray[np.float64] = np.where(way.min(axis=1) > SQUARE_MM, ASKEW, 1.0).reshape(lines.shape)
    return found


def _inner(lines: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """The lines without their ends, which lie in what they join."""
    ends, long = shapely.get_coordinates(lines).reshape(-1, 2, 2), np.maximum(shapely.length(lines), 1e-9)
    share = np.minimum(0.5, (SCREEN_MM / 2 + GRACE_MM) / long)[:, None]
    way = ends[:, 1] - ends[:, 0]
    found: npt.NDArray[np.object_] = shapely.linestrings(np.stack([ends[:, 0] + share * way, ends[:, 1] - share * way], axis=1))
    return found


def _piece(site: Site, line: LineString) -> tuple[Polygon, ...] | None:
    """The screen along a line to a wall; nothing to build where that is there already, None where it cannot stand."""
    if line.length <= SCREEN_MM:
        return ()
    body = line.buffer(SCREEN_MM / 2, cap_style="flat").intersection(site.public)
    found = max(parts(body), key=lambda p: p.area, default=Polygon())
    return (found,) if not found.is_empty and site.free.covers(found) else None


def _parts_them(site: Site, closed: Sequence[BaseGeometry]) -> bool:
    """Does nobody come from a door to anything that is served?"""
    grown = union(c.buffer(SLIP_MM / 2, join_style="mitre") for c in closed)
    return not unscreened(site.middles.difference(grown), (), site.doors).intersects(site.served)


def _items(
    stand: Stand, gates: Sequence[BaseGeometry], lanes: int, wide: int, end: float, screens: Sequence[Polygon]
) -> tuple[Item, ...]:
    found, y = [], 0.0
    posts: list[Ring] = []
    for lane in range(1, lanes + 1):
        posts.append(stand.box(0, y, SCREEN_MM, y + SCREEN_MM))
        y += SCREEN_MM
        found.append(stand.item(ARCH, f"SA{lane:02d}", stand.box(0, y, SCREEN_MM, y + ARCH_MM), y, y + ARCH_MM))
        y += ARCH_MM
    posts.append(stand.box(0, y, SCREEN_MM, y + SCREEN_MM))
    found.append(stand.item(BYPASS, "SB01", stand.box(0, end - wide, SCREEN_MM, end), end - wide, end))
    return (*found, *_bodies(posts, screens))


def _bodies(posts: Sequence[Ring], screens: Sequence[Polygon]) -> Iterator[Item]:
    """Posts and screens, none on another's ground."""
    taken: BaseGeometry = Polygon()
    for number, shape in enumerate((*map(ring_shape, posts), *screens), start=1):
        rest = max(parts(shape.difference(taken)), key=lambda p: p.area, default=Polygon())
        taken = taken.union(shape)
        if rest.area > SCREEN_MM:
            yield _body(f"SC{number:02d}", rest)


def _body(name: str, shape: Polygon) -> Item:
    """A screen with its long edge as its front, in whole millimetres."""
    whole = max(parts(shapely.set_precision(shape, 1.0)), key=lambda p: p.area)
    points = [(round(x), round(y)) for x, y in shapely.get_coordinates(orient(whole).exterior)[:-1].tolist()]
    edges = list(zip(points, points[1:] + points[:1]))
    (ax, ay), (bx, by) = max(edges, key=lambda e: (math.dist(*e), e))
    return Item(
        id=name, kind=SCREEN, polygon=tuple(points), insert_mm=(round((ax + bx) / 2), round((ay + by) / 2)),
        rotation_deg=round(math.degrees(math.atan2(by - ay, bx - ax)) % 360, 3),
    )  # fmt: skip
