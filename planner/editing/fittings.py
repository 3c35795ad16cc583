"""Items out of the catalogue: a fitting's body and the floor it needs, standing at a point."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from layouts.catalogue import Clearance, Fitting, fitting
from layouts.compartments import front_doors
from layouts.findings import BadInput
from layouts.layout import ClearZone, Item
from layouts.plan import Point, Ring
from layouts.screening import GATES
from planner.editing.motion import box_of, item_at, local_rings

OPEN_TO_WALK_ON = ("wheelchair_bay", "staff_gate", "sign", "call_display", *GATES)
GREATEST_MM = 60_000


def new_item(ident: str, kind: str, at: Point, rotation_deg: float, label: str = "") -> Item:
    """The fitting `kind` with the middle of its public front at `at`."""
    found = fitting(kind)
    width, depth = plan_size(found)
    body: Ring = ((-(width // 2), 0), (width - width // 2, 0), (width - width // 2, depth), (-(width // 2), depth))
    item = Item(
        id=ident, kind=kind, polygon=body, insert_mm=(0, 0), rotation_deg=0.0, label=label,
        clear_zones=tuple(_zone(c, width, depth) for c in found.clearances), accessible=found.accessible,
        seats=1 if kind == "seat" else 0, solid=kind not in OPEN_TO_WALK_ON,
    )  # fmt: skip
    return item_at(replace(item, clear_zones=_before_doors(item, item.clear_zones, body)), at, rotation_deg)


def plan_size(found: Fitting) -> tuple[int, int]:
    """Width and depth in mm. A room of a given area is drawn 4 : 3, and no narrower than its least width."""
    if found.width_mm:
        return found.width_mm, found.depth_mm
    area = found.area_m2 * 1e6
    narrow = max(found.min_width_mm, round(sqrt(area * 3 / 4)))
    if not narrow:
        raise BadInput("edit.no_size_of_its_own")  # such as a pocket closed off: as large as the place it was found in
    return round(area / narrow), narrow


def _zone(clearance: Clearance, width: int, depth: int) -> ClearZone:
    """A clearance as floor beside the body at (0, 0); local +y points away from the public."""
    wide = clearance.width_mm or (width if clearance.side in ("front", "back") else depth)
    low, high = -(wide // 2), wide - wide // 2
    boxes = {
        "front": (low, -clearance.depth_mm, high, 0),
        "back": (low, depth, high, depth + clearance.depth_mm),
        "left": (-(width // 2) - clearance.depth_mm, depth // 2 + low, -(width // 2), depth // 2 + high),
        "right": (width - width // 2, depth // 2 + low, width - width // 2 + clearance.depth_mm, depth // 2 + high),
    }
    left, bottom, right, top = boxes[clearance.side]
    return ClearZone(use=clearance.use, polygon=((left, bottom), (right, bottom), (right, top), (left, top)))


def local_box(item: Item) -> tuple[int, int, int, int]:
    """Left, low, right, high of the body in the item's own frame."""
    return box_of(local_rings(item, [item.polygon])[0])


def resized(item: Item, width_mm: int, depth_mm: int) -> Item:
    """The item as a rectangle of another size: its front's middle stays, its clear floor keeps its depth beside it."""
    if not (0 < width_mm <= GREATEST_MM and 0 < depth_mm <= GREATEST_MM):
        raise BadInput("edit.bad_size", place=f"item:{item.id}", width_mm=width_mm, depth_mm=depth_mm, most_mm=GREATEST_MM)
    flat = item_at(item, (0, 0), 0.0)
    left, low, right, high = local_box(flat)
    centre = (left + right) // 2
    new_left, new_right = centre - width_mm // 2, centre + width_mm - width_mm // 2
    body = ((new_left, low), (new_right, low), (new_right, low + depth_mm), (new_left, low + depth_mm))
    zones = []
    for zone in flat.clear_zones:
        points = []
        for x, y in zone.polygon:
            x = new_right + x - right if x >= right else new_left + x - left if x <= left else x
            points.append((x, y + low + depth_mm - high if y >= high else y))
        zones.append(replace(zone, polygon=tuple(points)))
    flat = replace(flat, polygon=body, clear_zones=_before_doors(item, tuple(zones), body))
    return item_at(flat, item.insert_mm, item.rotation_deg)


def _before_doors(item: Item, zones: tuple[ClearZone, ...], body: Ring) -> tuple[ClearZone, ...]:
    """A room of that size has its clear floor at the front before its door; a divided block a square before each of them."""
    (left, low), (right, _) = body[0], body[2]
    fronts = [z for z in zones if z.use == "front"]
    if not fronts or not fitting(item.kind).category.startswith("room"):
        return zones
    deep, middle = low - min(y for z in fronts for _, y in z.polygon), (left + right) // 2
    half = min(right - left, deep) // 2
    doors = front_doors(replace(item, polygon=body, insert_mm=(middle, low), rotation_deg=0.0))
    places = [min(max(middle + round(x), left + half), right - half) for x in doors]
    squares = (((x - half, low - deep), (x + half, low - deep), (x + half, low), (x - half, low)) for x in places)
    return (*(z for z in zones if z.use != "front"), *(ClearZone(use="front", polygon=square) for square in squares))
