"""From poses to a furnished layout, checked by geometry: what cannot be reached or seated is a fault, never hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from math import pi

import numpy as np
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from layouts.findings import Finding
from layouts.geometry import ring_shape, with_holes_for
from layouts.layout import Item, Layout, LevelLayout, Spine
from layouts.programme import BankRequirement, RoomRequirement
from layouts.walkable import bay_ground
from solvers.placement.check_wishes import broken
from solvers.placement.exits_kept import cut_off
from solvers.placement.floor_parts import areas
from solvers.placement.floors import Floors, Parted, floors_of, part_floor
from solvers.placement.frame import frame_of
from solvers.placement.furnish import bank_items, island_items, low_end_first, room_item, staff_depth_mm, standing_room
from solvers.placement.gangways import open_gangways, ways_through
from solvers.placement.leaning import along_their_walls
from solvers.placement.lined_up import band_of, lined_up
from solvers.placement.modules import OPEN_STAFF_ROOMS
from solvers.placement.prepare import Prepared, elements_of
from solvers.placement.problem import DM, PlacementProblem, Pose, SpineLine
from solvers.placement.seating import Way
from solvers.placement.signs import call_displays
from solvers.placement.stood import in_their_way, stood_banks

GRACE_MM = 1.0
APART_MM = 50  # staff and public floor lie at least so far apart
SLIVER_MM = 3.0  # beside counters that stand off the axes, rounded to whole millimetres
GANGWAYS_TRIED = 8
STAFF_WAY_MM = 900
BESIDE_MM = 2.0  # farther from the edge of a way than this is not beside it
WAYS_IN = ("customer", "front", "access")
MENDED = 3  # more faults than these are no matter of gangways


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the drawn layout gets wrong: `unseated`, `unreached`, `staff_unreached`, at an element; `exit_unreached`, at a
    door; a `wish`, broken by an element and `others` together; a `pin`, whose floor `others` (or the aisle, or a door) want;
    `partition_kept_out`, a partition where nothing may stand; `unparted`, staff and public floor that meet with nothing between
    them."""

    kind: str
    element: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A furnished layout, its floors as geometry, and its faults (none: it may be shown). `broken`: the rules about ways that
    it breaks, where they were asked of it (keeping.py). `closing`: the same with pockets of public floor walled up. `blamed`:
    the modules that leave the entrance no clean screening, where it has none."""

    layout: Layout
    floors: Floors
    faults: tuple[Fault, ...]
    broken: tuple[Finding, ...] = ()
    closing: Callable[[tuple[Polygon, ...]], Drawn] | None = field(default=None, compare=False, repr=False)
    blamed: Callable[[], tuple[str, ...]] | None = field(default=None, compare=False, repr=False)


def draw_layout(
    problem: PlacementProblem,
    ready: Prepared,
    spine: SpineLine,
    poses: tuple[Pose, ...],
    arcs: tuple[tuple[str, int, int], ...],
) -> Drawn:
    """Furnish the poses with open gangways; where a bank's aisle cannot be reached, try its others before giving up."""
    by_id = {e.id: e for e in elements_of(problem)}
    stood = stood_banks(problem, ready.walls)
    kept = {e: s.items for e, s in stood.items() if not s.leans()}
    gangways = open_gangways(problem.level, by_id, poses, problem.programme.rules, spine)
    drawn = _draw(problem, ready, spine, poses, arcs, gangways, kept)
    for fault in drawn.faults if len(drawn.faults) <= MENDED else ():
        if fault.kind != "unreached" or fault.element in kept:
            continue
        pose = next(p for p in poses if p.element == fault.element)
        if not _gangways_matter(problem, spine, drawn, fault.element):
            continue
        bank = by_id[fault.element]
        assert isinstance(bank, BankRequirement)  # only banks have seats of their own
        rules, level = problem.programme.rules, problem.level
        ways = ways_through(bank, pose, rules, level, bays_high=not low_end_first(spine, pose, rules)) if pose.rows else []
        for way, _ in ways[:: max(1, len(ways) // GANGWAYS_TRIED)]:
            tried = _draw(problem, ready, spine, poses, arcs, {**gangways, fault.element: way}, kept)
            if len(tried.faults) < len(drawn.faults) and all(f.kind != "unseated" for f in tried.faults):
                gangways[fault.element] = way
                drawn = tried
                break
    if drawn.faults:
        return drawn
    held = {e: s.pose for e, s in stood.items()}
    leaning = along_their_walls(problem, ready.walls, poses, spine, drawn.layout.levels[0].items, held)
    alone = tuple(held.get(p.element, p) for p in poses)  # the pinned ones lean, the others stand square
    for turned in dict.fromkeys(p for p in (leaning, alone) if p != poses):
        kept = {e: s.items for e, s in stood.items()}
        between = open_gangways(problem.level, by_id, turned, problem.programme.rules, spine)
        tried = _draw(problem, ready, spine, turned, arcs, between, kept)
        if not tried.faults or alone != poses:
            poses, gangways, drawn = turned, between, tried
        if not tried.faults:
            break
    hit = (Fault("pin", e, others) for e, others in in_their_way(problem, stood, drawn.layout.levels[0].items, spine))
    if faults := (*drawn.faults, *hit):
        return replace(drawn, faults=faults)
    return _lined_up(problem, ready, spine, poses, arcs, gangways, drawn, kept)


def _lined_up(
    problem: PlacementProblem, ready: Prepared, spine: SpineLine, poses: tuple[Pose, ...],
    arcs: tuple[tuple[str, int, int], ...], gangways: dict[str, Way], drawn: Drawn, kept: Mapping[str, tuple[Item, ...]],
) -> Drawn:  # fmt: skip
    """The same with neighbouring rows in line, unless somebody is cut off by that."""
    moved = lined_up(problem.level, poses, drawn.layout.levels[0].items, problem.programme.rules, spine, frozenset(kept))
    tried = _draw(problem, ready, spine, poses, arcs, gangways, kept, moved) if moved else drawn
    return drawn if tried.faults else tried


def _gangways_matter(problem: PlacementProblem, spine: SpineLine, drawn: Drawn, element: str) -> bool:
    """Could the module be reached if none of its own seats stood in the way?"""
    own = [i for i in drawn.layout.levels[0].items if (i.bank or i.id) == element]
    seats = [ring_shape(i.polygon) for i in own if i.kind in ("seat", "wheelchair_bay")]
    if not seats:
        return False
    start = Point(spine.points[0][0] * DM, spine.points[0][1] * DM)
    bare = shapely.union_all([drawn.floors.public, *seats]).buffer(1, join_style="mitre").buffer(-1, join_style="mitre")
    clear = problem.programme.rules.clear_width_mm
    return not unreached([i for i in own if i.kind not in ("seat", "wheelchair_bay")], bare, start, clear, staff_mm=clear)


def _draw(
    problem: PlacementProblem, ready: Prepared, spine: SpineLine, poses: tuple[Pose, ...],
    arcs: tuple[tuple[str, int, int], ...], gangways: dict[str, Way], kept: Mapping[str, tuple[Item, ...]],
    moved: Mapping[str, Item] | None = None,
) -> Drawn:  # fmt: skip
    """The poses furnished with these gangways; `kept`: banks that stand as they stood; `moved`: seats and bays that stand a
    little elsewhere."""
    rules, level = problem.programme.rules, problem.level
    by_id = {e.id: e for e in elements_of(problem)}
    items: list[Item] = []
    staff_parts: list[BaseGeometry] = []
    faults: list[Fault] = []
    for pose in sorted(poses, key=lambda p: p.element):
        element, frame = by_id[pose.element], frame_of(pose)
        length = pose.length_dm * DM
        if isinstance(element, BankRequirement):
            first = low_end_first(spine, pose, rules)
            way = gangways.get(element.id)
            found = kept.get(element.id) or bank_items(element, pose, rules, level, accessible_first=first, way=way)
            if found is None:
                faults.append(Fault("unseated", element.id))
                continue
            items.extend(found)
            staff_parts.append(Polygon(frame.box(0, 0, length, staff_depth_mm(pose, rules))))
            staff_parts.extend(_desk_gaps(found, frame.box(0, 0, length, staff_depth_mm(pose, rules) + rules.desk_depth_mm)))
        elif isinstance(element, RoomRequirement) and pose.space is not None:
            items.append(standing_room(element, pose, rules, level))
        elif isinstance(element, RoomRequirement):
            items.append(room_item(element, pose, rules))
            if element.side == "staff":
                depth = (pose.setback_dm + pose.room_depth_dm) * DM
                deep = depth if element.kind in OPEN_STAFF_ROOMS else pose.setback_dm * DM
                staff_parts.append(Polygon(frame.box(0, 0, length, deep)))
        else:
            items.extend(island_items(element, pose))
    items = [moved.get(i.id, i) for i in items] if moved else items
    solids = tuple(i for i in items if i.solid)
    start = Point(spine.points[0][0] * DM, spine.points[0][1] * DM)
    bays = tuple(i for i in items if i.kind == "wheelchair_bay")
    fronts = tuple(ring_shape(z.polygon) for i in items for z in i.clear_zones if z.use == "front")
    walls, aisle = ready.walls, band_of(spine)
    parted = part_floor(level, walls, ready.arcs, arcs, solids, tuple(staff_parts), start, rules, bays, fronts, aisle)
    return _with_floors(problem, spine, tuple(items), tuple(faults), parted, ())


def _with_floors(
    problem: PlacementProblem, spine: SpineLine, items: tuple[Item, ...], unseated: tuple[Fault, ...], parted: Parted,
    closed_off: tuple[Polygon, ...],
) -> Drawn:  # fmt: skip
    """The furnished floor with these pockets walled up, and what is wrong with it."""
    rules, level = problem.programme.rules, problem.level
    faults = list(unseated)
    start = Point(spine.points[0][0] * DM, spine.points[0][1] * DM)
    solids = tuple(i for i in items if i.solid)
    offices = tuple(i for i in items if i.kind in OPEN_STAFF_ROOMS and not i.solid and i.space is None)
    floors = floors_of(parted, solids, start, rules, offices, closed_off)
    faults.extend(unreached(items, floors.public, start, rules.clear_width_mm))
    far = cut_off(level, spine, floors.public, bay_ground(items), rules.clear_width_mm)
    faults.extend(Fault("exit_unreached", door) for door in far)
    faults.extend(_staff_unreached(items, floors, problem))
    faults.extend(Fault("wish", b.modules[0], b.modules[1:]) for b in broken(problem.wishes, level, items) if b.modules)
    kept_out = tuple(w for w in problem.wishes if w.kind == "keep_out")
    faults.extend(Fault("partition_kept_out", b.wish.id) for b in broken(kept_out, level, floors.barriers))
    faults.extend([Fault("unparted", level.id)] if _meet(floors) else [])
    displays = call_displays(problem.programme.banks, items)
    layout = Layout(
        levels=(
            LevelLayout(
                level=level.id, items=tuple(sorted((*items, *floors.barriers, *displays), key=lambda i: i.id)),
                public=areas(floors.public), staff=areas(floors.staff),
                spine=Spine(centreline=tuple((x * DM, y * DM) for x, y in spine.points), width_mm=spine.width_dm * DM),
            ),
        )
    )  # fmt: skip
    closing = partial(_with_floors, problem, spine, items, unseated, parted)
    return Drawn(layout, floors, tuple(dict.fromkeys(faults)), closing=closing)


def _meet(floors: Floors) -> bool:
    """Do staff and public floor meet, but for the corners of partitions?"""
    inner = floors.staff.buffer(-GRACE_MM)
    near = with_holes_for(floors.public, inner).buffer(APART_MM).intersection(inner)
    return any(part.area > pi / 2 * APART_MM * APART_MM for part in getattr(near, "geoms", [near]))


def _desk_gaps(items: tuple[Item, ...], strip: tuple[tuple[int, int], ...]) -> list[BaseGeometry]:
    """The counter line's floor that no counter covers belongs to staff."""
    counters = shapely.union_all([ring_shape(i.polygon) for i in items if i.kind not in ("seat", "wheelchair_bay")])
    left = Polygon(strip).difference(counters).buffer(-SLIVER_MM, join_style="mitre").buffer(SLIVER_MM, join_style="mitre")
    return [] if left.is_empty else [left]


def reached_floor(public: BaseGeometry, start: Point, clear_mm: int) -> BaseGeometry:
    """The part of the public floor that a disc as wide as the route can walk to from the entrance."""
    return parted_floor(public, start, clear_mm)[0]


def parted_floor(public: BaseGeometry, start: Point, clear_mm: int) -> tuple[BaseGeometry, list[BaseGeometry]]:
    """That part, and the parts that such a disc cannot walk to."""
    eroded = public.buffer(-(clear_mm / 2 - GRACE_MM))
    found = [p for p in getattr(eroded, "geoms", [eroded]) if not p.is_empty]
    near = [p for p in found if p.distance(start) <= clear_mm]
    reach = max(near, key=lambda p: p.area) if near else Polygon()
    return reach, [p for p in found if p is not reach]


def unreached(
    items: Sequence[Item], public: BaseGeometry, start: Point, clear_mm: int, *, staff_mm: int = STAFF_WAY_MM
) -> list[Fault]:
    """Fronts that visitors cannot reach, islands that their staff cannot step into, and bays beside which visitors do not come,
    while somebody waits in every bay.

    Who comes as wide as visitors do comes in as staff, too: where staff come otherwise is looked for where it is asked.
    """
    public = public.difference(bay_ground(items))
    reach = reached_floor(public, start, clear_mm)
    staff_reach = cache(partial(reached_floor, public, start, staff_mm))
    shapely.prepare(reach)
    asked = [(item, zone) for item in items for zone in item.clear_zones if zone.use in WAYS_IN]
    shapes = np.asarray([ring_shape(zone.polygon) for _, zone in asked], dtype=object)
    missed = np.flatnonzero(~shapely.intersects(reach, shapes)).tolist()
    lost = {asked[k][0].id for k in missed if asked[k][1].use != "access" or not staff_reach().intersects(shapes[k])}
    beside = clear_mm / 2 + BESIDE_MM
    lost |= {i.id for i in items if i.kind == "wheelchair_bay" and reach.distance(ring_shape(i.polygon)) > beside}
    return [Fault("unreached", item.bank or item.id) for item in items if item.id in lost]


def _staff_unreached(items: Sequence[Item], floors: Floors, problem: PlacementProblem) -> list[Fault]:
    """Staff zones must hang together, 0.9 m wide, with a staff door."""
    eroded = floors.staff.buffer(-(450 - GRACE_MM))
    doors = [Point((d.p[0] + d.q[0]) / 2, (d.p[1] + d.q[1]) / 2) for d in problem.level.doors if d.use == "staff"]
    parts = [p for p in getattr(eroded, "geoms", [eroded]) if not p.is_empty and any(p.distance(d) < 900 for d in doors)]
    ok = shapely.union_all(parts) if parts else Polygon()
    return [
        Fault("staff_unreached", item.bank or item.id)
        for item in items
        for zone in item.clear_zones
        if zone.use == "staff" and not ok.intersects(ring_shape(zone.polygon))
    ]
