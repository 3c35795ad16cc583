"""Where screening crosses the floor: the shortest line of gates and screens that parts the entrance from all that is served.

The gates stand at that end of the table which visitors come to last, or farther back along it where something takes their
place there, arch first, bypass beside it, on the main aisle. From there a screen goes on across the floor and, where that is
shorter, turns to a wall; from the table's back another does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from layouts.geometry import door_middle, ring_shape, union
from layouts.layout import Item
from layouts.plan import ENTRANCE_USES, Level, Ring, doors_of_use
from layouts.screening import ARCH_MM, LEAST_BYPASS_MM, POST_MM, SCREEN_MM, TABLE
from layouts.screening_items import line_items
from layouts.screening_legs import Leg, Start, across, behind, legs, turning
from layouts.screening_site import GRACE_MM, Site, Stand, Xy, side_by_side, site_of, stand_of

LANDING_MM = 1525  # free floor on both sides of the bypass, as at a door that is pulled (ADA 404.2.4.1)
LEGS, TRIED = 12, 48  # ends looked at on either side, and pairs of them
BACK_MM, BEFORE_GATES_MM = 500, 1500  # steps in which gates are tried farther back, and how much table stays before them
CUT_OFF = 2  # lines through the same gates that shut somebody off, before gates are tried elsewhere


def screening(
    level: Level, items: Sequence[Item], public: BaseGeometry, *, clear_mm: int, also: Sequence[Xy] = (),
    kept: Sequence[Ring] = (), cuts_off: Callable[[tuple[Item, ...]], bool] = lambda found: False,
) -> tuple[Item, ...]:
    """Gates and screens; nothing where no line of screens is clean. `clear_mm`: the width of routes, at least that of the
    bypass; `also`: places beyond it to which visitors go, such as lifts; `kept`: floor on which nothing may stand;
    `cuts_off`: does such a line shut somebody off?"""
    tables, doors = [i for i in items if i.kind == TABLE], doors_of_use(level, ENTRANCE_USES)
    if not tables or not doors:
        return ()
    tables = list(side_by_side(tables, [door_middle(d) for d in doors]))
    stand = stand_of(tables, [door_middle(d) for d in doors])
    site, taken = site_of(level, items, public, also, kept), union(ring_shape(i.polygon) for i in tables)
    wide, lanes = max(LEAST_BYPASS_MM, clear_mm), len(tables)
    shut = 0
    for frame in _frames(stand, lanes):
        for screens in islice(_lines(frame, site, taken, lanes, wide), CUT_OFF):
            found = line_items(frame, lanes, wide, screens)
            if not cuts_off(found):
                return found
            shut += 1
        if shut > CUT_OFF:  # whom lines through two places shut off those through the next ones do
            break
    return ()


def _frames(stand: Stand, lanes: int) -> Iterator[Stand]:
    """Where along the table its gates may stand: at its last end, a screen's width before that, or farther back, as long as
    there is table left to put things on before the gates; of several lanes' tables the last one's."""
    yield stand
    for by in (SCREEN_MM, *range(BACK_MM, int(stand.length / lanes - BEFORE_GATES_MM) + 1, BACK_MM)):
        yield stand.drawn_in(by)


def _lines(stand: Stand, site: Site, taken: BaseGeometry, lanes: int, wide: int) -> Iterator[tuple[Polygon, ...]]:
    """The screens of clean lines through gates that stand at the frame's corner, the shortest first."""
    end = POST_MM + lanes * (ARCH_MM + POST_MM) + wide
    gates, landings = ring_shape(stand.box(0, 0, SCREEN_MM, end)), _landings(stand, end, wide)
    floor = site.walked.buffer(GRACE_MM, join_style="mitre")
    if not site.free.covers(gates) or not all(floor.covers(ground) for ground in landings):
        return
    site = replace(site, free=site.free.difference(union(g.buffer(-GRACE_MM) for g in landings)))
    shapely.prepare(site.free)
    for pairs in _pairs(stand, site, taken, list(across(stand, site, end))):
        for one, other in sorted(pairs, key=lambda p: p[0].length + p[1].length)[:TRIED]:
            if site.parting.parts_them((gates, taken), one.pieces, other.pieces):
                yield (*one.pieces, *other.pieces)


def _pairs(stand: Stand, site: Site, taken: BaseGeometry, beyond: Sequence[Start]) -> Iterator[list[tuple[Leg, Leg]]]:
    """Screens from the gates with screens from the table: first those that turn once at most, then such as turn twice."""
    start = list(behind(stand))
    nothing = [Leg(0.0, ())] if site.firm.intersects(taken) else []  # the table stands against a wall
    out, back = _ends(stand, site, beyond), [*nothing, *_ends(stand, site, start)]
    yield [(one, other) for one in out for other in back]
    more_out, more_back = (_ends(stand, site, list(turning(stand, site, begun))) for begun in (beyond, start))
    yield [*((one, other) for one in more_out for other in (*back, *more_back)), *((o, b) for o in out for b in more_back)]


def _ends(stand: Stand, site: Site, starts: Sequence[Start]) -> list[Leg]:
    return list(islice(legs(stand, site, starts), LEGS))


def _landings(stand: Stand, end: float, wide: int) -> tuple[BaseGeometry, ...]:
    """Floor to manoeuvre on both sides of the bypass, and to walk on from the arches."""
    low = end - wide
    boxes = (stand.box(-LANDING_MM, low, LANDING_MM + SCREEN_MM, end), stand.box(-LANDING_MM, 0, LANDING_MM, low))
    return tuple(ring_shape(ring) for ring in boxes)

