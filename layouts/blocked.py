"""What shows that a way is too narrow: the way there is for a person on foot, and the gap on it that is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.access_question import AccessQuestion, line_witness
from layouts.findings import Value, Witness
from layouts.layout import Item
from layouts.narrowest import Narrowest, narrowest_of
from layouts.plan import ENTRANCE_USES, doors_of_use
from layouts.routes import door_point, standing_point
from layouts.sight import shortest_walks

LEAST_WIDTH_MM = 600  # below this nobody passes: where routes fail, the narrowest gap is looked for down to here


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Named values and geometry for a finding about a way."""

    values: dict[str, Value]
    witness: tuple[Witness, ...]


def shown(line: Sequence[tuple[float, float]], pinch: Narrowest | None) -> Shown:
    """A way with its narrowest gap, if something stands on both its sides."""
    route = line_witness("route", line)
    if pinch is None:
        return Shown(values={}, witness=(route,))
    x, y = pinch.where
    values: dict[str, Value] = {"gap_mm": round(pinch.width_mm), "x": round(x), "y": round(y)}
    return Shown(values=values, witness=(route, line_witness("across", pinch.across)))


def way_at(q: AccessQuestion, item: Item, width_mm: int) -> tuple[tuple[float, float], ...]:
    """The shortest way from an entrance to an item's front at a clear width; empty where there is none."""
    ways = q.ways(width_mm)
    place = standing_point(ways, item)
    doors = [p for d in doors_of_use(q.level, ENTRANCE_USES) if (p := door_point(ways, d)) is not None]
    if place is None or not doors:
        return ()
    walks = shortest_walks(ways.graph, [place, *doors])
    return walks.line(min(range(1, 1 + len(doors)), key=lambda k: walks.length(0, k)), 0)


def way_on_foot(q: AccessQuestion, item: Item) -> Shown:
    """The way at LEAST_WIDTH_MM with its narrowest gap; the item's place alone where there is no way either."""
    line, gaps = way_at(q, item, LEAST_WIDTH_MM), q.on().gaps(LEAST_WIDTH_MM)
    if len(line) < 2 or gaps is None:
        return Shown(values={}, witness=(line_witness("place", [item.insert_mm]),))
    return shown(line, narrowest_of(gaps, (line,))[0])
