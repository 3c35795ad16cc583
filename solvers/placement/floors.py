"""Which floor is the public's and which the staff's, and what belongs to neither."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.geometry import parts, ring_shapes, with_holes_about
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level
from layouts.programme import LayoutRules
from solvers.placement.barriers import NOTHING, barriers_between
from solvers.placement.baselines import Arc, Wall
from solvers.placement.blind import BESIDE_SEATS_MM, POCKET_GRACE_MM, blind_pockets, idle_slots
from solvers.placement.evened import evened
from solvers.placement.floor_parts import SPECK_MM2, SPLINTER_MM, needs_a_back, ring_of, shapes_of, solid_only
from solvers.placement.leaves import door_leaves
from solvers.placement.raster import floor_polygon
from solvers.placement.staff_corridor import corridor
from solvers.placement.tips import tips_of

AT_DOOR_MM = 500
BESIDE_MM = 10.0  # what stands farther from a floor is not beside it
THREAD_MM = 200  # shorter ones are corners
ABOUT_MM = 1000  # so far round a pocket staff floor beside it is looked for
SLOT_ALONG = 0.3  # of its edge lies along the pocket: one long side
ISLET_MM2 = 1_000_000  # cut-off floor up to this is not worth a partition


@dataclass(frozen=True, slots=True)
class Floors:
    """Public and staff floor, and the items that keep them apart."""

    public: BaseGeometry
    staff: BaseGeometry
    barriers: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """Staff and public floor before any pocket is closed off at will: `floor` all of it, `voids` what belongs to neither,
    `leaves` what doors of the building swing over."""

    floor: BaseGeometry
    public: BaseGeometry
    staff: BaseGeometry
    voids: tuple[Polygon, ...]
    leaves: BaseGeometry = NOTHING


def divide(
    level: Level, walls: tuple[Wall, ...], arcs: tuple[Arc, ...], ends: tuple[tuple[str, int, int], ...],
    solids: tuple[Item, ...], staff_parts: tuple[BaseGeometry, ...], inside_hall: Point, rules: LayoutRules,
    bays: tuple[Item, ...] = (), open_rooms: tuple[Item, ...] = (),
) -> Floors:  # fmt: skip
    """Staff floor is the corridors over the arcs and the parts behind counters; the public's is what the hall connects.

    Pockets that only staff can enter become staff floor; pockets that nobody can enter are left out of both.
    """
    parted = part_floor(level, walls, arcs, ends, solids, staff_parts, inside_hall, rules, bays)
    return floors_of(parted, solids, inside_hall, rules, open_rooms)


def part_floor(
    level: Level, walls: tuple[Wall, ...], arcs: tuple[Arc, ...], ends: tuple[tuple[str, int, int], ...],
    solids: tuple[Item, ...], staff_parts: tuple[BaseGeometry, ...], inside_hall: Point, rules: LayoutRules,
    bays: tuple[Item, ...] = (), fronts: tuple[BaseGeometry, ...] = (), aisle: BaseGeometry = NOTHING,
) -> Parted:  # fmt: skip
    """The first half of `divide`, which is the same whatever else is closed off. `fronts`: floor that visitors stand on before
    rooms; a corridor along a slanted wall, whose places are whole decimetres, ends some millimetres before it at the most.
    `aisle`: the main one, which nothing is closed across."""
    floor = floor_polygon(level)
    columns = shapely.union_all(ring_shapes([c.outline for c in level.columns])) if level.columns else Polygon()
    blocked = shapely.union_all(shapes_of(solids)) if solids else Polygon()
    corridors = [corridor(floor, walls, arc, a, b, rules) for arc, (_, a, b) in zip(arcs, ends)]
    kept = shapely.union_all(fronts) if fronts else Polygon()
    staff = shapely.union_all([shapely.union_all(corridors).difference(kept), *staff_parts])
    staff = staff.intersection(floor).difference(blocked).difference(columns)
    rest = floor.difference(staff).difference(blocked).difference(columns)
    public: BaseGeometry = Polygon()
    for part in parts(rest):
        if part.distance(inside_hall) < 1:
            public = part
        elif part.area > SPECK_MM2 and part.buffer(2).intersection(staff).area > 2 * 2 * 100:
            staff = staff.union(part)
    for found in idle_slots(public, staff, (*solids, *bays), rules.clear_width_mm):
        pocket = _to_its_walls(found, public)
        staff, public = staff.union(pocket), public.difference(pocket)
    blind = blind_pockets(level, public, (*solids, *bays), rules.clear_width_mm)
    parted = close_off(Parted(floor, public, staff, (), door_leaves(level, floor)), blind, rules)
    parted = close_off(parted, tips_of(level, parted.public, (*solids, *bays), rules.clear_width_mm, aisle), rules)
    return _cut_off(parted, level, inside_hall)


def _cut_off(parted: Parted, level: Level, inside_hall: Point) -> Parted:
    """Floor that pockets cut off from the hall is the staff's about it, however large: visitors come there by no door."""
    ways = [LineString([d.p, d.q]) for d in level.doors if d.use in (*ENTRANCE_USES, *EXIT_USES)]
    beside = parted.staff.buffer(2, join_style="mitre")
    lost = [
        p for p in parts(parted.public)
        if p.distance(inside_hall) >= 1 and p.intersection(beside).area > 400 and all(p.distance(w) > AT_DOOR_MM for w in ways)
    ]  # fmt: skip
    if not lost:
        return parted
    gone = shapely.union_all(lost)
    return replace(parted, public=parted.public.difference(gone), staff=parted.staff.union(gone))


def close_off(parted: Parted, pockets: Iterable[Polygon], rules: LayoutRules) -> Parted:
    """Pockets walled up: the staff's where a corridor of theirs borders them, else nobody's."""
    public, staff, voids = parted.public, parted.staff, list(parted.voids)
    for found in pockets:
        pocket = _to_its_walls(found, public)
        if pocket.is_empty:
            continue
        public = public.difference(pocket)
        beside = _near(staff, pocket).buffer(2, join_style="mitre")
        if pocket.exterior.intersection(beside).length >= rules.staff_corridor_mm - 10:
            staff = staff.union(pocket)
        else:
            voids.append(pocket)
    return replace(parted, public=public, staff=staff, voids=tuple(voids))


def floors_of(
    parted: Parted, solids: tuple[Item, ...], inside_hall: Point, rules: LayoutRules, open_rooms: tuple[Item, ...] = (),
    closed_off: tuple[Polygon, ...] = (),
) -> Floors:  # fmt: skip
    """The second half of `divide`: with these pockets `closed_off`, and partitions between what is staff's and public."""
    parted = close_off(parted, [with_slots(p, parted.public, solids, rules.clear_width_mm) for p in closed_off], rules)
    public, staff = without_islets(parted.public, parted.staff, inside_hall)
    staff = solid_only(staff.buffer(1, join_style="mitre").buffer(-1, join_style="mitre").intersection(parted.floor))
    theirs = [z.polygon for i in solids for z in i.clear_zones if z.use == "staff"] + [r.polygon for r in open_rooms]
    public, staff = evened(public, staff, theirs)
    others = np.asarray(shapes_of(i for i in solids if needs_a_back(i)), dtype=object)
    others = others[shapely.dwithin(staff, others, BESIDE_MM)]
    fronts = shapely.union_all(ring_shapes([z.polygon for i in solids for z in i.clear_zones if z.use != "staff"]))
    beside, edge = shapely.union_all([public, *others]), parted.floor.boundary
    barriers = barriers_between(beside, staff, open_rooms, edge, parted.leaves, fronts)
    cut = shapely.union_all(shapes_of(barriers)) if barriers else Polygon()
    closed = tuple(_void(v, k) for k, v in enumerate(parted.voids, start=1))
    return Floors(
        solid_only(public.difference(staff).difference(cut)), solid_only(staff.difference(cut)), (*barriers, *closed)
    )


def with_slots(pocket: Polygon, public: BaseGeometry, solids: tuple[Item, ...], clear_mm: int) -> Polygon:
    """A pocket with the slots that a wall before it would leave along it, too narrow for an accessible way and before nobody's
    front: the floor between it and a room beside it led nowhere but to the staff's gate."""
    left, low, right, high = pocket.bounds
    reach = 3 * clear_mm
    near = public.intersection(box(left - reach, low - reach, right + reach, high + reach)).difference(pocket)
    half = clear_mm / 2 - POCKET_GRACE_MM
    roomy = near.buffer(-half, join_style="mitre").buffer(half + 1, join_style="mitre")
    zones = ring_shapes([z.polygon for i in solids for z in i.clear_zones if z.use != "staff"])
    seats = [s.buffer(BESIDE_SEATS_MM) for s in shapes_of(i for i in solids if i.kind == "seat")]
    beside = pocket.buffer(2, join_style="mitre")
    kept = shapely.STRtree([*zones, *seats])
    slots = [
        s for s in parts(near.difference(roomy).intersection(pocket.buffer(clear_mm, join_style="mitre")))
        if s.area > SPECK_MM2
        and s.exterior.intersection(beside).length > SLOT_ALONG * s.exterior.length
        and not any(s.intersection(kept.geometries[k]).area > SPECK_MM2 / 4 for k in kept.query(s))
    ]  # fmt: skip
    whole = shapely.union_all([pocket, *slots]).buffer(1, join_style="mitre").buffer(-1, join_style="mitre")
    return max(parts(whole), key=lambda part: part.area)


def without_islets(public: BaseGeometry, staff: BaseGeometry, inside_hall: Point) -> tuple[BaseGeometry, BaseGeometry]:
    """Specks of public floor that pockets cut off from the hall go to the staff about them, instead of being fenced in, and
    splinters along a wall that is not quite straight are nobody's: a partition before one would close the staff's door."""
    beside = staff.buffer(2, join_style="mitre")
    threads = _threads(public, beside)
    public = public.difference(shapely.union_all(threads)) if threads else public
    splinters = [p for p in parts(public) if p.distance(inside_hall) >= 1 and p.buffer(-SPLINTER_MM / 2).is_empty]
    public = public.difference(shapely.union_all(splinters)) if splinters else public
    islets = [
        p for p in parts(public) if p.area < ISLET_MM2 and p.distance(inside_hall) >= 1 and p.intersection(beside).area > 400
    ]  # fmt: skip
    return (public.difference(shapely.union_all(islets)), staff.union(shapely.union_all(islets))) if islets else (public, staff)


def _threads(public: BaseGeometry, beside: BaseGeometry) -> list[Polygon]:
    """The same splinters where they hang on to the hall's floor by one end, like a thread between a wall and staff floor."""
    thick = public.buffer(-SPLINTER_MM / 2, join_style="mitre").buffer(SPLINTER_MM / 2 + 0.1, join_style="mitre")
    thin = parts(public.difference(thick))
    return [p for p in thin if p.length > 2 * THREAD_MM and p.intersection(beside).area > p.area / 2]


def _to_its_walls(pocket: Polygon, public: BaseGeometry) -> Polygon:
    """A pocket with the splinters of public floor between it and the walls, which would want a partition of their own.
    Empty where a pocket before it, with its splinters, took all of it."""
    about = with_holes_about(public, pocket.bounds, ABOUT_MM)
    rest = about.difference(pocket)
    whole = rest.buffer(-SPLINTER_MM, join_style="mitre").buffer(SPLINTER_MM + 0.1, join_style="mitre")
    splinters = rest.difference(whole).intersection(pocket.buffer(2 * SPLINTER_MM, join_style="mitre"))
    grown = shapely.union_all([pocket, splinters]).buffer(1, join_style="mitre").buffer(-1, join_style="mitre")
    return max(parts(grown.intersection(about)), key=lambda part: part.area, default=Polygon())


def _near(floor: BaseGeometry, pocket: Polygon) -> BaseGeometry:
    """The floor about a pocket: what lies farther off tells nothing of it."""
    left, low, right, high = pocket.bounds
    return floor.intersection(box(left - ABOUT_MM, low - ABOUT_MM, right + ABOUT_MM, high + ABOUT_MM))


def _void(pocket: Polygon, number: int) -> Item:
    """A pocket closed off: a solid of its own shape, snapped to whole millimetres as a whole."""
    ring = ring_of(orient(max(parts(shapely.set_precision(pocket, 1.0)), key=lambda p: p.area)).exterior)
    return Item(id=f"V{number:03d}", kind="void", polygon=ring, insert_mm=ring[0], rotation_deg=0.0)
