"""Whether people get everywhere: reached at the clear width, turning circles, routes and what is said of them."""

from __future__ import annotations

import math
from typing import Any

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from layouts.findings import Finding
from layouts.standards import profile, profile_ids
from planner.verify.contents import ANY_PUBLIC, IN, OUT, Contents, door_middles, doorsteps, joined, public_ground, shape
from planner.verify.found import all_or, failed, need, unchecked

ROUNDING_MM = 2.0  # corners are whole millimetres on both sides of a gap
ARC_MM = 10.0  # walks round corners are drawn with short chords: they may cut the arc by this much
REACH_MM = 300.0
WAITING_KINDS = ("seat", "wheelchair_bay", "partition", "void", "staff_gate", "call_display", "sign",
                 "security_arch", "security_bypass", "security_screen")  # fmt: skip
STAFF_KINDS = ("back_office", "back_of_house", "archive", "server_room", "ups_room", "staff_room", "staff_suite")
ACCESSIBLE_COUNTERS = (
    "counter",
    "cashier",
    "collection",
    "counter_accessible",
    "cashier_accessible",
    "collection_accessible",
    "complaint_desk",
)


def _front(item: Any, distance: float) -> Point:
    """The point so far before the middle of an item's front: the public stands on the side of -y of its own axes."""
    turn = math.radians(need(item, "rotation_deg"))
    x, y = need(item, "insert_mm")
    return Point(x + math.sin(turn) * distance, y - math.cos(turn) * distance)


def reached_floor(level: Any, width: float) -> BaseGeometry:
    """Where the middle of a disc of the clear width can come from an entrance."""
    floor = joined([public_ground(level), doorsteps(level, ANY_PUBLIC, width)])
    shrunk = floor.buffer(-(width - ROUNDING_MM) / 2, quad_segs=12)
    pieces = [g for g in getattr(shrunk, "geoms", [shrunk]) if not g.is_empty]
    doors = door_middles(level, IN)
    return joined([p for p in pieces if any(p.distance(d) <= 50 for d in doors)])


def _for_the_public(c: Contents, level: Any) -> list[Any]:
    staff = {r["id"] for r in need(c.answers, "programme", "rooms") if r["side"] == "staff"}
    return [
        i
        for i in need(level, "items")
        if i["kind"] not in WAITING_KINDS and i["kind"] not in STAFF_KINDS and i.get("bank") not in staff
    ]


def the_rules_are_the_profile_s(c: Contents) -> list[Finding]:
    """The lengths the layout was planned with are no smaller than those of the profile it names."""
    code, rules = "verify.rules_of_profile", c.rules()
    named = need(rules, "profile")
    if named not in profile_ids():
        return [unchecked(code, profile=str(named))]
    wanted, wrong = profile(named).rules, []
    for mine, theirs in (("clear_width_mm", "clear_route_mm"), ("turning_mm", "turning_circle_mm")):
        if theirs in wanted and need(rules, mine) < wanted[theirs].value:
            wrong.append(failed(code, mine, measured=rules[mine], required=wanted[theirs].value, unit="mm"))
    return all_or(wrong, code, profile=str(named))


def everything_public_is_reached(c: Contents) -> list[Finding]:
    """Every counter, machine, public room and exit, from an entrance at the clear width."""
    code, wrong, count = "verify.reached", [], 0
    width = need(c.rules(), "clear_width_mm")
    for level in c.levels():
        reached = reached_floor(level, width)
        open_ground = joined([public_ground(level), doorsteps(level, ANY_PUBLIC, width)]).buffer(ROUNDING_MM)
        for item in _for_the_public(c, level):
            count += 1
            front = _front(item, 10.0)
            line = shapely.shortest_line(front, reached) if not reached.is_empty else None
            if line is None or line.length > width / 2 + REACH_MM or not open_ground.covers(line):
                wrong.append(failed(code, item["id"], unit="mm", required=width))
        for door, place in zip((d for d in level["floor"]["doors"] if d["use"] in OUT), door_middles(level, OUT)):
            if reached.is_empty or reached.distance(place) > 50:
                wrong.append(failed(code, door["id"], unit="mm", required=width))
    return all_or(wrong, code, things=count)


def turning_circles_fit(c: Contents) -> list[Finding]:
    """At every accessible counter: a disc of the turning diameter on free floor, its middle in the counter's zones."""
    code, wrong, count = "verify.turning_circle", [], 0
    diameter = need(c.rules(), "turning_mm")
    for level in c.levels():
        free = public_ground(level)
        for item in need(level, "items"):
            if item["kind"] in ACCESSIBLE_COUNTERS and item["accessible"]:
                count += 1
                own = joined([shape(z["polygon"]) for z in item["clear_zones"] if z["use"] in ("customer", "turning", "front")])
                near = free.intersection(own.buffer(diameter))
                middles = near.buffer(-(diameter - ROUNDING_MM) / 2, quad_segs=12).intersection(own)
                if own.is_empty or middles.is_empty:
                    wrong.append(failed(code, item["id"], required=diameter, unit="mm"))
    return all_or(wrong, code, counters=count)


def routes_are_walked_on_free_floor(c: Contents) -> list[Finding]:
    """Every route lies on free public floor and keeps half the clear width from every solid."""
    code, wrong, count = "verify.routes_free", [], 0
    width = need(c.rules(), "clear_width_mm")
    for level in c.levels():
        floor = joined([public_ground(level), doorsteps(level, ANY_PUBLIC, width)])
        for route in need(level, "routes"):
            count += 1
            line, name = LineString(need(route, "centreline")), f"{route['from']}>{route['to']}"
            if not floor.buffer(1.0).covers(line):
                wrong.append(failed(code, name, problem="off_the_floor"))
                continue
            room = 2 * float(floor.boundary.distance(line))
            if room < width - ARC_MM * 2:
                wrong.append(failed(code, name, measured=round(room), required=width, unit="mm"))
    return all_or(wrong, code, routes=count)


def routes_say_what_they_are(c: Contents) -> list[Finding]:
    """Length of the line; the clear width is no more than the gap at the narrowest point, no less than is required."""
    code, wrong, count = "verify.routes_figures", [], 0
    width = need(c.rules(), "clear_width_mm")
    for level in c.levels():
        solid = joined([public_ground(level), doorsteps(level, ANY_PUBLIC, width)]).boundary
        for route in need(level, "routes"):
            count += 1
            line, name = LineString(route["centreline"]), f"{route['from']}>{route['to']}"
            told, clear = need(route, "length_mm"), need(route, "clear_width_mm")
            if abs(line.length - told) > 5 + 0.002 * line.length:
                wrong.append(failed(code, name, measured=round(line.length), required=told, unit="mm", figure="length"))
            if clear < width - ROUNDING_MM:
                wrong.append(failed(code, name, measured=clear, required=width, unit="mm", figure="clear_width"))
            gap = 2 * float(solid.distance(Point(need(route, "narrowest"))))
            if gap > clear + 2 * ARC_MM:
                wrong.append(failed(code, name, measured=clear, required=round(gap), unit="mm", figure="narrowest"))
    return all_or(wrong, code, routes=count)


def routes_lead_from_stop_to_stop(c: Contents) -> list[Finding]:
    """A route ends before the fronts it names or in their doors, and every flow's legs are there, visitors summed."""
    code, wrong = "verify.routes_ends", []
    width = need(c.rules(), "clear_width_mm")
    for level in c.levels():
        fronts: dict[str, list[Point]] = {}
        for item in need(level, "items"):
            if item["kind"] not in WAITING_KINDS:
                fronts.setdefault(item.get("bank") or item["id"], []).append(_front(item, 10.0))
        for door in level["floor"]["doors"]:
            fronts[door["id"]] = [LineString([door["p"], door["q"]]).centroid]
        for route in need(level, "routes"):
            for name, end in ((route["from"], route["centreline"][0]), (route["to"], route["centreline"][-1])):
                if not any(Point(end).distance(f) <= width / 2 + REACH_MM for f in fronts.get(name, ())):
                    wrong.append(failed(code, f"{route['from']}>{route['to']}", end=str(name)))
    return all_or([*wrong, *_visitors(c, code)], code)


def _visitors(c: Contents, code: str) -> list[Finding]:
    """Visitors between two stops, summed over services, against what the routes carry."""
    legs: dict[tuple[str, str], int] = {}
    for flow in need(c.answers, "programme", "flows"):
        for a, b in zip(flow["stops"], flow["stops"][1:]):
            if a != b:
                legs[a, b] = legs.get((a, b), 0) + flow["visitors_per_day"]
    carried = {(r["from"], r["to"]): r["visitors_per_day"] for level in c.levels() for r in level["routes"]}
    return [
        failed(code, f"{a}>{b}", measured=carried.get((a, b), 0), required=n, unit="visitors per day")
        for (a, b), n in legs.items()
        if carried.get((a, b), 0) != n
    ]
