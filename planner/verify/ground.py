"""What stands where, measured again: overlaps, outline, columns, clear floor, staff against public."""

from __future__ import annotations

from typing import Any

from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from layouts.findings import Finding
from planner.verify.contents import Contents, joined, planned, public_ground, shape, solid_items, staff_ground, standing
from planner.verify.found import all_or, failed, need

# Whole-millimetre corners of turned things: 1 mm along a side of two metres. Anything people would see is far larger.
SLIVER_MM2 = 2000.0
SNAPPED_MM = 1.0  # corners of floors are whole millimetres
JOINT_MM = 250.0
PUBLIC_USES = ("customer", "queue", "front", "turning", "knee", "aisle")


def _spot(area: BaseGeometry) -> dict[str, int]:
    point = area.representative_point()
    return {"x": round(point.x), "y": round(point.y)}


def _too_much(code: str, where: tuple[str, ...], area: BaseGeometry) -> list[Finding]:
    """A failure when the area is more than a sliver."""
    if area.area <= SLIVER_MM2:
        return []
    return [failed(code, *where, measured=round(area.area, 1), required=0.0, unit="mm2", **_spot(area))]


def shapes_are_sound(c: Contents) -> list[Finding]:
    """Every polygon of an item is valid and has an area; ids are never used twice."""
    code, wrong, seen = "verify.sound_shapes", [], set()
    for level in c.levels():
        for item in need(level, "items"):
            polygon = shape(need(item, "polygon"))
            if not polygon.is_valid or polygon.area <= 0:
                wrong.append(failed(code, item["id"], problem="shape"))
            if item["id"] in seen:
                wrong.append(failed(code, item["id"], problem="id_used_twice"))
            seen.add(item["id"])
    return all_or(wrong, code, items=len(seen))


def _is_joint(one: Any, other: Any, shared: BaseGeometry) -> bool:
    """Whether two partitions meet: what they share is no wider nor longer than a partition is thick."""
    if {one["kind"], other["kind"]} != {"partition"}:
        return False
    left, low, right, high = shared.bounds
    return bool(right - left <= JOINT_MM and high - low <= JOINT_MM)


def solids_never_overlap(c: Contents) -> list[Finding]:
    """No two solid things stand on the same ground; partitions may meet at a corner."""
    code, wrong, count = "verify.no_overlap", [], 0
    for level in c.levels():
        items = solid_items(level)
        shapes = [shape(i["polygon"]) for i in items]
        tree = STRtree(shapes)
        count += len(items)
        for a, b in zip(*tree.query(shapes, predicate="intersects")):
            if a < b and not _is_joint(items[a], items[b], shapes[a].intersection(shapes[b])):
                wrong += _too_much(code, (items[a]["id"], items[b]["id"]), shapes[a].intersection(shapes[b]))
    return all_or(wrong, code, solids=count)


def everything_lies_inside(c: Contents) -> list[Finding]:
    """Items, public and staff areas lie inside the outline and outside its holes; things in standing rooms apart."""
    code, wrong = "verify.inside", []
    for level in c.levels():
        hall = planned(level)
        for item in need(level, "items"):
            if not item.get("space"):
                wrong += _too_much(code, (item["id"],), shape(item["polygon"]).difference(hall))
        hall = hall.buffer(SNAPPED_MM, join_style="mitre")  # the edge of a floor is long, and slants in a plan traced by hand
        for name in ("public", "staff"):
            wrong += _too_much(code, (name,), joined([shape(p) for p in need(level, name)]).difference(hall))
    return all_or(wrong, code)


def standing_rooms_are_what_they_are_taken_for(c: Contents) -> list[Finding]:
    """An item in a room that stands is that room, off the hall's floor, taken once, no smaller than the programme asks."""
    code, wrong, count = "verify.standing_rooms", [], 0
    asked = {r["id"]: r["area_m2"] for r in need(c.answers, "programme", "rooms")}
    for level in c.levels():
        spaces = {s["id"]: shape(s["polygon"]) for s in need(level, "floor").get("spaces", [])}
        taken: set[str] = set()
        for item in (i for i in need(level, "items") if i.get("space")):
            name, own = item["space"], shape(item["polygon"])
            count += 1
            if name not in spaces or name in taken or spaces[name].symmetric_difference(own).area > own.area * 0.2:
                wrong.append(failed(code, item["id"], space=str(name), problem="room"))
                continue
            taken.add(name)
            area, least = spaces[name].area / 1e6, asked.get(item.get("bank"), 0.0)
            if area < least - 0.01:
                wrong.append(failed(code, item["id"], measured=area, required=least, unit="m2"))
            wrong += _too_much(code, (item["id"], "hall"), spaces[name].buffer(-20).intersection(planned(level)))
    return all_or(wrong, code, rooms=count)


def nothing_stands_on_a_column(c: Contents) -> list[Finding]:
    """No solid thing, seat or wheelchair bay stands on a column or an obstacle. Rooms may enclose columns."""
    code, wrong = "verify.off_columns", []
    for level in c.levels():
        blocked = standing(level)
        staff_rooms, public_rooms = _rooms(c)
        for item in need(level, "items"):
            if (item["solid"] or item["kind"] == "wheelchair_bay") and item.get("bank") not in staff_rooms | public_rooms:
                wrong += _too_much(code, (item["id"],), shape(item["polygon"]).intersection(blocked))
    return all_or(wrong, code)


def _rooms(c: Contents) -> tuple[set[str], set[str]]:
    """Ids of the rooms for staff and for the public: a room may be built round a column."""
    rooms = need(c.answers, "programme", "rooms")
    return {r["id"] for r in rooms if r["side"] == "staff"}, {r["id"] for r in rooms if r["side"] != "staff"}


def clear_floor_is_free(c: Contents) -> list[Finding]:
    """Before counters, machines and rooms: inside the hall, no solid, no column, no staff floor, no wheelchair bay; and in
    wheelchair bays nothing else of that."""
    code, wrong, count = "verify.clear_floor", [], 0
    for level in c.levels():
        free, empty = public_ground(level), public_ground(level, bays=False)
        for item in need(level, "items"):
            bay = [{"use": "bay", "polygon": item["polygon"]}] if item["kind"] == "wheelchair_bay" else []
            for zone in (*need(item, "clear_zones"), *bay):
                if zone["use"] in (*PUBLIC_USES, "bay"):
                    count += 1
                    ground = empty if zone["use"] == "bay" else free
                    wrong += _too_much(code, (item["id"], zone["use"]), shape(zone["polygon"]).difference(ground))
    return all_or(wrong, code, zones=count)


def staff_and_public_share_no_floor(c: Contents) -> list[Finding]:
    """Staff areas against public areas; and nothing at which the public waits stands in a staff area."""
    code, wrong = "verify.staff_public", []
    for level in c.levels():
        staff = staff_ground(level)
        wrong += _too_much(code, ("staff", "public"), staff.intersection(joined([shape(p) for p in level["public"]])))
        for item in need(level, "items"):
            if item["kind"] in ("seat", "wheelchair_bay"):
                wrong += _too_much(code, (item["id"], "staff"), shape(item["polygon"]).intersection(staff))
    return all_or(wrong, code)


def counters_stand_at_the_border(c: Contents) -> list[Finding]:
    """Behind every counter lies staff floor: staff zones lie in staff areas, solids of their own banks aside."""
    code, wrong = "verify.staff_zones", []
    for level in c.levels():
        staff = joined([staff_ground(level), *(shape(i["polygon"]) for i in solid_items(level))])
        ground = joined([staff, standing(level)]).buffer(1.0)
        for item in need(level, "items"):
            zones: list[Any] = [z for z in item["clear_zones"] if z["use"] == "staff"]
            if item.get("bank") in {b["id"] for b in need(c.answers, "programme", "banks")}:
                for zone in zones:
                    wrong += _too_much(code, (item["id"],), shape(zone["polygon"]).difference(ground))
    return all_or(wrong, code)
