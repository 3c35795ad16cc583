"""A DXF file -> FloorPlan: load, flatten, class, measure the unit, build walls, close openings, name rooms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely
from ezdxf.document import Drawing

from layouts.findings import BadInput
from layouts.plan import FloorPlan, Frame
from layouts.readers.assemble import Found, level_of
from layouts.readers.census import HATCHED, census_of
from layouts.readers.centrelines import centrelines
from layouts.readers.classes import CLASSES, class_of
from layouts.readers.doors import FoundDoor, find_doors, loose_doors, straight_doors, swings, tell_uses
from layouts.readers.enclosure import choose_hall, enclosed_rooms, inner_envelope
from layouts.readers.flatten import flatten
from layouts.readers.imported import Doubt, Import, Recipe
from layouts.readers.labels import is_name, north_deg
from layouts.readers.load import load_dxf
from layouts.readers.marks import Marks, Stroke, cropped, moved
from layouts.readers.openings import find_gaps
from layouts.readers.several import Box, main_drawing, without_frames
from layouts.readers.solid_things import column_rings, stair_hulls, window_boxes
from layouts.readers.solids import single_walls, wall_solids
from layouts.readers.units import Unit, read_unit

MOST_WALL_LINES = 60_000
TOUCHING_MM = 5.0  # a leaf drawn over an unbroken wall closes nothing that is not closed


def read_dxf(path: Path | str, *, unit: str | None = None, recipe: Recipe | None = None) -> Import:
    """Read one storey from a DXF file. Raises BadInput with one code where nothing sensible can be read."""
    path, recipe = Path(path), recipe or Recipe()
    unknown = sorted(set(recipe.layers.values()) - set(CLASSES))
    if unknown:
        raise BadInput("recipe.class_unknown", file=path.name, kind=unknown[0], known=", ".join(CLASSES))
    document, damaged = load_dxf(path, recipe.encoding)
    marks = flatten(document, file=path.name, hidden=recipe.hidden)
    marks = cropped(marks, recipe.crop)
    layers = {mark.layer for marks_of in (marks.strokes, marks.arcs, marks.labels) for mark in marks_of}
    kinds = {layer: class_of(layer, recipe.layers) for layer in sorted(layers)}
    by_hatch = frozenset(kind for kind in HATCHED if not _drawn(marks, kinds, kind, hatched=False))
    walls = _drawn(marks, kinds, "wall", hatched="wall" in by_hatch)
    if not marks.strokes:
        raise BadInput("dxf.nothing_drawn", file=path.name)
    if not walls:
        raise BadInput("dxf.no_walls", file=path.name, layers=", ".join(sorted(kinds)[:12]))
    measured = read_unit(path.name, marks, walls, _header_unit(document), unit)
    near, origin = _to_local(marks, measured, walls)
    doubts = [Doubt(code="dxf.damaged")] if damaged else []
    try:
        return _read(path.name, near, kinds, by_hatch, measured, origin, recipe, doubts)
    except shapely.errors.ShapelyError as failure:
        raise BadInput("dxf.geometry", file=path.name, reason=type(failure).__name__) from failure


def _drawn(marks: Marks, kinds: Mapping[str, str], kind: str, *, hatched: bool) -> list[Stroke]:
    """The strokes of a class; with `hatched` those are hatch boundaries, since no outline is drawn."""
    return [s for s in marks.strokes if kinds[s.layer] == kind and (s.kind == "HATCH") == hatched]


def _header_unit(document: Drawing) -> int:
    """The header's $INSUNITS, 0 if it is missing or not a number."""
    value = document.header.get("$INSUNITS", 0)
    return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0


def _to_local(marks: Marks, unit: Unit, walls: list[Stroke]) -> tuple[Marks, tuple[int, int]]:
    """The marks in millimetres near a local origin, and that origin (whole millimetres)."""
    points = np.asarray([p for s in walls for p in s.points]) * unit.scale_to_mm
    low = np.percentile(points, 2, axis=0, method="lower")
    origin = (math.floor(low[0]), math.floor(low[1]))
    return moved(marks, unit.scale_to_mm, (float(origin[0]), float(origin[1]))), origin


def _read(
    file: str,
    marks: Marks,
    kinds: dict[str, str],
    by_hatch: frozenset[str],
    unit: Unit,
    origin: tuple[int, int],
    recipe: Recipe,
    doubts: list[Doubt],
) -> Import:
    """From marks in millimetres to the plan."""

    def of(*classes: str) -> list[Stroke]:
        return [s for kind in classes for s in _drawn(marks, kinds, kind, hatched=kind in by_hatch)]

    doubts += unit.doubts
    walls = of("wall")
    count = sum(len(s.points) - 1 for s in walls)
    if count > MOST_WALL_LINES:
        raise BadInput("dxf.too_many_walls", file=file, count=count, most=MOST_WALL_LINES)
    walls, frames = without_frames(walls)
    if frames:
        doubts.append(Doubt(code="walls.sheet_frame", values={"count": frames}))
    faces, singles = wall_solids(walls)
    faces, singles, others = main_drawing(faces, singles)
    if others:
        doubts.append(
            Doubt(code="drawings.several", values={"others": len(others), "boxes": _boxes(others, unit, origin)})
        )
    drawn_single = single_walls(singles)
    solids = [*faces, *drawn_single]
    # a drawing of single lines has openings between their ends; a few single lines among double ones are strays
    mostly_single = sum(line.length for line in singles) > sum(face.length for face in faces) / 2
    if singles:
        doubts.append(Doubt(code="walls.single_lines", values={"count": len(singles)}))
    symbols = shapely.unary_union([shapely.LineString(s.points) for s in of("door", "window")])
    leaves = swings(marks.arcs, kinds)
    gaps = find_gaps(solids if mostly_single else faces, symbols, leaves, recipe.gap_mm)
    body = shapely.unary_union([*solids, *(gap.polygon for gap in gaps)], grid_size=0.1)
    doors, loose = find_doors(leaves, of("door"), gaps, of("window"))
    doors += loose_doors(loose, body)
    doors += straight_doors(of("door"), body, doors)
    tell_uses(doors, marks.blocks, [t for t in marks.labels if t.kind != "ATTRIB"], {})
    lines_across = [(shapely.LineString([d.a, d.b]), d.thickness) for d in doors if d.gap is None]
    near = body.buffer(TOUCHING_MM)
    closers = [line.buffer(thick / 2) for line, thick in lines_across if not near.covers(line)]
    panes = window_boxes(of("window"))
    closed = shapely.unary_union([body, *closers, *(pane.buffer(1.0) for pane in panes if pane.intersects(body))])
    names = [t for t in marks.labels if is_name(t) and t.kind != "ATTRIB" and kinds[t.layer] not in ("door", "window")]
    rooms = enclosed_rooms(closed, names)
    hall, sure = choose_hall(rooms, recipe.hall)
    if recipe.hall and hall is None:
        raise BadInput(
            "recipe.hall_unknown", file=file, hall=recipe.hall, rooms=", ".join(r.name for r in rooms if r.name)
        )
    lines = centrelines(body)
    thickest = max((line.thickness for line in lines), default=200.0)
    area = hall.area if hall else inner_envelope(closed, rooms, thickest)
    if area is None:
        raise BadInput("dxf.nothing_enclosed", file=file, walls=len(walls))
    if hall is None:
        doubts.append(Doubt(code="outline.whole_building", values={"rooms": len(rooms)}))
    found = Found(
        outline=area,
        rooms=rooms,
        hall=hall,
        doors=doors,
        walls=lines,
        windows=panes,
        columns=column_rings(of("column")),
        stairs=stair_hulls(of("stair")),
    )
    level, shift, more = level_of(found)
    north = north_deg(marks.labels, marks.strokes)
    if north is None:
        doubts.append(Doubt(code="north.not_found"))
    frame = Frame(
        source_unit=unit.name, scale_to_mm=unit.scale_to_mm, origin_mm=(origin[0] + shift[0], origin[1] + shift[1])
    )
    covered = 1.0 - sum(line.length for line in singles) / max(
        sum(shapely.LineString(s.points).length for s in walls), 1
    )
    return Import(
        plan=FloorPlan(levels=(level,), frame=frame, north_deg=90.0 if north is None else north),
        unit=unit.name,
        scale_to_mm=unit.scale_to_mm,
        outline_m2=round(shapely.Polygon(level.outline, level.holes).area / 1e6, 2),
        confidence={
            "unit": unit.confidence,
            "walls": round(max(0.3, covered), 2),
            "outline": sure if hall else 0.5,
            "doors": _door_confidence(doors),
            "spaces": _share(sum(bool(r.names) for r in rooms), len(rooms)),
        },
        warnings=(*doubts, *more),
        census=census_of(marks, kinds, by_hatch),
    )


def _boxes(boxes: Sequence[Box], unit: Unit, origin: tuple[int, int]) -> str:
    """Boxes as people can give them back for a crop: in drawing units of the source."""

    def text(box: Box) -> str:
        source = [(c + o) / unit.scale_to_mm for c, o in zip(box, (*origin, *origin))]
        return "(" + ", ".join(f"{c:.6g}" for c in source) + ")"

    return " ".join(text(box) for box in boxes)


def _door_confidence(doors: Sequence[FoundDoor]) -> float:
    """The share of openings whose leaf is drawn in an opening between wall ends."""
    return _share(sum(bool(door.leaves) and door.gap is not None for door in doors), len(doors))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 2) if whole else 0.0
