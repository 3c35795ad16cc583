"""An IFC building model (2x3, 4, 4x3) -> FloorPlan of one storey: walls, doors, columns and spaces cut at 1.1 m.

ifcopenshell (an extra: `centreline[ifc]`) makes the solids; lengths come in metres whatever the file's unit is.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.directions import turn_of
from layouts.findings import BadInput
from layouts.plan import FloorPlan, Frame
from layouts.readers.assemble import Found, level_of, written_areas
from layouts.readers.boundary import drawn_boundary
from layouts.readers.centrelines import centrelines
from layouts.readers.confidence import Quality, confidence_of
from layouts.readers.enclosure import Room, choose_hall, enclosed_rooms, inner_envelope, no_such_hall, open_rooms
from layouts.readers.footprint import Footprint, footprint
from layouts.readers.ifc_cut import Cut, cut_at, wall_edges
from layouts.readers.ifc_model import Model, storey_of, unit_name
from layouts.readers.imported import Census, Doubt, Import, Recipe, Skipped
from layouts.readers.marks import Label
from layouts.readers.openings import gap_areas
from layouts.readers.solids import clean_ring
from layouts.readers.turning import said_of, turn_of_floor
from layouts.readers.units import TO_MM
from layouts.squaring import turned_pieces

WALL_MM = (40.0, 900.0)
BROKEN = (AssertionError, AttributeError, TypeError, ValueError, LookupError, ArithmeticError, RuntimeError)


def read_storey(model: Model, *, unit: str | None, recipe: Recipe) -> Import:
    """The storey that the recipe names, or else the one with most doors."""
    if unit is not None and unit not in TO_MM:
        raise BadInput("unit.not_known", file=model.file, unit=unit, known=", ".join(TO_MM))
    try:
        return _read(model, unit, recipe)
    except BadInput:
        raise
    except shapely.errors.ShapelyError as failure:
        raise BadInput("dxf.geometry", file=model.file, reason=type(failure).__name__) from failure
    except BROKEN as failure:  # the model's parts do not hold together as its schema says
        raise BadInput("ifc.unreadable", file=model.file, reason=type(failure).__name__) from failure


def _read(model: Model, unit: str | None, recipe: Recipe) -> Import:
    """The storey that is wanted, cut and made a plan."""
    file, scale_to_mm = model.file, model.scale_to_mm
    name, elevation, storeys = storey_of(model.ifc, recipe.storey, file)
    rows = wall_edges(model)
    told = recipe.turn_deg
    turn = turn_of(rows) if told is None else told
    cut, local = cut_at(model, elevation, turn)
    factor = (TO_MM[unit] if unit else recipe.scale_to_mm or scale_to_mm) / scale_to_mm
    if not math.isclose(factor, 1.0, rel_tol=1e-6):
        raise BadInput("ifc.own_unit", file=file, unit=unit_name(scale_to_mm))
    read = _plan(file, model.ifc, cut, local, name, storeys, recipe)
    if told is None and (more := turn_of_floor(read.plan.levels[0], turned_pieces(rows, turn))):
        turn = (turn + more + 45.0) % 90.0 - 45.0
        read = _plan(file, model.ifc, *cut_at(model, elevation, turn), name, storeys, recipe)
    read = replace(read, warnings=(*read.warnings, *said_of(rows, turn)))
    level = replace(read.plan.levels[0], name=name or "Level 0", elevation_mm=round((elevation or 0.0) * 1000))
    return replace(read, plan=replace(read.plan, levels=(level,)))


def _plan(
    file: str,
    model: Any,
    cut: Cut,
    local: Frame,
    storey: str,
    storeys: tuple[str, ...],
    recipe: Recipe,
) -> Import:
    """The storey as a plan; `local` says how the cut lies in the model."""
    origin = local.origin_mm
    walls = shapely.unary_union(cut.walls)
    gaps = gap_areas([door.gap for door in cut.doors if door.gap is not None])
    body = shapely.unary_union([walls, *gaps, *(pane.buffer(1.0, join_style="mitre") for pane in cut.windows)])
    rooms, shell = _rooms(cut, body)
    hall, sure = choose_hall(rooms, recipe.hall)
    if recipe.hall and hall is None:
        raise no_such_hall(file, recipe.hall, rooms)
    lines = centrelines(body)
    doubts: list[Doubt] = []
    thickest = max((line.thickness for line in lines), default=200.0)
    drawn = drawn_boundary(file, recipe.boundary, local)
    area = drawn or (hall.area if hall else inner_envelope(body, rooms, thickest))
    if area is None or area.is_empty:
        raise BadInput("dxf.nothing_enclosed", file=file, walls=cut.read["wall"])
    if hall is None and drawn is None:
        doubts.append(Doubt(code="outline.whole_building", values={"rooms": len(rooms)}))
    if shell is not None and shell.radius_mm:
        doubts.append(Doubt(code="outline.open", values={"gap_m": round(2 * shell.radius_mm / 1000, 1)}))
    if len(storeys) > 1 and not recipe.storey:
        doubts.append(Doubt(code="ifc.several_storeys", values={"storey": storey, "storeys": ", ".join(storeys)}))
    if not storeys:
        doubts.append(Doubt(code="ifc.no_storeys"))
    if cut.lost_walls:
        doubts.append(Doubt(code="ifc.walls_not_built", values={"count": cut.lost_walls}))
    middle = float(np.median([line.thickness for line in lines])) if lines else 0.0
    odd = not WALL_MM[0] <= middle <= WALL_MM[1]
    if odd:
        doubts.append(Doubt(code="ifc.scale_doubtful", values={"thickness_mm": round(middle, 1)}))
    kept = None if recipe.origin_mm is None else (recipe.origin_mm[0] - origin[0], recipe.origin_mm[1] - origin[1])
    found = Found(
        outline=area,
        rooms=rooms,
        hall=hall,
        doors=cut.doors,
        walls=lines,
        windows=cut.windows,
        columns=[clean_ring(list(shapely.orient_polygons(c).exterior.coords)[:-1]) for c in cut.columns],
        stairs=[list(shapely.orient_polygons(s).exterior.coords)[:-1] for s in cut.stairs],
        origin=kept,
    )
    level, shift, more = level_of(found)
    unit = local.source_unit
    quality = Quality(
        unit=0.5 if odd else 0.97,
        double_walls=0.97,
        guessed=False,
        outline=sure if hall else 0.8 if cut.spaces else 0.7,
        closing_mm=shell.radius_mm if shell else 0.0,
        doors=cut.doors,
        rooms=rooms,
        area_m2=area.area / 1e6,
    )
    return Import(
        plan=FloorPlan(
            levels=(level,),
            frame=replace(local, origin_mm=(origin[0] + shift[0], origin[1] + shift[1])),
            north_deg=(_north_deg(model) + local.rotation_deg) % 360,
        ),
        unit=unit,
        scale_to_mm=local.scale_to_mm,
        outline_m2=round(Polygon(level.outline, level.holes).area / 1e6, 2),
        confidence=confidence_of(quality),
        warnings=(*doubts, *more),
        census=Census(
            read=dict(sorted(cut.read.items())),
            skipped=tuple(
                Skipped(entity=kind, layer="", reason=why, count=n) for (kind, why), n in sorted(cut.skipped.items()) if n
            ),
        ),
        ask=odd,
        written=written_areas(rooms),
        storeys=storeys,
    )


def _rooms(cut: Cut, body: BaseGeometry) -> tuple[list[Room], Footprint | None]:
    """The model's spaces, without those that repeat another; where it has none, what the walls enclose."""
    rooms: list[Room] = []
    for label, _, area in sorted(cut.spaces, key=lambda s: -s[2].area):
        if any(room.area.intersection(area).area > 0.5 * area.area for room in rooms):
            cut.skipped["IfcSpace", "duplicate"] += 1
            cut.read["space"] -= 1
            continue
        at = area.representative_point()
        text = Label(kind="IfcSpace", layer="", text=label, at=(at.x, at.y), height=1.0)
        rooms.append(Room(area=area, names=(text,) if label else ()))
    if rooms:
        return rooms, None
    rooms = enclosed_rooms(body, [])
    shell = footprint(body)
    if shell is None:
        return rooms, None
    filled = sum(room.area.area for room in rooms) + body.intersection(shell.area).area
    if filled >= 0.8 * shell.area.area:
        return rooms, None
    return open_rooms(shell.area, body, rooms, []), shell


def _north_deg(model: Any) -> float:
    """The model's true north, degrees counter-clockwise from +x; up where it names none."""
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        if context.TrueNorth is not None:
            x, y = context.TrueNorth.DirectionRatios[:2]
            return round(math.degrees(math.atan2(float(y), float(x))), 2)
    return 90.0
