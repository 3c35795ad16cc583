"""Who comes past the screening of a layout, and who by its gates alone: kept while nothing moves there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layouts.changes import Box
from layouts.geometry import door_middle, ring_shape
from layouts.ground import Ground
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, Door, doors_of_use
from layouts.screening import NOT_USED, SAT_ON, SLIP_MM, before, is_screened, unscreened


def places_before(ground: Ground) -> list[tuple[Item, list[BaseGeometry]]]:
    """Where visitors stand to use each thing of a layout."""
    items = [i for i in ground.layout.items if i.kind in SAT_ON or (i.clear_zones and i.kind not in NOT_USED)]

    def look(new: Sequence[Item]) -> list[tuple[list[BaseGeometry], Box]]:
        found = [before([i]) for i in new]
        return [(places, ring_shape(i.polygon).bounds) for i, places in zip(new, found)]

    return list(zip(items, ground.near_all("before", items, look)))


def entered(ground: Ground) -> BaseGeometry:
    """Where people come from the entrances past no gate; prepared for questions."""

    def look() -> tuple[BaseGeometry, Box]:
        doors = [door_middle(d) for d in doors_of_use(ground.level, ENTRANCE_USES)]
        reach = unscreened(ground.eroded(SLIP_MM, bays=False), ground.layout.items, doors)
        shapely.prepare(reach)
        # Its edge is made by what stands within half of SLIP_MM; a part of the floor that comes to a door makes it larger.
        around = shapely.union_all([reach, *(shapely.Point(d).buffer(SLIP_MM) for d in doors)])
        left, low, right, high = around.bounds
        return reach, (left - SLIP_MM, low - SLIP_MM, right + SLIP_MM, high + SLIP_MM)

    return ground.near_place("entered", "", look)


def gated_doors(ground: Ground, doors: Iterable[Door]) -> frozenset[str]:
    """The doors that people in the hall come to by the gates alone; none where they walk round those."""
    if not is_screened(ground.layout.items):
        return frozenset()
    reach, places = entered(ground), [place for _, places in places_before(ground) for place in places]
    if places and shapely.intersects(reach, np.asarray(places, dtype=object)).any():
        return frozenset()
    return frozenset(d.id for d in doors if reach.distance(shapely.Point(door_middle(d))) <= SLIP_MM)
