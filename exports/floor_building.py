"""The building as it stands: walls with thickness, openings cut, columns, windows, doors with their swing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from exports.drawing import Block, BlockRef, Line, Polyline, Shape, Text, Xy, normal
from exports.floor_shapes import (
    angle_deg,
    between,
    door_block,
    fills,
    outlines,
    readable_angle,
    shift,
    strip,
)
from exports.words import say
from layouts.plan import Door, Level, Wall
from layouts.wall_ends import KIND as WALL_END

# Where a plan has no walls of its own (a bare outline), its edge is shown as a wall of this thickness.
ENVELOPE_MM = 250
CUT_SPARE_MM = 30
# How deep a wall is looked for at an opening, and how far off its face may lie.
PROBE_MM = 900.0
NEAR_MM = 60
# Marks outside stand this much further off where a leaf opens outwards.
LEAF_ROOM_MM = 650
DOOR_KINDS = {"in": "leaf", "out": "leaf", "slide": "slide", "none": "none"}


def floor_area(level: Level) -> shapely.Polygon:
    """The floor that may be planned: outline minus holes."""
    return shapely.Polygon(level.outline, level.holes)


def wall_area(level: Level) -> BaseGeometry:
    """All walls as one solid, openings cut out."""
    solid = uncut_walls(level)
    openings = [(d.p, d.q) for d in level.doors] + [(w.p, w.q) for w in level.windows]
    return solid.difference(unary_union([opening_in(solid, p, q) for p, q in openings]))


def uncut_walls(level: Level) -> BaseGeometry:
    """All walls before doors and windows are cut; a bare outline gets an envelope, its holes an inner edge."""
    if level.walls:
        return _joined_walls(level.walls)
    shell = shapely.Polygon(level.outline).buffer(ENVELOPE_MM, join_style="mitre").difference(floor_area(level))
    return shell.difference(unary_union([shapely.Polygon(h).buffer(-ENVELOPE_MM) for h in level.holes]))


def _joined_walls(walls: Sequence[Wall]) -> BaseGeometry:
    """Walls of one thickness that meet end to end are thickened as one line, so that slanted corners close cleanly."""
    of_thickness: dict[int, list[shapely.LineString]] = {}
    for wall in walls:
        of_thickness.setdefault(wall.thickness_mm, []).append(shapely.LineString([wall.a, wall.b]))
    solids = []
    for thickness, lines in of_thickness.items():
        merged = shapely.line_merge(shapely.MultiLineString(lines))
        for line in getattr(merged, "geoms", [merged]):
            centre = shapely.LinearRing(line.coords) if line.is_ring else line
            solids.append(centre.buffer(thickness / 2, cap_style="square", join_style="mitre"))
    return unary_union(solids)


def wall_depths(solid: BaseGeometry, p: Xy, q: Xy) -> tuple[float, float]:
    """The wall's thickness to the left and to the right of opening p-q: a plan may give either face, or the middle."""
    middle, n = between(p, q), normal(p, q)
    return _depth(solid, middle, n), _depth(solid, middle, (-n[0], -n[1]))


def _depth(solid: BaseGeometry, start: Xy, way: Xy) -> float:
    hit = shapely.LineString([start, shift(start, way, PROBE_MM)]).intersection(solid)
    near = [g for g in getattr(hit, "geoms", [hit]) if g.length > 1 and g.distance(shapely.Point(start)) < NEAR_MM]
    return min(shapely.Point(start).hausdorff_distance(near[0]), PROBE_MM) if near else 0.0


def opening_in(solid: BaseGeometry, p: Xy, q: Xy) -> shapely.Polygon:
    """What a door or window between p and q takes out of the walls, through their whole thickness."""
    left, right = wall_depths(solid, p, q)
    return strip(p, q, left + CUT_SPARE_MM, right + CUT_SPARE_MM)


def draw_building(level: Level, language: str, new_doors: frozenset[str] = frozenset()) -> tuple[list[Shape], list[Block]]:
    """Shapes of the existing building, lowest first, and the door blocks they use. `new_doors`: made for the layout."""
    walls, solid = wall_area(level), uncut_walls(level)
    shapes: list[Shape] = [*fills(walls, "A-WALL-PATT-E", "wall"), *outlines(walls, "A-WALL-E", "wall")]
    for obstacle in (o for o in level.obstacles if o.kind != WALL_END):
        shapes += _obstacle(obstacle.id, obstacle.kind, obstacle.outline)
    for column in level.columns:
        shapes += fills(shapely.Polygon(column.outline), "A-COLS-E", "column", column.id)
        shapes += outlines(shapely.Polygon(column.outline), "A-COLS-E", "column", column.id)
    for window in level.windows:
        shapes += _window(window.id, window.p, window.q, solid)
    blocks: list[Block] = []
    for door in level.doors:
        symbol, block = _door(door, level, solid, "A-DOOR-N" if door.id in new_doors else "A-DOOR-E")
        shapes += symbol
        blocks.append(block)
        shapes += _entrance_mark(door, level, language)
    return shapes, blocks


def _obstacle(id: str, kind: str, ring: tuple[Xy, ...]) -> Iterator[Shape]:
    """An obstacle crossed corner to corner, as shafts are drawn."""
    layer = "A-FLOR-OTLN-E"
    yield Polyline(layer=layer, kind=kind, id=id, points=ring, closed=True)
    if len(ring) == 4:
        yield Line(layer=layer, kind=kind, id=id, a=ring[0], b=ring[2])
        yield Line(layer=layer, kind=kind, id=id, a=ring[1], b=ring[3])


def _window(id: str, p: Xy, q: Xy, solid: BaseGeometry) -> Iterator[Shape]:
    """The wall's two faces and the pane between them."""
    left, right = wall_depths(solid, p, q)
    if left + right == 0:
        left = ENVELOPE_MM
    n = normal(p, q)
    faces = (shift(p, n, left), shift(q, n, left), shift(q, n, -right), shift(p, n, -right))
    middle = (left - right) / 2
    yield Polyline(layer="A-GLAZ-E", kind="window", id=id, points=faces, closed=True)
    yield Line(layer="A-GLAZ-E", kind="window", id=id, a=shift(p, n, middle), b=shift(q, n, middle))


def towards_hall(door: Door, level: Level) -> Xy:
    """The unit vector from the opening into the hall (the left of p-q when both sides are hall)."""
    n = normal(door.p, door.q)
    ahead = shapely.Point(shift(between(door.p, door.q), n, 150))
    return n if floor_area(level).contains(ahead) else (-n[0], -n[1])


def _door(door: Door, level: Level, solid: BaseGeometry, layer: str) -> tuple[list[Shape], Block]:
    """The door's symbol, hung on the face of the wall it opens from."""
    inward = towards_hall(door, level)
    opens = inward if door.swing != "out" else (-inward[0], -inward[1])
    at = shift(between(door.p, door.q), opens, _depth(solid, between(door.p, door.q), opens))
    # Local +y is the way the leaf opens, so local +x is that turned clockwise.
    x_axis = (opens[1], -opens[0])
    p_is_left = (door.q[0] - door.p[0]) * x_axis[0] + (door.q[1] - door.p[1]) * x_axis[1] > 0
    hinge = "L" if (door.hinge == "p") == p_is_left else "R"
    span = ((door.p[0] - door.q[0]) ** 2 + (door.p[1] - door.q[1]) ** 2) ** 0.5
    block = door_block(span, DOOR_KINDS.get(door.swing, "leaf"), hinge)
    values = (("ID", door.id), ("USE", door.use), ("CLEAR", str(door.clear_mm)))
    turn = angle_deg((0, 0), x_axis)
    ref = BlockRef(layer=layer, kind="door", id=door.id, block=block.name, at=at, rotation_deg=turn, values=values)
    return [ref], block


def _entrance_mark(door: Door, level: Level, language: str) -> Iterator[Shape]:
    """A triangle in the direction of walking and the door's use, outside the building."""
    if door.use == "internal":
        return
    inward = towards_hall(door, level)
    out = (-inward[0], -inward[1])
    middle = between(door.p, door.q)
    if door.swing == "out":
        middle = shift(middle, out, LEAF_ROOM_MM)
    ahead = shapely.Point(shift(middle, out, 1500))
    if any(shapely.Polygon(space.outline.outer).contains(ahead) for space in level.spaces):
        return  # the way in leads through a room, whose name stands there
    tip, base = (700, 1250) if door.use in ("entrance", "entrance_exit", "staff") else (1250, 700)
    if door.use == "staff":
        tip, base = 700, 1100
    foot, half = shift(middle, out, base), 250 if door.use != "staff" else 180
    along = normal((0, 0), out)
    points = (shift(middle, out, tip), shift(foot, along, half), shift(foot, along, -half))
    layer = "A-ANNO-SYMB-N"
    yield Polyline(layer=layer, kind="door_mark", id=door.id, points=points, closed=True)
    if door.use == "entrance_exit":
        back = shift(middle, out, 1850)
        more = (back, shift(shift(middle, out, 1300), along, half), shift(shift(middle, out, 1300), along, -half))
        yield Polyline(layer=layer, kind="door_mark", id=door.id, points=more, closed=True)
    label = (say(f"drawing.door.{door.use}", {}, language), f"{door.clear_mm}")
    at = shift(middle, out, 2350 if door.use == "entrance_exit" else 1750)
    turn = readable_angle(angle_deg(door.p, door.q))
    yield Text(layer=layer, kind="door_mark", id=door.id, at=at, lines=label, height=220, rotation_deg=turn, bold=True)
