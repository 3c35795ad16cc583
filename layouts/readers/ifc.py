"""An IFC building model (2x3, 4, 4x3) -> FloorPlan of one storey: walls, doors, columns and spaces cut at 1.1 m.

ifcopenshell (an extra: `centreline[ifc]`) makes the solids; lengths come in metres whatever the file's unit is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
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
from layouts.readers.doors import FoundDoor
from layouts.readers.enclosure import Room, choose_hall, enclosed_rooms, inner_envelope, open_rooms
from layouts.readers.footprint import Footprint, footprint
from layouts.readers.ifc_sections import Floats, Ints, footprint_box, hull, long_axis, section
from layouts.readers.imported import Census, Doubt, Import, Recipe, Skipped
from layouts.readers.load import head_of
from layouts.readers.marks import XY, Arc, Label
from layouts.readers.openings import Gap, gap_areas
from layouts.readers.solids import clean_ring, polygons_of
from layouts.readers.turning import said_of, turn_of_floor
from layouts.readers.units import TO_MM
from layouts.squaring import Rows, squared, turned_pieces, turned_rows

CUT_M = 1.1
LEVEL_M = 1e-4
LOW_CUT_M = 0.3  # for what is lower than the cut: parapets, counters of walls
LEAST_IN_WALL = 0.1  # of an opening's box, by the wall it is cut from
MOST_PRODUCTS = 50_000
FARTHEST_M = 1e7
WALL_MM = (40.0, 900.0)
WALLS = ("IfcWall", "IfcCurtainWall")
SOLID = ("IfcColumn",)
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
BROKEN = (AssertionError, AttributeError, TypeError, ValueError, LookupError, ArithmeticError, RuntimeError)
QUIET = ("IfcOpeningElement", "IfcSite", "IfcBuilding", "IfcBuildingStorey", "IfcAnnotation", "IfcGrid")


@dataclass(slots=True, kw_only=True)
class _Cut:
    """What the plane met, millimetres from a local origin."""

    walls: list[BaseGeometry] = field(default_factory=list)
    columns: list[Polygon] = field(default_factory=list)
    doors: list[FoundDoor] = field(default_factory=list)
    windows: list[Polygon] = field(default_factory=list)
    spaces: list[tuple[str, float, Polygon]] = field(default_factory=list)
    stairs: list[Polygon] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """An opened model, millimetres in one of its length units, and the solids built so far: storeys share them."""

    file: str
    ifc: Any
    scale_to_mm: float
    solids: dict[int, tuple[Floats, Ints] | None] = field(default_factory=dict)


def read_ifc(path: Path | str, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey of a model. Raises BadInput with one code where nothing sensible can be read."""
    return read_storey(open_ifc(Path(path)), unit=unit, recipe=recipe or Recipe())


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
    name, elevation, storeys = _storey(model.ifc, recipe.storey, file)
    rows = _wall_edges(model)
    told = recipe.turn_deg
    turn = turn_of(rows) if told is None else told
    cut, local = _cut(model, elevation, turn)
    factor = (TO_MM[unit] if unit else recipe.scale_to_mm or scale_to_mm) / scale_to_mm
    if not math.isclose(factor, 1.0, rel_tol=1e-6):
        raise BadInput("ifc.own_unit", file=file, unit=_unit_name(scale_to_mm))
    read = _plan(file, model.ifc, cut, local, name, storeys, recipe)
    if told is None and (more := turn_of_floor(read.plan.levels[0], turned_pieces(rows, turn))):
        turn = (turn + more + 45.0) % 90.0 - 45.0
        read = _plan(file, model.ifc, *_cut(model, elevation, turn), name, storeys, recipe)
    read = replace(read, warnings=(*read.warnings, *said_of(rows, turn)))
    level = replace(read.plan.levels[0], name=name or "Level 0", elevation_mm=round((elevation or 0.0) * 1000))
    return replace(read, plan=replace(read.plan, levels=(level,)))


def open_ifc(path: Path) -> Model:
    """The model; BadInput where there is none."""
    head_of(path)
    try:
        import ifcopenshell
        import ifcopenshell.util.unit
    except ImportError as missing:
        raise BadInput("ifc.not_installed", file=path.name) from missing
    try:
        model = ifcopenshell.open(str(path))
        products = model.by_type("IfcProduct")
        scale_m = float(ifcopenshell.util.unit.calculate_unit_scale(model))
    except Exception as failure:  # whatever is wrong inside, the planner needs one sentence and not a traceback
        raise BadInput("ifc.unreadable", file=path.name, reason=type(failure).__name__) from failure
    if not products:
        raise BadInput("ifc.no_products", file=path.name)
    if len(products) > MOST_PRODUCTS:
        raise BadInput("ifc.too_many_products", file=path.name, count=len(products), most=MOST_PRODUCTS)
    return Model(file=path.name, ifc=model, scale_to_mm=scale_m * 1000)


def _unit_name(scale_to_mm: float) -> str:
    return next((unit for unit, mm in TO_MM.items() if math.isclose(mm, scale_to_mm, rel_tol=1e-4)), "")


def _storey(model: Any, wanted: str, file: str) -> tuple[str, float | None, tuple[str, ...]]:
    """(name, elevation in metres, all names) of the storey to plan: the one named, else the one with most doors."""
    import ifcopenshell.util.element
    import ifcopenshell.util.placement
    import ifcopenshell.util.unit

    scale = float(ifcopenshell.util.unit.calculate_unit_scale(model))
    levels = []
    for storey in model.by_type("IfcBuildingStorey"):
        parts = ifcopenshell.util.element.get_decomposition(storey)
        count = sum(part.is_a("IfcDoor") or part.is_a("IfcSpace") for part in parts)
        walls = sum(part.is_a("IfcWall") for part in parts)
        height = float(ifcopenshell.util.placement.get_storey_elevation(storey)) * scale
        levels.append((count, walls, -height, str(storey.Name or storey.LongName or f"#{storey.id()}")))
    names = tuple(name for *_, name in sorted(levels, key=lambda level: -level[2]))
    if wanted:
        said = [level for level in levels if level[3].casefold() == wanted.casefold()]
        if not said:
            raise BadInput("ifc.storey_unknown", file=file, storey=wanted, known=", ".join(names) or "-")
        return said[0][3], -said[0][2], names
    if not levels:
        return "", None, ()
    best = max(levels)
    return best[3], -best[2], names


def _shapes(model: Model, classes: Sequence[str]) -> list[tuple[Any, Floats, Ints]]:
    """The products of the classes with their solids in world coordinates, metres."""
    found = []
    for product in [p for kind in classes for p in model.ifc.by_type(kind)]:
        if product.Representation is None:
            continue
        if (solid := _solid(model, product)) is not None:
            found.append((product, *solid))
    return found


def _solid(model: Model, product: Any) -> tuple[Floats, Ints] | None:
    """Points and triangles of a product in world coordinates, metres, built once."""
    number = int(product.id())
    if number not in model.solids:
        model.solids[number] = _built(product)
    return model.solids[number]


def _built(product: Any) -> tuple[Floats, Ints] | None:
    """A product's solid; None where the kernel cannot build it."""
    import ifcopenshell.geom

    settings: Any = ifcopenshell.geom.settings()
    settings.set("use-world-coords", True)
    try:
        shape: Any = ifcopenshell.geom.create_shape(settings, product)
    except RuntimeError:
        return None
    points = np.asarray(shape.geometry.verts, dtype=float).reshape(-1, 3)
    triangles = np.asarray(shape.geometry.faces, dtype=np.int64).reshape(-1, 3)
    if not len(points) or not np.isfinite(points).all() or np.abs(points).max() > FARTHEST_M:
        return None
    return points, triangles


def _cut(model: Model, elevation: float | None, turn_deg: float) -> tuple[_Cut, Frame]:
    """Everything the plane meets, turned and near a local origin (whole millimetres), and the frame that says so."""
    walls = _shapes(model, ("IfcWall", "IfcCurtainWall", "IfcMember", "IfcPlate"))
    proper = [points for product, points, _ in walls if product.is_a("IfcWall")]
    if not proper:
        raise BadInput("ifc.no_walls", file=model.file)
    floor = _commonest_base(proper) if elevation is None else elevation
    low = turned_rows(np.concatenate(proper)[:, :2], turn_deg).min(axis=0) * 1000
    origin = (math.floor(low[0]), math.floor(low[1]))

    onto = squared(turned_pieces(_wall_edges(model), turn_deg) - (*origin, *origin)) if turn_deg else None

    def near(points: Floats) -> Floats:
        flat = turned_rows(points[:, :2], turn_deg) - (origin[0] / 1000, origin[1] / 1000)
        return np.column_stack([onto(flat * 1000) / 1000 if onto else flat, points[:, 2]])

    z, cut = floor + CUT_M, _Cut()
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
    for product, points, triangles in _shapes(model, ("IfcColumn",)):
        parts = polygons_of(section(near(points), triangles, z))
        cut.columns += parts
        cut.read["column"] += bool(parts)
        cut.skipped[product.is_a(), "other_storey"] += not parts
    for product, points, triangles in _shapes(model, ("IfcSpace",)):
        parts = polygons_of(section(near(points), triangles, z))
        if parts:
            label = str(product.LongName or product.Name or "")
            cut.spaces.append((label, float(points[:, 2].min()), parts[0]))
            cut.read["space"] += 1
        else:
            cut.skipped[product.is_a(), "other_storey"] += 1
    for _, points, _ in _shapes(model, ("IfcStair", "IfcStairFlight")):
        if points[:, 2].min() < z < points[:, 2].max() + 0.5 and (flight := hull(near(points))).area > 1e6:
            cut.stairs.append(flight)
            cut.read["stair"] += 1
    for kind, use in OPENINGS.items():
        for product, points, _ in _shapes(model, (kind,)):
            if points[:, 2].min() < z + 0.5 and points[:, 2].max() > z - 0.3:
                _take_opening(cut, use, product, near(points), _hole(model, product, near), turn_deg)
            else:
                cut.skipped[product.is_a(), "other_storey"] += 1
    _count_rest(model.ifc, cut)
    name = _unit_name(model.scale_to_mm)
    frame = Frame(source_unit=name, scale_to_mm=model.scale_to_mm, origin_mm=origin, rotation_deg=turn_deg)
    return cut, frame


def _wall_edges(model: Model) -> Rows:
    """The level edges of all walls' solids from above, millimetres: they say how the building lies."""
    found = [np.empty((0, 4))]
    for _, points, triangles in _shapes(model, WALLS):
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


def _hole(model: Model, product: Any, near: Callable[[Floats], Floats]) -> Polygon:
    """The opening in the wall that a door or window fills, from above, as deep as the wall; empty where there is none."""
    for rel in product.FillsVoids or ():
        if (solid := _solid(model, rel.RelatingOpeningElement)) is not None:
            box = footprint_box(near(solid[0]))
            for void in rel.RelatingOpeningElement.VoidsElements or ():
                if (wall := _solid(model, void.RelatingBuildingElement)) is not None:
                    box = _within_wall(box, hull(near(wall[0])))
            return box
    return Polygon()


def _within_wall(box: Polygon, wall: Polygon) -> Polygon:
    """The opening cut to its wall: programs let what cuts a hole stand out on both sides of it."""
    cut = box.intersection(wall).minimum_rotated_rectangle
    return cut if isinstance(cut, Polygon) and cut.area > LEAST_IN_WALL * box.area else box


def _take_opening(cut: _Cut, use: str, product: Any, points: Floats, hole: Polygon, turn_deg: float) -> None:
    """A door or window by the hole it fills, else by its own box."""
    box = hole if not hole.is_empty else footprint_box(points)
    if box.is_empty:
        cut.skipped[product.is_a(), "no_length"] += 1
        return
    cut.read[use] += 1
    if use == "window":
        cut.windows.append(box)
        return
    width_mm = _own_width_mm(product)
    a, b, thick = long_axis(box)
    if width_mm and abs(thick - width_mm) < abs(math.dist(a, b) - width_mm):  # an opening deeper than it is wide
        c = list(box.exterior.coords)[:4]
        turned = Polygon([c[1], c[2], c[3], c[0]])
        a, b, thick = _short_axis(turned)
    quad = _quad(a, b, thick)
    gap = Gap(quad=quad, width=math.dist(a, b), thickness=thick)
    cut.doors.append(FoundDoor(a=a, b=b, thickness=thick, gap=gap, leaves=_leaves(product, a, b, turn_deg)))


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


def _count_rest(model: Any, cut: _Cut) -> None:
    """Products of classes that a plan does not use."""
    for product in model.by_type("IfcProduct"):
        kind = product.is_a()
        if not any(product.is_a(used) for used in USED):
            cut.skipped[kind, "no_geometry" if kind in QUIET else "type_not_used"] += 1


def _plan(
    file: str,
    model: Any,
    cut: _Cut,
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
        known = ", ".join(r.name for r in rooms if r.name)
        raise BadInput("recipe.hall_unknown", file=file, hall=recipe.hall, rooms=known)
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


def _rooms(cut: _Cut, body: BaseGeometry) -> tuple[list[Room], Footprint | None]:
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
