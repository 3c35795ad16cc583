"""The drawing hand shared by the example plans: layers, walls with openings, blocks, grid, dimensions.

Millimetres, true scale, AIA layer names, everything BYLAYER. Walls are given by the inner ring of a room and a
thickness; openings are cut out and the pieces that remain are drawn as lines or as closed polylines.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import ezdxf
from ezdxf.document import Drawing
from ezdxf.enums import TextEntityAlignment
from ezdxf.layouts import BlockLayout, Modelspace
from shapely import LineString, MultiPolygon, Polygon, unary_union

LAYERS = {  # name: (colour, lineweight in 1/100 mm, linetype)
    "A-WALL": (7, 50, "CONTINUOUS"),
    "A-WALL-PATT": (8, 13, "CONTINUOUS"),
    "A-DOOR": (30, 25, "CONTINUOUS"),
    "A-GLAZ": (140, 25, "CONTINUOUS"),
    "A-COLS": (7, 50, "CONTINUOUS"),
    "A-COLS-PATT": (8, 13, "CONTINUOUS"),
    "A-GRID": (8, 13, "CENTER"),
    "A-FLOR-STRS": (34, 18, "CONTINUOUS"),
    "A-FLOR-OVHD": (8, 18, "DASHED"),
    "A-AREA": (94, 13, "DASHED"),
    "A-AREA-IDEN": (94, 25, "CONTINUOUS"),
    "A-ANNO-TEXT": (7, 25, "CONTINUOUS"),
    "A-ANNO-DIMS": (8, 13, "CONTINUOUS"),
    "A-ANNO-SYMB": (7, 25, "CONTINUOUS"),
    "A-ANNO-TTLB": (7, 35, "CONTINUOUS"),
    "L-WALK": (8, 18, "CONTINUOUS"),
}
PLOT_SCALE = 100  # text heights below are millimetres on paper, times this
LEAF_MM = 40

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Opening:
    """A hole in a wall: its middle on the wall's inner face, its width, and the unit vector out of the room."""

    middle: Point
    width: float
    out: Point

    @property
    def along(self) -> Point:
        """Unit vector along the wall, the room's inside on its left when walking it counter-clockwise."""
        return (-self.out[1], self.out[0])


def opening_in(a: Point, b: Point, at: float, width: float) -> Opening:
    """An opening with its middle `at` millimetres from `a` on the wall a-b of a counter-clockwise ring."""
    length = math.dist(a, b)
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    return Opening((a[0] + ux * at, a[1] + uy * at), width, (uy, -ux))


def new_drawing() -> Drawing:
    """An empty drawing in millimetres with the office's layers and styles."""
    doc = ezdxf.new("R2010", setup=["linetypes"])
    doc.header["$INSUNITS"], doc.header["$MEASUREMENT"], doc.header["$LUNITS"] = 4, 1, 2
    doc.header["$LTSCALE"], doc.header["$LWDISPLAY"] = 300, 1
    for name, (colour, weight, linetype) in LAYERS.items():
        doc.layers.add(name, color=colour, lineweight=weight, linetype=linetype)
    doc.styles.add("NOTES", font="arial.ttf")
    dims = doc.dimstyles.duplicate_entry("Standard", "PLAN-100")
    dims.set_tick(size=1.5)
    dims.dxf.dimscale, dims.dxf.dimtxt, dims.dxf.dimtxsty = PLOT_SCALE, 2.0, "NOTES"
    dims.dxf.dimexo, dims.dxf.dimexe, dims.dxf.dimgap, dims.dxf.dimtad, dims.dxf.dimdec = 1.5, 1.5, 0.8, 1, 0
    dims.dxf.dimlwd, dims.dxf.dimlwe = 13, 13
    dims.copy_to_header(doc)
    return doc


def wall_pieces(rooms: list[tuple[Ring, float]], openings: list[Opening], reach: float = 400) -> list[Polygon]:
    """The solid wall pieces around `rooms` (inner ring, thickness) with the openings cut out."""
    inside = [Polygon(ring) for ring, _ in rooms]
    solid = unary_union(
        [room.buffer(thick, join_style="mitre", mitre_limit=10) for room, (_, thick) in zip(inside, rooms)]
    ).difference(unary_union(inside))
    for hole in openings:
        (mx, my), (ux, uy), (ox, oy), half = hole.middle, hole.along, hole.out, hole.width / 2
        corners = [
            (mx + s * ux * half + d * ox, my + s * uy * half + d * oy)
            for s, d in ((-1, -1), (1, -1), (1, reach), (-1, reach))
        ]
        solid = solid.difference(Polygon(corners))
    parts = solid.geoms if isinstance(solid, MultiPolygon) else [solid]
    return sorted((_whole(part) for part in parts), key=lambda part: part.bounds)


def _whole(part: Polygon) -> Polygon:
    """The piece with whole millimetres and without points on straight edges."""

    def ring(coords: list[Point]) -> Ring:
        points = [(float(round(x)), float(round(y))) for x, y in coords[:-1]]
        return [
            p
            for i, p in enumerate(points)
            if LineString([points[i - 1], points[(i + 1) % len(points)]]).distance(Polygon([p] * 3).centroid) > 0.7
        ]

    return Polygon(ring(list(part.exterior.coords)), [ring(list(r.coords)) for r in part.interiors])


def draw_walls(msp: Modelspace, pieces: list[Polygon], *, as_lines: bool, pattern: str | None) -> None:
    """Each piece as single lines or closed polylines, with a poche hatch if asked for."""
    for piece in pieces:
        rings = [list(r.coords)[:-1] for r in (piece.exterior, *piece.interiors)]
        if pattern:
            hatch = msp.add_hatch(color=256, dxfattribs={"layer": "A-WALL-PATT"})
            hatch.set_pattern_fill(pattern, color=256, scale=25)
            for ring in rings:
                hatch.paths.add_polyline_path(ring, is_closed=True)
        for ring in rings:
            if as_lines:
                for a, b in zip(ring, ring[1:] + ring[:1]):
                    msp.add_line(a, b, dxfattribs={"layer": "A-WALL"})
            else:
                msp.add_lwpolyline(ring, close=True, dxfattribs={"layer": "A-WALL"})


def _leaf(block: BlockLayout, hinge: float, width: float, towards: int) -> None:
    """One leaf hinged at (hinge, 0), opening to +y; `towards` is +1 or -1 along x when closed."""
    side = hinge + towards * LEAF_MM
    block.add_lwpolyline([(hinge, 0), (side, 0), (side, width), (hinge, width)], close=True, dxfattribs={"layer": "0"})
    start, end = (0, 90) if towards > 0 else (90, 180)
    block.add_arc((hinge, 0), width, start, end, dxfattribs={"layer": "0"})


def door_block(doc: Drawing, name: str, width: float, *, leaves: int, with_attributes: bool) -> str:
    """A door block: x along the opening from the hinge jamb, +y the side the leaves open to."""
    if name in doc.blocks:
        return name
    block = doc.blocks.new(name)
    block.units = 4
    if leaves == 2:
        _leaf(block, 0, width / 2, 1)
        _leaf(block, width, width / 2, -1)
    else:
        _leaf(block, 0, width, 1)
    if with_attributes:
        for row, tag in enumerate(("NUMBER", "USE", "WIDTH")):
            block.add_attdef(tag, (width / 2, -900 - 250 * row), dxfattribs={"height": 180, "invisible": row > 0})
    return name


def place_door(
    msp: Modelspace,
    block: str,
    hole: Opening,
    thick: float,
    values: dict[str, str] | None = None,
    *,
    outward: bool = True,
    mirrored: bool = False,
) -> None:
    """Insert a door block so that its leaves open out of the room (or into it), the hinge right or left."""
    (mx, my), (ox, oy), half = hole.middle, hole.out, hole.width / 2
    depth = thick if outward else 0
    # the block's +y is the swing side, so its +x is that side turned clockwise
    swing = (ox, oy) if outward else (-ox, -oy)
    x_axis = (swing[1], -swing[0])
    hand = -1 if mirrored else 1
    at = (mx - hand * x_axis[0] * half + ox * depth, my - hand * x_axis[1] * half + oy * depth)
    insert = msp.add_blockref(
        block,
        at,
        dxfattribs={"layer": "A-DOOR", "rotation": math.degrees(math.atan2(x_axis[1], x_axis[0])), "xscale": hand},
    )
    if values:
        insert.add_auto_attribs(values)
        for attrib in insert.attribs:
            attrib.dxf.layer = "A-DOOR"


def place_window(msp: Modelspace, doc: Drawing, hole: Opening, thick: float) -> None:
    """A fixed window: two frame lines on the faces and the glass in the middle, as a block per width."""
    name = f"WINDOW-{hole.width:.0f}X{thick:.0f}"
    if name not in doc.blocks:
        block = doc.blocks.new(name)
        block.units = 4
        for depth in (0, thick / 2 - 25, thick / 2 + 25, thick):
            block.add_line((0, depth), (hole.width, depth), dxfattribs={"layer": "0"})
    (mx, my), (ux, uy), half = hole.middle, hole.along, hole.width / 2
    at = (mx + ux * half, my + uy * half)  # turned by 180 degrees, so that +y points out of the room
    msp.add_blockref(name, at, dxfattribs={"layer": "A-GLAZ", "rotation": math.degrees(math.atan2(-uy, -ux))})


def place_columns(msp: Modelspace, doc: Drawing, centres: list[Point], size: float, *, as_block: bool) -> None:
    """Square columns with a solid poche, as a block or as loose polylines."""
    half = size / 2
    square = [(-half, -half), (half, -half), (half, half), (-half, half)]
    if as_block:
        block = doc.blocks.new(f"COLUMN-{size:.0f}")
        block.units = 4
        block.add_hatch(color=256, dxfattribs={"layer": "A-COLS-PATT"}).paths.add_polyline_path(square, is_closed=True)
        block.add_lwpolyline(square, close=True, dxfattribs={"layer": "0"})
    for x, y in centres:
        if as_block:
            msp.add_blockref(f"COLUMN-{size:.0f}", (x, y), dxfattribs={"layer": "A-COLS"})
            continue
        moved = [(x + dx, y + dy) for dx, dy in square]
        msp.add_hatch(color=256, dxfattribs={"layer": "A-COLS-PATT"}).paths.add_polyline_path(moved, is_closed=True)
        msp.add_lwpolyline(moved, close=True, dxfattribs={"layer": "A-COLS"})


def text(
    msp: Modelspace, words: str, at: Point, *, paper_mm: float = 2.5, layer: str = "A-ANNO-TEXT", turn: float = 0
) -> None:
    """A single line of text, centred on `at`."""
    msp.add_text(
        words, height=paper_mm * PLOT_SCALE, rotation=turn, dxfattribs={"layer": layer, "style": "NOTES"}
    ).set_placement(at, align=TextEntityAlignment.MIDDLE_CENTER)


def room_name(msp: Modelspace, name: str, area_m2: float | None, at: Point, *, paper_mm: float = 3.0) -> None:
    """A room name with its area under it, as MTEXT."""
    words = name if area_m2 is None else f"{name}\\P{{\\H0.7x;{area_m2:.1f} m²}}"
    msp.add_mtext(
        words,
        dxfattribs={
            "layer": "A-AREA-IDEN",
            "style": "NOTES",
            "char_height": paper_mm * PLOT_SCALE,
            "insert": at,
            "attachment_point": 5,
        },
    )


def grid(
    msp: Modelspace, xs: dict[str, float], ys: dict[str, float], left: float, low: float, right: float, high: float
) -> None:
    """Grid lines with a bubble at the low and left ends."""
    radius = 450
    for name, x in xs.items():
        msp.add_line((x, low), (x, high), dxfattribs={"layer": "A-GRID"})
        msp.add_circle((x, low - radius), radius, dxfattribs={"layer": "A-GRID", "linetype": "CONTINUOUS"})
        text(msp, name, (x, low - radius), paper_mm=3.5, layer="A-GRID")
    for name, y in ys.items():
        msp.add_line((left, y), (right, y), dxfattribs={"layer": "A-GRID"})
        msp.add_circle((left - radius, y), radius, dxfattribs={"layer": "A-GRID", "linetype": "CONTINUOUS"})
        text(msp, name, (left - radius, y), paper_mm=3.5, layer="A-GRID")


def chain(msp: Modelspace, stops: list[float], base: float, *, vertical: bool = False) -> None:
    """A chain of rendered dimensions between the stops."""
    for a, b in pairwise(stops):
        ends = ((base, a), (base, b)) if vertical else ((a, base), (b, base))
        msp.add_linear_dim(
            base=ends[0],
            p1=ends[0],
            p2=ends[1],
            angle=90 if vertical else 0,
            dimstyle="PLAN-100",
            dxfattribs={"layer": "A-ANNO-DIMS"},
        ).render()


def stair(msp: Modelspace, left: float, low: float, right: float, high: float, going: float = 300) -> None:
    """A straight flight seen from above: treads, and an arrow up."""
    steps = int((high - low) // going)
    for i in range(steps + 1):
        msp.add_line((left, low + i * going), (right, low + i * going), dxfattribs={"layer": "A-FLOR-STRS"})
    middle, top = (left + right) / 2, low + steps * going
    for a, b in (
        ((middle, low), (middle, top)),
        ((middle, top), (middle - 150, top - 300)),
        ((middle, top), (middle + 150, top - 300)),
    ):
        msp.add_line(a, b, dxfattribs={"layer": "A-FLOR-STRS"})
    text(msp, "UP", (middle, low - 250), paper_mm=2.0, layer="A-FLOR-STRS")


def north_arrow(msp: Modelspace, at: Point, *, turn: float = 90) -> None:
    """A circle with a filled needle; `turn` is the direction of north, counter-clockwise from +x."""
    radius, way = 900, math.radians(turn)

    def polar(angle: float, r: float) -> Point:
        return at[0] + r * math.cos(way + angle), at[1] + r * math.sin(way + angle)

    needle = [polar(0, radius), polar(2.5, radius), polar(math.pi, radius * 0.45), polar(-2.5, radius)]
    msp.add_circle(at, radius, dxfattribs={"layer": "A-ANNO-SYMB"})
    msp.add_lwpolyline(needle, close=True, dxfattribs={"layer": "A-ANNO-SYMB"})
    msp.add_hatch(color=256, dxfattribs={"layer": "A-ANNO-SYMB"}).paths.add_polyline_path(
        [needle[0], needle[1], needle[2]], is_closed=True
    )
    text(msp, "N", polar(0, radius + 350), paper_mm=4, layer="A-ANNO-SYMB")


def title(msp: Modelspace, lines: list[str], at: Point) -> None:
    """The drawing's title under the plan: the first line large and underlined."""
    x, y = at
    msp.add_text(lines[0], height=600, dxfattribs={"layer": "A-ANNO-TTLB", "style": "NOTES", "insert": (x, y)})
    msp.add_line((x, y - 250), (x + 470 * len(lines[0]), y - 250), dxfattribs={"layer": "A-ANNO-TTLB"})
    for row, line in enumerate(lines[1:]):
        msp.add_text(
            line, height=300, dxfattribs={"layer": "A-ANNO-TTLB", "style": "NOTES", "insert": (x, y - 800 - 500 * row)}
        )


def scale_bar(msp: Modelspace, at: Point, metres: int = 10) -> None:
    """A bar of one-metre and five-metre fields."""
    x, y = at
    for i, (a, b) in enumerate(((0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, metres))):
        box = [(x + a * 1000, y), (x + b * 1000, y), (x + b * 1000, y + 200), (x + a * 1000, y + 200)]
        msp.add_lwpolyline(box, close=True, dxfattribs={"layer": "A-ANNO-SYMB"})
        if i % 2 == 0:
            msp.add_hatch(color=256, dxfattribs={"layer": "A-ANNO-SYMB"}).paths.add_polyline_path(box, is_closed=True)
    for m in (0, 1, 5, metres):
        text(msp, f"{m}" if m != metres else f"{m} m", (x + m * 1000, y + 450), paper_mm=2, layer="A-ANNO-SYMB")


def frame(msp: Modelspace, low: Point, high: Point) -> None:
    """The sheet's border."""
    box = [low, (high[0], low[1]), high, (low[0], high[1])]
    msp.add_lwpolyline(box, close=True, dxfattribs={"layer": "A-ANNO-TTLB"})


def save(doc: Drawing, path: Path) -> None:
    """Write the file so that it opens on the whole plan."""
    from ezdxf import zoom

    zoom.extents(doc.modelspace(), factor=1.05)
    doc.saveas(path)
