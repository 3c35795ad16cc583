"""Which floor is the public's and which the staff's, the partitions between them and the gates in those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, degrees, radians, sin

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from layouts.catalogue import fittings
from layouts.facets import DEEPEST_MM
from layouts.geometry import ring_shapes
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, EXIT_USES, Level
from layouts.plan import Polygon as Area
from layouts.programme import LayoutRules
from solvers.placement.baselines import Arc, Wall
from solvers.placement.modules import dm
from solvers.placement.partition_ends import fitted, ground_of
from solvers.placement.problem import DM
from solvers.placement.raster import floor_polygon

PARTITION_MM = 100
GATE_MM = 1000
BESIDE_DESKS_FREE_MM = 700  # desks of an open office begin beyond a door's swing at one end of it: a gate's middle fits there
POCKET_GRACE_MM = 5.0
BESIDE_SEATS_MM = 500  # people get up and sit down there
LEAST_STAFF_SHARE = 0.25  # of a pocket's edge that borders staff floor
MOST_MOUTH_SHARE = 0.34  # of it that opens to the hall
DESK_ISLANDS = ("reception", "document_check", "security")
BESIDE_DESKS_MM = 1000  # the staff of an island come in there
WIDE_POCKETS_MM = (2400, 2700, 3000)
BESIDE_FRONTS_MM = 500  # doors open and people step aside beside the floor before a front
LEAST_BEYOND_MM2 = 2_000_000
LEAST_POCKET_MM = 300  # slivers are left as they are
BLIND_MM2 = 300_000
CLEARANCE_MM = 2.0
SPLINTER_MM = 4.0
AT_DOOR_MM = 500
THREAD_MM = 200  # shorter ones are corners
ABOUT_MM = 1000  # so far round a pocket staff floor beside it is looked for
ISLET_MM2 = 1_000_000  # cut-off floor up to this is not worth a partition
SPECK_MM2 = 40_000  # floor smaller than 0.2 m x 0.2 m is nobody's


@dataclass(frozen=True, slots=True)
class Floors:
    """Public and staff floor, and the items that keep them apart."""

    public: BaseGeometry
    staff: BaseGeometry
    barriers: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """Staff and public floor before any pocket is closed off at will: `floor` all of it, `voids` what belongs to neither."""

    floor: BaseGeometry
    public: BaseGeometry
    staff: BaseGeometry
    voids: tuple[Polygon, ...]


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
    bays: tuple[Item, ...] = (), fronts: tuple[BaseGeometry, ...] = (),
) -> Parted:  # fmt: skip
    """The first half of `divide`, which is the same whatever else is closed off. `fronts`: floor that visitors stand on before
    rooms; a corridor along a slanted wall, whose places are whole decimetres, ends some millimetres before it at the most."""
    floor = floor_polygon(level)
    columns = shapely.union_all(ring_shapes([c.outline for c in level.columns])) if level.columns else Polygon()
    blocked = shapely.union_all(_shapes(solids)) if solids else Polygon()
    corridors = [corridor(floor, walls, arc, a, b, rules) for arc, (_, a, b) in zip(arcs, ends)]
    kept = shapely.union_all(fronts) if fronts else Polygon()
    staff = shapely.union_all([shapely.union_all(corridors).difference(kept), *staff_parts])
    staff = staff.intersection(floor).difference(blocked).difference(columns)
    rest = floor.difference(staff).difference(blocked).difference(columns)
    public: BaseGeometry = Polygon()
    for part in _parts(rest):
        if part.distance(inside_hall) < 1:
            public = part
        elif part.area > SPECK_MM2 and part.buffer(2).intersection(staff).area > 2 * 2 * 100:
            staff = staff.union(part)
    for found in _pockets(public, staff, (*solids, *bays), rules.clear_width_mm):
        pocket = _to_its_walls(found, public)
        staff, public = staff.union(pocket), public.difference(pocket)
    blind = blind_pockets(level, public, (*solids, *bays), rules.clear_width_mm)
    return _cut_off(close_off(Parted(floor, public, staff, ()), blind, rules), level, inside_hall)


def _cut_off(parted: Parted, level: Level, inside_hall: Point) -> Parted:
    """Floor that pockets cut off from the hall is the staff's about it, however large: visitors come there by no door."""
    ways = [LineString([d.p, d.q]) for d in level.doors if d.use in (*ENTRANCE_USES, *EXIT_USES)]
    beside = parted.staff.buffer(2, join_style="mitre")
    lost = [
        p for p in _parts(parted.public)
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
    return Parted(parted.floor, public, staff, tuple(voids))


def floors_of(
    parted: Parted, solids: tuple[Item, ...], inside_hall: Point, rules: LayoutRules, open_rooms: tuple[Item, ...] = (),
    closed_off: tuple[Polygon, ...] = (),
) -> Floors:  # fmt: skip
    """The second half of `divide`: with these pockets `closed_off`, and partitions between what is staff's and public."""
    parted = close_off(parted, closed_off, rules)
    public, staff = without_islets(parted.public, parted.staff, inside_hall)
    staff = _solid_only(staff.buffer(1, join_style="mitre").buffer(-1, join_style="mitre").intersection(parted.floor))
    others = _shapes(i for i in solids if _needs_a_back(i))
    barriers = _barriers(shapely.union_all([public, *others]), staff, open_rooms, parted.floor.boundary)
    cut = shapely.union_all(_shapes(barriers)) if barriers else Polygon()
    closed = tuple(_void(v, k) for k, v in enumerate(parted.voids, start=1))
    return Floors(
        _solid_only(public.difference(staff).difference(cut)), _solid_only(staff.difference(cut)), (*barriers, *closed)
    )


def without_islets(public: BaseGeometry, staff: BaseGeometry, inside_hall: Point) -> tuple[BaseGeometry, BaseGeometry]:
    """Specks of public floor that pockets cut off from the hall go to the staff about them, instead of being fenced in, and
    splinters along a wall that is not quite straight are nobody's: a partition before one would close the staff's door."""
    beside = staff.buffer(2, join_style="mitre")
    threads = _threads(public, beside)
    public = public.difference(shapely.union_all(threads)) if threads else public
    splinters = [p for p in _parts(public) if p.distance(inside_hall) >= 1 and p.buffer(-SPLINTER_MM / 2).is_empty]
    public = public.difference(shapely.union_all(splinters)) if splinters else public
    islets = [
        p for p in _parts(public) if p.area < ISLET_MM2 and p.distance(inside_hall) >= 1 and p.intersection(beside).area > 400
    ]  # fmt: skip
    return (public.difference(shapely.union_all(islets)), staff.union(shapely.union_all(islets))) if islets else (public, staff)


def _threads(public: BaseGeometry, beside: BaseGeometry) -> list[Polygon]:
    """The same splinters where they hang on to the hall's floor by one end, like a thread between a wall and staff floor."""
    thick = public.buffer(-SPLINTER_MM / 2, join_style="mitre").buffer(SPLINTER_MM / 2 + 0.1, join_style="mitre")
    thin = _parts(public.difference(thick))
    return [p for p in thin if p.length > 2 * THREAD_MM and p.intersection(beside).area > p.area / 2]


def _to_its_walls(pocket: Polygon, public: BaseGeometry) -> Polygon:
    """A pocket with the splinters of public floor between it and the walls, which would want a partition of their own.
    Empty where a pocket before it, with its splinters, took all of it."""
    rest = public.difference(pocket)
    whole = rest.buffer(-SPLINTER_MM, join_style="mitre").buffer(SPLINTER_MM + 0.1, join_style="mitre")
    splinters = rest.difference(whole).intersection(pocket.buffer(2 * SPLINTER_MM, join_style="mitre"))
    grown = shapely.union_all([pocket, splinters]).buffer(1, join_style="mitre").buffer(-1, join_style="mitre")
    return max(_parts(grown.intersection(public)), key=lambda part: part.area, default=Polygon())


def _near(floor: BaseGeometry, pocket: Polygon) -> BaseGeometry:
    """The floor about a pocket: what lies farther off tells nothing of it."""
    left, low, right, high = pocket.bounds
    return floor.intersection(box(left - ABOUT_MM, low - ABOUT_MM, right + ABOUT_MM, high + ABOUT_MM))


def _pockets(public: BaseGeometry, staff: BaseGeometry, solids: tuple[Item, ...], clear_mm: int) -> list[BaseGeometry]:
    """Slots of public floor between banks, or between a bank and a wall, that lead nowhere: they are the staff's.

    No accessible way fits into them, their mouth is small, staff floor borders them, and they lie before nobody's front and
    beside no seats or bays.
    """
    half = clear_mm / 2 - POCKET_GRACE_MM
    roomy = public.buffer(-half, join_style="mitre").buffer(half + 1, join_style="mitre")
    by_staff, by_hall = staff.buffer(2, join_style="mitre"), roomy.buffer(2, join_style="mitre")
    kept = ring_shapes([z.polygon for i in solids for z in i.clear_zones if z.use != "staff"])
    seats = _shapes(i for i in solids if i.kind in ("seat", "wheelchair_bay"))
    kept += [shapely.union_all(seats).buffer(BESIDE_SEATS_MM)] if seats else []
    fronts = shapely.union_all(kept) if kept else Polygon()
    found = []
    for part in _parts(public.difference(roomy)):
        if part.area < SPECK_MM2 or part.intersection(fronts).area > SPECK_MM2 / 4:
            continue
        beside = part.exterior.intersection(by_staff).length
        mouth = part.exterior.intersection(by_hall).length
        if beside > LEAST_STAFF_SHARE * part.exterior.length and mouth < MOST_MOUTH_SHARE * part.exterior.length:
            found.append(part)
    return found


def blind_pockets(level: Level, public: BaseGeometry, solids: tuple[Item, ...], clear_mm: int) -> list[Polygon]:
    """Public floor where nobody has any business: slots that no accessible way fits into, and wider ones with a single mouth.

    A notch is one whatever stands before it, so that seats and islands are looked through when the wider ones are sought.
    They lie before nobody's front, beside no seats, bays or desks with people, at no door of theirs. An architect closes them.
    """
    wanted = wanted_on(level, solids, clear_mm)
    found = _blind(public, wanted, clear_mm, most_mouths=9)
    things = shapely.union_all(_shapes(i for i in solids if _needs_a_back(i)))
    for width in WIDE_POCKETS_MM:  # one after the other: beside a column a hall may be no wider than a notch
        rest = public.union(things).difference(shapely.union_all(found))
        found += _blind(rest, lambda part: wanted(part) or part.intersects(things), width, most_mouths=1)
    left = public.difference(shapely.union_all(found))
    return found + _beyond(left, [(_parts(things), BESIDE_FRONTS_MM), *_business(level, solids, clear_mm, BESIDE_FRONTS_MM)])


def _beyond(public: BaseGeometry, business: Iterable[tuple[Sequence[BaseGeometry], int]]) -> list[Polygon]:
    """Slots and notches in which somebody has business, as a door that opens there: what lies beyond that, a room's width, with
    one mouth as the whole slot has."""
    slots, roomy = narrow_parts(public, max(WIDE_POCKETS_MM))
    around = roomy.buffer(2 * CLEARANCE_MM + 2, join_style="mitre")
    found = []
    for slot in slots:
        if slot.area < LEAST_BEYOND_MM2 or slot.interiors or not _has_small_mouths(slot, around, 1):
            continue
        kept = _close_by(slot, business)
        beside = shapely.union_all([around, kept.intersection(slot)]).buffer(2 * CLEARANCE_MM + 2, join_style="mitre")
        whole = slot.difference(kept).buffer(-LEAST_POCKET_MM / 2, join_style="mitre")
        for part in _parts(whole.buffer(LEAST_POCKET_MM / 2 - CLEARANCE_MM, join_style="mitre")):
            if part.area >= LEAST_BEYOND_MM2 and _has_small_mouths(part, beside, 1):
                found.append(part)
    return found


def _close_by(slot: Polygon, business: Iterable[tuple[Sequence[BaseGeometry], int]]) -> BaseGeometry:
    """The floor that people need about their business, of those whose floor meets the slot."""
    kept = [
        shapely.buffer(each, mm, join_style="mitre")
        for near, mm in business
        for each in near
        if bool(shapely.dwithin(slot, each, mm + CLEARANCE_MM))
    ]
    return shapely.union_all(kept) if kept else Polygon()


def _business(
    level: Level, solids: tuple[Item, ...], clear_mm: int, fronts_mm: int = 0
) -> tuple[tuple[Sequence[BaseGeometry], int], ...]:
    """What people have business at, and how far about it."""
    fronts = ring_shapes([z.polygon for i in solids for z in i.clear_zones if z.use != "staff"])
    seats = _shapes(i for i in solids if i.kind in ("seat", "wheelchair_bay"))
    desks = _shapes(i for i in solids if i.kind in DESK_ISLANDS)
    doors = [LineString([d.p, d.q]) for d in level.doors if d.use != "staff"]
    return (fronts, fronts_mm), (seats, BESIDE_SEATS_MM), (desks, BESIDE_DESKS_MM), (doors, clear_mm)


def wanted_on(level: Level, solids: tuple[Item, ...], clear_mm: int) -> Callable[[Polygon], bool]:
    """Tells of a part of the floor whether anybody has business there."""
    around = _business(level, solids, clear_mm)

    def wanted(part: Polygon) -> bool:
        return any(bool(shapely.dwithin(part, near, mm).any()) for near, mm in around)

    return wanted


def narrow_parts(public: BaseGeometry, width_mm: int) -> tuple[list[Polygon], BaseGeometry]:
    """The parts of the floor that are narrower than a width, and the rest of it."""
    half = width_mm / 2 - POCKET_GRACE_MM
    roomy = public.buffer(-half, join_style="mitre").buffer(half + 1, join_style="mitre")
    slots = public.difference(roomy).buffer(-LEAST_POCKET_MM / 2, join_style="mitre")
    return _parts(slots.buffer(LEAST_POCKET_MM / 2 - CLEARANCE_MM, join_style="mitre")), roomy


def _blind(public: BaseGeometry, wanted: Callable[[Polygon], bool], width_mm: int, *, most_mouths: int) -> list[Polygon]:
    """The parts of public floor narrower than a width, with small mouths, that hold nothing wanted."""
    slots, roomy = narrow_parts(public, width_mm)
    beside = roomy.buffer(2 * CLEARANCE_MM + 2, join_style="mitre")
    found = []
    for part in slots:
        if part.area < BLIND_MM2 or part.interiors or wanted(part):
            continue
        if _has_small_mouths(part, beside, most_mouths):
            found.append(part)
    return found


def _has_small_mouths(part: Polygon, beside: BaseGeometry, most: int) -> bool:
    """Is a small share of its edge open to what is beside it, in so many places at the most?"""
    mouths = part.exterior.intersection(beside)
    pieces = getattr(shapely.line_merge(mouths) if mouths.geom_type != "LineString" else mouths, "geoms", (mouths,))
    opening = sum(p.length for p in pieces)
    return bool(opening < MOST_MOUTH_SHARE * part.exterior.length and sum(p.length > 100 for p in pieces) <= most)


def _void(pocket: Polygon, number: int) -> Item:
    """A pocket closed off: a solid of its own shape, snapped to whole millimetres as a whole."""
    ring = _ring(orient(max(_parts(shapely.set_precision(pocket, 1.0)), key=lambda p: p.area)).exterior)
    return Item(id=f"V{number:03d}", kind="void", polygon=ring, insert_mm=ring[0], rotation_deg=0.0)


def corridor(floor: BaseGeometry, walls: tuple[Wall, ...], arc: Arc, a: int, b: int, rules: LayoutRules) -> BaseGeometry:
    """The strip as deep as the staff corridor along the outline from perimeter coordinate a to b (dm)."""
    depth = dm(rules.staff_corridor_mm) * DM
    strips = []
    for wall in walls:
        for turn in (-1, 0, 1, 2):
            low, high = max(a, wall.sigma0 + turn * arc.round), min(b, wall.sigma1 + turn * arc.round)
            if high - low <= 0:
                continue
            share0 = (low - wall.sigma0 - turn * arc.round) / (wall.sigma1 - wall.sigma0)
            share1 = (high - wall.sigma0 - turn * arc.round) / (wall.sigma1 - wall.sigma0)
            p = (wall.ax + (wall.bx - wall.ax) * share0, wall.ay + (wall.by - wall.ay) * share0)
            q = (wall.ax + (wall.bx - wall.ax) * share1, wall.ay + (wall.by - wall.ay) * share1)
            line = LineString([(p[0] * DM, p[1] * DM), (q[0] * DM, q[1] * DM)])
            strips.append(line.buffer(depth, cap_style="flat", single_sided=True))
            strips.append(_behind(floor, line))
            strips.append(_corner(walls, wall, q, depth) if high >= wall.sigma1 + turn * arc.round and b > high else Polygon())
    return shapely.union_all([s for s in strips if not s.is_empty]).intersection(floor) if strips else Polygon()


def _behind(floor: BaseGeometry, line: LineString) -> BaseGeometry:
    """The floor between a facet and the curve behind it; none behind a straight wall, whatever lies beyond that."""
    back = line.buffer(-DEEPEST_MM - 1, cap_style="flat", single_sided=True).intersection(floor)
    return shapely.union_all([p for p in _parts(back) if p.distance(line) < CLEARANCE_MM])


def _corner(walls: tuple[Wall, ...], wall: Wall, at: tuple[float, float], depth: int) -> BaseGeometry:
    """Round a reflex corner the corridor keeps its depth: the square beyond the corner."""
    after = walls[(wall.index + 1) % len(walls)]
    turning = (wall.bx - wall.ax) * (after.by - after.ay) - (wall.by - wall.ay) * (after.bx - after.ax)
    if turning >= 0:
        return Polygon()
    return box(at[0] * DM - depth, at[1] * DM - depth, at[0] * DM + depth, at[1] * DM + depth)


def _shapes(items: Iterable[Item]) -> list[BaseGeometry]:
    """The ground that items cover, made together: one by one that is a quarter of a drawing's time."""
    return ring_shapes([i.polygon for i in items])


def _parts(shape: BaseGeometry) -> list[Polygon]:
    if isinstance(shape, Polygon):
        return [shape] if not shape.is_empty else []
    return [g for g in getattr(shape, "geoms", ()) if isinstance(g, Polygon)]


def _solid_only(shape: BaseGeometry) -> BaseGeometry:
    parts = [p for p in _parts(shape) if p.area > SPECK_MM2]
    return MultiPolygon(parts) if len(parts) != 1 else parts[0]


def _needs_a_back(item: Item) -> bool:
    """Does a thing on the public's side keep nobody out? Seats and islands do not, as desks and rooms do."""
    known = fittings().get(item.kind)
    return item.kind == "seat" or (known is not None and known.category == "island")


def _barriers(
    public: BaseGeometry, staff: BaseGeometry, open_rooms: tuple[Item, ...] = (), edge: BaseGeometry | None = None
) -> tuple[Item, ...]:
    """Partitions where staff and public floor touch, drawn on the staff side; the longest of each staff floor has a gate. None
    along the `edge` of the whole floor: a wall stands there, and a partition before it would close the staff's door."""
    items: list[Item] = []
    beside = public.buffer(2, join_style="mitre")
    for part in _parts(staff):
        lines: list[LineString] = []
        ring = list(orient(part).exterior.coords)  # counter-clockwise: the staff floor lies to the left
        for p, q in pairwise(ring):
            lines.extend(line for line in _touching(public, beside, p, q) if edge is None or not _lies_on(line, edge))
        if not lines:
            continue
        gated = max(lines, key=lambda line: (line.length, line.coords[0]))
        ground = ground_of(part)
        for line in lines:
            has_gate = line is gated and line.length >= GATE_MM + 400
            slabs = _partition(line, gate_at=_gate_at(line, open_rooms) if has_gate else None, number=len(items))
            stand = (fitted(s, ground, items) if s.kind == "partition" else s for s in slabs)
            items.extend(s for s in stand if s is not None)
    return tuple(items)


def _touching(public: BaseGeometry, beside: BaseGeometry, p: tuple[float, ...], q: tuple[float, ...]) -> list[LineString]:
    """The pieces of the edge p-q (staff floor to its left) that border public floor; `beside` is that floor and 2 mm more."""
    edge = LineString([p, q])
    if edge.length < 50:
        return []
    shared = edge.intersection(beside)
    pieces = [shared] if isinstance(shared, LineString) else list(getattr(shared, "geoms", ()))
    return [s for s in pieces if isinstance(s, LineString) and s.length > 50 and _runs_along(s, public)]


def _lies_on(line: LineString, edge: BaseGeometry) -> bool:
    """Whether a line runs on an edge, but for a splinter."""
    return all(edge.distance(line.interpolate(share, normalized=True)) <= SPLINTER_MM for share in (0.0, 0.5, 1.0))


def _runs_along(line: LineString, public: BaseGeometry) -> bool:
    middle = line.interpolate(0.5, normalized=True)
    return bool(public.distance(middle) < 3)


def _gate_at(line: LineString, open_rooms: tuple[Item, ...]) -> float:
    """How far along a partition its gate is: in the middle, but beside an open room at that end of it where no desks stand."""
    half, least = line.length / 2, GATE_MM / 2 + 200
    for room in open_rooms:
        if Polygon(room.polygon).distance(line.interpolate(half)) <= PARTITION_MM:
            turn = radians(room.rotation_deg)
            (x, y), wide = room.insert_mm, _width(room)
            reach = wide / 2 - BESIDE_DESKS_FREE_MM
            spot = line.project(Point(x - reach * cos(turn), y - reach * sin(turn)))
            return float(min(max(spot, least), line.length - least))
    return float(half)


def _width(room: Item) -> float:
    """A room's extent along its front."""
    turn = radians(room.rotation_deg)
    along = [px * cos(turn) + py * sin(turn) for px, py in room.polygon]
    return max(along) - min(along)


def _partition(line: LineString, *, gate_at: float | None, number: int) -> list[Item]:
    """The thin solid on the left (staff) side of a line, split round a gate whose middle is so far along it."""
    if gate_at is None:
        return [_slab(line, "partition", f"P{number:03d}", solid=True)]
    a = LineString([line.coords[0], line.interpolate(gate_at - GATE_MM / 2)])
    g = LineString([line.interpolate(gate_at - GATE_MM / 2), line.interpolate(gate_at + GATE_MM / 2)])
    b = LineString([line.interpolate(gate_at + GATE_MM / 2), line.coords[-1]])
    return [
        _slab(a, "partition", f"P{number:03d}a", solid=True),
        _slab(g, "staff_gate", f"G{number:03d}", solid=False),
        _slab(b, "partition", f"P{number:03d}b", solid=True),
    ]


def _slab(line: LineString, kind: str, name: str, *, solid: bool) -> Item:
    (x0, y0), (x1, y1) = line.coords[0][:2], line.coords[-1][:2]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    nx, ny = -(y1 - y0) / length * PARTITION_MM, (x1 - x0) / length * PARTITION_MM
    ring = tuple((round(x), round(y)) for x, y in ((x0, y0), (x1, y1), (x1 + nx, y1 + ny), (x0 + nx, y0 + ny)))
    rotation = round(degrees(atan2(y1 - y0, x1 - x0)) % 360, 3)
    return Item(
        id=name,
        kind=kind,
        polygon=ring,
        insert_mm=(round((x0 + x1) / 2), round((y0 + y1) / 2)),
        rotation_deg=rotation,
        solid=solid,
    )


def areas(shape: BaseGeometry) -> tuple[Area, ...]:
    """Shapely polygons as our own, whole millimetres, counter-clockwise, largest first. Snapped to the grid as a whole: a
    splinter rounded point by point may cross itself."""
    parts = sorted(_parts(shapely.set_precision(shape, 1.0)), key=lambda p: (-p.area, p.bounds))
    return tuple(Area(outer=_ring(p.exterior), holes=tuple(_ring(h) for h in p.interiors)) for p in parts)


def _ring(ring: shapely.LinearRing) -> tuple[tuple[int, int], ...]:
    points = [(round(x), round(y)) for x, y, *_ in ring.coords[:-1]]
    kept = [p for k, p in enumerate(points) if p != points[k - 1]]
    return tuple(kept if ring.is_ccw else kept[::-1])
