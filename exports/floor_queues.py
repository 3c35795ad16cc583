"""Where people stand in line before desks and kiosks: one line for all places of a module, as they are reckoned, beside the
main aisle and not in it; where there is no floor beside it, along its edge rather than into it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from exports.drawing import Circle, Line, Shape, Xy, turned
from exports.item_boxes import local, size_of
from layouts.layout import Item, LevelLayout
from layouts.screening import GATES
from layouts.screening_line import LANDING_MM
from layouts.walkable import bay_ground

QUEUE = "G-PATH-QUEU-N"
# Where the next one waits: far enough for the talk at the desk to stay private (planning default).
WAIT_HERE_MM = {"reception": 1000.0, "document_check": 1000.0, "ticket_kiosk": 1200.0, "self_service_kiosk": 1200.0}
LANE_MM = 900.0
PERSON_MM = 600.0
LONGEST_QUEUE = 4
MOST_ALONG, LEAST_AISLE_MM = 2, 1500.0  # along the main aisle's edge where no other floor is left, with so much of it free
FEWEST_BESIDE = 2  # a lane for one beside a desk is no line
TAIL_MM, END_MM = 700.0, 1000.0  # floor on which people come to the line's end, and off which others wait
CLEAR_WAY_MM, WAY_MM = 1500.0, 900.0  # ways pass belts at half of it: as wide as they are told clear, else as one walks
FARTHEST_MM, STEP_MM = 2100, 300  # lanes looked at past a desk's end
MOST_STEPS_MM = 1600  # from a lane's head to the end of the desk's front: farther it is the line of nothing in sight
GRACE_MM = 5.0
Way: TypeAlias = "shapely.LineString | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A line of people in a desk's own axes: the middle of its head, the way it grows, and how many have room in it."""

    head: Xy
    grows: Xy
    places: int

    def at(self, along: float, aside: float) -> Xy:
        (x, y), (gx, gy) = self.head, self.grows
        return x + gx * along - gy * aside, y + gy * along + gx * aside


def draw_queues(layout: LevelLayout, floor: BaseGeometry) -> Iterator[Shape]:
    """A belt lane to each bank of desks or kiosks, on floor that nobody else needs."""
    middle = _middle(layout)
    aisle, kept_way = _strip(layout, middle), _strip(layout, middle, 2 * LANE_MM)
    modules: dict[str, list[Item]] = {}
    for item in layout.items:
        if item.kind in WAIT_HERE_MM:
            modules.setdefault(item.bank or item.id, []).append(item)
    lanes: BaseGeometry = shapely.Polygon()
    ends: BaseGeometry = shapely.Polygon()  # where people come to them
    gates = unary_union([shapely.Polygon(i.polygon).buffer(LANDING_MM) for i in layout.items if i.kind in GATES])
    ways = [_ways(layout, width) for width in (CLEAR_WAY_MM, WAY_MM)]
    open_floor = floor.difference(bay_ground(layout.items)).buffer(GRACE_MM)
    for desks in modules.values():
        own = unary_union([shapely.Polygon(z.polygon) for d in desks for z in d.clear_zones if z.use in ("front", "queue")])
        others = unary_union([_needed_by_others(desks, layout.items), lanes, ends])
        spare = floor.difference(unary_union([others, aisle]))
        quiet = [spare.difference(way.difference(own)).buffer(GRACE_MM) for way in ways]
        beyond = open_floor.difference(lanes.buffer(-GRACE_MM))
        lane = _best(desks, spare.buffer(GRACE_MM), quiet, beyond, own, middle)
        if lane is None and not kept_way.is_empty:
            taken = unary_union([others, kept_way, ways[-1].difference(own), lanes.buffer(LEAST_AISLE_MM), gates])
            edge = floor.difference(taken).buffer(GRACE_MM)
            lane = _beside_them(desks, edge, beyond, own, middle, range(1, MOST_ALONG + 1), LANE_MM)
        lane = lane or _ahead(desks, own.intersection(floor).buffer(GRACE_MM))
        if lane is not None:
            lanes = lanes.union(shapely.Polygon(_corners(desks[0], lane)))
            ends = ends.union(shapely.Polygon(_corners(desks[0], lane, after=END_MM)))
            yield from _drawn(desks[0], lane)


def _middle(layout: LevelLayout) -> Way:
    points = layout.spine.centreline if layout.spine else ()
    return shapely.LineString(points) if len(points) > 1 else None


def _strip(layout: LevelLayout, middle: Way, less_mm: float = 0.0) -> BaseGeometry:
    """The main aisle, or all but its two edges on which people may stand in line; nothing where one such line leaves too little
    of it to walk in."""
    if middle is None or layout.spine is None or (less_mm and layout.spine.width_mm - less_mm / 2 < LEAST_AISLE_MM):
        return shapely.Polygon()
    return middle.buffer((layout.spine.width_mm - less_mm) / 2, cap_style="flat", join_style="mitre")


def _needed_by_others(desks: Sequence[Item], items: Sequence[Item]) -> BaseGeometry:
    """Floor before other things, where staff come in, and wheelchair bays."""
    ids = {d.id for d in desks}
    zones = [
        shapely.Polygon(z.polygon) for i in items for z in i.clear_zones
        if z.use != "staff" and (i.id not in ids or z.use == "access")
    ]  # fmt: skip
    return unary_union([*zones, bay_ground(items)])


def _ways(layout: LevelLayout, width: float) -> BaseGeometry:
    """The floor that people walk on, so wide."""
    lines = [shapely.LineString(r.centreline) for r in layout.routes if len(r.centreline) > 1]
    return unary_union([line.buffer(width / 2) for line in lines])


def _best(
    desks: Sequence[Item], spare: BaseGeometry, quiet: Sequence[BaseGeometry], open_floor: BaseGeometry, own: BaseGeometry,
    aisle: Way,
) -> Lane | None:  # fmt: skip
    """The lane with most places straight ahead of the desks, else past either end of them: near their front, with many
    places, rather on the side where people come from, and with nothing between its head and the desks. One for a single person
    is no line, but it is better there than in the main aisle. `quiet`: floor off the ways of others, off as much of it as they
    are told clear first: there no line narrows them."""

    def beside(ground: BaseGeometry, lengths: range) -> Lane | None:
        return _beside_them(desks, ground, open_floor, own, aisle, lengths)

    clear, off = quiet
    several = range(FEWEST_BESIDE, LONGEST_QUEUE + 1)
    for ahead, ground in ((_ahead(desks, clear), clear), (_ahead(desks, spare), off)):
        if ahead is not None and ahead.places >= FEWEST_BESIDE:
            return ahead
        if (long := beside(ground, several)) is not None:
            return long
    return _ahead(desks, spare) or beside(clear, range(1, 2)) or beside(off, range(1, 2))


def _beside_them(
    desks: Sequence[Item], quiet: BaseGeometry, open_floor: BaseGeometry, own: BaseGeometry, aisle: Way, lengths: range,
    before: float = 2 * STEP_MM,
) -> Lane | None:  # fmt: skip
    """The best of the lanes past either end of the desks that hold so many, their heads at most so far before the front."""
    lanes = [lane for lane in _beside(desks, lengths, before) if _steps(desks, lane) <= MOST_STEPS_MM]
    grounds = shapely.polygons([_corners(desks[0], lane) for lane in lanes])
    tails = shapely.polygons([_corners(desks[0], lane, after=TAIL_MM) for lane in lanes])
    heads = shapely.points([turned(lane.head, desks[0].insert_mm, desks[0].rotation_deg) for lane in lanes])
    shapely.prepare([open_floor, quiet])
    fits = shapely.covers(quiet, grounds) & shapely.covers(open_floor, tails)
    fits &= shapely.covers(open_floor, shapely.shortest_line(heads, own))
    free = [lane for lane, fit in zip(lanes, fits, strict=True) if fit]
    return max(free, key=lambda lane: _worth(desks, lane, aisle), default=None)


def _worth(desks: Sequence[Item], lane: Lane, aisle: Way) -> float:
    """Line held, less the steps from its head to the desks; a person more where people come from."""
    low, high, _ = _extent(desks)
    lead = desks[0]
    before = aisle is not None and _along(aisle, lead, lane.head) < _along(aisle, lead, ((low + high) / 2, 0.0))
    return PERSON_MM * lane.places - _steps(desks, lane) + (PERSON_MM if before else 0.0)


def _steps(desks: Sequence[Item], lane: Lane) -> float:
    """From a lane's head to the nearest end of the desks' front."""
    low, high, _ = _extent(desks)
    x, y = lane.head
    return math.hypot(max(low - x, x - high, 0.0), y)


def _along(aisle: shapely.LineString, lead: Item, at: Xy) -> float:
    return float(aisle.project(shapely.Point(turned(at, lead.insert_mm, lead.rotation_deg))))


def _ahead(desks: Sequence[Item], ground: BaseGeometry) -> Lane | None:
    """The lane from the middle of the desks away from them; None where not even the line to wait at lies on the ground."""
    low, high, _ = _extent(desks)
    wait = WAIT_HERE_MM[desks[0].kind]
    for places in range(LONGEST_QUEUE, -1, -1):
        lane = Lane(head=((low + high) / 2, -wait), grows=(0.0, -1.0), places=places)
        if ground.covers(shapely.Polygon(_corners(desks[0], lane, before=wait))):
            return lane
    return None


def _beside(desks: Sequence[Item], lengths: range, before: float) -> Iterator[Lane]:
    """Lanes past either end of the desks: across their front line with the head towards the aisle, or on along the desks."""
    low, high, deep = _extent(desks)
    half = _half(desks[0])
    for places in lengths:
        for end, sign in ((low, -1.0), (high, 1.0)):
            for gap in range(0, FARTHEST_MM, STEP_MM):
                for back in range(-round(before), round(deep), STEP_MM):
                    yield Lane(head=(end + sign * (gap + half), float(back)), grows=(0.0, 1.0), places=places)
                    yield Lane(head=(end + sign * gap, back + half), grows=(sign, 0.0), places=places)


def _extent(desks: Sequence[Item]) -> tuple[float, float, float]:
    """From where to where the desks stand along their front, in the first one's axes, and how deep they are."""
    reach = [(local(d.insert_mm, desks[0])[0], size_of(d)[0] / 2) for d in desks]
    return min(x - half for x, half in reach), max(x + half for x, half in reach), size_of(desks[0])[1]


def _corners(lead: Item, lane: Lane, *, before: float = 0.0, after: float = 0.0) -> list[Xy]:
    """The lane's ground in the plan, so much longer ahead of its head and behind its last place."""
    half, end = _half(lead), PERSON_MM * lane.places + after
    corners = ((-before, -half), (-before, half), (end, half), (end, -half))
    return [turned(lane.at(*c), lead.insert_mm, lead.rotation_deg) for c in corners]


def _half(lead: Item) -> float:
    return min(LANE_MM, size_of(lead)[0]) / 2


def _drawn(lead: Item, lane: Lane) -> Iterator[Shape]:
    """The line to wait at, belts on posts on both sides behind it, and those who wait."""
    id, half, end = lead.bank or lead.id, _half(lead), PERSON_MM * lane.places

    def at(along: float, aside: float) -> Xy:
        return turned(lane.at(along, aside), lead.insert_mm, lead.rotation_deg)

    yield Line(layer=QUEUE, kind="queue", id=id, a=at(0, -half), b=at(0, half))
    for side in (-half, half) if lane.places else ():
        yield Line(layer=QUEUE, kind="queue", id=id, a=at(0, side), b=at(end, side))
        for along in (0.0, end):
            yield Circle(layer=QUEUE, kind="queue_post", id=id, centre=at(along, side), radius=60)
    for n in range(lane.places):
        yield Circle(layer=QUEUE, kind="queue_place", id=id, centre=at(PERSON_MM * (n + 0.5), 0), radius=200)
