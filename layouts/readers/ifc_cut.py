"""One storey of an IFC model cut by a plane: what of its walls, columns, spaces, stairs and openings the plane meets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.findings import BadInput
from layouts.plan import Frame
from layouts.readers.doors import FoundDoor
from layouts.readers.ifc_doors import door_in, hole_of, opening_of
from layouts.readers.ifc_model import Model, not_built, shapes, unit_name
from layouts.readers.ifc_sections import Floats, Ints, hull, section
from layouts.readers.solids import polygons_of
from layouts.squaring import Rows, squared, turned_pieces, turned_rows

CUT_M = 1.1
LEVEL_M = 1e-4
LOW_CUT_M = 0.3  # for what is lower than the cut: parapets, counters of walls
WALLS = ("IfcWall", "IfcCurtainWall")
OPENINGS = {"IfcDoor": "door", "IfcWindow": "window"}
USED = {
    "IfcWall": "wall",
    "IfcCurtainWall": "wall",
    "IfcColumn": "column",
    "IfcDoor": "door",
    "IfcWindow": "window",
    "IfcSpace": "space",
    "IfcStair": "stair",
    "IfcStairFlight": "stair",
}
QUIET = ("IfcOpeningElement", "IfcSite", "IfcBuilding", "IfcBuildingStorey", "IfcAnnotation", "IfcGrid")


@dataclass(slots=True, kw_only=True)
class Cut:
    """What the plane met, millimetres from a local origin."""

    walls: list[BaseGeometry] = field(default_factory=list)
    columns: list[Polygon] = field(default_factory=list)
    doors: list[FoundDoor] = field(default_factory=list)
    windows: list[Polygon] = field(default_factory=list)
    spaces: list[tuple[str, float, Polygon]] = field(default_factory=list)
    stairs: list[Polygon] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost_walls: int = 0


def cut_at(model: Model, elevation: float | None, turn_deg: float) -> tuple[Cut, Frame]:
    """Everything the plane meets, turned and near a local origin (whole millimetres), and the frame that says so."""
    walls = shapes(model, ("IfcWall", "IfcCurtainWall", "IfcMember", "IfcPlate"))
    proper = [points for product, points, _ in walls if product.is_a("IfcWall")]
    if not proper:
        raise BadInput("ifc.no_walls", file=model.file)
    floor = _commonest_base(proper) if elevation is None else elevation
    low = turned_rows(np.concatenate(proper)[:, :2], turn_deg).min(axis=0) * 1000
    origin = (math.floor(low[0]), math.floor(low[1]))

    onto = squared(turned_pieces(wall_edges(model), turn_deg) - (*origin, *origin)) if turn_deg else None

    def near(points: Floats) -> Floats:
        flat = turned_rows(points[:, :2], turn_deg) - (origin[0] / 1000, origin[1] / 1000)
        return np.column_stack([onto(flat * 1000) / 1000 if onto else flat, points[:, 2]])

    z, cut = floor + CUT_M, Cut()
    for product, points, triangles in walls:
        area = _section(near(points), triangles, floor)
        if product.is_a("IfcMember") or product.is_a("IfcPlate"):
            if _in_curtain(product) and not area.is_empty:
                cut.walls.append(area)
        elif area.is_empty:
            cut.skipped[product.is_a(), "other_storey"] += 1
        else:
            cut.walls.append(area)
            cut.read["wall"] += 1
    for product, points, triangles in shapes(model, ("IfcColumn",)):
        parts = polygons_of(section(near(points), triangles, z))
        cut.columns += parts
        cut.read["column"] += bool(parts)
        cut.skipped[product.is_a(), "other_storey"] += not parts
    for product, points, triangles in shapes(model, ("IfcSpace",)):
        parts = polygons_of(section(near(points), triangles, z))
        if parts:
            label = str(product.LongName or product.Name or "")
            cut.spaces.append((label, float(points[:, 2].min()), parts[0]))
            cut.read["space"] += 1
        else:
            cut.skipped[product.is_a(), "other_storey"] += 1
    for _, points, _ in shapes(model, ("IfcStair", "IfcStairFlight")):
        if points[:, 2].min() < z < points[:, 2].max() + 0.5 and (flight := hull(near(points))).area > 1e6:
            cut.stairs.append(flight)
            cut.read["stair"] += 1
    for kind, use in OPENINGS.items():
        for product, points, _ in shapes(model, (kind,)):
            if points[:, 2].min() < z + 0.5 and points[:, 2].max() > z - 0.3:
                _take_opening(cut, use, product, opening_of(near(points), hole_of(model, product, near)), turn_deg)
            else:
                cut.skipped[product.is_a(), "other_storey"] += 1
    for product in not_built(model, ("IfcWall", "IfcColumn", "IfcSpace", *OPENINGS)):
        cut.skipped[product.is_a(), "broken_geometry"] += 1
        cut.lost_walls += product.is_a("IfcWall")
    _count_rest(model.ifc, cut)
    name = unit_name(model.scale_to_mm)
    frame = Frame(source_unit=name, scale_to_mm=model.scale_to_mm, origin_mm=origin, rotation_deg=turn_deg)
    return cut, frame


def wall_edges(model: Model) -> Rows:
    """The level edges of all walls' solids from above, millimetres: they say how the building lies."""
    found = [np.empty((0, 4))]
    for _, points, triangles in shapes(model, WALLS):
        for a, b in ((0, 1), (1, 2), (2, 0)):
            start, end = points[triangles[:, a]], points[triangles[:, b]]
            level = np.abs(start[:, 2] - end[:, 2]) < LEVEL_M
            found.append(np.hstack([start[level, :2], end[level, :2]]) * 1000)
    return np.vstack(found)


def _commonest_base(walls: Sequence[Floats]) -> float:
    """The height at which most walls stand, in a model without storeys; the lowest of equals."""
    bases = Counter(round(float(points[:, 2].min()), 1) for points in walls)
    return min(bases, key=lambda height: (-bases[height], height))


def _section(points: Floats, triangles: Ints, floor: float) -> BaseGeometry:
    """The cut at breast height, lower for what is lower."""
    area = section(points, triangles, floor + CUT_M)
    if area.is_empty and points[:, 2].max() < floor + CUT_M:
        area = section(points, triangles, floor + LOW_CUT_M)
    return area


def _in_curtain(product: Any) -> bool:
    """Whether a member or plate is a part of a curtain wall."""
    return any(rel.RelatingObject.is_a("IfcCurtainWall") for rel in product.Decomposes or ())


def _count_rest(model: Any, cut: Cut) -> None:
    """Products of classes that a plan does not use."""
    for product in model.by_type("IfcProduct"):
        kind = product.is_a()
        if not any(product.is_a(used) for used in USED):
            cut.skipped[kind, "no_geometry" if kind in QUIET else "type_not_used"] += 1


def _take_opening(cut: Cut, use: str, product: Any, box: Polygon, turn_deg: float) -> None:
    if box.is_empty:
        cut.skipped[product.is_a(), "no_length"] += 1
        return
    cut.read[use] += 1
    if use == "window":
        cut.windows.append(box)
    else:
        cut.doors.append(door_in(box, product, turn_deg))
