"""Inside rooms that stand in the building and are furnished: at their doors, to turn, and before what stands in them.

Rooms for the public are held to all of it. Work areas must be approached, entered and left (ADA 203.9): at doors of the
staff's rooms room to manoeuvre is advised.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.access_doors import DoorFrame, approaches, frame_depth, seen_from
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
Corners = tuple[tuple[float, float], ...]


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

    def free(self) -> BaseGeometry:
        return self.ground().difference(self.taken())


def check_rooms(rooms: Sequence[Furnished], profile: Profile) -> tuple[Finding, ...]:
    """The findings of all rules; none at all where no room that stands is used."""
    return tuple(finding for rule in ROOM_RULES for finding in rule(rooms, profile)) if rooms else ()


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
    free = room.free()
    best = Case(where=f"{room.item.id}>{door.id}", measured=0.0, values={"side": side})
    for approach in approaches(profile, "push" if side == "slide" else side):
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
    cases = [_turning(r, profile) for r in rooms if r.public]
    return judge(profile, "access.room_turning_circle", key, cases, tolerance=TOLERANCE_MM)


def _joined(room: Furnished, profile: Profile) -> BaseGeometry:
    """Where the middle of a person's way can be in the room, joined with one of its doors."""
    width = profile.value("door_clear_mm") if "door_clear_mm" in profile.rules else min(map(door_width_mm, room.doors))
    eroded = erode(room.free(), width)
    inside = [_inner_frame(room, d)[1] for d in room.doors]
    places = [(f.middle[0] + f.off[0] * width / 2, f.middle[1] + f.off[1] * width / 2) for f in inside]
    return components_at(eroded, places, within_mm=width / 2)


def _turning(room: Furnished, profile: Profile) -> Case:
    spot = shapely.Polygon(room.item.polygon).representative_point()
    wide, middle = widest_disc(room.free(), _joined(room, profile)) or (0.0, (spot.x, spot.y))
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
    cases = [case for r in rooms if r.public for case in _before_things(r, profile)]
    return judge(profile, code, key, cases, tolerance=TOLERANCE_MM)


def _before_things(room: Furnished, profile: Profile) -> Iterator[Case]:
    free, joined = room.free().buffer(TOLERANCE_MM / 2, join_style="mitre"), _joined(room, profile)
    for thing in parts(room.taken()):
        yield _before(room, thing, free, joined, profile)


def _before(room: Furnished, thing: BaseGeometry, free: BaseGeometry, joined: BaseGeometry, profile: Profile) -> Case:
    """The best place beside one thing."""
    wide, deep = profile.value("clear_floor_wide_mm"), profile.value("clear_floor_deep_mm")
    spot = thing.representative_point()
    place: dict[str, Value] = {"x": round(spot.x), "y": round(spot.y)}
    tried = [p for along, off in ((wide, deep), (deep, wide)) for p in _places(thing, along, off)]
    if tried and not joined.is_empty:
        shapely.prepare(free)
        near = shapely.dwithin(np.asarray(tried, dtype=object), joined, profile.value("door_clear_mm") / 2)
        good = np.flatnonzero(shapely.covers(free, tried) & near)
        if len(good):
            return Case(where=room.item.id, measured=deep, values=place, witness=area_witness(tried[good[0]]))
    best, shown = 0.0, thing
    for strip in _places(thing, wide, deep):
        lost = strip.difference(free)
        depth = float(thing.distance(lost)) if not lost.is_empty else deep
        if depth > best and shapely.dwithin(strip, joined, wide / 2):
            best, shown = min(depth, deep), strip
    return Case(where=room.item.id, measured=best, values=place, witness=area_witness(shown))


def _places(thing: BaseGeometry, along: float, off: float) -> list[BaseGeometry]:
    """Rectangles `along` wide and `off` deep that touch a side of a thing, every STEP_MM, past its ends by half at most."""
    found = []
    ring = list(shapely.orient_polygons(thing).exterior.coords)  # counter-clockwise: outward is to the right
    for (ax, ay), (bx, by) in pairwise(ring):
        long = math.dist((ax, ay), (bx, by))
        if long < SHORTEST_SIDE_MM:
            continue
        ux, uy = (bx - ax) / long, (by - ay) / long
        start, stop = -along / 2, long - along / 2
        for low in np.linspace(start, stop, max(2, math.ceil((stop - start) / STEP_MM) + 1)):
            corners = ((low, FACE_MM), (low + along, FACE_MM), (low + along, off), (low, off))
            found.append(shapely.Polygon([(ax + ux * s + uy * t, ay + uy * s - ux * t) for s, t in corners]))
    return found


RoomRule = Callable[[Sequence[Furnished], Profile], tuple[Finding, ...]]
ROOM_RULES: tuple[RoomRule, ...] = (
    room_doors_leave_room_to_manoeuvre,
    rooms_have_room_to_turn,
    room_fittings_have_clear_floor,
)
