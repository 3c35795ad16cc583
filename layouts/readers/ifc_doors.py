"""Doors and windows of an IFC model: the holes that they fill, and the leaves that swing in them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from shapely.geometry import Polygon

from layouts.readers.doors import FoundDoor
from layouts.readers.ifc_model import Model, solid_of
from layouts.readers.ifc_sections import Floats, footprint_box, hull, long_axis
from layouts.readers.marks import XY, Arc
from layouts.readers.openings import Gap
from layouts.squaring import turned_rows

LEAST_IN_WALL = 0.1  # of an opening's box, by the wall it is cut from


def hole_of(model: Model, product: Any, near: Callable[[Floats], Floats]) -> Polygon:
    """The opening in the wall that a door or window fills, from above, as deep as the wall; empty where there is none."""
    for rel in product.FillsVoids or ():
        if (solid := solid_of(model, rel.RelatingOpeningElement)) is not None:
            box = footprint_box(near(solid[0]))
            for void in rel.RelatingOpeningElement.VoidsElements or ():
                if (wall := solid_of(model, void.RelatingBuildingElement)) is not None:
                    box = _within_wall(box, hull(near(wall[0])))
            return box
    return Polygon()


def _within_wall(box: Polygon, wall: Polygon) -> Polygon:
    """The opening cut to its wall: programs let what cuts a hole stand out on both sides of it."""
    cut = box.intersection(wall).minimum_rotated_rectangle
    return cut if isinstance(cut, Polygon) and cut.area > LEAST_IN_WALL * box.area else box


def opening_of(points: Floats, hole: Polygon) -> Polygon:
    """A door or window from above: the hole it fills, else its own box."""
    return hole if not hole.is_empty else footprint_box(points)


def door_in(box: Polygon, product: Any, turn_deg: float) -> FoundDoor:
    """The door in its opening, with the leaves that its type tells."""
    width_mm = _own_width_mm(product)
    a, b, thick = long_axis(box)
    if width_mm and abs(thick - width_mm) < abs(math.dist(a, b) - width_mm):  # an opening deeper than it is wide
        c = list(box.exterior.coords)[:4]
        turned = Polygon([c[1], c[2], c[3], c[0]])
        a, b, thick = _short_axis(turned)
    quad = _quad(a, b, thick)
    gap = Gap(quad=quad, width=math.dist(a, b), thickness=thick)
    return FoundDoor(a=a, b=b, thickness=thick, gap=gap, leaves=_leaves(product, a, b, turn_deg))


def _own_width_mm(product: Any) -> float:
    import ifcopenshell.util.unit

    scale = float(ifcopenshell.util.unit.calculate_unit_scale(product.file))
    return float(product.OverallWidth or 0.0) * scale * 1000


def _short_axis(box: Polygon) -> tuple[XY, XY, float]:
    """The middle line across a rectangle's longer side, and that side's length."""
    a, b, short = long_axis(box)
    length = math.dist(a, b)
    mx, my = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    nx, ny = -(b[1] - a[1]) / length * short / 2, (b[0] - a[0]) / length * short / 2
    return (mx - nx, my - ny), (mx + nx, my + ny), length


def _quad(a: XY, b: XY, thick: float) -> tuple[XY, XY, XY, XY]:
    """The opening's corners in the order of a Gap: b-side, far b, far a, a-side faces."""
    length = math.dist(a, b) or 1.0
    nx, ny = -(b[1] - a[1]) / length * thick / 2, (b[0] - a[0]) / length * thick / 2
    return (a[0] + nx, a[1] + ny), (b[0] + nx, b[1] + ny), (b[0] - nx, b[1] - ny), (a[0] - nx, a[1] - ny)


def _leaves(product: Any, a: XY, b: XY, turn_deg: float) -> list[Arc]:
    """The leaf that swings, from the operation type: it opens towards the door's own +y, hinged left seen along +y."""
    import ifcopenshell.util.element
    import ifcopenshell.util.placement

    kind = ifcopenshell.util.element.get_type(product)
    operation = str(getattr(product, "OperationType", None) or getattr(kind, "OperationType", None) or "")
    if not operation.startswith(("SINGLE_SWING", "DOUBLE_SWING", "DOUBLE_DOOR_SINGLE_SWING")):
        return []
    matrix = np.asarray(ifcopenshell.util.placement.get_local_placement(product.ObjectPlacement), dtype=float)
    x, y = turned_rows(matrix[:2, :2].T, turn_deg)
    along = float((b[0] - a[0]) * x[0] + (b[1] - a[1]) * x[1])
    left, right = (a, b) if along >= 0 else (b, a)
    double = operation.startswith("DOUBLE_DOOR")
    hinges = [left, right] if double else [right if operation.endswith("RIGHT") else left]
    leaves = []
    for hinge in hinges:
        far = right if hinge == left else left
        shut = ((hinge[0] + far[0]) / 2, (hinge[1] + far[1]) / 2) if double else far
        radius = math.dist(hinge, shut)
        opened = (hinge[0] + float(y[0]) * radius, hinge[1] + float(y[1]) * radius)
        leaves.append(Arc(layer="IfcDoor", centre=hinge, radius=radius, a=shut, b=opened, sweep_deg=90.0))
    return leaves
