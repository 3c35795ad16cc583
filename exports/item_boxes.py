"""An item in its own axes: how wide and deep it is, and whether it is a rectangle."""

from __future__ import annotations

import shapely

from exports.drawing import Xy, turned
from layouts.layout import Item

# A box of the same area as the polygon, within this share, may stand for it.
BOX_TOLERANCE = 0.02


def local(point: Xy, item: Item) -> Xy:
    """A point of the plan in the item's own axes."""
    x, y = point[0] - item.insert_mm[0], point[1] - item.insert_mm[1]
    return turned((x, y), (0.0, 0.0), -item.rotation_deg)


def size_of(item: Item) -> tuple[float, float]:
    """Width along the front and depth away from it, from the item's own polygon."""
    points = [local(p, item) for p in item.polygon]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return _snapped(max(xs) - min(xs)), _snapped(max(ys) - min(ys))


def _snapped(length: float) -> float:
    """Whole millimetres, and whole centimetres where turning to whole millimetres has cost no more than 2 mm.

    Without it a turned bank would need a symbol of its own for 1499, 1500 and 1501 mm.
    """
    tens = round(length / 10) * 10.0
    return tens if abs(tens - length) <= 2 else float(round(length))


def is_box(item: Item) -> bool:
    """Whether the polygon is the rectangle its insertion point promises."""
    points = [local(p, item) for p in item.polygon]
    width, depth = size_of(item)
    centred = abs(max(p[0] for p in points) - width / 2) < 3 and abs(min(p[1] for p in points)) < 3
    return centred and abs(shapely.Polygon(points).area - width * depth) <= BOX_TOLERANCE * width * depth
