"""Room to manoeuvre at doors: on each side some approach finds its rectangle free (ADA 404.2.4.1 and its kin).

The rectangle lies before the whole opening and a little beyond its latch (or its hinge), as deep as the approach asks. A
profile holds as many approaches as it knows: `door_<side>_<approach>_depth_mm` and `_beyond_mm`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon as Shape
from shapely.geometry.base import BaseGeometry

from layouts.access_question import AREA_TOLERANCE_MM2, AccessQuestion, Case, area_witness, judge, not_checked
from layouts.changes import Box
from layouts.findings import Finding
from layouts.geometry import door_middle, door_width_mm, ring_shape, union
from layouts.plan import Door
from layouts.standards import Profile

APPROACHES = ("front", "latch", "hinge")
BEFORE_MM = 150.0  # of a door: the floor that it opens on
OUTER_USES = ("entrance", "exit", "entrance_exit", "staff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """One way to come to a door: how deep the floor before it is, how far it reaches beyond the latch or the hinge."""

    name: str
    depth_mm: float
    beyond_mm: float
    beyond: str


def approaches(profile: Profile, side: str) -> tuple[Approach, ...]:
    """The approaches that the profile knows for the pull or the push side."""
    rules, found = profile.rules, []
    for name in APPROACHES:
        depth = f"door_{side}_{name}_depth_mm"
        if depth in rules:
            beyond = rules[b].value if (b := f"door_{side}_{name}_beyond_mm") in rules else 0.0
            at = "hinge" if (side, name) == ("push", "hinge") else "latch"
            found.append(Approach(name=name, depth_mm=rules[depth].value, beyond_mm=beyond, beyond=at))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFrame:
    """A door seen from one side: the middle of its opening, the way along it from hinge to latch, the way off it."""

    middle: tuple[float, float]
    along: tuple[float, float]
    off: tuple[float, float]
    half_mm: float

    def rectangle(self, approach: Approach) -> BaseGeometry:
        """The floor that an approach needs."""
        low, high = -self.half_mm, self.half_mm
        low, high = (low - approach.beyond_mm, high) if approach.beyond == "hinge" else (low, high + approach.beyond_mm)
        corners = [(low, 0.0), (high, 0.0), (high, approach.depth_mm), (low, approach.depth_mm)]
        (mx, my), (ax, ay), (ox, oy) = self.middle, self.along, self.off
        return Shape([(mx + ax * u + ox * v, my + ay * u + oy * v) for u, v in corners])


def frames(q: AccessQuestion, door: Door) -> Iterator[tuple[str, DoorFrame]]:
    """The sides of a door that lie on our floor, each as "pull" or "push". An outer door has its hall side alone."""
    hall = ring_shape(q.level.outline).difference(union(ring_shape(h) for h in q.level.holes))
    for left in (True, False):
        side, frame = seen_from(door, left)
        (mx, my), off = frame.middle, frame.off
        if hall.contains(shapely.Point(mx + off[0] * 100, my + off[1] * 100)):
            yield side, frame


def seen_from(door: Door, left: bool) -> tuple[str, DoorFrame]:
    """A door seen from its left side, going from p to q, or from its right one; "pull", "push" or "slide"."""
    (px, py), (qx, qy) = door.p, door.q
    width = door_width_mm(door)
    ux, uy = (qx - px) / width, (qy - py) / width
    along = (ux, uy) if door.hinge == "p" else (-ux, -uy)
    # `swing` is seen from the hall: a leaf that swings in is pulled from the hall's side
    towards = door.swing == "in" if door.use in OUTER_USES or left else door.swing != "in"
    side = "slide" if door.swing in ("slide", "none") else "pull" if towards else "push"
    off = (-uy, ux) if left else (uy, -ux)
    return side, DoorFrame(middle=door_middle(door), along=along, off=off, half_mm=min(width, door.clear_mm) / 2)


def sides(q: AccessQuestion) -> tuple[tuple[Door, str, DoorFrame], ...]:
    """Every side of every door that lies on our floor."""
    return q.on().once("level", "door sides", lambda: tuple((d, s, f) for d in q.level.doors for s, f in frames(q, d)))


def doors_leave_room_to_manoeuvre(q: AccessQuestion) -> tuple[Finding, ...]:
    """On each side of a door the rectangle of at least one approach is free.

    Measured: the share of the rectangle that is free, of the approach with most of it.
    """
    code, key = "access.door_manoeuvring", "door_pull_front_depth_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    seen = [(door, side, frame, door.use == "staff" or _on_staff_floor(q, frame)) for door, side, frame in sides(q)]
    public = [_case(q, *each) for each in seen if not each[-1]]
    staff = [_case(q, *each) for each in seen if each[-1]]
    found = judge(q.profile, code, key, public, required=1.0, unit="share", tolerance=1e-9)
    if not staff:
        return found
    # work areas must be approached, entered and left (ADA 203.9); room to manoeuvre there is advised
    return (*found, *judge(q.profile, code, key, staff, required=1.0, unit="share", tolerance=1e-9, severity="warning"))


def _on_staff_floor(q: AccessQuestion, frame: DoorFrame) -> bool:
    """Does the door open on the staff's floor from this side, as an old room's door behind counters does?"""
    (mx, my), (ox, oy) = frame.middle, frame.off
    return bool(shapely.contains_xy(q.staff(), mx + ox * BEFORE_MM, my + oy * BEFORE_MM))


def _case(q: AccessQuestion, door: Door, side: str, frame: DoorFrame, theirs: bool) -> Case:
    """`theirs`: it is a door of the staff's, from this side at least."""
    if side == "slide" and door.swing == "none" and door.clear_mm >= _free_from(q):
        return Case(where=door.id, measured=1.0, values={"side": side, "approach": "none needed"})

    def look() -> tuple[Case, Box]:
        asked = [(a, frame.rectangle(a)) for a in approaches(q.profile, "push" if side == "slide" else side)]
        within = union([r for _, r in asked]).bounds if asked else (0.0, 0.0, 0.0, 0.0)
        return _best(q, door, side, frame, theirs, asked), within

    return q.on().near_place("manoeuvring", f"{door.id} {side} {frame.off} {theirs}", look)


def _best(
    q: AccessQuestion, door: Door, side: str, frame: DoorFrame, theirs: bool, asked: list[tuple[Approach, BaseGeometry]]
) -> Case:
    """The approach with most of its rectangle free; the first whose rectangle is free altogether."""
    best = Case(where=door.id, measured=0.0, values={"side": side})
    for approach, rectangle in asked:
        taken = _taken(q, theirs, rectangle)
        share = 1.0 if taken.area <= AREA_TOLERANCE_MM2 else 1.0 - taken.area / rectangle.area
        if share > best.measured or not best.witness:
            gap = math.floor(frame_depth(frame, taken)) if share < 1.0 else round(approach.depth_mm)
            best = Case(
                where=door.id,
                measured=share,
                values={"side": side, "approach": approach.name, "gap_mm": gap, "depth_mm": round(approach.depth_mm)},
                witness=(*area_witness(rectangle), *(area_witness(taken) if share < 1.0 else ())),
            )
    return best


def _taken(q: AccessQuestion, theirs: bool, rectangle: BaseGeometry) -> BaseGeometry:
    """What of a rectangle is not free floor; a staff door's may lie on the staff's floor too."""
    if q.public().covers(rectangle):
        return Shape()
    taken = rectangle.difference(q.public())
    return taken.difference(q.staff()) if theirs else taken


def frame_depth(frame: DoorFrame, taken: BaseGeometry) -> float:
    """How far the nearest thing in the way stands from the door's line."""
    (mx, my), (ax, ay), half = frame.middle, frame.along, frame.half_mm
    line = shapely.LineString([(mx - ax * half, my - ay * half), (mx + ax * half, my + ay * half)])
    return float(line.distance(taken))


def _free_from(q: AccessQuestion) -> float:
    """The clear width from which a doorway without leaf needs no room to manoeuvre; infinite when the profile has none."""
    key = "doorway_without_leaf_mm"
    return q.profile.value(key) if key in q.profile.rules else math.inf
