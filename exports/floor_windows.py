"""Windows by type: a mark beside each on the plan, and a schedule of how wide they are, how many, and where they look.

A type is a width and the point of the compass, of eight, towards which its outer side looks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely

from exports.drawing import Panel, Shape, Text, Xy, normal
from exports.floor_building import floor_area
from exports.floor_doors import NUMBER_MM, tables
from exports.floor_shapes import between, shift
from exports.words import say
from layouts.plan import Level, Window

LAYER = "A-GLAZ-IDEN-N"
ROUND_MM = 10.0  # windows as wide as one another to a centimetre are of one type
PROBE_MM = 300.0
COMPASS = ("north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west")


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowType:
    """Windows that are alike: `looks` is where their outer side faces, as COMPASS has it."""

    number: int
    wide_mm: int
    looks: str
    windows: tuple[Window, ...]


def window_types(level: Level, north_deg: float) -> tuple[WindowType, ...]:
    """The level's windows by type, round the compass from the north, wide ones first."""
    floor = floor_area(level)
    alike: dict[tuple[int, int], list[Window]] = {}
    for window in level.windows:
        wide = round(math.dist(window.p, window.q) / ROUND_MM) * round(ROUND_MM)
        alike.setdefault((_looks(window, floor, level, north_deg), -wide), []).append(window)
    return tuple(
        WindowType(number=n, wide_mm=-key[1], looks=COMPASS[key[0]], windows=tuple(alike[key]))
        for n, key in enumerate(sorted(alike), start=1)
    )


def _looks(window: Window, floor: shapely.Polygon, level: Level, north_deg: float) -> int:
    """Where its outer side faces, of eight: away from the hall, or from the room that it gives light to."""
    nx, ny = _outwards(window, floor, level)
    clockwise = north_deg - math.degrees(math.atan2(ny, nx))
    return round(clockwise / 45.0) % 8


def _outwards(window: Window, floor: shapely.Polygon, level: Level) -> Xy:
    n = normal(window.p, window.q)
    rooms = shapely.union_all([floor, *(shapely.Polygon(s.outline.outer) for s in level.spaces)])
    middle = between(window.p, window.q)
    left, right = (rooms.distance(shapely.Point(shift(middle, n, side * PROBE_MM))) for side in (1, -1))
    return n if left >= right else (-n[0], -n[1])


def draw_window_marks(level: Level, types: Sequence[WindowType], language: str) -> Iterator[Shape]:
    """The type's mark inside, before each window; the labels' placer finds it a free place."""
    floor = floor_area(level)
    for each in types:
        for window in each.windows:
            out = _outwards(window, floor, level)
            at = shift(between(window.p, window.q), out, -2 * NUMBER_MM)
            word = say("drawing.window.number", {"number": each.number}, language)
            yield Text(
                layer=LAYER, kind="window_mark", id=window.id, at=(round(at[0], 1), round(at[1], 1)), lines=(word,),
                height=NUMBER_MM, bold=True,
            )  # fmt: skip


def window_panels(types: Sequence[WindowType], language: str) -> tuple[Panel, ...]:
    """The schedule of windows; none where the plan shows no window."""
    heads = [say(f"drawing.windows.{h}", {}, language) for h in ("number", "looks", "wide", "count", "state")]
    rows = [
        (
            say("drawing.window.number", {"number": t.number}, language), say(f"drawing.compass.{t.looks}", {}, language),
            str(t.wide_mm), str(len(t.windows)), say("drawing.state.existing", {}, language),
        )
        for t in types
    ]  # fmt: skip
    return tables("windows", say("drawing.windows", {}, language), (0.0, 14.0, 46.0, 64.0, 83.0), heads, rows)
