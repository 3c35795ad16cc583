"""Inside rooms that stand in the building and are furnished: at their doors, to turn, and before what stands in them.

Rooms for the public are held to all of it. Work areas must be approached, entered and left (ADA 203.9): at doors of the
staff's rooms room to manoeuvre is advised.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.access_doors import Approach, DoorFrame, approaches, frame_depth, seen_from
from layouts.access_question import AREA_TOLERANCE_MM2, Case, area_witness, judge
from layouts.discs import disc_witness, widest_disc
from layouts.findings import Finding, Severity, Value
from layouts.geometry import door_middle, door_width_mm, parts, union
from layouts.layout import Item
from layouts.plan import Door
from layouts.standards import Profile
from layouts.standing import PROBES_MM
from layouts.walkable import TOLERANCE_MM, components_at, erode

STEP_MM = 50.0  # between places tried along a side
SHORTEST_SIDE_MM = 300.0  # nobody comes up to a shorter side
FACE_MM = 1.0  # rounding between a room's edge and what stands along it
BETWEEN = ">"  # a room and one of its doors
KEPT = 1024  # answers about rooms that are remembered: while one is moved, the others are not looked at again
Corners = tuple[tuple[float, float], ...]
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """A room with its doors, and the ground that each piece of its furniture and each column in it takes."""

    item: Item
    doors: tuple[Door, ...]
    pieces: tuple[Corners, ...]
    columns: tuple[Corners, ...] = ()
    public: bool

    def ground(self) -> BaseGeometry:
        """The room's floor without its columns."""
        return shapely.Polygon(self.item.polygon).difference(union(shapely.Polygon(c) for c in self.columns))

    def taken(self) -> BaseGeometry:
        """What the furniture takes of it; what overlaps is one."""
        return union(shapely.Polygon(p) for p in self.pieces)

    def pushed(self, dx: int, dy: int) -> Furnished:
        """The same room so far away."""

        def there(ring: Corners) -> Corners:
            return tuple((x + dx, y + dy) for x, y in ring)

        doors = (replace(d, p=(d.p[0] + dx, d.p[1] + dy), q=(d.q[0] + dx, d.q[1] + dy)) for d in self.doors)
        item, at = self.item, self.item.insert_mm
        ring = tuple((x + dx, y + dy) for x, y in item.polygon)
        return Furnished(
            item=replace(item, polygon=ring, insert_mm=(at[0] + dx, at[1] + dy)),
            doors=tuple(doors),
            pieces=tuple(map(there, self.pieces)),
            columns=tuple(map(there, self.columns)),
            public=self.public,
        )

    def free(self) -> BaseGeometry:
        return self.ground().difference(self.taken())


def check_rooms(rooms: Sequence[Furnished], profile: Profile) -> tuple[Finding, ...]:
    """The findings of all rules; none at all where there are no rooms.

    Each room is looked at as if it stood at the origin: what was found is remembered however it is pushed about.
    """
    if not rooms:
        return ()
    away = {r.item.id: (min(x for x, _ in r.item.polygon), min(y for _, y in r.item.polygon)) for r in rooms}
    there = [r.pushed(-away[r.item.id][0], -away[r.item.id][1]) for r in rooms]
    return tuple(_pushed(finding, away) for rule in ROOM_RULES for finding in rule(there, profile))


def _pushed(finding: Finding, away: Mapping[str, tuple[int, int]]) -> Finding:
    """The finding where its room stands."""
    if not finding.where:
        return finding
    where = finding.where[0]
    dx, dy = away[max((r for r in away if where == r or where.startswith(f"{r}{BETWEEN}")), key=len)]  # ids are anybody's
    shown = tuple(replace(w, points=tuple((x + dx, y + dy) for x, y in w.points)) for w in finding.witness)
    values = dict(finding.values)
    if "x" in values and "y" in values:
        values |= {"x": int(values["x"]) + dx, "y": int(values["y"]) + dy}
    return replace(finding, witness=shown, values=values)


def refused(room: Furnished, profile: Profile) -> tuple[str, ...]:
    """The codes of what the check finds wrong in one room."""
    return tuple(f.code for f in check_rooms([room], profile) if f.status == "fail")


def room_doors_leave_room_to_manoeuvre(rooms: Sequence[Furnished], profile: Profile) -> tuple[Finding, ...]:
    """On the room's side of each of its doors the rectangle of at least one approach is free of walls and furniture.

    Measured: the share of the rectangle that is free, of the approach with most of it.
    """
    code, key = "access.room_door_manoeuvring", "door_pull_front_depth_mm"
    found: list[Finding] = []
    for public in (True, False):
        cases = [_at_door(r, d, profile) for r in rooms if r.public == public for d in r.doors]
        if cases:
            severity: Severity = "error" if public else "warning"
            found += judge(profile, code, key, cases, required=1.0, unit="share", tolerance=1e-9, severity=severity)
    return tuple(found) or judge(profile, code, key, [], required=1.0, unit="share")


def _inner_frame(room: Furnished, door: Door) -> tuple[str, DoorFrame]:
    """A door seen from within: pulled or pushed, and its opening on the room's face of the wall."""
    ground, (mx, my) = shapely.Polygon(room.item.polygon), door_middle(door)
    seen = [seen_from(door, left) for left in (True, False)]

    def away(frame: DoorFrame) -> float:
        return min(
            float(ground.distance(shapely.Point(mx + d * frame.off[0], my + d * frame.off[1]))) for d in PROBES_MM
        )

    side, frame = min(seen, key=lambda s: away(s[1]))
    face = float(ground.distance(shapely.Point(mx, my))) + FACE_MM
    middle = (mx + face * frame.off[0], my + face * frame.off[1])
    return side, DoorFrame(middle=middle, along=frame.along, off=frame.off, half_mm=frame.half_mm)


def _at_door(room: Furnished, door: Door, profile: Profile) -> Case:
    side, frame = _inner_frame(room, door)
    return _entered(room, door.id, side, frame, approaches(profile, "push" if side == "slide" else side))


@lru_cache(maxsize=KEPT)
def _entered(room: Furnished, door: str, side: str, frame: DoorFrame, tried: tuple[Approach, ...]) -> Case:
    """The approach to a door from within that leaves most of its rectangle free."""
    free = room.free()
    one_door = door == room.item.id  # of a new room: it has no name of its own
    where = room.item.id if one_door else f"{room.item.id}{BETWEEN}{door}"
    best = Case(where=where, measured=0.0, values={"side": side})
    for approach in tried:
        rectangle = frame.rectangle(approach)
        lost = rectangle.difference(free)
        share = 1.0 if lost.area <= AREA_TOLERANCE_MM2 else 1.0 - lost.area / rectangle.area
        if share > best.measured or not best.witness:
            gap = math.floor(frame_depth(frame, lost)) if share < 1.0 else round(approach.depth_mm)
            values: dict[str, Value] = {"side": side, "approach": approach.name, "gap_mm": gap}
            shown = (*area_witness(rectangle), *(area_witness(lost) if share < 1.0 else ()))
            best = Case(where=best.where, measured=share, values=values, witness=shown)
    return best


def rooms_have_room_to_turn(rooms: Sequence[Furnished], profile: Profile) -> tuple[Finding, ...]:
    """In every room for the public the turning circle fits on floor that is joined with a door at the doors' width.

    Measured: the diameter of the largest such circle, to a millimetre.
    """
    key = "turning_circle_mm"
    cases = [_turning(r, _way_mm(r, profile)) for r in rooms if r.public]
    return judge(profile, "access.room_turning_circle", key, cases, tolerance=TOLERANCE_MM)


def _way_mm(room: Furnished, profile: Profile) -> float:
    """How wide a way people need within the room."""
    return profile.value("door_clear_mm") if "door_clear_mm" in profile.rules else min(map(door_width_mm, room.doors))


@lru_cache(maxsize=KEPT)
def _joined(room: Furnished, width: float) -> BaseGeometry:
    """Where the middle of a person's way can be in the room, joined with one of its doors."""
    eroded = erode(room.free(), width)
    inside = [_inner_frame(room, d)[1] for d in room.doors]
    places = [(f.middle[0] + f.off[0] * width / 2, f.middle[1] + f.off[1] * width / 2) for f in inside]
    return components_at(eroded, places, within_mm=width / 2)


@lru_cache(maxsize=KEPT)
def _turning(room: Furnished, width: float) -> Case:
    spot = shapely.Polygon(room.item.polygon).representative_point()
    wide, middle = widest_disc(room.free(), _joined(room, width)) or (0.0, (spot.x, spot.y))
    return Case(
        where=room.item.id, measured=wide, values={"gap_mm": round(wide)}, witness=(disc_witness(wide, middle),)
    )


def room_fittings_have_clear_floor(rooms: Sequence[Furnished], profile: Profile) -> tuple[Finding, ...]:
    """In rooms for the public a clear floor for a wheelchair lies at some side of everything that stands there, along it or
    end on, joined with a door. Things that touch are one.

    Measured: how deep the floor is end on, up to what is required, at the best place.
    """
    code, key = "access.room_clear_floor", "clear_floor_deep_mm"
    if key not in profile.rules or "clear_floor_wide_mm" not in profile.rules:
        return judge(profile, code, key, [])
    wide, deep = profile.value("clear_floor_wide_mm"), profile.value(key)
    cases = [case for r in rooms if r.public for case in _before_things(r, wide, deep, _way_mm(r, profile))]
    return judge(profile, code, key, cases, tolerance=TOLERANCE_MM)


@lru_cache(maxsize=KEPT)
def _before_things(room: Furnished, wide: float, deep: float, way: float) -> tuple[Case, ...]:
    free = room.free().buffer(TOLERANCE_MM / 2, join_style="mitre")
    shapely.prepare(free)
    return tuple(_before(room, thing, free, wide, deep, way) for thing in parts(room.taken()))


def _before(room: Furnished, thing: BaseGeometry, free: BaseGeometry, wide: float, deep: float, way: float) -> Case:
    """The best place beside one thing."""
    joined, spot = _joined(room, way), thing.representative_point()
    place: dict[str, Value] = {"x": round(spot.x), "y": round(spot.y)}
    for along, off in ((wide, deep), (deep, wide)):
        tried = _places(thing, along, off)
        if len(tried) and not joined.is_empty:
            good = np.flatnonzero(shapely.covers(free, tried))
            good = good[shapely.dwithin(tried[good], joined, way / 2)]
            if len(good):
                return Case(where=room.item.id, measured=deep, values=place, witness=area_witness(tried[good[0]]))
    best, shown = 0.0, thing
    for strip in _places(thing, wide, deep):
        lost = strip.difference(free)
        depth = float(thing.distance(lost)) if not lost.is_empty else deep
        if depth > best and shapely.dwithin(strip, joined, wide / 2):
            best, shown = min(depth, deep), strip
    return Case(where=room.item.id, measured=best, values=place, witness=area_witness(shown))


def _places(thing: BaseGeometry, along: float, off: float) -> Shapes:
    """Rectangles `along` wide and `off` deep that touch a side of a thing, every STEP_MM, past its ends by half at most."""
    ring = shapely.get_coordinates(shapely.orient_polygons(thing).exterior)  # counter-clockwise: outward is to the right
    found = [np.zeros((0, 4, 2))]
    for start, end in pairwise(ring):
        long = math.dist(start, end)
        if long < SHORTEST_SIDE_MM:
            continue
        way = (end - start) / long
        first, last = -along / 2, long - along / 2
        low = np.linspace(first, last, max(2, math.ceil((last - first) / STEP_MM) + 1))
        s, t = np.stack([low, low + along, low + along, low], axis=1), np.asarray([FACE_MM, FACE_MM, off, off])
        found.append(start + s[..., None] * way + t[:, None] * np.asarray([way[1], -way[0]]))
    return np.asarray(shapely.polygons(np.concatenate(found)), dtype=object)


RoomRule = Callable[[Sequence[Furnished], Profile], tuple[Finding, ...]]
ROOM_RULES: tuple[RoomRule, ...] = (
    room_doors_leave_room_to_manoeuvre,
    rooms_have_room_to_turn,
    room_fittings_have_clear_floor,
)
