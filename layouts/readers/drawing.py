"""The marks of any flat drawing -> FloorPlan: class, measure the unit, build walls, close openings, name rooms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.directions import turn_of
from layouts.findings import BadInput, Value
from layouts.plan import FloorPlan, Frame
from layouts.readers.assemble import Found, level_of, written_areas
from layouts.readers.boundary import drawn_boundary
from layouts.readers.census import HATCHED, census_of, layers_of
from layouts.readers.centrelines import Centreline, centrelines
from layouts.readers.classes import CLASSES, class_of
from layouts.readers.confidence import Quality, confidence_of
from layouts.readers.doors import FoundDoor, find_doors, in_gap, loose_doors, straight_doors, swings, tell_uses
from layouts.readers.doorways import doorways
from layouts.readers.enclosure import Room, choose_hall, enclosed_rooms, inner_envelope, no_such_hall, open_rooms, with_areas
from layouts.readers.footprint import Footprint, footprint, plainly_closed
from layouts.readers.framing import box_in_source
from layouts.readers.guess import likeliest_layers, wall_like, without_leaves, without_runs
from layouts.readers.imported import Doubt, Import, Recipe
from layouts.readers.labels import is_name, name_and_area, north_deg
from layouts.readers.line_work import as_lines
from layouts.readers.marks import Label, Marks, Sketch, Stroke, as_rows, cropped, moved, pieces
from layouts.readers.openings import find_gaps, gap_areas
from layouts.readers.several import Box, main_drawing, without_frames
from layouts.readers.solid_things import column_rings, middle_line, stair_hulls, window_boxes
from layouts.readers.solids import GRID_MM, single_walls, wall_solids
from layouts.readers.turning import said_of, turn_of_floor
from layouts.readers.unions import joined
from layouts.readers.units import Unit, UnitUnknown, read_unit
from layouts.readers.written_areas import told_by_areas, weighed_by_areas
from layouts.squaring import squared, turned_pieces, turned_rows

MOST_WALL_LINES = 60_000
MOST_CORNERS = 24  # of lines that say a direction: more are curves in small pieces
TOUCHING_MM = 5.0  # a leaf drawn over an unbroken wall closes nothing that is not closed
WELL_CLOSED = 0.8  # share of the footprint that rooms and walls must fill, else openings were left open


def read_sketch(file: str, sketch: Sketch, unit: str | None, recipe: Recipe) -> Import:
    """Read one storey. Raises BadInput with one code where nothing sensible can be read."""
    unknown = sorted(set(recipe.layers.values()) - set(CLASSES))
    if unknown:
        raise BadInput("recipe.class_unknown", file=file, kind=unknown[0], known=", ".join(CLASSES))
    marks = cropped(sketch.marks, recipe.crop)
    layers = {mark.layer for marks_of in (marks.strokes, marks.arcs, marks.labels) for mark in marks_of}
    kinds = {layer: class_of(layer, recipe.layers) for layer in sorted(layers)}
    by_hatch = frozenset(kind for kind in HATCHED if not _drawn(marks, kinds, kind, hatched=False))
    if not marks.strokes:
        raise BadInput("dxf.nothing_drawn", file=file)
    walls = _drawn(marks, kinds, "wall", hatched="wall" in by_hatch)
    guessed = not walls
    walls = walls or wall_like(marks, kinds)
    if not walls:
        raise BadInput("dxf.no_walls", file=file, layers=", ".join(sorted(kinds)[:12]))
    doubts = [Doubt(code="dxf.damaged")] if sketch.damaged else []
    if sketch.cut:
        doubts = [Doubt(code="dxf.ends_early", values=sketch.cut.values)]
    hidden = _hidden(marks)
    if hidden and not recipe.hidden:
        doubts.append(
            Doubt(code="layers.hidden", values={"count": sum(hidden.values()), "layers": ", ".join(list(hidden)[:8])})
        )

    def read(measured: Unit) -> Import:
        rows = pieces(walls, MOST_CORNERS) * measured.scale_to_mm
        told = recipe.turn_deg
        turn = turn_of(rows) if told is None else told
        made = read_turned(measured, turn)
        if told is None and (more := turn_of_floor(made.plan.levels[0], turned_pieces(rows, turn))):
            turn = (turn + more + 45.0) % 90.0 - 45.0
            made = read_turned(measured, turn)
        return replace(made, warnings=(*made.warnings, *said_of(rows, turn)))

    def read_turned(measured: Unit, turn: float) -> Import:
        near, local = _to_local(marks, measured, walls, turn)
        if not guessed:
            reading = _Reading(file=file, marks=near, kinds=kinds, by_hatch=by_hatch, recipe=recipe, guessed=False)
            try:
                return replace(reading.run(measured, local, list(doubts)), hidden=hidden)
            except BadInput as failure:
                # a layer named for walls may hold a sample of them, while the plan stands elsewhere
                if failure.code != "dxf.nothing_enclosed" or not wall_like(near, kinds) or recipe.layers:
                    raise
        chosen, hint = _guessed(near, kinds)
        reading = _Reading(file=file, marks=near, kinds=chosen, by_hatch=by_hatch, recipe=recipe, guessed=True)
        return replace(reading.run(measured, local, [*doubts, hint]), hidden=hidden)

    try:
        try:
            measured = read_unit(
                file,
                marks,
                walls,
                sketch.header_unit,
                unit,
                scale_to_mm=recipe.scale_to_mm,
                doors=[layer for layer, kind in kinds.items() if kind == "door"],
                stairs=[layer for layer, kind in kinds.items() if kind == "stair"],
                paper=sketch.paper,
            )
        except UnitUnknown as asked:
            by_areas = told_by_areas(asked.choices, read)
            if by_areas is None:
                raise
            return by_areas
        return weighed_by_areas(read(measured), measured, read, fixed=unit is not None or recipe.scale_to_mm > 0)
    except shapely.errors.ShapelyError as failure:
        raise BadInput("dxf.geometry", file=file, reason=type(failure).__name__) from failure


def _hidden(marks: Marks) -> dict[str, int]:
    """What is drawn on layers that are off or frozen, by layer, most first."""
    found: dict[str, int] = {}
    for (kind, layer, reason), count in marks.skipped.items():
        if reason == "hidden" and kind not in ("ATTRIB", "ATTDEF"):
            found[layer] = found.get(layer, 0) + count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _guessed(near: Marks, kinds: Mapping[str, str]) -> tuple[dict[str, str], Doubt]:
    """The classes with the likeliest layers called walls, and the doubt that says so."""
    chosen = likeliest_layers(wall_like(near, kinds))
    doubt = Doubt(code="walls.guessed", values={"layers": ", ".join(sorted(chosen)[:8])})
    return {layer: "wall" if layer in chosen else kind for layer, kind in kinds.items()}, doubt


def _drawn(marks: Marks, kinds: Mapping[str, str], kind: str, *, hatched: bool) -> list[Stroke]:
    """The strokes of a class; with `hatched` those are hatch boundaries, since no outline is drawn."""
    return [s for s in marks.strokes if kinds[s.layer] == kind and (s.kind == "HATCH") == hatched]


def _to_local(marks: Marks, unit: Unit, walls: list[Stroke], turn_deg: float) -> tuple[Marks, Frame]:
    """The marks in millimetres near a local origin (whole millimetres), turned, and the frame that says so."""
    points = turned_rows(as_rows([s.points for s in walls]) * unit.scale_to_mm, turn_deg)
    low = np.percentile(points, 2, axis=0, method="lower")
    origin = (math.floor(low[0]), math.floor(low[1]))
    near = moved(marks, unit.scale_to_mm, lambda rows: turned_rows(rows, turn_deg) - origin)
    if turn_deg:
        near = moved(near, 1.0, squared(pieces(near.strokes, MOST_CORNERS)))
    return near, Frame(source_unit=unit.name, scale_to_mm=unit.scale_to_mm, origin_mm=origin, rotation_deg=turn_deg)


@dataclass(slots=True, kw_only=True)
class _Built:
    """Walls and openings as areas."""

    body: BaseGeometry
    closed: BaseGeometry
    doors: list[FoundDoor]
    panes: list[Polygon]
    single_share: float
    others: list[Box]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """From marks in millimetres to the plan."""

    file: str
    marks: Marks
    kinds: Mapping[str, str]
    by_hatch: frozenset[str]
    recipe: Recipe
    guessed: bool

    def of(self, *classes: str) -> list[Stroke]:
        """The strokes of the classes."""
        return [s for kind in classes for s in _drawn(self.marks, self.kinds, kind, hatched=kind in self.by_hatch)]

    def run(self, unit: Unit, local: Frame, doubts: list[Doubt]) -> Import:
        """The whole reading at one scale; `local` says how the marks lie in the drawing."""
        doubts, origin = [*unit.doubts, *doubts], local.origin_mm
        built = self._build(self._walls(doubts), local, doubts)
        rooms, shell = self._rooms(built, doubts)
        rooms = with_areas(rooms, [t for t in self.marks.labels if not is_name(t) and name_and_area(t.text)[1]])
        hall, sure = self._hall(rooms)
        lines = centrelines(built.body)
        drawn = drawn_boundary(self.file, self.recipe.boundary, local)
        area, sure = (drawn, 1.0) if drawn else self._floor(rooms, hall, sure, shell, lines, built, doubts)
        found = Found(
            outline=area,
            rooms=rooms,
            hall=hall,
            doors=built.doors,
            walls=lines,
            windows=built.panes,
            columns=column_rings(self.of("column")),
            stairs=stair_hulls(self.of("stair")),
            origin=_kept(self.recipe.origin_mm, origin),
        )
        level, shift, more = level_of(found)
        found_north = north_deg(self.marks.labels, self.marks.strokes)
        north = (90.0 + local.rotation_deg) % 360 if found_north is None else found_north
        if found_north is None:
            doubts.append(Doubt(code="north.not_found"))
        frame = replace(local, origin_mm=(origin[0] + shift[0], origin[1] + shift[1]))
        quality = Quality(
            unit=unit.confidence,
            double_walls=1 - built.single_share,
            guessed=self.guessed,
            outline=sure,
            closing_mm=shell.radius_mm if shell else 0.0,
            doors=built.doors,
            rooms=rooms,
            area_m2=area.area / 1e6,
        )
        return Import(
            plan=FloorPlan(levels=(level,), frame=frame, north_deg=north),
            unit=unit.name,
            scale_to_mm=unit.scale_to_mm,
            outline_m2=round(Polygon(level.outline, level.holes).area / 1e6, 2),
            confidence=confidence_of(quality),
            warnings=(*doubts, *more),
            census=census_of(self.marks, self.kinds, self.by_hatch),
            layers=layers_of(self.marks, self.kinds),
            choices=unit.choices,
            ask=unit.ask,
            written=written_areas(rooms),
            drawings=tuple(box_in_source(box, local) for box in built.others),
        )

    def _walls(self, doubts: list[Doubt]) -> list[Stroke]:
        """The strokes of walls, without sheet frames and runs of equal lines."""
        walls = self.of("wall")
        if self.guessed:
            free = {layer: "" if kind == "wall" else "ignore" for layer, kind in self.kinds.items()}
            walls = without_leaves(wall_like(self.marks, free), self.marks.arcs)
        count = sum(len(s.points) - 1 for s in walls)
        if count > MOST_WALL_LINES:
            raise BadInput("dxf.too_many_walls", file=self.file, count=count, most=MOST_WALL_LINES)
        walls, frames = without_frames(walls)
        if frames:
            doubts.append(Doubt(code="walls.sheet_frame", values={"count": frames}))
        walls, runs = without_runs(walls)
        if runs:
            doubts.append(Doubt(code="walls.runs", values={"count": runs}))
        return walls

    def _build(self, walls: list[Stroke], local: Frame, doubts: list[Doubt]) -> _Built:
        """Wall solids, and the openings in them closed by doors and windows."""
        faces, singles = wall_solids(walls)
        faces, singles, others = main_drawing(faces, singles)
        if others:
            values: dict[str, Value] = {"others": len(others), "boxes": _boxes(others, local)}
            doubts.append(Doubt(code="drawings.several", values=values))
        solids = [*faces, *single_walls(singles)]
        # a drawing of single lines has openings between their ends; a few single lines among double ones are strays
        mostly_single = sum(line.length for line in singles) > sum(face.length for face in faces) / 2
        if singles:
            doubts.append(Doubt(code="walls.single_lines", values={"count": len(singles)}))
        symbols = shapely.unary_union(as_lines(self.of("door", "window")))
        leaves = swings(self.marks.arcs, self.kinds)
        gaps = find_gaps(solids if mostly_single else faces, symbols, leaves, self.recipe.gap_mm)
        body = joined([*solids, *gap_areas(gaps)], GRID_MM)
        doors, loose = find_doors(leaves, self.of("door"), gaps, self.of("window"))
        doors += loose_doors(loose, body)
        doors += straight_doors(self.of("door"), body, doors)
        tell_uses(doors, self.marks.blocks, [t for t in self.marks.labels if t.kind != "ATTRIB"], {})
        lines_across = [(shapely.LineString([d.a, d.b]), d.thickness) for d in doors if d.gap is None]
        panes = window_boxes(self.of("window"))
        near = body.buffer(TOUCHING_MM) if lines_across or panes else body
        shapely.prepare([near, body])
        closers = [line.buffer(thick / 2) for line, thick in lines_across if not near.covers(line)]
        # a pane whose middle lies in closed wall closes nothing more, and its sill would stand into the room
        touching = [pane.buffer(1.0) for pane in panes if pane.intersects(body) and not near.covers(middle_line(pane))]
        total = max(float(shapely.length(as_lines(walls)).sum()), 1)
        return _Built(
            body=body,
            closed=shapely.unary_union([body, *closers, *touching]),
            doors=doors,
            panes=panes,
            single_share=min(1.0, sum(line.length for line in singles) / total),
            others=others,
        )

    def _rooms(self, built: _Built, doubts: list[Doubt]) -> tuple[list[Room], Footprint | None]:
        """The rooms that walls enclose; where those leave much of the building open, its open floor too."""
        unnamed = ("door", "window")
        names = [t for t in self.marks.labels if is_name(t) and t.kind != "ATTRIB" and self.kinds[t.layer] not in unnamed]
        rooms = enclosed_rooms(built.closed, names)
        if not any(door.leaves for door in built.doors):
            rooms = self._parted(built, rooms, names, doubts)
        shell = None if rooms and plainly_closed(built.closed) else footprint(built.closed)
        if shell is None or (not shell.radius_mm and rooms):
            return rooms, None
        filled = sum(room.area.area for room in rooms) + built.closed.intersection(shell.area).area
        if filled >= WELL_CLOSED * shell.area.area:
            return rooms, None
        rooms = open_rooms(shell.area, built.closed, rooms, names)
        if rooms:
            doubts.append(Doubt(code="outline.open", values={"gap_m": round(2 * shell.radius_mm / 1000, 1)}))
        return rooms, shell

    def _parted(self, built: _Built, rooms: list[Room], names: Sequence[Label], doubts: list[Doubt]) -> list[Room]:
        """The rooms parted at doorways, where no door is drawn as one; the doorways become openings."""
        ways = doorways(built.closed, rooms)
        if not ways:
            return rooms
        doubts.append(Doubt(code="rooms.parted", values={"count": len(ways)}))
        gaps = [way.gap for way in ways]
        areas = gap_areas(gaps)
        built.doors += [in_gap(gap) for gap in gaps]
        built.body = shapely.unary_union([built.body, *areas], grid_size=GRID_MM)
        built.closed = shapely.unary_union([built.closed, *areas])
        return enclosed_rooms(built.closed, names)

    def _hall(self, rooms: Sequence[Room]) -> tuple[Room | None, float]:
        """The room that is planned and how sure; a hall that people named must exist."""
        hall, sure = choose_hall(rooms, self.recipe.hall)
        if self.recipe.hall and hall is None:
            raise no_such_hall(self.file, self.recipe.hall, rooms)
        return hall, sure

    def _floor(
        self,
        rooms: Sequence[Room],
        hall: Room | None,
        sure: float,
        shell: Footprint | None,
        lines: Sequence[Centreline],
        built: _Built,
        doubts: list[Doubt],
    ) -> tuple[Polygon, float]:
        """The floor to plan and how sure of it: the hall, else the inside of the whole building."""
        if hall is not None:
            return hall.area, sure
        thickest = max((line.thickness for line in lines), default=200.0)
        area = inner_envelope(built.closed, rooms, thickest)
        if area is None or area.is_empty:
            raise BadInput("dxf.nothing_enclosed", file=self.file, walls=len(lines))
        doubts.append(Doubt(code="outline.whole_building", values={"rooms": len(rooms)}))
        drawn = shapely.box(*built.body.bounds).area
        share = area.area / drawn if drawn else 0.0
        if share < 0.35:  # most of what is drawn lies outside: a closet, or one wing of several
            doubts.append(Doubt(code="outline.part_only", values={"percent": round(100 * share)}))
        return area, 0.7 * min(1.0, share / 0.5)


def _kept(wanted: tuple[int, int] | None, origin: tuple[int, int]) -> tuple[int, int] | None:
    """The origin that an earlier reading had, seen from the local one."""
    return None if wanted is None else (wanted[0] - origin[0], wanted[1] - origin[1])


def _boxes(boxes: Sequence[Box], local: Frame) -> str:
    """Boxes as people can give them back for a crop: in drawing units of the source."""
    return " ".join("(" + ", ".join(f"{c:.6g}" for c in box_in_source(box, local)) + ")" for box in boxes)
