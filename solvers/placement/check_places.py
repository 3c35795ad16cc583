"""Places recomputed from poses: a module's layers and boxes, its perimeter interval, where its visitors stand at the spine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.polygon import orient

from layouts.facets import faceted
from layouts.geometry import parts, union
from layouts.plan import Level, Ring
from layouts.programme import BankRequirement, IslandRequirement, LayoutRules, RoomRequirement
from solvers.placement.check_ways import WaysRound
from solvers.placement.problem import DM, Pose, SpineLine

Element = BankRequirement | RoomRequirement | IslandRequirement
VISITOR_DM = 7  # visitors stand this far before a desk, door or machine


def rounded_up(mm: float) -> int:
    """Millimetres to whole decimetres, rounded up."""
    return -int(-mm // DM)


@dataclass(frozen=True, slots=True)
class Layers:
    """Intervals of v (dm): the body or desk line, the waiting rows if any, and v of the visitors before it.

    Rows across the spine are measured from the spine's far edge: `across` is True for them.
    """

    body: tuple[int, int]
    waiting: tuple[int, int, bool] | None
    front: int


def layers(element: Element, pose: Pose, rules: LayoutRules) -> Layers:
    """A module's layers from its back: staff + setback | desk | customer | aisle | rows; or (setback) | body | front."""
    if not isinstance(element, BankRequirement):
        end = pose.setback_dm + pose.room_depth_dm
        staff_room = isinstance(element, RoomRequirement) and element.side == "staff"
        return Layers((pose.setback_dm, end), None, end if staff_room else end + VISITOR_DM)
    staff = rounded_up(rules.staff_zone_mm) + pose.setback_dm
    desk = staff + rounded_up(rules.desk_depth_mm)
    aisle = desk + rounded_up(rules.customer_zone_mm) + rounded_up(rules.approach_aisle_mm)
    depth = max(
        rounded_up(pose.rows * rules.row_pitch_mm),
        rounded_up(rules.wheelchair_bay_mm[1]) if element.wheelchair_bays else 0,
    )
    waiting = None
    if pose.rows:
        waiting = (0, depth, True) if pose.across_dm is not None else (aisle, aisle + depth, False)
    return Layers((staff, desk), waiting, desk + VISITOR_DM)


def staff_perimeter(level: Level) -> Ring:
    """The ring that walls are numbered and arcs measured along: the outline, round obstacles that stand against it, by the
    facets of what is curved (`check_facets` holds them against the floor)."""
    if not level.obstacles:
        return faceted(level.outline, level.doors)
    floor = parts(Polygon(level.outline).difference(union(Polygon(o.outline) for o in level.obstacles)))
    hall = orient(max(floor, key=lambda part: part.area)).exterior
    return faceted(tuple((round(x), round(y)) for x, y in hall.coords[:-1]), level.doors)


def wall_of(level: Level, pose: Pose) -> tuple[tuple[int, int], tuple[int, int]]:
    """The edge of the perimeter that a baseline such as `w3` or `w3b` (a stretch of it) names."""
    ring = staff_perimeter(level)
    number = int("".join(c for c in pose.baseline if c.isdigit()))
    return ring[number], ring[(number + 1) % len(ring)]


def body_box(element: Element, pose: Pose, rules: LayoutRules) -> Polygon:
    """The floor of a module's body or desk line; a staffed island's ends where its staff's way in begins."""
    if isinstance(element, IslandRequirement):
        pose = replace(pose, length_dm=rounded_up(element.width_mm))
    return pose_box(pose, *layers(element, pose, rules).body)


def pose_box(pose: Pose, v0: int, v1: int, across: bool = False) -> Polygon:
    """The floor, in mm, of a module's whole length between two of its v (from the spine's far edge with `across`)."""
    start = pose.across_dm if across and pose.across_dm is not None else pose.back_dm
    low, high = sorted((start + pose.sign * v0, start + pose.sign * v1))
    ends = (pose.u_dm, pose.u_dm + pose.length_dm)
    if pose.axis == "x":
        return box(ends[0] * DM, low * DM, ends[1] * DM, high * DM)
    return box(low * DM, ends[0] * DM, high * DM, ends[1] * DM)


def perimeter_interval(level: Level, p: tuple[float, float], q: tuple[float, float]) -> tuple[float, float]:
    """Distances along the perimeter (dm from its first point) of the points nearest to p and q; the short way round."""
    corners = staff_perimeter(level)
    ring = LineString([*corners, corners[0]])
    # where both ends lie at a corner, the middle tells the wall: measure from it outwards
    a, b = ring.project(Point(p)) / DM, ring.project(Point(q)) / DM
    whole = ring.length / DM
    middle = ring.project(Point((p[0] + q[0]) / 2, (p[1] + q[1]) / 2)) / DM
    around = sorted((x - middle + whole / 2) % whole - whole / 2 for x in (a, b))
    return middle + around[0], middle + around[1]


def beside_spine(
    spine: SpineLine, element: Element, pose: Pose, rules: LayoutRules, ways: WaysRound | None = None
) -> tuple[int, int, int]:
    """Where a module's visitors stand: t along the spine, L1 distance off it and side (1: left), dm; round built walls."""
    along = pose.u_dm + pose.length_dm // 2
    across = pose.back_dm + pose.sign * layers(element, pose, rules).front
    point = (along, across) if pose.axis == "x" else (across, along)
    t, lat, side = on_spine(spine, point)
    round_walls = ways.shortest(point) if ways is not None else None
    return (t, lat, side) if round_walls is None else (round_walls[1], round_walls[0], side)


def on_spine(spine: SpineLine, point: tuple[int, int]) -> tuple[int, int, int]:
    """(t, lat, side) of the nearest segment by L1 distance, the earlier one on a tie; overshoot counts as lateral."""
    found: list[tuple[int, int, int]] = []
    start = 0
    for a, b in zip(spine.points, spine.points[1:]):
        length = abs(b[0] - a[0]) + abs(b[1] - a[1])
        ux, uy = (b[0] - a[0]) // length, (b[1] - a[1]) // length
        dx, dy = point[0] - a[0], point[1] - a[1]
        along, left = dx * ux + dy * uy, dy * ux - dx * uy
        t = min(length, max(0, along))
        found.append((abs(left) + abs(along - t), start + t, 1 if left > 0 else 0))
        start += length
    lat, t, side = min(found, key=lambda f: f[0])
    return t, lat, side
