"""Words of ours beside the architect's in his own drawing: names of doors and widths make way, his stay where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import shapely
from ezdxf import bbox
from ezdxf.document import Drawing as Document

from exports.drawing import Shape, Text, Xy, turned
from exports.dxf_frame import Place
from exports.labels import text_box

MOVING = ("door_mark", "door_number", "window_mark", "narrowest")
FARTHEST_MM, STEP_MM = 3000, 200
CLEAR_MM = 40.0
WAYS = 8


def beside_texts(doc: Document, shapes: Sequence[Shape], place: Place) -> list[Shape]:
    """The shapes, those words that may move shifted the least way off texts already in `doc` and off our other words."""
    theirs = list(_texts(doc, place))
    if not theirs:
        return list(shapes)
    ours = {k: text_box(s) for k, s in enumerate(shapes) if isinstance(s, Text)}
    tree = shapely.STRtree(theirs)
    found = list(shapes)
    for k, box in ours.items():
        shape = shapes[k]
        if isinstance(shape, Text) and shape.kind in MOVING and tree.query(box, predicate="intersects").size:
            others = shapely.STRtree([b for n, b in ours.items() if n != k])
            aside = _moved(shape, tree, others)
            found[k], ours[k] = aside, text_box(aside)
    return found


def _texts(doc: Document, place: Place) -> Iterator[shapely.Polygon]:
    """The ground of texts in the model space, in our millimetres."""
    for text in doc.modelspace().query("TEXT MTEXT"):
        box = bbox.extents([text], fast=True)
        if box.has_data:
            (x0, y0, _), (x1, y1, _) = box.extmin, box.extmax
            corners = [place.ours(p) for p in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
            yield shapely.Polygon(corners).buffer(CLEAR_MM, join_style="mitre")


def _moved(text: Text, *taken: shapely.STRtree) -> Text:
    """The word at the nearest free place round its own; where none is free it stays."""
    for reach in range(STEP_MM, FARTHEST_MM + 1, STEP_MM):
        for way in range(WAYS):
            to: Xy = turned((float(reach), 0.0), text.at, way * 360 / WAYS)
            tried = replace(text, at=(round(to[0], 1), round(to[1], 1)))
            if not any(tree.query(text_box(tried), predicate="intersects").size for tree in taken):
                return tried
    return text
