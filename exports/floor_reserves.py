"""Floor kept for growth: its outline dashed, hatched lightly, with its name and area; and its table beside the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import shapely

from exports.drawing import Line, Panel, Polyline, Shape, Text
from exports.floor_later import roman, strokes
from exports.floor_marks import bank_name
from exports.floor_panels import HEAD_MM, ROW_MM, WIDTH_MM, line, words
from exports.words import say
from layouts.reserve import KeptFor, Reserve

LAYER = "A-AREA-RSRV-N"
HATCH_MM = 900.0  # between two strokes
NAME_MM = 230.0


def draw_reserves(found: Sequence[Reserve], language: str) -> Iterator[Shape]:
    """Outline, hatch and name of every piece."""
    for one in found:
        yield Polyline(layer=LAYER, kind="reserve", id=one.id, points=one.polygon, closed=True)
        for a, b in strokes(shapely.Polygon(one.polygon), HATCH_MM):
            yield Line(layer=LAYER, kind="reserve", id=one.id, a=a, b=b)
        yield _name(one, language)


def _name(one: Reserve, language: str) -> Text:
    middle = shapely.Polygon(one.polygon).representative_point()
    lines = (say("drawing.reserve", {"id": one.id}, language), say("drawing.area", {"area": f"{one.area_m2:.1f}"}, language))
    at = (round(middle.x, 1), round(middle.y, 1))
    return Text(layer=LAYER, kind="reserve", id=one.id, at=at, lines=lines, height=NAME_MM)


def reserves_panel(found: Sequence[Reserve], language: str) -> Panel:
    """The pieces with their areas, summed."""
    rows = [(one.id, one.area_m2) for one in found]
    rows.append((say("drawing.schedule.total", {}, language), round(sum(one.area_m2 for one in found), 1)))
    height = ROW_MM * (len(rows) + 1.8)
    shapes: list[Shape] = [words((0, height - 3), say("drawing.reserves", {}, language), HEAD_MM, True)]
    for i, (name, area) in enumerate(rows):
        y, last = height - ROW_MM * (i + 2), i == len(rows) - 1
        for x, text in ((0.0, name), (48.0, say("drawing.area", {"area": f"{area:.1f}"}, language))):
            shapes.append(words((x, y + 1.2), text, bold=last))
        if i == len(rows) - 2:
            shapes.append(line((0, y - 0.9), (WIDTH_MM, y - 0.9)))
    return Panel(name="reserves", width=WIDTH_MM, height=height, shapes=tuple(shapes))


def kept_panel(found: Sequence[KeptFor], names: Mapping[str, str], language: str) -> Panel:
    """What is kept free until its phase: the phase as the drawing counts it, the bank, what opens there and its floor."""
    height = ROW_MM * (2 * len(found) + 1.8)
    shapes: list[Shape] = [words((0, height - 3), say("drawing.kept", {}, language), HEAD_MM, True)]
    for i, one in enumerate(found):
        y = height - ROW_MM * (2 * i + 2)
        told = {"positions": one.positions, "seats": one.seats, "area": f"{one.area_m2:.1f}"}
        shapes.append(words((0.0, y + 1.2), f"{roman(one.phase + 1)}  {bank_name(one.bank, (), names)}", bold=True))
        shapes.append(words((0.0, y + 1.2 - ROW_MM), say("drawing.kept.row", told, language)))
    return Panel(name="kept", width=WIDTH_MM, height=height, shapes=tuple(shapes))
