"""What opens in a later phase: its outline dashed and hatched over it, the number of the phase in counters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import shapely
from shapely.geometry import LineString

from exports.drawing import Line, Polyline, Shape, Text, Xy
from layouts.layout import Item

LAYER = "I-FURN-F"
HATCH_MM = 220.0  # between two strokes
NUMBER_MM = 240.0


def draw_later(items: Iterable[Item]) -> Iterator[Shape]:
    """Marks over everything that opens after the first phase."""
    for item in items:
        if item.phase > 0:
            yield Polyline(layer=LAYER, kind="later", id=item.id, points=item.polygon, closed=True)
            yield from _hatch(item)
            if item.kind != "seat":
                yield _number(item)


def _hatch(item: Item) -> Iterator[Shape]:
    for a, b in strokes(shapely.Polygon(item.polygon), HATCH_MM):
        yield Line(layer=LAYER, kind="later", id=item.id, a=a, b=b)


def strokes(area: shapely.Polygon, apart_mm: float) -> Iterator[tuple[Xy, Xy]]:
    """Strokes at 45 degrees, on one grid for the whole floor so that those of neighbours meet."""
    x0, y0, x1, y1 = area.bounds
    first, last = int((x0 - y1) // apart_mm), int((x1 - y0) // apart_mm) + 1
    for k in range(first, last + 1):
        off = k * apart_mm  # the stroke x - y = off
        stroke = LineString([(y0 + off, y0), (y1 + off, y1)]).intersection(area)
        for part in getattr(stroke, "geoms", [stroke]):
            if isinstance(part, LineString) and part.length > 1:
                (ax, ay), (bx, by) = part.coords[0], part.coords[-1]
                yield (ax, ay), (bx, by)


def _number(item: Item) -> Text:
    """The phase as people count it, in Roman figures so that nobody takes it for the counter's number: the first is I."""
    middle = shapely.Polygon(item.polygon).centroid
    at = (round(middle.x, 1), round(middle.y, 1))
    return Text(layer=LAYER, kind="later", id=item.id, at=at, lines=(roman(item.phase + 1),), height=NUMBER_MM, bold=True)


def roman(number: int) -> str:
    """A small whole number in Roman figures."""
    found = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        found += sign * (number // value)
        number %= value
    return found
