"""Access rules about ways: doors, clear widths, and that everything for the public can be reached."""

from __future__ import annotations

import math

from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from layouts.access_passing import pinches_are_forgiven
from layouts.access_question import AccessQuestion, Case, judge, not_checked
from layouts.blocked import LEAST_WIDTH_MM, shown, way_at, way_on_foot
from layouts.changes import Box
from layouts.findings import Finding
from layouts.geometry import door_width_mm, ring_shape, union, within_box
from layouts.layout import Item, Route
from layouts.narrowest import narrowest_of
from layouts.plan import ENTRANCE_USES, EXIT_USES, Door, doors_of_use
from layouts.routes import REACH_MM, StopWalks, legs_of, routes_of, standing_points
from layouts.screening import SCREEN
from layouts.standing import door_sides, kind_of
from layouts.walkable import TOLERANCE_MM


def _usable_mm(door: Door) -> float:
    """The clear width the leaf leaves, never more than the opening drawn."""
    return min(float(door.clear_mm), door_width_mm(door))


def _ways_up(q: AccessQuestion) -> frozenset[str]:
    """Doors within the building (a lift's, a stair's) by which visitors come onto an upper storey."""
    return frozenset(door for door, _ in q.layout.hall.uses) if q.layout.hall else frozenset()


def entrances_are_wide_enough(q: AccessQuestion) -> tuple[Finding, ...]:
    """Clear width of every public entrance; doors by which people come from another storey are none of the building's."""
    entrances, inner = doors_of_use(q.level, ENTRANCE_USES), _ways_up(q)
    cases = [Case(where=d.id, measured=_usable_mm(d)) for d in entrances if d.id not in inner]
    if not entrances:
        return (not_checked(q.profile, "access.entrance_clear_width", missing="entrance"),)
    return judge(q.profile, "access.entrance_clear_width", "entrance_clear_mm", cases, tolerance=TOLERANCE_MM)


def enough_entrances_are_accessible(q: AccessQuestion) -> tuple[Finding, ...]:
    """The share of public entrances that are wide enough."""
    code, key = "access.accessible_entrance_share", "accessible_entrance_share"
    doors, inner = doors_of_use(q.level, ENTRANCE_USES), _ways_up(q)
    if not doors or "entrance_clear_mm" not in q.profile.rules:
        return (not_checked(q.profile, code, missing="entrance"),)
    entrances = [d for d in doors if d.id not in inner]
    if not entrances:
        return judge(q.profile, code, key, [])
    wide = [d for d in entrances if _usable_mm(d) >= q.profile.value("entrance_clear_mm") - TOLERANCE_MM]
    case = Case(where=q.level.id, measured=len(wide) / len(entrances), values={"entrances": len(entrances)})
    return judge(q.profile, code, key, [case], tolerance=1e-9)


def doors_are_wide_enough(q: AccessQuestion) -> tuple[Finding, ...]:
    """Clear width of every other door: exits, staff doors, internal doors that somebody passes, lifts'."""
    inner = _ways_up(q)
    others = [d for d in q.level.doors if d.id in inner or (d.use not in ENTRANCE_USES and _is_passed(q, d))]
    cases = [Case(where=d.id, measured=_usable_mm(d)) for d in others]
    return judge(q.profile, "access.door_clear_width", "door_clear_mm", cases, tolerance=TOLERANCE_MM)


def _is_passed(q: AccessQuestion, door: Door) -> bool:
    """Not so is an inner door of a building into a room that is no part of the centre: it is kept locked, or walled up."""
    hall = q.layout.hall
    if hall is None or not hall.spaces or door.use != "internal":
        return True
    used = {*hall.behind, *(i.space for i in q.layout.items), *(s.id for s in q.level.spaces if kind_of(s) == "hall")}
    return all(side is None or side in used for side in door_sides(q.level)[door.id])


def everything_public_is_reached(q: AccessQuestion) -> tuple[Finding, ...]:
    """From an entrance, at the clear width of routes, a visitor comes before every counter, machine and room door.

    Measured: how far the walkable floor stays away from the front; required: half the clear width and a little reach.
    """
    code, key = "access.reached", "clear_route_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    clear = q.profile.mm(key)
    ways = q.ways(clear)
    places = zip(q.public_items(), standing_points(ways, q.public_items()))
    missed = [i for i, place in places if place is None and not _reached_through_pinches(q, i)]
    cases = [_missed(q, i, clear) for i in missed]
    exits = [d for d in doors_of_use(q.level, EXIT_USES) if d.id not in q.walks(clear).points]
    exits = [d for d in exits if not _exit_through_pinches(q, d)]
    cases += [Case(where=d.id, measured=0.0, values={"clear_width_mm": clear}) for d in exits]
    total = len(q.public_items())
    if not cases and total:
        cases = [Case(where=q.level.id, measured=1.0, values={"things": total, "reach_mm": clear / 2 + REACH_MM})]
    return judge(q.profile, code, key, cases, required=1.0, unit="reached")


def _reached_through_pinches(q: AccessQuestion, item: Item) -> bool:
    """Whether a way narrower than the clear width leads to it, narrow only where the profile forgives it."""
    if "pinch_width_mm" not in q.profile.rules:
        return False
    return pinches_are_forgiven(q, way_at(q, item, q.profile.mm("pinch_width_mm")))


def _exit_through_pinches(q: AccessQuestion, door: Door) -> bool:
    """Whether such a way leads from an entrance to an exit."""
    if "pinch_width_mm" not in q.profile.rules:
        return False
    walks = q.walks(q.profile.mm("pinch_width_mm"))
    entrances = [d.id for d in doors_of_use(q.level, ENTRANCE_USES) if d.id in walks.index]
    return door.id in walks.index and any(pinches_are_forgiven(q, walks.line(e, door.id)) for e in entrances)


def _missed(q: AccessQuestion, item: Item, clear: int) -> Case:
    """A thing nobody reaches at the clear width, with the way on foot and the gap on it, where there is one."""
    on_foot = way_on_foot(q, item)
    return Case(where=item.id, measured=0.0, values={"clear_width_mm": clear} | on_foot.values, witness=on_foot.witness)


def _narrow_routes(q: AccessQuestion, wide: StopWalks) -> tuple[Route, ...]:
    """Routes, at the least width a person passes, of the legs that cannot be walked at the clear width."""
    if all(s in wide.index for f in q.programme.flows for s in f.stops):
        return ()
    tight = q.walks(LEAST_WIDTH_MM)
    missing = {
        leg: n
        for leg, n in legs_of(tight, q.programme.flows).items()
        if not math.isfinite(wide.length_mm(*leg)) and (leg[0] in tight.index and leg[1] in tight.index)
    }
    gaps = q.on().gaps(LEAST_WIDTH_MM)
    return routes_of(tight, gaps, missing) if missing and gaps is not None else ()


def routes_are_wide_enough(q: AccessQuestion) -> tuple[Finding, ...]:
    """Clear width of every route that visitors walk; where there is none at that width, of the way there is."""
    code, key = "access.route_clear_width", "clear_route_mm"
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    clear = q.profile.mm(key)
    wide = q.walks(clear)
    cases = [_width_case(q, r, clear) for r in q.routes(clear)]
    cases += [_width_case(q, r, LEAST_WIDTH_MM) for r in _narrow_routes(q, wide)]
    return judge(q.profile, code, key, cases, tolerance=TOLERANCE_MM)


def _width_case(q: AccessQuestion, route: Route, walked_at: int) -> Case:
    """A route's clear width; one that is narrower than it was walked at, or walked narrower, is shown with its gap."""
    where, width = f"{route.from_id}>{route.to_id}", float(route.clear_width_mm)
    if walked_at == LEAST_WIDTH_MM and "pinch_width_mm" in q.profile.rules:
        tight = q.walks(q.profile.mm("pinch_width_mm"))
        known = route.from_id in tight.index and route.to_id in tight.index
        if known and pinches_are_forgiven(q, tight.line(route.from_id, route.to_id)):
            return Case(where=where, measured=q.profile.value("clear_route_mm"), values={"pinch_mm": route.clear_width_mm})
    gaps = q.on().gaps(walked_at)
    if gaps is None or (walked_at != LEAST_WIDTH_MM and width >= walked_at - TOLERANCE_MM):
        return Case(where=where, measured=width, values={"x": route.narrowest[0], "y": route.narrowest[1]})
    told = shown(route.centreline, narrowest_of(gaps, (route.centreline,))[0])
    values = {"x": route.narrowest[0], "y": route.narrowest[1]} | told.values
    return Case(where=where, measured=width, values=values, witness=told.witness)


def main_aisle_is_wide_enough(q: AccessQuestion) -> tuple[Finding, ...]:
    """Twice the distance from the spine to the nearest solid, its ends at the doors and screening across it left out."""
    code, key = "access.main_aisle_width", "main_aisle_mm"
    if q.layout.spine is None:
        return (not_checked(q.profile, code, missing="spine"),)
    if key not in q.profile.rules:
        return (not_checked(q.profile, code, missing_rule=key),)
    half, spine = q.profile.mm(key) / 2, q.layout.spine.centreline

    def look() -> tuple[float, Box]:
        line, floor = LineString(spine), _without_screens(q, q.on().with_aprons(round(2 * half)))
        inner = substring(line, half, line.length - half)
        inside = line.length > 2 * half and (floor.covers(inner) or _nearly_covers(floor, inner))
        measured = 2 * float(floor.boundary.distance(inner)) if inside else 0.0
        left, low, right, high = line.bounds
        reach = measured / 2 + 10  # nothing farther off is the nearest, nor tells whether the line is on the floor
        return measured, (left - reach, low - reach, right + reach, high + reach)

    measured = q.on().near_place("main aisle", f"{half} {spine}", look)
    return judge(q.profile, code, key, [Case(where="spine", measured=measured)], tolerance=TOLERANCE_MM)


def _without_screens(q: AccessQuestion, floor: BaseGeometry) -> BaseGeometry:
    """The floor as if no screening stood across it: its gates have rules of their own."""
    screens = [ring_shape(i.polygon) for i in q.layout.items if i.kind == SCREEN]
    return union([floor, *(s.buffer(1, join_style="mitre") for s in screens)]) if screens else floor


def _nearly_covers(floor: BaseGeometry, line: LineString) -> bool:
    """Whether a line lies on a floor but for rounding."""
    left, low, right, high = line.bounds
    around = within_box(floor, left - 10, low - 10, right + 10, high + 10)
    return bool(around.buffer(1).covers(line))
