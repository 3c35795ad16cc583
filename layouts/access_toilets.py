"""Access rules about toilets: that there is an accessible one, near enough and large enough, new or standing in the building.

A toilet that nobody called accessible counts where its size lets it be one: its sides, a turning circle and, where it stands in
the building, a door that is wide enough. What stands inside a room of the building is not known, so that is told as by size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from layouts.access_question import AccessQuestion, Case, judge, not_checked
from layouts.compartments import parts_of
from layouts.findings import Finding
from layouts.geometry import door_width_mm, polygon_shape, sides_mm
from layouts.layout import Item
from layouts.plan import Door, Space
from layouts.standing import door_sides, is_toilet, kind_of, width_mm
from layouts.walkable import TOLERANCE_MM

ACCESSIBLE = "toilet_accessible"
OWN_WALL_MM = 100  # of a placed room: on all its sides
SHORT, LONG, TURNING, DOOR = "accessible_toilet_short_mm", "accessible_toilet_long_mm", "turning_circle_mm", "door_clear_mm"
MISSES = {
    SHORT: "access.standing_toilet_short", LONG: "access.standing_toilet_long",
    TURNING: "access.standing_toilet_turning", DOOR: "access.standing_toilet_door",
}  # fmt: skip


def accessible_toilet_is_near(q: AccessQuestion) -> tuple[Finding, ...]:
    """The longest walk from a public stop to the nearest accessible toilet."""
    code, key = "access.toilet_distance", "accessible_toilet_distance_m"
    if key not in q.profile.rules or "clear_route_mm" not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    doors = tuple(d.id for s in _standing(q) if s.kind == ACCESSIBLE or not list(_misses(q, s)) for d in _doors(q, s))
    walks = q.walks(q.profile.mm("clear_route_mm"), doors)
    toilets = {*(i.bank or i.id for i in accessible_toilets(q)), *doors} & walks.index.keys()
    if not toilets:
        return (not_checked(q.profile, code, missing=ACCESSIBLE),)
    walks.walk_from(sorted(toilets))  # few of them: all walks there are looked for at once
    cases = []
    for stop in (s for s in walks.index if s not in doors):
        nearest = min(toilets, key=lambda t: (walks.length_mm(stop, t), t))
        cases.append(Case(where=stop, measured=walks.length_mm(stop, nearest) / 1000, values={"toilet": nearest}))
    return judge(q.profile, code, key, cases, at_most=True)


def accessible_toilets(q: AccessQuestion) -> list[Item]:
    """Placed items that are accessible toilets: called so, divided into rooms of which one is, or large enough to be one."""
    toilets = (i for i in q.layout.items if i.kind in ("toilets", ACCESSIBLE))
    return [i for i in toilets if i.kind == ACCESSIBLE or i.accessible or _holds_one(q, i)]


def _holds_one(q: AccessQuestion, item: Item) -> bool:
    """Whether toilets set down by hand hold an accessible one."""
    rooms = parts_of(item, *map(round, sides_mm(item)))
    if rooms:
        return any(room.kind == ACCESSIBLE for room in rooms)
    inside = sorted(_inside_mm(item))
    asked = {SHORT: inside[0], LONG: inside[1], TURNING: inside[0]}
    known = [key for key in asked if key in q.profile.rules]
    return {SHORT, LONG} <= set(known) and all(asked[key] >= q.profile.value(key) - TOLERANCE_MM for key in known)


def accessible_toilet_is_there(q: AccessQuestion) -> tuple[Finding, ...]:
    """Accessible toilets on the level, placed or standing in the building; where too few, what those that stand miss."""
    standing = _standing(q)
    others = [s for s in standing if s.kind != ACCESSIBLE]
    misses = {s.id: list(_misses(q, s)) for s in others}
    by_size = [s.name or s.id for s in others if not misses[s.id]]
    count = len(accessible_toilets(q)) + len(standing) - len(others) + len(by_size)
    case = Case(where=q.level.id, measured=float(count))
    found = judge(q.profile, "access.toilet_count", "accessible_toilets_per_floor", [case])
    if by_size:
        found = (*found, not_checked(q.profile, "access.toilet_by_size", toilets=", ".join(by_size)))
    if all(f.status != "fail" for f in found):
        return found
    return (*found, *(finding for space in others for finding in misses[space.id]))


def _standing(q: AccessQuestion) -> list[Space]:
    """The toilets that stand in the building and that no placed room is."""
    taken = {i.space for i in q.layout.items if i.space}
    return [s for s in q.level.spaces if s.id not in taken and is_toilet(s)]


def _doors(q: AccessQuestion, space: Space) -> list[Door]:
    """The doors by which the public comes in from the hall."""
    halls = {s.id for s in q.level.spaces if kind_of(s) == "hall"} | {None}
    sides = door_sides(q.level)
    return [d for d in q.level.doors if space.id in sides[d.id] and halls.intersection(sides[d.id])]


def _misses(q: AccessQuestion, space: Space) -> Iterator[Finding]:
    """What a toilet that stands lacks as an accessible one."""
    short, long = sorted(_rectangle_mm(space))
    clear = max((min(float(d.clear_mm), door_width_mm(d)) for d in _doors(q, space)), default=0.0)
    measured = {SHORT: short, LONG: long, TURNING: float(width_mm(space)), DOOR: clear}
    for key, value in measured.items():
        case = Case(where=space.id, measured=value, values={"name": space.name or space.id})
        judged = judge(q.profile, MISSES[key], key, [case], tolerance=TOLERANCE_MM, severity="warning")
        yield from (f for f in judged if f.status != "pass")


def accessible_toilets_are_large_enough(q: AccessQuestion) -> tuple[Finding, ...]:
    """The short and the long side of every accessible toilet, inside its own walls."""
    sides = {i.id: _inside_mm(i) for i in q.layout.items if i.kind == ACCESSIBLE}
    sides |= {s.id: _rectangle_mm(s) for s in q.level.spaces if s.kind == ACCESSIBLE}
    short = [Case(where=k, measured=min(both)) for k, both in sides.items()]
    long = [Case(where=k, measured=max(both)) for k, both in sides.items()]
    return (
        *judge(q.profile, "access.toilet_short_side", SHORT, short, tolerance=TOLERANCE_MM),
        *judge(q.profile, "access.toilet_long_side", LONG, long, tolerance=TOLERANCE_MM),
    )


def _inside_mm(room: Item) -> tuple[float, float]:
    width, depth = sides_mm(room)
    return width - 2 * OWN_WALL_MM, depth - 2 * OWN_WALL_MM


def _rectangle_mm(space: Space) -> tuple[float, float]:
    """The sides of the least rectangle round a room that stands in the building."""
    ring = list(polygon_shape(space.outline).minimum_rotated_rectangle.exterior.coords)
    return math.dist(ring[0], ring[1]), math.dist(ring[1], ring[2])
