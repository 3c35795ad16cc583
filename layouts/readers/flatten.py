"""Open all blocks and turn every entity into strokes, arcs and labels in world coordinates, with limits.

Curves, bulges, mirrored coordinate systems and block transformations are ezdxf's work (`make_path` and
`virtual_entities`); ours is to bound depth and number, to leave hidden and broken things out, and to count those.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from ezdxf import path as ezpath
from ezdxf.document import Drawing
from ezdxf.lldxf.const import DXFError

from layouts.findings import BadInput
from layouts.readers.block_marks import BlockMarks, placed
from layouts.readers.block_sizes import DEEPEST_BLOCK, opened_count
from layouts.readers.curve_points import circle_through, path_points, points_of, xy_of
from layouts.readers.marks import XY, Arc, Block, Dimension, Label, Marks, Stroke

MOST_ENTITIES = 400_000  # a block bomb reaches this within seconds; the largest real plan met has 60,000
MOST_SECONDS = 60.0  # of processor, so that a busy machine refuses nothing
CURVES = {"LINE", "LWPOLYLINE", "POLYLINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", "SOLID", "TRACE", "3DFACE"}
TEXTS = {"TEXT", "MTEXT", "ATTRIB"}
MOST_DIMENSIONS = 2000
LINEAR = (0, 1)  # horizontal, vertical or turned; aligned
BROKEN = (DXFError, AttributeError, TypeError, ValueError, ArithmeticError, LookupError)
QUIET = {"ATTDEF", "SEQEND", "VIEWPORT"}  # no geometry of the building


class _Walk:
    """One walk through model space: the limits it keeps and what it has gathered."""

    def __init__(self, document: Drawing, hidden: bool, file: str) -> None:
        self.file = file
        self.marks = Marks()
        self.met = 0
        self.known = BlockMarks()
        self.open: list[str] = []  # the blocks we are in
        self.deadline = time.thread_time() + MOST_SECONDS
        self.off = (
            set()
            if hidden
            else {sayable(str(layer.dxf.name)).lower() for layer in document.layers if layer.is_off() or layer.is_frozen()}
        )

    def entities(self, entities: Iterable[Any], depth: int, insert: int, parent: str) -> None:
        for entity in entities:
            self.met += 1
            if self.met > MOST_ENTITIES or (self.met % 256 == 0 and time.thread_time() > self.deadline):
                raise BadInput("dxf.too_many_entities", file=self.file, most=MOST_ENTITIES)
            try:
                self.entity(entity, depth, insert, parent)
            except BadInput:
                raise
            except BROKEN:  # an entity without its own attributes (damaged files): counted, the others are read
                self.marks.skip(sayable(entity.dxftype()), "?", "broken_entity")

    def entity(self, entity: Any, depth: int, insert: int, parent: str) -> None:
        kind = sayable(entity.dxftype())
        layer = sayable(str(entity.dxf.get("layer", "0")))
        if layer == "0" and parent:
            layer = parent  # layer 0 inside a block takes the layer of the reference
        if kind in QUIET:
            self.marks.skip(kind, layer, "no_geometry")
        elif layer.lower() in self.off or entity.dxf.get("invisible", 0):
            self.marks.skip(kind, layer, "hidden")
        elif kind == "INSERT":
            self.insert(entity, depth, insert, layer)
        elif kind in TEXTS:
            self.text(entity, kind, layer, insert)
        elif kind in CURVES:
            self.curve(entity, kind, layer, insert)
        elif kind == "HATCH":
            self.hatch(entity, layer, insert)
        elif kind == "DIMENSION":
            self.marks.skip(kind, layer, "type_not_used")  # no geometry of the building, but evidence of its scale
            if len(self.marks.dimensions) < MOST_DIMENSIONS and entity.dimtype in LINEAR:
                self.dimension(entity)
        else:
            self.marks.skip(kind, layer, "type_not_used")

    def insert(self, entity: Any, depth: int, insert: int, layer: str) -> None:
        if depth >= DEEPEST_BLOCK:
            self.marks.skip("INSERT", layer, "too_deep")
            return
        block = str(entity.dxf.get("name", "")).lower()
        if block in self.open:
            self.marks.skip("INSERT", layer, "block_in_itself")
            return
        number = insert
        if insert < 0:
            number = len(self.marks.blocks)
            at = xy_of(entity.dxf.insert) or (math.nan, math.nan)
            attributes = tuple((sayable(str(a.dxf.tag)), sayable(str(a.dxf.text))) for a in entity.attribs)
            self.marks.blocks.append(
                Block(number=number, name=sayable(str(entity.dxf.name)), layer=layer, at=at, attributes=attributes)
            )
        for attrib in entity.attribs:
            self.entity(attrib, depth, number, layer)
        copies = entity.multi_insert() if entity.mcount > 1 else (entity,)
        self.open.append(block)
        for copy in copies:
            try:
                if not self.copied(copy, number, layer):
                    self.entities(copy.virtual_entities(), depth + 1, number, layer)
            except BadInput:
                raise
            except BROKEN:  # a block ezdxf cannot transform (broken content, singular scale): counted, not hidden
                self.marks.skip("INSERT", layer, "broken_block")
        self.open.pop()

    def copied(self, copy: Any, insert: int, parent: str) -> bool:
        """The reference from its block's own marks, moved and turned as a whole, where those are known; else False."""
        found = placed(copy, self.known)
        if found is None:
            return False
        self.met += len(found)
        for mark, points in found:
            layer = parent if mark.layer == "0" and parent else mark.layer
            if layer.lower() in self.off or mark.invisible:
                self.marks.skip(mark.kind, layer, "hidden")
                continue
            stroke = Stroke(kind=mark.kind, layer=layer, points=points, closed=mark.closed, insert=insert)
            self.marks.strokes.append(stroke)
            if mark.is_arc:
                self.arc(points, layer, insert)
        return True

    def text(self, entity: Any, kind: str, layer: str, insert: int) -> None:
        words = entity.plain_text() if kind != "ATTRIB" else entity.dxf.text
        at = xy_of(entity.dxf.insert)
        if kind in ("TEXT", "ATTRIB") and (entity.dxf.get("halign", 0) or entity.dxf.get("valign", 0)):
            at = xy_of(entity.dxf.get("align_point", entity.dxf.insert))
        height = float(entity.dxf.get("char_height" if kind == "MTEXT" else "height", 0.0))
        if at is None or not math.isfinite(height):
            self.marks.skip(kind, layer, "no_place")
            return
        clean = printable(words)
        if not clean:
            self.marks.skip(kind, layer, "empty_text")
            return
        hidden = kind == "ATTRIB" and bool(entity.is_invisible)
        if hidden:
            self.marks.skip(kind, layer, "hidden")
            return
        self.marks.labels.append(Label(kind=kind, layer=layer, text=clean, at=at, height=height, insert=insert))

    def curve(self, entity: Any, kind: str, layer: str, insert: int) -> None:
        try:
            size, points = points_of(entity, kind)
        except BROKEN:
            self.marks.skip(kind, layer, "broken_geometry")
            return
        kept = [p for p in points if p is not None]
        if len(kept) != len(points) or len(kept) < 2:
            self.marks.skip(kind, layer, "no_place" if len(kept) != len(points) else "no_length")
            return
        closed = len(kept) > 3 and math.dist(kept[0], kept[-1]) <= size * 1e-9
        if size == 0.0:
            self.marks.skip(kind, layer, "no_length")
            return
        self.marks.strokes.append(Stroke(kind=kind, layer=layer, points=tuple(kept), closed=closed, insert=insert))
        if kind == "ARC" or (kind == "ELLIPSE" and not closed):  # a swing in a stretched block is an ellipse's arc
            self.arc(kept, layer, insert)
        elif kind == "LWPOLYLINE" and entity.has_arc:
            self.bulges(entity, layer, insert)

    def bulges(self, entity: Any, layer: str, insert: int) -> None:
        """The arcs in a polyline: many door symbols are one polyline of leaf and swing."""
        for part in entity.virtual_entities():
            if part.dxftype() == "ARC":
                points = path_points(ezpath.make_path(part))
                kept = [p for p in points if p is not None]
                if len(kept) == len(points) > 2:
                    self.arc(kept, layer, insert)

    def dimension(self, entity: Any) -> None:
        """What the dimension measures and what it shows. Inside blocks it measures the block, whose scale may differ."""
        style, drawn = entity.override(), entity.get_measurement()
        if not isinstance(drawn, float):
            return
        before, _, after = str(style.get("dimpost", "") or "").rpartition("<>")
        self.marks.dimensions.append(
            Dimension(
                drawn=abs(drawn),
                text=_shown(entity),
                factor=abs(float(style.get("dimlfac", 1.0) or 1.0)),
                number_kind=int(style.get("dimlunit", 2) or 2),
                suffix="" if before else printable(after),
            )
        )

    def hatch(self, entity: Any, layer: str, insert: int) -> None:
        """The boundaries of a filled area; the first carries the entity in the census, the others are its parts."""
        found, reason = 0, "no_place"
        try:
            for path in ezpath.from_hatch(entity):
                points = path_points(path)
                kept = tuple(p for p in points if p is not None)
                if len(kept) == len(points) > 2:
                    mark = Stroke(kind="HATCH", layer=layer, points=kept, closed=True, insert=insert, part=found)
                    self.marks.strokes.append(mark)
                    found += 1
        except BROKEN:
            reason = "broken_geometry"
        if not found:
            self.marks.skip("HATCH", layer, reason)

    def arc(self, points: Sequence[XY], layer: str, insert: int) -> None:
        """Centre, radius and sweep from three points of the flattened arc (so mirrored blocks need no special case)."""
        circle = circle_through(points[0], points[len(points) // 2], points[-1])
        if circle is None:
            return
        centre, radius = circle
        a = math.atan2(points[0][1] - centre[1], points[0][0] - centre[0])
        b = math.atan2(points[-1][1] - centre[1], points[-1][0] - centre[0])
        m = math.atan2(points[len(points) // 2][1] - centre[1], points[len(points) // 2][0] - centre[0])
        sweep = _turn(a, m) + _turn(m, b)
        self.marks.arcs.append(
            Arc(
                layer=layer,
                centre=centre,
                radius=radius,
                a=points[0],
                b=points[-1],
                sweep_deg=math.degrees(abs(sweep)),
                insert=insert,
            )
        )


def _shown(entity: Any) -> str:
    """The text a dimension shows: as its block has it drawn, else what was written over the measured number."""
    block = entity.get_geometry_block()
    drawn = [e for e in block or () if e.dxftype() in ("MTEXT", "TEXT")]
    if len(drawn) == 1:
        return printable(drawn[0].plain_text())
    return printable(str(entity.dxf.get("text", "")))


def flatten(document: Drawing, *, file: str = "", hidden: bool = False) -> Marks:
    """All of model space as marks."""
    walk = _Walk(document, hidden, file)
    try:
        count = opened_count(document, walk.off)
    except BROKEN:
        count = 0  # a damaged file: the walk has its own limit
    if count > MOST_ENTITIES:
        raise BadInput("dxf.too_many_entities", file=file, most=MOST_ENTITIES)
    walk.entities(document.modelspace(), 0, -1, "")
    return walk.marks


def _turn(a: float, b: float) -> float:
    """The signed angle from a to b, within half a turn."""
    return (b - a + math.pi) % (2 * math.pi) - math.pi


@cache
def sayable(name: str) -> str:
    """A name in which bytes of another code page are written out, so that it can be printed and still told from others."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def printable(words: str) -> str:
    """Text without control characters and lone surrogates (wrong encodings leave them), white space made single."""
    kept = "".join(c if c.isprintable() or c.isspace() else " " for c in words if not 0xD800 <= ord(c) <= 0xDFFF)
    return " ".join(kept.split())[:200]
