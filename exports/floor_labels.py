"""Where the labels of a floor may stand: rooms inside themselves, banks behind their desks, widths round their point."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from exports.blocks_rooms import WALL_MM
from exports.blocks_shapes import MAT
from exports.drawing import (
    Anchor,
    Arc,
    Block,
    BlockRef,
    Circle,
    Dimension,
    Fill,
    Line,
    Polyline,
    Shape,
    Text,
    Xy,
    figure_height,
    normal,
    points_of,
    turned,
)
from exports.floor_shapes import readable_angle
from exports.labels import Label, settle, text_box
from exports.room_shells import floor_of, rooms_of
from layouts.compartment import MARK
from layouts.geometry import towards_public
from layouts.layout import Item
from layouts.plan import Level

ROOM_LAYERS = ("A-AREA-IDEN-N", "A-AREA-IDEN-E")
SCALES = (1.0, 0.85, 0.7)
LEAST_MM = 125.0  # 2.5 mm on the sheets at 1:50
LEAST_READ_MM = 150.0
TWO_LINES_MM = 180.0  # a bank's name that would be smaller than this on one line goes on two
LINE_MM = 25.0  # of a dimension line to either side
FINE_MM, FINEST, AT_ONCE = 250.0, 20, 32
ALONG_MM = (0.0, *(sign * step for step in (150.0, 300.0, 450.0, 600.0, 1000.0) for sign in (1, -1)))
NEAR_BY = 5  # of these
AROUND_MM = (200.0, 420.0, 700.0, 1100.0, 1600.0, 2200.0)
STANDING = ("position", "finding", "door_mark", "sign", "later")
WRITTEN_OVER = ("void",)
NONE_MM = 5  # a void's name may touch its edge
NAMED_INSIDE = ("prayer_room_men", "prayer_room_women", "void")  # rather on a mat, or on a void's cross, than outside
NUMBERS = ("door_number", "window_mark")
OPAQUE_LAYERS = ("A-WALL-PATT-E", "A-WALL-PATT-N", "A-COLS-E")


def settle_labels(shapes: Sequence[Shape], blocks: Sequence[Block], items: Sequence[Item], level: Level) -> list[Shape]:
    """The shapes with every label moved to where it can be read; labels last, so that nothing lies on them."""
    areas: dict[str, shapely.Polygon] = {s.id: shapely.Polygon(s.outline.outer, s.outline.holes) for s in level.spaces}
    areas |= {item.id: shapely.Polygon(item.polygon) for item in items}
    areas |= {f"{item.id}{MARK}{r.kind}": floor_of(r, item) for item in items for r in rooms_of(item)}
    walled = {item.id for item in items if item.solid} | {s.id for s in level.spaces}
    facing = {item.id: towards_public(item) for item in items}
    free = [s for s in shapes if isinstance(s, Text) and s.kind not in STANDING]
    fixed = [s for s in shapes if not isinstance(s, Text) or s.kind in STANDING]
    free = sorted(_one_for_many(free, items, areas), key=_rank)
    labels = [_label(text, areas, walled, facing) for text in free]
    settled = settle(labels, [*_in_the_way(fixed, blocks)], [*_mats(fixed, blocks)])
    return [*fixed, *(shape for group in settled for shape in group)]


def _one_for_many(texts: Sequence[Text], items: Sequence[Item], areas: dict[str, shapely.Polygon]) -> Iterator[Text]:
    """Things of one bank that differ only in their number share one label, which is about them all."""
    bank_of = {item.id: item.bank for item in items if item.bank and item.bank != item.id}
    groups: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        stem = text.lines[0].rstrip("0123456789").rstrip()
        alone = text.layer in ROOM_LAYERS or text.id not in bank_of or text.kind in ("bank", *NUMBERS) or not stem
        groups.setdefault((text.id, f"{text.kind} {text.at}") if alone else (bank_of[text.id] or "", stem), []).append(text)
    for (_, stem), members in groups.items():
        lead = members[0]
        if len(members) == 1:
            yield lead
            continue
        near = shapely.union_all([areas[t.id] for t in members]).envelope
        areas[lead.id] = near
        middle = (sum(t.at[0] for t in members) / len(members), sum(t.at[1] for t in members) / len(members))
        height = max(t.height for t in members)
        yield replace(lead, lines=(f"{stem} ×{len(members)}",), at=middle, height=max(LEAST_READ_MM, height))


def _rank(text: Text) -> int:
    """Banks and rooms first: they belong to one place; widths can stand anywhere round their point."""
    if text.kind == "bank":
        return 0
    if text.layer in ROOM_LAYERS:
        return 1
    return 3 if text.kind in ("narrowest", *NUMBERS) else 2


def _label(
    text: Text, areas: Mapping[str, shapely.Polygon], walled: set[str], facing: Mapping[str, tuple[float, float]]
) -> Label:
    about = areas.get(text.id)
    if text.kind == "window_mark":
        about = shapely.Point(text.at).buffer(90)
        return Label(candidates=itertools.chain((text,), _round_a_point(text, text.at)), about=about)
    if text.kind in ("narrowest", "door_number"):
        point = (text.at[0] - 160, text.at[1] - 200)
        return Label(candidates=itertools.chain((text,), _round_a_point(text, point)), about=shapely.Point(point).buffer(90))
    if text.kind == "bank":
        return Label(candidates=_along_the_bank(text))
    if about is None:
        return Label(candidates=(text,))
    if text.layer in ROOM_LAYERS:
        edge = NONE_MM if text.kind in WRITTEN_OVER else WALL_MM + 40 if text.id in walled else 40
        inner = about.buffer(-edge, join_style="mitre")
        inside = itertools.chain(_inside(text, inner), *(_inside(t, inner) for t in _two_lines(text)))
        outside = () if text.kind in NAMED_INSIDE or MARK in text.id else _beside(text, about)  # a block's rooms lie close
        return Label(candidates=itertools.chain(inside, outside, (text,)), about=about)
    behind = _behind(text, about, facing[text.id]) if text.id in facing else ()
    return Label(candidates=itertools.chain(behind, (text,), _beside(text, about)), about=about)


def _scaled(text: Text) -> Iterator[Text]:
    for scale in SCALES:
        if scale == 1.0 or text.height * scale >= LEAST_MM:
            yield replace(text, height=round(text.height * scale, 1))


def _inside(text: Text, area: BaseGeometry) -> Iterator[Text]:
    """As it would stand in falling size, then turned, from the middle outwards; only places wholly inside the room."""
    if area.is_empty:
        return
    x0, y0, x1, y1 = area.bounds
    shapely.prepare(area)
    middle = area.centroid
    spots = [(x, y) for x in _steps(x0, x1) for y in _steps(y0, y1)]
    spots.sort(key=lambda p: (round(math.dist(p, (middle.x, middle.y))), p))
    spots.insert(0, text.at)
    other = 0.0 if text.rotation_deg else 90.0
    for turn in (text.rotation_deg, other):
        for sized in _scaled(text):
            still = replace(sized, rotation_deg=turn)
            box = text_box(replace(still, at=(0.0, 0.0)))
            bx0, by0, bx1, by1 = box.bounds
            near = [(x, y) for x, y in spots if bx0 + x >= x0 and bx1 + x <= x1 and by0 + y >= y0 and by1 + y <= y1]
            for k in range(0, len(near), AT_ONCE):  # the first few are mostly enough
                some = np.round(near[k : k + AT_ONCE], 1)
                boxes = shapely.polygons(some[:, None, :] + np.array(box.exterior.coords)[None, :, :])
                for at in some[shapely.covers(area, boxes)].tolist():
                    yield replace(still, at=(at[0], at[1]))


def _steps(low: float, high: float) -> list[float]:
    count = max(3, min(FINEST, int((high - low) / FINE_MM)))
    return [low + (high - low) * (i + 0.5) / count for i in range(count)]


def _beside(text: Text, about: BaseGeometry) -> Iterator[Text]:
    """Round the thing's outline, ever further off, lying or along the thing."""
    for sized in (text, *(_two_lines(text))):
        for off in AROUND_MM:
            for turn in dict.fromkeys((text.rotation_deg, 0.0)):
                still = replace(sized, rotation_deg=turn)
                bx0, by0, bx1, by1 = text_box(replace(still, at=(0.0, 0.0), anchor="center")).bounds
                x0, y0, x1, y1 = about.bounds
                xs, ys = (x0 - off - bx1, x1 + off - bx0), (y0 - off - by1, y1 + off - by0)
                mx, my = (x0 + x1) / 2, (y0 + y1) / 2
                ends_x, ends_y = (mx, x0 - bx0, x1 - bx1), (my, y0 - by0, y1 - by1)
                spots = [(x, y) for y in ys for x in ends_x] + [(x, y) for x in xs for y in ends_y]
                yield from (replace(still, at=(round(x, 1), round(y, 1)), anchor="center") for x, y in spots)


def _behind(text: Text, about: BaseGeometry, front: tuple[float, float]) -> Iterator[Text]:
    """Along the back of a thing, where nobody stands before it."""
    x0, y0, x1, y1 = about.bounds
    half = (abs(front[0]) * (x1 - x0) + abs(front[1]) * (y1 - y0)) / 2
    for sized in _scaled(text):
        off = half + sized.height * 1.1
        for along in ALONG_MM:  # the front turned a quarter is the way along it
            at = ((x0 + x1) / 2 - front[0] * off - front[1] * along, (y0 + y1) / 2 - front[1] * off + front[0] * along)
            yield replace(sized, at=(round(at[0], 1), round(at[1], 1)), anchor="center")


def _two_lines(text: Text) -> Iterator[Text]:
    """The first line's words on two lines, parted where the halves are most alike; of a room its area stands below them."""
    words = text.lines[0].split()
    if (len(text.lines) > 1 and text.layer not in ROOM_LAYERS) or len(words) < 2:
        return
    cut = min(range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:]))))
    yield replace(text, lines=(" ".join(words[:cut]), " ".join(words[cut:]), *text.lines[1:]))


def _along_the_bank(text: Text) -> Iterator[Text]:
    """Behind the desks: on one line or two, further back, or shifted along the bank; far along it, where the next bank's name
    may be looked for, only when nothing else is free."""
    short = [replace(t, height=TWO_LINES_MM) for t in _two_lines(text) if text.height < TWO_LINES_MM]
    for lines in (*short, text, *_two_lines(text)):
        for sized, shifts in itertools.product(_scaled(lines), (ALONG_MM[:NEAR_BY], ALONG_MM[NEAR_BY:])):
            for back in (0.0, 150.0, 300.0, 500.0, 700.0, 950.0, 1200.0):
                for along in shifts:
                    for side in (1, -1) if back else (1,):
                        at = turned((along, back * side), text.at, text.rotation_deg)
                        yield replace(sized, at=(round(at[0], 1), round(at[1], 1)))


def _round_a_point(text: Text, point: tuple[float, float]) -> Iterator[Text]:
    for off in AROUND_MM:
        for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1), (1, 0), (-1, 0), (0, 1), (0, -1)):
            anchor: Anchor = "left" if dx >= 0 else "right"
            yield replace(text, at=(point[0] + dx * off, point[1] + dy * off), anchor=anchor)


def _mats(shapes: Sequence[Shape], blocks: Sequence[Block]) -> Iterator[BaseGeometry]:
    """What lies on the floor, and floor that is closed off."""
    symbols = {block.name: block for block in blocks}
    mats = {block.name: found for block in blocks if (found := [s for s in block.shapes if s.kind == MAT])}
    for ref in shapes:
        if isinstance(ref, BlockRef) and ref.kind in WRITTEN_OVER:
            yield shapely.MultiPoint(points_of(ref, symbols)).convex_hull
        elif isinstance(ref, BlockRef) and ref.block in mats:
            for mat in mats[ref.block]:
                yield shapely.Polygon([turned(p, ref.at, ref.rotation_deg) for p in points_of(mat, {})])


def _in_the_way(shapes: Sequence[Shape], blocks: Sequence[Block]) -> Iterator[BaseGeometry]:
    """Furniture piece by piece, walls, columns, windows, doors with their swing, figures of dimensions and texts that stand."""
    symbols = {block.name: block for block in blocks}
    pieces = {block.name: _pieces(block) for block in blocks}
    for shape in shapes:
        if isinstance(shape, Text):
            yield text_box(shape)
        elif isinstance(shape, Polyline) and shape.kind in ("sign_board", "tactile", "tactile_field", "window"):
            yield shapely.Polygon(shape.points)
        elif isinstance(shape, (Line, Polyline)) and shape.kind in ("qibla", "queue"):
            yield shapely.LineString(points_of(shape, {})).buffer(LINE_MM)
        elif isinstance(shape, Dimension):
            yield dimension_box(shape)
            yield _dimension_line(shape)
        elif isinstance(shape, Fill) and shape.layer in OPAQUE_LAYERS:
            yield shapely.Polygon(shape.outer, shape.holes).buffer(0)
        elif isinstance(shape, BlockRef) and shape.kind in ("door", "room_door", "staff_gate"):
            yield shapely.MultiPoint(points_of(shape, symbols)).convex_hull
        elif isinstance(shape, BlockRef) and shape.kind not in WRITTEN_OVER:
            for points in pieces[shape.block]:
                yield shapely.Polygon([turned(p, shape.at, shape.rotation_deg) for p in points])
        elif isinstance(shape, Circle) and shape.kind in ("narrowest", "finding", "queue_place", "queue_post"):
            yield shapely.Point(shape.centre).buffer(shape.radius)
        elif isinstance(shape, Circle) and shape.kind == "turning":  # a number within it is read, one on its line is not
            yield shapely.Point(shape.centre).buffer(shape.radius).exterior.buffer(LINE_MM)


@lru_cache(maxsize=512)
def _pieces(block: Block) -> tuple[tuple[Xy, ...], ...]:
    return tuple(p for p in map(_piece, block.shapes) if p is not None)


def _piece(shape: Shape) -> tuple[Xy, ...] | None:
    """The ground a stroke of a symbol covers; lines and turning circles may be written over."""
    if isinstance(shape, Arc) or shape.kind == MAT:
        return None
    if isinstance(shape, Circle):
        (x, y), r = shape.centre, shape.radius
        return ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r))
    hull = shapely.MultiPoint(points_of(shape, {})).convex_hull
    return tuple(hull.exterior.coords) if isinstance(hull, shapely.Polygon) else None


def _dimension_line(dim: Dimension) -> shapely.LineString:
    """The line itself: words across it read as struck out."""
    nx, ny = normal(dim.a, dim.b)
    return shapely.LineString([(x + nx * dim.offset, y + ny * dim.offset) for x, y in (dim.a, dim.b)]).buffer(LINE_MM)


def dimension_box(dim: Dimension) -> shapely.Polygon:
    """Where a dimension's figure stands: over the middle of its line, as the writers set it."""
    length = math.dist(dim.a, dim.b)
    turn = readable_angle(math.degrees(math.atan2(dim.b[1] - dim.a[1], dim.b[0] - dim.a[0])))
    nx, ny = -(dim.b[1] - dim.a[1]) / (length or 1), (dim.b[0] - dim.a[0]) / (length or 1)
    middle = ((dim.a[0] + dim.b[0]) / 2 + nx * dim.offset, (dim.a[1] + dim.b[1]) / 2 + ny * dim.offset)
    height = figure_height(length)
    figure = Text(layer=dim.layer, at=turned((0.0, height * 1.1), middle, turn), lines=(f"{length:.0f}",), height=height,
                  rotation_deg=turn)  # fmt: skip
    return text_box(figure)
